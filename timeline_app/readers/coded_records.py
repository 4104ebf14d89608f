"""Make events of the records of a coded dataset that does not come as a text table, by the rules of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Origin
from timeline_app.readers import acled, ucdp_prio
from timeline_app.readers.coded_rules import Cells, EventRules
from timeline_app.readers.coded_table import CodedTable
from timeline_app.readers.question import Question
from timeline_app.readers.table_source import TableSource

# What says of such a file how it is read, and not which column is which field.
_SETTINGS = frozenset({"date_order", "records"})


@dataclass(frozen=True, slots=True)
class CodedRecords:
    """The records of a coded dataset: the dataset, its rules for this file, and how it calls each column."""

    dataset: CodedTable
    rules: EventRules
    names: Mapping[str, str]

    def cells(self, written: Cells) -> dict[str, str]:
        """Return the cells of a record by the names that the columns are known by."""
        return {self.names.get(name, name): cell for name, cell in written.items()}

    def event(self, written: Cells, origin: Origin) -> tuple[Event, str] | str:
        """Return the event of a record with the id that the record gives it, or why it can be none."""
        cells = self.cells(written)
        fault = self.rules.fault.of(cells)
        if fault:
            return fault
        try:
            return self.rules.event(cells, origin), self.rules.id.of(cells)
        except WhenError as error:
            return f"when: {error}"


def coded_records(table: TableSource, mapping: Mapping[str, str], file: str) -> CodedRecords | None:
    """Return how records are read that are of a coded dataset, None for others, and where fields are mapped.

    Raises ReadError where only the user can tell what the dataset must know of them.
    """
    dataset = coded_dataset(table.columns) if mapping.keys() <= _SETTINGS else None
    if dataset is None:
        return None
    known = _known_table(table, dataset)
    facts = dataset.facts_of(known, _told(mapping), file) if dataset.facts_of is not None else {}
    return CodedRecords(dataset, dataset.rules_of(facts), dict(zip(table.columns, known.columns, strict=True)))


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
    datasets = (acled.TABLE, ucdp_prio.TABLE)
    return next((one for one in datasets if columns and one.shape_of("", [columns]) is not None), None)


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
    return {key: value for key, value in mapping.items() if key != "records"}
