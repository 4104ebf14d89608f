"""Every action of the table does what it says in the real window, by its key and from the palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.shown import still_window
from tests.helpers.tables import all_titles, row_of
from timeline_app.app import create_window
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.range_filter import in_range
from timeline_app.core.when import parse
from timeline_app.scene.lane_lines import SEEN_AT_ONCE
from timeline_app.ui import file_questions
from timeline_app.ui.action_spec import ActionSpec
from timeline_app.ui.action_table import ACTIONS
from timeline_app.ui.dialogs.command_palette import CommandPalette
from timeline_app.ui.dialogs.export_dialog import ExportDialog
from timeline_app.ui.dialogs.save_view_dialog import SaveViewDialog
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.knowledge_strip import KnowledgeStrip
from timeline_app.ui.panels.note_block import NoteField, TagField
from timeline_app.ui.settings_table import LANE_ROWS, THEME

SMALL = "timeline_format: 1\ntitle: Small\nevents: [{title: One, when: 2024-03}, {title: Two, when: 2024-05}]\n"
START = Filter(actors=("Russia",))

# The offscreen platform says so for every dialog.
CALENDAR = Path(__file__).parents[1] / "readers" / "data" / "sample.ics"

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with still_window(qtbot) as window:
        window.timeline.setFocus()
        QApplication.clipboard().clear()
        yield window


@pytest.fixture
def small_file(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture
def chosen_files(monkeypatch: pytest.MonkeyPatch, small_file: Path) -> Path:
    """Answer the system's file dialog, which is modal, with the small file."""

    class Chooser:
        @staticmethod
        def getOpenFileNames(*_words: object) -> tuple[list[str], str]:  # noqa: N802 — Qt's
            return [str(small_file)], ""

    monkeypatch.setattr(file_questions, "QFileDialog", Chooser)
    return small_file


def press(qtbot: QtBot, shortcut: str) -> None:
    """Press keys on whatever has the keyboard, as a hand would."""
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    assert widget is not None
    qtbot.keySequence(widget, QKeySequence(shortcut))


def dialog(window: MainWindow, name: str) -> QDialog | None:
    """Return the visible dialog of a class name or object name, None when there is none."""
    found = [one for one in window.findChildren(QDialog) if one.isVisible()]
    return next((one for one in found if name in {type(one).__name__, one.objectName()}), None)


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction)
    return found


def titles(window: MainWindow) -> list[str]:
    return [window.session.table.event(row).title for row in window.session.selection]


def select(window: MainWindow, event_id: str) -> None:
    window.session.set_selection((row_of(window.session.table, event_id),))


@dataclass(frozen=True, slots=True)
class Case:
    """What is so before an action, and what has to be so some time after it."""

    holds: Callable[[MainWindow], bool]
    before: Callable[[MainWindow], object] = lambda _window: None


def has_dialog(name: str) -> Case:
    return Case(lambda window: dialog(window, name) is not None)


def zooms(sign: int) -> Case:
    def holds(window: MainWindow) -> bool:
        session = window.session
        whole = session.table.extent_s
        assert whole is not None
        return sign * (session.viewport.span_s - (whole[1] - whole[0]) * 1.08) > 0

    return Case(holds)


def pans(sign: int) -> Case:
    def before(window: MainWindow) -> None:
        window.session.set_viewport(window.session.viewport.zoomed(4, 300))
        window.setProperty("was", float(window.session.viewport.left_s))

    def holds(window: MainWindow) -> bool:
        return sign * (window.session.viewport.left_s - float(window.property("was"))) > 0

    return Case(holds, before)


def grouped(grouping: Grouping) -> Case:
    other = Grouping.TYPE if grouping is Grouping.ACTOR else Grouping.ACTOR
    return Case(lambda window: window.session.grouping is grouping, lambda window: window.session.set_grouping(other))


def goes(before: str, after: str) -> Case:
    """Go from one event to another."""
    return Case(
        lambda window: [window.session.table.event(row).id for row in window.session.selection] == [after],
        lambda window: select(window, before),
    )


def search(window: MainWindow) -> None:
    window.search_box.field.setText("Kursk")


def hit_number(window: MainWindow) -> int:
    return window.session.hits.current


