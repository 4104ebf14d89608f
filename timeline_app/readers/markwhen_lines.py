"""Go through the lines of Markwhen: its header, its events with their lines, and the groups that they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from timeline_app.readers.markwhen_sides import DatedLine, dated_line, looks_dated
from timeline_app.readers.markwhen_words import ID, TAG, words_of

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|$)")
_COMMENT = re.compile(r"(?:^|\s)//(?:\s.*|$)")
_GROUP = re.compile(r"\s*(section|group)(?:\s+(.*))?", re.IGNORECASE)
_GROUP_END = re.compile(r"\s*(endSection|endGroup|end\s+section|end\s+group)\s*", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_PAGE = "_-_-_break_-_-_"
_DAY_FIRST = re.compile(r"\s*dateFormat\s*:\s*[\"']?d", re.IGNORECASE)
PROPERTY = re.compile(r"\s*([A-Za-z][\w .-]{0,40}?)\s*:(?:\s+(.*)|$)")


@dataclass(slots=True)
class MarkwhenRecord:
    """An event as it stands in the file: its date, its lines, and the groups that it is in."""

    line: DatedLine | None
    written: str
    offset: int
    groups: tuple[str, ...]
    tags: tuple[str, ...]
    day_first: bool
    properties: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    id: str = ""


@dataclass(slots=True)
class MarkwhenDocument:
    """What a file says: its header, its events, and what stands in groups outside of events.

    `characters_beside` is how long the header and the texts of groups are together.
    """

    records: list[MarkwhenRecord] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    between: dict[str, list[str]] = field(default_factory=dict)
    characters_beside: int = 0


class MarkwhenReading:
    """Goes through the lines of a file; `record` is the event that what comes next belongs to, None for none."""

    def __init__(self, groups: Sequence[str] = (), tags: Sequence[str] = (), *, within: bool = False) -> None:
        """Begin with a header or, `within` some groups with their tags, with an event."""
        self.document = MarkwhenDocument()
        self.record: MarkwhenRecord | None = None
        self._groups: list[tuple[str, str, int, tuple[str, ...]]] = [("section", name, 0, ()) for name in groups]
        self._groups += [("section", "", 0, tuple(tags))] if tags else []
        self._in_header = not within
        self._in_properties = False
        self._day_first = False

    def take(self, line: str, offset: int) -> None:
        """Take the next line, without what ends it."""
        line = _COMMENT.sub("", line)
        dated = dated_line(line)
        if dated is not None or (looks_dated(line) and not self._in_header):
            self._begin(dated, line, offset)
        elif line.strip() == _PAGE:
            self._groups.clear()
            self.record, self._in_header = None, True
        elif not self._takes_group(line):
            self._take_text(line)

    def _begin(self, dated: DatedLine | None, line: str, offset: int) -> None:
        names = tuple(name for _, name, _, _ in self._groups if name)
        tags = tuple(tag for *_, tags in self._groups for tag in tags)
        begin = offset + len(line) - len(line.lstrip())
        self.record = MarkwhenRecord(dated, line.strip(), begin, names, tags, self._day_first)
        if dated is not None and (own := ID.search(dated.words)):
            self.record.id = own[1]
        self.document.records.append(self.record)
        self._in_header, self._in_properties = False, True

    def _takes_group(self, line: str) -> bool:
        """Begin or end a group or a section, if the line does that."""
        if _GROUP_END.fullmatch(line):
            if self._groups:
                self._groups.pop()
        elif match := _GROUP.fullmatch(line):
            kind = match[1].lower()
            if kind == "group":
                # A group ends where the next one begins, a section may hold others.
                while self._groups and self._groups[-1][0] == "group":
                    self._groups.pop()
            else:
                self._groups.clear()
            self._open(kind, match[2] or "", 0)
        elif match := _HEADING.fullmatch(line):
            level = len(match[1])
            while self._groups and (self._groups[-1][0] != "heading" or self._groups[-1][2] >= level):
                self._groups.pop()
            self._open("heading", match[2], level)
        else:
            return False
        self.record, self._in_header = None, False
        return True

    def _open(self, kind: str, written: str, level: int) -> None:
        tags = tuple(TAG.findall(written))
        self._groups.append((kind, words_of(written).text, level, tags))

    def _take_text(self, line: str) -> None:
        """Take a line of the header, of an event, or of a group."""
        record = self.record
        if self._in_header:
            self.document.header.append(line)
            self.document.characters_beside += len(line)
            self._day_first = self._day_first or _DAY_FIRST.match(line) is not None
        elif record is None:
            if line.strip():
                name = self._groups[-1][1] if self._groups else ""
                self.document.between.setdefault(name, []).append(line.strip())
                self.document.characters_beside += len(line)
        elif self._in_properties and (match := PROPERTY.fullmatch(line)):
            record.properties.setdefault(match[1], match[2] or "")
            if match[1].lower() == "id" and match[2]:
                record.id = match[2].strip()
        else:
            self._in_properties = False
            record.text.append(line)


def lines_of(text: str) -> Iterator[tuple[str, int]]:
    """Give the lines of a text without what ends them, and where each begins."""
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        if match is None:
            return
        yield match[1], position
        position = match.end()
