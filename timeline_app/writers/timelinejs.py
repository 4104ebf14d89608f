"""Timelines of TimelineJS 3 as JSON, for its page and for pages of others that show it.

Dates stand in named parts, as many as are known; years before 1 are counted without a year 0. What a date says beyond
that, such as “around” or “spring”, stands in words in `display_date`, which TimelineJS shows in place of the date.
Texts are HTML there, and so are escaped. Of the sources the first with an address is the medium, whose credit is who
wrote it; excerpts stand as quotations in the text, and below them the sources that nothing else there names. `group`,
which makes rows, is the type, or else the first actor. What TimelineJS cannot say of a date stands in EDTF under
`edtf`, which it passes over, and what else it has no place for under `conflict-timeline`, as writers/told_beside.py has
it. Behind the date of an event that lies within the dates that were asked for only possibly `display_date` says so, and
`match` does for other programs.
"""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.calendar import civil_from_seconds
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.shown_digest import BESIDE
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.writers.civil_span import CivilDate, CivilSpan, civil_span
from timeline_app.writers.event_words import (
    POSSIBLE_WORDS,
    actors_in_words,
    claim_in_words,
    disputed_line,
    first_linked,
    is_said,
    one_line,
    source_in_words,
)
from timeline_app.writers.markup import html_text
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import Record, json_text, match_word, passing_events, source_keys
from timeline_app.writers.told_beside import told_beside
from timeline_app.writers.web_links import web_link

_PART_NAMES = ("year", "month", "day", "hour", "minute", "second")
# Beyond these years a timeline has to be cosmological, which has no dates finer than a year.
_FIRST_HUMAN_YEAR, _LAST_HUMAN_YEAR = -271_820, 275_759


def render_timelinejs(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give the slides of the events that pass, in time order."""
    del options  # Nothing can be chosen for this format.
    result = evaluate(wanted, table)
    title = {"text": {"headline": html_text(table.title), "text": html_text(table.summary)}}
    is_cosmological = _is_cosmological(table.extent_of(result.rows))
    scale = '"scale": "cosmological",\n' if is_cosmological else ""
    yield f'{{\n{scale}"title": {json_text(title)},\n"events": ['
    separator = "\n"
    for event, certain in passing_events(table, result):
        # Pages often have the timeline within a script, which only its own end may end.
        told = slide(event, table, years_only=is_cosmological, certain=certain)
        yield separator + json_text(told).replace("</", "<\\/")
        separator = ",\n"
    yield "\n]\n}\n"


def slide(event: Event, table: EventTable, *, years_only: bool = False, certain: bool = True) -> Record:
    """Return one event as a slide."""
    span = civil_span(event.when)
    record: Record = {"unique_id": event.id, "start_date": _date(span.known, years_only=years_only)}
    if span.start is not None and span.end is not None:
        record["end_date"] = _date(span.end, years_only=years_only)
    if not certain or not span.is_exact or _loses(span, years_only=years_only):
        record["display_date"] = in_words(event.when) + ("" if certain else f" ({POSSIBLE_WORDS})")
        record["edtf"] = event.when.text
    if not certain:
        record["match"] = match_word(certain=False)
    headline, text = html_text(one_line(event.title)), _body(event, table)
    record["text"] = {"headline": headline, "text": text}
    group = html_text(one_line(event.type or next((actor.name for actor in event.actors), "")))
    if group:
        record["group"] = group
    medium = _medium(event, table)
    if medium:
        record["media"] = medium
    shown = {"title": headline, "summary": text, "type": group, "sources": " ".join(medium.values())}
    if event.location is not None:
        record["location"] = {"name": event.place, "lat": event.location.lat, "lon": event.location.lon}
        shown |= {"place": event.place, "location": f"{event.location.lat} {event.location.lon}"}
    beside = told_beside(event, table, shown, summary=_summary(event))
    if beside:
        record[BESIDE] = beside
    return record


def counted_year(year: int) -> int:
    """Return an astronomical year as it is counted without a year 0; round figures far back are kept."""
    is_figure = year > 0 or (year < -9_999 and year % 1_000 == 0)
    return year if is_figure else year - 1


def _is_cosmological(extent_s: tuple[int, int] | None) -> bool:
    if extent_s is None:
        return False
    years = [_year_of(edge_s) for edge_s in extent_s]
    return years[0] < _FIRST_HUMAN_YEAR or years[1] > _LAST_HUMAN_YEAR


def _year_of(seconds: int) -> int:
    return civil_from_seconds(seconds)[0]


def _date(date: CivilDate, *, years_only: bool) -> Record:
    year, *others = date.parts[: 1 if years_only else None]
    return dict(zip(_PART_NAMES, (counted_year(year), *others), strict=False))


def _loses(span: CivilSpan, *, years_only: bool) -> bool:
    """Return whether the parts of a date leave something out that its words say."""
    dates = [date for date in (span.start, span.end) if date is not None]
    return any(date.offset_minutes is not None or (years_only and len(date.parts) > 1) for date in dates)


def _medium(event: Event, table: EventTable) -> Record:
    """Return the first source that has an address as what a slide shows."""
    linked = first_linked(event, table)
    if linked is None:
        return {}
    source, address = linked
    credit = ", ".join(filter(None, (source.author, source.publisher)))
    return {"url": address, "caption": html_text(source.title), "credit": html_text(credit)}


def _summary(event: Event) -> str:
    return f"<p>{html_text(event.summary.strip())}</p>" if event.summary.strip() else ""


def _body(event: Event, table: EventTable) -> str:
    parts = [_summary(event)]
    if event.actors:
        parts.append(f"<p>Actors: {html_text(one_line(actors_in_words(event)))}</p>")
    for excerpt in event.excerpts:
        parts += [
            f"<blockquote>{html_text(words)}</blockquote>"
            for words in (excerpt.text.strip(), excerpt.translation.strip())
            if words
        ]
        source = _linked_source(event, table, excerpt.source)
        cited = ", ".join(filter(None, (source, html_text(excerpt.locator))))
        if cited:
            parts.append(f"<p>— {cited}</p>")
    if event.claims:
        claims = "".join(f"<li>{html_text(claim_in_words(claim))}</li>" for claim in event.claims)
        parts.append(f"<ul>{claims}</ul>")
    disputed = disputed_line(event)
    if disputed:
        parts.append(f"<p>{html_text(disputed)}</p>")
    keys = _not_yet_named(event, table)
    if keys and not is_said(event.summary, f"Sources: {'; '.join(source_in_words(event, table, key) for key in keys)}"):
        parts.append(f"<p>Sources: {'; '.join(_linked_source(event, table, key) for key in keys)}</p>")
    return "".join(parts)


def _not_yet_named(event: Event, table: EventTable) -> list[str]:
    """Return the keys of the sources of an event that are neither its medium nor those of its quotations."""
    linked = first_linked(event, table)
    named = {excerpt.source for excerpt in event.excerpts}
    return [
        key
        for key in source_keys(event)
        if key not in named and (linked is None or table.source_of(event, key) != linked[0])
    ]


def _linked_source(event: Event, table: EventTable, key: str) -> str:
    source = table.source_of(event, key) if key else None
    words = html_text(source_in_words(event, table, key))
    address = web_link(source.url) if source is not None else None
    return words if address is None else f'<a href="{html_text(address)}">{words}</a>'
