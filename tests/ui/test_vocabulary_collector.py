"""What can be completed is collected once somebody types, and no record is read for it."""

from __future__ import annotations

from tests.helpers.small_conflict import small_table
from tests.helpers.tables import make_event, make_table
from tests.helpers.unindexed import unindexed
from timeline_app.core.event import ActorRef
from timeline_app.core.notes import Note, Notes
from timeline_app.core.table import EventTable
from timeline_app.query.completion import Word
from timeline_app.ui.panels.vocabulary_collector import VocabularyCollector
from timeline_app.ui.session import Session


def roles_table() -> EventTable:
    return make_table([make_event("a", actors=[ActorRef("Russia", "host")]), make_event("b", actors=["Iran"])])


def test_what_is_in_memory_is_known_at_once(qapp: object) -> None:
    collector = VocabularyCollector(Session(roles_table()))
    assert not collector.words.actors
    collector.follow_typing()
    assert collector.words.roles == (Word("host", 1),)


def test_tags_of_ones_own_are_known_as_they_are_given(qapp: object) -> None:
    session = Session(roles_table())
    collector = VocabularyCollector(session)
    session.take_notes(Notes({0: Note(tags=("a", "b")), 1: Note(tags=("b",))}))
    assert [(word.text, word.count) for word in collector.words.own_tags] == [("b", 2), ("a", 1)]
    session.set_note(0, Note())
    assert [(word.text, word.count) for word in collector.words.own_tags] == [("b", 1)]


def test_no_record_is_read_between_key_strokes(qapp: object) -> None:
    table, records = unindexed(roles_table())
    collector = VocabularyCollector(Session(table))
    for _ in range(20):
        collector.follow_typing()
    assert {word.text for word in collector.words.actors} == {"Russia", "Iran"}
    assert collector.words.roles == (Word("host", 1),)
    assert records.reads == 0


def test_another_table_has_other_words(qapp: object) -> None:
    session = Session(unindexed(roles_table())[0])
    collector = VocabularyCollector(session)
    collector.follow_typing()
    session.set_table(small_table())
    assert not collector.words.actors
    collector.follow_typing()
    assert {word.text for word in collector.words.actors} != {"Russia", "Iran"}
