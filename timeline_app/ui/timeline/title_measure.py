"""How wide titles will be, for many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtGui import QFont, QFontMetricsF

from timeline_app.core.arrays import Float32Array
from timeline_app.core.table import EventTable
from timeline_app.scene.rows import Extents, measure_extents

MOST_TITLE_EMS = 21.7
TABLE_SIZE = 0x10000
BOLD_FROM_IMPORTANCE = 5
WIDE_CHARACTER = "😀"  # stands for all beyond the table: emoji, rare ideographs, ancient scripts


class TitleMeasure:
    """Adds up the advances of characters, each asked of Qt once; kerning is left out, so a width is never too small."""

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
        codes = np.frombuffer("\n".join((*titles, "")).encode("utf-32-le", "replace"), np.uint32)
        codes = np.minimum(codes, TABLE_SIZE - 1)
        for code in set(codes[np.isnan(self._advance[codes])].tolist()):
            self._advance[code] = self._metrics.horizontalAdvance(chr(code))
        lengths = np.fromiter((len(title) + 1 for title in titles), np.int64, len(titles))
        starts = np.cumsum(lengths) - lengths
        sums = np.add.reduceat(self._advance[codes], starts)
        widths: Float32Array = np.minimum(np.ceil(sums) + 1, self._most_px).astype(np.float32)
        return widths


def title_extents(table: EventTable, font_of: Callable[..., QFont], *, with_titles: bool = True) -> Extents:
    """Return what a table's events need of room, with titles in `font_of(bold=…)`: bold where they matter most."""
    if not with_titles:
        return measure_extents(table, np.zeros(len(table), np.float32))
    widths = TitleMeasure(font_of(bold=False)).widths(table.titles)
    bold = np.flatnonzero(table.importance >= BOLD_FROM_IMPORTANCE)
    widths[bold] = TitleMeasure(font_of(bold=True)).widths([table.titles[row] for row in bold])
    return measure_extents(table, widths)
