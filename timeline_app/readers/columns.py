"""From the cells of many records to the columns of a batch."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from timeline_app.core.arrays import BoolArray, Int32Array, Int64Array, NDArray, Scalar, UInt8Array, read_only
from timeline_app.core.batches import CodeColumn, NameColumn, RecordBatch
from timeline_app.core.dataset import Level, Problem
from timeline_app.core.disputes import NOTHING_DISPUTED
from timeline_app.core.event import ActorRef
from timeline_app.core.known import Known
from timeline_app.core.known_dates import NOT_KNOWN, KnownDates
from timeline_app.core.numbers import Numbers
from timeline_app.core.roles import NO_ROLES, RoleSet, RoleSets, roles_by_name
from timeline_app.core.table import NO_CODE
from timeline_app.core.text_column import TextColumn
from timeline_app.core.times import narrowed
from timeline_app.core.when import WhenColumn
from timeline_app.readers.coded import Coded
from timeline_app.readers.date_columns import parse_coded_dates

Cell = TypeVar("Cell", bound=Hashable)


@dataclass(frozen=True, slots=True)
class NameCells(Generic[Cell]):
    """The cells of some records, and which names a cell means."""

    cells: Coded[Cell]
    names: Callable[[Cell], tuple[str, ...]]

    def column(self, good: BoolArray | None) -> NameColumn:
        """Return the column of the good records, of all for None."""
        return name_column(self.cells.kept(good), self.names)


class ActorNames(NamedTuple):
    """The actors that a cell means, and the roles of those that have any."""

    names: tuple[str, ...]
    roles: Mapping[str, RoleSet] = MappingProxyType({})

    @classmethod
    def of(cls, actors: Sequence[ActorRef]) -> ActorNames:
        """Return the names and roles of actors."""
        return cls(tuple(actor.name for actor in actors), roles_by_name(actors))


@dataclass(frozen=True, slots=True)
class ActorCells(Generic[Cell]):
    """The cells of some records, and which actors a cell means."""

    cells: Coded[Cell]
    actors: Callable[[Cell], ActorNames]

    def column(self, good: BoolArray | None) -> NameColumn:
        """Return the column of the good records, of all for None, with the roles of the actors."""
        cells = self.cells.kept(good)
        told = [self.actors(cell) for cell in cells.values]
        numbered = Coded(range(len(told)), cells.codes)
        found = name_column(numbered, lambda number: told[number].names)
        if not any(one.roles for one in told):
            return found
        sets = RoleSets()
        roles = [[sets.code_of(one.roles.get(name, NO_ROLES)) for name in dict.fromkeys(one.names)] for one in told]
        return replace(found, roles=sets.roles(spread(roles, cells.codes)[0]))


@dataclass(frozen=True, slots=True, eq=False)
class EventFields:
    """What the records of a batch say of their events, everything of one length.

    `whens` are dates in EDTF. `faults` says of a record by its place here why it can be no event. `remarks` are about
    records that are events all the same, `notes` about how what they say was understood. `known` tells since when each
    is known, None where nothing says of any, and `disputed` about which of them claims compete, None for about none.
    """

    ids: TextColumn
    whens: Coded[str]
    types: Coded[str]
    places: Coded[str]
    importance: UInt8Array
    actors: ActorCells[Any]
    sources: NameCells[Any]
    tags: NameCells[Any]
    faults: Mapping[int, str]
    remarks: Sequence[tuple[int, str]] = ()
    known: Coded[Known | None] | None = None
    notes: Sequence[tuple[int, str]] = ()
    disputed: Coded[bool] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class RecordPlaces:
    """Where the records of a batch stand: in `content` from `begins` to `ends`, in the file by line and number.

    `line_columns` say where in its line each begins, for records of which several may stand on one.
    """

    file: str
    content: bytes | memoryview
    begins: Int64Array
    ends: Int64Array
    lines: Int64Array
    numbers: Int64Array
    line_columns: Int64Array | None = None


def record_batch(
    fields: EventFields, places: RecordPlaces, problems: Sequence[Problem], rejected: int, bytes_read: int
) -> RecordBatch:
    """Return the batch of those records that are events, with a problem for each that is none."""
    whens = parse_coded_dates(fields.whens)
    faults = dict(fields.faults)
    for row, error in whens.errors:
        faults.setdefault(row, f"when: {error}")
    told = [*problems, *_told(faults, fields, whens, places)]
    good: BoolArray | None = None
    if faults:
        good = np.ones(len(fields.ids), np.bool_)
        good[list(faults)] = False
    raw, ends = _raw_records(places, good)
    return RecordBatch(
        bounds_s=read_only(_kept_rows(_bounds(whens), good)),
        precision=read_only(_kept_rows(whens.precision, good)),
        flags=read_only(_kept_rows(whens.flags, good)),
        importance=read_only(_kept_rows(fields.importance, good)),
        types=code_column(fields.types.kept(good)),
        places=code_column(fields.places.kept(good)),
        actors=fields.actors.column(good),
        sources=fields.sources.column(good),
        tags=fields.tags.column(good),
        raw=raw,
        ends=read_only(ends),
        lines=read_only(_kept_rows(places.lines, good)),
        numbers=read_only(_kept_rows(places.numbers, good)),
        id_hashes=read_only(_kept_rows(fields.ids.hashes(), good)),
        problems=tuple(sorted(told, key=lambda problem: problem.line)),
        rejected=rejected + len(faults),
        bytes_read=bytes_read,
        known=known_column(fields.known.kept(good)) if fields.known is not None else None,
        disputed=_places(fields.disputed.kept(good)) if fields.disputed is not None else NOTHING_DISPUTED,
    )


def code_column(texts: Coded[str]) -> CodeColumn:
    """Return texts as codes into the distinct ones; an empty text is none."""
    names = tuple(filter(None, texts.values))
    codes = texts.codes
    if len(names) < len(texts.values):
        empty = texts.values.index("")
        codes = np.where(codes == empty, NO_CODE, codes - (codes > empty))
    return CodeColumn(names, read_only(narrowed(codes, len(names))))


def _places(marked: Coded[bool]) -> Int32Array:
    """Return the places of the records that are marked."""
    return read_only(np.flatnonzero(np.array(marked.values, np.bool_)[marked.codes]).astype(np.int32))


def known_column(known: Coded[Known | None]) -> KnownDates | None:
    """Return since when events were known as codes into the distinct dates, None where none has one."""
    dates = [one for one in known.values if one is not None]
    numbers = {one: code for code, one in enumerate(dates)}
    codes = np.array([NOT_KNOWN if one is None else numbers[one] for one in known.values], np.int64)
    return KnownDates.numbered(codes[known.codes], dates)


def name_column(cells: Coded[Cell], names_of: Callable[[Cell], tuple[str, ...]]) -> NameColumn:
    """Return the names that cells mean."""
    name_numbers: Numbers[str] = Numbers()
    numbers = [[name_numbers[name] for name in dict.fromkeys(names_of(cell))] for cell in cells.values]
    codes, offsets = spread(numbers, cells.codes)
    return NameColumn(tuple(name_numbers), read_only(narrowed(codes, len(name_numbers))), read_only(offsets))


def spread(numbers: Sequence[Sequence[int]], codes: Int64Array) -> tuple[Int64Array, Int64Array]:
    """Return the numbers of each record end to end, those of record i being numbers[codes[i]], and their offsets."""
    first = np.cumsum([0, *map(len, numbers)], dtype=np.int64)
    counts = np.diff(first)[codes]
    offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    places = np.arange(offsets[-1]) + np.repeat(first[codes] - offsets[:-1], counts)
    return np.fromiter(chain.from_iterable(numbers), np.int64)[places], offsets


def _kept_rows(array: NDArray[Scalar], good: BoolArray | None) -> NDArray[Scalar]:
    return array if good is None else array[good]


def _bounds(whens: WhenColumn) -> Int64Array:
    return np.column_stack((whens.start_earliest_s, whens.start_latest_s, whens.end_earliest_s, whens.end_latest_s))


def _raw_records(places: RecordPlaces, good: BoolArray | None) -> tuple[bytes | memoryview, Int64Array]:
    """Return the good records end to end, and where each ends."""
    begins, ends = _kept_rows(places.begins, good), _kept_rows(places.ends, good)
    if not len(ends):
        return b"", np.zeros(0, np.int64)
    if np.array_equal(begins[1:], ends[:-1]):
        first = int(begins[0])
        return places.content[first : int(ends[-1])], ends - first
    pieces = [places.content[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]
    return b"".join(pieces), np.cumsum(ends - begins)


def _told(faults: Mapping[int, str], fields: EventFields, whens: WhenColumn, places: RecordPlaces) -> Iterable[Problem]:
    for row, fault in faults.items():
        yield _problem(f"{fault}; the record is left out", row, places, Level.ERROR)
    for row, remark in fields.remarks:
        if row not in faults:
            yield _problem(remark, row, places, Level.WARNING)
    for row, note in (*fields.notes, *((row, f"when: {note}") for row, note in whens.notes)):
        if row not in faults:
            yield _problem(note, row, places, Level.NOTE)


def _problem(message: str, row: int, places: RecordPlaces, level: Level) -> Problem:
    column = int(places.line_columns[row]) if places.line_columns is not None else 0
    return Problem(message, places.file, int(places.lines[row]), column, int(places.numbers[row]), level)
