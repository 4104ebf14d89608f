"""Take a calendar of any size apart into its records and what stands around them, never all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from timeline_app.core.errors import ReadError
from timeline_app.readers.calendar_lines import read_property
from timeline_app.readers.calendar_record import RECORDS
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree_builder import DEEPEST

LONGEST_RECORD = 16 * MEGABYTE
_FOLD = r"(?:\r\n?|\n)[ \t]"
# A line that begins or ends a component, with those that continue it.
_EDGE = re.compile(
    rf"(?:\A|(?<=[\r\n]))((?:BEGIN|END)(?:{_FOLD})*[:;][^\r\n]*(?:{_FOLD}[^\r\n]*)*)(?:\r\n?|\n|\Z)", re.IGNORECASE
)
_FOLDS = re.compile(_FOLD)


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """Whole lines of a calendar: a record, or what stands around records; `line` is the first of them."""

    text: str
    is_record: bool
    line: int
    bytes_read: int


def calendar_parts(file: LineFile) -> Iterator[CalendarPart]:
    """Give the parts of a file from its beginning, what stands around records in pieces.

    Raises ReadError where it is no text, nests too deeply, or has a record that is longer than any may be.
    """
    splitter = _Splitter(file.name)
    held = ""
    for block in file.blocks():
        text = held + block.content.decode()
        is_last = block.bytes_read >= file.total_bytes
        # The last line may go on in the next block.
        end = len(text) if is_last else _begin_of_last_line(text)
        yield from splitter.parts(text[:end], block.bytes_read, is_last=is_last)
        held = text[end:]


@dataclass(slots=True)
class _Splitter:
    """Tells records from what stands around them; the names are of the components that are open, the outermost first.

    `line` is where the part begins whose pieces are waiting.
    """

    file: str
    line: int = 1
    around: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def parts(self, text: str, bytes_read: int, *, is_last: bool) -> Iterator[CalendarPart]:
        """Give the parts that end in some lines."""
        done = 0
        for edge in _EDGE.finditer(text):
            found = read_property(_FOLDS.sub("", edge[1]), 0, ProblemLog(SourceText("")))
            if found is None:
                continue
            is_begin, name = found.name == "BEGIN", found.value.strip().upper()
            if (is_begin and name in RECORDS) or (not is_begin and self._ends_around(name)):
                # What begins here, or ends around a record, ends that too.
                yield from self._part(text[done : edge.start()], bytes_read)
                done = edge.start()
                self.inside.clear()
            was_inside = bool(self.inside)
            if is_begin:
                self._begin(name)
            else:
                _end(self.inside or self.around, name)
            if was_inside and not self.inside:
                yield from self._part(text[done : edge.end()], bytes_read, is_record=True)
                done = edge.end()
        if is_last or not self.inside:
            yield from self._part(text[done:], bytes_read)
        else:
            self._wait(text[done:])

    def _ends_around(self, name: str) -> bool:
        return bool(self.inside) and name not in self.inside and name in self.around

    def _begin(self, name: str) -> None:
        (self.inside if self.inside or name in RECORDS else self.around).append(name)
        if len(self.inside) + len(self.around) >= DEEPEST:
            raise ReadError(f"nested deeper than {DEEPEST} levels; expected a calendar", self.file, self.line)

    def _part(self, text: str, bytes_read: int, *, is_record: bool = False) -> Iterator[CalendarPart]:
        """Give what was waiting together with a text, where there is anything."""
        self._wait(text)
        whole = "".join(self.pieces)
        if whole:
            yield CalendarPart(whole, is_record or bool(self.inside), self.line, bytes_read)
        self.line += whole.count("\n") + whole.count("\r") - whole.count("\r\n")
        self.pieces.clear()

    def _wait(self, text: str) -> None:
        self.pieces.append(text)
        if sum(map(len, self.pieces)) > LONGEST_RECORD:
            message = f"expected an event of at most {LONGEST_RECORD:,} characters; found more before it ends"
            raise ReadError(message, self.file, self.line)


def unfolded_value(name: str, text: str) -> str:
    """Return the value of the first line of a name in a text, "" where there is none."""
    pattern = rf"(?:\A|(?<=[\r\n])){name}(?:;[^:\r\n]*)?:([^\r\n]*(?:{_FOLD}[^\r\n]*)*)"
    found = re.search(pattern, text, re.IGNORECASE)
    return "" if found is None else _FOLDS.sub("", found[1])


def _end(names: list[str], name: str) -> None:
    """End a component, with those inside that have no end of their own."""
    if name in names:
        while names.pop() != name:
            pass


def _begin_of_last_line(text: str) -> int:
    """Return where the last line begins that does not continue another one."""
    begin = len(text)
    while begin:
        # Its own line break, where it has one, is not what ends the line before.
        end = begin - (2 if text.startswith("\r\n", begin - 2) else 1)
        begin = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
        if text[begin : begin + 1] not in {" ", "\t"}:
            break
    return begin
