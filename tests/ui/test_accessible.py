"""Screen readers find on the timeline what is drawn on it, hear what changes, and nothing of it can end the program."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_event, make_table
from timeline_app.core.calendar import seconds_from_civil
from timeline_app.core.event import Event, Excerpt
from timeline_app.core.filter import Filter
from timeline_app.core.notes import Note, Notes
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.scene.frame import Frame
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.look import Look
from timeline_app.ui.session import Session
from timeline_app.ui.timeline import accessible, accessible_interfaces
from timeline_app.ui.timeline.accessible import CanvasAccessibility, make_accessible
from timeline_app.ui.timeline.accessible_interfaces import ItemInterface
from timeline_app.ui.timeline.accessible_items import MOST_LISTED, Listed
from timeline_app.ui.timeline.accessible_words import period_words, selection_words
from timeline_app.ui.timeline.canvas import CanvasOptions, TimelineCanvas

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description
ROOT = Path(__file__).parents[2]
EVENTS = (
    make_event("Pact", "2024-06", actors=["Russia", "North Korea"], importance=5,
               excerpts=[Excerpt("a pact that was signed in June")]),
    make_event("Raid", "2024-08-06", actors=["Ukraine"]),
    make_event("Move", "2024-10-23~", actors=["North Korea"], excerpts=[Excerpt("word " * 200)]),
    make_event("Election <b>\u202e", "2024-11-05", actors=["United States"]),
)  # fmt: skip


def crowd(count: int) -> list[Event]:
    """Make so many events of one actor, all on one day, that most of them are merged."""
    return [make_event(f"Shot {i}", "2024-06-10", event_id=f"shot-{i}", actors=["Russia"]) for i in range(count)]


def make_canvas(qtbot: QtBot, table: EventTable, max_lines: int = 12) -> TimelineCanvas:
    options = CanvasOptions(max_lines=max_lines, reduced_motion=True)
    canvas = TimelineCanvas(Session(table), Look(table, "light"), EnglishWords(), safe_text, options)
    canvas.resize(1000, 600)
    qtbot.addWidget(canvas)
    return canvas


@pytest.fixture
def canvas(qtbot: QtBot) -> TimelineCanvas:
    canvas = make_canvas(qtbot, make_table(EVENTS))
    make_accessible(canvas)
    return canvas


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Listen as a screen reader does: announcements as they are, what gets the focus with `> ` before its name."""
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())
        elif event.type() is QAccessible.Event.Focus:
            heard.append(f"> {event.accessibleInterface().text(NAME)}")

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    QAccessible.setActive(True)
    yield heard
    QAccessible.setActive(False)


def list_of(canvas: TimelineCanvas) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(canvas)


def children(canvas: TimelineCanvas) -> list[QAccessibleInterface]:
    found = list_of(canvas)
    return [found.child(position) for position in range(found.childCount())]


def names(canvas: TimelineCanvas) -> list[str]:
    return [child.text(NAME) for child in children(canvas)]


def days(canvas: TimelineCanvas, first: tuple[int, int, int], last: tuple[int, int, int]) -> Viewport:
    return Viewport.fit(seconds_from_civil(*first), seconds_from_civil(*last), canvas.width(), margin=0)


def test_the_canvas_is_a_list_with_every_event_once_in_time_order(canvas: TimelineCanvas) -> None:
    found = list_of(canvas)
    assert found.role() is QAccessible.Role.List
    assert found.text(NAME) == "Timeline, 4 events, May to November 2024"
    assert names(canvas) == [
        "Pact, June 2024",
        "Raid, 6 August 2024",
        "Move, around 23 October 2024",
        "Election <b>⟦202E⟧, 5 November 2024",
    ]
    assert {child.role() for child in children(canvas)} == {QAccessible.Role.ListItem}


def test_an_event_tells_its_actors_and_the_first_words_of_its_source(canvas: TimelineCanvas) -> None:
    pact, raid, move, _ = children(canvas)
    assert pact.text(DESCRIPTION) == "Russia, North Korea. “a pact that was signed in June”"
    assert raid.text(DESCRIPTION) == "Ukraine"
    assert move.text(DESCRIPTION).endswith("word word…”")
    assert len(move.text(DESCRIPTION)) < 200
    assert pact.text(QAccessible.Text.Help) == ""


