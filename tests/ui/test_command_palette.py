"""The palette finds actions by a few letters, likeliest first, and runs the one that is marked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_table
from timeline_app.ui.action_table import ACTIONS
from timeline_app.ui.actions import build_actions
from timeline_app.ui.dialogs.command_palette import (
    MOST_ROWS,
    ROW_PX,
    CommandPalette,
    PaletteEntry,
    PaletteModel,
    action_entries,
    recent_entries,
)
from timeline_app.ui.look import Look
from timeline_app.ui.name_match import Likeness, match_name, ranked
from timeline_app.ui.workspace import RecentFile

NAMES = ("Zoom in", "Zoom out", "Lanes by type", "Previous linked event", "Go to date", "Fit all")


@pytest.mark.parametrize(
    ("typed", "name", "likeness", "places"),
    [
        ("", "Zoom in", Likeness.WHOLE_START, ()),
        ("zoo", "Zoom in", Likeness.WHOLE_START, (0, 1, 2)),
        ("zo in", "Zoom in", Likeness.WORD_STARTS, (0, 1, 5, 6)),
        ("in zo", "Zoom in", Likeness.WORD_STARTS, (0, 1, 5, 6)),
        ("zi", "Zoom in", Likeness.WORD_STARTS, (0, 5)),
        ("gd", "Go to date", Likeness.WORD_STARTS, (0, 6)),
        ("oom", "Zoom in", Likeness.WITHIN, (1, 2, 3)),
        ("zmn", "Zoom in", Likeness.SCATTERED, (0, 3, 6)),
        ("İ", "İstanbul", Likeness.WHOLE_START, (0,)),
    ],
)
def test_a_name_is_found_by_its_start_its_words_a_part_or_its_letters(
    typed: str, name: str, likeness: Likeness, places: tuple[int, ...]
) -> None:
    match = match_name(typed, name)
    assert match is not None
    assert (match.likeness, match.places) == (likeness, places)


@pytest.mark.parametrize("typed", ["x", "nioz", "zoom in again", "in in"])
def test_what_does_not_fit_is_not_found(typed: str) -> None:
    assert match_name(typed, "Zoom in") is None


def test_the_likeliest_name_comes_first() -> None:
    assert [NAMES[number] for number, _ in ranked("l", NAMES)][:2] == ["Lanes by type", "Previous linked event"]
    assert [NAMES[number] for number, _ in ranked("", NAMES)] == list(NAMES)


@given(st.text(max_size=8), st.text(max_size=30))
def test_the_places_of_a_match_are_places_of_what_was_typed(typed: str, name: str) -> None:
    match = match_name(typed, name)
    if match is not None:
        assert list(match.places) == sorted(set(match.places))
        found = [place for place in match.places if not name[place].isspace()]
        assert len(found) == sum(not letter.isspace() for letter in typed)


class Stage:
    """A window with its actions, and what was run."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.ran: list[str] = []
        self.window = QMainWindow()
        self.look = Look(make_table(), "light")
        qtbot.addWidget(self.window)
        self.window.resize(900, 600)
        self.window.show()
        self.actions = build_actions(self.window, {spec.name: self.runner(spec.name) for spec in ACTIONS})

    def runner(self, name: str) -> Callable[[], None]:
        """Return something that notes that it was run."""
        return lambda: self.ran.append(name)

    def open(self, recent: tuple[RecentFile, ...] = ()) -> CommandPalette:
        """Show a palette with the actions and some recent files."""
        entries = action_entries(self.actions)
        entries += recent_entries(recent, lambda path: self.ran.append(str(path)))
        palette = CommandPalette(entries, self.look, self.window)
        palette.show()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is palette)
        return palette


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_every_action_but_the_palette_itself_is_listed(stage: Stage) -> None:
    entries = action_entries(stage.actions)
    assert [entry.text for entry in entries] == [spec.text.rstrip("…") for spec in ACTIONS if spec.name != "palette"]
    shortcuts = {entry.text: entry.shortcut for entry in entries}
    assert shortcuts["Go to date"] == "Ctrl+G"


def test_typing_and_enter_run_an_action_once_the_palette_is_gone(stage: Stage) -> None:
    palette = stage.open()
    QTest.keyClicks(palette.field, "goda")
    assert palette.list.currentIndex().data() == "Go to date"
    with stage.qtbot.waitSignal(palette.destroyed):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert stage.ran == ["go_to_date"]


def test_the_arrow_keys_walk_and_go_round(stage: Stage) -> None:
    palette = stage.open()
    QTest.keyClicks(palette.field, "lanes by")
    names = [palette.model.index(row, 0).data() for row in range(palette.model.rowCount())]
    seen = [palette.list.currentIndex().data()]
    for _ in names:
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
        seen.append(palette.list.currentIndex().data())
    assert seen == [*names, names[0]]
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().data() == names[-1]
    QTest.keyClick(palette.field, Qt.Key.Key_PageUp)
    assert palette.list.currentIndex().data() == names[0]


