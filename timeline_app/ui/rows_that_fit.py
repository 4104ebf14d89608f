"""How many rows of events a window has room for."""

from __future__ import annotations

from timeline_app.scene.frame import Measures

# The menus, the header, the overview with its tabs and the status line, at the plain size of text.
AROUND_LANES_PX = 221
LEAST_ROWS = 6
MOST_ROWS = 60


def rows_that_fit(window_height_px: int, text_scale: float) -> int:
    """Return how many rows, beside that of the counts, a single lane may have to be seen whole in a window.

    It follows from the window alone, so that rows stay when a bar or the table takes a part of the lanes' room.
    """
    measures = Measures.at(text_scale)
    lanes_px = window_height_px - AROUND_LANES_PX * text_scale - measures.axis_px
    lane_px = lanes_px - measures.head_px - measures.foot_px
    return max(LEAST_ROWS, min(int(lane_px // measures.line_px) - 1, MOST_ROWS))
