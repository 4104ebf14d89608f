"""Open a file of any size: from what was kept of it, or by reading it, in a process of its own when it is large."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.core.actors import Gazetteer
from timeline_app.core.dataset import Dataset, Level, Problem, not_kept_words
from timeline_app.core.errors import ReadError, StoreError
from timeline_app.core.join import with_rows_joined
from timeline_app.core.same_event import more_rows_words
from timeline_app.core.table import EventTable
from timeline_app.core.told_sources import with_tag_titles
from timeline_app.ingest_job import IngestJob, decoder_of, hold_file, keep_file
from timeline_app.readers import Reader, choose, read
from timeline_app.readers.table_companions import NOTHING_BESIDE, TableCompanions
from timeline_app.store.cache import CachedFile, FileCache, Request
from timeline_app.store.contents import contents_of
from timeline_app.store.further_rows import further_rows_of
from timeline_app.store.identity import state_of
from timeline_app.store.kept import FolderKept, Kept
from timeline_app.store.rests import are_kept
from timeline_app.store.table import open_table

if TYPE_CHECKING:
    from timeline_app.rest_child import RestChild

# What is smaller is ingested before another process would have started.
SMALL_BYTES = 64 * 1024 * 1024
# What is larger is not opened without room on the disk for it.
LARGEST_IN_MEMORY_BYTES = 4 * 1024**3


def open_file(
    path: Path,
    *,
    gazetteer: Gazetteer,
    cache: FileCache | None = None,
    reader: str | None = None,
    mapping: Mapping[str, str] | None = None,
    beside: TableCompanions | None = None,
    joins: bool = True,
    in_short: bool = False,
    progress: Callable[[int, int, int], None] = lambda _rows, _bytes_done, _bytes_total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> EventTable | Dataset:
    """Open a file: as a dataset where its format is read whole, as a table with its records on disk otherwise.

    A folder is opened as the events in Markdown that it holds. `beside` is what the companions of a table tell,
    which is never kept with it; the gazetteer must know its actors. With `joins`, rows that tell of one event are one.

    `progress` is told the rows and the bytes that are done, and all bytes. Without a cache, or where that has no room,
    records are held in memory. With `in_short` a large file may be open as soon as what is drawn and filtered of it is
    read; the rest is then kept in the background, and until that is done read record by record as it is asked for.
    Raises ReadError, and Cancelled, after which everything is as it was.
    """
    if path.is_dir():
        return read(path, reader=reader, mapping=mapping)
    asked = (str(path), gazetteer, reader, mapping or {}, beside or NOTHING_BESIDE, progress, cancelled)
    opening = _Opening(*asked, joins=joins, in_short=in_short)
    kept = opening.from_cache(cache) if cache is not None else None
    if kept is not None:
        return kept
    chosen = choose(path, reader=reader, mapping=mapping)
    if chosen.streaming_of(path, mapping or {}) is None:
        return read(path, reader=reader, mapping=mapping, beside=beside or NOTHING_BESIDE)
    return opening.by_reading(chosen, cache)


class _Opening:
    """One file that is opened, with everything that was asked for."""

    def __init__(
        self,
        name: str,
        gazetteer: Gazetteer,
        reader: str | None,
        mapping: Mapping[str, str],
        beside: TableCompanions,
        progress: Callable[[int, int, int], None],
        cancelled: Callable[[], bool],
        *,
        joins: bool,
        in_short: bool,
    ) -> None:
        self._name = name
        self._gazetteer = gazetteer
        self._asked_reader = reader or ""
        self._mapping = mapping
        self._beside = beside
        self._joins = joins
        self._in_short = in_short
        self._progress = progress
        self._cancelled = cancelled

    def from_cache(self, cache: FileCache) -> EventTable | None:
        """Open what was kept of the file, None where that is nothing, or damaged."""
        cached = cache.find(Request(Path(self._name), self._asked_reader, self._mapping))
        if cached is None:
            return None
        try:
            return self._table(cached, cache)
        except StoreError:
            cache.forget(cached)
            return None

    def by_reading(self, reader: Reader, cache: FileCache | None) -> EventTable:
        """Ingest the file, into the cache where that has room."""
        job = IngestJob(self._name, reader.name, self._asked_reader, dict(self._mapping))
        not_kept = ""
        if cache is not None:
            try:
                return self._table(self._kept(job, cache), cache)
            except StoreError as error:
                not_kept = str(error)
                if state_of(Path(self._name)).size > LARGEST_IN_MEMORY_BYTES:
                    raise ReadError(
                        f"the file is too large to be opened without its cache: {error}", self._name
                    ) from error
        held = hold_file(job, self._report)
        table = open_table(held, decoder_of, self._gazetteer, sources=self._beside.told_sources)
        table = self._with_companions(self._with_rows_joined(table, held))
        return self._not_kept(table, not_kept) if not_kept else table

    def _not_kept(self, table: EventTable, why: str) -> EventTable:
        """Return the table with a word on why it was not kept."""
        note = Problem(not_kept_words("the file", why), self._name, level=Level.NOTE)
        files = tuple(replace(report, not_kept=why) for report in table.files)
        return replace(table, files=files, problems=(*table.problems, note))

    def _kept(self, job: IngestJob, cache: FileCache) -> CachedFile:
        if state_of(Path(self._name)).size < SMALL_BYTES or not _can_start_processes():
            return keep_file(job, cache, self._report)
        from timeline_app.ingest_child import keep_in_child  # processes are imported for large files only

        # Whoever asks: what is kept in two ways could only be compared by reading all events.
        return keep_in_child(replace(job, in_short=True), cache, self._report, self._cancelled)

    def _table(self, cached: CachedFile, cache: FileCache) -> EventTable:
        kept = FolderKept(cached.folder)
        contents = contents_of(kept)
        meanwhile = self._rest_meanwhile(kept.folder, cache) if contents.has_rests else None
        table = open_table(
            kept,
            decoder_of,
            self._gazetteer,
            contents=contents,
            file=self._name,
            sources=self._beside.told_sources,
            rest_meanwhile=meanwhile,
            on_damage=lambda: cache.forget(cached),
        )
        if meanwhile is not None:
            self._wait_for(meanwhile)
        return self._with_companions(self._with_rows_joined(table, kept))

    def _with_rows_joined(self, table: EventTable, kept: Kept) -> EventTable:
        """Return the table with the rows of one event as one, where that is wanted, and with a note on it."""
        (report,) = table.files
        if not report.more_rows:
            return table
        if self._joins:
            table = with_rows_joined(table, further_rows_of(kept, report.more_rows))
        note = Problem(more_rows_words(report.more_rows, joined=self._joins), self._name, level=Level.NOTE)
        return replace(table, problems=(*table.problems, note))

    def _rest_meanwhile(self, folder: Path, cache: FileCache) -> RestChild | None:
        """Have the rest of records in short kept where it is not yet, and return what gives single ones meanwhile."""
        if are_kept(folder):
            return None
        if not _can_start_processes():
            raise StoreError("the rest of the records is not kept")
        from timeline_app.rest_child import RestChild  # processes are imported for large files only

        return RestChild(folder, self._name, cache.limit_bytes)

    def _wait_for(self, meanwhile: RestChild) -> None:
        meanwhile.wait_until_ready(self._cancelled)
        if not self._in_short:
            with suppress(StoreError):  # Without room for them they are read from the file one by one.
                meanwhile.wait(self._cancelled)

    def _with_companions(self, table: EventTable) -> EventTable:
        """Return the table with its tags as they are called beside it, and a word on what was read there."""
        beside = self._beside
        files = tuple(replace(report, companions=beside.files) for report in table.files)
        tags = with_tag_titles(table.tags, beside.tag_titles)
        return replace(table, tags=tags, files=files, problems=(*table.problems, *beside.told_of(self._name)))

    def _report(self, rows: int, bytes_done: int, bytes_total: int) -> bool:
        self._progress(rows, bytes_done, bytes_total)
        return not self._cancelled()


def _can_start_processes() -> bool:
    # In a bundle there is no interpreter to start one with, only the program.
    return not getattr(sys, "frozen", False)
