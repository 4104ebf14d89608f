"""Each table that has no index of its words gets one in the background, unless it is no longer wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from tests.helpers.stored import some_events, table_in_folder
from tests.helpers.tables import make_table
from timeline_app.core.errors import Cancelled, StoreError
from timeline_app.core.table import EventTable
from timeline_app.ui.session import Session
from timeline_app.ui.word_indexer import WordIndexer


class Indexing:
    """Stands in for what makes an index: waits until it is told how to end, or that nobody wants it any more."""

    def __init__(self) -> None:
        self.tables: list[EventTable] = []
        self.cancelled = 0
        self.ending = threading.Event()
        self.error: Exception | None = None

    def __call__(self, table: EventTable, cancelled: Callable[[], bool]) -> None:
        self.tables.append(table)
        while not self.ending.wait(0.001):
            if cancelled():
                self.cancelled += 1
                raise Cancelled("indexing was stopped")
        if self.error is not None:
            raise self.error


@pytest.fixture
def unindexed(tmp_path: Path) -> EventTable:
    """Keep a table on disk, without an index of its words."""
    return table_in_folder(tmp_path / "one", some_events(3))


@pytest.fixture
def indexing() -> Iterator[Indexing]:
    indexing = Indexing()
    yield indexing
    indexing.ending.set()


def test_a_table_without_an_index_gets_one(qtbot: QtBot, unindexed: EventTable, indexing: Indexing) -> None:
    indexer = WordIndexer(Session(unindexed), indexing)
    assert indexer.is_busy
    indexing.ending.set()
    qtbot.waitUntil(lambda: not indexer.is_busy)
    assert indexing.tables == [unindexed]
    assert not indexing.cancelled


def test_a_table_in_memory_needs_none(qtbot: QtBot, indexing: Indexing) -> None:
    indexer = WordIndexer(Session(make_table(some_events(3))), indexing)
    qtbot.waitUntil(lambda: not indexer.is_busy)
    assert indexing.tables == []


def test_another_table_is_indexed_instead(qtbot: QtBot, unindexed: EventTable, indexing: Indexing) -> None:
    session = Session(unindexed)
    indexer = WordIndexer(session, indexing)
    qtbot.waitUntil(lambda: indexing.tables == [unindexed])
    other = replace(unindexed, title="another")
    session.set_table(other)
    qtbot.waitUntil(lambda: indexing.tables == [unindexed, other])
    assert indexing.cancelled == 1
    indexing.ending.set()
    qtbot.waitUntil(lambda: not indexer.is_busy)


def test_it_is_given_up_when_the_window_closes(qtbot: QtBot, unindexed: EventTable, indexing: Indexing) -> None:
    indexer = WordIndexer(Session(unindexed), indexing)
    qtbot.waitUntil(lambda: bool(indexing.tables))
    indexer.stop()
    assert not indexer.is_busy
    qtbot.waitUntil(lambda: indexing.cancelled == 1)


def test_an_index_that_cannot_be_made_is_done_without(qtbot: QtBot, unindexed: EventTable, indexing: Indexing) -> None:
    indexing.error = StoreError("the disk is full")
    indexing.ending.set()
    with capture_exceptions() as raised:
        indexer = WordIndexer(Session(unindexed), indexing)
        qtbot.waitUntil(lambda: not indexer.is_busy)
    assert raised == []


def test_a_mistake_of_the_program_is_not_hidden(qtbot: QtBot, unindexed: EventTable, indexing: Indexing) -> None:
    indexing.error = KeyError("a mistake")
    indexing.ending.set()
    with capture_exceptions() as raised:
        indexer = WordIndexer(Session(unindexed), indexing)
        qtbot.waitUntil(lambda: not indexer.is_busy)
    assert [error for _, error, _ in raised] == [indexing.error]
