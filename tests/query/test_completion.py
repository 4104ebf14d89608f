"""The completion offers what the query may go on with, and only that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_event, make_table
from tests.helpers.unindexed import unindexed
from timeline_app.core.event import ActorRef, Excerpt
from timeline_app.query import FIELDS, parse_query
from timeline_app.query.completion import Completion, Vocabulary, Word, complete, vocabulary_of

VOCABULARY = Vocabulary(
    actors=(Word("Russia", 12), Word("North Korea", 6), Word("Côte d'Ivoire", 2), Word("al-Qaeda", 1)),
    roles=(Word("recipient", 3), Word("signatory", 2)),
    types=(Word("deployment", 4), Word("summit", 1)),
    tags=(Word("nuclear", 5), Word("sanctions", 3)),
    sources=(Word("news-2024", 9),),
    places=(Word("Kursk", 3), Word("Pyongyang", 2)),
    own_tags=(Word("to check", 2),),
)


def completed(marked: str) -> list[str]:
    """Return the whole queries that the completions give, the cursor being at the bar; the bar moves to the end."""
    text, cursor = marked.replace("|", ""), marked.index("|")
    return [f"{text[: found.start]}{found.text}|{text[found.end :]}" for found in complete(text, cursor, VOCABULARY)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("ac|", ["actor:|"]),
        ("mytag:c|", ['mytag:"to check"|']),
        ("che|", ['mytag:"to check"|']),
        ("AC|", ["actor:|"]),
        ("af|", ["after:|"]),
        ("-a|", ["-actor:|", "-actor:al-Qaeda|"]),
        ("-ac|", ["-actor:|"]),
        ("-ru|", ["-actor:Russia|"]),
        ("-ty|", []),
        ("ac|:Russia", ["actor:|Russia"]),
        ("r|", ["role:|", "actor:Russia|", "role:recipient|"]),
        ("n|", ["not:|", "note:|", "source:news-2024|", 'actor:"North Korea"|', "tag:nuclear|"]),
        ("kor|", ['actor:"North Korea"|']),
        ('"north k|', ['actor:"North Korea"|']),
        (
            "Kursk no| type:summit",
            ["Kursk not:| type:summit", "Kursk note:| type:summit", 'Kursk actor:"North Korea"| type:summit'],
        ),
        ("actor:no|", ['actor:"North Korea"|']),
        ("actor:|", ["actor:Russia|", 'actor:"North Korea"|', 'actor:"Côte d\'Ivoire"|', "actor:al-Qaeda|"]),
        ("-actor:r|", ["-actor:Russia|"]),
        ("not:r|", ["not:Russia|"]),
        ("pair:ru|", ["pair:Russia>|"]),
        ("pair:>ru|", ["pair:>Russia|"]),
        ("pair:Russia>kor|", ['pair:"Russia>North Korea"|']),
        ("pair:Russia→kor|", ['pair:"Russia→North Korea"|']),
        ("pair:Russia->al|", ["pair:Russia->al-Qaeda|"]),
        ("pair:Russia>ussia|", []),
        ("actor:cote|", ["actor:Côte|".replace("Côte", '"Côte d\'Ivoire"')]),
        ("actor:qaeda|", ["actor:al-Qaeda|"]),
        ("actor:ussia|", []),
        ('actor:"north|', ['actor:"North Korea"|']),
        ('actor:"no| type:summit', ['actor:"North Korea"| type:summit']),
        ('actor:"no|rth" type:summit', ['actor:"North Korea"| type:summit']),
        ('actor:"North Korea"|', []),
        ("actor:Russia,n|", ['actor:Russia,"North Korea"|']),
        ("actor:Russia,r|", []),
        ("actor:Russia,al|", ["actor:Russia,al-Qaeda|"]),
        ("type:summit,|", ["type:summit,deployment|"]),
        ("-|", ["-actor:|", "-actor:Russia|", '-actor:"North Korea"|', '-actor:"Côte d\'Ivoire"|', "-actor:al-Qaeda|"]),
        ("actor:no|,Russia", ['actor:"North Korea"|,Russia']),
        ("type:|", ["type:deployment|", "type:summit|"]),
        ("role:s|", ["role:signatory|"]),
        ("tag:s|", ["tag:sanctions|"]),
        ("source:n|", ["source:news-2024|"]),
        ("source:2024|", ["source:news-2024|"]),
        ("place:p|", ["place:Pyongyang|"]),
        ("match:|", ["match:any|", "match:all|"]),
        ("match:AL|", ["match:all|"]),
        ("members:y|", ["members:yes|"]),
        ("is:c|", ["is:certain|"]),
        ("from:2|", []),
        ("find:K|", []),
        ("nothing:|", []),
        ("zzz|", []),
    ],
)
def test_completion_goes_on_with_what_is_typed(marked: str, expected: list[str]) -> None:
    assert completed(marked) == expected


@pytest.mark.parametrize("marked", ["|", "Kursk |", "Kursk  | troops", "|actor:Russia"])
def test_all_fields_are_offered_where_nothing_is_typed(marked: str) -> None:
    offered = complete(marked.replace("|", ""), marked.index("|"), VOCABULARY)
    assert [found.label for found in offered] == [f"{field.name}:" for field in FIELDS]
    assert all(found.start == found.end == marked.index("|") for found in offered)


def test_completion_carries_label_and_count() -> None:
    assert complete("actor:kor", 9, VOCABULARY) == (Completion('"North Korea"', 6, 9, "North Korea", 6),)
    assert complete("acto", 4, VOCABULARY) == (Completion("actor:", 0, 4, "actor:", None),)


def test_no_more_completions_than_the_limit() -> None:
    many = Vocabulary(actors=tuple(Word(f"Actor {number}", 100 - number) for number in range(100)))
    assert [found.label for found in complete("actor:a", 7, many, limit=2)] == ["Actor 0", "Actor 1"]


@given(st.text(alphabet='aN:", -"“”\n', max_size=15), st.integers(-2, 20))
def test_completions_stay_within_any_text(text: str, cursor: int) -> None:
    for found in complete(text, cursor, VOCABULARY):
        assert 0 <= found.start <= found.end <= len(text)
        assert found.start <= max(cursor, 0)


@given(st.sampled_from(["actor", "role", "type", "tag", "source", "place"]), st.text(min_size=1))
def test_a_completed_value_is_read_as_that_value(name: str, text: str) -> None:
    words = (Word(text, 1),)
    vocabulary = Vocabulary(actors=words, roles=words, types=words, tags=words, sources=words, places=words)
    query = f"{name}:"
    (found,) = complete(query, len(query), vocabulary)
    wanted = parse_query(query[: found.start] + found.text)
    assert (text,) in (wanted.actors, wanted.roles, wanted.types, wanted.tags, wanted.sources, wanted.places)


def test_vocabulary_holds_what_occurs_with_the_most_frequent_first() -> None:
    table = make_table(
        [
            make_event(
                "a", actors=["Iran", ActorRef("Russia", "signatory")], type_="summit", tags=["x"], place="Kazan"
            ),
            make_event(
                "b", actors=[ActorRef("Russia", "host"), ActorRef("China", "host")], type_="summit", place="Kazan"
            ),
            make_event("c", actors=["Russia"], type_="attack", tags=["y", "x"], excerpts=[Excerpt("words", "news")]),
        ]
    )
    assert vocabulary_of(table) == Vocabulary(
        actors=(Word("Russia", 3), Word("China", 1), Word("Iran", 1)),
        roles=(Word("host", 1), Word("signatory", 1)),
        types=(Word("summit", 2), Word("attack", 1)),
        tags=(Word("x", 2), Word("y", 1)),
        sources=(Word("news", 1),),
        places=(Word("Kazan", 2),),
    )


def test_roles_of_a_file_are_collected_without_reading_its_records() -> None:
    events = [make_event(f"e{number}", actors=[ActorRef("Russia", "host")]) for number in range(3)]
    table, records = unindexed(make_table(events))
    assert vocabulary_of(table).roles == (Word("host", 3),)
    assert not records.reads


def test_vocabulary_of_no_events_is_empty() -> None:
    assert vocabulary_of(make_table()) == Vocabulary()