def test_what_the_user_noted_of_an_event_is_told_and_whether_it_surely_passes(canvas: TimelineCanvas) -> None:
    session = canvas.session
    session.take_notes(Notes({0: Note(starred=True), 1: Note(text="ask\nagain", tags=("kursk", "to do"))}))
    session.set_filter(Filter(since="2024-06-10", until="2024-09"))
    pact, raid = children(canvas)
    assert pact.text(NAME) == "Pact, June 2024, starred, only possibly within the filter"
    assert pact.text(DESCRIPTION) == "Russia, North Korea. “a pact that was signed in June”"
    assert raid.text(NAME) == "Raid, 6 August 2024"
    assert raid.text(DESCRIPTION) == "Ukraine. Your note: ask again. Your tags: kursk, to do"
    session.set_selection((3,))
    assert selection_words(session) == "Election <b>⟦202E⟧, 5 November 2024", "it does not pass at all"


def test_a_count_tells_how_many_of_it_only_possibly_pass(qtbot: QtBot) -> None:
    events = [make_event(f"Shot {i}", "2024-06" if i % 3 else "2024-06-10", actors=["Russia"]) for i in range(30)]
    canvas = make_canvas(qtbot, make_table(events), max_lines=2)
    make_accessible(canvas)
    canvas.session.set_filter(Filter(since="2024-06-05"))
    counts = [child for child in children(canvas) if " events" in child.text(NAME)]
    told = [child.text(DESCRIPTION).split(". ")[1] for child in counts]
    assert told
    assert sum(int(words.split(" + ")[1].split()[0]) for words in told if "possible" in words) >= 18


def test_children_know_their_parent_and_place(canvas: TimelineCanvas) -> None:
    found = list_of(canvas)
    for position, child in enumerate(children(canvas)):
        assert child.parent() is found
        assert found.indexOfChild(child) == position
        assert child.isValid()
        assert child.childCount() == 0
        assert child.object() is None
    assert found.child(-1) is None
    assert found.child(4) is None
    assert found.indexOfChild(found) == -1


