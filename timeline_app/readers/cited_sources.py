"""From the cells of a record to the publications and excerpts that it cites."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from timeline_app.core.event import Excerpt, Source
from timeline_app.core.known import Known, days_of, known_from, source_date
from timeline_app.readers.addressed_sources import addresses_in, host, is_address, sources_at
from timeline_app.readers.claim_cells import claims_of
from timeline_app.readers.date_cells import edtf_text
from timeline_app.readers.list_cells import Entry, entries, text_of, texts_in_list, with_companions
from timeline_app.readers.whole_cells import whole_excerpts, whole_sources

# The fields that sources are told by, in the order in which `sources_of` takes their cells.
CITING_FIELDS = ("source", "publisher", "url", "excerpts", "excerpt_sources", "claims", "published")
# The key of a source that a record says nothing of but when it was published.
_UNNAMED = "unnamed source"
# What a list, or a mapping, without any value is in a cell.
_NO_VALUES = frozenset({"[]", "{}", "[null]"})


def sources_of(
    source: str, publisher: str, url: str, excerpts: str, excerpt_sources: str, claims: str, published: str
) -> tuple[Source, ...]:
    """Return the publications that a record names, each once; those without a date were published when it says."""
    date = publication_date(published)
    cited = tuple(claim.source for claim in claims_of(claims))
    named = _named_sources(source, publisher, url, excerpts, excerpt_sources, cited, is_dated=bool(date))
    return tuple(one if one.published or not date else replace(one, published=date) for one in named)


def _named_sources(
    source: str, publisher: str, url: str, excerpts: str, excerpt_sources: str, cited: Iterable[str], *, is_dated: bool
) -> Iterable[Source]:
    """Return the publications that a record names; `cited` are the keys of its claims, dated is its publication."""
    whole = whole_sources(source)
    several = addresses_in(url) or addresses_in(source) if whole is None else ()
    found = {one.key: one for one in whole or ()}
    listed = texts_in_list(source)
    name = "" if whole is not None else _source_name(source, publisher, url)
    if listed:
        found = _listed_sources(listed, publisher.strip(), url.strip())
    elif several:
        found = sources_at(several, publisher.strip() or ("" if is_address(source) else source.strip()))
    elif name:
        address = url.strip() or (source.strip() if is_address(source) else "")
        title = source.strip() if publisher.strip() and not is_address(source) else ""
        found[name] = Source(name, title=title, publisher=name, url=address)
    for key in filter(None, (*(excerpt.source for excerpt in excerpts_of(excerpts, excerpt_sources)), *cited)):
        found.setdefault(key, Source(key))
    return found.values() or ((Source(_UNNAMED),) if is_dated else ())


def _listed_sources(listed: Iterable[str], publisher: str, url: str) -> dict[str, Source]:
    """Return the sources of a list of addresses and names, and that of an address beside it."""
    addresses = [text for text in listed if is_address(text)]
    beside = addresses_in(url) or ((url,) if url else ())
    named = {text: Source(text, publisher=text) for text in listed if not is_address(text)}
    return sources_at(list(dict.fromkeys((*addresses, *beside))), publisher) | named


def publication_date(cell: str) -> str:
    """Return a date of publication in EDTF, "" for a cell that holds none."""
    date = edtf_text(cell)
    return date if days_of(date) is not None else ""


def known_of_cells(cells: tuple[str, ...]) -> Known | None:
    """Return since when an event was known, from the cells of CITING_FIELDS."""
    claims = claims_of(cells[CITING_FIELDS.index("claims")])
    return known_from((*map(source_date, sources_of(*cells)), *(claim.reported for claim in claims)))


def excerpts_of(cell: str, sources: str) -> tuple[Excerpt, ...]:
    """Return the excerpts of a cell that may hold several, with the sources beside them or in a cell of their own."""
    whole = whole_excerpts(cell)
    if whole is not None:
        return whole
    return tuple(
        Excerpt(text, source) for text, source in with_companions(entries(cell), _excerpt_text, sources, "source")
    )


def names_in_source(source: str) -> tuple[str, ...]:
    """Return the names of the sources of a record that tells of them in one cell alone."""
    whole = whole_sources(source)
    if whole is not None:
        return tuple(one.publisher or one.key for one in whole)
    listed = texts_in_list(source)
    if listed:
        return tuple(one.publisher or one.key for one in _listed_sources(listed, "", "").values())
    several = addresses_in(source)
    if several:
        return tuple(dict.fromkeys(map(host, several)))
    name = _source_name(source, "", "")
    return (name,) if name else ()


def cited_names(cells: tuple[str, str, str, str, str, tuple[str, ...], bool]) -> tuple[str, ...]:
    """Return the names of the publications that a record names.

    The cells are those of CITING_FIELDS up to the claims; then come the sources that its claims cite, and whether it
    tells when it was published.
    """
    source, publisher, url, excerpts, excerpt_sources, cited, is_dated = cells
    named = _named_sources(source, publisher, url, excerpts, excerpt_sources, cited, is_dated=is_dated)
    return tuple(one.publisher or one.key for one in named)


def _source_name(source: str, publisher: str, url: str) -> str:
    written, address = source.strip(), url.strip()
    if written in _NO_VALUES:
        written = ""
    if is_address(written):
        written, address = "", written
    return publisher.strip() or written or host(address)


def _excerpt_text(entry: Entry) -> str:
    return text_of(entry, "text")
