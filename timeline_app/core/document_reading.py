"""A document as it is read beside its timeline: its text, and every excerpt that events take from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.event import Event, Excerpt, Source, Verified
from timeline_app.core.excerpt_match import SearchedText
from timeline_app.core.found_words import FoundWords
from timeline_app.core.near_words import MOST_STEPS
from timeline_app.core.paragraphs import Place, paragraph_places, quoted_paragraphs
from timeline_app.core.table import EventTable

MOST_EXCERPTS = 5_000
# Excerpts are looked up anew only in a document that has changed since the timeline was opened.
_MOST_STEPS_IN_ALL = 100 * MOST_STEPS


@dataclass(frozen=True, slots=True)
class QuotedExcerpt:
    """An excerpt that the event of a row of the table takes from a document."""

    row: int
    title: str
    text: str
    verified: Verified
    found: FoundWords | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a document with its paragraphs and excerpts; excerpts in the order of the text, lost ones last.

    `quoted` are the numbers of the paragraphs, from 0, that some excerpt has words of.
    """

    text: str
    paragraphs: tuple[Place, ...]
    excerpts: tuple[QuotedExcerpt, ...]
    quoted: frozenset[int]


def event_documents(event: Event, table: EventTable) -> tuple[tuple[Source, Excerpt], ...]:
    """Return the sources with documents that an event quotes, in claims too, each with the first words from it."""
    found: dict[str, tuple[Source, Excerpt]] = {}
    for excerpt in (*event.excerpts, *_words_of_claims(event)):
        source = table.source_of(event, excerpt.source)
        if source is not None and source.document is not None:
            found.setdefault(source.key, (source, excerpt))
    return tuple(found.values())


def excerpts_from(table: EventTable, source: Source) -> tuple[QuotedExcerpt, ...]:
    """Return at most MOST_EXCERPTS excerpts that events take from the document of a source, or of one with the same."""
    keys = _keys_of_document(table, source)
    rows = sorted({int(row) for key in keys for row in table.sources.rows_of(key)[:MOST_EXCERPTS]})
    found = [quoted for row in rows for quoted in _quoted(table.event(row), row, keys)]
    return tuple(found[:MOST_EXCERPTS])


def reading_of(text: str, excerpts: Sequence[QuotedExcerpt], *, is_as_before: bool) -> Reading:
    """Return the reading of a text; unless it is as before, when the excerpts were found, they are looked up anew."""
    placed = list(excerpts) if is_as_before else list(_looked_up(text, excerpts))
    placed.sort(key=lambda one: (one.found is None, one.found.start if one.found else 0))
    paragraphs = paragraph_places(text)
    quoted = quoted_paragraphs(paragraphs, [(one.found.start, one.found.end) for one in placed if one.found])
    return Reading(text, paragraphs, tuple(placed), quoted)


def unread(excerpts: Sequence[QuotedExcerpt]) -> Reading:
    """Return the reading of a document whose text is not to be had: excerpts of which nothing is known."""
    lost = tuple(replace(one, verified=Verified.NO_DOCUMENT, found=None) for one in excerpts)
    return Reading("", (), lost, frozenset())


def coverage_words(reading: Reading) -> str:
    """Say how much of a document events quote."""
    count = len(reading.paragraphs)
    return f"{len(reading.quoted):,} of {count:,} {'paragraph' if count == 1 else 'paragraphs'} quoted"


def _keys_of_document(table: EventTable, source: Source) -> tuple[str, ...]:
    document = source.document
    if document is None:
        return ()
    place = (document.folder, document.file)
    others = ((key, other.document) for key, other in table.source_by_key.items())
    return tuple(key for key, other in others if other is not None and (other.folder, other.file) == place)


def _quoted(event: Event, row: int, keys: Sequence[str]) -> Iterator[QuotedExcerpt]:
    for excerpt in (*event.excerpts, *_words_of_claims(event)):
        if excerpt.source in keys:
            yield QuotedExcerpt(row, event.title, excerpt.text, excerpt.verified, excerpt.found)


def _words_of_claims(event: Event) -> Iterator[Excerpt]:
    """Give the words that claims are made with as excerpts, but for those that stand in one of the event's."""
    told: dict[str, list[str]] = {}
    for excerpt in event.excerpts:
        told.setdefault(excerpt.source, []).append(excerpt.text)
    for claim in event.claims:
        others = told.setdefault(claim.source, [])
        if claim.excerpt.strip() and not any(claim.excerpt in other for other in others):
            others.append(claim.excerpt)
            yield Excerpt(claim.excerpt, claim.source, verified=claim.verified, found=claim.found)


def _looked_up(text: str, excerpts: Sequence[QuotedExcerpt]) -> Iterator[QuotedExcerpt]:
    searched, left = SearchedText(text), _MOST_STEPS_IN_ALL
    for excerpt in excerpts:
        looked_up = searched.look_up(excerpt.text, most_steps=left)
        left -= looked_up.steps
        yield replace(excerpt, verified=looked_up.verified, found=looked_up.found)