def test_rectangles_lie_within_the_canvas_where_the_events_are_drawn(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.show()
    canvas.move(40, 30)
    qtbot.waitUntil(lambda: canvas.mapToGlobal(QPoint(0, 0)).x() >= 40)
    corner = canvas.mapToGlobal(QPoint(0, 0))
    found = list_of(canvas)
    assert found.rect().topLeft() == corner
    for child in children(canvas):
        assert found.rect().contains(child.rect())
        assert not child.rect().isEmpty()
        centre = child.rect().center()
        assert found.childAt(centre.x(), centre.y()) is child
    assert found.childAt(corner.x(), corner.y()) is None


def test_what_is_cut_by_the_edge_is_told_as_far_as_it_shows(canvas: TimelineCanvas) -> None:
    canvas.session.set_viewport(days(canvas, (2024, 6, 10), (2024, 6, 20)))
    (pact,) = children(canvas)
    assert pact.text(NAME) == "Pact, June 2024"
    assert (pact.rect().left(), pact.rect().width()) == (canvas.mapToGlobal(QPoint(0, 0)).x(), 1000)


def test_the_selection_is_told_and_can_be_made(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.show()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    raid = children(canvas)[1]
    assert not raid.state().selected
    assert raid.state().selectable
    assert raid.state().focusable
    action = raid.actionInterface()
    assert action.actionNames() == ["Press"]
    action.doAction("Press")
    assert canvas.session.selection == (1,)
    assert raid.state().selected
    assert raid.state().focused
    assert list_of(canvas).focusChild() is raid
    assert list_of(canvas).state().multiSelectable
    canvas.session.set_selection(())
    assert not raid.state().selected
    assert not isinstance(list_of(canvas).focusChild(), ItemInterface)


def test_another_action_does_nothing(canvas: TimelineCanvas) -> None:
    children(canvas)[1].actionInterface().doAction("Toggle")
    assert canvas.session.selection == ()


def test_a_click_that_selects_shows_in_the_tree(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.show()
    raid = children(canvas)[1]
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.mapFromGlobal(raid.rect().center()))
    assert [child.state().selected for child in children(canvas)] == [0, 1, 0, 0]


def test_zooming_keeps_the_interfaces_of_what_stays_and_deletes_the_others(
    qtbot: QtBot, canvas: TimelineCanvas
) -> None:
    before = children(canvas)
    numbers = [QAccessible.uniqueId(child) for child in before]
    canvas.session.set_viewport(days(canvas, (2024, 8, 1), (2024, 9, 1)))
    assert names(canvas) == ["Raid, 6 August 2024"]
    assert children(canvas) == [before[1]]
    assert list_of(canvas).text(NAME) == "Timeline, 1 event, August 2024"
    # Whoever still holds an old child can ask it anything; it says that it is gone.
    assert not before[0].isValid()
    assert before[0].state().invalid
    assert before[0].text(NAME) == ""
    assert before[0].rect().isEmpty()
    assert before[0].parent() is None
    assert before[0].window() is None
    assert list_of(canvas).indexOfChild(before[0]) == -1
    del before
    qtbot.waitUntil(lambda: QAccessible.accessibleInterface(numbers[0]) is None)
    assert [QAccessible.accessibleInterface(number) is None for number in numbers] == [True, False, True, True]


def test_old_children_go_even_when_nobody_asks_again(qtbot: QtBot, canvas: TimelineCanvas) -> None:
    canvas.show()
    numbers = [QAccessible.uniqueId(child) for child in children(canvas)]
    canvas.session.set_viewport(days(canvas, (2030, 1, 1), (2031, 1, 1)))
    qtbot.waitUntil(lambda: not any(QAccessible.accessibleInterface(number) for number in numbers))
    assert children(canvas) == []


def test_a_filter_takes_events_out(canvas: TimelineCanvas) -> None:
    assert len(children(canvas)) == 4
    canvas.session.set_filter(Filter(actors=("North Korea",)))
    assert names(canvas) == ["Pact, June 2024", "Move, around 23 October 2024"]
    assert list_of(canvas).text(NAME) == "Timeline, 2 events, May to November 2024"


def test_other_files_bring_other_interfaces_though_the_rows_are_the_same(canvas: TimelineCanvas) -> None:
    before = children(canvas)
    canvas.session.set_table(make_table([make_event("Truce", "2025-02-01")]))
    assert names(canvas) == ["Truce, 1 February 2025"]
    assert not any(child.isValid() for child in before)


def test_lanes_beyond_the_screen_are_hinted_at(canvas: TimelineCanvas) -> None:
    canvas.show()
    assert list_of(canvas).text(DESCRIPTION) == ""
    canvas.resize(1000, 120)
    canvas.session.set_viewport(canvas.session.viewport.panned(1))
    assert list_of(canvas).text(DESCRIPTION) == "Listed here is what is on screen; the table has all events."
    assert 0 < len(children(canvas)) < 4
    assert all(list_of(canvas).rect().contains(child.rect()) for child in children(canvas))


def test_an_empty_timeline_is_an_empty_list(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, make_table())
    make_accessible(canvas)
    assert children(canvas) == []
    assert list_of(canvas).text(NAME).startswith("Timeline, 0 events, ")


def test_a_count_is_one_item_that_opens(qtbot: QtBot) -> None:
    canvas = make_canvas(qtbot, make_table([*EVENTS, *crowd(90)]), max_lines=3)
    make_accessible(canvas)
    counts = [cluster.count for cluster in canvas.frame.clusters]
    assert max(counts) > 50
    found = [child for child in children(canvas) if "Shot" not in child.text(NAME) and "events" in child.text(NAME)]
    assert len(found) == len(counts)
    largest = next(child for child in found if child.text(NAME).startswith(f"{max(counts)} events, "))
    assert largest.text(DESCRIPTION).startswith("Russia. ")
    assert f" and {max(counts) - 3} more" in largest.text(DESCRIPTION)
    assert not largest.state().selectable
    centre = largest.rect().center()
    assert list_of(canvas).childAt(centre.x(), centre.y()) is largest
    with qtbot.waitSignal(canvas.cluster_activated) as opened:
        largest.actionInterface().doAction("Press")
    assert opened.args is not None
    assert opened.args[0].count == max(counts)


def test_each_event_or_count_is_named_and_at_most_500_are_listed(qtbot: QtBot) -> None:
    events = [
        make_event(f"E{i}", f"{1000 + i // 9}-0{1 + i % 9}-01", event_id=f"e{i}", actors=[f"Actor {i % 8}"])
        for i in range(3_000)
    ]
    events += [make_event("Chief", "1200-01-01", importance=5)]
    canvas = make_canvas(qtbot, make_table(events), max_lines=24)
    canvas.resize(3_800, 1_200)
    canvas.show()
    canvas.set_options(CanvasOptions(max_lines=24, reduced_motion=True, show_titles=False))
    make_accessible(canvas)
    found = children(canvas)
    singles = [child for child in found if child.state().selectable]
    assert len(singles) == MOST_LISTED
    assert any(child.text(NAME).startswith("Chief, ") for child in singles)
    assert all(child.text(NAME) for child in found)
    assert list_of(canvas).text(DESCRIPTION).startswith("Listed here is what is on screen")


def test_nothing_is_listed_until_somebody_asks(
    qtbot: QtBot, canvas: TimelineCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Frame] = []

    def count(frame: Frame, _table: EventTable) -> list[Listed]:
        asked.append(frame)
        return []

    monkeypatch.setattr(accessible, "listed_in", count)
    canvas.show()
    with qtbot.waitSignal(canvas.counts_changed):
        canvas.session.set_viewport(days(canvas, (2024, 8, 1), (2024, 9, 1)))
    canvas.session.set_selection((1,))
    assert asked == []
    assert list_of(canvas).childCount() == 0
    assert asked == [canvas.frame]


def test_zoom_and_filter_are_announced_once_things_are_quiet(
    qtbot: QtBot, canvas: TimelineCanvas, heard: list[str]
) -> None:
    for day in range(1, 20):
        canvas.session.set_viewport(days(canvas, (2024, 5, day), (2024, 9, 1)))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["2 of 4 events, May to August 2024"]
    canvas.session.set_filter(Filter(actors=("Ukraine",)))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1] == "1 of 4 events, May to August 2024"


def test_two_announcements_are_a_second_apart(
    qtbot: QtBot, canvas: TimelineCanvas, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[int] = []
    canvas.session.set_viewport(days(canvas, (2024, 5, 1), (2024, 9, 1)))
    qtbot.waitUntil(lambda: bool(heard))
    (keeper,) = canvas.findChildren(CanvasAccessibility)
    monkeypatch.setattr(keeper._quiet, "start", waits.append)
    canvas.session.set_viewport(days(canvas, (2024, 5, 1), (2024, 10, 1)))
    assert accessible.QUIET_MS < waits[0] <= accessible.PAUSE_MS
    assert len(heard) == 1


def test_a_selected_event_is_read_out_once(qtbot: QtBot, canvas: TimelineCanvas, heard: list[str]) -> None:
    canvas.show()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    heard.clear()
    canvas.session.set_selection((1,))
    assert heard == ["> Raid, 6 August 2024"]
    canvas.session.set_viewport(days(canvas, (2024, 8, 1), (2024, 9, 1)))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[1] == "1 of 4 events, August 2024"
    canvas.session.show_event(3)  # out of view at first, and the view follows
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert heard[2] == "> Election <b>⟦202E⟧, 5 November 2024"
    assert heard[3].startswith("2 of 4 events, ")


def test_an_event_selected_elsewhere_is_announced(qtbot: QtBot, canvas: TimelineCanvas, heard: list[str]) -> None:
    canvas.session.set_selection((0, 1))
    qtbot.waitUntil(lambda: bool(heard))
    canvas.session.set_selection(())
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["Raid, 6 August 2024, 2 selected", "Nothing selected"]


def test_both_can_be_turned_off(qtbot: QtBot, heard: list[str]) -> None:
    canvas = make_canvas(qtbot, make_table(EVENTS))
    keeper = make_accessible(canvas, with_children=False, with_announcements=False)
    canvas.session.set_viewport(days(canvas, (2024, 8, 1), (2024, 9, 1)))
    canvas.session.set_selection((1,))
    assert not keeper._quiet.isActive()
    assert list_of(canvas).role() is not QAccessible.Role.List
    assert heard == []


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2024, 8, 6), (2024, 8, 7), "6 August 2024, 00:00 to 7 August 2024, 00:00"),
        ((2024, 5, 3), (2024, 5, 7), "3 to 7 May 2024"),
        ((2024, 6, 1), (2024, 6, 30), "June 2024"),
        ((2022, 2, 5), (2022, 3, 20), "February to March 2022"),
        ((2022, 1, 5), (2025, 3, 20), "January 2022 to March 2025"),
        ((1914, 7, 28), (2024, 1, 1), "1914 to 2024"),
        ((-43, 3, 15), (14, 8, 19), "44 BC to AD 14"),
    ],
)
def test_a_period_is_said_as_exactly_as_its_length_makes_sensible(
    first: tuple[int, int, int], last: tuple[int, int, int], words: str
) -> None:
    assert period_words(seconds_from_civil(*first), seconds_from_civil(*last)) == words


