"""Lists of events in JSON that stand under their years or dates in an object, read as the one list that they are.

`{"1914": […], "1915": […]}` is one such object, `{"1914": {"July": […], "August": […]}}` another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from timeline_app.readers.event_columns import is_event_table, known_fields
from timeline_app.readers.json_lists import LOOKED_AT_BYTES, MOST_KEYS, JsonDocument, list_path, names_part
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.written_dates import is_written_date

_DATE = "date"
_FEWEST = 2
_DEEPEST = 3
_MOST_LISTS = 20_000


@dataclass(slots=True)
class DatedLists:
    """The lists under the dates of one object: how many records they have, by which dates, and the keys of all."""

    outer: tuple[str, ...]
    count: int = 0
    dates: dict[str, None] = field(default_factory=dict)
    keys: dict[str, None] = field(default_factory=dict)

    @property
    def has_events(self) -> bool:
        """Whether they are several, and events once each has the date that its list stands under."""
        is_several = len(self.dates) >= _FEWEST and not names_part(list_path(self.outer))
        return is_several and is_event_table(list(self.keys | {_DATE: None}))

    def take(self, date: str, record: Mapping[str, object]) -> None:
        """Take another record."""
        self.count += 1
        if len(self.dates) < _MOST_LISTS:
            self.dates[date] = None
        if len(self.keys) < MOST_KEYS:
            self.keys.update(dict.fromkeys(record))


def lists_by_date(document: JsonDocument) -> DatedLists | None:
    """Return the lists under dates that have most events, None where there are none; raises ReadError for no JSON."""
    met: dict[tuple[str, ...], DatedLists] = {}
    for value in document.values():
        place = dated_place(value.path) if value.is_item and isinstance(value.value, dict) else None
        if place is not None and isinstance(value.value, dict):
            outer, date = place
            met.setdefault(outer, DatedLists(outer)).take(date, value.value)
        if value.bytes_read > LOOKED_AT_BYTES:
            break
    return max((one for one in met.values() if one.has_events), key=lambda one: one.count, default=None)


def joined_document(document: JsonDocument, lists: DatedLists) -> JsonDocument:
    """Return a file whose lists under dates are one in the place of their object, each record with a date."""
    known = known_fields(list(lists.keys))
    has_date = is_event_table(list(lists.keys))
    column = (known.get("when") or known.get("start", "")) if has_date else _DATE

    def values(*, gives_empty: bool = False) -> Iterator[JsonValue]:
        for value in document.values(gives_empty=gives_empty):
            place = dated_place(value.path) if value.is_item else None
            if place is None or place[0] != lists.outer:
                yield value
            elif isinstance(value.value, dict):
                year = value.path[len(lists.outer)]
                yield _dated(replace(value, path=lists.outer), value.value, column, place[1], year)
            else:
                yield replace(value, path=lists.outer)

    return replace(document, values=values)


def dated_place(path: tuple[str, ...]) -> tuple[tuple[str, ...], str] | None:
    """Return the object in which something stands under a date, and that date, None for what stands under none."""
    for depth in range(min(_DEEPEST, len(path)), 0, -1):
        date = _date_of(path[-depth:])
        if date:
            return path[:-depth], date
    return None


def _date_of(keys: tuple[str, ...]) -> str:
    """Return the date that keys within one another are, from the year on, "" for none."""
    if not all(key.strip() and any(map(str.isdigit, keys[0])) for key in keys):
        return ""
    is_numbered = all(map(str.isdecimal, keys))
    written = "-".join(key.zfill(2) for key in keys) if is_numbered else " ".join(reversed(keys))
    return written if is_written_date(written) else ""


def _dated(item: JsonValue, record: dict[str, object], column: str, date: str, year: str) -> JsonValue:
    """Return a record with the date that it stands under where it has none, and with the year where that is missing."""
    own = record.get(column)
    written = own.strip() if isinstance(own, str) else own
    if not column or (written and not isinstance(written, str)):
        return item
    whole = f"{written} {year}" if written else date
    if isinstance(written, str) and written and (is_written_date(written) or not is_written_date(whole)):
        return item
    found = {column: whole, **{key: value for key, value in record.items() if key != column}}
    # In ASCII, since halves of characters are no text.
    return replace(item, value=found, text=json.dumps(found))
