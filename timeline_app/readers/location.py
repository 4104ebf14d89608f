"""Read a point on the Earth from two cells in degrees."""

from __future__ import annotations

import re

from timeline_app.core.event import Location
from timeline_app.readers.blank_cells import NOTHING_WRITTEN
from timeline_app.readers.fields import NUMBER

_DECIMAL_COMMA = re.compile(r"[+-]?\d{1,3},\d+", re.ASCII)
_NUMBERS = r"([+-]?\d{1,3}(?:\.\d+)?)"
_PAIR = re.compile(rf"\(?{_NUMBERS}\s*[,;]\s*{_NUMBERS}\)?|{_NUMBERS}\s+{_NUMBERS}", re.ASCII)
_WELL_KNOWN_TEXT = re.compile(rf"POINT ?\({_NUMBERS} {_NUMBERS}\)", re.ASCII | re.IGNORECASE)


def location_of(latitude: str, longitude: str) -> Location | None:
    """Return the point of two cells in degrees, None when they are none.

    A decimal comma is a decimal point. Where both are one cell, it holds both: latitude and longitude, or POINT with
    the longitude first. The same missing value in both, such as -9, is no point.
    """
    lat, lon = latitude.strip(), longitude.strip()
    if not (lat or lon):
        return None
    if lat == lon and lat in NOTHING_WRITTEN:
        # A missing value, and a place in the ocean where nobody is.
        return None
    if lat == lon and not NUMBER.fullmatch(lat):
        lat, lon = _pair(lat)
    lat, lon = (text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text for text in (lat, lon))
    if not (NUMBER.fullmatch(lat) and NUMBER.fullmatch(lon)):
        return None
    found = Location(float(lat), float(lon))
    return found if abs(found.lat) <= 90 and abs(found.lon) <= 180 else None


def _pair(cell: str) -> tuple[str, str]:
    """Return latitude and longitude of a cell that holds both, empty for any other."""
    point = _WELL_KNOWN_TEXT.fullmatch(cell)
    if point is not None:
        return point[2], point[1]
    pair = _PAIR.fullmatch(cell)
    return ("", "") if pair is None else (pair[1] or pair[3], pair[2] or pair[4])
