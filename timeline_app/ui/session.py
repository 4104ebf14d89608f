"""The one mutable state of a window: which events, which filter, which view, what is selected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum, auto
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from timeline_app.core.errors import ReadError
from timeline_app.core.filter import Filter, FilterResult
from timeline_app.core.known_view import known_view
from timeline_app.core.lanes import LANE_LIMIT, Grouping, LaneSet, Passing, Question, usual_grouping
from timeline_app.core.notes import NO_NOTE, NO_NOTES, Note, Notes
from timeline_app.core.table import EventTable
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.filter_runner import FilterRunner
from timeline_app.ui.hits import Hits
from timeline_app.ui.steps import Steps
from timeline_app.ui.view_state import NO_STORIES, Place, Stories, ViewState

if TYPE_CHECKING:
    from timeline_app.ui.workspace_stories import KeptStory

DEFAULT_WIDTH_PX = 1000


class Move(Enum):
    """How the viewport changed.

    A jump is shown as an animation and kept as a place to come back to. Drags, and the steps of keys, which are
    animated too, are one change with those shortly before.
    """

    DRAG = auto()
    STEP = auto()
    JUMP = auto()


def given_notes(table: EventTable) -> Notes | None:
    """Return the notes that a table comes with, None where it is still to be found out what was noted of it."""
    return table.notes if len(table.notes) else None


class Session(QObject):
    """Holds the state of one window; views read it, ask it to change, and follow its signals.

    A setter compares, stores and emits. `result` and `lanes` are computed when table, filter or grouping change;
    nobody sets them. For many events they follow a moment after the filter: `wanted_changed` says that another filter
    is wanted, `filter_changed` that it is in force; what is on screen stays until then. `notes_changed` carries whether
    more of the same note is about to come; `stories_restored` follows what undo brings again of stories.
    `table_closing` comes before `table_changed`, while all is as it was, for whoever is just writing something about
    its events. `refused` says why a filter is taken back whose events cannot be read any more.
    """

    table_closing = Signal()
    table_changed = Signal()
    wanted_changed = Signal()
    filter_changed = Signal()
    lanes_changed = Signal()
    viewport_changed = Signal()
    jumped = Signal(object)
    selection_changed = Signal()
    hovered_changed = Signal()
    hits_changed = Signal()
    notes_changed = Signal(bool)
    stories_restored = Signal()
    history_changed = Signal()
    refused = Signal(str)

    def __init__(self, table: EventTable, parent: QObject | None = None, *, passing: Passing | None = None) -> None:
        """Show a table; `passing` has all of it in lanes of the usual grouping, where that is known already."""
        super().__init__(parent)
        self._table = table
        self._wanted = Filter()
        self._known_view: tuple[str, EventTable, EventTable] | None = None
        self._chosen_grouping: Grouping | None = None
        self._lane_limit = LANE_LIMIT
        self._runner = FilterRunner(self)
        self._runner.begin(table, self._question(), passing)
        self._passing = self._runner.passing
        self._runner.found.connect(self._take_passing)
        self._runner.failed.connect(self._take_back)
        self._viewport = Viewport(0, 0.0, 86_400.0, DEFAULT_WIDTH_PX)
        self._selection: tuple[int, ...] = ()
        self._hovered: int | None = None
        self._hits = Hits()
        self._notes = given_notes(table)
        self._note_goes_on = False
        self._stories = NO_STORIES
        self._steps = Steps()
        self._fitted = self._fits_what_comes = False
        self.fit_all()
        self._remember(Move.JUMP)

    @property
    def table(self) -> EventTable:
        """All events that are open."""
        return self._table

    @property
    def known_table(self) -> EventTable:
        """The same events, telling only what could be known on the day that the filter asks for, where it asks."""
        if self._known_view is None or self._known_view[:2] != (self._wanted.as_of, self._table):
            self._known_view = self._wanted.as_of, self._table, known_view(self._table, self._wanted)
        return self._known_view[2]

    @property
    def wanted(self) -> Filter:
        """The filter that is wanted last; `result` may be that of the one before for a moment."""
        return self._wanted

    @property
    def filter(self) -> Filter:
        """The same, by the name that scripts rely on."""
        return self._wanted

    @property
    def notes(self) -> Notes:
        """The user's own stars, notes and tags on these events."""
        return NO_NOTES if self._notes is None else self._notes

    @property
    def stories(self) -> Stories:
        """The user's own stories, those that were written since the files were opened."""
        return self._stories

    @property
    def can_note(self) -> bool:
        """Whether it is known what was noted before, so that something may be added."""
        return self._notes is not None

    @property
    def noted_table(self) -> EventTable:
        """All events that are open, with the user's own notes: what filters and exports go by."""
        return replace(self._table, notes=self.notes) if len(self.notes) else self._table

    @property
    def result(self) -> FilterResult:
        """Which rows pass the filter."""
        return self._passing.result

    @property
    def grouping(self) -> Grouping:
        """What lanes stand for: what was chosen last, until then what is usual for such events."""
        return self._chosen_grouping or usual_grouping(self._table)

    @property
    def lanes(self) -> LaneSet:
        """The passing events in lanes."""
        return self._passing.lanes

    @property
    def viewport(self) -> Viewport:
        """The stretch of time on screen."""
        return self._viewport

    @property
    def selection(self) -> tuple[int, ...]:
        """The selected rows; the last one is the one whose excerpt is shown."""
        return self._selection

    @property
    def current(self) -> int | None:
        """The row whose excerpt is shown."""
        return self._selection[-1] if self._selection else None

    @property
    def hovered(self) -> int | None:
        """The row under the pointer."""
        return self._hovered

    @property
    def hits(self) -> Hits:
        """What the search found."""
        return self._hits

    @property
    def is_settled(self) -> bool:
        """Whether `result` and `lanes` are those of the filter and grouping that are wanted."""
        return not self._runner.is_busy

    @property
    def can_undo(self) -> bool:
        """Whether a filter or view change can be taken back."""
        return self._steps.changes.can_go_back

    @property
    def can_redo(self) -> bool:
        """Whether a change that was taken back can be made again."""
        return self._steps.changes.can_go_forward

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier place."""
        return self._steps.places.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a later place."""
        return self._steps.places.can_go_forward

    def set_table(self, table: EventTable, passing: Passing | None = None) -> None:
        """Show other events: filter, selection, hits and history start anew, the view is fitted.

        `passing` has all of them in LANE_LIMIT lanes of the usual grouping, where that is known already.
        """
        self.table_closing.emit()
        self._table = table
        self._wanted = Filter()
        self._selection, self._hovered, self._hits = (), None, Hits()
        self._notes, self._stories = given_notes(table), NO_STORIES
        self._steps.begin()
        self._runner.begin(table, self._question(), passing)
        self._passing = self._runner.passing
        self.table_changed.emit()
        self.wanted_changed.emit()
        self.filter_changed.emit()
        self.lanes_changed.emit()
        self.selection_changed.emit()
        self.hovered_changed.emit()
        self.hits_changed.emit()
        self.fit_all()
        self._remember(Move.JUMP)
        if self._passing.question != self._question():
            self._ask()

    def set_filter(self, wanted: Filter) -> None:
        """Filter the events; raises FilterError and changes nothing when the filter makes no sense."""
        if wanted == self._wanted:
            return
        wanted.range_s()
        wanted.known_day()
        self._wanted = wanted
        self.wanted_changed.emit()
        self._ask()
        self._remember(Move.JUMP)

    def set_grouping(self, grouping: Grouping) -> None:
        """Let lanes stand for something else."""
        if grouping is self.grouping:
            return
        self._chosen_grouping = grouping
        self._ask()
        self._remember(Move.JUMP)

    def set_lane_limit(self, limit: int) -> None:
        """Give at most so many lanes a name of their own."""
        if limit == self._lane_limit:
            return
        self._lane_limit = limit
        self._ask()

    def set_viewport(self, viewport: Viewport, move: Move = Move.DRAG) -> None:
        """Show another stretch of time; a jump also asks the canvas, by `jumped(before)`, to travel there."""
        if viewport == self._viewport:
            return
        before = self._viewport
        self._viewport = viewport
        self._fitted = False
        self.viewport_changed.emit()
        if move is not Move.DRAG:
            self.jumped.emit(before)
        self._remember(move)

    def set_width(self, width_px: int) -> None:
        """Take the canvas's width: a view that shows everything still does, any other keeps its left edge and scale."""
        if width_px == self._viewport.width_px:
            return
        extent = self._fit_extent() if self._fitted else None
        self._show_instead(Viewport.fit(*extent, width_px) if extent else self._viewport.resized(width_px))

    def set_selection(self, rows: tuple[int, ...]) -> None:
        """Select rows; the last one becomes the current one."""
        if rows == self._selection:
            return
        self._selection = rows
        self.selection_changed.emit()
        self._remember(Move.JUMP)

    def set_hovered(self, row: int | None) -> None:
        """Tell which row is under the pointer, in whichever pane."""
        if row == self._hovered:
            return
        self._hovered = row
        self.hovered_changed.emit()

    def set_hits(self, hits: Hits) -> None:
        """Show what a search found."""
        if hits == self._hits:
            return
        self._hits = hits
        self.hits_changed.emit()

    def take_notes(self, notes: Notes) -> None:
        """Take what was noted of these events before, which is nothing to undo."""
        self._steps.changes.change_all(lambda state: replace(state, notes=notes))
        self._put_notes(notes, goes_on=False)

    def set_note(self, row: int, note: Note, *, goes_on: bool = False) -> None:
        """Note something of an event; what is said to go on is one step with what is noted of it next."""
        if self._notes is not None and note != self._notes.of(row):
            self._put_notes(self._notes.having({row: note}), goes_on=goes_on)
            self._record_written(row if goes_on else None)

    def finish_note(self) -> None:
        """Let what was said to go on be over: whoever keeps notes waits for nothing more."""
        if self._note_goes_on:
            self._note_goes_on = False
            self.notes_changed.emit(False)

    def set_notes(self, changed: Mapping[int, Note]) -> None:
        """Note something of several events in one step."""
        if self._notes is not None and any(note != self._notes.of(row) for row, note in changed.items()):
            self._put_notes(self._notes.having(changed), goes_on=False)
            self._record_written()

    def give_lost_note(self, number: int, row: int | None = None, note: Note = NO_NOTE) -> None:
        """Note something of an event in the stead of a note that found none, which without a row is dropped."""
        if self._notes is not None and number in self._notes.lost:
            self._put_notes(self._notes.having({} if row is None else {row: note}).without_lost(number), goes_on=False)
            self._record_written()

    def set_story(self, number: int, before: KeptStory | None, story: KeptStory | None, written: object = None) -> None:
        """Record that one of the user's own stories has changed; what is the same part `written` on is one step."""
        self._steps.changes.change_all(lambda state: state.knowing(number, before))
        self._stories = {**self._stories, number: story}
        self._record_written(written)

    def fit_all(self) -> None:
        """Show everything that passes the filter, from its first to its last bounded date.

        Where that is not known yet, it is fitted again once it is.
        """
        extent = self._fit_extent()
        if extent is not None:
            self.set_viewport(Viewport.fit(*extent, self._viewport.width_px), Move.JUMP)
            self._fitted, self._fits_what_comes = True, self._runner.is_busy

    def show_event(self, row: int) -> None:
        """Select an event and bring it into view, at the present scale."""
        with self.one_step():
            self.set_selection((row,))
            anchor_s = self._table.anchor_s(row)
            view = self._viewport
            if anchor_s is not None and not view.left_s <= anchor_s < view.right_s:
                self.set_viewport(view.centred(anchor_s), Move.JUMP)

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Make one step of the changes within, for undo and for back."""
        with self._steps.held():
            yield
        self._remember(Move.JUMP)

    def begin_history(self) -> None:
        """Take what is on screen for the first state, with nothing before it to return to."""
        self._steps.begin()
        self._remember(Move.JUMP)

    def undo(self) -> None:
        """Take the last filter or view change back."""
        self._restore(self._steps.changes.back())

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._restore(self._steps.changes.forward())

    def go_back(self) -> None:
        """Return to the place before the last jump."""
        self._return_to(self._steps.places.back())

    def go_forward(self) -> None:
        """Go again to the place that was left by going back."""
        self._return_to(self._steps.places.forward())

    def _fit_extent(self) -> tuple[int, int] | None:
        if not self._passing.lanes.filtered_out:
            return self._table.extent_s
        return self._table.extent_of(self._passing.lanes.passing.rows) or self._table.extent_s

    def _question(self) -> Question:
        return Question(self._wanted, self.grouping, self._lane_limit)

    def _ask(self) -> None:
        self._runner.ask(self._question())

    def _record_written(self, written: object = None) -> None:
        self._steps.record_written(self._view_state(), written)
        self.history_changed.emit()

    def _put_notes(self, notes: Notes, *, goes_on: bool) -> None:
        if notes is self._notes:
            return
        self._notes = notes
        self._runner.take_notes(self.noted_table)
        self._note_goes_on = goes_on
        self.notes_changed.emit(goes_on)
        if self._wanted.asks_for_notes:
            self._ask()

    def _take_passing(self, passing: Passing) -> None:
        before, self._passing = self._passing, passing
        if passing.question.wanted != before.question.wanted or passing.question.wanted.asks_for_notes:
            self.filter_changed.emit()
        self.lanes_changed.emit()
        extent = self._fit_extent() if self._fitted and self._fits_what_comes else None
        self._fits_what_comes = False
        if extent is not None:
            self._show_instead(Viewport.fit(*extent, self._viewport.width_px))

    def _take_back(self, error: ReadError) -> None:
        """Want again what is in force, since what was asked for cannot be found out."""
        in_force = self._passing.question
        self._wanted, self._chosen_grouping = in_force.wanted, in_force.grouping
        self._fits_what_comes = False
        self._steps.amend(self._view_state(), self._selection)
        self.wanted_changed.emit()
        self.history_changed.emit()
        # What helps comes first: of a long reason the line at the bottom shows the beginning only.
        file = PurePath(error.place.file).name or "the file"
        self.refused.emit(f"Open {file} again: it cannot be read, so the filter stays as it was ({error.args[0]})")

    def _show_instead(self, viewport: Viewport) -> None:
        """Show another stretch of time as the same step."""
        if viewport == self._viewport:
            return
        self._viewport = viewport
        self._steps.amend(self._view_state(), self._selection)
        self.viewport_changed.emit()

    def _view_state(self) -> ViewState:
        return ViewState(self._wanted, self.grouping, self._viewport, self.notes, self._stories)

    def _remember(self, move: Move) -> None:
        if not self._steps.are_held:
            self._steps.record(self._view_state(), self._selection, is_jump=move is Move.JUMP)
            self.history_changed.emit()

    def _restore(self, state: ViewState | None, selection: tuple[int, ...] | None = None) -> None:
        if state is None:
            return
        with self._steps.held():
            if self._notes is not None:  # Until they are found, what the states have of them is nothing.
                self._put_notes(state.notes, goes_on=False)
            self.set_filter(state.wanted)
            self.set_grouping(state.grouping)
            if selection is not None:
                self.set_selection(selection)
            self.set_viewport(replace(state.viewport, width_px=self._viewport.width_px), Move.JUMP)
            if state.stories != self._stories:
                self._stories = state.stories
                self.stories_restored.emit()
        self._steps.end_gesture()
        self.history_changed.emit()

    def _return_to(self, place: Place | None) -> None:
        if place is not None:
            self._restore(replace(place.view, notes=self.notes, stories=self._stories), place.selection)
            self._steps.changes.record(self._view_state())
            self.history_changed.emit()
