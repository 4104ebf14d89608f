"""Lay plain text out in lines that never run over, however long its words are."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import bidirectional, category

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

PAINTED_CHARACTERS = 500
UNWRAPPED_PX = 1_000_000
ELLIPSIS = "…"
_CUT = Qt.TextElideMode.ElideRight


@dataclass(frozen=True, slots=True)
class WrappedText:
    """Text in lines of a given width; `size_px` is the room that they take."""

    layout: QTextLayout
    size_px: QSizeF

    def draw(self, painter: QPainter, top_left: QPointF) -> None:
        """Draw the lines with the painter's pen."""
        self.layout.draw(painter, top_left)


def shortened(text: str, longest: int = PAINTED_CHARACTERS) -> str:
    """Return a text cut to what Qt paints in no time; the cut shows as an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1] + ELLIPSIS


def is_right_to_left(text: str) -> bool:
    """Return whether a paragraph runs from right to left: whether the first of its letters with a direction does."""
    directions = map(bidirectional, text)
    return next((one for one in directions if one in {"L", "R", "AL"}), "L") != "L"


def wrap(
    text: str, font: QFont, width_px: float, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> WrappedText:
    """Break a text into lines between words, and within a word that is wider than a line.

    Its letters are in the order of its own direction, whatever side it is aligned to.
    """
    layout = QTextLayout(text, font)
    option = QTextOption(alignment)
    # PySide's QTextOption with an alignment is one from left to right: a full stop would stand before the sentence.
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    line_height_px = QFontMetricsF(font).lineSpacing()
    layout.beginLayout()
    top_px = widest_px = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width_px, 1.0))
        line.setPosition(QPointF(0, top_px))
        top_px += max(line_height_px, line.height())
        widest_px = max(widest_px, line.naturalTextWidth())
    layout.endLayout()
    return WrappedText(layout, QSizeF(widest_px, max(top_px, line_height_px)))


def fitted_lines(text: str, font: QFont, width_px: float, most: int) -> str:
    """Return a text in at most so many lines of a width, the last of them cut where there is more.

    A word that is wider is cut, too, where its letters are of a script that parts words by spaces.
    """
    metrics = QFontMetricsF(font)
    text = " ".join(
        metrics.elidedText(word, _CUT, width_px) if _is_one_word(word) else word for word in text.split(" ")
    )
    layout = wrap(text, font, width_px).layout
    starts = [layout.lineAt(number).textStart() for number in range(layout.lineCount())]
    # Qt counts in units of UTF-16.
    units = text.encode("utf-16-le", "replace")
    ends = [*starts[1:most], len(units) // 2]
    lines = [units[2 * one : 2 * end].decode("utf-16-le").strip() for one, end in zip(starts, ends, strict=False)]
    if len(starts) > most:
        lines[-1] = metrics.elidedText(lines[-1], _CUT, width_px)
    return "\n".join(lines)


def _is_one_word(text: str) -> bool:
    """Tell whether letters that stand together are one word: of scripts with capitals they are, of Chinese not."""
    return all(category(letter) != "Lo" for letter in text)
