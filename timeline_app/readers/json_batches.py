"""Batches of records that are items of a list in JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from timeline_app.core.batches import RecordBatch
from timeline_app.core.dataset import Level, Problem
from timeline_app.readers.collector import garbage_collection_paused
from timeline_app.readers.json_lines import Cells, FieldsOf, JsonTexts, cells_or_none, json_batch
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.text_batches import next_records
from timeline_app.readers.tree import shortened


def item_batches(
    items: Iterator[JsonValue],
    file: str,
    cells_of: Callable[[str], Cells],
    fields_of: FieldsOf,
    notes: Sequence[Problem] = (),
    closing: Callable[[], Sequence[Problem]] = tuple,
) -> Iterator[RecordBatch]:
    """Make batches of items; `notes` are about the file, and what `closing` tells of it behind the last.

    Raises ReadError as going through the items does.
    """
    items_before, is_over = 0, False
    while not is_over:
        with garbage_collection_paused():
            gathered = next_records(items)
            is_over = not gathered
            notes = (*notes, *closing()) if is_over else notes
            told = [*notes, *_told_of(gathered, items_before, file)]
            found = JsonTexts.joined(
                [item.text for item in gathered],
                [item.line for item in gathered],
                items_before,
                np.array([item.column for item in gathered], np.int64),
                told,
            )
            bytes_read = gathered[-1].bytes_read if gathered else 0
            batch = json_batch(file, found, cells_of, fields_of, bytes_read) if gathered or notes else None
        items_before += len(gathered)
        notes = ()
        if batch is not None:
            yield batch


def cells_of_items(items: Iterator[JsonValue]) -> Iterator[list[Cells]]:
    """Give the cells of items, some at a time, those that are no records left out."""
    while gathered := next_records(items):
        yield [cells for item in gathered if (cells := cells_or_none(item.text)) is not None]


def _told_of(items: Sequence[JsonValue], items_before: int, file: str) -> Iterator[Problem]:
    """Say which keys stand twice in a record."""
    for number, item in enumerate(items, items_before + 1):
        if item.twice:
            counts = "first" if item.first_counts else "last"
            message = f'"{shortened(item.twice)}" is given twice here; the {counts} is used'
            yield Problem(message, file, item.line, item.column, number, Level.WARNING)