def coloured(theme: str, *, after: str) -> Case:
    """Expect that a choice of colours is carried out, and is the one that is marked."""
    return Case(
        lambda window: window.settings.get(THEME) == theme and action(window, f"{theme}_colours").isChecked(),
        lambda window: window.settings.set(THEME, after),
    )


def rows_become(rows: int) -> Case:
    return Case(
        lambda window: window.settings.get(LANE_ROWS) == rows == window.timeline.options.max_lines,
        lambda window: window.settings.set(LANE_ROWS, 10),
    )


def today_is_shown(window: MainWindow) -> bool:
    now_s = int(datetime.now(tz=UTC).timestamp())
    return abs(window.session.viewport.middle_s - now_s) < window.session.viewport.span_s / 100


def in_pane(pick: Callable[[MainWindow], QWidget]) -> Callable[[MainWindow], bool]:
    return lambda window: has_keyboard(pick(window))


def has_keyboard(pane: QWidget) -> bool:
    """Return whether a pane or something in it has the keyboard."""
    focus = QApplication.focusWidget()
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))


def filter_and_undo(window: MainWindow) -> None:
    window.session.set_filter(START)
    window.session.undo()


def filter_and_go_back(window: MainWindow) -> None:
    window.session.set_filter(START)
    window.session.go_back()


def centre_off(window: MainWindow) -> None:
    select(window, "inauguration")
    window.session.set_viewport(window.session.viewport.zoomed(4, 100))


def inauguration_is_centred(window: MainWindow) -> bool:
    session = window.session
    anchor_s = session.table.anchor_s(row_of(session.table, "inauguration"))
    assert anchor_s is not None
    return abs(session.viewport.x_of(anchor_s) - session.viewport.width_px / 2) <= 2


def open_calendar(window: MainWindow) -> None:
    """Open a calendar in which something repeats, of which nothing was chosen yet."""
    assert window.services.mappings is not None
    window.services.mappings.forget_all()
    waiting = QEventLoop()
    window.session.table_changed.connect(waiting.quit)
    window.files.open_files([CALENDAR])
    waiting.exec()


def begin_story(window: MainWindow) -> None:
    action(window, "new_story").trigger()
    window.timeline.setFocus()


def tell(window: MainWindow, place: int) -> None:
    """Tell the story that comes with the timeline, from a place on."""
    window.story_bar.tell(window.session.table.stories[0])
    window.timeline.setFocus()
    for _ in range(place):
        window.story_bar.next.click()


def asks_for_dates_on_screen(window: MainWindow) -> bool:
    view, table = window.session.viewport, window.session.table
    wanted = in_range(Filter(), view.left_s, view.right_s - 1, table)
    return bool(wanted.since) and window.session.wanted == wanted


