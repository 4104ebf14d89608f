"""The fill of a bar: full where its event surely goes on, fading out over the whole width of the doubt."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen, QTransform

from timeline_app.core.when import WhenFlag
from timeline_app.scene.singles import Singles

EDGE_PX = 2
TICK_PX = 2
CORE_ALPHA = 0.30
HATCH_ALPHA = 0.55
SHARP_PX = 1.5
OPEN_FADE_FROM = 0.55
FAINTEST = 0.06
APPROXIMATE_DASHES = (4.0, 2.0)
UNCERTAIN_DASHES = (1.0, 1.5)
SHARES_TOLD_APART = 256
MOST_KEPT = 2_000

# As plain integers, since arithmetic with flags costs more than all else that is done for a bar.
_OPEN_START, _OPEN_END = int(WhenFlag.OPEN_START), int(WhenFlag.OPEN_END)


@dataclass(frozen=True, slots=True)
class _Fade:
    """Where a bar is full, as shares of its width, and whether its ends are as full; a hashable key."""

    full_from: float
    full_to: float
    sharp_start: bool
    sharp_end: bool
    colour: int
    alpha: float


class DoubtBrushes:
    """Makes the fills of bars; keeps those of narrow bars, of which a crowd has many alike.

    On a ground of a colour that is told, fading bars are opaque and mixed with it: what Qt writes of translucent
    gradients into a PDF is shown as full.
    """

    def __init__(self, *, as_vectors: bool = False, ground: QColor | None = None) -> None:
        self._as_vectors = as_vectors
        self._ground = ground
        self._kept: dict[_Fade, QBrush] = {}

    def brush(self, singles: Singles, place: int, colour: QColor, alpha: float) -> QBrush:
        """Return the fill of the bar at a place among the singles of a frame."""
        start, end = float(singles.start_px[place]), float(singles.end_px[place])
        sure_start, sure_end = float(singles.sure_start_px[place]), float(singles.sure_end_px[place])
        flags = int(singles.flags[place])
        if flags & _OPEN_END:
            sure_end = start + (end - start) * OPEN_FADE_FROM
        if flags & _OPEN_START:
            sure_start = end - (end - start) * OPEN_FADE_FROM
        sharp_start, sharp_end = sure_start - start < SHARP_PX, end - sure_end < SHARP_PX
        if sharp_start and sharp_end:
            return QBrush(faded(colour, alpha))
        if sure_start >= sure_end:  # nowhere sure: strongest where all its possible dates lie
            sure_start = sure_end = min(max((start + end) / 2, sure_end), sure_start)
        width = max(end - start, 1.0)
        shares = [min(max((edge - start) / width, 0.0), 1.0) for edge in (sure_start, sure_end)]
        if width < SHARES_TOLD_APART:
            shares = [round(share * SHARES_TOLD_APART) / SHARES_TOLD_APART for share in shares]
        fade = _Fade(shares[0], shares[1], sharp_start, sharp_end, colour.rgb(), alpha)
        if self._as_vectors:  # QSvgGenerator forgets the transform of a brush.
            return _fading_brush(fade, start, start + width, self._ground)
        brush = QBrush(self._unit_brush(fade))
        brush.setTransform(QTransform(width, 0, 0, 1, start, 0))
        return brush

    def _unit_brush(self, fade: _Fade) -> QBrush:
        """Return the fill of a bar from 0 to 1."""
        brush = self._kept.get(fade)
        if brush is None:
            brush = _fading_brush(fade, 0.0, 1.0)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[fade] = brush
        return brush


def _fading_brush(fade: _Fade, start: float, end: float, ground: QColor | None = None) -> QBrush:
    full, faint = (faded(QColor(fade.colour), fade.alpha * strength) for strength in (1.0, FAINTEST))
    if ground is not None:
        full, faint = _mixed(full, ground), _mixed(faint, ground)
    gradient = QLinearGradient(start, 0, end, 0)
    gradient.setColorAt(0, full if fade.sharp_start else faint)
    gradient.setColorAt(fade.full_from, full)
    gradient.setColorAt(fade.full_to, full)
    gradient.setColorAt(1, full if fade.sharp_end else faint)
    return QBrush(gradient)


def _mixed(colour: QColor, ground: QColor) -> QColor:
    """Return the opaque colour of a translucent one on a ground."""
    share = colour.alphaF()
    parts = ((colour.red(), ground.red()), (colour.green(), ground.green()), (colour.blue(), ground.blue()))
    return QColor(*(round(own * share + below * (1 - share)) for own, below in parts))


def faded(colour: QColor, alpha: float) -> QColor:
    """Return a colour at an opacity between 0 and 1."""
    copy = QColor(colour)
    copy.setAlphaF(alpha)
    return copy


def draw_dashed_edge(
    painter: QPainter, box: QRectF, pen: QPen, dashes: tuple[float, float], begun_px: float = 0.0
) -> None:
    """Draw the lower edge of a bar whose date is in doubt: dots where it is uncertain, dashes where approximate.

    The dashes of that edge have begun so many pixels before the box.
    """
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(dashes)
    pen.setDashOffset(begun_px / pen.widthF() % sum(dashes))
    painter.setPen(pen)
    y = box.bottom() - pen.widthF() / 2
    painter.drawLine(QLineF(box.left(), y, box.right(), y))
