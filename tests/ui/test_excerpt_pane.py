"""The excerpt pane shows the selected event with the words of its source, and asks the session when it is clicked."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from datetime import timedelta, timezone
from itertools import pairwise
from unittest import mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.one_origin import INDEPENDENCE, one_origin_table
from tests.helpers.tables import all_titles, make_dataset, make_event, row_of
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef, Basis, Between, Claim, Event, Excerpt, Link, Location, Source, Verified
from timeline_app.core.filter import Filter
from timeline_app.core.found_words import FoundWords, WordChange
from timeline_app.core.source_document import DocumentState, SourceDocument
from timeline_app.core.table import EventTable
from timeline_app.ui.look import Look
from timeline_app.ui.panels.actor_chips import ActorChip
from timeline_app.ui.panels.event_story import FIRST_EXCERPTS, HIDDEN, MORE_EXCERPTS, NOT_KNOWN, SHOWN_SOURCES
from timeline_app.ui.panels.excerpt_pane import UNREADABLE, ExcerptPane
from timeline_app.ui.panels.link_button import LinkButton
from timeline_app.ui.panels.source_block import ITS_TITLE
from timeline_app.ui.panels.step_button import StepButton
from timeline_app.ui.panels.text_button import TextButton
from timeline_app.ui.safe_widgets import SOURCE_CHARACTERS, PlainLabel, SourceView
from timeline_app.ui.session import Session

KNOWN = Gazetteer([ActorEntry("North Korea", demonyms=("North Korean",)), ActorEntry("Russia")])
ARTICLE = Source(
    "article",
    title="A New Escalation",
    author="Eric Vandenbroeck",
    publisher="A Paper",
    url="https://example.org/a",
    published="2024-11-01~",
    retrieved="2024-11-05",
)
PACT = replace(
    make_event(
        "Mutual assistance pact",
        "2024-06",
        event_id="pact",
        type_="agreement",
        actors=[ActorRef("Russia", "signatory"), ActorRef("North Korea", "signatory")],
        place="Pyongyang",
        summary="They sign a pact.",
        tags=["pact", "treaty"],
        links=[Link("troops", "leads-to"), Link("nowhere")],
        excerpts=[
            Excerpt(
                "A North Korean dictator in June signed a pact.",
                "article",
                "par. 4",
                language="uk",
                translation="The same words",
                verified=Verified.EXACT,
            )
        ],
    ),
    basis_note='The article says "in June".',
    location=Location(39.03, -125.75),
)
TROOPS = make_event(
    "Troops",
    "2024-10",
    event_id="troops",
    actors=["North Korea"],
    excerpts=[
        Excerpt("some 10,000 troops", "article", verified=Verified.MISSING),
        Excerpt("as high as 19,000", "article", verified=Verified.NORMALISED),
        Excerpt("words without a source"),
    ],
    claims=[Claim("troops", ("NATO",), value="10000"), Claim("troops", ("South Korea",), high="19000")],
    basis=Basis.BACKGROUND,
)
LATER = make_event("Later", "2030", event_id="later", excerpts=[Excerpt("x", "article")])


def table_of(*events: Event) -> EventTable:
    return build_table([make_dataset(events, sources=[ARTICLE])], KNOWN)


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session(table_of(PACT, TROOPS, LATER))


@pytest.fixture
def look(session: Session) -> Look:
    return Look(session.table, "light")


@pytest.fixture
def pane(qtbot: QtBot, session: Session, look: Look) -> ExcerptPane:
    pane = ExcerptPane(session, look)
    qtbot.addWidget(pane)
    pane.resize(350, 900)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def select(session: Session, *ids: str) -> None:
    session.set_selection(tuple(row_of(session.table, event_id) for event_id in ids))


def texts(pane: ExcerptPane) -> list[str]:
    """Return every text in the pane that is shown."""
    views = [view.toPlainText() for view in pane.findChildren(SourceView) if view.isVisible()]
    links = [link.words for link in pane.findChildren(LinkButton) if link.isVisible()]
    return [label.text() for label in pane.findChildren(PlainLabel) if label.isVisible()] + views + links


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def named(pane: ExcerptPane, name: str) -> QAbstractButton:
    found = [
        button for button in pane.findChildren(QAbstractButton) if name in {button.accessibleName(), button.text()}
    ]
    return next(button for button in found if button.isVisible())


def test_nothing_selected_says_what_to_do(pane: ExcerptPane) -> None:
    assert "Select an event in the timeline to read the words of its source." in texts(pane)
    assert "all keys" in texts(pane)
    assert pane.story is None
    assert pane.citation_text == ""
    assert not named(pane, "Next event of the same actor").isEnabled()


def test_sources_of_one_origin_are_counted_once(pane: ExcerptPane, session: Session) -> None:
    session.set_table(one_origin_table())
    session.set_selection((0,))
    assert INDEPENDENCE in texts(pane)


def test_no_events_at_all(pane: ExcerptPane, session: Session) -> None:
    session.set_table(table_of())
    assert texts(pane)[1] == "There are no events in what is open."
    assert "open a file, or drop it here" in texts(pane)
    session.set_table(build_table((), KNOWN))
    assert texts(pane)[1] == "No events are open."


def test_another_table_has_the_pane_made_anew_once(pane: ExcerptPane, session: Session, look: Look) -> None:
    other = table_of(PACT)
    with mock.patch.object(pane, "_page", side_effect=pane._page) as page:
        look.set_table(other)
        session.set_table(other)
    assert page.call_count == 1
    select(session, "pact")
    assert "Mutual assistance pact" in texts(pane)


def test_everything_that_is_known_is_shown(pane: ExcerptPane, session: Session) -> None:
    select(session, "pact")
    shown = texts(pane)
    for text in (
        "agreement",
        "Mutual assistance pact",
        "June 2024",
        "to the month, as the source states",
        'The article says "in June".',
        "They sign a pact.",
        "“A North Korean dictator in June signed a pact.”",
        "Translation from Ukrainian",
        "The same words",
        "Eric Vandenbroeck",
        "A New Escalation",
        "A Paper · around 1 November 2024 · retrieved 5 November 2024 · par. 4",
        "https://example.org/a",
        "✓ word for word in the document",
        "Pyongyang · 39.03°\u00a0N, 125.75°\u00a0W",
        "pact, treaty",
        "leads to",
        "Troops",
        "Also in this source",
        "Later",
    ):
        assert text in shown


def test_sources_that_nothing_is_quoted_from_and_further_fields_are_shown(pane: ExcerptPane, session: Session) -> None:
    photo = Source("photo", title="A photo", author="A photographer", url="https://example.org/p")
    files = tuple(Source(f"file {number}") for number in range(SHOWN_SOURCES))
    fields = {"where_prec": 2, "RRULE": "FREQ=YEARLY", "empty": ""}
    session.set_table(table_of(replace(make_event("Met", event_id="met"), own_sources=(photo, *files), extra=fields)))
    select(session, "met")
    shown = texts(pane)
    for text in ("Sources", "A photo", "A photographer", "https://example.org/p", "file 18", "and 1 more"):
        assert text in shown
    assert "file 19" not in shown
    assert [text for text in shown if text in {"where prec", "2", "RRULE", "FREQ=YEARLY", "empty"}] == [
        "where prec", "2", "RRULE", "FREQ=YEARLY"
    ]  # fmt: skip


def test_a_source_of_the_event_that_is_quoted_is_shown_once(pane: ExcerptPane, session: Session) -> None:
    own = Source("note", title="A note")
    event = replace(make_event("Met", event_id="met"), own_sources=(own,), excerpts=(Excerpt("words", "note"),))
    session.set_table(table_of(event))
    select(session, "met")
    assert texts(pane).count("A note") == 1
    assert "Sources" not in texts(pane)


@pytest.mark.parametrize(("quoted", "is_title"), [("Clashes  near\nHama", True), ("Clashes near Hama go on", False)])
def test_a_title_that_is_the_quotation_itself_is_not_said_twice(
    pane: ExcerptPane, session: Session, quoted: str, is_title: bool
) -> None:
    source = Source("", title="Clashes near Hama", publisher="SOHR", published="2017-11-02")
    event = make_event("Clashes", event_id="clashes", own_sources=[source], excerpts=[Excerpt(quoted, "")])
    session.set_table(table_of(event))
    select(session, "clashes")
    assert ("Clashes near Hama" in texts(pane), ITS_TITLE in texts(pane)) == (not is_title, is_title)
    assert "SOHR · 2 November 2017" in texts(pane)
    assert "Clashes near Hama" in pane.citation_text


def test_each_excerpt_tells_whether_it_was_found(pane: ExcerptPane, session: Session) -> None:
    select(session, "troops")
    shown = texts(pane)
    assert "✗ not found in the document" in shown
    assert "✓ word for word but for typography" in shown
    assert "– no document to check against" in shown
    assert "no source given" in shown
    assert "same source" in shown
    assert "background" in shown


def test_the_words_that_differ_are_shown_once_they_are_asked_for(pane: ExcerptPane, session: Session) -> None:
    changes = (WordChange("12,000", "10,000", 0, 1), WordChange("elite", "", 1, 1))
    near = Excerpt("some 12,000 elite troops", verified=Verified.NEAR, found=FoundWords(0, 9, changes))
    session.set_table(table_of(make_event("Near", "2024", event_id="near", excerpts=[near])))
    select(session, "near")
    assert "≈ nearly the same in the document" in texts(pane)
    button = pane.findChild(TextButton, "differences_button")
    differences = pane.findChild(QWidget, "differences")
    assert button is not None
    assert differences is not None
    assert button.text() == "2 differences"
    assert not differences.isVisible()
    button.click()
    assert differences.isVisible()
    assert [label.text() for label in differences.findChildren(PlainLabel)] == [
        "“12,000” is “10,000” in the document",
        "“elite” is not in the document",
    ]


def marked(view: SourceView) -> dict[str, str]:
    """Return the marked words of a view with the colour of their ground or underline."""
    stretches: list[tuple[str, str]] = [("", "")]
    cursor = QTextCursor(view.document())
    for character in view.toPlainText():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        look = cursor.charFormat()
        tinted = look.background().style() is not Qt.BrushStyle.NoBrush
        underline = look.underlineColor().name() if look.fontUnderline() else ""
        colour = look.background().color().name() if tinted else underline
        words, before = stretches[-1]
        stretches[-1:] = [(words + character, colour)] if colour == before else [stretches[-1], (character, colour)]
    return {words: colour for words, colour in stretches if colour}


def test_words_that_carry_the_date_and_the_actors_are_marked(pane: ExcerptPane, session: Session, look: Look) -> None:
    select(session, "pact")
    assert pane.story is not None
    assert marked(pane.story.excerpts[0].quote.view) == {
        "North Korean": look.actor_colour("North Korea").name(),
        "in June": look.theme.accent_tint,
    }


def test_a_chip_filters_and_takes_the_filter_back(qtbot: QtBot, pane: ExcerptPane, session: Session) -> None:
    session.set_filter(Filter(not_actors=("Russia",), types=("agreement",)))
    select(session, "pact")
    chip = next(chip for chip in pane.findChildren(ActorChip) if chip.accessibleName() == "Russia, signatory")
    click(qtbot, chip)
    assert session.wanted == Filter(actors=("Russia",), types=("agreement",))
    assert chip.isChecked()
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert session.wanted == Filter(types=("agreement",))
    assert not chip.isChecked()


def test_an_event_that_the_filter_hides_says_so(pane: ExcerptPane, session: Session) -> None:
    note = "The filter hides this event in the timeline."
    select(session, "troops")
    assert note not in texts(pane)
    session.set_filter(Filter(actors=("Russia",)))
    assert note in texts(pane)


def test_other_files_end_the_story(pane: ExcerptPane, session: Session) -> None:
    select(session, "later")
    session.set_table(table_of())
    assert pane.story is None
    assert "There are no events in what is open." in texts(pane)


def test_the_arrows_ask_for_the_neighbours(qtbot: QtBot, pane: ExcerptPane, session: Session) -> None:
    select(session, "pact")
    with qtbot.waitSignal(pane.previous_clicked):
        click(qtbot, named(pane, "Previous event of the same actor"))
    with qtbot.waitSignal(pane.next_clicked):
        qtbot.keyClick(named(pane, "Next event of the same actor"), Qt.Key.Key_Space)


def test_copy_citation(qtbot: QtBot, pane: ExcerptPane, session: Session) -> None:
    select(session, "pact")
    with qtbot.waitSignal(pane.citation_copied):
        click(qtbot, named(pane, "Copy citation"))
    expected = (
        "Eric Vandenbroeck, “A New Escalation”, A Paper, around 1 November 2024, retrieved 5 November 2024, "
        "https://example.org/a, par. 4: “A North Korean dictator in June signed a pact.”"
    )
    assert QApplication.clipboard().text() == expected
    QApplication.clipboard().clear()
    pane.copy_citation()
    assert QApplication.clipboard().text() == expected


@pytest.mark.parametrize("words", ["some words ", "a\n", "\u202ea "])
def test_a_text_of_millions_of_words_is_not_copied_whole_to_be_shown(
    qtbot: QtBot, pane: ExcerptPane, session: Session, words: str
) -> None:
    letters = 4_000_000
    text = words * (letters // len(words))
    session.set_table(table_of(make_event("Large", "2024", event_id="large", excerpts=[Excerpt(text, "article")])))
    tracemalloc.start()
    try:
        select(session, "large")
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert named(pane, "Copy citation").isVisible()
    # What is cut off counts for nothing; of what is shown, signs that are told by their numbers make the most.
    assert peak_bytes < 10 * SOURCE_CHARACTERS * 4


def test_a_link_is_asked_for_and_not_opened(qtbot: QtBot, pane: ExcerptPane, session: Session) -> None:
    select(session, "pact")
    with qtbot.waitSignal(pane.link_activated) as asked:
        click(qtbot, named(pane, "https://example.org/a"))
    assert asked.args == ["https://example.org/a"]


def test_other_schemes_are_no_links(pane: ExcerptPane, session: Session) -> None:
    source = replace(ARTICLE, url="javascript:alert(1)")
    session.set_table(build_table([make_dataset([PACT], sources=[source])], KNOWN))
    select(session, "pact")
    assert "javascript:alert(1)" in texts(pane)
    assert "javascript:alert(1)" not in [link.words for link in pane.findChildren(LinkButton)]


@pytest.mark.parametrize("title", ["Troops", "Later"])
def test_other_events_are_one_click_away(qtbot: QtBot, pane: ExcerptPane, session: Session, title: str) -> None:
    select(session, "pact")
    click(qtbot, named(pane, title))
    assert session.selection == (all_titles(session.table).index(title),)
    assert title in texts(pane)


def test_links_are_told_from_both_ends(pane: ExcerptPane, session: Session) -> None:
    for event_id, told, untold, other in (
        ("pact", "Linked events", "Linked from", "Troops"),
        ("troops", "Linked from", "Linked events", "Mutual assistance pact"),
    ):
        select(session, event_id)
        shown = texts(pane)
        assert {told, "leads to", other} <= set(shown)
        assert untold not in shown


def test_the_arrows_grow_with_the_text(qtbot: QtBot, pane: ExcerptPane) -> None:
    arrow = pane.findChildren(StepButton)[0]
    before = arrow.sizeHint()
    pane._look.set_text_scale(2.0)
    assert arrow.sizeHint() == before * 2


def test_several_selected_are_listed(qtbot: QtBot, pane: ExcerptPane, session: Session) -> None:
    select(session, "later", "troops", "pact")
    shown = texts(pane)
    assert "3 events selected" in shown
    assert shown.index("Mutual assistance pact") < len(shown)
    click(qtbot, named(pane, "Later"))
    assert len(session.selection) == 1


def test_many_excerpts_are_made_as_they_are_asked_for(qtbot: QtBot, pane: ExcerptPane, session: Session) -> None:
    many = make_event("Many", excerpts=[Excerpt(f"words {number}", "article") for number in range(30)])
    session.set_table(table_of(many))
    select(session, "many")
    assert pane.story is not None
    assert len(pane.story.excerpts) == FIRST_EXCERPTS
    click(qtbot, named(pane, "Show 27 more excerpts"))
    assert len(pane.story.excerpts) == FIRST_EXCERPTS + MORE_EXCERPTS
    click(qtbot, named(pane, "Show 7 more excerpts"))
    assert len(pane.story.excerpts) == 30
    assert not [button for button in pane.findChildren(TextButton) if "more" in button.text() and button.isVisible()]


def test_an_event_without_excerpt(pane: ExcerptPane, session: Session) -> None:
    session.set_table(table_of(make_event("Bare", "2024-06-19")))
    select(session, "bare")
    assert "No source is quoted for this event." in texts(pane)
    assert pane.citation_text == "Bare (19 June 2024)"


def test_a_zone_is_followed(pane: ExcerptPane, session: Session) -> None:
    session.set_table(table_of(make_event("Strike", "2024-06-19T12:00Z")))
    select(session, "strike")
    pane.set_zone(timezone(timedelta(hours=3)))
    assert "19 June 2024, 15:00 UTC+3" in texts(pane)


def test_a_change_of_theme_is_followed(pane: ExcerptPane, session: Session, look: Look) -> None:
    select(session, "pact")
    look.set_choice("dark")
    assert pane.story is not None
    assert look.theme.accent_tint in marked(pane.story.excerpts[0].quote.view).values()
    assert look.theme.is_dark


def test_larger_text_is_followed(pane: ExcerptPane, session: Session, look: Look) -> None:
    select(session, "pact")
    assert pane.story is not None
    before_px = pane.story.sizeHint().height()
    look.set_text_scale(2.0)
    assert pane.story.heightForWidth(300) > 1.5 * before_px


def test_hostile_texts_stay_within_the_pane(qtbot: QtBot, pane: ExcerptPane, session: Session) -> None:
    hostile = "<img src=file:///etc/passwd>" + "x" * 3_000 + "\u202e"
    event = make_event(
        hostile,
        event_id="hostile",
        type_=hostile,
        actors=[ActorRef(hostile, hostile)],
        place=hostile,
        summary=hostile,
        tags=[hostile],
        excerpts=[Excerpt(hostile, "article", hostile, hostile, hostile)],
        claims=[Claim(hostile, (hostile,), value=hostile, unit=hostile, excerpt=hostile + "!", reported=hostile)],
    )
    session.set_table(table_of(event))
    select(session, "hostile")
    pane.grab()
    assert pane.story is not None
    assert pane.story.width() <= pane.width()
    assert not [text for text in texts(pane) if "\u202e" in text]


def test_the_focus_stays_in_the_pane_when_a_link_in_it_is_used(
    qtbot: QtBot, pane: ExcerptPane, session: Session
) -> None:
    select(session, "pact")
    pane.activateWindow()
    link = named(pane, "Troops")
    link.setFocus()
    qtbot.waitUntil(link.hasFocus)
    qtbot.keyClick(link, Qt.Key.Key_Space)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert pane.isAncestorOf(focused)


def test_everything_is_reached_by_tab_and_has_a_name(qtbot: QtBot, pane: ExcerptPane, session: Session) -> None:
    select(session, "pact")
    for button in pane.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName() or button.text()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert button.height() >= 24


def test_the_words_of_the_source_stand_before_a_note_of_ones_own(pane: ExcerptPane, session: Session) -> None:
    session.set_selection((0,))
    assert pane.story is not None
    assert pane.story.excerpts
    QApplication.processEvents()
    last = pane.story.excerpts[-1]
    assert pane.story.note_block.y() > last.y() + last.height() / 2


def test_what_follows_stands_below(pane: ExcerptPane, session: Session) -> None:
    select(session, "troops")
    assert pane.story is not None
    tops = [view.y() for view in pane.story.excerpts]
    heights = [view.height() for view in pane.story.excerpts]
    assert all(top + height <= below for (top, below), height in zip(pairwise(tops), heights, strict=False))


def test_copied_selection_of_the_quote_is_plain(pane: ExcerptPane, session: Session) -> None:
    select(session, "pact")
    assert pane.story is not None
    view = pane.story.excerpts[0].quote.view
    view.selectAll()
    assert view.createMimeDataFromSelection().text() == "“A North Korean dictator in June signed a pact.”"


@pytest.mark.parametrize(
    ("state", "why", "verified", "words"),
    [
        (
            DocumentState.UNREADABLE,
            "a.pdf: the PDF is encrypted",
            Verified.NO_DOCUMENT,
            ["✗ a.pdf: the PDF is encrypted"],
        ),
        (
            DocumentState.CHANGED,
            "",
            Verified.EXACT,
            ["✓ word for word in the document", "The document has changed since its hash was recorded"],
        ),
        (DocumentState.UNCHANGED, "", Verified.EXACT, ["✓ word for word in the document"]),
    ],
)
def test_what_is_wrong_with_a_document_stands_beside_its_excerpt(
    qtbot: QtBot, state: DocumentState, why: str, verified: Verified, words: list[str]
) -> None:
    source = Source("paper", title="Paper", document=SourceDocument("/", "a.pdf", state, why=why))
    event = make_event("Raid", excerpts=[Excerpt("the words", "paper", verified=verified)])
    table = build_table([make_dataset([event], sources=[source])], KNOWN)
    session = Session(table)
    pane = ExcerptPane(session, Look(table, "light"))
    qtbot.addWidget(pane)
    session.set_selection((0,))
    labels = pane.findChildren(PlainLabel)
    assert [one.text() for one in labels if one.objectName() in {"verified_badge", "document_doubt"}] == words


def test_the_events_that_a_date_hangs_on_are_a_click_away(qtbot: QtBot) -> None:
    between = replace(make_event("Whispers", "2024-06"), between=Between("talks", "embargo"))
    events = [make_event("Talks", "2024-05-10"), between, make_event("Embargo", "2024-07-01")]
    table = build_table([make_dataset(events)], KNOWN)
    session = Session(table)
    pane = ExcerptPane(session, Look(table, "light"))
    qtbot.addWidget(pane)
    select(session, "whispers")
    buttons = [one for one in pane.findChildren(LinkButton) if one.words in {"Talks", "Embargo"}]
    assert [one.words for one in buttons] == ["Talks", "Embargo"]
    assert {"Dated by", "after", "before"} <= {one.text() for one in pane.findChildren(PlainLabel)}
    qtbot.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert session.current == row_of(table, "embargo")


def test_an_event_that_was_not_known_by_then_says_so(pane: ExcerptPane, session: Session) -> None:
    select(session, "pact")
    session.set_filter(Filter(as_of="2024-10-01"))
    assert NOT_KNOWN in texts(pane)
    session.set_filter(Filter(as_of="2024-12-01"))
    assert not {NOT_KNOWN, HIDDEN} & set(texts(pane))
    session.set_filter(Filter(types=("attack",)))
    assert HIDDEN in texts(pane)


def test_an_event_that_cannot_be_read_shows_why_and_never_the_words_of_another(
    pane: ExcerptPane, session: Session
) -> None:
    select(session, "pact")
    with mock.patch.object(EventTable, "event", side_effect=ReadError("the file is gone", "war.csv")):
        select(session, "troops")
        assert {UNREADABLE, "war.csv: the file is gone"} <= set(texts(pane))
    assert "Mutual assistance pact" not in texts(pane)
    assert (pane.story, pane.citation_text) == (None, "")
