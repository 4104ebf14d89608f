"""What an event tells besides its title and date, in words, for formats that have one text for all of it."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.citation import source_fields
from timeline_app.core.claim_figures import claim_summaries
from timeline_app.core.event import Claim, Event, Source
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.writers.civil_span import CivilSpan
from timeline_app.writers.records import source_keys
from timeline_app.writers.web_links import web_link

POSSIBLE_WORDS = "only possibly within what was asked for"


def one_line(text: str) -> str:
    """Return a text with all its white space as single blanks."""
    return " ".join(text.split())


def told_lines(event: Event, table: EventTable, span: CivilSpan) -> Iterator[str]:
    """Give date in words where other programs cannot say it all, summary, actors, excerpts, claims, other sources.

    What the summary says already is left out: an event that was read from such a text would have it twice.
    """
    summary = event.summary.strip()
    if not span.is_exact and not is_said(summary, date_line := f"Date: {in_words(event.when)}"):
        yield date_line
    if summary:
        yield summary
    yield from (line for line in _lines_beside(event, table) if not is_said(summary, line))


def is_said(summary: str, line: str) -> bool:
    """Return whether a summary has a line already, however its white space is."""
    return one_line(line) in one_line(summary)


def _lines_beside(event: Event, table: EventTable) -> Iterator[str]:
    if event.actors:
        yield f"Actors: {actors_in_words(event)}"
    quoted = set()
    for excerpt in event.excerpts:
        quoted.add(excerpt.source)
        told = [source_in_words(event, table, excerpt.source), excerpt.locator]
        source = ", ".join(part for part in told if part.strip())
        translation = excerpt.translation.strip()
        yield (
            f"“{excerpt.text.strip()}”"
            + (f" (“{translation}”)" if translation else "")
            + (f" — {source}" if source else "")
        )
    for claim in event.claims:
        yield claim_in_words(claim)
    disputed = disputed_line(event)
    if disputed:
        yield disputed
    others = [source_in_words(event, table, key) for key in source_keys(event) if key not in quoted]
    if others:
        yield f"Sources: {'; '.join(others)}"


def actors_in_words(event: Event) -> str:
    """Return the actors with their roles behind them."""
    return ", ".join(f"{actor.name} ({actor.role})" if actor.role else actor.name for actor in event.actors)


def note_words(event: Event) -> list[tuple[str, str]]:
    """Return the parts of the note that an event is written with, each with its name."""
    note = event.note
    if note is None:
        return []
    told = [("Starred", "yes" if note.starred else ""), ("My note", note.text), ("My tags", ", ".join(note.tags))]
    return [(name, words) for name, words in told if words]


def disputed_line(event: Event) -> str:
    """Say in one line what competing claims come to, "" where none compete."""
    told = one_line("; ".join(claim_summaries(event.claims)))
    return f"Disputed: {told}" if told else ""


def claim_cell(claim: Claim) -> str:
    """Return a claim with its figures as they were written: troops sent: 10000 people (United States, NATO)."""
    stated = written_figures(claim) or (claim.when.text if claim.when else "")
    figure = f"{stated} {claim.unit}".strip()
    by = f" ({', '.join(claim.by)})" if claim.by else ""
    return f"{claim.about}: {figure}{by}"


def written_figures(claim: Claim) -> str:
    """Return the figures of a claim as they were written: 3, 0 to 5, or 3 (0 to 5); "" where it has none."""
    interval = f"{claim.low or '…'} to {claim.high or '…'}" if claim.low or claim.high else ""
    if not claim.value or not interval:
        return claim.value or interval
    return claim.value if claim.value == claim.low == claim.high else f"{claim.value} ({interval})"


def claim_in_words(claim: Claim) -> str:
    """Return what is claimed, by whom, in one line."""
    return one_line(claim_cell(claim))


def source_in_words(event: Event, table: EventTable, key: str) -> str:
    """Return what is known of a source of an event in one line, its key where nothing is."""
    source = table.source_of(event, key) if key else None
    return ", ".join(map(one_line, source_fields(source))) if source is not None else key


def first_linked(event: Event, table: EventTable) -> tuple[Source, str] | None:
    """Return the first source of an event that has a web address, and that address as it may be linked to."""
    return next(linked_sources(event, table), None)


def linked_sources(event: Event, table: EventTable) -> Iterator[tuple[Source, str]]:
    """Give the sources of an event that have a web address, each address once, as it may be linked to."""
    given: set[str] = set()
    for key in source_keys(event):
        source = table.source_of(event, key)
        address = web_link(source.url) if source is not None else None
        if source is not None and address is not None and address not in given:
            given.add(address)
            yield source, address
