"""What a frame is drawn with: the layers of a picture, one above the other, as pixels or as vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtGui import QPainter

from timeline_app.core.table import EventTable
from timeline_app.scene.frame import Frame
from timeline_app.ui.timeline.count_painter import PlacedCounts
from timeline_app.ui.timeline.title_painter import SeenTitles
from timeline_app.ui.timeline.words import Words


@dataclass(frozen=True, slots=True)
class MostNew:
    """How many texts that are not ready may be made for a frame, each of which takes as long as many take to copy.

    `titles` are the most important ones; `words` are so many for the axis, and so many for the heads of lanes.
    """

    titles: int
    words: int


class Layers(Protocol):
    """Draws each layer of a frame; `colours` are numbers of lane colours, one a frame's lane."""

    @property
    def words(self) -> Words:
        """Who draws the texts of axis and lane heads."""

    def forget(self) -> None:
        """Drop all that is kept ready, as fonts or colours have changed."""

    def draw_ground(self, painter: QPainter, frame: Frame) -> None:
        """Draw the ground and its lines."""

    def draw_axis(self, painter: QPainter, frame: Frame) -> None:
        """Draw the axis without its labels."""

    def draw_strips(self, painter: QPainter, frame: Frame, colours: Sequence[int]) -> None:
        """Draw the density strips."""

    def draw_singles(self, painter: QPainter, frame: Frame, table: EventTable, colours: Sequence[int]) -> None:
        """Draw bars and marks."""

    def draw_titles(self, painter: QPainter, titles: SeenTitles, table: EventTable, most_new: int | None) -> bool:
        """Draw titles, `most_new` at most that are not ready yet; return whether all are drawn."""

    def draw_counts(self, painter: QPainter, frame: Frame, placed: PlacedCounts, colours: Sequence[int]) -> None:
        """Draw the counts."""
