"""Make events and sources of the records of TimeMap."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from timeline_app.core.event import Event, Origin, Source
from timeline_app.core.when import When
from timeline_app.readers.civil_text import clock_parts, date_text
from timeline_app.readers.day_order import OrdersSeen, orders_seen
from timeline_app.readers.fields import Fields
from timeline_app.readers.foreign_record import DatedText, Draft, bag, fields_of, first_line, title_of, when_of
from timeline_app.readers.location import location_of
from timeline_app.readers.plain_words import plain_words
from timeline_app.readers.problem_log import ProblemLog
from timeline_app.readers.source_book import SourceBook, apart_from_fields, distinct_sources, site_of
from timeline_app.readers.tree import ListNode, MappingNode, Node, TextNode, described, is_nothing, raw, text_in

OPEN_ORDER = "date: no date tells whether the day or the month stands first; the month is taken to"
# Where an event names associations and sources by their ids.
ASSOCIATION_KEYS = ("associations", "filters")
SOURCE_KEYS = ("sources", "source")

_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([ap])\.?m\.?)?", re.ASCII | re.IGNORECASE)
_HALF_DAY_HOURS, _LAST_HOUR = 12, 24
_MIDNIGHT_OF_A_DAY = re.compile(r"T00:00(?::00(?:\.0+)?)?Z?$", re.ASCII)

_WEB = ("http://", "https://")
_TAKEN = frozenset(
    {
        *("id", "title", "description", "desc", "date", "time", "location", "latitude", "longitude", "lat", "long"),
        *("category", *ASSOCIATION_KEYS, *SOURCE_KEYS),
    }
)
_SOURCE_TAKEN = frozenset({"id", "title", "url", "author", "date"})


class DateOrder:
    """Tells from all dates of a file whether the day stands first in them."""

    def __init__(self) -> None:
        self._seen = OrdersSeen()

    def take(self, date: object) -> bool:
        """Take what an event has for its date; tell whether it is one of three numbers."""
        if not isinstance(date, str) or _SLASHES.fullmatch(date.strip()) is None:
            return False
        self._seen |= orders_seen((date,))
        return True

    @property
    def is_open(self) -> bool:
        """Whether no date tells it, where one would have to."""
        return self._seen.is_open

    @property
    def is_day_first(self) -> bool:
        """Whether more dates have the day first than the month."""
        return self._seen.day_first > self._seen.month_first


@dataclass(slots=True)
class EventReader:
    """Reads events; `sources` and `titles` are those that other lists tell of, by their ids."""

    file_name: str
    problems: ProblemLog
    book: SourceBook
    sources: Mapping[str, Source]
    titles: Mapping[str, str]
    is_day_first: bool

    def draft(self, node: Node, number: int) -> Draft | None:
        """Return one event; why there is none is told."""
        if not isinstance(node, MappingNode):
            self.problems.error(f"expected an event; found {described(node)}; it is left out", node.offset)
            return None
        fields = fields_of(node, self.problems)
        words = plain_words(fields.text("description") or fields.text("desc"))
        title = title_of(plain_words(fields.text("title")).text, first_line(words.text))
        when = self._when(fields)
        if not title:
            self.problems.error("description: expected a text; found nothing; the event is left out", node.offset)
        if not title or when is None:
            return None
        associations = [self.titles.get(key) or key for name in ASSOCIATION_KEYS for key in _texts(fields, name)]
        associations += [
            f"{text_in(one, 'key')}: {text_in(one, 'value')}" for one in _whole(fields, "filters", "value")
        ]
        associations += [
            text_in(one, "title") or text_in(one, "id") for one in _whole(fields, "associations", "title", "id")
        ]
        cited = [self.sources.get(key) or self._cited(key) for name in SOURCE_KEYS for key in _texts(fields, name)]
        cited += [_whole_source(one) for one in _whole(fields, "sources", "path", "url", "title")]
        category = fields.text("category").strip()
        event = Event(
            id="",
            title=title,
            when=when,
            type=category or fields.text("type").strip(),
            place=title_of(plain_words(fields.text("location")).text),
            location=location_of(
                fields.text("latitude") or fields.text("lat"), fields.text("longitude") or fields.text("long")
            ),
            summary="" if words.text == title else words.text,
            tags=tuple(dict.fromkeys(associations)),
            own_sources=distinct_sources(*cited, *self.book.add_addresses(words.addresses)),
            origin=Origin(self.file_name, self.problems.source.line(node.offset), number),
            extra=_without_places(fields, bag(fields, _taken(fields) if category else _taken(fields) | {"type"})),
        )
        return Draft(event, fields.text("id").strip(), fields.offset("id"))

    def _cited(self, written: str) -> Source | None:
        """Return a source that no list tells of: by its address, or else by its id alone."""
        return self.book.add(url=written) if written.startswith(_WEB) else Source(written)

    def _when(self, fields: Fields) -> When | None:
        """Return when an event was; one without a date that can be read is reported."""
        written, offset = fields.text("date"), fields.offset("date")
        match = _SLASHES.fullmatch(written.strip())
        if match is not None and int(match[2 if self.is_day_first else 1]) > 12:
            order = "the day" if self.is_day_first else "the month"
            message = f'date: expected {order} first, as in the other dates; found "{written.strip()}"'
            self.problems.error(f"{message}; the event is left out", offset)
            return None
        time = fields.text("time").strip()
        text = _date(written, time, is_day_first=self.is_day_first)
        if time and "T" not in text:
            fields.keep("time")
        return when_of(DatedText(text, offset), DatedText(""), self.problems, lambda: None)


def _taken(fields: Fields) -> frozenset[str]:
    """Return the fields that have a place in an event, without the older names of those that are there too."""
    older = {"desc": "description", "lat": "latitude", "long": "longitude"}
    return _TAKEN - {name for name, newer in older.items() if fields.text(newer)}


def source_of(node: Node, problems: ProblemLog, *, is_day_first: bool) -> Source | None:
    """Return a source of the list of these; why there is none is told."""
    fields = fields_of(node, problems) if isinstance(node, MappingNode) else None
    key = fields.text("id").strip() if fields is not None else ""
    if fields is None or not key:
        problems.warning(f"sources: expected a source with an id; found {described(node)}", node.offset)
        return None
    title, url = plain_words(fields.text("title")).text, fields.text("url").strip()
    published = _date(fields.text("date"), "", is_day_first=is_day_first)
    if published and not re.fullmatch(r"\d{4}(?:-\d\d){0,2}(?:T[\d:]+Z?)?", published):
        fields.keep("date")
        published = ""
    return Source(
        key,
        title=title,
        author=fields.text("author").strip(),
        publisher=site_of(url),
        url=url,
        published=published,
        extra=bag(fields, _SOURCE_TAKEN),
    )


def _whole(fields: Fields, key: str, *needed: str) -> list[MappingNode]:
    """Return the mappings in a list that have one of what is needed; a list with others is kept as well."""
    node = fields.get(key)
    items = node.items if isinstance(node, ListNode) else []
    found = [item for item in items if isinstance(item, MappingNode) and any(text_in(item, one) for one in needed)]
    if len(found) < sum(not isinstance(item, TextNode) for item in items):
        fields.keep(key)
    return found


def _whole_source(node: MappingNode) -> Source:
    """Return a source that an event has within itself; what its path is beside an address is kept."""
    path, written, title = (text_in(node, key) for key in ("path", "url", "title"))
    url = next((one for one in (path, written) if one.startswith(_WEB)), "")
    said = {key: raw(value) for key, (_, value) in node.entries.items() if not is_nothing(value)}
    taken = {"id", "title", *(key for key in ("path", "url") if said.get(key) == url)}
    return Source(
        text_in(node, "id") or path or url or title,
        title=title,
        publisher=site_of(url),
        url=url,
        extra=apart_from_fields({key: value for key, value in said.items() if key not in taken}),
    )


def _without_places(fields: Fields, extra: Mapping[str, object]) -> Mapping[str, object]:
    """Return what is kept, with degrees that are none."""
    if location_of(fields.text("latitude") or fields.text("lat"), fields.text("longitude") or fields.text("long")):
        return extra
    written = {key: fields.text(key) for key in ("latitude", "longitude", "lat", "long")}
    return {**extra, **{key: text for key, text in written.items() if text.strip()}}


def _date(date: str, time: str, *, is_day_first: bool) -> str:
    """Return a date with its time in EDTF; what is none of the known forms as it is written."""
    written = date.strip()
    match = _SLASHES.fullmatch(written)
    parts = _clock(time)
    if match is not None:
        day, month = (int(match[1]), int(match[2])) if is_day_first else (int(match[2]), int(match[1]))
        return date_text(int(match[3]), month, day, parts)
    whole = _MIDNIGHT_OF_A_DAY.sub("", written)
    if parts and re.fullmatch(r"\d{4}-\d\d-\d\d", whole):
        return f"{whole}T{':'.join(f'{part:02}' for part in parts)}"
    return whole


def _clock(time: str) -> tuple[int, ...]:
    """Return a time of day for `date_text`, empty for what is none."""
    match = _CLOCK.fullmatch(time.strip())
    if match is None:
        return ()
    hour = int(match[1])
    if match[4]:
        if not 1 <= hour <= _HALF_DAY_HOURS:
            return ()
        hour = hour % _HALF_DAY_HOURS + (_HALF_DAY_HOURS if match[4] in "pP" else 0)
    minute, second = int(match[2]), int(match[3] or 0)
    return clock_parts(hour, minute, second) if hour <= _LAST_HOUR and minute < 60 and second < 60 else ()


def _texts(fields: Fields, key: str) -> list[str]:
    """Return the texts of a list; a text alone may hold several with commas between them."""
    node = fields.get(key)
    if isinstance(node, ListNode):
        return [item.text.strip() for item in node.items if isinstance(item, TextNode) and not is_nothing(item)]
    return ids_in(fields.text(key))


def ids_in(written: object) -> list[str]:
    """Return the ids in a list of such, or in a text with commas between them."""
    if isinstance(written, list):
        return [one.strip() for one in written if isinstance(one, str) and one]
    parts = written.split(",") if isinstance(written, str) else ()
    return [part.strip() for part in parts if part.strip()]
