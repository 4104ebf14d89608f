"""Say where an event stands in a file."""

from __future__ import annotations

from timeline_app.core.event import Origin


def origin_words(origin: Origin) -> str:
    """Return a file with the line or, where that is not known, the record."""
    place = f", line {origin.line}" if origin.line else f", record {origin.record}" if origin.record else ""
    return f"{origin.file}{place}"
