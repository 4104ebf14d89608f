"""Collect the sources that a file of another format names, each once, under keys made for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from timeline_app.core.event import NOTHING, Source
from timeline_app.readers.native_ids import slug

_FIELDS = frozenset(Source.__slots__)
_WEB = ("https://", "http://", "//")


class SourceBook:
    """The sources of one file."""

    def __init__(self) -> None:
        self.by_key: dict[str, Source] = {}
        self._known: dict[tuple[str, ...], Source] = {}
        self._next_numbers: dict[str, int] = {}

    def add(
        self,
        *,
        title: str = "",
        author: str = "",
        publisher: str = "",
        url: str = "",
        published: str = "",
        retrieved: str = "",
        extra: Mapping[str, object] = NOTHING,
    ) -> Source | None:
        """Return the source of which this is told, the same each time; None where nothing is told.

        Where nothing but an address is told, its site is the publisher. What is in `extra` under the name of a field of
        sources gets another.
        """
        told = (title, author, publisher, url, published, retrieved)
        if not any(told):
            return None
        extra = apart_from_fields(extra)
        content = (*told, repr(sorted(extra.items())))
        known = self._known.get(content)
        if known is None:
            key = self._free_key(slug(author or title or publisher) or slug(_without_scheme(url)) or "source")
            site = publisher or ("" if title or author else site_of(url))
            known = Source(
                key,
                title=title,
                author=author,
                publisher=site,
                url=url,
                published=published,
                retrieved=retrieved,
                extra=extra,
            )
            self.by_key[key] = self._known[content] = known
        return known

    def add_addresses(self, addresses: Iterable[str]) -> tuple[Source, ...]:
        """Return a source for each address of which nothing else is known."""
        found = (self.add(url=address) for address in addresses)
        return tuple(source for source in found if source is not None)

    def _free_key(self, wanted: str) -> str:
        number = self._next_numbers.get(wanted, 1)
        key = wanted if number == 1 else f"{wanted}-{number}"
        while key in self.by_key:
            number += 1
            key = f"{wanted}-{number}"
        self._next_numbers[wanted] = number + 1
        return key


def apart_from_fields(extra: Mapping[str, object]) -> Mapping[str, object]:
    """Return what is kept of a source with other names for what is called as a field of sources is."""
    if _FIELDS.isdisjoint(extra):
        return extra
    return {f"{key}-2" if key in _FIELDS else key: value for key, value in extra.items()}


def distinct_sources(*sources: Source | None) -> tuple[Source, ...]:
    """Return sources without gaps, each once."""
    return tuple({source.key: source for source in sources if source is not None}.values())


def _without_scheme(address: str) -> str:
    for scheme in _WEB:
        address = address.removeprefix(scheme)
    return address


def site_of(address: str) -> str:
    """Return the host that an address names, "" where it names none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
