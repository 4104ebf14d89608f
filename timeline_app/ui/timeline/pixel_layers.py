"""The layers of a picture made of pixels: all that stays the same from frame to frame is drawn once and copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtGui import QPainter

from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame
from timeline_app.ui.look import Look
from timeline_app.ui.timeline.count_painter import PlacedCounts, draw_counts
from timeline_app.ui.timeline.ground_painter import GroundPainter
from timeline_app.ui.timeline.singles_painter import SinglesPainter
from timeline_app.ui.timeline.strip_painter import StripPainter
from timeline_app.ui.timeline.symbols import Symbols
from timeline_app.ui.timeline.title_painter import SeenTitles, TitlePainter
from timeline_app.ui.timeline.words import PixelWords


class PixelLayers:
    """Draws the layers of a frame from sheets of pictures and slots of texts."""

    def __init__(self, look: Look, clean: Callable[[str], str]) -> None:
        self._look = look
        self._symbols: Symbols | None = None
        self._ground = GroundPainter()
        self._strips = StripPainter()
        self._singles = SinglesPainter()
        self._titles = TitlePainter(look, clean)
        self._words = PixelWords(look)

    @property
    def words(self) -> PixelWords:
        """Who draws the texts of axis and lane heads."""
        return self._words

    def forget(self) -> None:
        """Drop all pictures and texts that are kept ready."""
        self._symbols = None
        self._titles.forget()
        self._words.forget()

    def draw_ground(self, painter: QPainter, frame: Frame) -> None:
        """Draw the ground and its lines."""
        self._ground.draw(painter, frame, self._look.theme)

    def draw_axis(self, painter: QPainter, frame: Frame) -> None:
        """Draw the axis without its labels."""
        self._ground.draw_axis(painter, frame, self._look.theme)

    def draw_strips(self, painter: QPainter, frame: Frame, colours: Sequence[int]) -> None:
        """Draw the density strips."""
        symbols = self._fitting_symbols(painter, frame)
        self._strips.draw(painter, frame, [symbols.colour(number) for number in colours])

    def draw_singles(self, painter: QPainter, frame: Frame, table: EventTable, colours: Sequence[int]) -> None:
        """Draw bars and marks."""
        self._singles.draw(painter, frame, table, self._fitting_symbols(painter, frame), np.array(colours, np.int64))

    def draw_titles(self, painter: QPainter, titles: SeenTitles, table: EventTable, most_new: int | None) -> bool:
        """Draw titles, `most_new` at most that are not ready yet; return whether all are drawn."""
        return self._titles.draw(painter, titles, table, most_new)

    def draw_counts(self, painter: QPainter, frame: Frame, placed: PlacedCounts, colours: Sequence[int]) -> None:
        """Draw the counts."""
        draw_counts(painter, placed, self._fitting_symbols(painter, frame), np.array(colours, np.int64))

    def _fitting_symbols(self, painter: QPainter, frame: Frame) -> Symbols:
        """Return the symbols for a painter's pixel ratio, begun anew when there are very many of them."""
        ratio, measures = painter.deviceTransform().m11(), frame.measures
        if self._symbols is None or not self._symbols.fits(ratio, measures):
            self._symbols = Symbols(self._look, ratio, measures)
        return self._symbols
