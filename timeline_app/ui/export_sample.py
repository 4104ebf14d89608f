"""How a file that is about to be exported looks: a small picture, its first rows, or its first lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QImage

from timeline_app.core.safe_text import safe_text

SAMPLE_CHARACTERS = 6_000
SAMPLE_LINE_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Sample:
    """A picture, rows of a table with the heads first, or text; `is_prose` tells that this is read and no code."""

    image: QImage | None = None
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    is_prose: bool = False
    note: str = ""


def first_lines(pieces: Iterator[str] | Iterator[bytes]) -> str:
    """Return the beginning of a text, its lines cut where they are long."""
    text = _beginning(pieces)[:SAMPLE_CHARACTERS].replace("\r\n", "\n")
    return "\n".join(_shortened(line) for line in safe_text(text, keep_lines=True).split("\n"))


def first_rows(pieces: Iterator[str] | Iterator[bytes]) -> tuple[tuple[str, ...], ...]:
    """Return the first rows of a table in CSV, all of them whole."""
    text = _beginning(pieces)
    rows = [tuple(row) for row in csv.reader(text.splitlines(keepends=True))]
    # The last one ends where the text was cut, unless this is all of it.
    return tuple(rows[:-1] if len(text) > SAMPLE_CHARACTERS and len(rows) > 2 else rows)


def _beginning(pieces: Iterator[str] | Iterator[bytes]) -> str:
    text = ""
    for piece in pieces:
        text += piece if isinstance(piece, str) else piece.decode("utf-8", "replace")
        if len(text) > SAMPLE_CHARACTERS:
            break
    return text


def _shortened(line: str) -> str:
    """Return a line that is no longer than a person reads on."""
    return line if len(line) <= SAMPLE_LINE_CHARACTERS else f"{line[:SAMPLE_LINE_CHARACTERS]}…"
