"""In which encoding a text file is: what its byte order mark says, else UTF-8, and never a guess."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping

from timeline_app.core.errors import ReadError
from timeline_app.readers.table_source import UnknownEncoding
from timeline_app.readers.tree import shortened

# Those that tables are met in, besides UTF-8, in the order in which they are offered.
USUAL_ENCODINGS = ("cp1251", "cp1252", "cp1250", "cp1256", "koi8-r", "gb18030", "cp949", "cp932")
WIDE_ENCODINGS = ("utf-16-le", "utf-16-be")

_LONGEST_SAMPLE = 200
_FEWEST_ZEROS = 2
_LOWEST_SHARE = 0.02
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked_encoding(head: bytes) -> str:
    """Return the encoding that a byte order mark tells, "" where there is none or that of UTF-8."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def told_encoding(mapping: Mapping[str, str], file: str) -> str:
    """Return the encoding that a mapping tells, "" for none; raises ReadError for what is no encoding of text."""
    written = mapping.get("encoding", "")
    if not written:
        return ""
    try:
        # Of the codecs of Python only those are encodings of text that decode bytes to one.
        name = codecs.lookup(written).name
        is_text = isinstance(codecs.decode(b"", name), str)
    except (LookupError, ValueError, TypeError):
        is_text = False
    if not is_text:
        message = f'--map encoding: expected one such as utf-8, cp1251, cp1252 or utf-16; found "{shortened(written)}"'
        raise ReadError(message, file)
    return name


def wide_encoding(head: bytes) -> str:
    """Return the encoding of two bytes a character that zeros in every other byte tell, "" for none."""
    zeros = head[::2].count(0), head[1::2].count(0)
    # Blanks, digits and line breaks have one in any script; a binary file has few, or has them anywhere.
    if min(zeros) > 0 or max(zeros) < max(_FEWEST_ZEROS, len(head) * _LOWEST_SHARE):
        return ""
    return WIDE_ENCODINGS[0] if zeros[1] else WIDE_ENCODINGS[1]


def is_utf_8(head: bytes) -> bool:
    """Tell whether the first bytes of a file are UTF-8, the last of which may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def in_utf_8(head: bytes, encoding: str) -> bytes:
    """Return the first bytes of a file in UTF-8, what cannot be decoded replaced, and what may be cut left out."""
    if not encoding or encoding == "utf-8":
        return head
    text = codecs.getincrementaldecoder(encoding)("replace").decode(head)
    return text.encode("utf-8", "replace")


def unknown_encoding(head: bytes) -> UnknownEncoding:
    """Return where a text is not UTF-8, and what it may be in."""
    return UnknownEncoding(*_first_foreign_byte(head), _decoded_samples(head))


def _decoded_samples(head: bytes) -> tuple[tuple[str, str], ...]:
    """Return the encodings that a text may be in that is not UTF-8, each with its first foreign line so decoded."""
    if b"\0" in head:
        return tuple((name, _sample(head, name)) for name in WIDE_ENCODINGS)
    foreign = next((line for line in head.splitlines() if not line.isascii() and not is_utf_8(line)), b"")
    samples: dict[str, str] = {}
    for name in USUAL_ENCODINGS:
        try:
            samples[name] = foreign.decode(name)[:_LONGEST_SAMPLE]
        except UnicodeDecodeError:
            continue
    return tuple(samples.items())


def _first_foreign_byte(head: bytes) -> tuple[int, int, int]:
    """Return the first byte that is not UTF-8, with its line and column."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        before = head[: error.start].decode()
        begin = max(before.rfind("\n"), before.rfind("\r")) + 1
        return head[error.start], _line_breaks(before) + 1, len(before) - begin + 1
    return 0, 1, 1


def _sample(head: bytes, name: str) -> str:
    return head[: len(head) // 4 * 4].decode(name, "replace").splitlines()[0][:_LONGEST_SAMPLE]


def utf_8_chunks(chunks: Iterable[tuple[bytearray, int]], encoding: str, file: str) -> Iterator[tuple[bytearray, int]]:
    """Give the bytes of a file in UTF-8, and the place in the file after them.

    Each chunk is some memory and how much of it is meant. Raises ReadError where the bytes are not in this encoding.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    bytes_read, lines_before = 0, 0
    for chunk, count in chunks:
        bytes_read += count
        try:
            text = decoder.decode(bytes(memoryview(chunk)[:count]))
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(encoding, "replace")
            found = error.object[error.start]
            message = f"byte 0x{found:02X} is not {encoding}; --map encoding=… tells which encoding it is"
            raise ReadError(message, file, lines_before + _line_breaks(before) + 1) from error
        lines_before += _line_breaks(text)
        # A mark that the codec leaves, as those of one byte order do, is taken off with that of UTF-8.
        yield bytearray(text.encode("utf-8", "replace")), bytes_read
    if decoder.getstate()[0]:
        raise ReadError(f"the file ends in the middle of a character of {encoding}", file, lines_before + 1)


def encoding_advice(*, is_told: bool) -> str:
    """Return what helps with a text that is not UTF-8; `is_told` says whether the user may tell the encoding."""
    told = f", or tell what it is in: --map encoding={', '.join(USUAL_ENCODINGS[:2])}, utf-16-le or another"
    return f"save it again in that encoding{told if is_told else ''}"


def _line_breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
