"""What picture is wanted: its kind, its size, its stretch of time, its pages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from timeline_app.core.lanes import Grouping


class PictureKind(StrEnum):
    """The formats that a picture is written in."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class PictureWish:
    """What picture is wanted: size in pixels at scale 1, seconds from and to (None: everything), row to select.

    Without a grouping lanes stand for what is usual for such events. A PDF may have several pages, each with an equal
    part of the time, and may fill sheets of a size in millimetres, whatever its pixels.
    """

    kind: PictureKind = PictureKind.PNG
    width_px: int = 1600
    height_px: int = 900
    scale: float = 1.0
    view_s: tuple[int, int] | None = None
    selected: int | None = None
    grouping: Grouping | None = None
    pages: int = 1
    sheet_mm: tuple[float, float] | None = None