def test_a_click_runs_too(stage: Stage) -> None:
    palette = stage.open()
    QTest.keyClicks(palette.field, "fit all")
    place = palette.list.visualRect(palette.model.index(0, 0)).center()
    with stage.qtbot.waitSignal(palette.destroyed):
        stage.qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert stage.ran == ["fit_all"]


def test_escape_closes_and_runs_nothing(stage: Stage) -> None:
    palette = stage.open()
    with stage.qtbot.waitSignal(palette.destroyed):
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert stage.ran == []


def test_going_back_to_the_window_closes_the_palette(stage: Stage) -> None:
    palette = stage.open()
    with stage.qtbot.waitSignal(palette.destroyed):
        stage.window.activateWindow()
    assert stage.ran == []


def test_what_is_typed_before_the_palette_has_the_keyboard_is_typed_into_it(stage: Stage) -> None:
    palette = CommandPalette(action_entries(stage.actions), stage.look, stage.window)
    palette.show()
    assert not palette.isActiveWindow()
    for key in (Qt.Key.Key_W, Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_D):
        QTest.keyClick(stage.window.windowHandle(), key)
    assert palette.field.text() == "wasd"
    assert stage.ran == []
    stage.qtbot.waitUntil(palette.isActiveWindow)
    QTest.keyClicks(palette.field, "f")
    assert palette.field.text() == "wasdf"
    palette.close()


def test_an_action_that_is_not_possible_now_comes_last_and_does_not_run(stage: Stage) -> None:
    stage.actions["undo"].setEnabled(False)
    palette = stage.open()
    last = palette.model.index(palette.model.rowCount() - 1, 0)
    assert last.data() == "Undo"
    QTest.keyClicks(palette.field, "undo")
    assert palette.model.runnable_count() == 0
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert stage.ran == []


def test_nothing_found_is_said(stage: Stage) -> None:
    palette = stage.open()
    QTest.keyClicks(palette.field, "qqqq")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert stage.ran == []


def test_a_recent_file_is_opened_by_its_title_or_else_its_name(stage: Stage) -> None:
    recent = (RecentFile("/a/kursk.yaml", "Battle of Kursk", 3, 0), RecentFile("/b/untitled.csv", "", 1, 0))
    palette = stage.open(recent)
    QTest.keyClicks(palette.field, "battle")
    with stage.qtbot.waitSignal(palette.destroyed):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert stage.ran == [str(Path("/a/kursk.yaml"))]
    palette = stage.open(recent)
    QTest.keyClicks(palette.field, "untitled")
    assert palette.list.currentIndex().data() == "Open untitled.csv"


def test_what_could_deceive_in_a_title_is_shown(stage: Stage) -> None:
    palette = stage.open((RecentFile("/a", "<b>x</b>\u202egnp.exe", 0, 0),))
    QTest.keyClicks(palette.field, "open <b>")
    assert palette.list.currentIndex().data() == "Open <b>x</b>⟦202E⟧gnp.exe"


def test_the_palette_grows_with_the_text(stage: Stage) -> None:
    palette = stage.open()
    width = palette.width()
    stage.look.set_text_scale(1.5)
    assert palette.width() == round(width * 1.5)
    assert not palette.grab().toImage().isNull()


def test_the_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = PaletteModel([PaletteEntry(name, "", "", lambda: None) for name in NAMES])
    qtmodeltester.check(model)
    model.find("zoom")
    qtmodeltester.check(model)
    assert model.rowCount() == 2


def test_it_stands_over_the_middle_of_its_window_near_the_top(stage: Stage) -> None:
    palette = stage.open()
    place, window = palette.geometry(), stage.window.geometry()
    assert abs(place.center().x() - window.center().x()) <= 1
    assert window.top() < place.top() < window.center().y()


def test_it_is_as_tall_as_what_is_found_up_to_ten_rows(stage: Stage) -> None:
    palette = stage.open()
    row_px = stage.look.px(ROW_PX)
    assert palette.list.height() == MOST_ROWS * row_px < palette.model.rowCount() * row_px
    assert not palette.nothing.isVisible()
    palette.field.setText("fit all")
    assert palette.list.height() == palette.model.rowCount() * row_px
    palette.field.setText("xyzzy")
    assert (palette.list.isVisible(), palette.nothing.isVisible()) == (False, True)
    palette.field.setText("")
    assert (palette.list.isVisible(), palette.nothing.isVisible()) == (True, False)


def test_what_cannot_run_is_not_marked_though_it_is_all_that_is_found(stage: Stage) -> None:
    stage.actions["fit_all"].setEnabled(False)
    palette = stage.open()
    palette.field.setText(stage.actions["fit_all"].text())
    assert palette.model.runnable_count() == 0 < palette.model.rowCount()
    assert not palette.list.currentIndex().isValid()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert (stage.ran, palette.isVisible()) == ([], True)


def test_a_thin_rule_sets_it_off_from_the_window(stage: Stage) -> None:
    palette = stage.open()
    picture, rule = palette.grab().toImage(), stage.look.theme.rule
    width, height = picture.width(), picture.height()
    edges = [(width // 2, 0), (width // 2, height - 1), (0, height // 2), (width - 1, height // 2)]
    assert [picture.pixelColor(x, y).name() for x, y in edges] == [rule] * 4
