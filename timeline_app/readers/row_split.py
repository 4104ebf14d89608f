"""Find where every field of a text table stands, of many rows at once.

Judged is only what every writer of such tables gives: fields plain, or whole in quotation marks with those within
doubled (RFC 4180), rows that end in a line feed, with or without a carriage return. Whatever else there is, is left to
the csv module, which takes three times as long and says what is wrong: see readers/delimited.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, UInt8Array

_QUOTE, _FEED, _RETURN = b'"\n\r'
_PIECE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class SplitRows:
    """Whole rows at the beginning of some bytes.

    `field_ends` says where each field ends, row by row, shape (fields,). Row i has those from `first_fields[i]` to
    `first_fields[i + 1]`, begins at byte `begins[i]` and has `lines_before[i]` line breaks before it; these three have
    the shape (rows + 1,). `quotes` are the places of all quotation marks.
    """

    field_ends: Int32Array
    first_fields: Int64Array
    begins: Int64Array
    lines_before: Int64Array
    quotes: Int32Array

    def __len__(self) -> int:
        return len(self.begins) - 1


def split_rows(content: bytes, delimiter: str, *, is_last: bool) -> SplitRows | None:
    """Return the rows that are whole, all there are when these are the last bytes; None where csv has to tell.

    The bytes begin with a row.
    """
    needs_end = is_last and content and not content.endswith(b"\n")
    whole = content + b"\n" if needs_end else content
    letters = np.frombuffer(whole, np.uint8)
    marks, kinds = _marks(letters, delimiter, with_returns=b"\r" in content)
    is_quote = kinds == _QUOTE
    # Behind an odd number of quotation marks.
    is_quoted = np.bitwise_xor.accumulate(is_quote)
    is_separator = ~(is_quoted | is_quote | (kinds == _RETURN))
    separators = marks[is_separator]
    row_ends = np.flatnonzero(kinds[is_separator] == _FEED)
    separators = separators[: row_ends[-1] + 1 if len(row_ends) else 0]
    byte_count = int(separators[-1]) + 1 if len(separators) else 0
    mark_count = np.searchsorted(marks, byte_count)
    marks, kinds = marks[:mark_count], kinds[:mark_count]
    quotes = marks[kinds == _QUOTE]
    is_plain = _are_whole(letters, quotes, delimiter) and _are_followed(letters, marks[kinds == _RETURN])
    if not is_plain or (is_last and byte_count < len(whole)):
        return None
    begins = np.concatenate(([0], separators[row_ends] + 1))
    separators[row_ends] -= letters[separators[row_ends] - 1] == _RETURN
    return SplitRows(
        field_ends=separators,
        first_fields=np.concatenate(([0], row_ends + 1)),
        begins=np.minimum(begins, len(content)),
        lines_before=np.searchsorted(marks[kinds == _FEED], begins),
        quotes=quotes,
    )


def _marks(letters: UInt8Array, delimiter: str, *, with_returns: bool) -> tuple[Int32Array, UInt8Array]:
    """Return where delimiters, line breaks and quotation marks stand, and which of them stands there."""
    sought = (ord(delimiter), _FEED, _QUOTE, *([_RETURN] if with_returns else []))
    found, kinds = [np.zeros(0, np.int32)], [letters[:0]]
    # Piece by piece, each small enough for what is computed of it to stay in the processor's cache, and no smaller, as
    # each step may have to wait for the interpreter's lock.
    for begin in range(0, len(letters), _PIECE_BYTES):
        piece = letters[begin : begin + _PIECE_BYTES]
        is_mark = piece == sought[0]
        for letter in sought[1:]:
            is_mark |= piece == letter
        places = np.flatnonzero(is_mark)
        kinds.append(piece[places])
        places += begin
        # 32 bits are half as much to move, and no block has four billion bytes.
        found.append(places.astype(np.int32))
    return np.concatenate(found), np.concatenate(kinds)


def _are_whole(letters: UInt8Array, quotes: Int32Array, delimiter: str) -> bool:
    """Return whether quotation marks open only where fields begin, and close only where they end, or are doubled."""
    if not len(quotes):
        return True
    opening, closing = quotes[::2], quotes[1::2]
    is_doubled = opening[1:] == closing[:-1] + 1
    before, after = letters[opening - 1], letters[closing + 1]
    begins = _are_among(before, delimiter, _FEED)
    begins[0] |= not opening[0]
    ends = _are_among(after, delimiter, _FEED, _RETURN)
    begins[1:] |= is_doubled
    ends[:-1] |= is_doubled
    return bool(begins.all() and ends.all())


def _are_followed(letters: UInt8Array, returns: Int32Array) -> bool:
    """Return whether a line feed comes after every carriage return."""
    return bool((letters[returns + 1] == _FEED).all())


def _are_among(letters: UInt8Array, delimiter: str, *others: int) -> BoolArray:
    found: BoolArray = letters == ord(delimiter)
    for other in others:
        found |= letters == other
    return found
