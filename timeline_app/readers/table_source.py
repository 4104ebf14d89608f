"""A table of which the columns are to be understood: their names, its first rows, and a way to go through all of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from timeline_app.readers.question import Question

# Gives, part by part, the cells of some columns of the whole table: for each column one list. What has one place in all
# lists stands in one record; what is alike in all of them may come once.
ColumnScan = Callable[[Sequence[str]], Iterator[Sequence[Sequence[str]]]]


@dataclass(frozen=True, slots=True)
class UnknownEncoding:
    """The first byte of a text that is not UTF-8 with its line and column, and what the text may be in.

    Each of the encodings stands with a line so decoded.
    """

    byte: int
    line: int
    column: int
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TableSource:
    """What a reader tells of a table before its columns are understood.

    `rows` are its first records, each with a cell for each column. `line` is where its columns are named, 0 where that
    is no line. `settings` says how the table is read, as a mapping does, and `choices` what else each of these could
    be. `encoding` is there for a text that is not UTF-8. `questions` are those of a table whose columns have fixed
    names, None for one that is yet to be understood. `tagged` has the columns of fields that tags of HXL tell, `linked`
    the column of addresses for each whose cells lead to the web. `formula_columns` goes through the whole table for the
    columns with links by formulas.
    """

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    scan: ColumnScan
    line: int = 0
    has_header: bool = True
    settings: dict[str, str] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    encoding: UnknownEncoding | None = None
    questions: tuple[Question, ...] | None = None
    tagged: Mapping[str, str] = field(default_factory=dict)
    linked: Mapping[str, str] = field(default_factory=dict)
    formula_columns: Callable[[], Collection[str]] = tuple
    _places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked of every column, of which there may be thousands.
        object.__setattr__(self, "_places", {name: place for place, name in enumerate(self.columns)})

    def cells(self, column: str) -> list[str]:
        """Return the first cells of a column."""
        place = self._places[column]
        return [row[place] for row in self.rows]
