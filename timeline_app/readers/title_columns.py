"""Find what can be the title of each event in a table of which no column is called one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from timeline_app.readers.blank_cells import filled
from timeline_app.readers.column_kinds import ColumnKind
from timeline_app.readers.column_names import simple_name
from timeline_app.readers.event_columns import EventColumns, known_fields
from timeline_app.readers.table_source import TableSource

# Who, what and where: a title is made of two of these at least, and of all that there are.
_TELLING = ("actors", "type", "place")
_FEWEST_TELLING = 2
_SPEAKING = frozenset({ColumnKind.NAME, ColumnKind.WORDS})
_MOSTLY = 0.9
# Fewer records without a title are rather faulty themselves.
_FEW_GAPS = 0.2
_FEWEST_WORDS = 3
# Longer texts are told below a title; which, only the user can say.
_MOST_LETTERS = 500


def with_title(columns: EventColumns, table: TableSource, kinds: Mapping[str, ColumnKind]) -> EventColumns:
    """Return the columns with a title where none is known: a short description, or else who, what and where.

    What is called a title, and is empty in many records, is followed by who, what and where. Where one column alone
    says anything in words, it is the title, up to a paragraph. The same columns where they have one otherwise, and
    where another column may be meant, so that only the user can tell.
    """
    if columns.is_own or "title" in columns.constants:
        return columns
    named = columns.parts("title")
    if named:
        has_gaps = len(named) == 1 and _share_of_gaps(table, named[0]) > _FEW_GAPS
        return _made(columns, kinds, named) if has_gaps else columns
    description = columns.parts("summary")
    has_gaps = bool(description) and _share_of_gaps(table, description[0]) > 0
    if len(description) == 1 and kinds[description[0]] is ColumnKind.NAME and not has_gaps:
        return _titled(columns, description[0])
    others = [name for name, kind in kinds.items() if _is_left(columns, name, kind) and _may_be_title(table, name)]
    made = _made(columns, kinds)
    if made is not columns:
        return columns if others else made
    telling = [*others, *(name for name in description if kinds[name] in {ColumnKind.NAME, ColumnKind.TEXT})]
    if len(telling) == 1 and _share_of_gaps(table, telling[0]) == 0 and _letters(table, telling[0]) <= _MOST_LETTERS:
        return _titled(columns, telling[0])
    # What is called a title, and holds numbers alone, is one all the same where there is nothing better.
    numbered = known_fields(table.columns).get("title")
    return columns if telling or numbered is None or numbered in columns.used else _titled(columns, numbered)


def _titled(columns: EventColumns, name: str) -> EventColumns:
    """Return the columns with one of them as the title, which is nothing else then."""
    return replace(
        columns, fields={field: column for field, column in columns.fields.items() if column != name} | {"title": name}
    )


def _made(columns: EventColumns, kinds: Mapping[str, ColumnKind], named: tuple[str, ...] = ()) -> EventColumns:
    """Return the columns with a title of who, what and where behind what names it, the same where these are too few."""
    telling = [_speaking(columns, field, kinds) for field in _TELLING]
    if sum(map(bool, telling)) < _FEWEST_TELLING:
        return columns
    fields = {field: name for field, name in columns.fields.items() if field != "title"}
    title = tuple(dict.fromkeys((*named, *(name for names in telling for name in names))))
    return replace(columns, fields=fields, joined={**columns.joined, "title": title})


def _share_of_gaps(table: TableSource, name: str) -> float:
    """Return how many of the first records have nothing in a column, from 0 to 1."""
    cells = table.cells(name)
    return sum(not filled(cell).strip() for cell in cells) / max(len(cells), 1)


def _letters(table: TableSource, name: str) -> float:
    """Return how long the first cells of a column are, taken together."""
    cells = table.cells(name)
    return sum(map(len, cells)) / max(len(cells), 1)


def _is_left(columns: EventColumns, name: str, kind: ColumnKind) -> bool:
    return name not in columns.used and kind in {ColumnKind.NAME, ColumnKind.TEXT}


def _may_be_title(table: TableSource, name: str) -> bool:
    """Tell whether nearly every cell of a column says something of its own, in several words or as a name."""
    cells = [text for cell in table.cells(name) if (text := filled(cell).strip())]
    is_name = simple_name(name).endswith(("name", "title"))
    are_words = is_name or sum(len(text.split()) >= _FEWEST_WORDS for text in cells) >= _MOSTLY * len(cells)
    return are_words and len(set(cells)) >= _MOSTLY * len(cells)


def _speaking(columns: EventColumns, field: str, kinds: Mapping[str, ColumnKind]) -> tuple[str, ...]:
    """Return the columns of a field whose cells are names or words, not the numbers that stand for them."""
    return tuple(name for name in columns.parts(field) if kinds[name] in _SPEAKING)
