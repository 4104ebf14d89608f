"""A query is read as the filter that it says, and what it cannot mean is refused where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.errors import FilterError
from timeline_app.core.filter import Filter, Match
from timeline_app.query import parse_query

UNDERSTOOD = [
    ("", Filter()),
    (" \t\n ", Filter()),
    (
        'actor:"North Korea" type:deployment after:2024-06 "Kursk"',
        Filter(actors=("North Korea",), types=("deployment",), since="2024-06", find=("Kursk",)),
    ),
    ("actor:Russia,DPRK", Filter(actors=("Russia", "DPRK"))),
    ("actor:Russia actor:DPRK", Filter(actors=("Russia", "DPRK"))),
    ('actor:"North Korea",Russia,"South Korea"', Filter(actors=("North Korea", "Russia", "South Korea"))),
    ("ACTOR:Russia", Filter(actors=("Russia",))),
    ("not:Russia", Filter(not_actors=("Russia",))),
    ("not-actor:Russia", Filter(not_actors=("Russia",))),
    ("-actor:Russia", Filter(not_actors=("Russia",))),
    ('-actor:"North Korea",Iran not:China', Filter(not_actors=("North Korea", "Iran", "China"))),
    ("actor:Russia,Iran match:all", Filter(actors=("Russia", "Iran"), match=Match.ALL)),
    ("match:any", Filter()),
    ("members:yes actor:NATO", Filter(actors=("NATO",), members=True)),
    ("members:no", Filter()),
    ("role:signatory", Filter(roles=("signatory",))),
    ("type:attack,battle", Filter(types=("attack", "battle"))),
    ("tag:sanctions", Filter(tags=("sanctions",))),
    ("source:https://example.org/a", Filter(sources=("https://example.org/a",))),
    ("place:Kursk", Filter(places=("Kursk",))),
    ("from:2024-06 to:2024-10", Filter(since="2024-06", until="2024-10")),
    ("after:2024-06 before:2024-10", Filter(since="2024-06", until="2024-10")),
    ("after:[2024-10-08,2024-10-10]", Filter(since="[2024-10-08,2024-10-10]")),
    ('after:"2024-06"', Filter(since="2024-06")),
    ("after:2024 from:2024", Filter(since="2024")),
    ("is:certain", Filter(certain=True)),
    ("certain:yes", Filter(certain=True)),
    ("certain:no", Filter()),
    ("importance:3", Filter(min_importance=3)),
    ("importance:>=3", Filter(min_importance=3)),
    ("importance:≥3", Filter(min_importance=3)),
    ("min-importance:3", Filter(min_importance=3)),
    ("troops Kursk", Filter(find=("troops", "Kursk"))),
    ('"special forces" Kursk', Filter(find=("special forces", "Kursk"))),
    ("find:Kursk,troops", Filter(find=("Kursk", "troops"))),
    ("Kursk,troops", Filter(find=("Kursk,troops",))),
    ("“special forces” „Storm Corps“", Filter(find=("special forces", "Storm Corps"))),
    ('"say ""yes"""', Filter(find=('say "yes"',))),
    ('""', Filter(find=("",))),
    ("14:30", Filter(find=("14:30",))),
    ('"http://example.org"', Filter(find=("http://example.org",))),
    ('"actor:Russia"', Filter(find=("actor:Russia",))),
    ("Russia - Ukraine", Filter(find=("Russia", "-", "Ukraine"))),
    ('"-5"', Filter(find=("-5",))),
    ("O'Neil North-Korean", Filter(find=("O'Neil", "North-Korean"))),
    ("Kursk actor:Russia troops", Filter(actors=("Russia",), find=("Kursk", "troops"))),
]

REFUSED = [
    ("Kursk actr:Russia", 6, "there is no field “actr:”; did you mean “actor:”? the fields are actor, match,"),
    ("-actr:Russia", 1, "did you mean “actor:”"),
    ("http://example.org", 0, "in quotation marks"),
    ("zzzzzzzz:1", 0, "there is no field “zzzzzzzz:”; the fields are"),
    ('Kursk "special forces', 6, "never closed"),
    ('actor:"North Korea', 6, "never closed"),
    ('actor:Russia,"North Korea', 13, "never closed"),
    ("“special forces", 0, "never closed"),
    ('"', 0, "never closed"),
    ('"Kursk"troops', 7, "a space is missing after"),
    ('actor:"Russia"actor:Iran', 14, "a space is missing after"),
    ('Kursk"troops"', 5, "a space is missing before"),
    ('actor:North" Korea"', 11, "a space is missing before"),
    ("actor:", 6, 'a value is missing here; it follows without a space, as in actor:"North Korea"'),
    ("actor: Russia", 6, "a value is missing here"),
    ("actor:Russia, Iran", 13, "a value is missing here"),
    ("actor:Russia,,Iran", 13, "a value is missing here"),
    ("from:", 5, "a value is missing here"),
    ("-Kursk", 0, "only actors can be excluded"),
    ('-"special forces"', 0, "only actors can be excluded"),
    ("-type:attack", 0, "only actors can be excluded, as in -actor:Russia, not “type”"),
    ("-not:Russia", 0, "only actors can be excluded"),
    ("match:some", 6, "“some” is not a value for “match:”, which takes one of any, all"),
    ("members:maybe", 8, "which takes one of yes, no"),
    ("is:possible", 3, "which takes one of certain, yes, no"),
    ("importance:6", 11, "which takes one of 1, 2, 3, 4, 5"),
    ("importance:>3", 11, "“>3” is not a value"),
    ("importance:٣", 11, "is not a value"),
    ("importance:3 importance:4", 24, "“importance:” already has another value, “3”"),
    ("match:all match:any", 16, "already has another value"),
    ("after:2024 Kursk from:2025", 22, "“from:” already has another value, “2024”"),
    ("after:June", 6, "“June” is not a date for “from:”"),
    ("Kursk before:2024-13", 18, "“2024-13” is not a date for “to:”"),
    ('before:"2024-13"', 13, "“2024-13” is not a date for “to:”"),
    ('from:""', 6, "is not a date"),
    ("Kursk known:2024/..", 12, "“2024/..” has no end"),
    ('as-of:"[2024..]"', 7, "“[2024..]” has no end"),
    ("known:2024/", 6, "“2024/” has no end"),
    ("known:..", 6, "“..” is not a date for “known:”"),
]


@pytest.mark.parametrize(("text", "wanted"), UNDERSTOOD)
def test_query_is_read_as_the_filter_it_says(text: str, wanted: Filter) -> None:
    assert parse_query(text) == wanted


@pytest.mark.parametrize(("text", "position", "words"), REFUSED)
def test_query_is_refused_where_it_goes_wrong(text: str, position: int, words: str) -> None:
    with pytest.raises(FilterError) as caught:
        parse_query(text)
    assert words in str(caught.value)
    assert caught.value.position == position
    assert "\n" not in str(caught.value)


QUERY_TEXTS = st.text() | st.lists(
    st.sampled_from([*"\"“”„,:- '><=3", "actor", "not", "from", "is", "2024", "Kursk", "http://"]), max_size=12
).map("".join)


def refused_at(text: str) -> int | None:
    try:
        parse_query(text)
    except FilterError as error:
        return error.position
    return None


@given(QUERY_TEXTS)
def test_any_text_is_read_or_refused_within_itself(text: str) -> None:
    position = refused_at(text)
    assert position is None or 0 <= position <= len(text)
