"""Make of a sheet for TimelineJS what its JSON says, so that both are read alike.

Sheets of version 3 have a column for each part of a date; those of version 1 have Start Date, End Date and Tag, the
month first. Case and blanks in the names make no difference. The first row of the type “title” (in version 1 “start”)
is the title slide, further ones are events, as TimelineJS has it; rows of the type “era” are eras. Columns of other
names are kept. Written by TimelineJS's own reader of sheets and the columns of its template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline_app.readers.delimited import table_head
from timeline_app.readers.placed_cells import PlacedRow, filled_rows, placed_row, placed_table
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, Tree

_BETWEEN = re.compile(r"[\W_]+")
_WEB = re.compile(r"(?:https?:)?//?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?\s*(?:([AaPp])\.?[Mm]\.?)?", re.ASCII)
_CLOCK_PARTS = ("hour", "minute", "second", "millisecond")
_HALF_DAY_HOURS = 12

_DATE_COLUMNS = ({"year", "headline"}, {"startdate", "headline"})
_OWN_COLUMNS = frozenset(
    {"media", "mediacredit", "mediacaption", "mediathumbnail", "displaydate", "endyear", "endmonth", "background"}
)
_FEWEST_COLUMNS = 2
_DATES = {
    "start_date": {"year": "year", "month": "month", "day": "day", "time": "time"},
    "end_date": {"year": "endyear", "month": "endmonth", "day": "endday", "time": "endtime"},
}
_TEXT = {"headline": "headline", "text": "text"}
_MEDIA = {
    "url": "media",
    "credit": "mediacredit",
    "caption": "mediacaption",
    "thumbnail": "mediathumbnail",
    "alt": "alttext",
}
_PLAIN = {"startdate": "start_date", "enddate": "end_date", "tag": "group", "displaydate": "display_date"}
_TITLES, _ERA = frozenset({"title", "start"}), "era"


def is_sheet(head: bytes) -> bool:
    """Tell whether a file begins with the columns of a sheet for TimelineJS."""
    found = table_head(head.decode("utf-8", "replace").removeprefix("\ufeff"))
    names = set(map(_simple, found[1][0])) if found is not None else set()
    return any(dates <= names for dates in _DATE_COLUMNS) and len(names & _OWN_COLUMNS) >= _FEWEST_COLUMNS


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a sheet, and what stands between them."""

    delimiter: str
    columns: tuple[str, ...]

    def of_row(self, row: PlacedRow) -> SheetRow:
        """Return what a row says."""
        if row.fault:
            return SheetRow("", TextNode(row.fault, row.offset))
        names = {column: _simple(column) for column in self.columns}
        cells = {names[column]: cell for column, cell in row.cells.items()}
        kind = cells["type"].text.strip().lower() if "type" in cells else ""
        return SheetRow(kind, _slide(row, cells, self.columns, names))

    def in_text(self, text: str) -> SheetRow | None:
        """Return what the one row of a text says, None for a blank one."""
        rows = filled_rows(text, self.delimiter)
        return self.of_row(placed_row(rows[0], self.columns)) if rows else None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet as its JSON would have it, a text where it is none; `kind` is what its type says."""

    kind: str
    node: Node

    @property
    def is_title(self) -> bool:
        """Whether it may be the title slide, which the first such row is."""
        return self.kind in _TITLES

    @property
    def is_era(self) -> bool:
        """Whether it is an era."""
        return self.kind == _ERA


def sheet_tree(text: SourceText) -> Tree:
    """Return the timeline that a sheet is, as its JSON would have it; rows that are none are texts."""
    found = table_head(text.text)
    columns, rows = placed_table(text.text, found[0]) if found is not None else ((), [])
    sheet = Sheet(found[0] if found is not None else "", columns)
    events, eras = ListNode(0, end_offset=len(text.text)), ListNode(0, end_offset=len(text.text))
    root = MappingNode(0, {"events": (0, events), "eras": (0, eras)})
    for row in map(sheet.of_row, rows):
        if row.is_title and "title" not in root.entries:
            root.entries["title"] = (row.node.offset, row.node)
        else:
            (eras if row.is_era else events).items.append(row.node)
    return Tree(root)


def _slide(
    row: PlacedRow, cells: Mapping[str, TextNode], columns: Sequence[str], names: Mapping[str, str]
) -> MappingNode:
    """Return a row as a slide; columns of other names keep these."""
    slide = MappingNode(row.offset)
    taken = {"type", *_TEXT.values(), *_MEDIA.values()}
    for key, parts in _DATES.items():
        taken |= set(parts.values())
        _put(slide, key, _date({part: cells[name] for part, name in parts.items() if name in cells}))
    _put(slide, "text", _group(_TEXT, cells))
    _put(slide, "media", _group(_MEDIA, cells))
    for column in columns:
        name = names[column]
        cell = row.cells.get(column)
        if cell is None or name in taken:
            continue
        if name == "background":
            key = "url" if _WEB.match(cell.text.strip()) else "color"
            _put(slide, name, MappingNode(cell.offset, {key: (cell.offset, cell)}))
        else:
            _put(slide, _PLAIN.get(name, name if name == "group" else column), cell)
    return slide


def _date(parts: dict[str, TextNode]) -> Node | None:
    """Return a date in its parts, where it has any; a time of day that is none stands as its hour, to be told."""
    if not parts:
        return None
    time = parts.pop("time", None)
    entries: dict[str, tuple[int, Node]] = {part: (cell.offset, cell) for part, cell in parts.items()}
    offset = min(cell.offset for cell in (*parts.values(), *((time,) if time is not None else ())))
    if time is not None:
        match = _CLOCK.fullmatch(time.text.strip())
        numbers = _clock(match) if match is not None else (time.text,)
        entries |= {
            name: (time.offset, TextNode(number, time.offset))
            for name, number in zip(_CLOCK_PARTS, numbers, strict=False)
            if number
        }
    return MappingNode(offset, entries)


def _clock(match: re.Match[str]) -> tuple[str, ...]:
    hour, minute, second, thousandths, half = match.groups(default="")
    if half and 1 <= int(hour) <= _HALF_DAY_HOURS:
        hour = str(int(hour) % _HALF_DAY_HOURS + (_HALF_DAY_HOURS if half in "Pp" else 0))
    return hour, minute, second, thousandths.ljust(3, "0") if thousandths else ""


def _group(keys: Mapping[str, str], cells: Mapping[str, TextNode]) -> MappingNode | None:
    found: dict[str, tuple[int, Node]] = {
        key: (cells[name].offset, cells[name]) for key, name in keys.items() if name in cells
    }
    return MappingNode(min(offset for offset, _ in found.values()), found) if found else None


def _put(slide: MappingNode, key: str, node: Node | None) -> None:
    if node is not None:
        slide.entries.setdefault(key, (node.offset, node))


def _simple(name: str) -> str:
    return _BETWEEN.sub("", name.casefold())
