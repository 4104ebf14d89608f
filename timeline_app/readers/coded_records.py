"""Make events of the records of a coded dataset that does not come as a text table, by the rules of its tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.batches import Decoder
from timeline_app.readers import (
    acled,
    cow,
    gdelt,
    gdelt_mentions,
    gdelt_reduced,
    gtd,
    icews,
    phoenix,
    polecat,
    scad,
    timesketch,
    ucdp_ged,
    ucdp_prio,
    ucdp_yearly,
)
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.coded_rules import Cells, EventRules, RuledFields
from timeline_app.readers.coded_table import NOTE, CodedTable, Facts
from timeline_app.readers.columns import EventFields
from timeline_app.readers.field_reader import FieldColumns
from timeline_app.readers.further_rows import ROWS_OF_ONE_EVENT
from timeline_app.readers.question import Question
from timeline_app.readers.table_cells import ParsedCells
from timeline_app.readers.table_source import TableSource

# What says of such a file how it is read, and not which column is which field.
_DATE_ORDER, _DATASET, _COLUMNS, _FACTS = "date_order", "dataset", "columns", "facts"
_WHOLE = re.compile(r"(-?\d{1,18})\.0{1,6}", re.ASCII)
_SETTINGS = frozenset({_DATE_ORDER, "encoding", "records", "sheet", "header"})


@dataclass(frozen=True, slots=True)
class CodedRecords:
    """The records of a coded dataset: the dataset, its rules for this file, and how it calls each column.

    `facts` are what the rules follow from.
    """

    dataset: CodedTable
    facts: Facts
    rules: EventRules
    names: Mapping[str, str]

    def cells(self, written: Cells) -> dict[str, str]:
        """Return the cells of a record by the names that the columns are known by."""
        known = ((self.names.get(name, name), cell) for name, cell in written.items())
        return {name: self._plain(name, cell) for name, cell in known}

    def as_layout(self) -> dict[str, object]:
        """Return it as plain values."""
        return {
            _DATASET: self.dataset.name,
            _COLUMNS: list(self.names),
            _FACTS: dict(self.facts),
            "summary": self.dataset.summary,
            ROWS_OF_ONE_EVENT: self.dataset.joins_rows,
        }

    @property
    def mapping(self) -> dict[str, str]:
        """The facts as a mapping tells them, without those that the file leaves open and nothing hangs on."""
        return {key: fact for key, fact in self.facts.items() if fact and key != NOTE}

    def decoder(self, cells_of: Callable[[bytes], Cells]) -> Decoder:
        """Return what makes events of records that `cells_of` takes apart, by the names that they are written by."""
        return CellDecoder(lambda raw: self.cells(cells_of(raw)), self.rules.event, self.rules.title.of)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that tables of many events are made of, as they are written, each once."""
        written = {known: name for name, known in self.names.items()}
        return tuple(written.get(known, known) for known in RuledFields(self.rules).columns)

    def field_reader(self) -> Callable[[FieldColumns, Sequence[int]], EventFields]:
        """Return what gives the fields of some records, as the rules make the event of each, and each remark once."""
        ruled, columns = RuledFields(self.rules), self.columns

        def fields(cells: FieldColumns, numbers: Sequence[int]) -> EventFields:
            # What the first records do not have, others may.
            found = [
                [self._plain(known, cell) for cell in cells(written)]
                for written, known in zip(columns, ruled.columns, strict=True)
            ]
            rows = list(zip(*found, strict=True))
            return ruled(ParsedCells(ruled.columns, rows), np.array(numbers, np.int64))

        return fields

    def fields(self, cells: FieldColumns, numbers: Sequence[int]) -> EventFields:
        """Return the fields of some records, with all that is remarked of these."""
        return self.field_reader()(cells, numbers)

    def _plain(self, known: str, cell: str) -> str:
        """Return the cell of a column of whole numbers as these are written."""
        match = _WHOLE.fullmatch(cell) if known in self.dataset.whole_numbers else None
        return match[1] if match is not None else cell


def coded_records(table: TableSource, mapping: Mapping[str, str], file: str) -> CodedRecords | None:
    """Return how records are read that are of a coded dataset, None for others, and where fields are mapped.

    Raises ReadError where only the user can tell what the dataset must know of them.
    """
    dataset = coded_dataset(table.columns) if mapping.keys() <= _SETTINGS else None
    if dataset is None:
        return None
    known = _known_table(table, dataset)
    facts = dataset.facts_of(known, _told(mapping), file) if dataset.facts_of is not None else {}
    return CodedRecords(dataset, facts, dataset.rules_of(facts), dict(zip(table.columns, known.columns, strict=True)))


def coded_records_of(layout: Mapping[str, object]) -> CodedRecords | None:
    """Return what `as_layout` gave, None for a layout of another table."""
    dataset = next((one for one in _datasets() if one.name == layout.get(_DATASET)), None)
    if dataset is None:
        return None
    columns, facts = layout[_COLUMNS], layout[_FACTS]
    if not (isinstance(columns, list | tuple) and isinstance(facts, Mapping)):
        raise TypeError("the layout of a table names its columns")
    told = {str(key): str(value) for key, value in facts.items()}
    written = tuple(map(str, columns))
    shape = dataset.shape_of("", [written])
    names = shape.columns if shape is not None else written
    return CodedRecords(dataset, told, dataset.rules_of(told), dict(zip(written, names, strict=True)))


def asked_table(table: TableSource, mapping: Mapping[str, str], file: str) -> TableSource:
    """Return a table, of a coded dataset with what the user is to be asked of it."""
    dataset = coded_dataset(table.columns) if mapping.keys() <= _SETTINGS else None
    if dataset is None:
        return table
    questions: tuple[Question, ...] = ()
    if dataset.questions_of is not None:
        questions = dataset.questions_of(_known_table(table, dataset), _told(mapping), file)
    return replace(table, questions=questions)


def coded_dataset(columns: Sequence[str]) -> CodedTable | None:
    """Return the coded dataset that has these columns, None for none."""
    return next((one for one in _datasets() if columns and one.shape_of("", [columns]) is not None), None)


def _datasets() -> tuple[CodedTable, ...]:
    return (
        ucdp_ged.TABLE,
        ucdp_prio.TABLE,
        ucdp_yearly.TABLE,
        acled.TABLE,
        timesketch.TABLE,
        gdelt.TABLE,
        gdelt_mentions.TABLE,
        gdelt_reduced.TABLE,
        gtd.TABLE,
        cow.TABLE,
        scad.TABLE,
        icews.TABLE,
        polecat.TABLE,
        phoenix.TABLE,
    )


def _known_table(table: TableSource, dataset: CodedTable) -> TableSource:
    """Return a table with its columns called as the dataset calls them."""
    shape = dataset.shape_of("", [table.columns])
    if shape is None:
        raise ValueError("the columns are of this dataset")
    written = dict(zip(shape.columns, table.columns, strict=True))

    def scan(names: Sequence[str]) -> Iterator[Sequence[Sequence[str]]]:
        return table.scan([written[name] for name in names])

    return replace(table, columns=shape.columns, scan=scan)


def _told(mapping: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in mapping.items() if key == _DATE_ORDER}
