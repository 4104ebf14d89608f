"""The words of an excerpt that carry the date, and those that name the actors, are found and never overlap."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_event
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.date_mentions import date_mentions
from timeline_app.core.event import Event
from timeline_app.core.marked_words import MarkKind, marked_words
from timeline_app.core.when import parse
from timeline_app.readers import read

BUNDLED = Path(__file__).resolve().parents[2] / "events" / "korean-troops-2024.yaml"

KNOWN = Gazetteer(
    [
        ActorEntry("North Korea", aliases=("DPRK", "북한"), demonyms=("North Korean", "North Koreans")),
        ActorEntry("South Korea", demonyms=("South Korean",)),
        ActorEntry("Korea", demonyms=("Korean",)),
        ActorEntry("Russia", demonyms=("Russian",), metonyms=("Moscow", "Kremlin")),
        ActorEntry("Ukraine", demonyms=("Ukrainian",)),
        ActorEntry("United States", aliases=("US", "U.S.")),
        ActorEntry("Côte d'Ivoire"),
    ]
)


def dates_in(text: str, event: Event) -> list[str]:
    return [text[mark.start : mark.end] for mark in marked_words(text, event, KNOWN) if mark.kind is MarkKind.DATE]


def actors_in(text: str, *actors: str) -> list[tuple[str, str]]:
    marks = marked_words(text, make_event(actors=actors, when="1950"), KNOWN)
    return [(text[mark.start : mark.end], mark.actor) for mark in marks if mark.kind is MarkKind.ACTOR]


@pytest.mark.parametrize(
    ("when", "text", "expected"),
    [
        ("2024-06", "Kim in June signed a pact", ["in June"]),
        ("2024-06", "Kim in July signed a pact", []),
        ("2024-06", "Kim in june signed a pact", []),
        ("2025-01-20", "who will take office on Jan. 20", ["on Jan. 20"]),
        ("2025-01-20", "who will take office on Jan. 21", []),
        ("2024-10-08", "on 8 October 2024 and 8 October 2023", ["on 8 October 2024"]),
        ("2024-10-08", "the 8th of October, a Tuesday", ["8th of October", "Tuesday"]),
        ("2024-10-08", "on Wednesday, October 9", []),
        ("2024-10-08", "2024-10-08: shelling; 2024-10: quiet; 2024-11: none", ["2024-10-08", "2024-10"]),
        ("2024-10-22/2024-10-24", "22 to 24 October 2024", ["22 to 24 October 2024"]),
        ("2024-10-22/2024-10-24", "October 22–24, 2024, in Kazan", ["October 22–24, 2024"]),
        ("2024-10-22/2024-10-24", "October 23 in Kazan", []),
        ("2022/..", "since 2022, and until 2023", ["since 2022"]),
        ("2024-08", "in late August", ["in late August"]),
        ("2024-05", "they may go in May", ["in May"]),
        ("2024-05", "May they go", []),
        ("2024-03", "March on Rome", []),
        ("2024", "some 2,024 troops, 2024.5 and 20245", []),
        ("2024", "in 2024.", ["in 2024"]),
        ("-0043", "Caesar was killed in 44 BC", ["in 44 BC"]),
        ("1950/2020", "on a Tuesday in June", ["in June"]),
        ("[2020-01-01..2024-12-31]", "on a Tuesday in June", ["in June"]),
        ("2024-06-01/..", "on Tuesday in July 2024", []),
        ("/2024-06", "from January until June 2024", ["until June 2024"]),
        ("2024-02-29", "on 30 February, on 29 February", ["on 29 February"]),
    ],
)
def test_words_that_name_the_time(when: str, text: str, expected: list[str]) -> None:
    assert dates_in(text, make_event(when=when)) == expected


@pytest.mark.parametrize(
    ("note", "text", "expected"),
    [
        ('The article says "already".', "Pyongyang was already supplying", ["already"]),
        ("It says “Tuesday's”, a Tuesday.", "ahead of Tuesday’s election", ["Tuesday’s"]),
        ('says "just\n  after" it', "It comes just after he hosted", ["just after"]),
        ('says "soon"', "sooner or later, Soon", ["Soon"]),
        ('says "in June" of it', "in June", ["in June"]),
        ('nothing quoted, "x"', "x nothing", []),
    ],
)
def test_words_that_the_note_quotes(note: str, text: str, expected: list[str]) -> None:
    assert dates_in(text, replace(make_event(when="2024-06"), basis_note=note)) == expected


def test_names_aliases_and_demonyms() -> None:
    found = actors_in("The DPRK and Moscow’s men, a North  Korean and Russians, 북한이", "North Korea", "Russia")
    assert found == [
        ("DPRK", "North Korea"),
        ("Moscow", "Russia"),
        ("North  Korean", "North Korea"),
        ("북한", "North Korea"),
    ]


def test_case_counts_in_names() -> None:
    assert actors_in("US aid helps us, says the U.S.", "United States") == [
        ("US", "United States"),
        ("U.S.", "United States"),
    ]


def test_part_of_somebody_elses_name_is_not_marked() -> None:
    assert actors_in("North Korea and Korea and South Korean", "Korea") == [("Korea", "Korea")]


def test_either_apostrophe_will_do() -> None:
    assert actors_in("Côte d’Ivoire", "Côte d'Ivoire") == [("Côte d’Ivoire", "Côte d'Ivoire")]


def test_an_actor_unknown_to_the_gazetteer_is_found_by_its_name() -> None:
    assert actors_in("the Storm Corps, a Storm Corpsman", "Storm Corps") == [("Storm Corps", "Storm Corps")]


def test_a_date_goes_before_a_name() -> None:
    marks = marked_words("in June 2024", make_event(when="2024-06", actors=["June"]), KNOWN)
    assert [mark.kind for mark in marks] == [MarkKind.DATE]


@given(
    st.text("in June 2024. Tuesday Jan. 20 North Korean’s “already” 44 BC -", max_size=60),
    st.sampled_from(["2024-06", "2025-01-20", "2024/..", "-0043", "/2024-06"]),
)
def test_marks_are_in_order_and_never_overlap(text: str, when: str) -> None:
    event = replace(make_event(when=when, actors=["North Korea", "Ju"]), basis_note='"already"')
    marks = marked_words(text, event, KNOWN)
    places = [place for mark in marks for place in (mark.start, mark.end)]
    assert places == sorted(places)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)


def test_a_long_text_is_searched_once() -> None:
    text = "in June " * 10_000
    assert len(list(date_mentions(text, parse("2024-06")))) == 10_000


@pytest.mark.parametrize(
    ("event_id", "excerpt", "dates", "actors"),
    [
        ("mutual-assistance-pact", 0, ["in June"], ["North Korean"]),
        ("supplies-before-pact", 0, ["already"], ["Pyongyang", "Moscow"]),
        ("us-election", 0, ["Tuesday’s"], ["U.S."]),
        ("inauguration", 0, ["on Jan. 20"], []),
        ("third-anniversary", 0, ["soon"], []),
        ("tsukuryne-claim", 0, ["recently"], ["Russia"]),
        ("storm-corps-to-kursk", 0, ["already"], ["North Korean", "Storm Corps", "Russia"]),
        ("troops-to-far-east", 0, ["has sent"], ["North Korea", "Russia"]),
        ("troops-to-far-east", 1, [], []),
        ("russian-casualties", 0, [], ["Russia"]),
        ("chinese-purchases", 0, ["has been stepping up"], ["China", "Russian"]),
        ("deployment-confirmed", 1, [], ["U.S.", "NATO", "North Korea", "Russia"]),
    ],
)
def test_the_bundled_excerpts(event_id: str, excerpt: int, dates: list[str], actors: list[str]) -> None:
    dataset = read(BUNDLED)
    event = next(event for event in dataset.events if event.id == event_id)
    text = event.excerpts[excerpt].text
    gazetteer = Gazetteer(
        [
            ActorEntry("North Korea", demonyms=("North Korean",), metonyms=("Pyongyang",)),
            ActorEntry("South Korea", demonyms=("South Korean",)),
            ActorEntry("Russia", demonyms=("Russian",), metonyms=("Moscow",)),
            ActorEntry("United States", aliases=("U.S.",)),
        ]
    )
    marks = marked_words(text, event, gazetteer)
    assert [text[mark.start : mark.end] for mark in marks if mark.kind is MarkKind.DATE] == dates
    assert [text[mark.start : mark.end] for mark in marks if mark.kind is MarkKind.ACTOR] == actors
