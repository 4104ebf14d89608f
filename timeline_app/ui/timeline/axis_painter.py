"""Labels the axis, and draws the date line under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from timeline_app.scene.frame import Frame
from timeline_app.scene.ticks import Axis
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import faded
from timeline_app.ui.timeline.words import Word, Words

STRIP_PX = 3
LABEL_GAP_PX = 4
BETWEEN_PX = 8


def draw_axis_labels(painter: QPainter, frame: Frame, look: Look, words: Words) -> None:
    """Label the axis at the top of a frame: greater units above, smaller below, guides between."""
    words.draw(painter, _labels(frame, look, words))


def labels_of(axis: Axis, look: Look) -> list[Word]:
    """Return the labels of an axis, to be made ready before they are drawn; where they will stand is left open."""
    theme = look.theme
    major = [Word(tick.label, 0, 0, theme.ink, is_bold=True) for tick in axis.major]
    return [*major, *(Word(tick.label, 0, 0, theme.muted) for tick in axis.minor if tick.label)]


def _labels(frame: Frame, look: Look, words: Words) -> list[Word]:
    theme, height = look.theme, frame.measures.axis_px
    ascent = words.line.ascent_px
    upper, lower = height * 0.25 + ascent / 2 - 1, height * 0.74 + ascent / 2 - 1
    major_line = upper if frame.axis.minor else lower
    major = [
        Word(tick.label, max(tick.x_px, STRIP_PX) + LABEL_GAP_PX, major_line, theme.ink, is_bold=True)
        for tick in frame.axis.major
    ]
    minor = [Word(tick.label, tick.x_px + LABEL_GAP_PX, lower, theme.muted) for tick in frame.axis.minor if tick.label]
    shown = [*major[:1], *_whole([*major[1:], *minor], frame, words)]
    return [*shown, *_guide_labels(frame, look, words, upper, [word for word in shown if word.baseline_px == upper])]


def _whole(labels: list[Word], frame: Frame, words: Words) -> list[Word]:
    """Return the labels that end within the frame: of a year that is cut nobody knows which it is."""
    return [
        label for label in labels if label.x_px + words.width_px(label.text, is_bold=label.is_bold) <= frame.width_px
    ]


def _guide_labels(frame: Frame, look: Look, words: Words, baseline: float, others: list[Word]) -> list[Word]:
    """Return the labels of guides that have room between others that stand on the line already."""
    if not frame.guides:
        return []
    taken = [(word.x_px, word.x_px + words.width_px(word.text, is_bold=word.is_bold)) for word in others]
    texts = []
    for guide in frame.guides:
        width = words.width_px(guide.label)
        left = _free_left(guide.x_px, width, taken, frame.width_px)
        if left is not None:
            taken.append((left, left + width))
            texts.append(Word(guide.label, left, baseline, look.theme.muted))
    return texts


def _free_left(x_px: float, width_px: float, taken: list[tuple[float, float]], frame_px: int) -> float | None:
    """Return where a label may begin that touches a line: in its middle, at its ends, or close to other labels."""
    first, last = x_px - width_px - LABEL_GAP_PX, x_px + LABEL_GAP_PX
    beside = [place for begin, end in taken for place in (begin - BETWEEN_PX - width_px - 1, end + BETWEEN_PX + 1)]
    for left in (x_px - width_px / 2, first, last, *beside):
        is_free = all(left + width_px + BETWEEN_PX < begin or left - BETWEEN_PX > end for begin, end in taken)
        if is_free and first <= left <= last and 0 <= left <= frame_px - width_px:
            return left
    return None


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
