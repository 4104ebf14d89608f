"""Cut the records out of XML of any size: the elements at known places one by one, or else all that stands beside them.

Expat reads the text once in pieces, and makes no tree of it; a record is handed on as it is written, for
readers/xml_tree.py to read alone. What is refused there is refused here: a document type definition, what nests too
deeply, and what is not XML to its end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from timeline_app.core.errors import ReadError
from timeline_app.readers.foreign_record import Draft
from timeline_app.readers.json_reading import LONGEST_ITEM
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.single_records import DraftOf, SingleRecord
from timeline_app.readers.source_file import MEGABYTE
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree_builder import DEEPEST
from timeline_app.readers.xml_tree import DOCTYPE_REFUSED, Element, cut_off_within, declared_encoding, read_xml

# The names of the elements that lead to a record, its own last.
ElementPath = tuple[str, ...]
# Makes an event of a record, what stands beside it, and its number; why there is none is told to the log.
ElementDraftOf = Callable[[Element, Mapping[str, str], int, ProblemLog], Draft | None]

_MOST_BESIDE_BYTES = 8 * MEGABYTE


def xml_file(file: LineFile) -> LineFile:
    """Return a file in the encoding that its first line declares."""
    return file.in_encoding(declared_encoding(file.raw_head))


def xml_records(
    file: LineFile, places: Mapping[ElementPath, Mapping[str, str]], *, is_prefixed: bool = False
) -> Iterator[SingleRecord]:
    """Give the elements at some places in the order of the file, each with what stands beside all of its place.

    Where it `is_prefixed`, what stands for a namespace before a name does not count. Raises ReadError with line and
    column for what is not XML, or longer than a record may be.
    """
    for piece in _Cutting(file, places.keys(), is_prefixed=is_prefixed).pieces():
        if piece.path:
            yield SingleRecord(piece.text.decode(), piece.line, piece.column, piece.bytes_read, places[piece.path])


def beside_records(file: LineFile, paths: Collection[ElementPath], *, is_prefixed: bool = False) -> SourceText:
    """Return a text without the records in it; lines are those of the file as far as to the first of them.

    Raises ReadError as `xml_records` does, and where it is too long to be looked at as a whole.
    """
    found: list[bytes] = []
    size, is_behind_record = 0, False
    for piece in _Cutting(file, paths, is_prefixed=is_prefixed).pieces():
        if not piece.path and not (is_behind_record and piece.text.isspace()):
            found.append(piece.text)
            size += len(piece.text)
        is_behind_record = bool(piece.path)
        if size > _MOST_BESIDE_BYTES:
            message = f"expected at most {_MOST_BESIDE_BYTES:,} bytes beside the records; found more"
            raise ReadError(message, file.name, piece.line, piece.column)
    return SourceText(b"".join(found).decode(), file.name)


def xml_drafts(draft_of: ElementDraftOf) -> DraftOf:
    """Return what makes an event of the text of a record in XML."""

    def draft(beside: Mapping[str, str], number: int, problems: ProblemLog) -> Draft | None:
        try:
            element = read_xml(problems.source)
        except ReadError as error:
            problems.unreadable(error, 0)
            return None
        return draft_of(element, beside, number, problems)

    return draft


@dataclass(frozen=True, slots=True)
class _Piece:
    """A record with the path that leads to it, or with none what stands before the next one; where it begins."""

    path: ElementPath
    text: bytes
    line: int
    column: int
    bytes_read: int


@dataclass(slots=True)
class _Found:
    """A record that expat has met: the bytes at which its first tag begins, and its last tag or what follows it."""

    path: ElementPath
    name: bytes
    begin: int
    line: int
    column: int
    last_tag: int = 0


class _Cutting:
    """One going through a file; bytes are counted from the beginning of its text."""

    def __init__(self, file: LineFile, paths: Collection[ElementPath], *, is_prefixed: bool) -> None:
        # Imported on use: a start that opens no XML does without.
        from xml.parsers import expat

        self._file = file
        self._wanted = frozenset(paths)
        self._is_prefixed = is_prefixed
        self._expat = expat
        self._parser = expat.ParserCreate("utf-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype
        # What is open down to a record, how many elements are open within it, and what of the file is held.
        self._names: list[str] = []
        self._paths: list[ElementPath] = [()]
        self._depth_within = 0
        self._record: _Found | None = None
        self._whole: deque[_Found] = deque()
        self._last_tag = 0
        self._held = b""
        self._held_from = 0
        self._taken = 0
        self._bytes_read = 0

    def pieces(self) -> Iterator[_Piece]:
        """Give what the file consists of."""
        with closing(self._file.texts()) as texts:
            for text, bytes_read in texts:
                self._bytes_read = bytes_read
                content = text.encode()
                self._held += content
                self._parse(content, is_last=False)
                yield from self._cut()
        self._parse(b"", is_last=True)
        self._last_tag = self._held_from + len(self._held)
        yield from self._cut()

    def _parse(self, content: bytes, *, is_last: bool) -> None:
        try:
            self._parser.Parse(content, is_last)
        except self._expat.ExpatError as error:
            reason = self._expat.ErrorString(error.code)
            if is_last and self._names and reason == self._expat.errors.XML_ERROR_NO_ELEMENTS:
                message = cut_off_within(self._names[-1])
            else:
                message = f"this is not XML: {reason}"
            raise ReadError(message, self._file.name, error.lineno, error.offset + 1) from error

    def _cut(self) -> Iterator[_Piece]:
        """Give what is whole by now, and let go of it."""
        while self._whole:
            found = self._whole.popleft()
            if found.begin > self._held_from + self._taken:
                yield self._beside(found.begin)
            yield _Piece(found.path, self._take(self._end_of(found)), found.line, found.column, self._bytes_read)
        open_at = self._last_tag if self._record is None else self._record.begin
        if open_at > self._held_from + self._taken:
            yield self._beside(open_at)
        # Once a piece of the file, so that megabytes are not moved for each record.
        self._held, self._held_from, self._taken = self._held[self._taken :], self._held_from + self._taken, 0
        if len(self._held) > LONGEST_ITEM:
            line, column = self._place() if self._record is None else (self._record.line, self._record.column)
            message = f"expected a record of at most {LONGEST_ITEM:,} bytes; found a longer one, or text beside records"
            raise ReadError(message, self._file.name, line, column)

    def _beside(self, end: int) -> _Piece:
        line, column = self._place()
        return _Piece((), self._take(end), line, column, self._bytes_read)

    def _take(self, end: int) -> bytes:
        """Return what is not yet taken up to a byte of the file."""
        begin, self._taken = self._taken, end - self._held_from
        return self._held[begin : self._taken]

    def _end_of(self, found: _Found) -> int:
        """Return where a record ends; expat tells where its last tag begins, or of an empty one what follows it."""
        place = found.last_tag - self._held_from
        tag = b"</" + found.name
        is_tag = (
            self._held.startswith(tag, place) and self._held[place + len(tag) : place + len(tag) + 1] in b"> \t\r\n"
        )
        return self._held_from + self._held.index(b">", place) + 1 if is_tag else found.last_tag

    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        del attributes
        self._last_tag = self._parser.CurrentByteIndex
        if len(self._names) + self._depth_within == DEEPEST:
            message = f"nested deeper than {DEEPEST} levels; expected a timeline"
            raise ReadError(message, self._file.name, *self._place())
        if self._record is not None:
            self._depth_within += 1
            return
        path = (*self._paths[-1], name.rpartition(":")[2] if self._is_prefixed else name)
        if path in self._wanted:
            self._record = _Found(path, name.encode(), self._last_tag, *self._place())
        self._names.append(name)
        self._paths.append(path)

    def _end(self, name: str) -> None:
        del name
        self._last_tag = self._parser.CurrentByteIndex
        if self._depth_within:
            self._depth_within -= 1
            return
        self._names.pop()
        self._paths.pop()
        if self._record is not None:
            self._record.last_tag = self._last_tag
            self._whole.append(self._record)
            self._record = None

    def _doctype(self, name: str, system_id: str | None, public_id: str | None, has_subset: int) -> None:
        del name, system_id, public_id, has_subset
        raise ReadError(DOCTYPE_REFUSED, self._file.name, *self._place())
