"""Gives the texts of an SVG the widths that they were laid out by.

Whoever opens the file may not have the font: another one, wider, would run over marks and other texts. With
`textLength` (SVG 1.1, 10.5) a program fits any font into the room of the one that was measured.
"""

from __future__ import annotations

import html
import re

from PySide6.QtGui import QFont, QFontMetricsF

_TEXT = re.compile(
    r'<text (?P<attributes>[^>]* font-family="(?P<families>[^"]+)" font-size="(?P<size>\d+)"'
    r' font-weight="(?P<weight>\d+)"[^>]*)>(?P<words>[^<]+)<'
)


def with_text_lengths(svg: str) -> str:
    """Return an SVG by QSvgGenerator, whose texts have fonts of whole pixels, with a length for each of them."""
    return _TEXT.sub(_with_length, svg)


def _with_length(found: re.Match[str]) -> str:
    font = QFont(html.unescape(found["families"]).split(","))
    font.setPixelSize(int(found["size"]))
    font.setWeight(QFont.Weight(int(found["weight"])))
    length_px = QFontMetricsF(font).horizontalAdvance(html.unescape(found["words"]))
    attributes = f'{found["attributes"].rstrip()} textLength="{length_px:.2f}" lengthAdjust="spacingAndGlyphs"'
    return f"<text {attributes}>{found['words']}<"
