"""Says in a view that holds nothing where the events are, which else would have to be looked for."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from timeline_app.scene.frame import Elsewhere, Frame
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.words import Word, Words


def elsewhere_words(elsewhere: Elsewhere, loaded: int) -> str:
    """Say how many events lie before and after a view that holds none of them."""
    total = elsewhere.earlier + elsewhere.later
    if not total:
        return "No event passes the filter" if loaded else ""
    noun = "event" if total == 1 else "events"
    if not (elsewhere.earlier and elsewhere.later):
        return f"Nothing here: {total:,} {noun} {'earlier' if elsewhere.earlier else 'later'}"
    return f"Nothing here: {elsewhere.earlier:,} {noun} earlier, {elsewhere.later:,} later"


def draw_elsewhere(painter: QPainter, frame: Frame, look: Look, words: Words) -> None:
    """Write it in the middle of a frame that holds nothing."""
    text = elsewhere_words(frame.elsewhere, frame.counts.loaded) if frame.elsewhere else ""
    if text:
        top_px, bottom_px = frame.measures.axis_px, frame.height_px
        left_px = round((frame.width_px - words.width_px(text)) / 2)
        words.draw(painter, [Word(text, left_px, words.line.baseline_px((top_px + bottom_px) / 2), look.theme.muted)])
