"""What a table would be read as, before it is: a proposal for its columns, the first events, and its signature."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path

from timeline_app.core.batches import RecordBatch
from timeline_app.core.dataset import Dataset, FileReport
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event, Origin
from timeline_app.readers.column_finding import proposal
from timeline_app.readers.column_kinds import kind_of
from timeline_app.readers.event_columns import MAP_OPTION
from timeline_app.readers.proposal import Proposal
from timeline_app.readers.reader import Reader
from timeline_app.readers.registry import choose, read
from timeline_app.readers.table_source import TableSource


def propose(
    path: str | PathLike[str], *, reader: str | None = None, mapping: Mapping[str, str] | None = None
) -> Proposal:
    """Return how a table would be read, with what only the user can tell; what `mapping` says is taken as it is.

    The first rows are looked at, and all dates where those leave the order of day and month open. Raises ReadError
    for a file that is no table of which columns can be mapped, or that cannot be read.
    """
    told = mapping or {}
    chosen = choose(path, reader=reader, mapping=mapping)
    table = _table(chosen, Path(path), str(path), told)
    signature = _signature(chosen, _table(chosen, Path(path), str(path), {}) if told else table)
    return proposal(table, told, str(path), chosen.name, signature)


def signature_of(path: str | PathLike[str], *, reader: str | None = None) -> str:
    """Return what tables with the same header have in common, "" for a file of which nothing can be said.

    Of one that is no table, and of which something can be said all the same, it is the name. Raises ReadError for a
    file that cannot be read.
    """
    chosen = choose(path, reader=reader)
    if chosen.table is not None:
        return _signature(chosen, _table(chosen, Path(path), str(path), {}))
    return json.dumps([chosen.name, Path(path).name]) if chosen.takes_mapping else ""


def preview(
    path: str | PathLike[str], mapping: Mapping[str, str], count: int = 20, *, reader: str | None = None
) -> Dataset:
    """Read the first records of a file, as many as are asked for; raises ReadError as `read` does."""
    chosen = choose(path, reader=reader, mapping=mapping)
    streaming = chosen.streaming_of(Path(path), mapping)
    if streaming is None:
        return _beginning(read(path, reader=reader, mapping=mapping), count)
    stream = streaming.open(Path(path), str(path), mapping)
    decode = streaming.decoder(stream.layout)
    batch = next(iter(stream.batches()), None)
    events: list[Event] = []
    problems = batch.problems if batch is not None else ()
    for raw, origin in _records(batch, Path(path).name) if batch is not None else ():
        if origin.record > count:
            break
        events.append(decode(raw, origin))
    rejected = min(batch.rejected if batch is not None else 0, max(count - len(events), 0))
    report = FileReport(str(path), chosen.name, len(events) + rejected, len(events), rejected, "")
    found = Dataset(stream.title, tuple(events), report, problems=problems)
    return _beginning(found, count)


def _records(batch: RecordBatch, file: str) -> Iterator[tuple[bytes, Origin]]:
    begin = 0
    for end, line, number in zip(batch.ends.tolist(), batch.lines.tolist(), batch.numbers.tolist(), strict=True):
        yield bytes(batch.raw[begin:end]), Origin(file, line, number)
        begin = end


def _beginning(found: Dataset, count: int) -> Dataset:
    """Return a dataset with its first records alone, those left out among them."""
    events = tuple(event for event in found.events if event.origin.record <= count)
    problems = tuple(problem for problem in found.problems if problem.record <= count)
    read_count = min(count, found.report.read)
    report = replace(found.report, read=read_count, loaded=len(events), rejected=read_count - len(events))
    return replace(found, events=events, problems=problems, report=report)


def _table(chosen: Reader, path: Path, file: str, mapping: Mapping[str, str]) -> TableSource:
    if chosen.table is None:
        message = (
            f"{MAP_OPTION.name}: the fields of the {chosen.name} format have fixed names; there are no columns to map"
        )
        raise ReadError(message, file)
    return chosen.table(path, file, mapping)


def _signature(chosen: Reader, table: TableSource) -> str:
    """Return the columns of a table as text; without a header, what they are of; "" where nothing can be asked."""
    if table.questions == ():
        # What was said of another table must not overrule what this one tells itself.
        return ""
    names = list(table.columns)
    if not table.has_header:
        names += [str(kind_of(table.cells(name))) for name in table.columns]
    return json.dumps([chosen.name, *names], ensure_ascii=False)
