"""From a record of a calendar, an event, a to-do or a journal, to the event that it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from timeline_app.core.errors import WhenError
from timeline_app.core.event import USUAL_IMPORTANCE, Event, Link, Location, Origin
from timeline_app.core.shown_digest import BESIDE
from timeline_app.core.when import parse
from timeline_app.readers.calendar_lines import Component, Property
from timeline_app.readers.calendar_people import actors_of, kept_of_people
from timeline_app.readers.calendar_repeats import Repeats, read_rule
from timeline_app.readers.calendar_times import Period, Times
from timeline_app.readers.calendar_words import SHOWN_ONCE
from timeline_app.readers.edtf_beside import date_beside
from timeline_app.readers.location import location_of
from timeline_app.readers.match_beside import is_possible
from timeline_app.readers.native_ids import WantedId
from timeline_app.readers.plain_words import PlainWords, plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_book import SourceBook, distinct_sources
from timeline_app.readers.told_beside import ToldBeside
from timeline_app.readers.tree import shortened

RECORDS = {"VEVENT": "", "VTODO": "to-do", "VJOURNAL": "journal"}
_EDTF = "X-EDTF"
_MATCH = "X-MATCH"
_BESIDE = f"X-{BESIDE.upper()}"
_OF_MATCH = frozenset({_MATCH, "COMMENT"})
_TENTATIVE = "TENTATIVE"
# What this program's own calendars have behind an id.
_OWN_SUFFIX = re.compile(r"@[0-9a-f]{12}\.conflict-timeline\Z")
# What these say in each event that says nothing else, and an importance that is known by its number.
_OWN_VALUES = {"DTSTAMP": {"19700101T000000Z"}, "TRANSP": {"TRANSPARENT"}, "PRIORITY": {"1", "3", "6", "9"}}
_WEB = ("http://", "https://")
_IMPORTANCE_BY_PRIORITY = {"1": 5, "2": 5, "3": 4, "4": 4, "6": 2, "7": 2, "8": 1, "9": 1}

_ENDS = ("DTEND", "DUE", "DURATION")
_SAID_ONCE = ("SUMMARY", "LOCATION", "GEO")
# What has a place in an event; the rest is kept as it is.
_TAKEN = frozenset(
    {
        *("DTSTART", "DTEND", "DUE", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "GEO", "CATEGORIES", "UID"),
        *("ORGANIZER", "ATTENDEE", "RRULE"),
    }
)


def wanted_id(record: Component) -> WantedId:
    """Return the UID of a record; one time of what repeats, which shares it, has its time behind it."""
    uid, of_time = record.first("UID"), record.text_of("RECURRENCE-ID")
    written = "" if uid is None else own_id_of(uid.text)
    offset = record.offset if uid is None else uid.offset
    return WantedId(f"{written} {of_time}" if written and of_time else written, record.text_of("SUMMARY"), offset)


def own_id_of(uid: str) -> str:
    """Return the id of the event that has a UID."""
    return _OWN_SUFFIX.sub("", uid.strip())


def ids_by_uid(records: Sequence[Component], ids: Sequence[str]) -> Mapping[str, str]:
    """Return the id of the record that a UID means: of several the first, and no single time of what repeats."""
    found: dict[str, str] = {}
    for record, own_id in zip(records, ids, strict=True):
        uid = record.text_of("UID")
        if uid and record.first("RECURRENCE-ID") is None:
            found.setdefault(uid, own_id)
    return found


class EventReader:
    """Reads the records of one file."""

    def __init__(
        self,
        file_name: str,
        times: Times,
        problems: ProblemLog,
        records: Sequence[Component],
        ids: Sequence[str],
        id_by_uid: Mapping[str, str],
        repeats: Repeats | None = None,
    ) -> None:
        """With `repeats`, each time of what repeats is an event, and `spelt_out` counts those beyond the first.

        `id_by_uid` has the ids of records that others may name.
        """
        self._repeats = repeats
        self.spelt_out = 0
        self._file_name = file_name
        self._times = times
        self._problems = problems
        self._records = records
        self._ids = ids
        self.book = SourceBook()
        self._id_by_uid = id_by_uid
        self._moved: dict[str, list[Component]] = {}
        for record in records:
            if record.first("RECURRENCE-ID") is not None:
                self._moved.setdefault(record.text_of("UID"), []).append(record)

    def events(self, index: int) -> list[Event]:
        """Return the event of a record, or each time of what repeats; none when nothing says what it is, or when."""
        record, own_id = self._records[index], self._ids[index]
        summary = _description(record)
        title = self._title(record, summary.text)
        period = self._period(record)
        if not title or period is None:
            return []
        try:
            period = self._without_earlier_end(record, period)
            event = self._event(index, title, summary, period)
        except WhenError as error:
            self._problems.error(f"{error}; the event is left out", _begin_offset(record))
            return []
        first, starts = period.start.local, self._starts(record, period)
        lengths = self._times.lengths_of(record, period.start) if len(starts) > 1 else {}
        if not starts:
            self._problems.error("EXDATE: no time is left of what repeats; the event is left out", record.offset)
            return []
        try:
            events = [
                self._time_of(event, own_id, self._times.moved(period, start, lengths.get(start)))
                if start != first
                else event
                for start in starts
            ]
        except WhenError as error:
            self._problems.warning(f"{error}; shown once, at its first time", record.offset)
            return [event]
        self.spelt_out += len(events) - 1
        return events

    def _event(self, index: int, title: str, summary: PlainWords, period: Period) -> Event:
        """Return the event of a record; raises WhenError for a period that ends before it begins."""
        record, own_id = self._records[index], self._ids[index]
        category, *others = _categories(record) or [""]
        kind = RECORDS[record.name]
        shown = parse(period.edtf)
        beside = date_beside(record.text_of(_EDTF), shown)
        told = ToldBeside.of(record.text_of(_BESIDE), _shown(record))
        taken = _taken(record) | ({_EDTF} if beside else set()) | ({_BESIDE, "RELATED-TO"} if told.record else set())
        event = Event(
            id=own_id,
            title=title,
            when=beside or shown,
            type=kind or category,
            actors=actors_of(record),
            place=" ".join(plain_words(record.text_of("LOCATION")).text.split()),
            location=_location(record),
            importance=_IMPORTANCE_BY_PRIORITY.get(record.text_of("PRIORITY"), USUAL_IMPORTANCE),
            summary=summary.text,
            tags=tuple(dict.fromkeys(filter(None, ([category, *others] if kind else others)))),
            links=self._links(record, own_id),
            own_sources=distinct_sources(*self.book.add_addresses(_addresses(record, summary.addresses, told))),
            origin=Origin(self._file_name, self._problems.source.line(record.offset), index + 1),
            extra=_extra(record, taken, period.left_out),
        )
        return told.applied(event)

    def _starts(self, record: Component, period: Period) -> Sequence[datetime]:
        """Return the local times at which a record's event begins: the first, or each where that is asked for."""
        first = period.start.local
        rules = list(record.all("RRULE"))
        if self._repeats is None:
            repeating = [*rules, *record.all("RDATE")]
            if repeating:
                self._problems.note(SHOWN_ONCE, repeating[0].offset)
            return (first,)
        offset_of = partial(self._times.offset_at, period.start)
        more = self._times.locals_of([record], "RDATE", period.start)
        moved = self._moved_of(record)
        without = [*self._times.locals_of([record], "EXDATE", period.start)]
        without += self._times.locals_of(moved, "RECURRENCE-ID", period.start)
        try:
            read = [read_rule(rule.value) for rule in rules]
            spelt = self._repeats.starts(read, first, offset_of, tuple(more), without)
        except WhenError as error:
            self._problems.warning(f"{error}; shown once, at its first time", record.offset)
            return (first,)
        if spelt.is_cut:
            told = f"RRULE: what repeats is shown {len(spelt.starts):,} times, and there would be more"
            self._problems.note(told, rules[0].offset if rules else record.offset)
        return spelt.starts

    def _moved_of(self, record: Component) -> list[Component]:
        """Return the records of single times of what a record repeats, which stand for themselves."""
        if record.first("RECURRENCE-ID") is not None:
            return []
        return self._moved.get(record.text_of("UID"), [])

    def _time_of(self, event: Event, own_id: str, moved: Period) -> Event:
        """Return one of the times of what repeats; raises WhenError where it ends out of range."""
        start = moved.start.local
        stamp = f"{start:%Y%m%d}" if moved.start.is_date else f"{start:%Y%m%dT%H%M%S}"
        return replace(
            event, id=f"{own_id} {stamp}", when=parse(moved.edtf), links=(*event.links, Link(own_id, "instance-of"))
        )

    def _title(self, record: Component, summary: str) -> str:
        """Return what an event is called: its summary, or else the first line of its description, or its UID."""
        title = " ".join(plain_words(record.text_of("SUMMARY")).text.split())
        if title:
            return title
        title = summary.partition("\n")[0].strip() or record.text_of("UID")
        if title:
            message = f'SUMMARY: expected a text; found nothing; shown as "{shortened(title)}"'
            self._problems.note(message, record.offset)
        else:
            message = "SUMMARY: expected a text; found nothing; the event is left out"
            self._problems.error(message, record.offset)
        return title

    def _period(self, record: Component) -> Period | None:
        """Return when something happens, None when there is no beginning."""
        try:
            return self._times.period(record)
        except WhenError as error:
            self._problems.error(f"{error}; the event is left out", _begin_offset(record))
            return None

    def _without_earlier_end(self, record: Component, period: Period) -> Period:
        """Return a period without an end that lies before its beginning, which is told.

        Raises WhenError for a beginning that cannot be.
        """
        end = record.first("DTEND", "DUE", "DURATION")
        if end is None or period.end is None or period.is_plainly_in_order:
            return period
        try:
            parse(period.edtf)
        except WhenError as error:
            parse(period.start.edtf)
            self._problems.warning(f"{end.name}: {error}; read as having no end", end.offset)
            return Period(period.start, None, end)
        return period

    def _links(self, record: Component, own_id: str) -> tuple[Link, ...]:
        """Return the relations to other events of the file."""
        links = []
        master = self._id_by_uid.get(record.text_of("UID"), own_id)
        if record.first("RECURRENCE-ID") is not None and master != own_id:
            links.append(Link(master, "instance-of"))
        for relation in record.all("RELATED-TO"):
            target = self._id_by_uid.get(relation.text.strip())
            if target is not None and target != own_id:
                links.append(Link(target, relation.parameters.get("RELTYPE", "PARENT").lower().removeprefix("x-")))
        return tuple(dict.fromkeys(links))


