"""Draws a finished frame: ground, lanes, events, counts and what is pointed at, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from timeline_app.core.lanes import Grouping
from timeline_app.core.notes import NO_NOTES, Notes
from timeline_app.core.palette import ColourBook
from timeline_app.core.related import Told
from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame, FrameLane, FramePart
from timeline_app.scene.strips import Strip
from timeline_app.scene.ticks import Axis
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.axis_painter import draw_axis_labels, draw_pointer, labels_of
from timeline_app.ui.timeline.count_painter import CountMeasure
from timeline_app.ui.timeline.elsewhere_painter import draw_elsewhere
from timeline_app.ui.timeline.lane_colours import lane_colour, lane_colours
from timeline_app.ui.timeline.lane_painter import LanePainter
from timeline_app.ui.timeline.layers import Layers, MostNew
from timeline_app.ui.timeline.pixel_layers import PixelLayers
from timeline_app.ui.timeline.pointed_painter import PointedPainter
from timeline_app.ui.timeline.sheet import clip_to
from timeline_app.ui.timeline.star_painter import draw_stars
from timeline_app.ui.timeline.strip_painter import scale_words
from timeline_app.ui.timeline.symbols import PILL_MARGIN_PX
from timeline_app.ui.timeline.tail_painter import draw_tails
from timeline_app.ui.timeline.title_painter import seen_titles
from timeline_app.ui.timeline.told_painter import draw_competing_dates, draw_relations
from timeline_app.ui.timeline.words import Word

if TYPE_CHECKING:
    from timeline_app.ui.timeline.compared_painter import ComparedPieces


@dataclass(frozen=True, slots=True)
class Highlights:
    """What the user points at: selected rows, the row under the pointer, and the date under it in pixels.

    `told` is what is drawn beside the event selected last. Of `notes` the stars are drawn.
    """

    selected: tuple[int, ...] = ()
    told: Told | None = None
    notes: Notes = NO_NOTES
    hovered: int | None = None
    pointer_px: float | None = None
    pointer_label: str = ""
    has_focus: bool = False


class FramePainter:
    """Draws frames of one look; keeps ready the texts and small pictures that it has drawn before."""

    def __init__(self, look: Look, clean: Callable[[str], str], *, as_vectors: bool = False) -> None:
        """With `as_vectors` text and marks are drawn as such, for SVG and PDF, instead of as kept pixels.

        Who keeps it while the look may change calls `forget` then. It follows no signal itself: pictures are drawn on
        other threads too, where to end a connection can wait for ever for the main thread, and that for it.
        """
        self._look = look
        self._layers = _layers(look, clean, as_vectors=as_vectors)
        self._as_vectors = as_vectors
        self._pieces: ComparedPieces | None = None
        self._counts = CountMeasure(look)
        self._lanes = LanePainter(look, clean, self._layers.words)
        self._is_complete = True
        self._colours: list[int] = []
        self._colours_for: tuple[Grouping, ColourBook, tuple[tuple[str, int], ...]] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the frame painted last has all its texts: if not, painting it again draws more of them."""
        return self._is_complete

    def forget(self) -> None:
        """Drop all that is kept ready, as fonts or colours have changed."""
        self._layers.forget()
        self._pieces = None
        self._colours_for = None
        self._counts.forget()
        self._lanes.forget()

    def title_font(self, *, bold: bool) -> QFont:
        """Return the font of titles on the timeline."""
        return self._look.small(bold=bold)

    def get_ready(self, axis: Axis, strips: Iterable[Strip], goes_on: Callable[[], bool]) -> None:
        """Make the texts of a picture ready that may be next, as long as `goes_on` says so."""
        scales = [Word(scale_words(strip), 0, 0, self._look.theme.muted) for strip in strips]
        self._layers.words.get_ready([*labels_of(axis, self._look), *scales], goes_on)

    def paint(
        self,
        painter: QPainter,
        frame: Frame,
        table: EventTable,
        grouping: Grouping,
        highlights: Highlights,
        *,
        most_new: MostNew | None = None,
        covered_px: int = 0,
    ) -> None:
        """Draw a frame, or the part of a picture that it has, at the painter's origin.

        With `most_new` no more texts than that are made ready, and the others are left out for now: see `is_complete`.
        Titles end before the pixels at the right edge that are covered. What is held is drawn over what has moved.
        """
        layers, part = self._layers, frame.part
        layers.words.begin(most_new.words if most_new else None)
        colours = self._colours_of(frame.lanes, grouping)
        axis_px, seen_px = frame.measures.axis_px, frame.width_px - (0 if part is FramePart.MOVED else covered_px)
        painter.save()
        # What is held goes over what has moved, of which nothing lies under the lines at the foot.
        bottom_px = frame.height_px - (frame.foot_px if part is FramePart.HELD else 0)
        is_clipped = clip_to(painter, QRect(0, axis_px, seen_px, bottom_px - axis_px))
        if part is not FramePart.HELD:
            layers.draw_ground(painter, frame)
        if not is_clipped:
            painter.setClipRect(QRectF(0, axis_px, frame.width_px, bottom_px - axis_px))
        pointed = PointedPainter(self._look.theme, frame, highlights.selected, highlights.hovered)
        if part is not FramePart.HELD:
            pointed.draw_singles(painter)
            layers.draw_strips(painter, frame, colours)
        draw_tails(painter, frame, self._look.theme)
        if part is not FramePart.HELD:
            layers.draw_singles(painter, frame, table, colours)
        titles = seen_titles(frame, covered_px)
        has_titles = layers.draw_titles(painter, titles, table, most_new.titles if most_new else None)
        draw_stars(painter, frame, highlights.notes, self._look)
        self._draw_counts(painter, frame, pointed, colours, covered_px)
        if part is not FramePart.HELD:
            pointed.draw_joins(painter)
        self._draw_badges(painter, frame)
        if part is not FramePart.MOVED:
            self._draw_what_stays(painter, frame, table, highlights, pointed, colours)
        painter.restore()
        self._draw_change_lines(painter, frame, seen_px)
        if part is not FramePart.MOVED:
            painter.save()
            clip_to(painter, QRect(0, 0, frame.width_px, axis_px))
            layers.draw_axis(painter, frame)
            draw_axis_labels(painter, frame, self._look, layers.words)
            painter.restore()
            self.draw_pointing(painter, frame, highlights, covered_px)
        self._is_complete = has_titles and layers.words.is_complete

    def draw_pointing(self, painter: QPainter, frame: Frame, highlights: Highlights, covered_px: int) -> None:
        """Draw what lies over all else: the line below the pointer, and the ring round all that nothing covers."""
        if highlights.pointer_px is not None:
            words = self._layers.words
            draw_pointer(painter, frame, self._look, words, highlights.pointer_px, highlights.pointer_label)
        if highlights.has_focus:
            painter.setPen(QPen(QColor(self._look.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(1, 1, frame.width_px - covered_px - 2, frame.height_px - 2))

    def _draw_counts(
        self, painter: QPainter, frame: Frame, pointed: PointedPainter, colours: list[int], covered_px: int
    ) -> None:
        if not frame.clusters:
            return
        placed, words = self._counts.placed(frame, covered_px), self._layers.words
        height_px = words.line.height_px + PILL_MARGIN_PX
        if frame.part is FramePart.HELD:
            ground = QColor(self._look.theme.background)
            for right_px, y_px in zip(frame.clusters.width_px.tolist(), frame.clusters.y_px.tolist(), strict=True):
                painter.fillRect(QRectF(0, y_px - height_px / 2, round(right_px), height_px), ground)
        self._layers.draw_counts(painter, frame, placed, colours)
        pointed.draw_counts(painter, placed, height_px)

    def _draw_what_stays(
        self,
        painter: QPainter,
        frame: Frame,
        table: EventTable,
        highlights: Highlights,
        pointed: PointedPainter,
        colours: list[int],
    ) -> None:
        """Draw what is the same wherever the view is, and what has its place beside that."""
        words = self._layers.words
        if highlights.told is not None:
            draw_relations(painter, frame, highlights.told, self._look, pointed)
        known = lane_colours(self._look.theme)
        self._lanes.draw(painter, frame, [known[number] for number in colours])
        draw_elsewhere(painter, frame, table, self._look, words)
        if highlights.told is not None:
            draw_competing_dates(painter, frame, highlights.told, self._look, words)

    def _draw_change_lines(self, painter: QPainter, frame: Frame, seen_px: int) -> None:
        if frame.compared is not None:
            from timeline_app.ui.timeline.compared_painter import draw_change_lines  # loaded with what is to be drawn

            painter.save()
            clip_to(painter, QRect(0, frame.height_px - frame.foot_px, seen_px, frame.foot_px))
            draw_change_lines(painter, frame, self._look, self._layers.words, self._pieces)
            painter.restore()

    def _draw_badges(self, painter: QPainter, frame: Frame) -> None:
        if frame.compared is not None:
            # Loaded with what is to be drawn.
            from timeline_app.ui.timeline.compared_painter import ComparedPieces, draw_badges

            if self._pieces is None and not self._as_vectors:
                self._pieces = ComparedPieces(self._look)
            draw_badges(painter, frame, self._look, self._pieces)

    def _colours_of(self, lanes: tuple[FrameLane, ...], grouping: Grouping) -> list[int]:
        """Return the numbers of the colours of lanes; those of the last frame serve for the same lanes again."""
        key = (grouping, self._look.colours, tuple([(lane.name, lane.number) for lane in lanes]))
        if key != self._colours_for:
            self._colours = [lane_colour(lane, grouping, self._look) for lane in lanes]
            self._colours_for = key
        return self._colours


def _layers(look: Look, clean: Callable[[str], str], *, as_vectors: bool) -> Layers:
    if not as_vectors:
        return PixelLayers(look, clean)
    from timeline_app.ui.timeline.vector_layers import VectorLayers  # loaded with what is to be exported

    return VectorLayers(look, clean)
