"""How many lines each lane may have, so that the first lanes of a picture share its height."""

from __future__ import annotations

from collections.abc import Sequence

from timeline_app.core.lanes import Lane

CROWDED_LINES_SHARE = 7
LEAST_CROWDED_LINES = 3
# More lines of a crowded lane tell less than another lane does.
MOST_CROWDED_HEIGHT = 24
# Of a crowded lane: its counts, and the density strip below them.
CROWDED_FOOT_LINES = 2
SEEN_AT_ONCE = 3
LEAST_LINES = 5
SPARE_LINES = 2


def lane_lines(lanes: Sequence[Lane], max_lines: int, crowded_height: int = 0) -> tuple[int, ...]:
    """Return how many lines the events of each lane may have where a single lane has `max_lines`; counts have one more.

    The first SEEN_AT_ONCE lanes share that height: those with few events have what they need, the others what is left,
    no less than LEAST_LINES. It follows from the lanes alone, so lines stay while one pans and zooms. `crowded_height`
    is the height that crowded lanes share, where that is not as in a window.
    """
    crowded_height = crowded_height or min(max_lines, MOST_CROWDED_HEIGHT)
    crowded_share = min(CROWDED_LINES_SHARE, max(1, len(lanes)))
    # One that stands alone fills the height, its foot included.
    of_one = crowded_height - CROWDED_FOOT_LINES if crowded_share == 1 else crowded_height // crowded_share
    crowded = max(LEAST_CROWDED_LINES, of_one)
    first = lanes[:SEEN_AT_ONCE]
    room = max_lines - (len(first) - 1)  # The head of each lane but the first takes about a line.
    needed = [len(lane.rows) if lane.index is None else crowded + CROWDED_FOOT_LINES for lane in first]
    most = max_lines
    while most > LEAST_LINES and sum(min(lines, most) for lines in needed) > room:
        most -= 1
    # A count for one or two events takes nearly as much room as they do.
    enough = min(most + SPARE_LINES, max_lines)
    return tuple(crowded if lane.index is not None else enough if len(lane.rows) <= enough else most for lane in lanes)
