"""The table of actions is whole, and each of its keys does what it says wherever the keyboard is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMenu,
    QPushButton,
    QSpinBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from timeline_app.core.errors import UsageError
from timeline_app.ui.action_spec import FOLDED, Group, Menu
from timeline_app.ui.action_table import ACTIONS, GESTURES
from timeline_app.ui.actions import build_actions, build_menus, key_parts
from timeline_app.ui.key_guard import KeyGuard

MOST_MENU_LINES = 22
PROMISED_KEYS = (
    *("W", "S", "A", "D", "Ctrl++", "Ctrl+-", "Ctrl+0", "Left", "Right", "Home", "End", "PgUp", "PgDown", "Up", "Down"),
    *(",", ".", "[", "]", "F", "Ctrl+G", "Ctrl+T", "Ctrl+F", "/", "F3", "Esc", "Alt+Left", "Alt+Right", "Ctrl+Z"),
    *("Ctrl+Shift+Z", "Ctrl+Shift+P", "Ctrl+K", "?", "F1", "Ctrl+O", "Ctrl+E", "Ctrl+C"),
)
PROMISED_GESTURES = (
    *("Wheel", "Ctrl+Wheel", "Pinch", "Shift+Wheel", "Wheel sideways", "Drag", "Wheel on a lane’s head", "Alt+Wheel"),
    *("Shift+Drag", "Click", "Ctrl+Click", "Double click", "Hover", "Enter", "Shift+Enter"),
)


class Board(QMainWindow):
    """A window with one of each kind of widget, that counts which actions ran."""

    def __init__(self) -> None:
        super().__init__()
        self.ran: Counter[str] = Counter()
        self.ground = QWidget()
        self.ground.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field = QLineEdit()
        self.number = QSpinBox()
        self.list = QListWidget()
        self.list.addItems(["one", "two", "three"])
        self.list.setCurrentRow(0)
        self.button = QPushButton("Press")
        self.source = QTextBrowser()
        self.source.setPlainText("exact words")
        central = QWidget()
        column = QVBoxLayout(central)
        for widget in (self.ground, self.field, self.number, self.list, self.button, self.source):
            column.addWidget(widget)
        self.setCentralWidget(central)
        self.actions_by_name = build_actions(self, {spec.name: self.counter(spec.name) for spec in ACTIONS})
        self.guard = KeyGuard(self.actions_by_name.values(), self)

    def counter(self, name: str) -> Callable[[], None]:
        """Return a handler that counts how often an action of this name ran."""

        def count() -> None:
            self.ran[name] += 1

        return count


@pytest.fixture
def board(qtbot: QtBot) -> Board:
    board = Board()
    qtbot.addWidget(board)
    with qtbot.waitActive(board):
        board.show()
        board.activateWindow()
    board.ground.setFocus()
    return board


def test_every_key_and_gesture_that_was_promised_stands_in_the_table() -> None:
    keys = {shortcut for spec in ACTIONS for shortcut in spec.shortcuts}
    assert set(PROMISED_KEYS) <= keys
    assert set(PROMISED_GESTURES) <= {text for gesture in GESTURES for text in gesture.inputs}


def test_no_name_text_or_key_stands_in_the_table_twice() -> None:
    keys = [QKeySequence(shortcut).toString() for spec in ACTIONS for shortcut in spec.shortcuts]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert "" not in keys
    for values in ([spec.name for spec in ACTIONS], [spec.text for spec in ACTIONS]):
        assert len(values) == len(set(values))


def test_every_row_has_its_words_and_every_group_and_menu_is_used() -> None:
    for spec in ACTIONS:
        assert spec.name.isidentifier()
        assert spec.text
        assert spec.help
        assert not spec.help.endswith(".")
    assert {spec.group for spec in ACTIONS} == set(Group)
    assert {spec.menu for spec in ACTIONS} == set(Menu)
    assert all(gesture.inputs and gesture.help for gesture in GESTURES)


def test_groups_of_a_menu_stand_together() -> None:
    for menu in Menu:
        groups = [spec.group for spec in ACTIONS if spec.menu is menu]
        starts = [group for place, group in enumerate(groups) if place == 0 or groups[place - 1] is not group]
        assert len(starts) == len(set(starts)), menu


@pytest.mark.parametrize("change", ["missing", "unknown"])
def test_an_action_without_handler_and_a_handler_without_action_are_refused(qtbot: QtBot, change: str) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    handlers: dict[str, Callable[[], None]] = {spec.name: window.update for spec in ACTIONS}
    if change == "missing":
        del handlers["go_to_date"]
    else:
        handlers["go_to_dat"] = window.update
    with pytest.raises(UsageError, match="go_to_dat"):
        build_actions(window, handlers)


def test_the_menus_hold_every_action_and_the_place_for_recent_files(board: Board) -> None:
    submenus = build_menus(board.menuBar(), board.actions_by_name)
    menus = [menu for menu in board.menuBar().findChildren(QMenu) if menu not in submenus.values()]
    assert [action.text() for action in board.menuBar().actions()] == ["&File", "&Edit", "&View", "&Go", "&Help"]
    listed = [action for menu in menus for action in menu.actions()]
    assert {action.objectName() for action in listed if action.objectName()} == {spec.name for spec in ACTIONS}
    assert set(submenus) == {"add_files", "save_view", "new_story"}
    assert all(menu.menuAction() in listed and menu.isEmpty() for menu in submenus.values())


def test_no_menu_is_longer_than_a_small_screen_and_folded_groups_have_one_of_their_own(board: Board) -> None:
    build_menus(board.menuBar(), board.actions_by_name)
    for entry in board.menuBar().actions():
        menu = entry.menu()
        assert isinstance(menu, QMenu)
        assert len(menu.actions()) <= MOST_MENU_LINES
    for group, title in FOLDED.items():
        (folded,) = (menu for menu in board.menuBar().findChildren(QMenu) if menu.title() == title)
        named = {action.objectName() for action in folded.actions()} - {""}
        assert named == {spec.name for spec in ACTIONS if spec.group is group}


def test_lanes_exclude_each_other(board: Board) -> None:
    board.actions_by_name["lanes_by_type"].trigger()
    board.actions_by_name["lanes_by_place"].trigger()
    checked = [spec.name for spec in ACTIONS if spec.choice and board.actions_by_name[spec.name].isChecked()]
    assert checked == ["lanes_by_place"]


def press(qtbot: QtBot, widget: QWidget, shortcut: str) -> None:
    """Press a shortcut as a keyboard would, on the widget that has the focus."""
    widget.setFocus()
    qtbot.keySequence(widget, QKeySequence(shortcut))


@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: str(spec.name))
def test_every_key_runs_its_action_from_the_timeline(board: Board, qtbot: QtBot, spec: object) -> None:
    [found] = [one for one in ACTIONS if one is spec]
    for shortcut in found.shortcuts:
        press(qtbot, board.ground, shortcut)
    assert board.ran == Counter({found.name: len(found.shortcuts)} if found.shortcuts else {})


def test_letters_typed_into_a_field_are_text(board: Board, qtbot: QtBot) -> None:
    board.field.setFocus()
    QTest.keyClicks(board.field, "wasd WASDF,.[]/?")
    assert board.field.text() == "wasd WASDF,.[]/?"
    assert board.ran == Counter()


@pytest.mark.parametrize("key", ["Left", "Right", "Home", "End", "Up", "Down", "PgUp", "PgDown", "Esc"])
def test_a_field_keeps_the_keys_that_it_needs(board: Board, qtbot: QtBot, key: str) -> None:
    press(qtbot, board.field, key)
    assert board.ran == Counter()


@pytest.mark.parametrize(
    ("key", "name"),
    [("Ctrl+K", "palette"), ("Ctrl+E", "export"), ("Ctrl+G", "go_to_date"), ("F3", "next_hit"), ("F1", "help")],
)
def test_a_field_leaves_the_windows_keys_to_the_window(board: Board, qtbot: QtBot, key: str, name: str) -> None:
    board.field.setText("words")
    press(qtbot, board.field, key)
    assert board.ran == Counter({name: 1})
    assert board.field.text() == "words"


def test_a_field_copies_and_undoes_its_own_text(board: Board, qtbot: QtBot) -> None:
    board.field.setFocus()
    QTest.keyClicks(board.field, "text")
    for shortcut in ("Ctrl+A", "Ctrl+C", "Ctrl+Z"):
        press(qtbot, board.field, shortcut)
    assert board.field.text() == ""
    assert board.ran == Counter()


def test_a_number_field_is_not_left_by_typing(board: Board, qtbot: QtBot) -> None:
    press(qtbot, board.number, "Up")
    assert board.number.value() == 1
    press(qtbot, board.number, "W")
    assert board.ran == Counter()


def test_a_list_is_walked_through_with_the_arrow_keys(board: Board, qtbot: QtBot) -> None:
    press(qtbot, board.list, "Down")
    assert board.list.currentRow() == 1
    assert board.ran == Counter()
    press(qtbot, board.list, "Alt+Left")
    assert board.ran == Counter(back=1)


def test_copy_in_a_source_copies_the_selection_or_else_the_citation(board: Board, qtbot: QtBot) -> None:
    press(qtbot, board.source, "Ctrl+C")
    assert board.ran == Counter(copy_citation=1)
    board.source.selectAll()
    press(qtbot, board.source, "Ctrl+C")
    assert board.ran == Counter(copy_citation=1)


def test_the_guard_outlives_the_widget_that_had_the_keyboard(board: Board, qtbot: QtBot) -> None:
    board.field.setFocus()
    with qtbot.waitSignal(board.field.destroyed):
        board.field.deleteLater()
    press(qtbot, board.ground, "W")
    assert board.ran == Counter(zoom_in=1)


def test_a_disabled_action_does_not_run(board: Board, qtbot: QtBot) -> None:
    action: QAction = board.actions_by_name["undo"]
    action.setEnabled(False)
    press(qtbot, board.ground, "Ctrl+Z")
    assert board.ran == Counter()


@pytest.mark.parametrize(
    ("shortcut", "parts"),
    [
        ("Ctrl++", ("Ctrl", "+")),
        ("Ctrl+Shift+Z", ("Ctrl", "Shift", "Z")),
        ("Alt+Left", ("Alt", "←")),
        ("?", ("?",)),
        ("PgDown", ("Page down",)),
        ("Wheel on a lane’s head", ("Wheel on a lane’s head",)),
        ("Shift+Wheel", ("Shift", "Wheel")),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_keys_are_shown_one_by_one(shortcut: str, parts: tuple[str, ...]) -> None:
    assert key_parts(shortcut) == parts
