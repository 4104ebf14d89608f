"""The events as immutable columns, sorted by time, with posting lists for what they are filtered by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from timeline_app.core.actors import Gazetteer
from timeline_app.core.arrays import Int32Array, IntegerArray, UInt8Array
from timeline_app.core.dataset import FileReport, Problem
from timeline_app.core.disputes import NOTHING_DISPUTED
from timeline_app.core.event import Event, Source
from timeline_app.core.known_dates import KnownDates
from timeline_app.core.notes import NO_NOTES, Notes
from timeline_app.core.postings import Postings
from timeline_app.core.records import AreThere, Fetched, Records, at_once
from timeline_app.core.story import Story
from timeline_app.core.times import Times
from timeline_app.core.when import FUTURE_S, PAST_S

NO_CODE = -1
LARGE = 20_000  # events, from which on going through all of them is felt


@dataclass(frozen=True, eq=False)
class EventTable:
    """All events in time order: narrow columns for what is drawn and filtered, records for what is read.

    Rows are sorted by start (earliest, then latest), end (earliest, then latest), then as the files had them.
    `precision` and `flags` are Precision and WhenFlag of core.when. Type and place are codes into `types` and `places`,
    NO_CODE where an event has none. Whole events are in `records`, which for large files are on disk: only those that
    are looked at are read. `known` tells since when each event was known, None where nothing says of any. `disputed`
    are the sorted rows of the events about which claims compete. `notes` are a person's own, which no file knows of,
    `stories` those that come with the files.
    """

    times: Times
    flags: UInt8Array
    precision: UInt8Array
    importance: UInt8Array
    type_codes: IntegerArray
    place_codes: IntegerArray
    types: tuple[str, ...]
    places: tuple[str, ...]
    actors: Postings
    sources: Postings
    tags: Postings
    records: Records
    gazetteer: Gazetteer
    title: str = ""
    summary: str = ""
    source_by_key: Mapping[str, Source] = field(default_factory=dict)
    files: tuple[FileReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    known: KnownDates | None = None
    disputed: Int32Array = field(default_factory=lambda: NOTHING_DISPUTED)
    notes: Notes = NO_NOTES
    stories: tuple[Story, ...] = ()

    def __len__(self) -> int:
        return len(self.times)

    @property
    def joined(self) -> int:
        """How many records of the files are shown together with the same event of another file or row."""
        return sum(file.loaded for file in self.files) - len(self)

    @property
    def more_rows(self) -> int:
        """How many records tell more of the event of an earlier one of their file, joined or not."""
        return sum(file.more_rows for file in self.files)

    def __iter__(self) -> Iterator[Event]:
        """Go through the whole events, each read when its turn comes."""
        return map(self.records.event, range(len(self)))

    def event(self, row: int) -> Event:
        """Return the whole record of a row."""
        return self.records.event(row)

    def brief(self, row: int) -> Event:
        """Return the record of a row as far as lists of events tell of it, see core.records.Records."""
        return self.records.brief(row)

    def titles_of(self, rows: Iterable[int]) -> list[str]:
        """Return the titles of some rows."""
        return self.records.titles(rows)

    def titles_soon(self, rows: Int32Array) -> AreThere:
        """Have the titles of some rows brought where they are read without waiting; return what tells whether they are.

        Who reads them before may have to wait.
        """
        return self.records.titles_soon(rows) if isinstance(self.records, Fetched) else at_once

    def row_of(self, event_id: str) -> int | None:
        """Return the row of an event, None where there is none with this id."""
        return self.records.row_of(event_id)

    def linking_rows(self, event_id: str) -> tuple[int, ...]:
        """Return the rows of the events that link to this one."""
        return self.records.linking_rows(event_id)

    def source_of(self, event: Event, key: str) -> Source | None:
        """Return the source that an event means by a key: one of its own before those of the whole table."""
        return next((own for own in event.own_sources if own.key == key), None) or self.source_by_key.get(key)

    def anchor_s(self, row: int) -> int | None:
        """Return the second that stands for an event: the middle of its bounds, or the one bound it has, or none."""
        first_s, _, _, last_s = self.times.bounds_of(row)
        if first_s == PAST_S:
            return None if last_s == FUTURE_S else last_s
        return first_s if last_s == FUTURE_S else first_s + (last_s - first_s) // 2

    @cached_property
    def extent_s(self) -> tuple[int, int] | None:
        """First and last bounded second of all events, None where there is none."""
        return self.times.extent_of(slice(None))

    def extent_of(self, rows: IntegerArray) -> tuple[int, int] | None:
        """Return the first and last bounded second of some rows, None where there is none."""
        return self.times.extent_of(rows)

    def actor_names(self, row: int) -> tuple[str, ...]:
        """Return the names of a row's actors, each once, in the record's order."""
        return tuple(dict.fromkeys(actor.name for actor in self.event(row).actors))
