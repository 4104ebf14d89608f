"""Go through a large sheet for TimelineJS row by row: its title slide first, then what its rows say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from timeline_app.core.errors import ReadError
from timeline_app.readers.delimited import column_names, table_head
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.row_texts import row_records
from timeline_app.readers.single_records import NOTHING_BESIDE, SingleRecord
from timeline_app.readers.timelinejs_sheet import Sheet, SheetRow
from timeline_app.readers.tree import ListNode, MappingNode, Node

# A row that is the title slide says so in some column.
_TITLE_WORDS = ("title", "start")


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet of any size; `title` is the number of the row that is its title slide, 0 where there is none.

    `root` is the timeline without its slides, as its JSON would have it.
    """

    sheet: Sheet
    title: int
    root: MappingNode

    @classmethod
    def of(cls, file: LineFile) -> SheetRows:
        """Look for the title slide of a sheet; raises ReadError for what is no table."""
        found = table_head(file.head_text())
        if found is None:
            raise ReadError("expected the columns of a sheet for TimelineJS", file.name, 1, 1)
        header = next((row for row, _ in row_records(file, found[0])), [])
        sheet = Sheet(found[0], column_names([cell.text for cell in header]))
        entries: dict[str, tuple[int, Node]] = {"events": (0, ListNode(0)), "eras": (0, ListNode(0))}
        for number, record in enumerate(_rows(file, sheet), start=1):
            row = _title_row(sheet, record.text)
            if row is not None:
                return cls(sheet, number, MappingNode(0, entries | {"title": (0, row.node)}))
        return cls(sheet, 0, MappingNode(0, entries))

    def records(self, file: LineFile, beside_era: Mapping[str, str]) -> Iterator[SingleRecord]:
        """Give the rows that are events or eras, what stands beside an era with each of those."""
        for number, record in enumerate(_rows(file, self.sheet), start=1):
            if number == self.title:
                continue
            row = self.sheet.in_text(record.text) if "era" in record.text.lower() else None
            beside = beside_era if row is not None and row.is_era else NOTHING_BESIDE
            yield SingleRecord(record.text, record.line, record.column, record.bytes_read, beside)


def _title_row(sheet: Sheet, text: str) -> SheetRow | None:
    """Return the row of a text that may be the title slide, None for any other."""
    written = text.lower()
    row = sheet.in_text(text) if any(word in written for word in _TITLE_WORDS) else None
    return row if row is not None and row.is_title else None


def _rows(file: LineFile, sheet: Sheet) -> Iterator[SingleRecord]:
    """Give the rows behind the header that say something."""
    return (record for _, record in islice(row_records(file, sheet.delimiter), 1, None))
