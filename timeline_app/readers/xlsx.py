"""Read spreadsheets of Excel, LibreOffice and others: Office Open XML (.xlsx), the first sheet that is a table.

The format came with Excel 2007 (ECMA-376). A sheet is XML in an archive; texts stand apart from it and are named by
number, dates are numbers that only their format tells from others, and a book counts its days from 1900, with a 29
February that never was, or from 1904. What is merged has its value in the first cell alone. Archives that unfold to
more than they may are refused, and so are books that are protected, and those of Excel before 2007. A sheet is read as
a stream, so that one of a million rows takes no more memory than its texts. Sheets with the columns of a coded dataset,
such as ACLED, are read by the rules of that (readers/coded_records.py). Tried on books that openpyxl wrote, and on
books made by hand for every quirk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from timeline_app.core.batches import Decoder, RecordBatch
from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.core.errors import ReadError
from timeline_app.readers.cell_batches import CellRow, FieldsOf, cell_batches, record_of_cells
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.coded_records import (
    asked_table,
    coded_dataset,
    coded_records,
    coded_records_of,
)
from timeline_app.readers.column_finding import found_columns
from timeline_app.readers.delimited import column_names, is_header
from timeline_app.readers.event_cells import decode_event, title_of
from timeline_app.readers.event_columns import MAP_OPTION, EventColumns, is_event_table
from timeline_app.readers.field_reader import FieldReader
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.formula_links import words_shown
from timeline_app.readers.hxl_tags import are_hxl_tags, tagged_fields
from timeline_app.readers.line_file import FileIdentity
from timeline_app.readers.reader import LARGEST_DATASET_BYTES, Reader, RecordStream, Streaming
from timeline_app.readers.source_file import SourceFile, opened
from timeline_app.readers.table_settings import table_settings
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.tree import listed, shortened
from timeline_app.readers.whole_dataset import whole_dataset
from timeline_app.readers.xlsx_book import Book, read_book, sheet_rows
from timeline_app.readers.xlsx_links import SheetLinks, formula_places, sheet_links
from timeline_app.readers.xlsx_parts import Package, package

_NAME = "xlsx"
_ROWS_TRIED = 200
_MOST_SHEETS_TRIED = 50
_ARCHIVE = b"PK\x03\x04"
# Of Excel before 2007, and of newer books with a password.
_OLD_BOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class _Source:
    """A sheet of a file, its name in messages, its columns, of which the last are where others lead.

    With `shows_words` links by formulas are their words alone.
    """

    path: Path
    name: str
    sheet: str
    columns: tuple[str, ...]
    links: SheetLinks
    shows_words: bool = False


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is a spreadsheet, from its first bytes."""
    is_called_so = name.lower().endswith((".xlsx", ".xlsm", ".xls"))
    if head.startswith(_OLD_BOOK):
        return 0.6 if is_called_so else 0.2
    if not head.startswith(_ARCHIVE):
        return 0.0
    # No other reader takes an archive; what a damaged one holds by chance is no table.
    return 1.0 if b"xl/" in head else 0.6