def _begin_offset(record: Component) -> int:
    """Return where the beginning of what happens is told, or else the record."""
    begin = record.first("DTSTART", "DUE", "COMPLETED")
    return record.offset if begin is None else begin.offset


def _categories(record: Component) -> list[str]:
    return list(dict.fromkeys(text for one in record.all("CATEGORIES") for text in one.texts if text))


def _description(record: Component) -> PlainWords:
    """Return what a record tells of itself: a journal may do so in several texts, Outlook in HTML alone."""
    texts = [plain_words(one.text) for one in record.all("DESCRIPTION")]
    found = [one for one in texts if one.text] or [plain_words(record.text_of("X-ALT-DESC"))]
    addresses = dict.fromkeys(address for one in found for address in one.addresses)
    return PlainWords("\n\n".join(one.text for one in found), tuple(addresses))


def _location(record: Component) -> Location | None:
    latitude, _, longitude = record.text_of("GEO").partition(";")
    return location_of(latitude, longitude)


def _addresses(record: Component, addresses: Iterable[str], told: ToldBeside) -> list[str]:
    """Return the addresses that belong to an event and are not told beside it.

    A document that is put into the file has none.
    """
    written = [] if told.is_unchanged("sources") else [one for one in _attached(record) if one.lower().startswith(_WEB)]
    return [*written, *(() if told.is_unchanged("summary") else addresses)]


