"""How wide titles will be, for many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtGui import QFont, QFontMetricsF

from timeline_app.core.arrays import BoolArray, Float32Array, Int32Array
from timeline_app.core.records import AreThere, at_once
from timeline_app.core.table import EventTable
from timeline_app.scene.rows import Extents, measure_extents
from timeline_app.ui.wrapped_text import PAINTED_CHARACTERS

MOST_TITLE_EMS = 21.7
MARK_EMS = 1.0
TABLE_SIZE = 0x10000
BOLD_FROM_IMPORTANCE = 5
SLOTS = 1 << 17
WIDE_CHARACTER = "😀"  # stands for all beyond the table: emoji, rare ideographs, ancient scripts
# First and last of what is drawn otherwise together than alone: marks upon letters, scripts from Hebrew to Myanmar,
# of South-East Asia and Mongolia, and what joins emoji.
JOINED = ((0x0300, 0x036F), (0x0590, 0x109F), (0x1780, 0x18AF), (0x200D, 0x200D))


class TitleMeasure:
    """Adds up the advances of characters, each asked of Qt once; kerning is left out, so a width is never too small.

    Qt measures titles whose letters join, as those in Arabic do: alone they are wider by a third.
    """

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetricsF(font)
        self._most_px = round(MOST_TITLE_EMS * font.pixelSize())
        self._advance = np.full(TABLE_SIZE, np.nan, np.float32)
        self._advance[ord("\n")] = 0.0
        self._advance[TABLE_SIZE - 1] = self._metrics.horizontalAdvance(WIDE_CHARACTER)

    def widths(self, titles: Sequence[str]) -> Float32Array:
        """Return the widths in pixels, shape (len(titles),), none over MOST_TITLE_EMS: longer titles are cut."""
        if not titles:
            return np.zeros(0, np.float32)
        titles = [title[:PAINTED_CHARACTERS] for title in titles]
        letters = np.frombuffer("\n".join((*titles, "")).encode("utf-32-le", "replace"), np.uint32)
        codes = np.minimum(letters, TABLE_SIZE - 1).astype(np.int32)
        for code in set(codes[np.isnan(self._advance[codes])].tolist()):
            self._advance[code] = self._metrics.horizontalAdvance(chr(code))
        lengths = np.fromiter((len(title) + 1 for title in titles), np.int64, len(titles))
        starts = np.cumsum(lengths) - lengths
        sums = np.add.reduceat(self._advance[codes], starts)
        for place in np.flatnonzero(np.logical_or.reduceat(_are_joined(codes), starts)).tolist():
            sums[place] = self._metrics.horizontalAdvance(titles[place].replace("\n", ""))
        widths: Float32Array = np.minimum(np.ceil(sums) + 1, self._most_px).astype(np.float32)
        return widths


def _are_joined(codes: Int32Array) -> BoolArray:
    """Tell of characters, shape (characters,), which of them are drawn otherwise together than alone."""
    joined = np.zeros(len(codes), np.bool_)
    if len(codes) and codes.max() >= JOINED[0][0]:
        for first, last in JOINED:
            joined |= (codes >= first) & (codes <= last)
    return joined


class TitleWidths:
    """The widths of a table's titles, measured when they are first asked for.

    A fixed number of slots keeps them, each the last row that fell into it, so that millions of titles take no room.
    """

    def __init__(self, table: EventTable, font_of: Callable[..., QFont]) -> None:
        self._table = table
        self._plain = TitleMeasure(font_of(bold=False))
        self._bold = TitleMeasure(font_of(bold=True))
        self._rows = np.full(SLOTS, -1, np.int32)
        self._widths = np.zeros(SLOTS, np.float32)

    def __call__(self, rows: Int32Array) -> Float32Array:
        """Return the widths of the titles of some rows in pixels, bold where they matter most; shape (len(rows),)."""
        slots = rows % SLOTS
        unknown = np.flatnonzero(self._rows[slots] != rows)
        if not len(unknown):
            return self._widths[slots]
        widths = self._widths[slots]
        widths[unknown] = self._measured(rows[unknown])
        self._rows[slots[unknown]] = rows[unknown]
        self._widths[slots[unknown]] = widths[unknown]
        return widths

    def soon(self, rows: Int32Array) -> AreThere:
        """Take notice of rows that will be asked for, and return what tells whether that need not wait.

        What is unknown of them is fetched from the disk meanwhile.
        """
        unknown = rows[self._rows[rows % SLOTS] != rows]
        return self._table.titles_soon(unknown) if len(unknown) else at_once

    def _measured(self, rows: Int32Array) -> Float32Array:
        titles = self._table.titles_of(rows.tolist())
        widths = self._plain.widths(titles)
        bold = np.flatnonzero(self._table.importance[rows] >= BOLD_FROM_IMPORTANCE)
        widths[bold] = self._bold.widths([titles[place] for place in bold.tolist()])
        return widths


def no_widths(rows: Int32Array) -> Float32Array:
    """Return no width for every title, for timelines without titles."""
    return np.zeros(len(rows), np.float32)


def title_extents(table: EventTable, font_of: Callable[..., QFont], *, with_titles: bool = True) -> Extents:
    """Return what a table's events need of room, with titles in `font_of(bold=…)`: bold where they matter most.

    Marks are as wide as the font is high.
    """
    mark_px = round(MARK_EMS * font_of(bold=False).pixelSize())
    if not with_titles:
        return measure_extents(table, no_widths, mark_px=mark_px)
    widths = TitleWidths(table, font_of)
    return measure_extents(table, widths, widths.soon, mark_px)
