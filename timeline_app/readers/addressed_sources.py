"""Tell the sources of a cell that holds several addresses on the web, as people write them one after another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from timeline_app.core.event import Source
from timeline_app.readers.list_cells import texts_in_list

WEB = ("http://", "https://")
_SCHEME_END = "://"
_BETWEEN = re.compile(r"[\s,;|]+(?=https?://)")


def is_address(text: str) -> bool:
    """Tell whether a cell begins as an address on the web."""
    return text.strip().startswith(WEB)


def addresses_in(cell: str) -> tuple[str, ...]:
    """Return the addresses of a cell that holds several and nothing else, or a list of them in JSON, else none."""
    listed = texts_in_list(cell)
    if listed:
        return listed if all(map(is_address, listed)) else ()
    if cell.count(_SCHEME_END) < 2 or not is_address(cell):
        return ()
    parts = dict.fromkeys(part.rstrip(" ,;|") for part in _BETWEEN.split(cell.strip()))
    has_blanks = any(any(letter.isspace() for letter in part) for part in parts)
    return tuple(parts) if len(parts) > 1 and not has_blanks else ()


def sources_at(addresses: Sequence[str], publisher: str) -> dict[str, Source]:
    """Return a source for each address by its key: the publisher, by default the site, or else the address itself."""
    found: dict[str, Source] = {}
    for address in addresses:
        name = publisher or host(address)
        key = address if name in found else name
        found[key] = Source(key, publisher=name, url=address)
    return found


def host(address: str) -> str:
    """Return the site of an address, the address itself where it names none."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address
