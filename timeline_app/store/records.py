"""Whole events of an ingested file, each read from its place in the file when it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Protocol

import numpy as np

from timeline_app.core.actors import Gazetteer
from timeline_app.core.arrays import Int32Array, Int64Array, NDArray
from timeline_app.core.batches import Decoder, LiteralDecoder
from timeline_app.core.errors import ReadError, StoreError
from timeline_app.core.event import Event, Origin, made_id
from timeline_app.core.records import PREFIX_BITS, AreThere, Tellings, at_once, searchable
from timeline_app.core.text_column import TextColumn
from timeline_app.store.digests import record_digests
from timeline_app.store.fetching import Fetcher
from timeline_app.store.ids import IdIndex, RenamedRows, numbered_id
from timeline_app.store.kept import Kept
from timeline_app.store.parts import PLACE, PLACE_TYPE, PLACES, RECORDS
from timeline_app.store.raw_words import RawWords
from timeline_app.store.rests import Rests

_EVENTS_HELD = 512
_TITLES_HELD = 20_000


class WordIndex(Protocol):
    """Knows in which rows words occur, and which rows link to an event; see timeline_app.store.fulltext."""

    def rows_with(self, words: Sequence[str]) -> Int32Array:
        """Return the sorted rows in which every word occurs; raises StoreError when the index is damaged."""

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one; raises StoreError when the index is damaged."""


class StoredRecords:
    """Implements core.records.Records over what was kept of a file; may be used from any thread.

    Raises ReadError when what was kept is gone or damaged; `on_damage` is told first, so that it is not used again.
    With a `word_index` words are found as timeline_app.store.fulltext says, without one by reading the candidates.
    `rests` are those of records in short, `reading` is what events
    depend on besides their records, see core.records.Tellings.
    """

    def __init__(
        self,
        kept: Kept,
        decode: Decoder,
        known: Gazetteer,
        *,
        file: str = "",
        rests: Rests | None = None,
        reading: object = None,
        on_damage: Callable[[], None] = lambda: None,
    ) -> None:
        self.word_index: WordIndex | None = None
        self._kept = kept
        self._rests = rests
        self._reading = reading
        self._reader = _RecordReader(kept, decode, known, file, rests)
        self._file = file
        self._on_damage = on_damage
        self._ids = IdIndex(kept)
        self._event = lru_cache(_EVENTS_HELD)(self._reader.event)
        self._title = lru_cache(_TITLES_HELD)(self._reader.title)

    def __len__(self) -> int:
        return len(self._reader)

    @property
    def folder(self) -> Path | None:
        """Where the file is kept, None in memory; held as long as these records are there."""
        return self._kept.folder

    @property
    def is_indexed(self) -> bool:
        """Whether words are found without reading the candidates."""
        return self.word_index is not None

    def wait_until_whole(self, cancelled: Callable[[], bool]) -> None:
        """Wait until the records are kept with their rests; raises as store.rests.RestMeanwhile does."""
        if self._rests is not None:
            self._rests.wait(cancelled)

    def event(self, row: int) -> Event:
        """Return one event, with the actors' canonical names."""
        if not 0 <= row < len(self):
            raise IndexError(row)
        with self._damage_told():
            return self._event(int(row))

    def brief(self, row: int) -> Event:
        """Return one event, without its rest as long as that is not kept."""
        if self._rests is None or self._rests.are_kept:
            return self.event(row)
        with self._damage_told():
            return self._reader.brief(int(row))

    def titles(self, rows: Iterable[int]) -> list[str]:
        """Return the titles of some rows."""
        with self._damage_told():
            return [self._title(int(row)) for row in rows]

    def titles_soon(self, rows: Int32Array) -> AreThere:
        """Have the titles of some rows fetched from the disk; return what tells whether they are there."""
        return self._reader.fetch_soon(rows) if self.folder is not None else at_once

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event, None where there is none with this id."""
        with self._damage_told():
            rows = self._ids.rows_of(event_id)
            return next((row for row in rows if self._event(row).id == event_id), None)

    def id_prefixes(self) -> NDArray[np.uint64]:
        """Return the upper 32 bits of the hash of every id, shape (rows,)."""
        with self._damage_told():
            return self._ids.prefixes()

    def rows_by_hash(self, hashes: NDArray[np.uint64]) -> Int64Array:
        """Return the row of each id by its hash, see core.text_column.text_hash, -1 for none."""
        with self._damage_told():
            return self._ids.rows_by_hash(hashes)

    def tellings(self, is_wanted: Callable[[], bool]) -> Tellings:
        """Return what the events of all rows can be compared by; waits for the rests of records that are in short."""
        try:
            self.wait_until_whole(lambda: not is_wanted())
        except StoreError as error:
            raise ReadError(str(error), self._file) from error
        with self._damage_told():
            digests = self._reader.digests(is_wanted)
            made_ids = TextColumn.of(map(made_id, self._reader.record_numbers().tolist()))
            own = self._ids.prefixes() != made_ids.hashes() >> np.uint64(PREFIX_BITS)
        return Tellings((self._reading, self._rests is not None), digests, own)

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one, as far as the index of words is there to know them."""
        index = self.word_index
        if index is None:
            return ()
        try:
            return index.linking_rows(event_id)
        except StoreError:
            self.word_index = None
            return ()

    def rows_with(self, words: Sequence[str], candidates: Iterable[int]) -> Iterable[int]:
        """Return those of the candidates in which every one of the case-folded words occurs."""
        index = self.word_index
        if index is None:
            return self._rows_read(words, candidates)
        try:
            found = index.rows_with(words)
        except StoreError:  # Without an index everything works, only slower.
            self.word_index = None
            return self._rows_read(words, candidates)
        wanted = candidates if isinstance(candidates, np.ndarray) else np.fromiter(candidates, np.int64)
        passing = np.zeros(len(self), np.bool_)
        passing[found] = True
        return wanted[passing[wanted]]

    def _rows_read(self, words: Sequence[str], candidates: Iterable[int]) -> Iterator[int]:
        may_hold = self._reader.may_hold(words)
        for row in candidates:
            with self._damage_told():
                if not may_hold(int(row)):
                    continue
                text = searchable(self._reader.event(int(row))).casefold()
            if all(word in text for word in words):
                yield row

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except StoreError as error:
            self._on_damage()
            raise ReadError(f"{error}; open the file again", self._file) from error


