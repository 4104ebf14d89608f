"""Draws the axis with its labels, and the date line under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from timeline_app.scene.frame import Frame
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import faded
from timeline_app.ui.timeline.words import Word, Words

STRIP_PX = 3
LABEL_GAP_PX = 4
TICK_SHARE = 0.52


def draw_axis(painter: QPainter, frame: Frame, look: Look, words: Words) -> None:
    """Draw the axis at the top of a frame: greater units above, smaller below, the labels of guides between."""
    theme = look.theme
    height = frame.measures.axis_px
    painter.fillRect(QRectF(0, 0, frame.width_px, height), QColor(theme.background))
    painter.setPen(QPen(QColor(theme.rule), 1))
    places = [tick.x_px for tick in frame.axis.minor] + [tick.x_px for tick in frame.axis.major if tick.is_major]
    painter.drawLines([QLineF(x, height * TICK_SHARE, x, height) for x in places])
    painter.drawLine(QLineF(0, height - 0.5, frame.width_px, height - 0.5))
    words.draw(painter, _labels(frame, look, words))


def _labels(frame: Frame, look: Look, words: Words) -> list[Word]:
    theme, height = look.theme, frame.measures.axis_px
    ascent = words.line.ascent_px
    upper, lower = height * 0.25 + ascent / 2 - 1, height * 0.74 + ascent / 2 - 1
    major_line = upper if frame.axis.minor else lower
    texts: list[Word] = []
    taken: list[tuple[float, float]] = []
    for tick in frame.axis.major:
        left = max(tick.x_px, STRIP_PX) + LABEL_GAP_PX
        taken.append((left, left + words.width_px(tick.label, is_bold=True)))
        texts.append(Word(tick.label, left, major_line, theme.ink, is_bold=True))
    texts += [Word(tick.label, tick.x_px + LABEL_GAP_PX, lower, theme.muted) for tick in frame.axis.minor]
    return texts + _guide_labels(frame, look, words, upper, taken)


def _guide_labels(
    frame: Frame, look: Look, words: Words, baseline: float, taken: list[tuple[float, float]]
) -> list[Word]:
    """Return the labels of guides that have room between those that stand on the line already."""
    texts = []
    for guide in frame.guides:
        width = words.width_px(guide.label)
        for left in (guide.x_px - width / 2, guide.x_px - width - LABEL_GAP_PX, guide.x_px + LABEL_GAP_PX):
            fits = left >= 0 and left + width <= frame.width_px
            if fits and all(left + width + 8 < begin or left - 8 > end for begin, end in taken):
                taken.append((left, left + width))
                texts.append(Word(guide.label, left, baseline, look.theme.muted))
                break
    return texts


def draw_pointer(painter: QPainter, frame: Frame, look: Look, words: Words, x_px: float, label: str) -> None:
    """Draw the date line across all lanes with its date on the axis."""
    theme = look.theme
    axis = frame.measures.axis_px
    painter.fillRect(QRectF(round(x_px), axis, 1, frame.height_px - axis), faded(QColor(theme.accent), 0.5))
    width, height = words.width_px(label, is_bold=True) + 14, words.line.height_px + 2
    left = min(max(x_px - width / 2, 0), frame.width_px - width)
    box = QRectF(left, axis - height - 1, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(box, 3, 3)
    painter.restore()
    baseline = words.line.baseline_px(box.center().y())
    words.draw(painter, [Word(label, left + 7, baseline, theme.background, is_bold=True)])
