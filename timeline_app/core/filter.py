"""What the user asked to see, as a value, and its evaluation over a table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from timeline_app.core.actor_rows import ActorRows
from timeline_app.core.arrays import BoolArray, Int32Array, IntegerArray, NDArray, Scalar, read_only
from timeline_app.core.asked_actors import taken_actors
from timeline_app.core.calendar import DAY_S
from timeline_app.core.disputes import are_disputed
from timeline_app.core.errors import FilterError, WhenError
from timeline_app.core.event import Event, source_names
from timeline_app.core.known import as_known, source_in
from timeline_app.core.known_events import may_be_known
from timeline_app.core.pairs import pair_rows
from timeline_app.core.records import searchable
from timeline_app.core.rows_left import RowsLeft
from timeline_app.core.table import EventTable
from timeline_app.core.when import FUTURE_S, PAST_S, When, parse


class Match(StrEnum):
    """Whether an event must have any or all of the chosen actors."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Filter:
    """Everything that narrows the events down; the empty filter lets all pass.

    Several values of one field are alternatives, except actors under Match.ALL and the words of `find`, which must
    all occur. Fields are joined by "and". `since` and `until` are EDTF texts; either end may be "". `as_of`, EDTF too,
    asks for what could be known at its end; see core.known. `disputed` asks for events about which claims compete.
    `pairs` are such as “Russia>Ukraine”, who does something and to whom; see core.pairs.
    `starred`, `noted` (words, or ANY_NOTE) and `own_tags` ask for what a person keeps of events; see core.notes.
    """

    actors: tuple[str, ...] = ()
    match: Match = Match.ANY
    not_actors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    certain: bool = False
    find: tuple[str, ...] = ()
    min_importance: int = 1
    members: bool = False
    disputed: bool = False
    as_of: str = ""
    starred: bool = False
    noted: tuple[str, ...] = ()
    own_tags: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every event passes."""
        return self == Filter(match=self.match, members=self.members)

    @property
    def asks_for_notes(self) -> bool:
        """Whether a person's own stars, notes or tags decide what passes."""
        return bool(self.starred or self.noted or self.own_tags)

    def range_s(self) -> tuple[int, int]:
        """Return the first and last second that `since` and `until` allow; raises FilterError."""
        first = _bound("from", self.since).start_earliest_s if self.since else PAST_S
        last = _bound("to", self.until).end_latest_s if self.until else FUTURE_S
        if first > last:
            raise FilterError(f"the range ends before it begins: from {self.since} to {self.until}")
        return first, last

    def known_day(self) -> int | None:
        """Return the day that `as_of` ends with, counted from 1970-01-01, None without one; raises FilterError."""
        if not self.as_of:
            return None
        end_s = _bound("as-of", self.as_of).end_latest_s
        if end_s == FUTURE_S:
            raise FilterError(
                f"“{self.as_of}” has no end, and “as-of” asks for what could be known at the end of a date, "
                "as in 2024-10 or 2024-10-31"
            )
        return end_s // DAY_S


@dataclass(frozen=True, eq=False)
class FilterResult:
    """Which of `loaded` rows pass: the sorted `chosen` ones, or all with None.

    `surely`, of shape (passing rows,), has which of them surely do; None stands for all. Everything else follows from
    these, and is worked out when it is asked for.
    """

    loaded: int
    chosen: Int32Array | None = None
    surely: BoolArray | None = None

    @property
    def passes_all(self) -> bool:
        """Whether every row passes."""
        return self.chosen is None or len(self.chosen) == self.loaded

    @property
    def shown(self) -> int:
        """How many events pass."""
        return self.loaded if self.chosen is None else len(self.chosen)

    @cached_property
    def possible(self) -> int:
        """How many of them pass only possibly."""
        return 0 if self.surely is None else int(np.count_nonzero(~self.surely))

    @property
    def possible_rows(self) -> Int32Array:
        """The sorted rows that pass only possibly."""
        return np.zeros(0, np.int32) if self.surely is None else self.rows[~self.surely]

    @cached_property
    def rows(self) -> Int32Array:
        """The sorted rows that pass."""
        return read_only(np.arange(self.loaded, dtype=np.int32)) if self.chosen is None else self.chosen

    def of(self, column: NDArray[Scalar]) -> NDArray[Scalar]:
        """Return a column of the table at the rows that pass, shape (passing rows,)."""
        return column if self.chosen is None else column.take(self.chosen)

    def has(self, row: int) -> bool:
        """Return whether a row passes."""
        return self.next_to(row - 1, 1) == row

    def next_to(self, row: int, step: int) -> int | None:
        """Return the first passing row after (`step` 1) or before (-1) another, None where there is none."""
        if self.chosen is None:
            return row + step if 0 <= row + step < self.loaded else None
        after = int(np.searchsorted(self.chosen, self.chosen.dtype.type(row), side="right" if step > 0 else "left"))
        place = after if step > 0 else after - 1
        return int(self.chosen[place]) if 0 <= place < len(self.chosen) else None

    @cached_property
    def mask(self) -> BoolArray:
        """Which rows pass, shape (loaded,)."""
        return self._everything if self.chosen is None else self._marked(self.chosen)

    @cached_property
    def certain(self) -> BoolArray:
        """Which rows surely pass, shape (loaded,)."""
        return self.mask if self.surely is None else self._marked(self.rows[self.surely])

    @property
    def certain_if_passing(self) -> BoolArray:
        """Which of the rows that pass surely do, shape (loaded,); what it has for others means nothing."""
        return self._everything if self.surely is None else self.certain

    @cached_property
    def _everything(self) -> BoolArray:
        return np.broadcast_to(np.True_, self.loaded)

    def _marked(self, rows: Int32Array) -> BoolArray:
        mask = np.zeros(self.loaded, np.bool_)
        mask[rows] = True
        return read_only(mask)


