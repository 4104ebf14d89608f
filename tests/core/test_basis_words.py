"""How a date is known is said beside it, or by the note of the file where that says more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.tables import make_event
from timeline_app.core.basis_words import basis_words, dating_words, exactness_words
from timeline_app.core.event import Basis, Between, Verified
from timeline_app.core.verified_words import VERIFIED_WORDS
from timeline_app.core.when import parse


@pytest.mark.parametrize(
    ("basis", "note", "words"),
    [
        (Basis.STATED, "", ("to the day, as the source states", "")),
        (Basis.STATED, "Said twice.", ("to the day, as the source states", "Said twice.")),
        (Basis.INFERRED, "", ("inferred", "")),
        (Basis.INFERRED, "From the dateline.", ("", "Inferred: From the dateline.")),
        (Basis.BACKGROUND, "Known.", ("", "Background: Known.")),
    ],
)
def test_the_note_says_what_else_would_stand_beside_the_date(basis: Basis, note: str, words: tuple[str, str]) -> None:
    assert dating_words(replace(make_event(basis=basis), basis_note=note), lambda _key: None) == words


def test_a_date_that_other_events_tell_is_not_called_stated() -> None:
    event = replace(make_event(), between=Between("pact", "vote"))
    assert basis_words(event) == "worked out from other events"
    assert dating_words(event, lambda _key: None) == ("", "Worked out: after “pact”, before “vote”")


@pytest.mark.parametrize(
    ("when", "words"), [("2024-06", "to the month"), ("2024~", ""), ("202X", ""), ("[2023,2024]", "")]
)
def test_a_date_whose_own_words_tell_of_doubt_is_not_called_exact(when: str, words: str) -> None:
    assert exactness_words(parse(when)) == words


def test_every_check_of_an_excerpt_has_words() -> None:
    assert VERIFIED_WORDS.keys() == set(Verified)
