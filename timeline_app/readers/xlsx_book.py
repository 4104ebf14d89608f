"""The sheets of a spreadsheet in Office Open XML as rows of texts.

Values are those that the file has: of a formula the one that was worked out last, or else the formula itself. Numbers
that are shown as dates are dates, by the calendar of 1900 or 1904 that the book has, and with a time only where the
format shows one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from timeline_app.core.calendar import DAY_S
from timeline_app.core.errors import ReadError, WhenError
from timeline_app.readers.date_numbers import serial_date
from timeline_app.readers.formula_links import formula_link
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.xlsx_parts import Package, damaged

_LARGEST_TEXTS = 256 * MEGABYTE
_MOST_CELLS = 16_384
_BOOK = "xl/workbook.xml"
_PLACE = re.compile(r"([A-Za-z]{1,3})\d*")
# Of the formats that every book has without saying so, those that show a day, and those that show a time of day.
_DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
_TIME_FORMATS = frozenset({*range(18, 23), *range(32, 36), *range(45, 48), 55, 56})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass(frozen=True, slots=True)
class Format:
    """Whether the format of a cell shows a day, a time of day, or both."""

    has_day: bool = False
    has_time: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """What the cells of all sheets need: shared texts, formats, the calendar; and the parts of the sheets by name."""

    sheets: dict[str, str]
    texts: list[str]
    formats: list[Format]
    is_1904: bool


def read_book(parts: Package) -> Book:
    """Return what a spreadsheet is made of, its sheets in their order; raises ReadError for what is none."""
    if not parts.has(_BOOK):
        raise ReadError("expected a spreadsheet (.xlsx); found an archive without one", parts.name)
    targets = _targets(parts)
    sheets: dict[str, str] = {}
    is_1904 = False
    for kind, name, attributes, _ in parts.elements(_BOOK):
        if kind == "begin" and name == "workbookPr":
            is_1904 = attributes.get("date1904", "0") in {"1", "true"}
        elif kind == "begin" and name == "sheet":
            part = targets.get(attributes.get("id", ""), "")
            if parts.has(part):
                sheets[attributes.get("name", "")] = part
    return Book(sheets, _shared_texts(parts), _formats(parts), is_1904)


def sheet_rows(parts: Package, book: Book, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a sheet with their numbers; what stands in no cell is empty, rows of nothing may be missing.

    A cell with a formula is its last value, one that is a link by a formula stays one.
    """
    number, cells, cell, value, formula = 0, [""], _Cell(), "", ""
    for kind, name, attributes, text in parts.elements(book.sheets[sheet]):
        if kind == "begin":
            if name == "row":
                number = int(attributes["r"]) if attributes.get("r", "").isdigit() else number + 1
                cells = []
            elif name == "c":
                cell, value, formula = _Cell.of(attributes, len(cells)), "", ""
        elif name == "v" or (name == "t" and cell.kind == "inlineStr"):
            value += text
        elif name == "f":
            formula = f"={text}" if text else ""
        elif name == "c":
            if cell.column >= _MOST_CELLS:
                raise damaged(parts.name, f"row {number} has more than {_MOST_CELLS:,} cells")
            cells += [""] * (cell.column - len(cells))
            shown = _text_of(value, cell, book, parts.name) if value or not formula else ""
            cells.append(_with_formula(shown, value, formula) if formula else shown)
        elif name == "row":
            yield number, cells


def _with_formula(shown: str, value: str, formula: str) -> str:
    """Return what a cell with a formula is: of a link that, with the value that was computed last for its words."""
    link = formula_link(formula)
    if link is not None:
        return str(link._replace(words=shown or link.words))
    return shown if value else formula


def column_number(letters: str) -> int:
    """Return the number that letters give a column, the first 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


@dataclass(frozen=True, slots=True)
class _Cell:
    """Which column a cell stands in, the kind of its value, and the number of its format."""

    column: int = 0
    kind: str = ""
    style: int = 0

    @classmethod
    def of(cls, attributes: dict[str, str], following: int) -> _Cell:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        style = attributes.get("s", "0")
        column = column_number(place[1]) if place is not None else following
        return cls(max(column, following), attributes.get("t", "n"), int(style) if style.isdigit() else 0)


def _text_of(value: str, cell: _Cell, book: Book, file: str) -> str:
    """Return the value of a cell as text, empty for an error such as #N/A."""
    if cell.kind == "s":
        if not value.strip().isdigit() or int(value) >= len(book.texts):
            raise damaged(file, f"there is no shared text {value[:20]}")
        return book.texts[int(value)]
    if cell.kind == "b":
        return "true" if value.strip() == "1" else "false"
    if cell.kind == "e":
        return ""
    if cell.kind != "n" or not value.strip():
        return value
    return _number_text(value.strip(), book.formats[cell.style] if cell.style < len(book.formats) else Format(), book)


def _number_text(value: str, shown: Format, book: Book) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    if not (shown.has_day or shown.has_time) or not 0 <= number < 2_958_466:
        return f"{number:.15g}" if "." in value or "e" in value.lower() else value
    days, part = divmod(number, 1.0)
    if not shown.has_day and days == 0:
        seconds = round(part * DAY_S) % DAY_S
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    try:
        return serial_date(int(days), part if shown.has_time else 0.0, is_1904=book.is_1904)
    except WhenError:
        return value


def _targets(parts: Package) -> dict[str, str]:
    """Return the part that each relation of the book leads to."""
    found: dict[str, str] = {}
    relations = "xl/_rels/workbook.xml.rels"
    for kind, name, attributes, _ in parts.elements(relations) if parts.has(relations) else ():
        if kind == "begin" and name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            found[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    return found


def _shared_texts(parts: Package) -> list[str]:
    """Return the texts that cells name by number, without what is only read aloud."""
    part = "xl/sharedStrings.xml"
    texts: list[str] = []
    pieces: list[str] = []
    is_aloud = False
    size = 0
    for kind, name, _, text in parts.elements(part) if parts.has(part) else ():
        if name == "rPh":
            is_aloud = kind == "begin"
        elif name == "si" and kind == "begin":
            pieces = []
        elif kind == "end" and name == "t" and not is_aloud:
            pieces.append(text)
            size += len(text)
        elif kind == "end" and name == "si":
            texts.append("".join(pieces))
        if size > _LARGEST_TEXTS:
            raise ReadError(f"the spreadsheet has more than {_LARGEST_TEXTS:,} characters of text", parts.name)
    return texts


def _formats(parts: Package) -> list[Format]:
    """Return the format of each style of cells."""
    part = "xl/styles.xml"
    own: dict[int, Format] = {}
    formats: list[Format] = []
    is_within = False
    for kind, name, attributes, _ in parts.elements(part) if parts.has(part) else ():
        number = attributes.get("numFmtId", "0")
        if name == "cellXfs":
            is_within = kind == "begin"
        elif kind == "begin" and name == "numFmt" and number.isdigit():
            own[int(number)] = _format_of(attributes.get("formatCode", ""))
        elif kind == "begin" and name == "xf" and is_within:
            code = int(number) if number.isdigit() else 0
            formats.append(own.get(code, Format(code in _DATE_FORMATS, code in _TIME_FORMATS)))
    return formats


def _format_of(code: str) -> Format:
    """Return what a format that a book defines shows; only its first part is for numbers that are dates."""
    letters = _QUOTED.sub("", code.partition(";")[0]).lower()
    has_time = "h" in letters or "s" in letters
    has_day = "y" in letters or "d" in letters or ("m" in letters and not has_time)
    return Format(has_day, has_time) if not letters.startswith("general") else Format()