CASES = {
    "open": Case(lambda window: window.session.table.title == "Small"),
    "add_files": Case(lambda window: {"One", "BRICS summit"} <= set(all_titles(window.session.table))),
    "open_bundled": Case(lambda window: not window.files.paths and len(window.session.table) >= 18),
    "resume": Case(lambda window: "no last session" in window.status_line.selection_label.text()),
    "show_problems": has_dialog("ProblemsDialog"),
    "open_as": has_dialog("open_as_dialog"),
    "columns": has_dialog("notice_dialog"),
    "each_repeat": Case(lambda window: action(window, "each_repeat").isChecked(), open_calendar),
    "export": has_dialog("export_dialog"),
    "settings": has_dialog("settings_dialog"),
    "quit": Case(lambda window: not window.isVisible()),
    "undo": Case(lambda window: window.session.wanted == Filter(), lambda window: window.session.set_filter(START)),
    "redo": Case(lambda window: window.session.wanted == START, filter_and_undo),
    "copy_citation": Case(
        lambda _window: "Vandenbroeck" in QApplication.clipboard().text(), lambda window: select(window, "us-election")
    ),
    # The bundled timeline comes without the article that it quotes.
    "read_document": Case(
        lambda window: dialog(window, "notice_dialog") is not None, lambda window: select(window, "us-election")
    ),
    "compare": has_dialog("ComparisonDialog"),
    "dateline": Case(
        lambda window: dialog(window, "DatelineDialog") is not None, lambda window: select(window, "us-election")
    ),
    "star": Case(
        lambda window: len(window.session.notes.starred) == 1 and action(window, "undo").isEnabled(),
        lambda window: select(window, "us-election"),
    ),
    "write_note": Case(
        lambda _window: isinstance(QApplication.focusWidget(), NoteField), lambda window: select(window, "us-election")
    ),
    "own_tags": Case(
        lambda _window: isinstance(QApplication.focusWidget(), TagField), lambda window: select(window, "us-election")
    ),
    "lost_notes": has_dialog("notice_dialog"),
    "as_known": Case(
        lambda window: (
            action(window, "as_known").isChecked()
            and any(strip.isVisible() for strip in window.findChildren(KnowledgeStrip))
        )
    ),
    "find": Case(lambda window: window.search_box.field.hasFocus()),
    "next_hit": Case(lambda window: hit_number(window) == 0 and bool(window.session.selection), search),
    "previous_hit": Case(lambda window: hit_number(window) == len(window.session.hits.rows) - 1 > 0, search),
    "clear": Case(lambda window: window.session.selection == (), lambda window: select(window, "us-election")),
    "filter_dates": Case(asks_for_dates_on_screen, lambda window: window.navigator.zoom_in()),
    "clear_filter": Case(
        lambda window: window.session.wanted == Filter(), lambda window: window.session.set_filter(START)
    ),
    "zoom_in": zooms(-1),
    "zoom_out": zooms(1),
    "pan_left": pans(-1),
    "pan_right": pans(1),
    "fit_all": Case(
        lambda window: window.session.viewport.span_s > 1000 * 86_400,
        lambda window: window.session.set_viewport(window.session.viewport.zoomed(50, 300)),
    ),
    "lanes_by_actor": grouped(Grouping.ACTOR),
    "lanes_by_type": grouped(Grouping.TYPE),
    "lanes_by_source": grouped(Grouping.SOURCE),
    "lanes_by_place": grouped(Grouping.PLACE),
    "no_lanes": grouped(Grouping.NONE),
    "more_rows": rows_become(13),
    "fewer_rows": rows_become(7),
    "show_table": Case(lambda window: window.event_table.isVisible() and not window.overview.isVisible()),
    "show_actors": Case(lambda window: not window.actors_panel.isVisible()),
    "show_excerpt": Case(lambda window: not window.excerpt_pane.isVisible()),
    "show_meetings": has_dialog("meetings_dialog"),
    "actor_card": Case(
        lambda window: dialog(window, "actor_card") is not None, lambda window: select(window, "us-election")
    ),
    "next_pane": Case(in_pane(lambda window: window.overview)),
    "previous_pane": Case(in_pane(lambda window: window.actors_panel)),
    "full_screen": Case(MainWindow.isFullScreen),
    "system_colours": coloured("system", after="dark"),
    "light_colours": coloured("light", after="dark"),
    "dark_colours": coloured("dark", after="light"),
    "save_view": has_dialog("save_view"),
    "new_story": Case(
        lambda window: window.story_bar.isVisible() and window.story_bar.number.text() == "1 of 1",
    ),
    "add_step": Case(lambda window: window.story_bar.number.text() == "2 of 2", begin_story),
    "previous_step": Case(lambda window: window.story_bar.number.text() == "1 of 5", lambda window: tell(window, 1)),
    "next_step": Case(lambda window: window.story_bar.number.text() == "2 of 5", lambda window: tell(window, 0)),
    "go_to_date": has_dialog("go_to_date"),
    "today": Case(today_is_shown),
    "previous_screen": pans(-1),
    "next_screen": pans(1),
    "previous_event": goes("brics-newcomers", "houthi-targeting-data"),
    "next_event": goes("us-election", "inauguration"),
    "first_event": goes("us-election", "supplies-before-pact"),
    "last_event": goes("us-election", "third-anniversary"),
    "lane_up": Case(
        lambda window: window.session.selection != () and titles(window) != ["Houthi attacks on ships"],
        lambda window: select(window, "red-sea-attacks"),
    ),
    "lane_down": Case(
        lambda window: window.session.selection != () and titles(window) != ["Russia claims Tsukuryne"],
        lambda window: select(window, "tsukuryne-claim"),
    ),
    "previous_of_actor": goes("inauguration", "us-election"),
    "next_of_actor": goes("us-election", "inauguration"),
    "previous_linked": goes("inauguration", "us-election"),
    "next_linked": goes("mutual-assistance-pact", "troops-to-far-east"),
    "centre_selection": Case(inauguration_is_centred, centre_off),
    "back": Case(lambda window: window.session.wanted == Filter(), lambda window: window.session.set_filter(START)),
    "forward": Case(lambda window: window.session.wanted == START, filter_and_go_back),
    "palette": has_dialog("command_palette"),
    "keys": has_dialog("KeysDialog"),
    "help": has_dialog("help_dialog"),
    "about": has_dialog("AboutDialog"),
}