def read_xlsx(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
    """Read a whole sheet; raises ReadError when the file is damaged, or no column is a date or a title."""
    stream = open_stream(source.path, source.name, mapping)
    return whole_dataset(stream, decoder(stream.layout), source, _NAME)


def open_stream(path: Path, name: str, mapping: Mapping[str, str]) -> RecordStream:
    """Open a spreadsheet to be read in batches; raises ReadError as `read_xlsx` does."""
    with _opened(path, name) as (parts, book):
        sheet = _chosen_sheet(parts, book, mapping)
        table, links, first_row, first_record = _table(parts, book, sheet, mapping, path)
    coded = coded_records(table, mapping, name)
    if coded is None:
        columns = found_columns(table, mapping, name)
        known, used = columns.as_layout(), columns.mapping
        fields_of: FieldsOf = FieldReader(columns).fields
    else:
        known, used, fields_of = coded.as_layout(), coded.mapping, coded.field_reader()
    layout = MappingProxyType({**known, "mapping": {**used, "sheet": sheet}})
    notes = [Problem(note, name, first_row, level=Level.NOTE) for note in _notes(book, sheet, first_row)]
    if first_record > first_row + table.has_header:
        note = "a row of HXL tags below the header was skipped"
        notes.append(Problem(note, name, first_record - 1, level=Level.NOTE))
    with opened(path, name) as file:
        identity = FileIdentity.of_open_file(file)
    source = _Source(path, name, sheet, table.columns, links, shows_words=coded is not None)
    reading = partial(_batches, source, fields_of, first_record, notes, identity)
    title = path.stem if coded is None else coded.dataset.title
    return FileStream(title, layout, identity.size, reading)


def _notes(book: Book, sheet: str, first_row: int) -> Iterator[str]:
    """Give what is to be told of how a book is read."""
    others = listed([one for one in book.sheets if one != sheet])
    if others:
        yield f"of the sheets only “{sheet}” is read; --map sheet=NAME reads another of {others}"
    if first_row > 1:
        yield f"the table begins in row {first_row}; what stands above is no record"


def open_table(path: Path, name: str, mapping: Mapping[str, str]) -> TableSource:
    """Look at the sheet that is read; raises ReadError when the file is damaged."""
    with _opened(path, name) as (parts, book):
        return asked_table(_table(parts, book, _chosen_sheet(parts, book, mapping), mapping, path)[0], mapping, name)


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes whole events of the records of a sheet with this layout."""
    coded = coded_records_of(layout)
    if coded is not None:
        return coded.decoder(partial(record_of_cells, tuple(coded.names)))
    columns = EventColumns.of_layout(layout)
    cells_of = partial(record_of_cells, columns.columns)
    return CellDecoder(cells_of, partial(decode_event, columns), partial(title_of, columns), columns.is_literal)


@contextmanager
def _opened(path: Path, name: str) -> Iterator[tuple[Package, Book]]:
    """Open a spreadsheet; raises ReadError for an older one, and one that is protected."""
    with opened(path, name) as file:
        is_old = file.read(len(_OLD_BOOK)) == _OLD_BOOK
    if is_old:
        message = "a spreadsheet of Excel before 2007, or one with a password; save it as .xlsx without one, or as CSV"
        raise ReadError(message, name)
    with package(path, name) as parts:
        yield parts, read_book(parts)


def _chosen_sheet(parts: Package, book: Book, mapping: Mapping[str, str]) -> str:
    """Return the sheet that is asked for, or the first whose columns are known, or the first that is a table."""
    asked = table_settings(mapping, parts.name).sheet
    if asked:
        named = [one for one in book.sheets if one.casefold() == asked.casefold()]
        if not named:
            message = f"--map sheet: there is no sheet “{shortened(asked)}”; there are {listed(book.sheets)}"
            raise ReadError(message, parts.name)
        return named[0]
    tables: list[str] = []
    for sheet in islice(book.sheets, _MOST_SHEETS_TRIED):
        rows = _head_rows(parts, book, sheet)
        begin = _begin(rows)
        names = column_names(list(map(words_shown, rows[begin][1]))) if begin is not None else ()
        if is_event_table(names) or coded_dataset(names) is not None:
            return sheet
        tables += [sheet] if begin is not None else []
    if not tables:
        raise ReadError("expected a table in one of the sheets: a header, and rows of as many cells", parts.name)
    return tables[0]


def _table(
    parts: Package, book: Book, sheet: str, mapping: Mapping[str, str], path: Path
) -> tuple[TableSource, SheetLinks, int, int]:
    """Return the table of a sheet, where its cells lead, the row that it begins in, and that of its first record.

    Raises ReadError for a sheet without one.
    """
    rows = _head_rows(parts, book, sheet)
    begin = _begin(rows)
    if begin is None:
        raise ReadError(f"expected a table in sheet “{sheet}”: a header, and rows of as many cells", parts.name)
    first_row, first = rows[begin]
    told = table_settings(mapping, parts.name).has_header
    has_header = is_header(first) if told is None else told
    width = max(len(_trimmed(cells)) for _, cells in rows[begin:])
    header = list(map(words_shown, first[:width])) if has_header else []
    own = column_names([*header, *[""] * (width - len(header))])
    below = [[*cells[:width], *[""] * (width - len(cells))] for _, cells in rows[begin + has_header :]]
    has_tags = has_header and bool(below) and are_hxl_tags(below[0])
    first_record = rows[begin + 1][0] + 1 if has_tags else first_row + has_header
    links = sheet_links(parts, book, sheet, first_record, width)
    names = column_names([*own, *(f"{own[place]} (link)" for place in links.places)])
    numbers = [number for number, _ in rows[begin + has_header :]]
    records = [
        links.widened(number, cells, width)
        for number, cells in list(zip(numbers, below, strict=True))[has_tags:]
        if any(cells)
    ]
    settings = {"sheet": sheet, "header": "yes" if has_header else "no"}
    scan = partial(_scanned, _Source(path, parts.name, sheet, names, links), first_record)
    choices = {"sheet": tuple(book.sheets)}
    tagged = tagged_fields(own, below[0]) if has_tags else {}
    linked = dict(zip((own[place] for place in links.places), names[width:], strict=True))
    table = TableSource(
        *(names, records, scan, first_row, has_header, settings, choices),
        tagged=tagged,
        linked=linked,
        formula_columns=partial(_formula_columns, path, parts.name, sheet, names),
    )
    return table, links, first_row, first_record


def _formula_columns(path: Path, name: str, sheet: str, columns: Sequence[str]) -> set[str]:
    with _opened(path, name) as (parts, book):
        return {columns[place] for place in formula_places(parts, book, sheet) if place < len(columns)}


def _head_rows(parts: Package, book: Book, sheet: str) -> list[tuple[int, list[str]]]:
    return list(islice(sheet_rows(parts, book, sheet), _ROWS_TRIED))


def _begin(rows: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """Return which of some rows a table begins with: the first that is half as full as the fullest, None for none."""
    filled = [sum(1 for cell in cells if cell.strip()) for _, cells in rows]
    fullest = max(filled, default=0)
    if fullest < 2 or sum(count > 0 for count in filled) < 2:
        return None
    return next(place for place, count in enumerate(filled) if count >= max(2, fullest / 2))


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    """Return cells without the empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _records(source: _Source, first_record: int) -> Iterator[CellRow]:
    """Give the rows of a sheet from the first record on."""
    width = len(source.columns) - len(source.links.places)
    with _opened(source.path, source.name) as (parts, book):
        for number, cells in sheet_rows(parts, book, source.sheet):
            if number >= first_record:
                shown = list(map(words_shown, cells)) if source.shows_words else cells
                yield CellRow(number, source.links.widened(number, shown, width), parts.position())


def _scanned(source: _Source, first_record: int, wanted: Sequence[str]) -> Iterator[Sequence[Sequence[str]]]:
    """Give the cells of some columns of a sheet, row by row."""
    places = [source.columns.index(one) for one in wanted]
    for row in _records(source, first_record):
        yield [row.cells[place : place + 1] for place in places]


def _batches(
    source: _Source,
    fields_of: FieldsOf,
    first_record: int,
    notes: Sequence[Problem],
    identity: FileIdentity,
) -> Iterator[RecordBatch]:
    """Read a sheet from its first record; raises ReadError when the file has changed since it was looked at."""
    rows = _records(source, first_record)
    yield from cell_batches(rows, source.columns, fields_of, source.name, notes)
    with opened(source.path, source.name) as file:
        if FileIdentity.of_open_file(file) != identity:
            raise ReadError("the file changed while it was read; open it again", source.name)


READER = Reader(
    name=_NAME,
    endings=(".xlsx", ".xlsm"),
    description="Tables of events in spreadsheets: .xlsx of Excel, LibreOffice and others",
    recognised_by="a spreadsheet whose columns name a title and a date",
    score=score,
    read=read_xlsx,
    largest_bytes=LARGEST_DATASET_BYTES,
    options=(MAP_OPTION,),
    streaming=Streaming(open_stream, decoder),
    table=open_table,
)
