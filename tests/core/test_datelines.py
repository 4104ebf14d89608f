"""How a date was reckoned is said with the words, the dateline and the rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.tables import make_event
from timeline_app.core.basis_words import dating_words
from timeline_app.core.datelines import contradicted_by, reckoning_words
from timeline_app.core.event import Basis, Event, Excerpt, Source

SOURCES = {
    "article": Source("article", published="2024-11-01"),
    "undated": Source("undated"),
    "odd": Source("odd", published="in autumn"),
}


def reckoned(when: str, phrase: str, anchor: str = "", quotes: tuple[str, ...] = ()) -> Event:
    excerpts = tuple(Excerpt("Words.", source) for source in quotes)
    return replace(make_event(when=when), phrase=phrase, anchor=anchor, excerpts=excerpts)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (
            reckoned("2024-06", "in June", "article"),
            "“in June” → June 2024, because the source is dated 1 November 2024 (the last June up to then)",
        ),
        (
            reckoned("2024-11-05", "Tuesday’s", quotes=("", "article")),
            "“Tuesday’s” → 5 November 2024, because the source is dated 1 November 2024 (the next Tuesday after it)",
        ),
        (
            reckoned("2024-10-31", "yesterday", "2024-11-01", quotes=("undated",)),
            "“yesterday” → 31 October 2024, counted from 1 November 2024 (the day before)",
        ),
        (
            reckoned("2024-10~", "recently", "article"),
            "“recently” → around October 2024, because the source is dated 1 November 2024",
        ),
        (reckoned("2024-06", "in June", "undated"), "“in June” → June 2024"),
        (reckoned("2024-06", "in June", "odd"), "“in June” → June 2024"),
        (reckoned("2024-06", "in June", "nowhere"), "“in June” → June 2024"),
        (reckoned("2024-06", "", "article"), ""),
    ],
)
def test_words_of_a_reckoning(event: Event, words: str) -> None:
    assert reckoning_words(event, SOURCES.get) == words


def test_a_date_that_its_words_cannot_mean_is_found() -> None:
    wrong = reckoned("2024-07", "in June", "article")
    assert [found.when for found in contradicted_by(wrong, SOURCES.get)] == ["2024-06", "2025-06"]
    assert contradicted_by(reckoned("2024", "in June", "article"), SOURCES.get) == ()
    assert contradicted_by(reckoned("1999", "recently", "article"), SOURCES.get) == ()
    assert contradicted_by(reckoned("2024-07", "in June", "undated"), SOURCES.get) == ()


def test_the_note_of_a_date_begins_with_its_reckoning() -> None:
    event = replace(reckoned("2024-06", "in June", "undated"), basis=Basis.INFERRED, basis_note="So they say.")
    assert dating_words(event, SOURCES.get) == ("", "Inferred: “in June” → June 2024. So they say.")
