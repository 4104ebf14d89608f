"""An index of the words of all events, in a SQLite file beside the columns.

A word of a query finds the texts in which some word begins with it, whatever case and diacritics, and several words
with spaces between them find those in which they follow each other; tables in memory find any part of a word instead.
Han characters and kana, which are written without spaces, count as words of one character each.
"""

from __future__ import annotations

import re
import sqlite3
import threading
import weakref
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from timeline_app.core.arrays import Int32Array
from timeline_app.core.errors import Cancelled, StoreError
from timeline_app.core.event import Event
from timeline_app.core.records import Records, searchable
from timeline_app.store.disk import failures_told
from timeline_app.store.records import StoredRecords
from timeline_app.store.workshop import workshop

_ROWS_A_BATCH = 2_000
_CHUNK_BYTES = 1 << 20
# The name tells size and checksum, so that the file and what it must be come into being in one step.
_COMPLETE = re.compile(r"words-([0-9a-f]{8})-([0-9]+)\.sqlite")
_UNSPACED = re.compile("([\u2e80-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")

# The prefix index of single letters makes the first key stroke as fast as the others.
_SCHEMA = """
CREATE VIRTUAL TABLE words
    USING fts5(text, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2', prefix='1 2 3');
CREATE TABLE links (target TEXT NOT NULL, row INTEGER NOT NULL);
"""


class WordIndex:
    """Finds rows by their words, and by what they link to; may be used from any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with _failures_told(path):
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        self._closing = weakref.finalize(self, self._connection.close)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the file; it is let go of by itself when nobody holds the index any more."""
        self._closing()

    def rows_with(self, words: Sequence[str]) -> Int32Array:
        """Return the sorted rows in which every word occurs; raises StoreError when the index is damaged.

        A word without letters and digits occurs nowhere.
        """
        query = _match_expression(words)
        if query is None:
            return np.zeros(0, np.int32)
        # One long text is fetched several times as fast as many rows.
        found = self._fetched("SELECT group_concat(rowid) FROM words WHERE words MATCH ?", query)
        rows = np.fromstring(found[0][0] or "", np.int64, sep=",") - 1
        return np.sort(rows).astype(np.int32)

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one; raises StoreError when the index is damaged."""
        rows = self._fetched("SELECT row FROM links WHERE target = ? ORDER BY row", _storable(event_id))
        return tuple(row for (row,) in rows)

    def _fetched(self, query: str, value: str) -> list[tuple[Any, ...]]:
        with self._lock, _failures_told(self._path):
            return self._connection.execute(query, (value,)).fetchall()


def index_words(records: StoredRecords, report: Callable[[int, int], bool] = lambda _done, _all: True) -> None:
    """Give records the index of their words, made unless it is there; those in memory are read without one.

    Raises as `build_word_index` does.
    """
    if records.word_index is None and records.folder is not None:
        records.word_index = open_word_index(records.folder) or build_word_index(records, records.folder, report)


def open_word_index(folder: Path) -> WordIndex | None:
    """Open the index in a folder, None where there is none that is complete; every byte of it is read and checked."""
    for path in sorted(folder.glob("words-*.sqlite")):
        match = _COMPLETE.fullmatch(path.name)
        with suppress(OSError, StoreError):  # Whatever is wrong with it, the index is made anew.
            if match and _checksum(path) == (int(match[1], 16), int(match[2])):
                return WordIndex(path)
            path.unlink()
    return None


def build_word_index(
    records: Records, folder: Path, report: Callable[[int, int], bool] = lambda _done, _all: True
) -> WordIndex:
    """Make the index of all records in a folder, and open it.

    `report` is told how many of how many are done, and returns whether to go on. Raises Cancelled when not, StoreError
    when there is no room, ReadError as the records do; nothing is left behind then.
    """
    with workshop(folder) as place:
        path = place.folder / "words.sqlite"
        with _failures_told(path), failures_told(path):
            _fill(path, records, report)
            checksum, size = _checksum(path)
            complete = folder / f"words-{checksum:08x}-{size}.sqlite"
            path.replace(complete)
    return WordIndex(complete)


def _fill(path: Path, records: Records, report: Callable[[int, int], bool]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        # A file that was not finished is never used, so nothing has to be kept for going on with it.
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            connection.execute(f"PRAGMA {setting}")
        connection.executescript(_SCHEMA)
        for begin in range(0, len(records), _ROWS_A_BATCH):
            rows = range(begin, min(begin + _ROWS_A_BATCH, len(records)))
            _insert(connection, [(row, records.event(row)) for row in rows])
            if not report(rows.stop, len(records)):
                raise Cancelled("making the index of words was stopped")
        connection.execute("CREATE INDEX links_by_target ON links (target)")
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, events: Sequence[tuple[int, Event]]) -> None:
    connection.execute("BEGIN")
    texts = ((row + 1, _indexed_text(searchable(event))) for row, event in events)
    connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", texts)
    links = ((_storable(link.to), row) for row, event in events for link in event.links)
    connection.executemany("INSERT INTO links (target, row) VALUES (?, ?)", links)
    connection.execute("COMMIT")


def _match_expression(words: Sequence[str]) -> str | None:
    """Return what SQLite is asked for, None when a word has nothing that is indexed."""
    phrases = []
    for word in words:
        text = _indexed_text(word)
        if not any(character.isalnum() for character in text):
            return None
        phrases.append('"{}" *'.format(text.replace('"', '""')))
    return " AND ".join(phrases) or None


def _indexed_text(text: str) -> str:
    """Return a text as it is split into words: folded, and characters that are words by themselves set apart."""
    if text.isascii():
        return text.replace("\0", " ").lower()
    return _UNSPACED.sub(r" \1 ", _storable(text).replace("\0", " ").casefold())


def _storable(text: str) -> str:
    """Return a text without halves of characters, which UTF-8 cannot carry."""
    return text.encode("utf-8", "replace").decode()


def _checksum(path: Path) -> tuple[int, int]:
    """Return the CRC-32 and the size of a file."""
    checksum, size = 0, 0
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK_BYTES):
            checksum = zlib.crc32(chunk, checksum)
            size += len(chunk)
    return checksum, size


@contextmanager
def _failures_told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"the index of words {path} cannot be used: {error}") from error
