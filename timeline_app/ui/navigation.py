"""Going from event to event, and from view to view, by key."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from timeline_app.core.arrays import Int32Array, IntegerArray
from timeline_app.core.lanes import LaneSet
from timeline_app.core.when import FUTURE_S, PAST_S, When
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.session import Move, Session

ZOOM_STEP = 1.6
PAN_STEP_SHARE = 0.15
SCREEN_SHARE = 0.9
EVENT_MARGIN = 1.5


class Navigator:
    """Moves a session's selection and view; every method does nothing where there is nowhere to go.

    `show_in_lane(row, lane)` brings the copy of an event into view that stands in the lane of a number.
    """

    def __init__(self, session: Session, show_in_lane: Callable[[int, int], None]) -> None:
        self._session = session
        self._show_in_lane = show_in_lane
        # The lanes that were crossed last, the number of the one that was gone to, and the event there.
        self._crossed: tuple[LaneSet, int, int] | None = None

    def next_event(self) -> None:
        """Select the next event in time."""
        self._step_among_all(1)

    def previous_event(self) -> None:
        """Select the event before."""
        self._step_among_all(-1)

    def first_event(self) -> None:
        """Select the first event that passes the filter."""
        self._show(self._session.result.next_to(-1, 1))

    def last_event(self) -> None:
        """Select the last event that passes the filter."""
        self._show(self._session.result.next_to(len(self._session.table), -1))

    def next_of_actor(self) -> None:
        """Select the next event of the current event's first actor that has one."""
        self._step_of_actor(1)

    def previous_of_actor(self) -> None:
        """Select the previous event of the current event's first actor that has one."""
        self._step_of_actor(-1)

    def next_linked(self) -> None:
        """Select the next of the events that the current one links to, or is linked from."""
        self._step(linked_rows(self._session), 1, around=True)

    def previous_linked(self) -> None:
        """Select the previous of the events that the current one links to, or is linked from."""
        self._step(linked_rows(self._session), -1, around=True)

    def lane_down(self) -> None:
        """Select the event nearest in time in the next lane."""
        self._step_lane(1)

    def lane_up(self) -> None:
        """Select the event nearest in time in the lane above."""
        self._step_lane(-1)

    def zoom_in(self) -> None:
        """Zoom in about the current event if it is on screen, else about the middle."""
        self._zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out likewise."""
        self._zoom(1 / ZOOM_STEP)

    def pan_left(self) -> None:
        """Show what came a little before."""
        self._pan(-PAN_STEP_SHARE)

    def pan_right(self) -> None:
        """Show what comes a little later."""
        self._pan(PAN_STEP_SHARE)

    def screen_back(self) -> None:
        """Show the screen before."""
        self._pan(-SCREEN_SHARE)

    def screen_forward(self) -> None:
        """Show the next screen."""
        self._pan(SCREEN_SHARE)

    def centre_or_fit_selection(self) -> None:
        """Bring the current event to the middle; when it is there already, zoom to it."""
        row = self._session.current
        if row is None:
            return
        anchor_s = self._session.table.anchor_s(row)
        if anchor_s is None:
            return
        centred = self._session.viewport.centred(anchor_s)
        if abs(centred.left_s - self._session.viewport.left_s) <= 2 * centred.seconds_per_px:
            self.zoom_to_event(row)
        else:
            self._session.set_viewport(centred, Move.JUMP)

    def zoom_to_event(self, row: int) -> None:
        """Select an event and show its whole extent with room around it."""
        table = self._session.table
        extent = table.extent_of(np.array([row], np.int32))
        with self._session.one_step():
            self._session.set_selection((row,))
            if extent is not None:
                self.zoom_to_span(*extent)

    def zoom_to_span(self, first_s: int, last_s: int) -> None:
        """Show a stretch of time with room around it."""
        width = self._session.viewport.width_px
        self._session.set_viewport(Viewport.fit(first_s, last_s, width, margin=EVENT_MARGIN), Move.JUMP)

    def parting_span_s(self, rows: Int32Array) -> tuple[int, int] | None:
        """Return from when to when the events of sorted rows begin, None where no zoom can part them."""
        times = self._session.table.times
        first_s, last_s = (int(times.start_earliest_s[rows[place]]) for place in (0, -1))
        if first_s == last_s and len(np.unique(times.ends_of(rows))) == 1:
            return None
        return first_s, last_s

    def go_to(self, first_s: int, last_s: int) -> None:
        """Bring a date to the middle, and zoom out as far as it takes to show all of it."""
        view = self._session.viewport
        if last_s - first_s > view.span_s * SCREEN_SHARE:
            self._session.set_viewport(Viewport.fit(first_s, last_s, view.width_px), Move.JUMP)
        else:
            self._session.set_viewport(view.centred(first_s + (last_s - first_s) // 2), Move.JUMP)

    def go_to_date(self, when: When) -> None:
        """Go to a date, to the one bound that it has where the other is open."""
        first_s, last_s = when.start_earliest_s, when.end_latest_s
        known_first = last_s if first_s == PAST_S else first_s
        known_last = known_first if last_s == FUTURE_S else last_s
        self.go_to(known_first, known_last)

    def _step_among_all(self, step: int) -> None:
        current = self._session.current
        beyond = -1 if step > 0 else len(self._session.table)
        self._show(self._session.result.next_to(beyond if current is None else current, step))

    def _show(self, row: int | None) -> None:
        if row is not None:
            self._session.show_event(row)

    def _step(self, rows: IntegerArray, step: int, *, around: bool = False) -> None:
        """Select the next of some sorted rows, or the one before; nothing where none is left, or nothing selected."""
        current = self._session.current
        if current is None or not len(rows):
            return
        place = int(np.searchsorted(rows, current, side="right" if step > 0 else "left"))
        wanted = place if step > 0 else place - 1
        if around:
            wanted %= len(rows)
        if 0 <= wanted < len(rows):
            self._session.show_event(int(rows[wanted]))

    def _step_of_actor(self, step: int) -> None:
        current = self._session.current
        if current is None:
            self._step_among_all(step)
            return
        table, mask = self._session.table, self._session.result.mask
        for name in table.actor_names(current):
            rows = table.actors.rows_of(name)
            rows = rows[mask[rows]]
            if len(rows) and (rows[-1] > current if step > 0 else rows[0] < current):
                self._step(rows, step)
                return

    def _step_lane(self, step: int) -> None:
        lanes, current = self._session.lanes, self._session.current
        if current is None or not lanes.lanes:
            return
        here = self._lane_gone_to(lanes, current)
        for number in range(here + step, len(lanes.lanes) if step > 0 else -1, step):
            nearest = self._nearest_in_time(lanes.lanes[number].rows, current)
            if nearest is not None:
                self._crossed = lanes, number, nearest
                self._session.show_event(nearest)
                self._show_in_lane(nearest, number)
                return

    def _lane_gone_to(self, lanes: LaneSet, row: int) -> int:
        """Return the lane in which an event was gone to, else the first that it stands in.

        It may stand in lanes above, too: from the first of them one would come to the same lane for ever.
        """
        if self._crossed is not None and self._crossed[0] is lanes and self._crossed[2] == row:
            return self._crossed[1]
        return lane_of(lanes, row)

    def _nearest_in_time(self, rows: IntegerArray, current: int) -> int | None:
        """Return the one of the sorted rows, other than the current one, that begins nearest to it; None for none."""
        starts_s = self._session.table.times.start_earliest_s
        place = int(np.searchsorted(rows, rows.dtype.type(current)))
        around = rows[max(place - 1, 0) : place + 2].tolist()
        others = [row for row in around if row != current]
        return min(others, key=lambda row: abs(int(starts_s[row]) - int(starts_s[current])), default=None)

    def _zoom(self, factor: float) -> None:
        view, row = self._session.viewport, self._session.current
        at_px = view.width_px / 2
        anchor_s = None if row is None else self._session.table.anchor_s(row)
        if anchor_s is not None:
            x_px = view.x_of(anchor_s)
            at_px = x_px if 0 <= x_px <= view.width_px else at_px
        self._session.set_viewport(view.zoomed(factor, at_px), Move.STEP)

    def _pan(self, share: float) -> None:
        view = self._session.viewport
        self._session.set_viewport(view.panned(round(view.width_px * share)), Move.STEP)


def linked_rows(session: Session) -> Int32Array:
    """Return the sorted rows that the current event links to or is linked from, shape (links,)."""
    table, current = session.known_table, session.current
    if current is None:
        return np.zeros(0, np.int32)
    here = table.event(current)
    rows = {row for link in here.links if (row := table.row_of(link.to)) is not None}
    rows |= set(table.linking_rows(here.id))
    rows.discard(current)
    return np.array(sorted(rows), np.int32)


def lane_of(lanes: LaneSet, row: int) -> int:
    """Return the number of the first lane that an event stands in, -1 for none."""
    for number, lane in enumerate(lanes.lanes):
        place = int(np.searchsorted(lane.rows, lane.rows.dtype.type(row)))
        if place < len(lane.rows) and lane.rows[place] == row:
            return number
    return -1
