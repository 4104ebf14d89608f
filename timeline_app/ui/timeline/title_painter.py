"""Draws the titles of events, each made ready once and kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from unicodedata import bidirectional

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from timeline_app.core.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame
from timeline_app.scene.rows import TitlePlace
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import EDGE_PX
from timeline_app.ui.timeline.sheet import Picture, device_pixels
from timeline_app.ui.timeline.text_slots import NO_SLOT, TextSlots
from timeline_app.ui.timeline.title_measure import BOLD_FROM_IMPORTANCE, MOST_TITLE_EMS

LEAST_TITLE_PX = 40
MOST_TITLE_CHARACTERS = 500
WIDTH_BITS = 12
OVERHANG_PX = 2
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, eq=False)
class SeenTitles:
    """The titles of a frame that are shown, in pixels of the frame, each of shape (titles,).

    `left_px` is where a title begins and `y_px` its middle; of its `width_px`, `room_px` are before the right edge.
    """

    rows: Int32Array
    left_px: FloatArray
    y_px: FloatArray
    width_px: FloatArray
    room_px: FloatArray

    @property
    def is_cut(self) -> BoolArray:
        """Which of them reach beyond the right edge."""
        return self.room_px < self.width_px


def seen_titles(frame: Frame) -> SeenTitles:
    """Return which titles are shown: none whose beginning is not seen, and none cut to less than LEAST_TITLE_PX."""
    singles = frame.singles
    room = frame.width_px - singles.title_px
    wide_enough = (room >= singles.title_width_px) | (room >= LEAST_TITLE_PX)
    seen = np.flatnonzero((singles.title_place != TitlePlace.NONE) & (singles.title_px >= 0) & wide_enough)
    raised_px = np.where(singles.title_place[seen] == TitlePlace.INSIDE, EDGE_PX / 2, 0.0)
    return SeenTitles(
        singles.rows[seen],
        singles.title_px[seen],
        singles.y_px[seen] - raised_px,
        singles.title_width_px[seen],
        room[seen],
    )


def is_right_to_left(title: str) -> bool:
    """Return whether the first letter of a title is of a script that is written from right to left."""
    directions = map(bidirectional, title[:MOST_TITLE_CHARACTERS])
    return next((one for one in directions if one in {"L", "R", "AL"}), "L") != "L"


def elided_title(clean: Callable[[str], str], title: str, metrics: QFontMetricsF, width_px: float) -> str:
    """Return a title made harmless, and cut where it is wider than its room."""
    return metrics.elidedText(clean(title[:MOST_TITLE_CHARACTERS]), Qt.TextElideMode.ElideRight, width_px + 1)


class TitlePainter:
    """Draws titles of one look from slots; at the right edge the end of a title gives way to an ellipsis."""

    def __init__(self, look: Look, clean: Callable[[str], str]) -> None:
        self._look = look
        self._clean = clean
        self._table: EventTable | None = None
        self._ratio = 0.0
        self._slots = TextSlots(1, 1)
        self._right_to_left: set[int] = set()

    def forget(self) -> None:
        """Drop all titles that are ready, as fonts or colours have changed."""
        self._table = None

    def draw(self, painter: QPainter, frame: Frame, table: EventTable, most_new: int | None) -> bool:
        """Draw the titles of a frame; of new ones the `most_new` most important. Return whether all are drawn."""
        with device_pixels(painter) as ratio:
            if table is not self._table or ratio != self._ratio:
                self._begin(table, ratio)
            self._slots.begin_frame()
            titles = seen_titles(frame)
            keys = (titles.rows.astype(np.int64) << WIDTH_BITS) + titles.width_px.astype(np.int64)
            slots = self._slots.find(keys.tolist())
            missing = np.flatnonzero(slots == NO_SLOT)
            if len(missing):
                self._make(table, titles, keys, missing, most_new)
                slots = self._slots.find(keys.tolist())
            self._draw_slots(painter, table, titles, slots)
        return bool((slots != NO_SLOT).all())

    def _begin(self, table: EventTable, ratio: float) -> None:
        self._table, self._ratio = table, ratio
        font = self._look.small(bold=True)
        width, height = MOST_TITLE_EMS * font.pixelSize() + OVERHANG_PX, QFontMetricsF(font).height()
        self._slots = TextSlots(round(width * ratio), round(height * ratio))
        self._right_to_left = set()

    def _make(
        self, table: EventTable, titles: SeenTitles, keys: Int64Array, missing: Int64Array, most_new: int | None
    ) -> None:
        """Make titles ready, each once though it may stand in several lanes."""
        importance = table.importance[titles.rows[missing]]
        by_importance = missing[np.argsort(-importance.astype(np.int64), kind="stable")]
        wanted = {int(keys[place]): int(place) for place in reversed(by_importance.tolist())}
        chosen = list(reversed(wanted.items()))[:most_new]
        rows = [int(titles.rows[place]) for _, place in chosen]
        is_bold = _is_bold(table, np.array(rows, np.int32)).tolist()
        for (key, place), title, bold in zip(chosen, table.titles_of(rows), is_bold, strict=True):
            slot = self._slots.add(key, self._picture(title, float(titles.width_px[place]), is_bold=bold))
            (self._right_to_left.add if is_right_to_left(title) else self._right_to_left.discard)(slot)

    def _picture(self, title: str, width_px: float, *, is_bold: bool) -> Picture:
        font = self._look.small(bold=is_bold)
        metrics = QFontMetricsF(font)

        def draw(painter: QPainter) -> None:
            painter.scale(self._ratio, self._ratio)
            painter.setFont(font)
            painter.setPen(QColor(self._look.theme.ink))
            painter.drawText(QPointF(0, metrics.ascent()), elided_title(self._clean, title, metrics, width_px))

        return Picture(math.ceil((width_px + OVERHANG_PX) * self._ratio), self._slots.size_px[1], draw)

    def _draw_slots(self, painter: QPainter, table: EventTable, titles: SeenTitles, slots: Int64Array) -> None:
        ratio = self._ratio
        ready = np.flatnonzero(slots != NO_SLOT)
        slots = slots[ready]
        left = np.rint(titles.left_px[ready] * ratio)
        top = np.rint(titles.y_px[ready] * ratio - self._slots.size_px[1] / 2)
        width = self._slots.widths_px(slots)
        cut = np.flatnonzero(titles.is_cut[ready])
        if len(cut):
            is_bold = _is_bold(table, titles.rows[ready[cut]]).tolist()
            ellipses = np.array([self._ellipsis(is_bold=bold) for bold in is_bold])
            width[cut] = self._cut_widths(slots[cut], np.floor(titles.room_px[ready[cut]] * ratio))
            ellipsis_px = np.where(width[cut] > 0, self._slots.widths_px(ellipses), 0.0)
            self._slots.draw(painter, ellipses, left[cut] + width[cut], top[cut], ellipsis_px)
        self._slots.draw(painter, slots, left, top, width)

    def _cut_widths(self, slots: Int64Array, room: FloatArray) -> FloatArray:
        """Return how much of titles is drawn, up to a gap between letters, so that an ellipsis has room after it.

        Nothing is drawn of those that begin at the right, since their beginning is what is cut off.
        """
        ellipsis_px = round(QFontMetricsF(self._look.small(bold=True)).horizontalAdvance(ELLIPSIS) * self._ratio)
        pairs = zip(slots.tolist(), (room - ellipsis_px).tolist(), strict=True)
        return np.array(
            [
                0.0 if slot in self._right_to_left else float(self._slots.end_before(slot, int(most)))
                for slot, most in pairs
            ]
        )

    def _ellipsis(self, *, is_bold: bool) -> int:
        key = (ELLIPSIS, is_bold)
        slot = int(self._slots.find([key])[0])
        if slot != NO_SLOT:
            return slot
        width_px = QFontMetricsF(self._look.small(bold=is_bold)).horizontalAdvance(ELLIPSIS)
        return self._slots.add(key, self._picture(ELLIPSIS, width_px, is_bold=is_bold))


def _is_bold(table: EventTable, rows: Int32Array) -> BoolArray:
    is_bold: BoolArray = table.importance[rows] >= BOLD_FROM_IMPORTANCE
    return is_bold