def _attached(record: Component) -> list[str]:
    return [one.value.strip() for name in ("URL", "ATTACH") for one in record.all(name)]


def _shown(record: Component) -> dict[str, str]:
    """Return what a record shows by the fields of an event, as writers/icalendar.py has it."""
    categories = ",".join(one.value for one in record.all("CATEGORIES"))
    return {
        "title": record.text_of("SUMMARY"),
        "summary": record.text_of("DESCRIPTION"),
        "type": categories,
        "tags": categories,
        "place": record.text_of("LOCATION"),
        "location": record.text_of("GEO"),
        "importance": record.text_of("PRIORITY"),
        "sources": " ".join(_attached(record)),
    }


def _taken(record: Component) -> frozenset[str]:
    """Return the names of lines that say nothing more of an event, such as what they say in all that is written here.

    Those that tell of a filter are among them.
    """
    taken = _TAKEN
    if _OWN_SUFFIX.search(record.text_of("UID")):
        taken |= {name for name, values in _OWN_VALUES.items() if record.text_of(name) in values}
    if not is_possible(record.text_of(_MATCH)):
        return taken
    is_unchanged = record.text_of("STATUS") == _TENTATIVE
    return taken | _OF_MATCH | ({"STATUS"} if is_unchanged else frozenset())


