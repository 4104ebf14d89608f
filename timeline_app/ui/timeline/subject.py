"""What pictures of the timeline are of, whatever their view: the one place that makes frames of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtGui import QPainter

from timeline_app.core.filter import FilterResult
from timeline_app.core.lanes import Grouping
from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Canvas, Frame, FramePart, build_frame, singles_in_view
from timeline_app.scene.layout import Layouts
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.timeline.asked_layers import AskedLayers, with_asked
from timeline_app.ui.timeline.layers import MostNew
from timeline_app.ui.timeline.painter import FramePainter, Highlights


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What pictures are of: all but the view."""

    table: EventTable
    layouts: Layouts
    result: FilterResult
    grouping: Grouping
    canvas: Canvas
    highlights: Highlights
    covered_px: int
    asked: AskedLayers

    def frame(self, view: Viewport) -> Frame:
        """Return the whole picture of a view."""
        frame = build_frame(self.table, self.layouts, self.result.certain_if_passing, view, self.canvas)
        return with_asked(frame, self.table, self.asked)

    def paint(self, painter: FramePainter, on: QPainter, frame: Frame, most_new: MostNew | None) -> bool:
        """Paint a frame, with no more new texts than that at once; return whether all of its texts are there."""
        painter.paint(
            on,
            frame,
            self.table,
            self.grouping,
            self.highlights,
            most_new=most_new,
            covered_px=self.covered_px,
        )
        return painter.is_complete

    def part(self, view: Viewport, part: FramePart, years: int) -> Frame:
        """Return a part of it; `years` is how far apart the ticks of the whole are."""
        canvas, certain = replace(self.canvas, part=part, years_apart=years), self.result.certain_if_passing
        frame = build_frame(self.table, self.layouts, certain, view, canvas)
        singles = partial(singles_in_view, self.table, self.layouts, certain, view, canvas)
        return with_asked(frame, self.table, self.asked, singles)
