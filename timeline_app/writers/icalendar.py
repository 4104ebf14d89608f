"""Calendars in iCalendar (RFC 5545), for programs of dates.

What lasts whole days ends on the day after its last, as the format has it. A date that is no single day, such as a
month, stands over all the days that it may mean, with the words for it first in the description and the date in EDTF
in `X-EDTF`; of an open end only the beginning is shown. Times with a zone are in UTC, those without are local ones.

`UID` is made of the id and a sum of the timeline's title, so that importing a file again brings its events up to date
instead of doubling them. The first source with an address is its `URL`, others are attached. Nothing comes from the
clock: `DTSTAMP`, which has to be there, is always the same. Nobody is invited: actors stand in the description. What
calendars have no place for stands in `X-CONFLICT-TIMELINE` too, as writers/told_beside.py has it. What lies within the
dates that were asked for only possibly is tentative, which calendars show hatched or paler, with `X-MATCH` and a
comment beside it. There are no years before 1 or after 9999.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.shown_digest import BESIDE
from timeline_app.core.table import EventTable
from timeline_app.writers.civil_span import CivilDate, CivilSpan, civil_span
from timeline_app.writers.event_words import POSSIBLE_WORDS, linked_sources, one_line, told_lines
from timeline_app.writers.limits import FOUR_DIGIT_YEARS_S, Limits
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import json_text, match_word
from timeline_app.writers.told_beside import told_beside

LIMITS = Limits(*FOUR_DIGIT_YEARS_S, "calendars have no years before 1 or after 9999")

_FOLDED_BYTES = 75
# The bytes of a character in UTF-8 behind its first begin with the bits 10.
_CONTINUES, _CONTINUED = 0b1100_0000, 0b1000_0000
_STAMP = "19700101T000000Z"
_PRIORITY_BY_IMPORTANCE = {5: 1, 4: 3, 2: 6, 1: 9}
_DAY_PARTS, _HOUR_PARTS = 3, 4
_SPECIAL = re.compile(r"[\\;,]")
# Controls, which the format forbids, and half characters, which UTF-8 has no place for.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_LINE_BREAK = re.compile(r"\r\n?|\n")
_NO_TOKEN = re.compile(r"[^A-Za-z0-9]+")


def render_icalendar(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give a calendar of the events that pass and lie within the years of calendars, in time order."""
    del options  # Nothing can be chosen for this format.
    yield from _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Conflict Timeline//EN", "CALSCALE:GREGORIAN")
    for name, text in (("X-WR-CALNAME", table.title), ("X-WR-CALDESC", table.summary)):
        if text.strip():
            yield from _lines(f"{name}:{_text(text)}")
    result = evaluate(wanted, table)
    for row in LIMITS.keep(table, result).tolist():
        yield from _lines(*_event_lines(table.event(row), table, certain=bool(result.certain_if_passing[row])))
    yield from _lines("END:VCALENDAR")