def evaluate(wanted: Filter, table: EventTable) -> FilterResult:
    """Tell which rows pass, and which surely do; raises FilterError for a range that cannot be.

    A date range takes an event when any part of it may lie within, and takes it as certain when all of it surely does;
    a day of knowledge when it may have been known then, and as certain when it surely was; an actor takes those of its
    members that may lie in the time of the membership, and as certain those that surely do.
    """
    first_s, last_s = wanted.range_s()
    left = RowsLeft.within(first_s, last_s, table)
    _keep_noted(wanted, table, left)
    actors = _Actors.of(wanted, table)
    _keep_actors(actors, wanted, table, left)
    _keep_fields(wanted, table, left)
    if wanted.find:
        words = [word.casefold() for word in wanted.find]
        left.keep(_has_words(words, table, left.rows))
    if wanted.disputed:
        left.keep_rows(table.disputed)
    _keep_known(wanted, table, left)
    if (first_s, last_s) != (PAST_S, FUTURE_S):
        left.keep(left.end_after(first_s - 1))
    surely = actors.surely(left)
    if (first_s, last_s) != (PAST_S, FUTURE_S):
        surely = _both(surely, left.begin_from(first_s) & ~left.end_after(last_s))
    if wanted.as_of:
        surely = _both(surely, _surely_known(wanted, table, left))
    return _passing(left, surely, wanted, table)


def narrow(result: FilterResult, wanted: Filter, table: EventTable) -> FilterResult:
    """Tell which of the rows that pass have the actors, roles and fields of another filter, whatever their dates.

    Of the result is told which rows surely have its actors; a filter on what is certain keeps those alone.
    """
    left = RowsLeft(table, 0, len(table), result.chosen)
    _keep_noted(wanted, table, left)
    actors = _Actors.of(wanted, table)
    _keep_actors(actors, wanted, table, left)
    _keep_fields(wanted, table, left)
    _keep_known(wanted, table, left)
    return _passing(left, actors.surely(left), wanted, table)


def _passing(left: RowsLeft, surely: BoolArray | None, wanted: Filter, table: EventTable) -> FilterResult:
    """Return what is left as a result, `surely` of shape (len(left),); of what is certain only that."""
    if surely is None or not wanted.certain:
        return FilterResult(len(table), left.chosen, surely)
    left.keep(surely)
    return FilterResult(len(table), left.chosen)


def _bound(end: str, text: str) -> When:
    try:
        return parse(text)
    except WhenError as error:
        raise FilterError(f"“{text}” is not a date for “{end}”: {error}", error.position) from error


@dataclass(frozen=True, slots=True)
class _Actors:
    """Whose events are asked for: of each of `groups` an event must have one, and of `refused` none."""

    groups: tuple[ActorRows, ...]
    refused: ActorRows

    @classmethod
    def of(cls, wanted: Filter, table: EventTable) -> _Actors:
        asked = [(one,) for one in wanted.actors] if wanted.match is Match.ALL else [wanted.actors]
        groups = [taken_actors(names, table, members=wanted.members) for names in asked if names]
        refused = taken_actors(wanted.not_actors, table, members=wanted.members)
        rows = [ActorRows.of(group, table, wanted.roles) for group in groups]
        if wanted.pairs:
            rows.append(pair_rows(wanted.pairs, table, members=wanted.members))
        return cls(tuple(rows), ActorRows.of(refused, table))

    def keep(self, left: RowsLeft) -> None:
        """Keep what may have whom it must have, and does not surely have anybody who is refused."""
        for group in self.groups:
            left.keep_among(group.possible)
        if self.refused.sure:
            left.keep(~left.among(self.refused.sure))

    def surely(self, left: RowsLeft) -> BoolArray | None:
        """Return which of the rows that were kept pass surely; None for all of them."""
        surely: BoolArray | None = None
        for group in self.groups:
            if group.has_doubts:
                surely = _both(surely, left.among(group.sure))
        return _both(surely, ~left.among(self.refused.possible)) if self.refused.has_doubts else surely


