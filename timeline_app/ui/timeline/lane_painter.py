"""Draws what a lane is known by: the strip of its colour, its name, its count, and the scale of its density strip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from timeline_app.core.doubt_words import counted_in_doubt
from timeline_app.scene.frame import Frame, FrameLane
from timeline_app.ui.look import SMALL_PX, Look
from timeline_app.ui.timeline.axis_painter import STRIP_PX
from timeline_app.ui.timeline.strip_painter import scale_words
from timeline_app.ui.timeline.title_painter import MOST_TITLE_CHARACTERS
from timeline_app.ui.timeline.words import MOST_WORD_EMS, Word, Words

NAME_GAP_PX = 7
GROUND_MARGIN_PX = 9
SCALE_MARGIN_PX = 18
MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that lane heads depend on; as long as it is the same, panning draws them again as they are."""

    lanes: tuple[FrameLane, ...]
    colours: tuple[str, ...]
    scales: tuple[tuple[int, int, str], ...]
    ground: str
    width_px: int
    axis_px: int
    head_px: int


class LanePainter:
    """Draws lane heads, which stay in view as long as any of their lane is."""

    def __init__(self, look: Look, clean: Callable[[str], str], words: Words) -> None:
        self._look = look
        self._clean = clean
        self._words = words
        self._names: dict[tuple[str, int], str] = {}
        self._seen: _Seen | None = None
        self._fills: list[tuple[QRectF, QColor]] = []
        self._texts: tuple[Word, ...] = ()

    def forget(self) -> None:
        """Measure names anew, as fonts have changed."""
        self._names.clear()
        self._seen = None

    def draw(self, painter: QPainter, frame: Frame, colours: Sequence[str]) -> None:
        """Draw the heads of all lanes in view, in the colours of the lanes."""
        scales = tuple([(strip.lane, strip.highest, strip.span_words) for strip in frame.strips])
        measures, ground = frame.measures, self._look.theme.background
        seen = _Seen(frame.lanes, tuple(colours), scales, ground, frame.width_px, measures.axis_px, measures.head_px)
        if seen != self._seen:
            words = {strip.lane: scale_words(strip) for strip in frame.strips}
            self._fills, texts = self._arranged(seen, words)
            self._texts = tuple(texts)
            self._seen = seen
        for box, colour in self._fills:
            painter.fillRect(box, colour)
        self._words.draw_again(painter, self._texts)

    def _arranged(self, seen: _Seen, scales: dict[int, str]) -> tuple[list[tuple[QRectF, QColor]], list[Word]]:
        """Return the coloured strips of all lanes and the grounds of their heads, and the texts that stand there."""
        strips: list[tuple[QRectF, QColor]] = []
        grounds: list[QRectF] = []
        texts: list[Word] = []
        for number, (lane, colour) in enumerate(zip(seen.lanes, seen.colours, strict=True)):
            strip = QRectF(0, lane.top_px + 1, STRIP_PX, lane.bottom_px - lane.top_px - 1)
            strips.append((strip, QColor(colour)))
            top = min(max(lane.top_px, seen.axis_px), lane.bottom_px - seen.head_px)
            own, right = self._name_and_count(lane, colour, top, seen)
            ground_right = seen.width_px if top != lane.top_px else right + GROUND_MARGIN_PX
            grounds.append(QRectF(STRIP_PX, top + 1, ground_right - STRIP_PX, seen.head_px - 2))
            texts += own
            scale = scales.get(number, "")
            scale_px = self._words.width_px(scale)
            left = seen.width_px - SCALE_MARGIN_PX - scale_px
            if scale and left > right + 2 * GROUND_MARGIN_PX:
                grounds.append(QRectF(left - NAME_GAP_PX, top + 1, scale_px + 2 * NAME_GAP_PX, seen.head_px - 2))
                texts.append(Word(scale, left, own[0].baseline_px, self._look.theme.muted))
        ground = QColor(seen.ground)
        return [*strips, *((box, ground) for box in grounds)], texts

    def _name_and_count(self, lane: FrameLane, colour: str, top: int, seen: _Seen) -> tuple[list[Word], float]:
        """Return name and count of a lane as texts, and where they end."""
        name = self._name(lane.title, min(round(seen.width_px * 0.5), self._look.px(SMALL_PX * (MOST_WORD_EMS - 1))))
        count = f" · {counted_in_doubt(lane.count, lane.possible)}"
        left, baseline = STRIP_PX + NAME_GAP_PX, self._words.line.baseline_px(top + seen.head_px / 2)
        name_px = self._words.width_px(name, is_bold=True)
        texts = [
            Word(name, left, baseline, colour, is_bold=True),
            Word(count, left + name_px, baseline, self._look.theme.muted, is_bold=True),
        ]
        return texts, left + name_px + self._words.width_px(count, is_bold=True)

    def _name(self, title: str, room_px: int) -> str:
        key = (title, room_px)
        found = self._names.get(key)
        if found is None:
            if len(self._names) >= MOST_NAMES:
                self._names.clear()
            metrics = QFontMetricsF(self._look.small(bold=True))
            harmless = self._clean(title[:MOST_TITLE_CHARACTERS])
            found = self._names[key] = metrics.elidedText(harmless, Qt.TextElideMode.ElideRight, room_px)
        return found
