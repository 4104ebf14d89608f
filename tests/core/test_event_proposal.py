"""Words propose a title, a date and actors; what they do not say is left to the person."""

from __future__ import annotations

import pytest

from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Basis, Excerpt, Source
from timeline_app.core.event_proposal import LONGEST_TITLE, EventProposal, more_of_event, proposal, proposed_event

KNOWN = Gazetteer(
    [
        ActorEntry("North Korea", aliases=("DPRK",), demonyms=("North Korean",)),
        ActorEntry("Korea"),
        ActorEntry("United States", aliases=("US", "us")),
        ActorEntry("Russia"),
    ]
)
PAPER = Source("paper", published="2024-11-01")


@pytest.mark.parametrize(
    ("words", "when", "basis", "phrase"),
    [
        ("They met on 19 June 2024 in the port.", "2024-06-19", Basis.STATED, ""),
        ("In 2019, or on October 3-5, 2024, they met.", "2024-10-03/2024-10-05", Basis.STATED, ""),
        ("They met in 2019.", "2019", Basis.STATED, ""),
        ("They met on 31 June 2024.", "", Basis.STATED, ""),
        ("They met in June.", "2024-06", Basis.INFERRED, "in June"),
        ("They met yesterday, he said.", "2024-10-31", Basis.INFERRED, "yesterday"),
        ("They may march, and met on Tuesday.", "2024-10-29", Basis.INFERRED, "on Tuesday"),
        ("They met.", "", Basis.STATED, ""),
    ],
)
def test_the_date_that_words_propose(words: str, when: str, basis: Basis, phrase: str) -> None:
    found = proposal(words, PAPER, KNOWN)
    assert (found.when, found.basis, found.phrase) == (when, basis, phrase)
    assert bool(found.rule) == (basis is Basis.INFERRED)


@pytest.mark.parametrize("published", ["", "unknown", "2024/.."])
def test_without_a_dateline_nothing_is_inferred(published: str) -> None:
    assert proposal("They met in June.", Source("paper", published=published), KNOWN).when == ""


def test_actors_are_found_by_any_of_their_names_the_longest_first() -> None:
    words = "“DPRK” troops met Russia’s. It told us so: the North Korean and the US envoys, and Korea."
    assert proposal(words, PAPER, KNOWN).actors == ("North Korea", "Russia", "United States", "Korea")


def test_the_title_is_the_first_sentence_cut_at_a_word() -> None:
    assert proposal("  They met. Then they\nparted.", PAPER, KNOWN).title == "They met"
    assert proposal("He said “No.” Then he went.", PAPER, KNOWN).title == "He said “No"
    title = proposal("word " * 40, PAPER, KNOWN).title
    assert len(title) <= LONGEST_TITLE + 1
    assert title.endswith("word…")


def test_the_event_says_how_its_date_is_known() -> None:
    excerpt = Excerpt("They met in June.", "paper")
    event = proposed_event(proposal(excerpt.text, PAPER, KNOWN), excerpt)
    assert (event.when.text, event.basis, event.phrase, event.anchor) == ("2024-06", Basis.INFERRED, "in June", "paper")
    assert event.basis_note.startswith("“in June” means the last June")
    assert event.basis_note.endswith("since the source is dated 2024-11-01")
    more = more_of_event(event, Excerpt("more", "paper"))
    assert (more.title, more.when, [one.text for one in more.excerpts]) == (event.title, event.when, ["more"])
    with pytest.raises(WhenError):
        proposed_event(EventProposal("A", "soon"), excerpt)
