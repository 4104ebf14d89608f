"""A window does not close over what the user wrote and could not be kept, but once it has said so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_window
from timeline_app.core.errors import WorkspaceError
from timeline_app.core.notes import Note
from timeline_app.core.watch import Watch
from timeline_app.paths import bundled_timeline
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.workspace_notes import NoteStore
from timeline_app.ui.workspace_stories import StoryStore

FULL = "the disk is full"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    yield from shown_window(qtbot, bundled_timeline())


def refuse(*_given: object) -> None:
    """Keep nothing, as a full disk does."""
    raise WorkspaceError(FULL)


def test_a_note_that_cannot_be_kept_holds_the_window_open_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(NoteStore, "replace", refuse)
        window.session.set_note(0, Note(text="Ask again"))
        assert not window.close()
        assert window.isVisible()
        assert window.message == f"Closing again loses what is not kept. Your note is not kept: {FULL}"
        assert window.close()
    assert not window.isVisible()


def test_a_note_that_cannot_be_kept_holds_other_files_off_once(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = [tmp_path / "other.csv"]
    other[0].write_text("date,title\n2024-06-19,Treaty\n", encoding="utf-8")
    monkeypatch.setattr(NoteStore, "replace", refuse)
    window.session.set_note(0, Note(text="Ask again"))
    table = window.session.table
    assert not window.close()
    window.files.open_files(other)
    assert not window.files.is_busy
    assert window.message == f"Opening again loses what is not kept. Your note is not kept: {FULL}"
    assert (window.session.table, window.session.notes.of(0).text) == (table, "Ask again")
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files(other)
    assert window.session.table is not table


def test_a_window_that_stays_for_a_note_does_not_close_by_itself_after_the_next_export(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    monkeypatch.setattr(NoteStore, "replace", refuse)
    window.session.set_note(0, Note(text="Ask again"))
    go_on = threading.Event()
    with qtbot.waitSignal(window.writer.busy_changed, check_params_cb=lambda busy: not busy):
        window.writer.write("a", lambda _: go_on.wait(), done.append, done.append)
        assert not window.close()
        go_on.set()
    assert window.message.startswith("Closing again loses what is not kept.")
    window.writer.write("b", lambda _: True, done.append, done.append, in_background=False)
    assert done == [True, True]
    assert window.isVisible()


def test_what_can_be_kept_the_next_time_is_not_lost(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[int] = []
    window.closing.connect(lambda: closed.append(1))
    for number in (1, 2):
        with monkeypatch.context() as patched:
            patched.setattr(NoteStore, "replace", refuse)
            window.session.set_note(0, Note(text=f"Ask again {number}"))
            assert not window.close(), "each loss is told before it happens"
        window.session.set_note(1, Note(starred=True))
    assert closed == []
    assert window.close()
    assert closed == [1]


def test_a_story_and_a_note_that_cannot_be_kept_are_both_told(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = window.story_bar
    bar.tell(window.session.table.stories[0])
    bar.edit_button.click()
    bar.title_field.selectAll()
    with monkeypatch.context() as patched:
        patched.setattr(StoryStore, "save", refuse)
        patched.setattr(NoteStore, "replace", refuse)
        qtbot.keyClicks(bar.title_field, "Mine")
        window.session.set_note(0, Note(text="Ask again"))
        assert not window.close()
        assert f"Your note is not kept: {FULL}. The story is not kept: {FULL}" in window.message
    assert window.close()


def test_a_window_that_waits_for_a_file_stays_where_the_program_fails_to_write_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    go_on = threading.Event()

    def fail(_watch: Watch) -> None:
        go_on.wait()
        raise RuntimeError("a fault of the program's own")

    done: list[object] = []
    is_done = qtbot.waitSignal(window.writer.busy_changed, check_params_cb=lambda busy: not busy)
    with qtbot.captureExceptions() as caught, is_done:
        window.writer.write("a", fail, done.append, done.append)
        assert not window.close()
        go_on.set()
    assert [error for _, error, _ in caught] != []
    assert done == []
    assert window.isVisible()
