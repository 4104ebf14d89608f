"""Files that are read record by record, to be held to what reading them whole gives."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.fuzz.files import mutant
from tests.helpers.stored import assert_same
from tests.helpers.tables import NO_ACTORS
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event, made_id
from timeline_app.core.same_event import with_source_keys
from timeline_app.core.table import EventTable
from timeline_app.ingest_job import IngestJob, decoder_of, hold_file
from timeline_app.readers import choose, read
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.whole_dataset import whole_dataset
from timeline_app.store.table import open_table

NOTHING: Mapping[str, str] = {}


def streamed(path: Path, mapping: Mapping[str, str] = NOTHING, *, reader: str | None = None) -> Dataset:
    """Read a file record by record, however small it is; raises ReadError as reading it whole does."""
    chosen = choose(path, reader=reader, mapping=mapping)
    assert chosen.streaming is not None
    stream = chosen.streaming.open(path, str(path), mapping)
    source = SourceFile(str(path), path, path.read_bytes())
    return whole_dataset(stream, chosen.streaming.decoder(stream.layout), source, chosen.name)


def streamed_table(path: Path, mapping: Mapping[str, str] = NOTHING) -> EventTable:
    """Open a file as a large one is opened, however small it is."""
    job = IngestJob(str(path), choose(path, mapping=mapping).name, mapping=dict(mapping))
    return open_table(hold_file(job, lambda _rows, _done, _total: True), decoder_of, NO_ACTORS)


def assert_streamed_as_whole(path: Path, mapping: Mapping[str, str] = NOTHING) -> Dataset:
    """Hold a file that is read record by record to what reading it whole gives; returns that.

    What may differ: the ids of events that have none in their file or that of a record that is left out, the keys of
    sources, what is said of either, and what is found where a record should end.
    """
    whole, by_records = read(path, mapping=mapping), streamed(path, mapping)
    assert by_records.title == whole.title
    assert (by_records.summary, by_records.extra) == (whole.summary, whole.extra)
    assert by_records.report == replace(whole.report, mapping=by_records.report.mapping)
    ids = {expected.id: found.id for found, expected in zip(by_records.events, whole.events, strict=True)}
    for found, expected in zip(by_records.events, whole.events, strict=True):
        linked = replace(expected, links=tuple(replace(one, to=ids.get(one.to, one.to)) for one in expected.links))
        assert _comparable(found, expected) == _comparable(linked, expected)
    assert _told(by_records.problems) == _told(whole.problems)
    assert_same(streamed_table(path, mapping), build_table([by_records], NO_ACTORS))
    return whole


def assert_mutants_streamed_as_whole(sample: bytes, folder: Path, name: str, *, reader: str, mutants: int = 40) -> None:
    """Hold damaged copies of a file, as far as they are still read, to what reading them whole gives."""
    chance = random.Random(5)
    compared = 0
    for number in range(mutants):
        path = folder / f"{number}-{name}"
        path.write_bytes(mutant(sample, chance))
        try:
            is_read = choose(path).name == reader and bool(read(path))
        except ReadError:
            continue
        if is_read:
            assert_streamed_as_whole(path)
            compared += 1
    assert compared > mutants // 8


def _comparable(event: Event, expected: Event) -> Event:
    """Return an event with keys of sources that say nothing, and the id that is expected where its file has none."""
    keys = {source.key: f"source {number}" for number, source in enumerate(event.own_sources)}
    plain = with_source_keys(event, keys)
    has_other_id = event.id in {made_id(event.origin.record), expected.id.rpartition("-")[0]}
    return replace(plain, id=expected.id) if has_other_id else plain


def _told(problems: Sequence[Problem]) -> list[tuple[int, int, Level, str]]:
    """Return what problems say: where, of what, and what was expected."""
    told = (problem for problem in problems if not problem.message.startswith("id: "))
    return sorted((one.line, one.column, one.level, one.message.partition("; found")[0]) for one in told)
