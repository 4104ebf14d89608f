"""One event laid out as a page of text to be read in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from timeline_app.commands.wrapped_lines import wrapped_lines
from timeline_app.core.basis_words import basis_words
from timeline_app.core.citation import date_words, source_fields
from timeline_app.core.claim_figures import claim_summaries, claim_words
from timeline_app.core.datelines import reckoning_words
from timeline_app.core.event import Claim, Event, Excerpt, Link, Verified, origins
from timeline_app.core.found_words import change_words
from timeline_app.core.origin_words import origin_words
from timeline_app.core.source_document import document_doubt
from timeline_app.core.source_origins import independence_words
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.writers.records import cited_keys, source_keys

_INDENT = "  "
_VERIFIED_IN_WORDS = {
    Verified.EXACT: "these words stand in the document",
    Verified.NORMALISED: "these words stand in the document, but for white space, quotation marks, dashes or hyphens",
    Verified.NEAR: "these words are NOT quite those of the document",
    Verified.MISSING: "these words are NOT in the document",
    Verified.NO_DOCUMENT: "",
}


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A text with how far it is indented, and how much farther its lines after the first."""

    text: str
    indent: int = 0
    hanging: int = 0


def event_page(event: Event, table: EventTable, *, columns: int) -> Iterator[str]:
    """Give the lines of the page, none wider than `columns` unless a single word is, safe to show."""
    sections = [
        _heading(event),
        _dating(event, table),
        [_Paragraph(event.summary)] if event.summary else [],
        _titled("Actors", [f"{actor.name} ({actor.role})" if actor.role else actor.name for actor in event.actors]),
        *(_excerpt(excerpt, event, table) for excerpt in event.excerpts),
        _titled("Claims", [_claim(claim, event, table) for claim in event.claims]),
        _titled("Sources", [_cited(key, event, table) for key in source_keys(event) if key not in cited_keys(event)]),
        _standing(event, table),
        _titled("Links", [_link(link, link.to, table.row_of(link.to), table) for link in event.links]),
        _titled("Linked from", list(_links_back(event, table))),
        [_Paragraph(_origin(event))],
    ]
    for number, section in enumerate(section for section in sections if section):
        if number:
            yield ""
        for paragraph in section:
            first, further = _INDENT * paragraph.indent, _INDENT * (paragraph.indent + paragraph.hanging)
            yield from wrapped_lines(paragraph.text, columns, first, further)


def _standing(event: Event, table: EventTable) -> list[_Paragraph]:
    """Say how many of the sources are independent, and where claims differ."""
    told = (independence_words(event, partial(table.source_of, event)), *claim_summaries(event.claims))
    return [_Paragraph(words) for words in told if words]


def _dating(event: Event, table: EventTable) -> list[_Paragraph]:
    told = filter(None, (reckoning_words(event, partial(table.source_of, event)), event.basis_note))
    words = ". ".join(told)
    return [_Paragraph(f"How the date is known: {words}")] if words else []


def _heading(event: Event) -> list[_Paragraph]:
    details = [event.type, event.place, f"importance {event.importance} of 5", *(f"#{tag}" for tag in event.tags)]
    texts = [
        event.title,
        f"{in_words(event.when)} · {basis_words(event)}",
        " · ".join(filter(None, details)),
    ]
    return [_Paragraph(text) for text in texts if text]


def _titled(title: str, texts: list[str]) -> list[_Paragraph]:
    return [_Paragraph(title), *(_Paragraph(text, 1, 1) for text in texts)] if texts else []


def _excerpt(excerpt: Excerpt, event: Event, table: EventTable) -> list[_Paragraph]:
    translation = [_Paragraph(f"Translation: “{excerpt.translation}”", 1)] if excerpt.translation else []
    source = table.source_of(event, excerpt.source)
    parts = [
        _cited(excerpt.source, event, table),
        excerpt.locator,
        _VERIFIED_IN_WORDS[excerpt.verified],
        document_doubt(source.document if source else None),
    ]
    attribution = " · ".join(filter(None, parts)) or "no source is named"
    differences = [_Paragraph(f"≠ {change_words(one)}", 2, 1) for one in excerpt.found.changes] if excerpt.found else []
    return [_Paragraph(f"“{excerpt.text}”", 1), *translation, _Paragraph(f"— {attribution}", 2, 1), *differences]


def _origin(event: Event) -> str:
    """Say which event it is, and where it stands in its files, as far as that is known."""
    return " · ".join((event.id, *(origin_words(origin) for origin in origins(event) if origin.file)))


def _claim(claim: Claim, event: Event, table: EventTable) -> str:
    by = f" ({', '.join(claim.by)})" if claim.by else ""
    excerpt = f" “{claim.excerpt}”" if claim.excerpt else ""
    source = f" — {_cited(claim.source, event, table)}" if claim.source else ""
    reported = f", reported {date_words(claim.reported)}" if claim.reported else ""
    told = table.source_of(event, claim.source) if claim.source else None
    doubt = document_doubt(told.document if told is not None else None)
    checks = filter(None, (_VERIFIED_IN_WORDS[claim.verified], doubt)) if claim.excerpt else ()
    checked = "".join(f" · {words}" for words in checks)
    return f"{claim.about}: {claim_words(claim)}{by}{excerpt}{source}{reported}{checked}"


def _link(link: Link, event_id: str, row: int | None, table: EventTable) -> str:
    """Say how an event is linked, by its id, and by its title where it is there."""
    title = "" if row is None else f", “{table.titles_of((row,))[0]}”"
    return (f"{link.kind}: {event_id}" if link.kind else event_id) + title


def _links_back(event: Event, table: EventTable) -> Iterator[str]:
    for row in table.linking_rows(event.id):
        other = table.event(row)
        yield from (_link(link, other.id, row, table) for link in other.links if link.to == event.id != other.id)


def _cited(key: str, event: Event, table: EventTable) -> str:
    """Return what is known of a source in the order of a citation; its key when it is not known."""
    source = table.source_of(event, key)
    return ", ".join(source_fields(source)) if source else key
