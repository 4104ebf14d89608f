"""Typing finds, Enter goes from hit to hit, and what cannot be understood is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_column
from tests.helpers.small_conflict import small_table
from tests.helpers.tables import make_event, make_table
from tests.helpers.troops import TROOPS
from tests.helpers.unindexed import unindexed
from timeline_app.core import search
from timeline_app.core.errors import ReadError
from timeline_app.core.filter import Filter
from timeline_app.core.search import FoundEvent
from timeline_app.loading import load_table
from timeline_app.query.completion import Completion
from timeline_app.ui.hits import Hits
from timeline_app.ui.look import Look
from timeline_app.ui.panels import search_box
from timeline_app.ui.panels.search_box import SearchBox
from timeline_app.ui.panels.search_popup import Offer, OfferModel
from timeline_app.ui.session import Session

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(small_table())


@pytest.fixture
def box(qtbot: QtBot, session: Session) -> Iterator[SearchBox]:
    box = SearchBox(session, Look(session.table, "light"))
    with shown_column(qtbot, [box, QLineEdit()], 500, 400):
        box.take_focus()
        qtbot.waitUntil(box.field.hasFocus)
        yield box


def press(qtbot: QtBot, box: SearchBox, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    qtbot.keyClick(box.field, key, modifier)


def offered(box: SearchBox, kind: type[Offer] = Completion) -> list[str]:
    """Return what is offered of a kind, as it is shown."""
    model = box.popup.model
    rows = [row for row, offer in enumerate(model.offers) if isinstance(offer, kind)]
    return [str(model.index(row).data()) for row in rows] if box.popup.isVisible() else []


def hits_of(session: Session) -> tuple[list[int], int]:
    return session.hits.rows.tolist(), session.hits.current


def test_typing_finds_among_what_passes(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    session.set_filter(Filter(types=("deployment",)))
    qtbot.keyClicks(box.field, "kursk")
    assert hits_of(session) == ([4], -1)
    assert box.field.note == "1 found"
    assert box.popup.message.text() == "1 more is filtered out"


def test_hits_beyond_the_best_are_told(
    qtbot: QtBot, box: SearchBox, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BEST", 3)
    qtbot.keyClicks(box.field, "russia ")
    assert len(offered(box, FoundEvent)) == 3
    assert box.popup.message.text() == "1 more; Enter goes from one to the next"
    session.set_filter(Filter(types=("deployment",)))
    assert "Enter goes" not in box.popup.message.text()


def test_enter_goes_round_the_hits_and_shift_enter_back(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "russia")
    assert session.hits.rows.tolist() == [0, 1, 3, 4]
    reached = []
    for _ in range(5):
        press(qtbot, box, Qt.Key.Key_Return)
        reached.append(session.current)
    assert reached == [0, 1, 3, 4, 0]
    assert box.field.note == "1 of 4"
    assert not box.popup.isVisible()
    press(qtbot, box, Qt.Key.Key_Return, SHIFT)
    assert session.current == 4
    press(qtbot, box, Qt.Key.Key_F3, SHIFT)
    assert session.current == 3
    press(qtbot, box, Qt.Key.Key_F3)
    assert session.current == 4
    assert box.field.note == "4 of 4"


def test_going_back_first_begins_at_the_last_hit(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "russia")
    box.previous_hit()
    assert session.current == 4


def test_a_query_finds_by_field(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, 'actor:DPRK "kursk"')
    assert session.hits.rows.tolist() == [4]


def test_nothing_found_is_said_with_what_the_filter_hides(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "zzz ")
    assert box.popup.message.text() == "Nothing found"
    assert box.popup.isVisible()
    box.clear_search()
    session.set_filter(Filter(actors=("NATO",)))
    qtbot.keyClicks(box.field, "russia ")
    assert box.popup.message.text() == "Nothing found; 4 more are filtered out"
    press(qtbot, box, Qt.Key.Key_Return)
    assert session.current is None


def test_an_error_is_said_with_its_place_and_goes_with_it(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "russia")
    qtbot.keyClicks(box.field, " actr:x")
    assert box.popup.message.text().startswith("There is no field “actr:”; did you mean “actor:”?")
    assert box.popup.message.text().endswith("(character 8)")
    assert session.hits == Hits()
    assert box.field.note == ""
    for _ in range(7):
        press(qtbot, box, Qt.Key.Key_Backspace)
    assert session.hits.rows.tolist() == [0, 1, 3, 4]


def test_a_range_that_cannot_be_is_said(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(box.field, "from:2025 to:2024")
    assert "ends before it begins" in box.popup.message.text()


def test_a_day_of_knowledge_without_end_is_refused(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "known:2024/..")
    assert "“2024/..” has no end" in box.popup.message.text()
    assert box.popup.message.text().endswith("(character 7)")
    press(qtbot, box, Qt.Key.Key_Return, CONTROL)
    assert session.wanted == Filter()
    assert box.field.text() == "known:2024/.."


def test_completions_are_offered_and_taken_by_keyboard(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "Nor")
    assert offered(box)[0] == "North Korea"
    press(qtbot, box, Qt.Key.Key_Down)
    press(qtbot, box, Qt.Key.Key_Return)
    assert box.field.text() == 'actor:"North Korea" '
    assert session.hits.rows.tolist() == [0, 2, 4]
    qtbot.keyClicks(box.field, "typ")
    press(qtbot, box, Qt.Key.Key_Down)
    press(qtbot, box, Qt.Key.Key_Tab)
    assert box.field.text() == 'actor:"North Korea" type:'
    assert box.field.hasFocus()
    assert "deployment" in offered(box)


def test_a_completion_is_taken_by_mouse(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(box.field, "Kaz")
    place = box.popup.list.visualRect(box.popup.model.index(0)).center()
    qtbot.mouseClick(box.popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert box.field.text() == "place:Kazan "
    assert box.field.hasFocus()


def test_down_in_the_empty_field_offers_the_fields(qtbot: QtBot, box: SearchBox) -> None:
    assert offered(box) == []
    press(qtbot, box, Qt.Key.Key_Down)
    assert offered(box)[0] == "actor:"
    press(qtbot, box, Qt.Key.Key_Down)
    press(qtbot, box, Qt.Key.Key_Up)
    assert box.popup.choice is None


def test_control_enter_turns_the_text_into_the_filter(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    session.set_filter(Filter(actors=("Russia",)))
    qtbot.keyClicks(box.field, "type:attack kursk")
    press(qtbot, box, Qt.Key.Key_Return, CONTROL)
    assert session.wanted == Filter(actors=("Russia",), types=("attack",), find=("kursk",))
    assert box.field.text() == ""
    qtbot.keyClicks(box.field, "type:")
    press(qtbot, box, Qt.Key.Key_Return, CONTROL)
    assert session.wanted == Filter(actors=("Russia",), types=("attack",), find=("kursk",))
    assert box.field.text() == "type:"


def test_escape_clears_and_then_gives_the_keyboard_back(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "russia")
    with qtbot.assertNotEmitted(box.focus_released):
        press(qtbot, box, Qt.Key.Key_Escape)
    assert session.hits == Hits()
    assert box.field.text() == ""
    assert not box.popup.isVisible()
    with qtbot.waitSignal(box.focus_released):
        press(qtbot, box, Qt.Key.Key_Escape)


def test_escape_after_a_hit_gives_the_keyboard_back_at_once(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "russia")
    press(qtbot, box, Qt.Key.Key_Return)
    reached = session.current
    with qtbot.waitSignal(box.focus_released):
        press(qtbot, box, Qt.Key.Key_Escape)
    assert (box.field.text(), session.hits, session.current) == ("", Hits(), reached)


def test_the_first_enter_goes_to_the_hit_that_stands_first(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    table = make_table(
        [
            make_event("Cavalry near Kelly's Ford", "1863-03-17", summary="It preceded Gettysburg."),
            make_event("Gettysburg", "1863-07-01", importance=5),
            make_event("Hanover", "1863-06-30", summary="On the way to Gettysburg."),
        ]
    )
    session.set_table(table)
    qtbot.keyClicks(box.field, "gettysburg ")
    assert offered(box, FoundEvent)[0] == "Gettysburg"
    titles = []
    for _ in range(3):
        press(qtbot, box, Qt.Key.Key_Return)
        titles.append(table.event(session.current or 0).title)
    assert titles == ["Gettysburg", "Cavalry near Kelly's Ford", "Hanover"]
    assert box.field.note == "2 of 3"


def test_the_popup_goes_with_the_focus(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(box.field, "r")
    assert box.popup.isVisible()
    press(qtbot, box, Qt.Key.Key_Tab)
    assert not box.popup.isVisible()


def test_hits_follow_the_filter_and_keep_their_place(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "russia")
    box.next_hit()
    box.next_hit()
    session.set_filter(Filter(not_actors=("NATO", "North Korea")))
    assert (session.hits.text, *hits_of(session)) == ("russia", [1, 3], 0)
    assert box.field.note == "1 of 2"


def test_words_that_came_later_are_not_found_as_known_on_a_day(
    qtbot: QtBot, box: SearchBox, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "troops.yaml"
    path.write_text(
        TROOPS.replace("claims:", "excerpts: [{text: signed later, source: late}]\n  claims:"), encoding="utf-8"
    )
    session.set_table(load_table([path]))
    qtbot.keyClicks(box.field, "signed")
    assert len(session.hits.rows) == 2
    session.set_filter(Filter(as_of="2024-10"))
    assert (hits_of(session)[0], session.result.shown) == ([], 1)
    assert box.popup.message.text() == "Nothing found; 2 more are filtered out"


def test_another_table_forgets_the_search(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "russia")
    session.set_table(make_table([make_event("Vote", actors=["Chile"])]))
    assert box.field.text() == ""
    assert session.hits == Hits()
    qtbot.keyClicks(box.field, "Chi")
    assert offered(box) == ["Chile"]


def test_a_large_timeline_is_searched_in_the_background(
    qtbot: QtBot, box: SearchBox, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_box, "LARGE", 3)
    qtbot.keyClicks(box.field, "kur")
    assert session.hits == Hits()
    qtbot.waitUntil(lambda: session.hits.rows.tolist() == [1, 4])
    qtbot.waitUntil(lambda: bool(offered(box)))
    qtbot.keyClicks(box.field, ' from:2025 to:"2024"')
    qtbot.waitUntil(lambda: "ends before it begins" in box.popup.message.text())


def test_the_hint_stands_only_in_the_idle_field(qtbot: QtBot, box: SearchBox) -> None:
    margin_px = box.field.textMargins().right()
    assert margin_px == 0
    press(qtbot, box, Qt.Key.Key_Tab)
    assert box.field.textMargins().right() > 0


def test_completions_keep_qts_rules_and_tell_their_counts(qtmodeltester: ModelTester, qapp: object) -> None:
    model = OfferModel()
    found = FoundEvent(7, "A pact\u202e", "19 Jun 2024")
    model.set_offers((Completion("type:a", 0, 1, "a", 3), Completion("actor:", 0, 1, "actor:"), found))
    qtmodeltester.check(model)
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert spoken == ["a, 3 events", "actor:", "Event: A pact⟦202E⟧, 19 Jun 2024"]
    assert [model.begins_events(row) for row in range(3)] == [False, False, True]


def test_the_best_hits_are_listed_and_one_is_shown_by_key(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "russia ")
    assert offered(box, FoundEvent) == ["Pact", "Raid", "Move to Kursk", "Summit"]
    for _ in range(3):
        press(qtbot, box, Qt.Key.Key_Down)
    press(qtbot, box, Qt.Key.Key_Return)
    assert session.current == 4
    assert hits_of(session) == ([0, 1, 3, 4], 3)
    assert box.field.note == "4 of 4"
    assert not box.popup.isVisible()
    press(qtbot, box, Qt.Key.Key_F3, SHIFT)
    assert session.current == 3, "from there F3 goes on in the order of time"


def test_a_hit_is_shown_by_mouse(qtbot: QtBot, box: SearchBox, session: Session) -> None:
    qtbot.keyClicks(box.field, "russia ")
    place = box.popup.list.visualRect(box.popup.model.index(1)).center()
    qtbot.mouseClick(box.popup.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.current == 1


def test_completions_leave_room_for_hits(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(box.field, "r")
    assert 0 < len(offered(box)) <= search_box.COMPLETIONS_WITH_HITS
    assert len(offered(box, FoundEvent)) == search.BEST


def test_nothing_has_failed_while_a_word_is_completed(qtbot: QtBot, box: SearchBox) -> None:
    qtbot.keyClicks(box.field, "Nor")
    assert offered(box)
    assert "Nothing found" not in box.popup.message.text()


def test_while_the_index_is_made_the_search_says_so_and_is_repeated(
    qtbot: QtBot, box: SearchBox, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, records = unindexed(small_table())
    session.set_table(table)
    monkeypatch.setattr(search, "SLICE", 2)
    monkeypatch.setattr(search, "UNINDEXED_S", 0.0)
    qtbot.keyClicks(box.field, "russia ")
    assert box.popup.message.text() == "Not all words are indexed; results may be incomplete"
    assert box.field.note == "2+ found"
    box._indexing.setInterval(1)
    records.is_indexed = True
    qtbot.waitUntil(lambda: box.field.note == "4 found")
    assert box.popup.message.text() == ""


def test_events_that_cannot_be_read_any_more_are_said(
    qtbot: QtBot, box: SearchBox, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise ReadError("the file is gone", "big.csv")

    monkeypatch.setattr(search_box, "find_events", fail)
    qtbot.keyClicks(box.field, "russia ")
    assert box.popup.message.text() == "Big.csv: the file is gone"
    assert session.hits == Hits()


def test_glass_and_margins_grow_with_the_text(qtbot: QtBot, box: SearchBox) -> None:
    before = box.field.textMargins().left()
    box._look.set_text_scale(2.0)
    assert box.field.textMargins().left() == 2 * before
