"""What can be completed is known at once, but for roles that have to be read from a file: those wait for a pause."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.small_conflict import small_table
from tests.helpers.tables import make_event, make_table
from tests.helpers.unindexed import UnindexedRecords, unindexed
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef, Event
from timeline_app.core.records import RecordList
from timeline_app.core.table import EventTable
from timeline_app.query import Word
from timeline_app.ui.panels.vocabulary_collector import VocabularyCollector
from timeline_app.ui.session import Session


class CountedRecords(UnindexedRecords):
    """Notes how many events are read."""

    read = 0
    is_gone = False

    def event(self, row: int) -> Event:
        """Return one event, unless the file is gone."""
        if self.is_gone:
            raise ReadError("the file is gone")
        self.read += 1
        return super().event(row)


def stored(table: EventTable) -> tuple[EventTable, CountedRecords]:
    """Return a table whose records count as those of a file."""
    assert isinstance(table.records, RecordList)
    records = CountedRecords(table.records)
    return replace(table, records=records), records


def roles_table() -> EventTable:
    return make_table([make_event("a", actors=[ActorRef("Russia", "host")]), make_event("b", actors=["Iran"])])


def test_what_is_in_memory_is_known_at_once(qapp: object) -> None:
    collector = VocabularyCollector(Session(roles_table()))
    assert not collector.words.actors
    collector.follow_typing()
    assert collector.words.roles == (Word("host", 1),)
    assert not collector._pause.isActive()


def test_no_record_is_read_between_key_strokes(qtbot: QtBot) -> None:
    table, records = stored(roles_table())
    collector = VocabularyCollector(Session(table))
    for _ in range(20):
        collector.follow_typing()
    assert {word.text for word in collector.words.actors} == {"Russia", "Iran"}
    assert records.read == 0
    with qtbot.waitSignal(collector.grown):
        collector._pause.start(0)
    assert collector.words.roles == (Word("host", 1),)
    collector.follow_typing()
    assert not collector._pause.isActive(), "they are read once"


def test_nothing_is_read_for_an_empty_field(qapp: object) -> None:
    table, records = stored(roles_table())
    collector = VocabularyCollector(Session(table))
    collector.follow_typing()
    assert collector._pause.isActive()
    collector.follow_typing(is_empty=True)
    assert not collector._pause.isActive()
    assert records.read == 0


def test_the_next_key_stroke_gives_up_what_is_being_read(qtbot: QtBot) -> None:
    table, records = stored(roles_table())
    collector = VocabularyCollector(Session(table))
    collector.follow_typing()
    collector._collect_roles()
    collector.follow_typing()
    qtbot.waitUntil(lambda: not collector._roles_job.is_busy)
    assert records.read <= len(table)
    assert collector._pause.isActive(), "what was given up is begun again in the next pause"


def test_roles_of_a_file_that_is_gone_are_done_without(qtbot: QtBot) -> None:
    table, records = stored(roles_table())
    collector = VocabularyCollector(Session(table))
    records.is_gone = True
    collector.follow_typing()
    collector._collect_roles()
    qtbot.waitUntil(lambda: not collector._lacks_roles)
    assert collector.words.roles == ()


def test_another_fault_is_not_hidden(qapp: object) -> None:
    collector = VocabularyCollector(Session(roles_table()))
    with pytest.raises(ZeroDivisionError):
        collector._go_without_roles(ZeroDivisionError())


def test_another_table_has_other_words(qapp: object) -> None:
    session = Session(unindexed(roles_table())[0])
    collector = VocabularyCollector(session)
    collector.follow_typing()
    session.set_table(small_table())
    assert not collector.words.actors
    assert not collector._pause.isActive()
    collector.follow_typing()
    assert {word.text for word in collector.words.actors} != {"Russia", "Iran"}