def uid(event_id: str, table: EventTable) -> str:
    """Return a name for an event that no event of another timeline has, the same each time."""
    timeline = hashlib.sha256(table.title.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{event_id}@{timeline}.conflict-timeline"


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 bytes that begin with a blank, no character cut in two."""
    rest = line.encode()
    pieces: list[bytes] = []
    room = _FOLDED_BYTES
    while len(rest) > room:
        end = room
        while rest[end] & _CONTINUES == _CONTINUED:
            end -= 1
        pieces.append(rest[:end])
        rest, room = rest[end:], _FOLDED_BYTES - 1
    return b"\r\n ".join([*pieces, rest]).decode() + "\r\n"


def _lines(*lines: str) -> Iterator[str]:
    return map(folded, lines)


def _text(text: str) -> str:
    """Return a value of text, its special characters escaped."""
    return _SPECIAL.sub(r"\\\g<0>", _allowed(text)).replace("\n", "\\n")


def _allowed(text: str) -> str:
    """Return a text as the format may have it."""
    return _FORBIDDEN.sub("\ufffd", _LINE_BREAK.sub("\n", text))


def _event_lines(event: Event, table: EventTable, *, certain: bool) -> Iterator[str]:
    span = civil_span(event.when)
    yield from ("BEGIN:VEVENT", f"UID:{_text(uid(event.id, table))}", f"DTSTAMP:{_STAMP}")
    yield from _date_lines(span)
    if not _is_said(span):
        yield f"X-EDTF:{event.when.text}"
    shown = _shown(event, table, span)
    addresses = [address for _, address in linked_sources(event, table)]
    for name, value in (
        ("SUMMARY", _text(shown["title"])),
        ("DESCRIPTION", _text(shown["summary"])),
        ("CATEGORIES", shown["tags"]),
        ("LOCATION", _text(shown["place"])),
        ("GEO", shown["location"]),
        ("PRIORITY", shown["importance"]),
        ("URL", addresses[0] if addresses else ""),
        *(("ATTACH", address) for address in addresses[1:]),
    ):
        if value or name == "SUMMARY":
            yield f"{name}:{value}"
    beside = told_beside(event, table, shown, summary=event.summary)
    if beside:
        yield f"X-{BESIDE.upper()}:{_text(json_text(beside))}"
    if not certain:
        yield from ("STATUS:TENTATIVE", f"COMMENT:{_text(POSSIBLE_WORDS)}", f"X-MATCH:{match_word(certain=False)}")
    for link in event.links:
        kind = _NO_TOKEN.sub("-", link.kind).strip("-").upper()
        yield f"RELATED-TO{f';RELTYPE=X-{kind}' if kind else ''}:{_text(uid(link.to, table))}"
    # An event of history does not make anybody busy.
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _shown(event: Event, table: EventTable, span: CivilSpan) -> dict[str, str]:
    """Return what a calendar shows of an event, by the fields that it is all it has of."""
    location = event.location
    categories = ",".join(_text(one_line(name)) for name in (event.type, *event.tags) if name.strip())
    return {
        "title": _allowed(one_line(event.title)),
        "summary": _allowed("\n\n".join(told_lines(event, table, span))),
        "type": categories,
        "tags": categories,
        "place": _allowed(one_line(event.place)),
        "location": f"{location.lat:.6f};{location.lon:.6f}" if location is not None else "",
        "importance": str(_PRIORITY_BY_IMPORTANCE.get(event.importance, "")),
        "sources": " ".join(address for _, address in linked_sources(event, table)),
    }


def _is_said(span: CivilSpan) -> bool:
    """Return whether days, or local times, or times in UTC say all of a date."""
    dates = [date for date in (span.start, span.end) if date is not None]
    are_days = all(len(date.parts) == _DAY_PARTS for date in dates)
    are_times = all(len(date.parts) > _HOUR_PARTS and not date.offset_minutes for date in dates)
    return span.is_exact and (are_days or are_times)


def _date_lines(span: CivilSpan) -> Iterator[str]:
    """Give the beginning, and the end where there is one: of days the one after the last."""
    first, last = span.known, span.end if span.start is not None else None
    if first.clock and (last is None or last.clock):
        yield f"DTSTART:{_instant(first)}"
        if last is not None:
            yield f"DTEND:{_instant(last)}"
        return
    yield f"DTSTART;VALUE=DATE:{_digits(_first_day(first))}"
    yield f"DTEND;VALUE=DATE:{_digits(_day_after(last or first))}"


def _instant(date: CivilDate) -> str:
    local = datetime(*_filled(date))
    if date.offset_minutes is None:
        return _digits(local, "T%H%M%S")
    return _digits(local - timedelta(minutes=date.offset_minutes), "T%H%M%SZ")


def _first_day(date: CivilDate) -> datetime:
    year, month, day, *_ = _filled(date)
    return datetime(year, month, day)


def _day_after(date: CivilDate) -> datetime:
    """Return the day after the last one of a day, a month or a year."""
    year, month, day = (*date.parts, 0, 0)[:_DAY_PARTS]
    if day:
        return datetime(year, month, day) + timedelta(days=1)
    return datetime(year + month // 12, month % 12 + 1, 1) if month else datetime(year + 1, 1, 1)


def _filled(date: CivilDate) -> tuple[int, int, int, int, int, int]:
    """Return all parts of the first second of a date."""
    year, month, day, hour, minute, second = (*date.parts, *(0,) * 6)[:6]
    return year, month or 1, day or 1, hour, minute, second


def _digits(moment: datetime, clock: str = "") -> str:
    # Not every system writes the year with four digits.
    return f"{moment.year:04}{moment.month:02}{moment.day:02}" + (moment.strftime(clock) if clock else "")
