"""Read the excerpts, the sources and the field bag of an event back whole from cells that hold them as JSON.

So this program writes them in Parquet and GeoJSON. Others write sources alike in JSON, without keys: `[{"title": …,
"url": …, "outlet": …, "date": …}]`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Excerpt, Source
from timeline_app.core.when import parse
from timeline_app.readers.list_cells import entries, text_of

_MAPPINGS = ("[{", "{")
_PUBLISHERS = ("publisher", "outlet", "name")
_ADDRESSES, _WEB = ("url", "link", "href", "path"), ("http://", "https://")


def whole_excerpts(cell: str) -> tuple[Excerpt, ...] | None:
    """Return the excerpts of a cell that is a mapping or a list of these, None for any other cell."""
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
    """Return the sources of a cell that is a mapping, or a list of these, with keys, titles, addresses or names."""
    found = _mappings(cell)
    if found is None:
        return None
    if not all(text_of(one, "key") for one in found):
        return _keyless_sources(found)
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
            origin=text_of(one, "origin"),
        )
        for one in found
    )


def _keyless_sources(found: Sequence[Mapping[str, object]]) -> tuple[Source, ...] | None:
    """Return sources that have no keys, by their title, or else their address, or else who published them."""
    by_key: dict[str, Source] = {}
    for one in found:
        title, url = text_of(one, "title").strip(), _address_of(one)
        publisher = next(filter(None, (text_of(one, name).strip() for name in _PUBLISHERS)), "")
        key = title if title and title not in by_key else url or publisher
        if not key:
            return None
        date = text_of(one, "date").strip()
        published = date if _is_edtf(date) else ""
        addresses = {name for name in _ADDRESSES if url and text_of(one, name).strip() == url}
        taken = {"title", *addresses, "author", "publisher", *(("date",) if published else ())}
        by_key[key] = Source(
            key,
            title=title,
            author=text_of(one, "author"),
            publisher=publisher,
            url=url,
            published=published,
            extra={name: value for name, value in one.items() if name not in taken},
        )
    return tuple(by_key.values())


def _address_of(one: Mapping[str, object]) -> str:
    """Return the address of a source, whatever it is called; what is called so and is none, such as a path, is none."""
    url = text_of(one, "url").strip()
    return url or next((text for name in _ADDRESSES if (text := text_of(one, name).strip()).startswith(_WEB)), "")


def _is_edtf(text: str) -> bool:
    try:
        parse(text)
    except WhenError:
        return False
    return True


def kept_beyond(cell: str) -> dict[str, object] | None:
    """Return the field bag of a cell that is a mapping in JSON, None for any other cell."""
    if not cell.startswith("{"):
        return None
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def are_mappings(cell: str) -> bool:
    """Return whether a cell looks like a mapping, or a list of these, in JSON."""
    return cell.lstrip().startswith(_MAPPINGS)


def _mappings(cell: str) -> list[Mapping[str, object]] | None:
    if not are_mappings(cell):
        return None
    found = [one for one in entries(cell) if isinstance(one, Mapping)]
    return found or None
