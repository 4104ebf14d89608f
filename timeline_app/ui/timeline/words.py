"""Draws the short texts around the events, which hardly change from frame to frame: axis, lane heads, scales."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPixmap

from timeline_app.core.arrays import FloatArray, Int64Array
from timeline_app.ui.look import SMALL_PX, Look
from timeline_app.ui.timeline.sheet import Picture, device_pixels, draw_fragments
from timeline_app.ui.timeline.slots import NO_SLOT, Slots

MOST_WORD_EMS = 40
PAGE_SLOTS = 64
MOST_KEPT = 256
MOST_WIDTHS = 2_000
OVERHANG_PX = 2


class Word(NamedTuple):
    """A text with the left end of its base line, in pixels of the frame; the colour as #rrggbb."""

    text: str
    x_px: float
    baseline_px: float
    colour: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class LineMeasure:
    """How high a line of text is, above and below its base line."""

    ascent_px: float
    descent_px: float

    @property
    def height_px(self) -> float:
        """From the highest to the lowest."""
        return self.ascent_px + self.descent_px

    def baseline_px(self, middle_px: float) -> float:
        """Return the base line of a text whose middle is at a height."""
        return middle_px + (self.ascent_px - self.descent_px) / 2


class Words(Protocol):
    """What axis and lane heads ask of those who draw their texts."""

    @property
    def line(self) -> LineMeasure:
        """How high a text is."""

    @property
    def is_complete(self) -> bool:
        """Whether all texts were drawn since `begin`."""

    def width_px(self, text: str, *, is_bold: bool = False) -> float:
        """Return how wide a text is."""

    def begin(self, most_new: int | None) -> None:
        """Begin a frame; of texts that are not ready no more than so many are drawn at a call, with None all."""

    def draw(self, painter: QPainter, words: Iterable[Word]) -> None:
        """Draw texts, the first ones first."""

    def draw_again(self, painter: QPainter, words: tuple[Word, ...]) -> None:
        """Draw texts that stay from frame to frame, told by the same tuple."""

    def get_ready(self, words: Iterable[Word], goes_on: Callable[[], bool]) -> None:
        """Make texts ready that may be drawn next, wherever, as long as `goes_on` says so."""