class _RecordReader:
    """Reads and decodes the record of a row."""

    def __init__(self, kept: Kept, decode: Decoder, known: Gazetteer, file: str, rests: Rests | None) -> None:
        self._rests = rests
        self._places = kept.pieces(PLACES)
        self._records = kept.pieces(RECORDS)
        self._fetcher = Fetcher(self._places, self._records)
        self._renamed = RenamedRows(kept)
        self._decode = decode
        self._known = known
        self._file = PurePath(file).name

    def __len__(self) -> int:
        return len(self._places) // PLACE.size

    def event(self, row: int) -> Event:
        """Return one event with all that is kept of it; raises StoreError when that is gone or damaged."""
        raw, line, record_number = self._whole(row)
        return self._decoded(row, raw, Origin(self._file, line, record_number))

    def brief(self, row: int) -> Event:
        """Return one event without its rest; raises as `event` does."""
        raw, line, record_number = self._raw(row)
        return self._decoded(row, raw, Origin(self._file, line, record_number))

    def _decoded(self, row: int, raw: bytes, origin: Origin) -> Event:
        event = self._decode(raw, origin)
        number = self._renamed.number_of(row)
        actors = tuple(
            replace(actor, name=self._known.canonical(actor.name), written=actor.written or actor.name)
            for actor in event.actors
        )
        return replace(event, actors=actors, id=numbered_id(event.id, number) if number else event.id)

    def may_hold(self, words: Sequence[str]) -> Callable[[int], bool]:
        """Return what tells by the bytes of a row whether words may be found in it."""
        if not (isinstance(self._decode, LiteralDecoder) and self._decode.is_literal):
            return lambda _row: True
        wanted = RawWords(words, self._known)
        return lambda row: wanted.may_be_in(self._whole(row)[0])

    def title(self, row: int) -> str:
        """Return the title of one event; raises as `event` does."""
        return self._decode.title(self._raw(row)[0])

    def fetch_soon(self, rows: Int32Array) -> AreThere:
        """Have the records of some rows fetched; return what tells whether they are there."""
        return self._fetcher.fetch(rows)

    def record_numbers(self) -> Int64Array:
        """Return the number that the record of each row has in the file."""
        return self._all_places()["number"].astype(np.int64)

    def digests(self, is_wanted: Callable[[], bool]) -> NDArray[np.uint64]:
        """Return the digests of what each row says, see timeline_app.store.digests."""
        places, rests = self._all_places(), self._rests
        numbers = places["number"].tolist()
        renamed = self._renamed.by_row()
        return record_digests(
            self._records,
            places["begin"],
            places["length"].astype(np.int64),
            (lambda row: rests.of(numbers[row])) if rests is not None else lambda _row: b"",
            lambda row: b"%d" % renamed[row] if row in renamed else b"",
            is_wanted,
        )

    def _all_places(self) -> NDArray[np.void]:
        return np.frombuffer(self._places.read(len(self._places), 0), PLACE_TYPE)

    def _whole(self, row: int) -> tuple[bytes, int, int]:
        """Return the bytes of a row's record with its rest, and its line and number in the file."""
        raw, line, number = self._raw(row)
        return (raw if self._rests is None else raw + self._rests.of(number)), line, number

    def _raw(self, row: int) -> tuple[bytes, int, int]:
        """Return the bytes of a row's record, and its line and number in the file."""
        begin, length, line, number = PLACE.unpack(self._places.read(PLACE.size, row * PLACE.size))
        return self._records.read(length, begin), line, number
