"""Go through the messages of an Arrow file, and tell what it unfolds to before any of it is unfolded.

Both formats of Arrow are the same messages one after the other: each some metadata (a FlatBuffer) and a body of
buffers. A buffer that is compressed begins with its size when it is not; so a few bytes may ask for gigabytes of
memory.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BufferedIOBase

from timeline_app.readers.source_file import MEGABYTE

MAGIC = b"ARROW1"
# In the file format the messages begin after the magic bytes, which are made up to eight.
MESSAGES_BEGIN = 8

_CONTINUES = 0xFFFFFFFF
_LARGEST_METADATA_BYTES = 16 * MEGABYTE
_SCHEMA, _DICTIONARY, _RECORDS = 1, 2, 3
_LIST_ITEM_BYTES = 16  # a buffer is a place and a length
# How the first version that compressed told so, in what is free text otherwise.
_OLD_COMPRESSION = b"experimental_compression"


class MessageError(ValueError):
    """The messages of a file are not what they must be."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message: of what kind it is, how many records it has, and how many bytes its buffers unfold to."""

    is_dictionary: bool
    row_count: int
    unfolded_bytes: int


def begins_stream(head: bytes) -> bool:
    """Tell whether some bytes are the beginning of a stream of Arrow."""
    try:
        continues, length = struct.unpack_from("<Ii", head)
        if continues != _CONTINUES or not 0 < length <= _LARGEST_METADATA_BYTES:
            return False
        return _header(head[8 : 8 + length])[0] == _SCHEMA
    except (struct.error, MessageError):
        return False


def messages(file: BufferedIOBase, total_bytes: int) -> list[Message]:
    """Return the messages of an open file that hold dictionaries or records; raises MessageError."""
    begins = file.read(len(MAGIC))
    place = MESSAGES_BEGIN if begins == MAGIC else 0
    if place:
        file.seek(total_bytes - len(MAGIC))
        if file.read() != MAGIC:
            raise MessageError("it has no end")
    found = []
    while (length_and_begin := _next_metadata(file, place)) is not None:
        length, begin = length_and_begin
        metadata = file.read(length)
        kind, header, body_bytes = _header(metadata)
        body = begin + length
        if len(metadata) < length or not 0 <= body_bytes <= total_bytes - body:
            raise MessageError("it ends within a message")
        if kind in {_DICTIONARY, _RECORDS}:
            found.append(_message(file, metadata, kind, header, body, body_bytes))
        place = body + body_bytes
    return found


def _next_metadata(file: BufferedIOBase, place: int) -> tuple[int, int] | None:
    """Return how long the metadata at a place is and where it begins, None at the end."""
    file.seek(place)
    mark = file.read(8)
    if not mark:
        return None
    if len(mark) < 8 and mark != bytes(4):
        raise MessageError("it ends within a message")
    first = struct.unpack_from("<I", mark)[0]
    # Before version 0.15 the length stood first.
    length, begin = (struct.unpack_from("<I", mark, 4)[0], place + 8) if first == _CONTINUES else (first, place + 4)
    if length > _LARGEST_METADATA_BYTES:
        raise MessageError("a message is described at too great length")
    file.seek(begin)
    return (length, begin) if length else None


def _message(file: BufferedIOBase, metadata: bytes, kind: int, header: int, body: int, body_bytes: int) -> Message:
    records = header if kind == _RECORDS else _follow(metadata, _field(metadata, header, 1))
    count = _field(metadata, records, 0)
    row_count = _number("<q", metadata, count) if count else 0
    if row_count < 0:
        raise MessageError("it says that it has less than no records")
    unfolded = body_bytes
    if _field(metadata, records, 3) or _OLD_COMPRESSION in metadata:
        unfolded = _unfolded_bytes(file, metadata, records, body, body_bytes)
    return Message(kind == _DICTIONARY, row_count, unfolded)


def _unfolded_bytes(file: BufferedIOBase, metadata: bytes, records: int, body: int, body_bytes: int) -> int:
    """Return how many bytes compressed buffers say that they have."""
    listed = _field(metadata, records, 2)
    if not listed:
        return 0
    total, place = 0, _follow(metadata, listed)
    for number in range(_number("<I", metadata, place)):
        item = place + 4 + number * _LIST_ITEM_BYTES
        begin, length = _number("<q", metadata, item), _number("<q", metadata, item + 8)
        if not 0 <= begin <= begin + length <= body_bytes or length < 0:
            raise MessageError("a buffer lies outside of its message")
        if length >= 8:
            file.seek(body + begin)
            # -1 stands before what was not worth compressing.
            size = struct.unpack("<q", file.read(8))[0]
            total += size if size >= 0 else length
    return total


def _header(metadata: bytes) -> tuple[int, int, int]:
    """Return what kind of message some metadata describes, the place of the rest, and how many bytes the body has."""
    root = _follow(metadata, 0)
    kind, header, body = (_field(metadata, root, number) for number in (1, 2, 3))
    if not kind or not header:
        raise MessageError("a message is of no kind")
    return _number("<B", metadata, kind), _follow(metadata, header), _number("<q", metadata, body) if body else 0


def _field(content: bytes, table: int, number: int) -> int:
    """Return the place of a field of a table of a FlatBuffer, 0 where it is left out."""
    fields = table - _number("<i", content, table)
    entry = 4 + 2 * number
    if entry >= _number("<H", content, fields):
        return 0
    offset = _number("<H", content, fields + entry)
    return table + offset if offset else 0


def _follow(content: bytes, place: int) -> int:
    return place + _number("<I", content, place)


def _number(kind: str, content: bytes, place: int) -> int:
    if not 0 <= place <= len(content) - struct.calcsize(kind):
        raise MessageError("a message is described by what lies outside of it")
    return int(struct.unpack_from(kind, content, place)[0])
