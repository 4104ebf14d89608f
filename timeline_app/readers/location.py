"""Read a point on the Earth from two cells in degrees."""

from __future__ import annotations

from timeline_app.core.event import Location
from timeline_app.readers.fields import NUMBER


def location_of(latitude: str, longitude: str) -> Location | None:
    """Return the point of two cells in degrees, None when they are none."""
    lat, lon = latitude.strip(), longitude.strip()
    if not (NUMBER.fullmatch(lat) and NUMBER.fullmatch(lon)):
        return None
    found = Location(float(lat), float(lon))
    return found if abs(found.lat) <= 90 and abs(found.lon) <= 180 else None
