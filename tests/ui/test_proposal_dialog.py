"""What words propose can be changed, and is only handed on when it is an event."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_dialog
from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import Basis, Excerpt
from timeline_app.core.event_proposal import EventProposal
from timeline_app.ui.dialogs.proposal_dialog import ADDS_EXCERPT, KNOWN, ProposalDialog
from timeline_app.ui.look import Look

EXCERPT = Excerpt("They met in June.", "paper")
FOUND = EventProposal("They met", "2024-06", Basis.INFERRED, "in June", "the last June up to then", ("Russia", "China"))


@pytest.fixture
def dialog(qtbot: QtBot) -> ProposalDialog:
    selected = make_event("Met before", "2023", event_id="before")
    return shown_dialog(qtbot, ProposalDialog(FOUND, EXCERPT, selected, Look(make_table(), "light")))


def test_what_is_proposed_is_agreed_to(qtbot: QtBot, dialog: ProposalDialog) -> None:
    assert dialog.note.text() == "June 2024, inferred: “in June” means the last June up to then"
    with qtbot.waitSignal(dialog.agreed) as agreed:
        dialog.save_button.click()
    assert agreed.args is not None
    event = agreed.args[0]
    assert (event.title, event.when.text) == ("They met", "2024-06")
    assert (event.basis, event.phrase) == (Basis.INFERRED, "in June")
    assert [actor.name for actor in event.actors] == ["Russia", "China"]
    assert event.excerpts == (EXCERPT,)


def test_the_title_is_chosen_and_seen_from_its_beginning(dialog: ProposalDialog) -> None:
    assert dialog.title_field.selectedText() == dialog.title_field.text() != ""
    assert dialog.title_field.cursorPosition() == 0


def test_a_date_that_is_changed_no_longer_rests_on_the_rule(dialog: ProposalDialog) -> None:
    dialog.when_field.setText("2024-06-03")
    dialog.actors_field.setText("  Russia ;; ")
    event = dialog.event_to_save
    assert event is not None
    assert (event.basis, event.phrase, event.anchor, event.basis_note) == (Basis.INFERRED, "", "", "")
    assert [actor.name for actor in event.actors] == ["Russia"]
    assert dialog.note.text() == "3 June 2024"


@pytest.mark.parametrize("basis", [Basis.STATED, Basis.BACKGROUND])
def test_the_person_says_how_the_date_is_known(dialog: ProposalDialog, basis: Basis) -> None:
    assert dialog.basis.currentText() == KNOWN[Basis.INFERRED]
    dialog.basis.setCurrentText(KNOWN[basis])
    event = dialog.event_to_save
    assert event is not None
    assert (event.when.text, event.basis, event.phrase, event.basis_note) == ("2024-06", basis, "", "")
    assert dialog.note.text() == "June 2024"


@pytest.mark.parametrize(
    ("title", "when", "note"),
    [("", "2024", "2024"), ("A", "", "Write the date as 2024"), ("A", "soon", "When: ")],
)
def test_without_a_title_or_a_date_there_is_nothing_to_save(
    dialog: ProposalDialog, title: str, when: str, note: str
) -> None:
    dialog.title_field.setText(title)
    dialog.when_field.setText(when)
    assert dialog.event_to_save is None
    assert not dialog.save_button.isEnabled()
    assert dialog.note.text().startswith(note)


def test_one_more_excerpt_of_the_selected_event(dialog: ProposalDialog) -> None:
    dialog.kind.setCurrentIndex(ADDS_EXCERPT)
    assert dialog.kind.currentText() == "One more excerpt of “Met before”"
    assert not dialog.title_field.isEnabled()
    event = dialog.event_to_save
    assert event is not None
    assert (event.id, event.title, event.when.text, event.excerpts) == ("before", "Met before", "2023", (EXCERPT,))


def test_a_date_that_the_words_do_not_name_is_not_taken_for_stated(qtbot: QtBot) -> None:
    look = Look(make_table(), "light")
    for when, basis in (("", Basis.INFERRED), ("2024", Basis.STATED)):
        dialog = shown_dialog(qtbot, ProposalDialog(EventProposal("They met", when), EXCERPT, None, look))
        dialog.when_field.setText("2024-06")
        event = dialog.event_to_save
        assert event is not None
        assert event.basis is basis


def test_without_a_selected_event_only_a_new_one_can_be_made(qtbot: QtBot) -> None:
    dialog = shown_dialog(qtbot, ProposalDialog(FOUND, EXCERPT, None, Look(make_table(), "dark")))
    assert dialog.kind.count() == 1