def test_a_period_beyond_all_bounds_has_words() -> None:
    assert " BC to " in period_words(-(2**63), 2**63)


def test_two_hundred_quick_frames_with_garbage_collection_between(canvas: TimelineCanvas) -> None:
    canvas.show()
    for step in range(200):
        canvas.session.set_viewport(canvas.session.viewport.zoomed(1.4 if step % 2 else 1 / 1.3, 100 + step * 4))
        held = children(canvas)
        for child in held:
            QAccessible.uniqueId(child)
            child.rect()
        if step % 3 == 0:
            canvas.session.set_filter(Filter(actors=("Russia",)) if step % 2 else Filter())
        gc.collect()
        if step % 5 == 0:
            QCoreApplication.processEvents()
        assert all(child.text(NAME) == "" or child.isValid() for child in held)
    canvas.session.set_filter(Filter())
    canvas.session.fit_all()
    assert len(names(canvas)) == 4


def test_a_canvas_that_goes_takes_its_interfaces_along(qtbot: QtBot) -> None:
    table = make_table(EVENTS)
    canvas = TimelineCanvas(Session(table), Look(table), EnglishWords(), safe_text, CanvasOptions())
    make_accessible(canvas)
    canvas.resize(1000, 600)
    numbers = [QAccessible.uniqueId(child) for child in [list_of(canvas), *children(canvas)]]
    held = canvas.findChildren(CanvasAccessibility)[0].items
    assert all(QAccessible.accessibleInterface(number) for number in numbers)
    gone: list[bool] = []
    canvas.destroyed.connect(lambda: gone.append(True))
    canvas.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    assert not accessible_interfaces.is_alive(canvas)
    assert [child.isValid() for child in held] == [False] * 4
    del canvas
    gc.collect()
    assert not any(QAccessible.accessibleInterface(number) for number in numbers)


