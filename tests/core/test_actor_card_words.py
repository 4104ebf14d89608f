"""The card of an actor is said in words that fit."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.tables import make_event, make_table
from timeline_app.core.actor_card import Group, YearCounts, actor_card
from timeline_app.core.actor_card_words import bar_words, groups_words, histogram_words, kind_words, period_words
from timeline_app.core.actors import ActorEntry, Gazetteer

YEARS = YearCounts(-10, 10, np.array([1, 0, 2]), 3)


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("", "", ""),
        ("1949-04-04", "", "since 4 April 1949"),
        ("", "1997-06-30", "until 30 June 1997"),
        ("1949", "1966-06", "1949 to June 1966"),
        ("no date", "", "since no date"),
    ],
)
def test_periods(since: str, until: str, words: str) -> None:
    assert period_words(since, until) == words


def test_groups_have_their_periods_and_very_many_are_counted() -> None:
    assert groups_words([Group("NATO", "1949"), Group("EU")]) == "NATO (since 1949); EU"
    assert groups_words([Group(f"G{number}") for number in range(210)]).endswith("G199; and 10 more")
    assert groups_words([]) == ""
    assert groups_words([Group("BRICS", "2020", "2019")]) == "BRICS (2020 to 2019, never, as it ends before it begins)"


def test_what_an_actor_is() -> None:
    known = Gazetteer((ActorEntry("A", kind="armed-group", since="2014"), ActorEntry("B")))
    table = make_table([make_event("x", actors=["C"])], known)
    assert kind_words(actor_card(table, "A")) == "Armed group, since 2014"
    assert kind_words(actor_card(table, "B")) == ""
    assert kind_words(actor_card(table, "C")) == "Known from the events alone"


def test_bars_tell_their_years_and_events() -> None:
    assert bar_words(YEARS, 0) == "11 BC to 2 BC: 1 event"
    assert bar_words(YEARS, 2) == "10 to 19: 2 events"
    assert histogram_words(YEARS) == (
        "Events by year, 11 BC to 19, most in 10 to 19: 2 events; 3 events without a first date"
    )