def test_every_action_is_tried() -> None:
    assert set(CASES) == {spec.name for spec in ACTIONS}


@pytest.mark.usefixtures("chosen_files")
@pytest.mark.parametrize("spec", ACTIONS, ids=lambda spec: str(spec.name))
def test_each_action_does_what_it_says_by_its_first_key(window: MainWindow, qtbot: QtBot, spec: ActionSpec) -> None:
    case = CASES[spec.name]
    case.before(window)
    assert spec.name == "open_bundled" or not case.holds(window)
    if spec.shortcuts:
        press(qtbot, spec.shortcuts[0])
    else:
        action(window, spec.name).trigger()
    qtbot.waitUntil(lambda: case.holds(window))
    for opened in window.findChildren(QDialog):
        opened.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChildren(QDialog) == [], "what is closed is gone, and follows nothing any more"


@pytest.mark.usefixtures("chosen_files")
@pytest.mark.parametrize("spec", [spec for spec in ACTIONS if spec.name != "palette"], ids=lambda spec: str(spec.name))
def test_each_action_does_the_same_from_the_palette(window: MainWindow, qtbot: QtBot, spec: ActionSpec) -> None:
    case = CASES[spec.name]
    case.before(window)
    press(qtbot, "Ctrl+K")
    palette = dialog(window, "command_palette")
    assert isinstance(palette, CommandPalette)
    QTest.keyClicks(palette.field, spec.text.rstrip("…"))
    found = palette.model.entry_at(palette.list.currentIndex().row())
    assert found.text == spec.text.rstrip("…")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: case.holds(window))
    assert dialog(window, "command_palette") is None


def test_letters_in_a_field_move_nothing(window: MainWindow, qtbot: QtBot) -> None:
    fields: Sequence[QLineEdit] = (window.search_box.field, window.actors_panel.find_field)
    before = window.session.viewport
    for field in fields:
        field.setFocus()
        QTest.keyClicks(field, "wasdf,.[]/?")
        assert field.text() == "wasdf,.[]/?"
        field.clear()
    assert window.session.viewport == before
    assert window.session.selection == ()
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]


def test_f6_goes_round_all_panes_and_back(window: MainWindow, qtbot: QtBot) -> None:
    panes = [window.overview, window.excerpt_pane, window.actors_panel, window.timeline]
    for pane in panes:
        press(qtbot, "F6")
        assert has_keyboard(pane), pane
    for pane in (*reversed(panes[:-1]), window.timeline):
        press(qtbot, "Shift+F6")
        assert has_keyboard(pane), pane


def test_f6_leaves_out_what_is_hidden(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, "Ctrl+Shift+A")
    press(qtbot, "Ctrl+Shift+E")
    press(qtbot, "F6")
    assert window.overview.hasFocus()
    press(qtbot, "F6")
    assert window.timeline.hasFocus()


def test_f6_starts_where_nothing_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    window.timeline.clearFocus()
    action(window, "next_pane").trigger()
    assert has_keyboard(window.actors_panel)


def test_escape_clears_the_search_first_then_the_selection(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, "/")
    QTest.keyClicks(window.search_box.field, "Kursk")
    QTest.keyClick(window.search_box.field, Qt.Key.Key_Return)
    window.timeline.setFocus()
    chosen = window.session.selection
    assert chosen
    press(qtbot, "Esc")
    assert (window.search_box.field.text(), len(window.session.hits.rows)) == ("", 0)
    assert window.session.selection == chosen
    press(qtbot, "Esc")
    assert window.session.selection == ()


def test_escape_also_clears_a_search_that_makes_no_sense(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "us-election")
    window.search_box.field.setText("after:soon")
    press(qtbot, "Esc")
    assert window.search_box.field.text() == ""
    assert window.session.selection != ()


