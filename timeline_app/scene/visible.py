"""Turns the times of events that stand on screen into the pixels of a view."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, FloatArray, Int64Array, UInt8Array
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S
from timeline_app.scene.rows import LEAST_CUT_BAR_PX, MARK_PX, TITLE_GAP_PX, Extents, TitlePlace
from timeline_app.scene.singles import Singles
from timeline_app.scene.standing import FARTHEST_DRAWN_S, Standing
from timeline_app.scene.viewport import Viewport

# Far enough for doubt to be as wide as it is where it is seen, and near enough for the integers of Qt.
BEYOND_PX = 2.0**20
STRIP_ROOM_PX = 3.0
# As plain integers: NumPy makes an array of each member otherwise.
_INSIDE, _LEFT, _RIGHT = int(TitlePlace.INSIDE), int(TitlePlace.LEFT), int(TitlePlace.RIGHT)


@dataclass(frozen=True, slots=True, eq=False)
class Visible:
    """Which of those that stand near a view are on screen, with the number of their lane in the frame, and height."""

    standing: Standing
    places: Int64Array
    lane: Int64Array
    y_px: FloatArray

    def held(self) -> Visible:
        """Return those whose titles stay in view."""
        is_held = self.standing.title_place[self.places] == _INSIDE
        return Visible(self.standing, self.places[is_held], self.lane[is_held], self.y_px[is_held])


def placed_singles(
    table: EventTable, extents: Extents, certain: BoolArray, view: Viewport, visible: Visible
) -> Singles:
    """Return the events on screen in the pixels of a view; `certain` tells which rows of the table pass surely."""
    standing, places = visible.standing, visible.places
    rows, title_place = standing.rows[places], standing.title_place[places]
    width = standing.title_width_px[places]
    edges = _edges_px(standing, places, extents, view)
    start, end = edges[0], edges[3]
    middle = (start + end) / 2
    is_mark = (end - start) < MARK_PX
    mark_left = np.where(is_mark, middle - extents.mark_px / 2, start)
    mark_right = np.where(is_mark, middle + extents.mark_px / 2, end)
    title = _title_left(title_place, mark_left, mark_right, width)
    left = np.where(title_place == _LEFT, title, mark_left)
    right = np.where(title_place == _RIGHT, title + width, mark_right)
    clipped = np.concatenate((edges, (middle, left, right, title)))
    np.minimum(np.maximum(clipped, -BEYOND_PX, out=clipped), view.width_px + BEYOND_PX, out=clipped)
    return Singles(
        rows=rows,
        lane=visible.lane.astype(np.int32),
        y_px=visible.y_px,
        start_px=clipped[0],
        sure_start_px=clipped[1],
        sure_end_px=clipped[2],
        end_px=clipped[3],
        middle_px=clipped[4],
        is_mark=is_mark,
        left_px=clipped[5],
        right_px=clipped[6],
        title_place=title_place,
        title_px=clipped[7],
        title_width_px=width,
        flags=table.flags[rows],
        certain=certain[rows],
    )


def _edges_px(standing: Standing, places: Int64Array, extents: Extents, view: Viewport) -> FloatArray:
    """Return the four bounds in pixels, shape (4, places); those without bound are cut where the layout cut them."""
    edges = view.xs_of(standing.edges_s[:, places])
    if standing.is_open:
        start, sure_start, sure_end, end = edges
        last, first = view.x_of(extents.last_s), view.x_of(extents.first_s)
        end = np.where(standing.end_s[places] == FUTURE_S, np.maximum(last, start + LEAST_CUT_BAR_PX), end)
        sure_end = np.where(standing.edges_s[2, places] == FARTHEST_DRAWN_S, end, sure_end)
        start = np.where(standing.begin_s[places] == PAST_S, np.minimum(first, end - LEAST_CUT_BAR_PX), start)
        sure_start = np.where(standing.edges_s[1, places] == 1 - FARTHEST_DRAWN_S, start, sure_start)
        edges = np.stack((start, sure_start, sure_end, end))
    return edges


def _title_left(place: UInt8Array, mark_left: FloatArray, mark_right: FloatArray, width: FloatArray) -> FloatArray:
    """Return where titles begin; one inside its bar keeps to the part of the bar that is in view."""
    inside = np.minimum(np.maximum(mark_left, STRIP_ROOM_PX) + TITLE_GAP_PX, mark_right - TITLE_GAP_PX - width)
    beside = np.where(place == _LEFT, mark_left - TITLE_GAP_PX - width, mark_right + TITLE_GAP_PX)
    return np.where(place == _INSIDE, inside, beside)
