"""Make events of the events and eras of The Timeline Project."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from timeline_app.core.errors import WhenError
from timeline_app.core.event import Event, Link, Origin
from timeline_app.core.when import When, parse
from timeline_app.readers.civil_text import clock_parts, date_text, interval_text
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.tree import shortened
from timeline_app.readers.xml_tree import Element, kept

# The program writes seconds always; scripts that make its files leave them out, or the time of day.
_TIME = re.compile(r"(-?\d{1,10})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?", re.ASCII)
_CONTAINER = re.compile(r"\[(\d{1,9})\]\s*(.*)", re.ASCII | re.DOTALL)
_MEMBER = re.compile(r"\((\d{1,9})\)\s*(.*)", re.ASCII | re.DOTALL)
# The program puts a blank before a text that begins with a bracket of its own.
_OWN_BRACKET = (" (", " [")
_NEXT_ADDRESS = re.compile(r"\s*;\s*(?=[A-Za-z][A-Za-z0-9+.-]*:|www\.|/|$)")
_LABEL_END = re.compile(r"\s*[,;]\s*")

# What has a place in an event; the rest is kept as it is.
_TAKEN = frozenset(
    {
        *("start", "end", "text", "name", "fuzzy", "fuzzy_start", "fuzzy_end", "ends_today", "category", "categories"),
        *("description", "labels", "hyperlink"),
    }
)


@dataclass(frozen=True, slots=True)
class EventName:
    """The text of an event, and the number of the container that it is, or is in, where it says one."""

    written: str
    title: str
    container: str = ""
    inside: str = ""

    @classmethod
    def of(cls, text: str, *, is_era: bool) -> EventName:
        """Return the name that a text is, as it stands in the file; an era has no container."""
        written = " ".join(plain_words(text).text.split())
        if is_era or text.startswith(_OWN_BRACKET):
            return cls(written, written)
        container, member = _CONTAINER.fullmatch(written), _MEMBER.fullmatch(written)
        if container is not None:
            return cls(written, container[2], container=container[1])
        if member is not None:
            return cls(written, member[2], inside=member[1])
        return cls(written, written)


class EventReader:
    """Reads the events and eras of one file; `book` collects their sources.

    `containers` gives the ids of the containers by their numbers, "" for one that could not be read, `parents` the
    name of the category that each category stands in.
    """

    def __init__(
        self, problems: ProblemLog, containers: Mapping[str, str], parents: Mapping[str, str], file_name: str
    ) -> None:
        self._problems = problems
        self._containers = containers
        self._parents = parents
        self._file_name = file_name
        self.book = SourceBook()

    def event(self, record: Element, name: EventName, own_id: str, number: int, *, is_era: bool) -> Event | None:
        """Return one event; None when it has no text or no time that can be read."""
        container = self._containers.get(name.inside)
        is_member = container is not None
        title = name.title if is_member or not name.inside else name.written
        if not title:
            field = "name" if is_era else "text"
            self._problems.error(f"{field}: expected a text; found nothing; the event is left out", record.offset)
            return None
        found = self._when(record)
        if found is None:
            return None
        when, is_end_left_out = found
        description = plain_words(record.text_of("description"))
        category, *others = self._categories(record) or [""]
        return Event(
            id=own_id,
            title=title,
            when=when,
            type="era" if is_era else category,
            summary=description.text,
            tags=tuple(dict.fromkeys((*others, *_labels(record.text_of("labels"))))),
            links=(Link(container, "part-of"),) if container else (),
            own_sources=distinct_sources(
                *self.book.add_addresses((*_addresses(record.text_of("hyperlink")), *description.addresses))
            ),
            origin=Origin(self._file_name, self._problems.source.line(record.offset), number),
            extra=_extra(record, is_end_kept=is_end_left_out or _is_true(record, "ends_today")),
        )

    def without_lost_links(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Return the events without links to a container that could not be read."""
        ids = {event.id for event in events}
        return tuple(
            event if all(link.to in ids for link in event.links) else replace(event, links=()) for event in events
        )

    def _categories(self, record: Element) -> list[str]:
        """Return the categories of an event, each before those that it stands in, each once."""
        lists = [one.text for part in record.all("categories") for one in part.all("category")]
        found: dict[str, None] = {}
        for name in filter(None, (record.text_of("category"), *lists)):
            above: str | None = name
            while above and above not in found:
                found[above] = None
                above = self._parents.get(above)
        return list(found)

    def _when(self, record: Element) -> tuple[When, bool] | None:
        """Return the time of an event, and whether its end is left out; what cannot be read is reported."""
        start, end = record.child("start"), record.child("end")
        if start is None:
            self._problems.error("start: expected a time; found nothing; the event is left out", record.offset)
            return None
        for one in (start, end):
            if one is not None and not _TIME.fullmatch(one.text):
                message = f'{one.name}: expected a time such as 2013-07-07 00:00:00; found "{shortened(one.text)}"'
                self._problems.error(f"{message}; the event is left out", one.offset)
                return None
        try:
            return parse(_edtf(record, start.text, start.text if end is None else end.text)), False
        except WhenError as error:
            fault = error
        try:
            alone = parse(_edtf(record, start.text, start.text))
        except WhenError as error:
            self._problems.error(f"start: {error}; the event is left out", start.offset)
            return None
        place = start.offset if end is None else end.offset
        self._problems.warning(f"end: {fault}; read as having no end", place)
        return alone, True


def _edtf(record: Element, start: str, end: str) -> str:
    """Return the period of an event in EDTF."""
    ends_today = _is_true(record, "ends_today")
    with_clock = not (_is_midnight(start) and _is_midnight(end))
    is_fuzzy = _is_true(record, "fuzzy")
    first = _time(start, with_clock=with_clock) + "~" * (is_fuzzy or _is_true(record, "fuzzy_start"))
    last = _time(end, with_clock=with_clock) + "~" * (is_fuzzy or _is_true(record, "fuzzy_end"))
    if ends_today:
        return f"{first}/.."
    return first if start == end else interval_text(first, last)


def _time(text: str, *, with_clock: bool) -> str:
    match = _TIME.fullmatch(text)
    if match is None:
        return text
    year, month, day, hour, minute, second = map(int, match.groups("0"))
    return date_text(year, month, day, clock_parts(hour, minute, second) if with_clock else ())


def _is_midnight(text: str) -> bool:
    match = _TIME.fullmatch(text)
    return match is not None and not any(map(int, match.groups("0")[3:]))


def _is_true(record: Element, name: str) -> bool:
    return record.text_of(name).lower() == "true"


def _labels(text: str) -> list[str]:
    """Return labels, which have commas between them, or else blanks."""
    parts = _LABEL_END.split(text) if _LABEL_END.search(text) else text.split()
    return [part for part in parts if part]


def _addresses(text: str) -> list[str]:
    return [address for address in _NEXT_ADDRESS.split(text.strip()) if address]


def _extra(record: Element, *, is_end_kept: bool) -> dict[str, object]:
    """Return what has no place in an event; of one that goes on, say, also the end that was saved."""
    taken = _TAKEN - {"end"} if is_end_kept else _TAKEN
    return {one.name: kept(one) for one in record.children if one.name not in taken and (one.text or one.children)}
