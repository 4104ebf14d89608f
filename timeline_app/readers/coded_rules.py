"""What the columns of a coded dataset say of its events, told once for single records and for whole columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.event import USUAL_IMPORTANCE, ActorRef, Event, Origin, Source, made_id
from timeline_app.core.known import Known
from timeline_app.core.text_column import TextColumn
from timeline_app.core.when import parse
from timeline_app.readers.coded import Coded
from timeline_app.readers.columns import ActorCells, ActorNames, EventFields, NameCells
from timeline_app.readers.table_cells import TableCells

Value = TypeVar("Value", bound=Hashable)

Cells = Mapping[str, str]

# What R, pandas and databases write into an empty cell when they write a dataset again.
NOTHING = frozenset({"NA", "<NA>", "NaN", "nan", "NULL", "null"})


@dataclass(frozen=True, slots=True)
class Rule(Generic[Value]):
    """How something is told from the cells of some columns, which `tell` takes in their order, as they are written.

    Of a column that the table does not have, the cell is empty, and so is one in which R has written NA.
    """

    columns: tuple[str, ...]
    tell: Callable[..., Value]

    def of(self, cells: Cells) -> Value:
        """Return what the cells of one record say."""
        return self.told([cells.get(column, "") for column in self.columns])

    def over(self, cells: TableCells) -> Coded[Value]:
        """Return what the cells of each record say, those that are alike asked once."""
        return cells.together(self.columns).mapped(self.told)

    def told(self, cells: Sequence[str]) -> Value:
        """Return what the cells of its columns say."""
        return self.tell(*(cells if NOTHING.isdisjoint(cells) else ["" if cell in NOTHING else cell for cell in cells]))


@dataclass(frozen=True, slots=True)
class EventRules:
    """What the records of a coded dataset say of their events.

    `when` tells a date in EDTF. A record without an id gets its number. `fault` says why a record can be no event,
    `remark` what is to be told of one that can, once for all records that it is true of; "" is nothing. `finish` adds
    to an event what no table of many events needs: its summary, excerpts, claims, location and field bag. `known` tells
    since when an event was known by all that `finish` adds; see core.known. `note` is told of the file, at its first
    record.
    """

    id: Rule[str]
    title: Rule[str]
    when: Rule[str]
    type: Rule[str]
    place: Rule[str]
    actors: Rule[tuple[ActorRef, ...]]
    sources: Rule[tuple[Source, ...]]
    tags: Rule[tuple[str, ...]]
    finish: Callable[[Event, Cells], Event]
    importance: Rule[int] = Rule((), lambda: USUAL_IMPORTANCE)
    fault: Rule[str] = Rule((), str)
    remark: Rule[str] = Rule((), str)
    known: Rule[Known | None] = Rule((), lambda: None)
    note: str = ""

    def event(self, cells: Cells, origin: Origin) -> Event:
        """Return the event of one record."""
        cells = cells if NOTHING.isdisjoint(cells.values()) else _filled(cells)
        event = Event(
            id=self.id.of(cells) or made_id(origin.record),
            title=self.title.of(cells),
            when=parse(self.when.of(cells)),
            type=self.type.of(cells),
            actors=self.actors.of(cells),
            place=self.place.of(cells),
            importance=self.importance.of(cells),
            tags=self.tags.of(cells),
            own_sources=self.sources.of(cells),
            origin=origin,
        )
        return self.finish(event, cells)


class RuledFields:
    """Makes the fields of batches by the rules of their format; what is remarked is told once for the whole file."""

    def __init__(self, rules: EventRules) -> None:
        self._rules = rules
        self._told: set[str] = set()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the fields are told from, each once."""
        rules = self._rules
        told = (rules.id, rules.when, rules.type, rules.place, rules.importance, rules.actors, rules.sources)
        return tuple(
            dict.fromkeys(
                name for rule in (*told, rules.tags, rules.fault, rules.remark, rules.known) for name in rule.columns
            )
        )

    def __call__(self, cells: TableCells, numbers: Int64Array) -> EventFields:
        """Return the fields of some records, as `EventRules.event` has them."""
        rules = self._rules
        columns = [cells.texts(name) for name in rules.id.columns]
        written = list(map(rules.id.told, zip(*columns, strict=True))) if columns else [""] * len(cells)
        ids = [own or made_id(number) for own, number in zip(written, numbers.tolist(), strict=True)]
        importance = _over(rules.importance, cells)
        faults = _over(rules.fault, cells)
        return EventFields(
            ids=TextColumn.of(ids),
            whens=_over(rules.when, cells),
            types=_over(rules.type, cells),
            places=_over(rules.place, cells),
            importance=np.array(importance.values, np.uint8)[importance.codes],
            actors=_actor_cells(rules.actors, cells),
            sources=_name_cells(rules.sources, cells, _publishers),
            tags=_name_cells(rules.tags, cells, _texts),
            faults={row: faults.values[code] for row, code in enumerate(faults.codes.tolist()) if faults.values[code]},
            remarks=self._remarks(_over(rules.remark, cells)),
            known=rules.known.over(cells) if rules.known.columns else None,
            notes=self._notes() if len(cells) else (),
        )

    def _notes(self) -> list[tuple[int, str]]:
        """Return what is told of the file, at its first record."""
        note = self._rules.note
        is_new = bool(note) and note not in self._told
        self._told.add(note)
        return [(0, note)] if is_new else []

    def _remarks(self, remarks: Coded[str]) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for code, text in enumerate(remarks.values):
            if text and text not in self._told:
                self._told.add(text)
                found.append((int(np.argmax(remarks.codes == code)), text))
        return found


def _filled(cells: Cells) -> dict[str, str]:
    return {name: "" if cell in NOTHING else cell for name, cell in cells.items()}


def stripped(cells: Cells) -> Callable[[str], str]:
    """Return what gives the cell of a column without the white space around it, "" where there is none."""
    return lambda name: cells.get(name, "").strip()


def others(cells: Cells, taken: frozenset[str]) -> dict[str, object]:
    """Return the cells that say something and were not taken: the field bag of an event."""
    return {name: text for name, text in cells.items() if text.strip() and name not in taken}


def distinct_names(*cells: str) -> tuple[str, ...]:
    """Return what cells say, each text once."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, cells))))


def _over(rule: Rule[Value], cells: TableCells) -> Coded[Value]:
    return rule.over(cells) if rule.columns else Coded.same(rule.tell(), len(cells))


def _name_cells(
    rule: Rule[Value], cells: TableCells, names: Callable[[Value], tuple[str, ...]]
) -> NameCells[tuple[str, ...]]:
    return NameCells(_together(rule, cells), lambda cell: names(rule.told(cell)))


def _actor_cells(rule: Rule[tuple[ActorRef, ...]], cells: TableCells) -> ActorCells[tuple[str, ...]]:
    return ActorCells(_together(rule, cells), lambda cell: ActorNames.of(rule.told(cell)))


def _together(rule: Rule[Value], cells: TableCells) -> Coded[tuple[str, ...]]:
    return cells.together(rule.columns) if rule.columns else Coded.same((), len(cells))


def _texts(found: tuple[str, ...]) -> tuple[str, ...]:
    return found


def _publishers(sources: tuple[Source, ...]) -> tuple[str, ...]:
    return tuple(source.publisher or source.key for source in sources)