def _keep_actors(actors: _Actors, wanted: Filter, table: EventTable, left: RowsLeft) -> None:
    """Keep what has the actors that are asked for, in the roles that are, and none of those that are not wanted."""
    actors.keep(left)
    if wanted.roles and not wanted.actors:
        mask = np.zeros(len(table), np.bool_)
        mask[table.actors.in_roles(wanted.roles).rows] = True
        left.keep(left.of(mask))


def _both(one: BoolArray | None, other: BoolArray | None) -> BoolArray | None:
    """Return where both are true; None stands for everywhere."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _keep_fields(wanted: Filter, table: EventTable, left: RowsLeft) -> None:
    if wanted.tags:
        folded = {name.casefold() for name in wanted.tags}
        left.keep_named(table.tags, [tag for tag in table.tags.names if tag.casefold() in folded])
    if wanted.sources:
        left.keep_named(table.sources, wanted.sources)
    if wanted.types:
        folded = {name.casefold() for name in wanted.types}
        codes = [code for code, name in enumerate(table.types) if name.casefold() in folded]
        left.keep(_has_code(left.of(table.type_codes), codes))
    if wanted.places:
        texts = [text.casefold() for text in wanted.places]
        codes = [code for code, name in enumerate(table.places) if any(text in name.casefold() for text in texts)]
        left.keep(_has_code(left.of(table.place_codes), codes))
    if wanted.min_importance > 1:
        left.keep(left.of(table.importance) >= wanted.min_importance)


def _keep_noted(wanted: Filter, table: EventTable, left: RowsLeft) -> None:
    """Keep what has the stars, notes and tags of a person's own that are asked for: first, as they are few."""
    if wanted.starred:
        left.keep_rows(table.notes.starred)
    if wanted.noted:
        left.keep_rows(table.notes.rows_saying(wanted.noted))
    if wanted.own_tags:
        left.keep_rows(table.notes.rows_tagged(wanted.own_tags))


def _keep_known(wanted: Filter, table: EventTable, left: RowsLeft) -> None:
    """Keep what may have been known, its sources and words among those that were known then."""
    day, known = wanted.known_day(), table.known
    if day is None:
        return
    rows = left.rows
    passes = may_be_known(table, day, rows)
    if known is not None and (wanted.find or wanted.sources or wanted.disputed):
        source_of = source_in(table.source_by_key)
        words = [word.casefold() for word in wanted.find]
        for place in np.flatnonzero(passes & ~known.whole_on(day, rows)).tolist():
            # Only words may stand in texts that are still being read: all else is in short records, too.
            row = int(rows[place])
            event = as_known(table.event(row) if words else table.brief(row), source_of, day)
            passes[place] = event is not None and _still_has(event, wanted, words, table)
    if not passes.all():
        left.keep(passes)


def _still_has(event: Event, wanted: Filter, words: list[str], table: EventTable) -> bool:
    """Return whether what was known of an event has what is asked of its sources, claims and words."""
    if wanted.sources and set(wanted.sources).isdisjoint(source_names(event, table.source_by_key)):
        return False
    if wanted.disputed and not are_disputed(event.claims):
        return False
    text = searchable(event).casefold() if words else ""
    return all(word in text for word in words)


def _surely_known(wanted: Filter, table: EventTable, left: RowsLeft) -> BoolArray:
    """Return which of the rows were surely known, shape (len(left),)."""
    day = wanted.known_day()
    if day is None or table.known is None:
        return np.zeros(len(left), np.bool_)
    return table.known.sure_on(day, left.rows)


def _has_code(column: IntegerArray, codes: list[int]) -> BoolArray:
    """Return where a column has one of some codes, by one look-up a row; -1, no code, picks the last."""
    wanted = np.zeros(max(codes, default=0) + 2, np.bool_)
    wanted[codes] = True
    found: BoolArray = wanted.take(np.minimum(column, len(wanted) - 1)) if codes else np.zeros(len(column), np.bool_)
    return found


def _has_words(words: list[str], table: EventTable, rows: Int32Array) -> BoolArray:
    """Return in which of some rows all words occur."""
    mask = np.zeros(len(table), np.bool_)
    found = table.records.rows_with(words, rows)
    mask[found if isinstance(found, np.ndarray) else np.fromiter(found, np.int64)] = True
    return mask.take(rows)
