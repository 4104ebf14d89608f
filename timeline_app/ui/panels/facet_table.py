"""What may be chosen below the actors: types, roles, tags, sources, importance, doubt, the user's own notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from timeline_app.core.arrays import Int64Array
from timeline_app.core.counts import ChoiceCounts
from timeline_app.core.filter import Filter
from timeline_app.core.filter_parts import importance_words, source_title
from timeline_app.core.marks import Shape, shape_of
from timeline_app.core.notes import ANY_NOTE
from timeline_app.core.role_rows import MOST_ROLES
from timeline_app.core.table import EventTable
from timeline_app.core.tag_choices import tag_names


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a facet may take, with its name as the file has it.

    `place` is where its count stands among the counts of the facet.
    """

    value: str
    name: str
    place: int
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One kind of choice: which values there are, which are chosen, how a choice changes the filter, what it counts.

    `has_choices` says of a table, without making them, whether there are any. What the user notes may bring other ones
    where they are `of_notes`.
    """

    title: str
    choices: Callable[[EventTable], tuple[Choice, ...]]
    chosen: Callable[[Filter], frozenset[str]]
    changed: Callable[[Filter, str, bool], Filter]
    counts: Callable[[ChoiceCounts], tuple[int, ...]]
    one_only: bool = False
    has_bars: bool = True
    has_choices: Callable[[EventTable], bool] = lambda _table: True
    of_notes: bool = False


def _type_choices(table: EventTable) -> tuple[Choice, ...]:
    return tuple(Choice(name, name, code, shape_of(name)) for code, name in enumerate(table.types))


def _role_choices(table: EventTable) -> tuple[Choice, ...]:
    return tuple(Choice(name, name, place) for place, name in enumerate(table.actors.role_names(MOST_ROLES)))


def _tag_choices(table: EventTable) -> tuple[Choice, ...]:
    return tuple(Choice(name, name, place) for place, name in enumerate(tag_names(table.tags)))


def _source_choices(table: EventTable) -> tuple[Choice, ...]:
    return tuple(Choice(key, source_title(key, table), code) for code, key in enumerate(table.sources.names))


def _importance_choices(table: EventTable) -> tuple[Choice, ...]:  # noqa: ARG001 — the same for all
    return tuple(Choice(str(lowest), importance_words(lowest), lowest) for lowest in (5, 4, 3, 2))


def _doubt_choices(table: EventTable) -> tuple[Choice, ...]:  # noqa: ARG001 — the same for all
    return (Choice("certain", "Only what is certain", 0), Choice("disputed", "Only what is disputed", 1))


def _chosen_doubt(wanted: Filter) -> frozenset[str]:
    return frozenset(name for name, chosen in (("certain", wanted.certain), ("disputed", wanted.disputed)) if chosen)


def _with_doubt(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — one of a table
    return replace(wanted, certain=checked) if value == "certain" else replace(wanted, disputed=checked)


def _note_choices(table: EventTable) -> tuple[Choice, ...]:
    tags = (Choice(f"#{tag}", f"#{tag}", place) for place, tag in enumerate(table.notes.tag_names, start=2))
    return (Choice("starred", "Starred", 0), Choice("noted", "With a note", 1), *tags)


def _chosen_notes(wanted: Filter) -> frozenset[str]:
    asked = (("starred", wanted.starred), ("noted", ANY_NOTE in wanted.noted))
    return frozenset(name for name, chosen in asked if chosen) | _folded(tuple(f"#{tag}" for tag in wanted.own_tags))


def _with_notes(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — one of a table
    if value == "starred":
        return replace(wanted, starred=checked)
    if value.startswith("#"):
        return replace(wanted, own_tags=_with(wanted.own_tags, value.removeprefix("#"), checked=checked))
    return replace(wanted, noted=_with(wanted.noted, ANY_NOTE, checked=checked))


def _chosen_importance(wanted: Filter) -> frozenset[str]:
    return frozenset((str(wanted.min_importance),))


def _with_importance(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — one of a table
    return replace(wanted, min_importance=int(value) if checked else 1)


def _with_type(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — as above
    return replace(wanted, types=_with(wanted.types, value, checked=checked))


def _with_role(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — as above
    return replace(wanted, roles=_with(wanted.roles, value, checked=checked))


def _with_tag(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — as above
    return replace(wanted, tags=_with(wanted.tags, value, checked=checked))


def _with_source(wanted: Filter, value: str, checked: bool) -> Filter:  # noqa: FBT001 — as above
    return replace(wanted, sources=_with(wanted.sources, value, checked=checked))


def _with(values: tuple[str, ...], value: str, *, checked: bool) -> tuple[str, ...]:
    others = tuple(other for other in values if other.casefold() != value.casefold())
    return (*others, value) if checked else others


def _folded(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)


def _figures(counts: Int64Array) -> tuple[int, ...]:
    return tuple(counts.tolist())


FACETS = (
    Facet(
        "Types",
        _type_choices,
        lambda wanted: _folded(wanted.types),
        _with_type,
        lambda counts: _figures(counts.types),
        has_choices=lambda table: bool(table.types),
    ),
    Facet(
        "Roles",
        _role_choices,
        lambda wanted: _folded(wanted.roles),
        _with_role,
        lambda counts: _figures(counts.roles),
        has_choices=lambda table: table.actors.roles is not None,
    ),
    Facet(
        "Tags",
        _tag_choices,
        lambda wanted: _folded(wanted.tags),
        _with_tag,
        lambda counts: _figures(counts.tags),
        has_choices=lambda table: bool(table.tags.names),
    ),
    Facet(
        "Sources",
        _source_choices,
        lambda wanted: _folded(wanted.sources),
        _with_source,
        lambda counts: _figures(counts.sources),
        has_bars=False,
        has_choices=lambda table: bool(table.sources.names),
    ),
    Facet(
        "Importance",
        _importance_choices,
        _chosen_importance,
        _with_importance,
        lambda counts: _figures(counts.importance),
        one_only=True,
    ),
    Facet(
        "Doubt",
        _doubt_choices,
        _chosen_doubt,
        _with_doubt,
        lambda counts: (counts.certain, counts.disputed),
        has_bars=False,
    ),
    Facet(
        "Your notes",
        _note_choices,
        _chosen_notes,
        _with_notes,
        lambda counts: (counts.starred, counts.noted, *_figures(counts.own_tags)),
        has_bars=False,
        of_notes=True,
    ),
)
