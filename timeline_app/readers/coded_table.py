"""The reader of a coded dataset: a table in batches, whose columns have fixed names and one meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType

from timeline_app.core.batches import Decoder
from timeline_app.core.errors import ReadError
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.coded_rules import EventRules, RuledFields
from timeline_app.readers.column_finding import question_of_encoding
from timeline_app.readers.delimited import TableShape, cells_of_row, scanned_cells, table_head, table_of_text
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.further_rows import ROWS_OF_ONE_EVENT
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.question import Question
from timeline_app.readers.reader import Reader, ReaderOption
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.table_stream import delimited_stream
from timeline_app.readers.text_reader import text_reader

# What is found out of a file before it is read, as plain values: the order of its dates, say.
Facts = Mapping[str, str]
# Among them what is to be told of how they were found out.
NOTE = "note"


def always(rules: EventRules) -> Callable[[Facts], EventRules]:
    """Return rules that need to know nothing of a file."""
    return lambda facts: rules  # noqa: ARG005 — nothing of it is needed


@dataclass(frozen=True, slots=True)
class CodedTable:
    """A dataset as its files come.

    `head_of` returns the delimiter and the first rows of a text; `shape_of` takes them, and returns None where they are
    not of this dataset.
    `facts_of` finds out what `rules_of` must know of a file; it raises ReadError where that cannot be told, and
    `questions_of` returns what the user is to be asked for it. Both take the table with its columns as they are known,
    what the user has told, and the name of the file; they are None for a dataset that leaves nothing open.
    One that `joins_rows` may have several for an event, see readers/further_rows.py. `whole_numbers` are columns that a
    data frame with gaps in it writes as 3.0.
    """

    name: str
    endings: tuple[str, ...]
    description: str
    recognised_by: str
    title: str
    summary: str
    shape_of: Callable[[str, Sequence[Sequence[str]]], TableShape | None]
    rules_of: Callable[[Facts], EventRules]
    head_of: Callable[[str], tuple[str, list[list[str]]] | None] = table_head
    facts_of: Callable[[TableSource, Mapping[str, str], str], Facts] | None = None
    questions_of: Callable[[TableSource, Mapping[str, str], str], tuple[Question, ...]] | None = None
    options: tuple[ReaderOption, ...] = field(default=())
    joins_rows: bool = False
    whole_numbers: frozenset[str] = frozenset()

    def reader(self) -> Reader:
        """Return the reader of the dataset."""
        return text_reader(
            name=self.name,
            endings=self.endings,
            description=self.description,
            recognised_by=self.recognised_by,
            score=self.score,
            stream=self.stream,
            decoder=self.decoder,
            options=self.options,
            table=self.table if self.questions_of is not None else None,
        )

    def score(self, head: bytes, name: str) -> float:
        """Tell whether a file is of this dataset, from its first rows."""
        del name
        found = self.head_of(head.decode("utf-8", "replace").removeprefix("\ufeff"))
        return 0.0 if found is None or self.shape_of(*found) is None else 1.0

    def stream(self, file: LineFile, mapping: Mapping[str, str]) -> FileStream:
        """Open a file; raises ReadError when it is not of this dataset."""
        shape = self._shape(file)
        facts = self.facts_of(_source(file, shape), mapping, file.name) if self.facts_of is not None else {}
        layout = MappingProxyType(
            {
                "delimiter": shape.delimiter,
                "columns": list(shape.columns),
                "facts": dict(facts),
                "summary": self.summary,
                ROWS_OF_ONE_EVENT: self.joins_rows,
            }
        )
        return delimited_stream(file, shape, self.title, layout, RuledFields(self.rules_of(facts)))

    def table(self, file: LineFile, mapping: Mapping[str, str]) -> TableSource:
        """Return a file as a table with what the user is to be asked of it; raises ReadError as `stream` does."""
        source = _source(file, self._shape(file))
        questions: tuple[Question, ...] = ()
        if source.encoding is not None:
            questions = (question_of_encoding(source.encoding),)
        elif self.questions_of is not None:
            questions = self.questions_of(source, mapping, file.name)
        return replace(source, questions=questions)

    def decoder(self, layout: Mapping[str, object]) -> Decoder:
        """Return what makes whole events of the rows of a file with this layout."""
        columns, facts = layout["columns"], layout["facts"]
        if not (isinstance(columns, list | tuple) and isinstance(facts, Mapping)):
            raise TypeError("the layout of a table names its columns")
        rules = self.rules_of({str(key): str(value) for key, value in facts.items()})
        cells_of = partial(cells_of_row, tuple(map(str, columns)), str(layout["delimiter"]))
        return CellDecoder(cells_of, rules.event, rules.title.of)

    def _shape(self, file: LineFile) -> TableShape:
        found = self.head_of(file.head_text())
        shape = self.shape_of(*found) if found is not None else None
        if shape is None:
            raise ReadError(f"expected {self.recognised_by}; found none", file.name, 1)
        return shape


def _source(file: LineFile, shape: TableShape) -> TableSource:
    """Return a file as a table whose columns have the names that they are known by."""
    source = table_of_text(file, {})[1]
    return replace(source, columns=shape.columns, scan=partial(scanned_cells, file, shape), settings={})
