"""From columns of cells to columns of events, each cell that comes again understood once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from timeline_app.core.errors import WhenError
from timeline_app.core.event import USUAL_IMPORTANCE, made_id
from timeline_app.core.text_column import TextColumn
from timeline_app.readers.cited_sources import CITING_FIELDS
from timeline_app.readers.citing_columns import Citing
from timeline_app.readers.coded import Coded, Memo
from timeline_app.readers.columns import ActorCells, ActorNames, EventFields, NameCells
from timeline_app.readers.date_cells import Cells
from timeline_app.readers.day_order import MixedOrders
from timeline_app.readers.event_cells import (
    actor_names,
    actors_of,
    cell_reader,
    date_cells,
    date_reader,
    importance_of,
    is_number_of_importance,
    single_cell,
    tags_of,
)
from timeline_app.readers.event_columns import EventColumns
from timeline_app.readers.list_cells import one_text
from timeline_app.readers.table_settings import DATE_FIELDS
from timeline_app.readers.tree import shortened

# The cells of a column, one for each record.
FieldColumns = Callable[[str], Sequence[str]]

# The fields that `FieldReader.fields` looks at: what is drawn and filtered, and what makes a record one that is read.
READ_FIELDS = frozenset(
    {"id", "title", "type", "place", "importance", "actors", "roles", "tags", *DATE_FIELDS, *CITING_FIELDS}
)

_NO_DATE = "2000-01-01"
_MOST_DATES_KEPT = 200_000


class FieldReader:
    """Makes the fields of a batch from columns of cells; told of strange values once for each."""

    def __init__(self, columns: EventColumns) -> None:
        self._columns = columns
        self._date_of = date_reader(columns)
        self._known_dates: dict[Cells, str] = {}
        # The dates of which all rows tell the order, or the user does, are held to it.
        dated = [field for field in DATE_FIELDS if columns.parts(field) and not columns.is_own]
        self._mixed = {field: MixedOrders() for field in dated if field not in columns.orders}
        self._strange: set[str] = set()
        self._graded: set[str] = set()
        self._cites = any(map(columns.gives, CITING_FIELDS[1:]))

    def fields(self, cells: FieldColumns, numbers: Sequence[int]) -> EventFields:
        """Return the fields of some records, as `decode_event` has them."""
        column = partial(self._cells, cells, len(numbers))
        coded = partial(self._coded, cells, len(numbers))
        importance = Memo(importance_of)
        graded = [importance[cell] for cell in column("importance")]
        titles = column("title")
        whens, faults, odd = self._dates(cells, len(numbers))
        faults |= {
            row: "title: expected a text; found nothing" for row, title in enumerate(titles) if not title.strip()
        }
        citing = Citing(coded, cites=self._cites)
        return EventFields(
            ids=TextColumn.of(self._ids(column("id"), numbers)),
            whens=whens,
            types=coded("type").mapped(one_text),
            places=coded("place").mapped(one_text),
            importance=np.array([USUAL_IMPORTANCE if grade is None else grade for grade in graded], np.uint8),
            actors=self._actors(column, coded),
            sources=citing.names(),
            tags=NameCells(coded("tags"), tags_of),
            faults=dict(sorted(faults.items())),
            remarks=sorted(odd + self._remarks(column("importance"), importance)),
            disputed=citing.disputed(),
            known=citing.known(),
            notes=self._graded_notes(column("importance"), importance),
        )

    def _cells(self, cells: FieldColumns, count: int, field: str) -> Sequence[str]:
        columns = self._columns
        names = columns.parts(field)
        if field in columns.constants:
            return [columns.constants[field]] * count
        if len(names) > 1:
            of_rows = zip(*map(cells, names), strict=True)
            return [single_cell(columns, field, parts) for parts in of_rows]
        if not names:
            return [""] * count
        reader = cell_reader(columns, field)
        return cells(names[0]) if reader is str else list(map(reader, cells(names[0])))

    def _coded(self, cells: FieldColumns, count: int, field: str) -> Coded[str]:
        """Return the cells of a field, those that are alike once."""
        columns = self._columns
        names = columns.parts(field)
        if field in columns.constants or not names:
            return Coded.same(columns.constants.get(field, ""), count)
        if len(names) > 1:
            found = Coded.of(list(zip(*map(cells, names), strict=True)))
            return found.mapped(lambda parts: single_cell(columns, field, parts))
        single = Coded.of(cells(names[0]))
        reader = cell_reader(columns, field)
        return single if reader is str else single.mapped(reader)

    def _ids(self, cells: Sequence[str], numbers: Sequence[int]) -> list[str]:
        return [cell.strip() or made_id(number) for cell, number in zip(cells, numbers, strict=True)]

    def _dates(self, cells: FieldColumns, count: int) -> tuple[Coded[str], dict[int, str], list[tuple[int, str]]]:
        """Return the dates in EDTF, and by their rows what is wrong with those that are none and odd about others."""
        columns = self._columns
        names = [columns.parts(field) for field in DATE_FIELDS]
        flat = [name for parts in names for name in parts]
        rows: Coded[Cells]
        if len(flat) == 1:
            single = Coded.of(cells(flat[0]))
            rows = Coded([(cell,) for cell in single.values], single.codes)
        else:
            rows = Coded.of(list(zip(*map(cells, flat), strict=True))) if flat else Coded.same((), count)
        if len(self._known_dates) > _MOST_DATES_KEPT:
            self._known_dates.clear()
        known = self._known_dates
        wrong: dict[int, str] = {}
        odd: list[tuple[int, str]] = []
        texts: list[str] = []
        for number, row in enumerate(rows.values):
            text = known.get(row)
            if text is None:
                try:
                    text = known[row] = self._date(row)
                    odd += ((int(np.argmax(rows.codes == number)), remark) for remark in self._odd(row))
                except WhenError as error:
                    wrong[number] = f"when: {error}"
                    text = _NO_DATE
            texts.append(text)
        faulty = np.flatnonzero(np.isin(rows.codes, list(wrong))) if wrong else rows.codes[:0]
        faults = {row: wrong[code] for row, code in zip(faulty.tolist(), rows.codes[faulty].tolist(), strict=True)}
        return Coded.chosen(texts, rows.codes), faults, odd

    def _odd(self, row: Cells) -> Iterator[str]:
        """Say of each part of a date whose column has both orders of day and month that it has another than before."""
        for field, cells in self._cells_of_date(row):
            remark = self._mixed[field].remark(cells[0]) if field in self._mixed else ""
            if remark:
                yield f"{field}: {remark}"

    def _date(self, row: Cells) -> str:
        """Return the date in EDTF of the cells of all columns that have a part of it; raises WhenError."""
        return self._date_of(*(cells for _, cells in self._cells_of_date(row)))

    def _cells_of_date(self, row: Cells) -> Iterator[tuple[str, Cells]]:
        """Give each field of a date with the cells that it stands in."""
        columns, begin = self._columns, 0
        for field in DATE_FIELDS:
            end = begin + len(columns.parts(field))
            yield field, date_cells(columns, field, row[begin:end])
            begin = end

    def _actors(
        self, column: Callable[[str], Sequence[str]], coded: Callable[[str], Coded[str]]
    ) -> ActorCells[str] | ActorCells[tuple[str, str]]:
        if not (self._columns.parts("roles") or "roles" in self._columns.constants):
            return ActorCells(coded("actors"), actor_names)
        both = Coded.of(list(zip(column("actors"), column("roles"), strict=True)))
        return ActorCells(both, lambda cells: ActorNames.of(actors_of(*cells)))

    def _remarks(self, cells: Sequence[str], importance: Mapping[str, int | None]) -> list[tuple[int, str]]:
        strange = {cell for cell, grade in importance.items() if grade is None} - self._strange
        self._strange |= strange
        expected = "importance: expected a whole number from 1 to 5, a letter from A to E, or a word such as high"
        return [
            (cells.index(cell), f'{expected}; found "{shortened(cell)}"; taken as {USUAL_IMPORTANCE}')
            for cell in sorted(strange)
        ]

    def _graded_notes(self, cells: Sequence[str], importance: Mapping[str, int | None]) -> list[tuple[int, str]]:
        """Say of each letter and word that grades events which importance it is taken for."""
        graded = {cell for cell, grade in importance.items() if grade is not None and cell.strip()} - self._graded
        self._graded |= graded
        return [
            (cells.index(cell), f"importance: “{shortened(cell)}” is read as {importance[cell]} of 5")
            for cell in sorted(graded)
            if not is_number_of_importance(cell)
        ]
