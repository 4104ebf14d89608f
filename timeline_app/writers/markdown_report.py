"""A report in Markdown, to be read or worked on as a text: events by year, their words, and footnotes for sources.

Footnotes are those of GitHub, Pandoc and most programs: `[^1]`. All that comes from a file is escaped, so that it shows
as it is and nothing of it becomes a heading, a link or HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from timeline_app.core.basis_words import dating_words
from timeline_app.core.calendar import PAST_S, civil_from_seconds
from timeline_app.core.citation import source_fields
from timeline_app.core.claim_figures import claim_summaries
from timeline_app.core.claim_notes import quotation_notes
from timeline_app.core.date_words import year_pieces
from timeline_app.core.datelines import SourceOf
from timeline_app.core.event import Basis, Claim, Event, Source
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.source_origins import independence_words
from timeline_app.core.table import EventTable
from timeline_app.core.verified_words import check_words
from timeline_app.core.when import in_words
from timeline_app.writers.event_words import POSSIBLE_WORDS, actors_in_words, note_words, one_line, written_figures
from timeline_app.writers.filter_words import filter_words
from timeline_app.writers.markup import markdown_line, markdown_text
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import passing_events, source_keys
from timeline_app.writers.web_links import web_link

_NO_YEAR = "Without a beginning"


def render_markdown(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give a title, the filter in words, the events that pass by year, then the sources."""
    del options  # Nothing can be chosen for this format.
    result = evaluate(wanted, table)
    yield f"# {markdown_line(table.title)}\n"
    if table.summary.strip():
        yield f"\n{markdown_text(table.summary)}\n"
    yield f"\n{_count(result.shown, len(table))}{_filter_sentence(wanted)}\n"
    notes = Footnotes(table)
    year = ""
    for event, certain in passing_events(table, result):
        if _year(event) != year:
            year = _year(event)
            yield f"\n## {year}\n"
        yield from event_blocks(event, notes, certain=certain)
    yield from notes.blocks()


class Footnotes:
    """The sources that were cited so far, numbered as they come."""

    def __init__(self, table: EventTable) -> None:
        self._table = table
        self._number_by_source: dict[str, int] = {}

    def source_of(self, event: Event, key: str) -> Source | None:
        """Return a source of an event, None where nothing is known of it."""
        return self._table.source_of(event, key)

    def mark(self, event: Event, key: str) -> str:
        """Return the mark of a source of an event, "" where none is named."""
        if not key:
            return ""
        source = self._table.source_of(event, key) or Source(key)
        told = _source_line(source)
        return f"[^{self._number_by_source.setdefault(told, len(self._number_by_source) + 1)}]"

    def blocks(self) -> Iterator[str]:
        """Give the footnotes."""
        if self._number_by_source:
            yield "\n## Sources\n"
        for told, number in self._number_by_source.items():
            yield f"\n[^{number}]: {told}\n"


def _source_line(source: Source) -> str:
    """Return a source in the order of a citation; its address is a link where it leads to a page."""
    fields = [markdown_line(field) for field in source_fields(source) if field != source.url]
    address = web_link(source.url)
    if address is not None:
        fields.append(f"<{address}>")
    elif source.url.strip():
        fields.append(markdown_line(source.url))
    return ", ".join(fields)


def _count(shown: int, loaded: int) -> str:
    events = "event" if loaded == 1 else "events"
    return f"{loaded:,} {events}" if shown == loaded else f"{shown:,} of {loaded:,} {events}"


def _filter_sentence(wanted: Filter) -> str:
    words = filter_words(wanted)
    return f": {markdown_line(words)}." if words else "."


def _year(event: Event) -> str:
    start_s = event.when.start_earliest_s
    return _NO_YEAR if start_s == PAST_S else " ".join(year_pieces(civil_from_seconds(start_s)[0]))


def event_blocks(event: Event, notes: Footnotes, *, certain: bool) -> Iterator[str]:
    """Give the parts of an event, each behind an empty line."""
    others, source_of = dict.fromkeys(source_keys(event)), partial(notes.source_of, event)
    for cited in (*(one.source for one in event.excerpts), *(one.source for one in event.claims)):
        others.pop(cited, None)
    marks = "".join(notes.mark(event, key) for key in others)
    yield f"\n### {markdown_line(in_words(event.when))}: {markdown_line(event.title)}{marks}\n"
    facts = [
        ("Type", event.type),
        ("Actors", actors_in_words(event)),
        ("Place", event.place),
        ("Basis of the date", _basis(event, source_of)),
        ("Disputed", "; ".join(claim_summaries(event.claims))),
        ("Sources", independence_words(event, source_of)),
        ("Note", "" if certain else POSSIBLE_WORDS),
        *note_words(event),
    ]
    told = [f"- {name}: {markdown_line(text)}\n" for name, text in facts if text.strip()]
    if told:
        yield "\n" + "".join(told)
    if event.summary.strip():
        yield f"\n{markdown_text(event.summary)}\n"
    for excerpt in event.excerpts:
        words = [markdown_text(excerpt.text)] + [markdown_text(excerpt.translation)] * bool(excerpt.translation.strip())
        lines = "\n\n".join(words).split("\n")
        source = source_of(excerpt.source)
        check = check_words(excerpt.verified, source.document if source is not None else None)
        stands = " · ".join(filter(None, (excerpt.locator.strip(), check)))
        place = f"\n>\n> {markdown_line(stands)}" if stands else ""
        mark = notes.mark(event, excerpt.source)
        yield "\n" + "\n".join(f"> {line}".rstrip() for line in lines) + f"{place}{mark}\n"
    if event.claims:
        yield from _claims_table(event, notes)


def _basis(event: Event, source_of: SourceOf) -> str:
    """Say how a date is known where that is more than that the source states it."""
    known, note = dating_words(event, source_of)
    return note or ("" if event.basis is Basis.STATED else known)


def _claims_table(event: Event, notes: Footnotes) -> Iterator[str]:
    yield "\n| About | Claim | By | Reported |\n|--|--|--|--|\n"
    for claim in event.claims:
        quoted = quotation_notes(claim, event, notes.source_of(event, claim.source))
        claimed = ": ".join(filter(None, (_figure(claim), " · ".join(quoted))))
        cells = (claim.about, claimed, ", ".join(claim.by), claim.reported)
        about, figure, by, reported = map(markdown_line, cells)
        yield f"| {about} | {figure} | {by} | {reported}{notes.mark(event, claim.source)} |\n"


def _figure(claim: Claim) -> str:
    """Return what is claimed with its unit, an interval with both ends."""
    date = in_words(claim.when) if claim.when is not None else ""
    return one_line(" ".join(filter(None, (written_figures(claim) or date, claim.unit))))
