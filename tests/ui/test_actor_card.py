"""The card of an actor is opened from wherever the actor stands, and what it names is shown in the timeline."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.shown import close_for_good
from tests.helpers.tables import make_event, make_table
from tests.helpers.unindexed import UnindexedRecords, unindexed
from timeline_app.app import create_window
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef, Event
from timeline_app.core.filter import Filter, Match
from timeline_app.core.memberships import Membership
from timeline_app.core.table import EventTable
from timeline_app.ui.dialogs.actor_card_dialog import ActorCardDialog
from timeline_app.ui.dialogs.dressing import DialogLabel
from timeline_app.ui.look import Look
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.actor_chips import ActorChip
from timeline_app.ui.panels.link_button import LinkButton
from timeline_app.ui.session import Session
from timeline_app.ui.settings import Settings
from timeline_app.ui.year_bars import BARS_PX, YearBars

TABLE = make_table(
    [
        make_event("arms", "2023-02", actors=[ActorRef("DPRK", "supplier"), ActorRef("Russia", "recipient")]),
        make_event("pact", "2024-06", actors=["DPRK", "Russia"]),
        make_event("launch", "2024-08", actors=["DPRK"]),
    ],
    Gazetteer((ActorEntry("North Korea", kind="state", aliases=("DPRK",), note="A note."),)),
)


def card_of(qtbot: QtBot, name: str, table: EventTable = TABLE) -> ActorCardDialog:
    session = Session(table)
    card = ActorCardDialog(name, session, Look(table, "light"))
    qtbot.addWidget(card)
    card.show()
    return card


def words(card: QWidget) -> list[str]:
    return [label.text() for label in card.findChildren(DialogLabel) if label.isVisibleTo(card)]


def link(card: QWidget, beginning: str) -> LinkButton:
    return next(one for one in card.findChildren(LinkButton) if one.words.startswith(beginning))


def test_it_says_what_cannot_be(qtbot: QtBot) -> None:
    parts = [ActorEntry(one, part_of=(Membership(other),)) for one, other in (("Wing", "Corps"), ("Corps", "Wing"))]
    card = card_of(qtbot, "Wing", make_table([make_event(actors=["Wing"])], Gazetteer(parts)))
    said = words(card)
    assert said[said.index("What cannot be") + 1] == "Wing is part of Corps is part of Wing, in a circle"
    assert "What cannot be" not in words(card_of(qtbot, "North Korea"))


def test_it_says_what_is_known(qtbot: QtBot) -> None:
    card = card_of(qtbot, "North Korea")
    said = words(card)
    for expected in ("North Korea", "State", "DPRK", "3 events", "supplier (1)", "A note."):
        assert expected in said
    assert [one.words for one in card.findChildren(LinkButton)] == [
        "First: Feb 2023, arms",
        "Last: Aug 2024, launch",
        "Russia",
    ]
    assert link(card, "Russia").accessibleName() == "Russia: 2 events"
    assert "2 events" in said


def test_a_single_event_is_named_once_and_a_single_year_is_no_histogram(qtbot: QtBot) -> None:
    table = make_table([make_event("pact", "2024-06", actors=["Russia", "Iran"]), make_event("raid", actors=["Iran"])])
    card = card_of(qtbot, "Russia", table)
    assert [one.words for one in card.findChildren(LinkButton)] == ["June 2024, pact", "Iran"]
    assert card.findChild(YearBars) is None


def test_what_is_clicked_is_shown_in_the_timeline(qtbot: QtBot) -> None:
    card = card_of(qtbot, "North Korea")
    session = card._session
    link(card, "Last").click()
    assert session.selection == (2,)
    link(card, "Russia").click()
    assert session.wanted == Filter(actors=("North Korea", "Russia"), match=Match.ALL)
    card.show_events()
    assert session.wanted == Filter(actors=("North Korea",))


def test_bars_tell_how_many_events_each_year_has(qtbot: QtBot) -> None:
    bars = card_of(qtbot, "North Korea").findChild(YearBars)
    assert isinstance(bars, YearBars)
    assert bars.accessibleName() == "Events by year, 2023 to 2024, most in 2024: 2 events"
    assert [bars.bar_at(QPoint(x_px, BARS_PX - 1)) for x_px in (0, 27, 29, 500)] == [0, 0, 1, None]
    assert bars.bar_at(QPoint(0, BARS_PX)) is None


def test_another_table_closes_it(qtbot: QtBot) -> None:
    card = card_of(qtbot, "North Korea")
    with qtbot.waitSignal(card.rejected):
        card._session.set_table(make_table())


class GoneRecords(UnindexedRecords):
    """Records whose file is gone."""

    def event(self, row: int) -> Event:
        """Refuse to read."""
        raise ReadError(f"the file of row {row} is gone")


def test_that_the_file_is_gone_is_said_in_the_card(qtbot: QtBot) -> None:
    table, records = unindexed(TABLE)
    object.__setattr__(table, "records", GoneRecords(records.kept))
    assert any("is gone" in line for line in words(card_of(qtbot, "North Korea", table)))


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = create_window([], settings=Settings())
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    close_for_good(window)


def opened(window: MainWindow) -> list[str]:
    return [card.windowTitle() for card in window.findChildren(ActorCardDialog)]


def trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


@pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")
def test_it_opens_from_the_panel_from_a_chip_and_by_its_key(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.actors_panel
    index = panel.model.index(0, 0)
    trigger(panel.menu_for(index), "Card…")
    assert opened(window) == [panel.model.name_at(index)]
    window.session.set_selection((0,))
    chip = window.excerpt_pane.findChildren(ActorChip)[-1]
    trigger(chip.menu(), "Card…")
    assert opened(window)[1:] == [chip.actor_name]
    window.activateWindow()
    panel.tree.setCurrentIndex(panel.model.index(1, 0))
    panel.tree.setFocus()
    qtbot.keyClick(panel.tree, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: opened(window)[2:] == [panel.model.name_at(panel.model.index(1, 0))])
