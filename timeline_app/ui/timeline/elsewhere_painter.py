"""Says in a view that holds nothing where the events are, or that there are none."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Elsewhere, Frame
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.words import Word, Words

MARGIN_PX = 12


def elsewhere_words(elsewhere: Elsewhere, table: EventTable) -> str:
    """Say how many events of a table lie before and after a view that holds none of them, "" while nothing is open."""
    total = elsewhere.earlier + elsewhere.later
    if not total:
        empty = "There are no events in what is open" if table.files else ""
        return "No event passes the filter" if len(table) else empty
    noun = "event" if total == 1 else "events"
    if not (elsewhere.earlier and elsewhere.later):
        return f"Nothing here: {total:,} {noun} {'earlier' if elsewhere.earlier else 'later'}"
    return f"Nothing here: {elsewhere.earlier:,} {noun} earlier, {elsewhere.later:,} later"


def draw_elsewhere(painter: QPainter, frame: Frame, table: EventTable, look: Look, words: Words) -> None:
    """Write it in the middle of a frame that holds nothing, on a ground of its own."""
    text = elsewhere_words(frame.elsewhere, table) if frame.elsewhere else ""
    if not text:
        return
    middle = QPointF(frame.width_px / 2, (frame.measures.axis_px + frame.height_px) / 2)
    ground = QRectF(0, 0, words.width_px(text) + 2 * MARGIN_PX, words.line.height_px + MARGIN_PX)
    ground.moveCenter(middle)
    painter.fillRect(ground, QColor(look.theme.background))
    baseline_px = words.line.baseline_px(middle.y())
    words.draw(painter, [Word(text, round(ground.left()) + MARGIN_PX, baseline_px, look.theme.muted)])
