"""Draw keys as they look on a keyboard, in thin lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from timeline_app.ui.look import Look

CAP_PADDING_PX = 6
CAP_GAP_PX = 4
CAP_RADIUS_PX = 4
CAP_EXTRA_PX = 4
OR = "or"
OR_GAP_PX = 6

Keys = Sequence[str]


def keys_width_px(alternatives: Sequence[Keys], look: Look) -> float:
    """Return the width of shortcuts that do the same, each given as its keys one by one."""
    metrics = QFontMetricsF(look.small())
    caps_px = sum(_caps_width_px(keys, metrics) for keys in alternatives)
    return caps_px + max(0, len(alternatives) - 1) * (metrics.horizontalAdvance(OR) + 2 * OR_GAP_PX)


def keys_in_lines(alternatives: Sequence[Keys], look: Look, room_px: float) -> list[Sequence[Keys]]:
    """Return shortcuts that do the same in lines that fit into some room, at least one shortcut a line."""
    lines: list[list[Keys]] = []
    for keys in alternatives:
        if lines and keys_width_px([*lines[-1], keys, ()], look) <= room_px:
            lines[-1].append(keys)
        else:
            lines.append([keys])
    return [*lines]


def draw_keys(
    painter: QPainter, left_centre: QPointF, alternatives: Sequence[Keys], look: Look, *, goes_on: bool = False
) -> None:
    """Draw shortcuts that do the same, from the left, about the height of a point; an "or" ends a line that goes on."""
    font = look.small()
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, middle = left_centre.x(), left_centre.y()
    for number, keys in enumerate([*alternatives, ()] if goes_on else alternatives):
        if number:
            left += OR_GAP_PX
            painter.setPen(QColor(look.theme.muted))
            painter.drawText(QPointF(left, _baseline(metrics, middle)), OR)
            left += metrics.horizontalAdvance(OR) + OR_GAP_PX
        for key in keys:
            left = _draw_cap(painter, QPointF(left, middle), key, look) + CAP_GAP_PX
        left -= CAP_GAP_PX


def _draw_cap(painter: QPainter, left_centre: QPointF, key: str, look: Look) -> float:
    """Draw one key and return its right edge."""
    metrics = QFontMetricsF(look.small())
    width, height = _cap_width_px(key, metrics), metrics.height() + CAP_EXTRA_PX
    # On whole pixels and a half, so that the lines are as thin as they can be.
    top = round(left_centre.y() - height / 2) + 0.5
    cap = QRectF(round(left_centre.x()) + 0.5, top, round(width) - 1, round(height) - 1)
    painter.setPen(QPen(QColor(look.theme.rule), 1))
    painter.setBrush(QColor(look.theme.field))
    painter.drawRoundedRect(cap, CAP_RADIUS_PX, CAP_RADIUS_PX)
    painter.setPen(QColor(look.theme.ink))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    return left_centre.x() + width


def _caps_width_px(keys: Keys, metrics: QFontMetricsF) -> float:
    return sum(_cap_width_px(key, metrics) for key in keys) + max(0, len(keys) - 1) * CAP_GAP_PX


def _cap_width_px(key: str, metrics: QFontMetricsF) -> float:
    return max(metrics.horizontalAdvance(key) + 2 * CAP_PADDING_PX, metrics.height() + CAP_EXTRA_PX)


def _baseline(metrics: QFontMetricsF, middle_px: float) -> float:
    return middle_px + (metrics.ascent() - metrics.descent()) / 2