class WordMeasure:
    """Knows the widths of the texts it was asked for, as long as the look stays."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._widths: dict[tuple[str, bool], float] = {}
        self._line: LineMeasure | None = None

    @property
    def line(self) -> LineMeasure:
        """How high a text is."""
        if self._line is None:
            metrics = QFontMetricsF(self._look.small(bold=True))
            self._line = LineMeasure(metrics.ascent(), metrics.descent())
        return self._line

    def width_px(self, text: str, *, is_bold: bool = False) -> float:
        """Return how wide a text is."""
        key = (text, is_bold)
        found = self._widths.get(key)
        if found is None:
            if len(self._widths) >= MOST_WIDTHS:
                self._widths.clear()
            found = self._widths[key] = QFontMetricsF(self._look.small(bold=is_bold)).horizontalAdvance(text)
        return found

    def forget(self) -> None:
        """Measure anew, as fonts have changed."""
        self._widths.clear()
        self._line = None


class VectorWords(WordMeasure):
    """Draws texts as texts."""

    is_complete = True

    def begin(self, most_new: int | None) -> None:
        """Do nothing: no text is made ready before it is drawn."""

    def draw(self, painter: QPainter, words: Iterable[Word]) -> None:
        """Draw texts."""
        for word in words:
            painter.setFont(self._look.small(bold=word.is_bold))
            painter.setPen(QColor(word.colour))
            painter.drawText(QPointF(word.x_px, word.baseline_px), word.text)

    def draw_again(self, painter: QPainter, words: tuple[Word, ...]) -> None:
        """Draw texts."""
        self.draw(painter, words)

    def get_ready(self, words: Iterable[Word], goes_on: Callable[[], bool]) -> None:
        """Do nothing: no text is made ready before it is drawn."""


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """Texts with their slots and what is drawn of these, right until slots were `dropped` once more."""

    words: Sequence[Word]
    slots: Int64Array
    pieces: list[tuple[QPixmap, FloatArray]]
    dropped: int


class PixelWords(WordMeasure):
    """Draws texts from slots; what is longer than MOST_WORD_EMS is cut."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._ratio = 0.0
        self._kept: _Placed | None = None
        self._slots = Slots(1, 1)
        self._most_new: int | None = None
        self._is_complete = True

    @property
    def is_complete(self) -> bool:
        """Whether all texts were drawn since `begin`."""
        return self._is_complete

    def begin(self, most_new: int | None) -> None:
        """Begin a frame; of texts that are not ready no more than so many are drawn at a call, with None all."""
        self._most_new, self._is_complete = most_new, True

    def forget(self) -> None:
        """Drop all texts that are ready, as fonts or colours have changed."""
        super().forget()
        self._ratio = 0.0
        self._kept = None

    def draw(self, painter: QPainter, words: Iterable[Word]) -> None:
        """Draw texts, each made ready once."""
        shown = list(words)
        if not shown:
            return
        with device_pixels(painter) as ratio:
            for pixmap, made in self._placed(shown, ratio).pieces:
                draw_fragments(painter, pixmap, made)

    def draw_again(self, painter: QPainter, words: tuple[Word, ...]) -> None:
        """Draw texts that stay, placed once as long as they are the same tuple and all ready."""
        if not words:
            return
        with device_pixels(painter) as ratio:
            kept = self._kept
            if kept is None or kept.words is not words or ratio != self._ratio or kept.dropped != self._slots.dropped:
                kept = self._placed(words, ratio)
                self._kept = kept if len(kept.slots) == len(words) else None
            self._slots.use(kept.slots)
            for pixmap, made in kept.pieces:
                draw_fragments(painter, pixmap, made)

    def get_ready(self, words: Iterable[Word], goes_on: Callable[[], bool]) -> None:
        """Make texts ready at the pixel ratio that was drawn at last."""
        if not self._ratio:
            return
        for word in words:
            key = (word.text, word.is_bold, word.colour)
            if key in self._slots:
                continue
            if not goes_on():
                return
            self._slots.add(key, self._picture(word))

    def _placed(self, words: Sequence[Word], ratio: float) -> _Placed:
        if ratio != self._ratio:
            self._begin(ratio)
        self._slots.begin_frame()
        keys = [(text, is_bold, colour) for text, _, _, colour, is_bold in words]
        slots = self._slots.find(keys)
        missing = (slots == NO_SLOT).nonzero()[0].tolist()
        for place in missing[: self._most_new]:
            slots[place] = self._slots.add(keys[place], self._picture(words[place]))
        if self._most_new is not None and len(missing) > self._most_new:
            self._is_complete = False
            drawn = (slots != NO_SLOT).nonzero()[0]
            words, slots = [words[place] for place in drawn.tolist()], slots[drawn]
        left = np.rint(np.array([word.x_px for word in words]) * ratio)
        top = np.rint((np.array([word.baseline_px for word in words]) - self.line.ascent_px) * ratio)
        pieces = self._slots.pieces(slots, left, top, self._slots.widths_px(slots))
        return _Placed(words, slots, pieces, self._slots.dropped)

    def _begin(self, ratio: float) -> None:
        self._ratio = ratio
        self._kept = None
        width, height = self._look.px(SMALL_PX * MOST_WORD_EMS), self.line.height_px
        self._slots = Slots(round(width * ratio), round(height * ratio), most_kept=MOST_KEPT, page_slots=PAGE_SLOTS)

    def _picture(self, word: Word) -> Picture:
        def draw(painter: QPainter) -> None:
            painter.scale(self._ratio, self._ratio)
            painter.setFont(self._look.small(bold=word.is_bold))
            painter.setPen(QColor(word.colour))
            painter.drawText(QPointF(0, self.line.ascent_px), word.text)

        width = math.ceil((self.width_px(word.text, is_bold=word.is_bold) + OVERHANG_PX) * self._ratio)
        return Picture(width, self._slots.size_px[1], draw)