def _extra(record: Component, taken: Iterable[str], left_out: Property | None) -> dict[str, object]:
    """Return what has no place in an event: other lines, its zone by name, rules of repeating, alarms."""
    others = (one for one in record.properties if not _is_cited(one))
    found = kept_properties(others, frozenset(taken) - _not_needed(record))
    found |= kept_of_people(record) | _said_again(record)
    begin = record.first("DTSTART")
    if begin is not None and begin.parameters.get("TZID"):
        found["TZID"] = begin.parameters["TZID"]
    if left_out is not None:
        found[left_out.name] = left_out.value
    rules = [one.value for one in record.all("RRULE")]
    if rules:
        found["repeats"] = rules[0] if len(rules) == 1 else rules
    for child in record.children:
        parts = found.setdefault(child.name, [])
        if isinstance(parts, list):
            parts.append(kept_properties(child.properties, ()))
    return found


def _is_cited(one: Property) -> bool:
    """Return whether a property is an address that is a source of its event."""
    return one.name in {"ATTACH", "URL"} and one.value.strip().lower().startswith(_WEB)


def _not_needed(record: Component) -> set[str]:
    """Return which lines that may say something of an event do not: another end, and a place that is none."""
    begin, end = record.first("DTSTART", "DUE", "COMPLETED"), record.first(*_ENDS)
    found = {name for name in _ENDS if record.first(name) is not None}
    found -= {one.name for one in (begin, end) if one is not None}
    return found | ({"GEO"} if _location(record) is None else set())


def _said_again(record: Component) -> dict[str, object]:
    """Return what a record says once more than an event can."""
    texts = {name: [one.text for one in record.all(name) if one.value.strip()][1:] for name in _SAID_ONCE}
    return {name: again for name, again in texts.items() if again}


def kept_properties(properties: Iterable[Property], taken: Iterable[str]) -> dict[str, object]:
    """Return the values of all other properties by name, those that say something."""
    values: dict[str, list[str]] = {}
    for one in properties:
        if one.name not in taken and one.value.strip():
            values.setdefault(one.name, []).append(one.text)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in values.items()}
