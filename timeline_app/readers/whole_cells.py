"""Read the excerpts, the sources and the field bag of an event back whole from cells that hold them as JSON.

So this program writes them in Parquet and GeoJSON; other tables rarely have more than a name in such a cell.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from timeline_app.core.event import Excerpt, Source
from timeline_app.readers.list_cells import entries, text_of

_MAPPINGS = "[{"


def whole_excerpts(cell: str) -> tuple[Excerpt, ...] | None:
    """Return the excerpts of a cell that is a list of mappings, None for any other cell."""
    found = _mappings(cell)
    if found is None:
        return None
    return tuple(
        Excerpt(
            text_of(one, "text"),
            source=text_of(one, "source"),
            locator=text_of(one, "locator"),
            language=text_of(one, "language"),
            translation=text_of(one, "translation"),
        )
        for one in found
        if text_of(one, "text").strip()
    )


def whole_sources(cell: str) -> tuple[Source, ...] | None:
    """Return the sources of a cell that is a list of mappings with keys, None for any other cell."""
    found = _mappings(cell)
    if found is None or not all(text_of(one, "key") for one in found):
        return None
    return tuple(
        Source(
            text_of(one, "key"),
            title=text_of(one, "title"),
            author=text_of(one, "author"),
            publisher=text_of(one, "publisher"),
            url=text_of(one, "url"),
            language=text_of(one, "language"),
            published=text_of(one, "published"),
            retrieved=text_of(one, "retrieved"),
            file=text_of(one, "file"),
            sha256=text_of(one, "sha256"),
        )
        for one in found
    )


def kept_beyond(cell: str) -> dict[str, object] | None:
    """Return the field bag of a cell that is a mapping in JSON, None for any other cell."""
    if not cell.startswith("{"):
        return None
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _mappings(cell: str) -> list[Mapping[str, object]] | None:
    if not cell.lstrip().startswith(_MAPPINGS):
        return None
    found = [one for one in entries(cell) if isinstance(one, Mapping)]
    return found or None
