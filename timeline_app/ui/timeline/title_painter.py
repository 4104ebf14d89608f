"""Draws the titles of events, each made ready once and kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from unicodedata import bidirectional

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from timeline_app.core.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame, FramePart
from timeline_app.scene.rows import TITLE_GAP_PX, TitlePlace
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.doubt_brush import EDGE_PX
from timeline_app.ui.timeline.sheet import Picture, device_pixels
from timeline_app.ui.timeline.slots import NO_SLOT, Slots
from timeline_app.ui.timeline.title_measure import BOLD_FROM_IMPORTANCE, MOST_TITLE_EMS

LEAST_TITLE_PX = 40
MOST_TITLE_CHARACTERS = 500
WIDTH_BITS = 12
OVERHANG_PX = 2
SHORTENED_STEP_PX = 16
ELLIPSIS = "…"
# As plain integers: NumPy makes an array of each member otherwise.
_NO_TITLE, _LEFT, _INSIDE = int(TitlePlace.NONE), int(TitlePlace.LEFT), int(TitlePlace.INSIDE)


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


def seen_titles(frame: Frame, covered_px: int = 0) -> SeenTitles:
    """Return which titles are shown: none whose beginning is not seen, and none cut to less than LEAST_TITLE_PX.

    One that stands left of its mark is shown only where that begins to be seen: alone it would belong to nothing.
    So many pixels at the right edge are covered by something else. What is moved knows no edges, and
    leaves out the titles that keep their place.
    """
    singles = frame.singles
    has_title = singles.title_place != _NO_TITLE
    if frame.part is FramePart.MOVED:
        room = singles.title_width_px
        seen = (has_title & (singles.title_place != _INSIDE)).nonzero()[0]
    else:
        room = frame.width_px - covered_px - singles.title_px
        width = singles.title_width_px
        is_left = singles.title_place == _LEFT
        least = np.where(is_left, width + TITLE_GAP_PX, np.minimum(width, LEAST_TITLE_PX))
        seen = (has_title & (singles.title_px >= 0) & (room >= least)).nonzero()[0]
    raised_px = np.where(singles.title_place[seen] == _INSIDE, EDGE_PX / 2, 0.0)
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
        self._slots = Slots(1, 1)
        self._ellipsis_px = 0
        self._fonts: tuple[tuple[QFont, QFontMetricsF], ...] = ()
        self._right_to_left: set[int] = set()

    def forget(self) -> None:
        """Drop all titles that are ready, as fonts or colours have changed."""
        self._table = None

    def draw(self, painter: QPainter, titles: SeenTitles, table: EventTable, most_new: int | None) -> bool:
        """Draw titles; of new ones the `most_new` most important. Return whether all are drawn."""
        with device_pixels(painter) as ratio:
            if table is not self._table or ratio != self._ratio:
                self._begin(table, ratio)
            self._slots.begin_frame()
            slots = self._ready(table, titles, most_new)
            if self._right_to_left and len(from_right := self._cut_from_right(titles, slots)):
                titles = _shortened(titles, from_right)
                slots = self._ready(table, titles, most_new)
            self._draw_slots(painter, table, titles, slots)
        return bool((slots != NO_SLOT).all())

    def _ready(self, table: EventTable, titles: SeenTitles, most_new: int | None) -> Int64Array:
        """Return the slots of titles, of those that were not ready the `most_new` most important made now."""
        keys = (titles.rows.astype(np.int64) << WIDTH_BITS) + titles.width_px.astype(np.int64)
        slots = self._slots.find(keys.tolist())
        missing = (slots == NO_SLOT).nonzero()[0]
        if len(missing):
            self._make(table, titles, keys, missing, most_new)
            slots = self._slots.find(keys.tolist())
        return slots

    def _cut_from_right(self, titles: SeenTitles, slots: Int64Array) -> Int64Array:
        """Return the places of titles that the right edge cuts although they begin there."""
        cut = titles.is_cut.nonzero()[0]
        begins_there = [slot in self._right_to_left for slot in slots[cut].tolist()]
        return cut[np.array(begins_there, np.bool_)]

    def _begin(self, table: EventTable, ratio: float) -> None:
        self._table, self._ratio = table, ratio
        fonts = self._look.small(), self._look.small(bold=True)
        self._fonts = tuple((font, QFontMetricsF(font)) for font in fonts)
        font, metrics = self._fonts[True]
        width, height = MOST_TITLE_EMS * font.pixelSize() + OVERHANG_PX, metrics.height()
        self._slots = Slots(round(width * ratio), round(height * ratio))
        self._ellipsis_px = round(metrics.horizontalAdvance(ELLIPSIS) * ratio)
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
        font, metrics = self._fonts[is_bold]

        def draw(painter: QPainter) -> None:
            painter.scale(self._ratio, self._ratio)
            painter.setFont(font)
            painter.setPen(QColor(self._look.theme.ink))
            painter.drawText(QPointF(0, metrics.ascent()), elided_title(self._clean, title, metrics, width_px))

        return Picture(math.ceil((width_px + OVERHANG_PX) * self._ratio), self._slots.size_px[1], draw)

    def _draw_slots(self, painter: QPainter, table: EventTable, titles: SeenTitles, slots: Int64Array) -> None:
        ratio = self._ratio
        ready = (slots != NO_SLOT).nonzero()[0]
        slots = slots[ready]
        left = np.rint(titles.left_px[ready] * ratio)
        top = np.rint(titles.y_px[ready] * ratio - self._slots.size_px[1] / 2)
        width = self._slots.widths_px(slots)
        cut = titles.is_cut[ready].nonzero()[0]
        if len(cut):
            width[cut] = self._cut_widths(slots[cut], np.floor(titles.room_px[ready[cut]] * ratio))
            begun = cut[width[cut] > 0]
            ellipses = self._ellipses(_is_bold(table, titles.rows[ready[begun]]))
            slots, left = np.append(slots, ellipses), np.append(left, left[begun] + width[begun])
            top, width = np.append(top, top[begun]), np.append(width, self._slots.widths_px(ellipses))
        self._slots.draw(painter, slots, left, top, width)

    def _cut_widths(self, slots: Int64Array, room: FloatArray) -> FloatArray:
        """Return how much of titles is drawn, up to a gap between letters, so that an ellipsis has room after it."""
        pairs = zip(slots.tolist(), (room - self._ellipsis_px).tolist(), strict=True)
        return np.array([float(self._slots.end_before(slot, int(most))) for slot, most in pairs])

    def _ellipses(self, is_bold: BoolArray) -> Int64Array:
        """Return the slots of ellipses, made ready where they are not."""
        slots = self._slots.find([(ELLIPSIS, False), (ELLIPSIS, True)])
        for bold in set(is_bold.tolist()):
            if slots[int(bold)] == NO_SLOT:
                width_px = self._fonts[bold][1].horizontalAdvance(ELLIPSIS)
                slots[int(bold)] = self._slots.add((ELLIPSIS, bold), self._picture(ELLIPSIS, width_px, is_bold=bold))
        return slots[is_bold.astype(np.int64)]


def _shortened(titles: SeenTitles, places: Int64Array) -> SeenTitles:
    """Return titles of which some are only as wide as their room, in steps, so that a pan makes few of them anew."""
    width_px = titles.width_px.copy()
    width_px[places] = np.floor(titles.room_px[places] / SHORTENED_STEP_PX) * SHORTENED_STEP_PX
    return replace(titles, width_px=width_px)


def _is_bold(table: EventTable, rows: Int32Array) -> BoolArray:
    is_bold: BoolArray = table.importance[rows] >= BOLD_FROM_IMPORTANCE
    return is_bold
