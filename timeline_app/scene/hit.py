"""What lies under the pointer in a frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.scene.clusters import Cluster
from timeline_app.scene.frame import Frame, FrameLane
from timeline_app.scene.rows import TITLE_GAP_PX, TitlePlace

SLACK_PX = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One event (`row`), one cluster, or neither; `lane` is set wherever a lane is."""

    row: int | None = None
    cluster: Cluster | None = None
    lane: FrameLane | None = None


def hit_test(frame: Frame, x_px: float, y_px: float) -> Hit:
    """Return what is at a point; of several events the one whose middle is nearest."""
    lane = next((lane for lane in frame.lanes if lane.top_px <= y_px < lane.bottom_px), None)
    if lane is None or y_px < frame.measures.axis_px:
        return Hit()
    half_line = frame.measures.line_px / 2
    counts = frame.clusters
    within = (np.abs(y_px - counts.y_px) <= half_line) & (np.abs(x_px - counts.x_px) <= counts.width_px / 2)
    for place in np.flatnonzero(within)[:1].tolist():
        return Hit(cluster=counts[place], lane=lane)
    singles = frame.singles
    # The title of one whose mark is yet to come into view is not drawn.
    mark_left_px = singles.title_px + singles.title_width_px + TITLE_GAP_PX
    is_hidden = (singles.title_place == TitlePlace.LEFT) & (mark_left_px > frame.width_px)
    under = (
        ~is_hidden
        & (np.abs(singles.y_px - y_px) <= half_line)
        & (singles.left_px - SLACK_PX <= x_px)
        & (singles.right_px + SLACK_PX >= x_px)
    )
    places = np.flatnonzero(under)
    if not len(places):
        return Hit(lane=lane)
    nearest = places[np.argmin(np.abs(singles.middle_px[places] - x_px))]
    return Hit(row=int(singles.rows[nearest]), lane=lane)


def singles_of(frame: Frame, row: int) -> list[tuple[float, float]]:
    """Return where an event stands by itself in a frame, a point for each of its lanes."""
    singles = frame.singles
    here = np.flatnonzero(singles.rows == row)
    return list(zip(singles.middle_px[here].tolist(), singles.y_px[here].tolist(), strict=True))


def places_of(frame: Frame, row: int) -> list[tuple[float, float]]:
    """Return where an event stands in a frame, a point for each of its lanes, from the top down; counts included."""
    places = singles_of(frame, row)
    places += [(cluster.x_px, cluster.y_px) for cluster in frame.clusters if cluster.holds(row)]
    return sorted(places, key=lambda point: point[1])
