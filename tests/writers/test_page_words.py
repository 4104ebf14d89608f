"""A look at a page has the words that its reader meets, and refuses what the page refuses."""

from __future__ import annotations

import pytest

from tests.helpers.page_events import crowd, small_war
from timeline_app.core.errors import WriteError
from timeline_app.core.filter import Filter
from timeline_app.writers import html_page
from timeline_app.writers.page_words import words_of_page


def test_each_event_has_its_date_actors_and_words_with_their_source() -> None:
    text = "".join(words_of_page(small_war(), Filter()))
    assert text.startswith("A small war\n")
    assert "\nJune 2024\nPact\nRussia (signatory), North Korea (signatory)\n“In June the two signed a pact" in text
    assert "” — A. Author, “Troops on the move”, A Paper, around 1 November 2024" in text
    assert "<" not in text


def test_the_filter_is_obeyed() -> None:
    text = "".join(words_of_page(small_war(), Filter(types=("summit",))))
    assert "Summit" in text
    assert "Pact" not in text


def test_more_than_a_page_holds_is_refused_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_page, "MOST_EVENTS", 5)
    with pytest.raises(WriteError, match="holds 5 events at most, and 6 pass"):
        "".join(words_of_page(crowd(6), Filter()))
