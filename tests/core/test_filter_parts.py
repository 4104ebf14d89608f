"""A filter falls into parts that can be named and taken away one by one."""

from __future__ import annotations

from tests.helpers.small_conflict import small_table
from timeline_app.core.filter import Filter, Match
from timeline_app.core.filter_parts import PartKind, filter_parts

TABLE = small_table()

EVERYTHING = Filter(
    actors=("Russia", "DPRK"),
    match=Match.ALL,
    not_actors=("Ukraine",),
    roles=("signatory",),
    pairs=("Russia>Ukraine", ">Iran"),
    types=("attack",),
    tags=("troops",),
    sources=("article", "report"),
    places=("Kursk",),
    since="2024-06",
    until="2024-06-01/2024-10-24",
    as_of="2024-11",
    certain=True,
    find=("two words",),
    min_importance=3,
    members=True,
    disputed=True,
    starred=True,
    noted=("*", "ask again"),
    own_tags=("checked",),
)


def test_every_part_is_said_in_words() -> None:
    assert [part.words for part in filter_parts(EVERYTHING, TABLE)] == [
        "Russia",
        "DPRK",
        "with their members",
        "not Ukraine",
        "as signatory",
        "Russia → Ukraine",
        "anybody → Iran",
        "type attack",
        "tag troops",
        "source Korean Troops",
        "source report",
        "place Kursk",
        "from June 2024",
        "to 2024-06-01/2024-10-24",
        "as known by the end of November 2024",
        "only what is certain",
        "starred",
        "with a note",
        "note “ask again”",
        "my tag checked",
        "only what is disputed",
        "importance 3 and above",
        "“two words”",
    ]


def test_taking_every_part_away_leaves_the_empty_filter() -> None:
    wanted = EVERYTHING
    for kind in PartKind:
        assert any(part.kind is kind for part in filter_parts(EVERYTHING, TABLE)), kind
    while parts := filter_parts(wanted, TABLE):
        assert len(filter_parts(parts[0].without, TABLE)) < len(parts)
        wanted = parts[0].without
    assert wanted.is_empty


def test_the_empty_filter_has_no_parts() -> None:
    assert filter_parts(Filter(), TABLE) == ()
    assert filter_parts(Filter(match=Match.ALL, members=True), TABLE) == ()
