"""Have the words of large files indexed beside what was kept of them, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from timeline_app.core.join import JoinedRecords
from timeline_app.core.records import Records
from timeline_app.core.table import EventTable
from timeline_app.ingest_child import index_in_child
from timeline_app.store.fulltext import open_word_index
from timeline_app.store.records import StoredRecords

# An index of more takes more than a few minutes, and gigabytes; their texts are read through instead.
MOST_INDEXED = 2_000_000


def index_words(table: EventTable, cancelled: Callable[[], bool]) -> None:
    """Give the records of a table that are kept on disk the index of their words, made where there is none yet.

    Where the rest of records in short is still being kept, that is waited for. Raises Cancelled, and ReadError and
    StoreError when an index cannot be made; then texts are read through as before.
    """
    for records in _unindexed(table.records):
        records.wait_until_whole(cancelled)
        if records.folder is None or len(records) > MOST_INDEXED:
            continue
        index = open_word_index(records.folder)
        if index is None:
            index_in_child(records.folder, cancelled)
            index = open_word_index(records.folder)
        records.word_index = index


def _unindexed(records: Records) -> Iterator[StoredRecords]:
    if isinstance(records, JoinedRecords):
        for part in records.parts:
            yield from _unindexed(part)
    elif isinstance(records, StoredRecords) and not records.is_indexed:
        yield records
