"""What undo and back return to: the changes of a window, and the places that were on its screen, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer

from timeline_app.core.notes import NO_NOTES
from timeline_app.ui.history import History
from timeline_app.ui.view_state import NO_STORIES, Place, ViewState

GESTURE_MS = 700


class Steps:
    """Two lines of states: changes of filter, view, notes and stories, for undo, and places for back and forward.

    A place has the selection, which is nothing to undo, and no notes or stories, which stay as they are.
    """

    def __init__(self) -> None:
        self._gesture = QElapsedTimer()
        self._is_held = False
        self.begin()

    @property
    def are_held(self) -> bool:
        """Whether what changes at the moment is part of a step that is recorded later, or of none."""
        return self._is_held

    def begin(self) -> None:
        """Forget all that was recorded."""
        self.changes: History[ViewState] = History()
        self.places: History[Place] = History()
        self._written: object = None

    def record(self, state: ViewState, selection: tuple[int, ...], *, is_jump: bool) -> None:
        """Record what is on screen now; what one gesture does in quick succession is one change.

        Only from a jump one comes back to the place before.
        """
        self._written = None
        same_gesture = not is_jump and self._gesture.isValid() and self._gesture.elapsed() < GESTURE_MS
        self.changes.record(state, replacing=same_gesture)
        self.places.record(_place(state, selection), replacing=not is_jump)
        if is_jump:
            self._gesture.invalidate()
        else:
            self._gesture.start()

    def record_written(self, state: ViewState, written: object = None) -> None:
        """Record what was just written as a step of its own, or as one with that before `written` on the same thing."""
        is_same_step = written is not None and self._written == written
        self.changes.record(state, replacing=is_same_step)
        self._written = written
        self._gesture.invalidate()

    def amend(self, state: ViewState, selection: tuple[int, ...]) -> None:
        """Put what is on screen now in the stead of what was recorded last."""
        self.changes.amend(state)
        self.places.amend(_place(state, selection))

    def end_gesture(self) -> None:
        """Let whatever comes next be a step of its own."""
        self._written = None
        self._gesture.invalidate()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nothing be recorded of what changes within."""
        was_held, self._is_held = self._is_held, True
        try:
            yield
        finally:
            self._is_held = was_held


def _place(state: ViewState, selection: tuple[int, ...]) -> Place:
    return Place(replace(state, notes=NO_NOTES, stories=NO_STORIES), selection)