def test_back_and_forward_bring_views_and_selections(window: MainWindow, qtbot: QtBot) -> None:
    first = window.session.viewport
    press(qtbot, "End")
    last = window.session.selection
    press(qtbot, "W")
    zoomed = window.session.viewport
    press(qtbot, "Home")
    assert window.session.selection != last
    press(qtbot, "Alt+Left")
    assert (window.session.viewport, window.session.selection) == (zoomed, last)
    press(qtbot, "Alt+Left")
    assert (window.session.viewport, window.session.selection) == (first, ())
    press(qtbot, "Alt+Right")
    assert (window.session.viewport, window.session.selection) == (zoomed, last)
    press(qtbot, "Alt+Right")
    assert not action(window, "forward").isEnabled()


def test_undo_and_redo_take_filter_and_view_back_and_leave_the_selection(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    first = session.viewport
    session.set_filter(START)
    press(qtbot, "W")
    zoomed = session.viewport
    press(qtbot, "End")
    chosen = session.selection
    view_with_choice = session.viewport
    while session.viewport != zoomed:
        press(qtbot, "Ctrl+Z")
    press(qtbot, "Ctrl+Z")
    assert (session.wanted, session.viewport) == (START, first)
    press(qtbot, "Ctrl+Z")
    assert session.wanted == Filter()
    assert session.selection == chosen
    assert not action(window, "undo").isEnabled()
    while action(window, "redo").isEnabled():
        press(qtbot, "Ctrl+Shift+Z")
    assert (session.wanted, session.viewport) == (START, view_with_choice)


def test_the_menus_say_what_can_be_done_and_what_is_on(window: MainWindow, qtbot: QtBot) -> None:
    names = ("undo", "redo", "back", "forward", "copy_citation", "read_document", "centre_selection", "clear_filter")
    assert [name for name in names if action(window, name).isEnabled()] == []
    window.session.set_filter(START)
    select(window, "us-election")
    assert [name for name in names if not action(window, name).isEnabled()] == ["redo", "forward"]
    press(qtbot, "Ctrl+4")
    assert action(window, "lanes_by_place").isChecked()
    assert not action(window, "lanes_by_actor").isChecked()
    window.lower_tabs.setCurrentWidget(window.event_table)
    assert action(window, "show_table").isChecked()


def test_pressing_a_toggle_twice_brings_the_pane_back(window: MainWindow, qtbot: QtBot) -> None:
    for key, pane in (
        ("Ctrl+Shift+T", window.overview),
        ("Ctrl+Shift+A", window.actors_panel),
        ("Ctrl+Shift+E", window.excerpt_pane),
    ):
        press(qtbot, key)
        assert not pane.isVisible()
        press(qtbot, key)
        assert pane.isVisible()


def test_the_recent_menu_opens_forgets_and_is_never_empty(window: MainWindow, qtbot: QtBot, small_file: Path) -> None:
    menu = next(one for one in window.menuBar().findChildren(QMenu) if one.title() == "Open recent")
    menu.aboutToShow.emit()
    assert [(one.text(), one.isEnabled()) for one in menu.actions()] == [("Nothing opened yet", False)]
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([small_file])
    with qtbot.waitSignal(window.files.opened):
        action(window, "open_bundled").trigger()
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == ["small.yaml — Small", "", "Clear this list"]
    with qtbot.waitSignal(window.files.opened):
        menu.actions()[0].trigger()
    assert window.session.table.title == "Small"
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == ["Nothing opened yet"]


def test_a_view_is_saved_shown_again_replaced_and_deleted(window: MainWindow, qtbot: QtBot) -> None:
    menu = next(one for one in window.menuBar().findChildren(QMenu) if one.title() == "Saved views")
    session = window.session

    def save(name: str) -> str:
        action(window, "save_view").trigger()
        [dialog] = window.findChildren(SaveViewDialog)
        assert not dialog.save_button.isEnabled()
        qtbot.keyClicks(dialog.field, name)
        note = dialog.note.text()
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return note

    menu.aboutToShow.emit()
    assert [(one.text(), one.isEnabled()) for one in menu.actions()] == [("No view saved yet", False)]
    session.set_filter(START)
    select(window, "us-election")
    before = session.viewport
    assert "replaced" not in save(" Russia  & co ")
    assert window.message == "View saved: Russia & co"
    session.set_filter(Filter())
    session.set_viewport(before.panned(500))
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert (session.wanted, session.viewport) == (START, before)
    assert session.selection == (row_of(session.table, "us-election"),)
    assert "replaced" in save("Russia & co")
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == ["Russia && co", "", "Delete"]
    [forget] = menu.findChildren(QMenu)
    forget.actions()[0].trigger()
    menu.aboutToShow.emit()
    assert [one.text() for one in menu.actions()] == ["No view saved yet"]


def test_the_palette_finds_recent_files(window: MainWindow, qtbot: QtBot, small_file: Path) -> None:
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([small_file])
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([])
    press(qtbot, "Ctrl+Shift+P")
    palette = dialog(window, "command_palette")
    assert isinstance(palette, CommandPalette)
    QTest.keyClicks(palette.field, "open small")
    with qtbot.waitSignal(window.files.opened):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.session.table.title == "Small"


def go_to_date(window: MainWindow, qtbot: QtBot, typed: str) -> None:
    """Type a date where the window asks for one."""
    press(qtbot, "Ctrl+G")
    found = dialog(window, "go_to_date")
    assert found is not None
    field = found.findChild(QLineEdit, "date_field")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_going_to_a_date_shows_all_of_it(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, "W")
    for typed, edtf in (("12 Oct 2024", "2024-10-12"), ("the 1990s", "199X"), ("44 BC", "-0043")):
        go_to_date(window, qtbot, typed)
        when = parse(edtf)
        assert window.session.viewport.left_s <= when.start_earliest_s
        assert when.end_latest_s <= window.session.viewport.right_s


@pytest.mark.parametrize(
    ("typed", "label"), [("12 Oct 2024", "12 October 2024"), ("2 Jul 1816", "2 July 1816"), ("2024", None)]
)
def test_a_date_that_was_gone_to_is_pointed_at_unless_it_is_plain_to_see(
    window: MainWindow, qtbot: QtBot, typed: str, label: str | None
) -> None:
    go_to_date(window, qtbot, typed)
    pointed = window.timeline.highlights
    if label is None:
        assert pointed.pointer_px is None
    else:
        assert pointed.pointer_px == pytest.approx(window.session.viewport.width_px / 2, abs=1)
        assert label in pointed.pointer_label


def test_lanes_stop_growing_at_their_bounds(window: MainWindow, qtbot: QtBot) -> None:
    span = LANE_ROWS.span
    assert span is not None
    for key, bound in (("Alt+Down", span.highest), ("Alt+Up", span.lowest + 1)):
        for _ in range(span.highest // SEEN_AT_ONCE + 2):
            press(qtbot, key)
        assert window.settings.get(LANE_ROWS) == bound


def test_nothing_happens_where_there_is_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    path.write_text("timeline_format: 1\ntitle: None\nevents: []\n", encoding="utf-8")
    window = create_window([path])
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    for spec in ACTIONS:
        if spec.menu.value in {"View", "Go"} or spec.name in {"undo", "redo", "next_hit", "clear", "copy_citation"}:
            action(window, spec.name).trigger()
    assert window.session.selection == ()
    assert window.status_line.counts.loaded == 0


def test_an_export_is_called_like_the_file_that_is_open(window: MainWindow, qtbot: QtBot, small_file: Path) -> None:
    suggested: list[Path] = []
    for opens in (False, True):
        if opens:
            with qtbot.waitSignal(window.files.opened):
                window.files.open_files([small_file])
        action(window, "export").trigger()
        shown = dialog(window, "export_dialog")
        assert isinstance(shown, ExportDialog)
        suggested.append(Path(shown.fields.file.text()))
        shown.reject()
    assert suggested == [Path.home() / "korean-troops-2024.png", small_file.with_suffix(".png")]


def test_files_of_every_format_can_be_chosen() -> None:
    everything, others = file_questions.file_kinds()
    assert everything.startswith("Timelines and tables (*.yaml *.yml *.json *.csv ")
    assert all(f"*{ending}" in everything for ending in (".parquet", ".jsonl", ".tsv"))
    assert others == "All files (*)"