ENDINGS = {
    "quits": "QTimer.singleShot(0, app.quit); app.exec()",
    "ends as it stands": "",
    "closes": "window.close(); window.deleteLater(); app.processEvents()",
    "drops the window": "del window, canvas; gc.collect(); app.processEvents()",
    "drops all at once": "bag = [window, canvas]; bag.append(bag); del bag, window, canvas; gc.collect()",
    "raises": "raise SystemExit(0)",
}
PROGRAM = """
import gc
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMainWindow
from tests.helpers.tables import make_event, make_table
from timeline_app.core.safe_text import safe_text
from timeline_app.scene.frame import Frame
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.ui.look import Look
from timeline_app.ui.session import Session
from timeline_app.ui.timeline.accessible import make_accessible
from timeline_app.ui.timeline.canvas import CanvasOptions, TimelineCanvas

app = QApplication([])
QAccessible.setActive(True)
table = make_table([make_event(f"E{i}", f"20{i:02}-01-01") for i in range(10, 60)])
canvas = TimelineCanvas(Session(table), Look(table), EnglishWords(), safe_text, CanvasOptions())
window = QMainWindow()
window.setCentralWidget(canvas)
window.accessibility = make_accessible(canvas)
window.show()
app.processEvents()
for step in range(20):
    canvas.session.set_viewport(canvas.session.viewport.zoomed(1.2, 10.0))
    found = QAccessible.queryAccessibleInterface(canvas)
    held = [found.child(i) for i in range(found.childCount())]
    assert held
    [QAccessible.uniqueId(child) for child in held]
    app.processEvents()
canvas.session.set_viewport(canvas.session.viewport.zoomed(0.5, 10.0))
QAccessible.uniqueId(found.child(0))
ENDING
print("end")
"""


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS.keys())
def test_the_program_ends_cleanly_while_a_reader_holds_interfaces(ending: str) -> None:
    command = [sys.executable, "-X", "faulthandler", "-c", PROGRAM.replace("ENDING", ending)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (0, [])
