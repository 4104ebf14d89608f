"""Say where an event happened."""

from __future__ import annotations

from timeline_app.core.event import Event, Location


def place_words(event: Event) -> str:
    """Return the place by name with its coordinates, as far as they are known: Pyongyang · 39.03° N, 125.75° E."""
    return " · ".join(part for part in (event.place, _coordinates(event.location)) if part)


def _coordinates(location: Location | None) -> str:
    """Say where on the Earth a point lies, in degrees as given: 39.03° N, 125.75° E."""
    if location is None:
        return ""
    north = "N" if location.lat >= 0 else "S"
    east = "E" if location.lon >= 0 else "W"
    return f"{abs(location.lat):g}°\u00a0{north}, {abs(location.lon):g}°\u00a0{east}"
