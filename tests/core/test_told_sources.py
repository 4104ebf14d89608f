"""What a table of sources tells stands in the place of the keys that events name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.tables import make_event
from timeline_app.core.event import Claim, Event, Excerpt, Source
from timeline_app.core.told_sources import told_keys, with_told_sources

REPORT = Source("s1", title="A report", url="https://paper.example/1")
NOTE = Source("s2", title="A note")
SOURCES = {"s1": REPORT, "s2": NOTE}


def citing(key: str, url: str = "") -> Event:
    event = make_event("Title", "2024", excerpts=[Excerpt("Words", key)])
    return replace(event, own_sources=(Source(key, publisher=key, url=url),), claims=(Claim("dead", source=key),))


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("s1", ("s1",)),
        ("s2; s1", ("s2", "s1")),
        ("s1|s1 ;", ("s1",)),
        ("s1; Reuters", ("s1; Reuters",)),
        ("Reuters", ("Reuters",)),
        (";", (";",)),
    ],
)
def test_only_keys_that_are_all_known_are_taken_for_keys(written: str, keys: tuple[str, ...]) -> None:
    assert told_keys(written, SOURCES) == keys


def test_excerpts_and_claims_follow_the_first_of_several() -> None:
    told = with_told_sources(citing("s2; s1"), SOURCES)
    assert told.own_sources == (NOTE, REPORT)
    assert (told.excerpts[0].source, told.claims[0].source) == ("s2", "s2")


@pytest.mark.parametrize(
    ("key", "url", "kept"),
    [
        ("s1", "https://own.example/", {"url": "https://own.example/"}),
        ("s1", "https://paper.example/1", {}),
        ("s1; s2", "https://paper.example/1", {}),
        ("Reuters", "https://own.example/", {}),
    ],
)
def test_an_address_of_the_event_is_never_lost(key: str, url: str, kept: dict[str, str]) -> None:
    assert with_told_sources(citing(key, url), SOURCES).extra == kept


def test_a_source_that_nothing_is_told_of_stays() -> None:
    assert with_told_sources(citing("Reuters"), SOURCES) == citing("Reuters")
