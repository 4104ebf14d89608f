"""A window's files, view, filter, selection and place come back in the next run; what cannot be kept is told."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from tests.helpers.shown import close_for_good
from tests.helpers.tables import row_of
from timeline_app.app import complete_window, create_window, fill_window
from timeline_app.core.errors import WorkspaceError
from timeline_app.core.filter import Filter
from timeline_app.core.kept_notes import KeptNote, noted_event
from timeline_app.core.lanes import Grouping
from timeline_app.core.notes import Note
from timeline_app.loading import Loader, load_gazetteer_from_resources
from timeline_app.ui import workspace as workspace_module
from timeline_app.ui.dialogs.notice_dialog import NoticeDialog
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.remembering import WindowMemory
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import LANE_ROWS, TEXT_SIZE, THEME
from timeline_app.ui.window_place import remembered_sides
from timeline_app.ui.workspace import SavedSession, SavedView, Workspace
from timeline_app.ui.workspace_notes import NoteStore

# The offscreen platform says so for every dialog.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")

FIRST = (
    "timeline_format: 1\ntitle: First\nevents: [{title: One, when: 2024-03, actors: [A]}, {title: Two, when: 2024}]\n"
)
SECOND = "timeline_format: 1\ntitle: Second\nevents: [{title: Three, when: 2020}]\n"


class Run:
    """One run of the program on a folder of the user's: a window, and what remembers for it."""

    def __init__(self, folder: Path, *files: Path) -> None:
        self.workspace = Workspace.open(folder / "workspace.sqlite")
        loader = Loader(load_gazetteer_from_resources())
        opened = loader(files)
        self.settings = Settings(self.workspace)
        self.window = MainWindow()
        fill_window(self.window, opened, self.settings, loader, remembered_sides(folder / "window.ini"))
        self.window.show()
        self.memory: WindowMemory = complete_window(self.window, opened, self.workspace, folder / "window.ini")
        self.memory.remember_files(opened)
        self.session = self.window.session

    def end(self) -> None:
        """Close the window, and with it the run."""
        close_for_good(self.window)
        self.workspace.close()


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Start runs of the program, of which each ends before the next begins."""
    runs: list[Run] = []

    def begin(*files: Path) -> Run:
        while runs:
            runs.pop().end()
        runs.append(Run(tmp_path, *files))
        return runs[0]

    yield begin
    for run in runs:
        run.end()


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    first.write_text(FIRST, encoding="utf-8")
    second.write_text(SECOND, encoding="utf-8")
    return first, second


def resume(run: Run, qtbot: QtBot) -> None:
    with qtbot.waitSignal(run.window.files.opened):
        run.memory.resume()


def test_files_view_filter_lanes_and_selection_come_back(
    start: Callable[..., Run], qtbot: QtBot, files: tuple[Path, Path]
) -> None:
    run = start(*files)
    run.session.set_filter(Filter(since="2021", min_importance=2))
    run.session.set_grouping(Grouping.TYPE)
    run.session.set_selection((row_of(run.session.table, "two"), row_of(run.session.table, "one")))
    run.session.set_viewport(run.session.viewport.zoomed(3.7, 200))
    wanted, view, selection = run.session.wanted, run.session.viewport, run.session.selection

    again = start()
    assert again.session.table.title == "Korean troops in Russia's war"
    resume(again, qtbot)
    session = again.session
    assert again.window.files.paths == files
    assert (session.wanted, session.grouping, session.selection) == (wanted, Grouping.TYPE, selection)
    assert (session.viewport.left_s, session.viewport.seconds_per_px) == (view.left_s, view.seconds_per_px)
    assert again.window.excerpt_pane.story is not None
    assert again.window.chips_bar.isVisible()


def test_leaving_before_the_last_session_is_open_again_keeps_it(
    start: Callable[..., Run], qtbot: QtBot, files: tuple[Path, Path]
) -> None:
    start(*files).memory.save()
    again = start()
    with qtbot.waitSignal(again.window.files.opened):
        again.memory.resume()
        again.memory.save()
    assert again.window.files.paths == files
    resume(again, qtbot)
    assert again.window.files.paths == files


def test_the_bundled_timeline_can_be_resumed(start: Callable[..., Run], qtbot: QtBot) -> None:
    run = start()
    run.session.show_event(row_of(run.session.table, "us-election"))
    again = start()
    resume(again, qtbot)
    assert [again.session.table.event(row).id for row in again.session.selection] == ["us-election"]
    assert again.memory.recent_files() == ()


def test_without_a_last_session_nothing_is_resumed(start: Callable[..., Run], qtbot: QtBot) -> None:
    run = start()
    with qtbot.assertNotEmitted(run.window.files.busy_changed):
        run.memory.resume()
    assert run.window.status_line.selection_label.text() == "There is no last session to resume"


def test_files_that_are_gone_are_told_and_nothing_else_changes(
    start: Callable[..., Run], qtbot: QtBot, files: tuple[Path, Path]
) -> None:
    start(files[0]).session.set_filter(Filter(since="2021"))
    again = start()
    files[0].unlink()
    with qtbot.waitSignal(again.window.files.failed):
        again.memory.resume()
    assert again.session.wanted == Filter()
    assert len(again.window.findChildren(NoticeDialog)) == 1
    with qtbot.waitSignal(again.window.files.opened):
        again.window.files.open_files([files[1]])
    assert again.session.wanted == Filter()


def test_of_two_files_the_one_that_is_left_comes_back_with_its_view(
    start: Callable[..., Run], qtbot: QtBot, files: tuple[Path, Path]
) -> None:
    start(*files).session.set_filter(Filter(since="2021"))
    again = start()
    files[1].unlink()
    resume(again, qtbot)
    assert again.window.files.paths == files[:1]
    assert again.session.wanted == Filter(since="2021")


def test_another_file_opened_meanwhile_keeps_its_own_view(
    start: Callable[..., Run], qtbot: QtBot, files: tuple[Path, Path]
) -> None:
    start(files[0]).session.set_filter(Filter(since="2021"))
    again = start()
    with qtbot.waitSignal(again.window.files.opened):
        again.memory.resume()
        again.window.files.open_files([files[1]])
    assert again.session.table.title == "Second"
    assert again.session.wanted == Filter()


def test_a_remembered_view_that_makes_no_sense_any_more_is_told(
    start: Callable[..., Run], qtbot: QtBot, files: tuple[Path, Path]
) -> None:
    run = start()
    view = SavedView(query="after:soon", grouping="by mood", selection=("gone", "one"))
    run.workspace.save_session(SavedSession((str(files[0]),), view))
    resume(run, qtbot)
    assert "cannot be understood" in run.window.status_line.selection_label.text()
    assert [run.session.table.event(row).title for row in run.session.selection] == ["One"]
    assert run.session.grouping is Grouping.ACTOR


def test_recent_files_stand_in_order_and_can_be_forgotten(
    start: Callable[..., Run], qtbot: QtBot, files: tuple[Path, Path]
) -> None:
    run = start(files[0])
    with qtbot.waitSignal(run.window.files.opened):
        run.window.files.open_files([files[1]])
    labels = {recent.path: recent.label for recent in run.memory.recent_files()}
    assert labels == {files[0]: "first.yaml — First", files[1]: "second.yaml — Second"}
    again = start()
    assert len(again.memory.recent_files()) == 2
    again.memory.forget_recent()
    assert again.memory.recent_files() == ()


@pytest.mark.parametrize(
    ("name", "title", "label"),
    [
        ("a&b.yaml", "Rock & roll", "a&&b.yaml — Rock && roll"),
        ("plain.yaml", "", "plain.yaml"),
        ("same.yaml", "same.yaml", "same.yaml"),
        ("turned\u202e.yaml", "x" * 500, f"turned⟦202E⟧.yaml — {'x' * 105}"),
    ],
)
def test_a_label_shows_names_as_they_are(start: Callable[..., Run], name: str, title: str, label: str) -> None:
    run = start()
    run.workspace.remember_file(f"/somewhere/{name}", title, 3)
    [recent] = run.memory.recent_files()
    assert recent.label == label
    assert recent.path == Path("/somewhere") / name


def test_settings_outlive_the_run(start: Callable[..., Run]) -> None:
    run = start()
    run.settings.set(LANE_ROWS, 5)
    run.settings.set(TEXT_SIZE, 150)
    again = start()
    assert again.window.timeline.options.max_lines == 5
    assert again.window.look.text_scale == 1.5


def test_the_place_of_the_window_is_kept_as_text(start: Callable[..., Run], tmp_path: Path) -> None:
    run = start()
    run.window.setGeometry(50, 60, 930, 610)
    start()
    text = (tmp_path / "window.ini").read_text(encoding="utf-8")
    assert "50 60 930 610 in 2 2 2 2 normal" in text
    assert "@" not in text


@pytest.mark.parametrize("state", [Qt.WindowState.WindowMaximized, Qt.WindowState.WindowMinimized])
def test_panes_have_the_widths_again_that_they_were_given_by_hand(
    start: Callable[..., Run], qtbot: QtBot, state: Qt.WindowState
) -> None:
    window = start().window
    columns = next(one for one in window.findChildren(QSplitter) if one.widget(0) is window.actors_panel)
    handle = columns.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 50))
    QTest.mouseMove(handle, QPoint(60, 50))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(60, 50))
    widths = window.actors_panel.width(), window.excerpt_pane.width()
    window.setWindowState(state)
    again = start().window
    qtbot.waitUntil(lambda: (again.actors_panel.width(), again.excerpt_pane.width()) == widths)
    assert widths[0] > 300


def test_a_window_without_a_place_writes_none(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    window = create_window([])
    qtbot.addWidget(window)
    window.show()
    window.close()
    assert list(tmp_path.iterdir()) == []
    # QSettings once put a file in the place of this device.
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize("kind", ["cannot be used", "is damaged"])
def test_why_nothing_is_remembered_is_told_until_it_is_read(qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "workspace.sqlite"
    path.mkdir() if kind == "cannot be used" else path.write_bytes(b"no database" * 1000)
    workspace = Workspace.open_or_temporary(path)
    window = MainWindow()
    loader = Loader(load_gazetteer_from_resources())
    opened = loader(())
    fill_window(window, opened, Settings(workspace), loader)
    complete_window(window, opened, workspace)
    [notice] = window.findChildren(NoticeDialog)
    heading, told = (label.text() for label in notice.findChildren(PlainLabel))
    assert heading.endswith("until the window is closed" if kind == "cannot be used" else "begin anew")
    assert told == workspace.notice
    close_for_good(window)
    workspace.close()


def test_where_it_can_only_be_read_what_was_remembered_is_shown_and_the_window_stays_usable(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "workspace.sqlite"
    loader = Loader(load_gazetteer_from_resources())
    opened = loader(())
    assert opened.table is not None
    before = Workspace.open(path)
    before.set_setting(THEME.key, "dark")
    NoteStore(before).replace((), [KeptNote(noted_event(opened.table, 0), Note(text="Kept"))])
    before.close()

    def refuse(_path: Path) -> None:
        raise WorkspaceError("the disk is full")

    with monkeypatch.context() as full:
        full.setattr(workspace_module, "_open_file", refuse)
        workspace = Workspace.open_or_temporary(path)
        window = MainWindow()
        settings = Settings(workspace)
        fill_window(window, opened, settings, loader)
        complete_window(window, opened, workspace)
        [notice] = window.findChildren(NoticeDialog)
        heading, told = (label.text() for label in notice.findChildren(PlainLabel))
        assert heading == "Your notes, stories, views and settings are there, and new ones are not kept"
        assert told == "What was remembered can be read, but nothing new is kept: the disk is full."
        assert settings.get(THEME) == "dark"
        session = window.session
        assert session.notes.of(0) == Note(text="Kept")
        session.set_note(1, Note(starred=True))
        assert window.message == "Your note is not kept: the disk is full"
        settings.set(THEME, "light")
        assert settings.get(THEME) == "light"
    # With room again the next act keeps what could not be kept, too.
    session.set_note(2, Note(starred=True))
    assert [kept.note for kept in NoteStore(workspace).all()] == [Note(text="Kept")] + [Note(starred=True)] * 2
    close_for_good(window)
    workspace.close()


def test_a_store_that_fails_is_told_and_stops_nothing(
    start: Callable[..., Run], qtbot: QtBot, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start()

    def fail(*_words: object, **_others: object) -> None:
        raise WorkspaceError("the disk is full")

    for name in ("remember_file", "save_session", "forget_all_files", "recent_files", "last_session"):
        monkeypatch.setattr(run.workspace, name, fail)
    said = run.window.status_line.selection_label
    with qtbot.waitSignal(run.window.files.opened):
        run.window.files.open_files([files[0]])
    assert run.session.table.title == "First"
    for act in (run.memory.forget_recent, run.memory.recent_files, run.memory.resume, run.memory.save):
        run.window.show_message("")
        act()
        assert said.text() == "the disk is full"
