"""Which events and counts of a frame a screen reader finds in the timeline, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect

from timeline_app.core.table import EventTable
from timeline_app.scene.clusters import Cluster
from timeline_app.scene.frame import Frame

MOST_LISTED = 500

Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """One event (`cluster` is None) or one count as it stands in a frame; `rect` is in the canvas's pixels.

    `first_row` is the event's row, or the lowest of the count's; `key` says across frames which event or count it is.
    """

    key: Key
    first_row: int
    rect: QRect
    lane_title: str
    cluster: Cluster | None = None


def event_key(row: int) -> Key:
    """Say which event this is."""
    return "", row, 0


def cluster_key(cluster: Cluster, lane_name: str) -> Key:
    """Say which count this is: an event stands in one count of a lane at most."""
    return lane_name, int(cluster.rows.min()), cluster.count


def listed_in(frame: Frame, table: EventTable) -> list[Listed]:
    """Return what is on screen in time order: an event once, at its uppermost place, and each count.

    Of more than MOST_LISTED events the most important are taken, of more counts than that the fullest.
    """
    found = [*_events(frame, table), *_clusters(frame)]
    return sorted(found, key=lambda listed: (listed.first_row, listed.rect.top()))


def _events(frame: Frame, table: EventTable) -> Iterator[Listed]:
    singles, half_px = frame.singles, frame.measures.line_px / 2
    on_screen = (
        (singles.right_px > 0)
        & (singles.left_px < frame.width_px)
        & (singles.y_px + half_px > frame.measures.axis_px)
        & (singles.y_px - half_px < frame.height_px)
    )
    places = np.flatnonzero(on_screen)
    rows, uppermost = np.unique(singles.rows[places], return_index=True)
    most_important = np.argsort(-table.importance[rows].astype(np.int64), kind="stable")[:MOST_LISTED]
    for chosen in most_important:
        place = places[uppermost[chosen]]
        left_px, right_px = float(singles.left_px[place]), float(singles.right_px[place])
        row = int(rows[chosen])
        rect = _rect(frame, left_px, right_px, float(singles.y_px[place]))
        if not rect.isEmpty():
            yield Listed(event_key(row), row, rect, frame.lanes[singles.lane[place]].title)


def _clusters(frame: Frame) -> Iterator[Listed]:
    fullest = np.argsort(-frame.clusters.counts, kind="stable")[:MOST_LISTED]
    for cluster in (frame.clusters[place] for place in fullest.tolist()):
        half_px = cluster.width_px / 2
        rect = _rect(frame, cluster.x_px - half_px, cluster.x_px + half_px, cluster.y_px)
        if not rect.isEmpty():
            lane = frame.lanes[cluster.lane]
            key = cluster_key(cluster, lane.name)
            yield Listed(key, key[1], rect, lane.title, cluster)


def _rect(frame: Frame, left_px: float, right_px: float, y_px: float) -> QRect:
    """Return the room of one line between two pixels, as much of it as is on screen."""
    half_px = frame.measures.line_px / 2
    left, right = max(0, round(left_px)), min(frame.width_px, round(right_px))
    top, bottom = max(frame.measures.axis_px, round(y_px - half_px)), min(frame.height_px, round(y_px + half_px))
    return QRect(left, top, max(right - left, 0), max(bottom - top, 0))
