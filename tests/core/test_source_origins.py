"""Sources that go back to the same origin count once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.tables import make_event
from timeline_app.core.event import Claim, Excerpt, Source
from timeline_app.core.source_origins import independence_words, origin_of

SOURCES = {
    source.key: source
    for source in (
        Source("agency"),
        Source("morning", origin="agency"),
        Source("evening", origin=" agency "),
        Source("blog", origin="morning"),
        Source("spokesman", origin="A Ministry"),
        Source("telegram", origin="a ministry"),
        Source("egg", origin="hen"),
        Source("hen", origin="egg"),
        Source("farm", origin="hen"),
        Source("self", origin="self"),
    )
}


@pytest.mark.parametrize(
    ("key", "origin"),
    [
        ("agency", "agency"),
        ("blog", "agency"),
        ("spokesman", "a ministry"),
        ("telegram", "a ministry"),
        ("egg", "egg"),
        ("hen", "egg"),
        ("farm", "egg"),
        ("self", "self"),
        ("Nobody Knows", "Nobody Knows"),
    ],
)
def test_what_a_source_goes_back_to(key: str, origin: str) -> None:
    assert origin_of(key, SOURCES.get) == origin


@pytest.mark.parametrize(
    ("quoted", "words"),
    [
        ((), ""),
        (("agency", "agency"), ""),
        (("agency", "spokesman", ""), ""),
        (("agency", "morning"), "2 sources, 1 origin"),
        (("agency", "morning", "evening", "spokesman", "telegram"), "5 sources, 2 origins"),
    ],
)
def test_origins_are_said_where_sources_share_one(quoted: tuple[str, ...], words: str) -> None:
    excerpts = tuple(Excerpt("Words.", key) for key in quoted[:2])
    claims = tuple(Claim("a", source=key) for key in quoted[2:])
    assert independence_words(replace(make_event(), excerpts=excerpts, claims=claims), SOURCES.get) == words
