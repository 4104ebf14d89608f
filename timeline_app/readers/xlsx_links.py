"""Where the cells of a sheet lead: addresses behind other words are columns of their own behind the table.

A sheet names the addresses of its links after all of its rows, and the part of its relations holds them. Links of
formulas (`=HYPERLINK(…)`) are not among them: they stand in their cells (readers/formula_links.py), and only which
columns have any is told here.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

from timeline_app.readers.formula_links import FUNCTION_WORDS, formula_link
from timeline_app.readers.parsed_rows import is_blank
from timeline_app.readers.xlsx_book import Book, column_number, sheet_rows
from timeline_app.readers.xlsx_parts import Package

_WEB = ("http://", "https://")
_PLACES = re.compile(r"([A-Za-z]{1,3})(\d{1,7})(?::([A-Za-z]{1,3})(\d{1,7}))?", re.ASCII)
# A sheet of Excel has no more links; a link may be of a range of cells.
_MOST_LINKED = 65_530
# A cell with its place, and the formula in it.
_FORMULA = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br="([A-Z]{1,3})\d{1,7}"[^<>]*>\s*<(?:\w+:)?f\b[^<>]*>([^<]+)<')
_LONGEST_FORMULA_BYTES = 40_000
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_SCHEME_AND_END = re.compile(r"^[a-z]+://(?:www\.)?|^www\.|/$")


@dataclass(frozen=True, slots=True)
class SheetLinks:
    """The addresses that cells lead to, by row and place in it, and the places of the columns that show other words."""

    by_row: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    places: tuple[int, ...] = ()

    def widened(self, number: int, cells: Sequence[str], width: int) -> Sequence[str]:
        """Return the cells of a row of a table of so many columns, with where they lead behind, one for each place."""
        if not self.places:
            return cells
        linked = self.by_row.get(number, {})
        addresses = [_told(cells, place, linked) for place in self.places]
        beyond = () if is_blank(cells[width:]) else cells[width:]
        return [*cells[:width], *[""] * (width - len(cells)), *addresses, *beyond]


def sheet_links(parts: Package, book: Book, sheet: str, first_record: int, width: int) -> SheetLinks:
    """Return where the cells of a table lead, from its first record on."""
    targets = _targets(parts, book.sheets[sheet])
    by_row: dict[int, dict[int, str]] = {}
    for row, place, address in _linked_cells(parts, book.sheets[sheet], targets) if targets else ():
        if row >= first_record and place < width:
            by_row.setdefault(row, {})[place] = address
    undecided = {place for linked in by_row.values() for place in linked}
    places: set[int] = set()
    for number, cells in sheet_rows(parts, book, sheet) if undecided else ():
        found = {place for place in by_row.get(number, ()) if _told(cells, place, by_row[number])}
        places |= found
        undecided -= found
        if not undecided:
            break
    return SheetLinks(by_row, tuple(sorted(places)))


def formula_places(parts: Package, book: Book, sheet: str) -> set[int]:
    """Return the places of the columns in which any cell is a link by a formula."""
    found: set[int] = set()
    rest = b""
    for chunk in parts.chunks(book.sheets[sheet]):
        content = rest + chunk
        # What is cut off is looked at with the next piece; a formula has at most 8,192 characters.
        rest = content[-_LONGEST_FORMULA_BYTES:]
        for match in _FORMULA.finditer(content) if any(word in content for word in FUNCTION_WORDS) else ():
            if formula_link(f"={unescape(match[2].decode('utf-8', 'replace'), _QUOTES)}") is not None:
                found.add(column_number(match[1].decode()))
    return found


def _targets(parts: Package, part: str) -> dict[str, str]:
    """Return the addresses of the web that a sheet has relations to."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    return {
        attributes.get("Id", ""): attributes["Target"]
        for kind, element, attributes, _ in (parts.elements(relations) if parts.has(relations) else ())
        if kind == "begin" and element == "Relationship" and attributes.get("Target", "").lower().startswith(_WEB)
    }


def _linked_cells(parts: Package, part: str, targets: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Give the row and the place of each cell that leads to the web, with its address."""
    count = 0
    for kind, name, attributes, _ in parts.elements(part):
        if kind != "begin" or name != "hyperlink" or attributes.get("id") not in targets:
            continue
        match = _PLACES.fullmatch(attributes.get("ref", ""))
        if match is None:
            continue
        location = attributes.get("location", "")
        address = targets[attributes["id"]] + (f"#{location}" if location else "")
        first, last = column_number(match[1]), column_number(match[3] or match[1])
        for row in range(int(match[2]), int(match[4] or match[2]) + 1):
            for place in range(first, last + 1):
                count += 1
                if count > _MOST_LINKED:
                    return
                yield row, place, address


def _told(cells: Sequence[str], place: int, linked: Mapping[int, str]) -> str:
    """Return where a cell leads that shows other words, "" for any other."""
    address = linked.get(place, "")
    shown = cells[place].strip() if place < len(cells) else ""
    return address if shown and _bare(shown) != _bare(address) else ""


def _bare(address: str) -> str:
    return _SCHEME_AND_END.sub("", address.casefold())
