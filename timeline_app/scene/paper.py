"""Sheets of paper, and a stretch of time cut into pages."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

PX_PER_MM = 96 / 25.4
MOST_PAGES = 100

# Width and height of an upright sheet in millimetres.
SHEETS_MM: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "a5": (148.0, 210.0),
        "a4": (210.0, 297.0),
        "a3": (297.0, 420.0),
        "a2": (420.0, 594.0),
        "letter": (215.9, 279.4),
        "legal": (215.9, 355.6),
        "tabloid": (279.4, 431.8),
    }
)


def sheet_mm(name: str, *, is_upright: bool, across: int = 1) -> tuple[float, float]:
    """Return width and height in millimetres of a sheet, upright or on its side, or of several side by side."""
    short_mm, long_mm = SHEETS_MM[name]
    width_mm, height_mm = (short_mm, long_mm) if is_upright else (long_mm, short_mm)
    return width_mm * across, height_mm


def sheet_px(size_mm: tuple[float, float], scale: float) -> tuple[int, int]:
    """Return the pixels of a sheet on which everything is drawn so many times as large as on a screen."""
    width_mm, height_mm = size_mm
    return round(width_mm * PX_PER_MM / scale), round(height_mm * PX_PER_MM / scale)


def parts_of(view_s: tuple[int, int], pages: int) -> list[tuple[int, int]]:
    """Return a stretch of time in equal parts, each of which begins where the one before it ends."""
    first_s, last_s = view_s
    edges_s = [first_s + (last_s - first_s) * number // pages for number in range(pages + 1)]
    return list(pairwise(edges_s))
