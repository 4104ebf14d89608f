"""The parts that a filter consists of: each in words, with the filter that is left without it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from timeline_app.core.filter import Filter
from timeline_app.core.notes import ANY_NOTE
from timeline_app.core.pairs import pair_of
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words, parse


class PartKind(StrEnum):
    """What a part of a filter is about."""

    ACTOR = "actor"
    MEMBERS = "members"
    NOT_ACTOR = "not-actor"
    ROLE = "role"
    PAIR = "pair"
    TYPE = "type"
    TAG = "tag"
    SOURCE = "source"
    PLACE = "place"
    SINCE = "from"
    UNTIL = "to"
    AS_OF = "as-of"
    CERTAIN = "certain"
    DISPUTED = "disputed"
    IMPORTANCE = "importance"
    STARRED = "starred"
    NOTED = "noted"
    OWN_TAG = "own-tag"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class FilterPart:
    """One thing that a filter asks: `value` as the filter has it, `words` as it is said, `without` all the rest."""

    kind: PartKind
    value: str
    words: str
    without: Filter


def filter_parts(wanted: Filter, table: EventTable) -> tuple[FilterPart, ...]:
    """Take a filter apart, in the order that its parts are told; the empty filter has none."""
    parts = [FilterPart(PartKind.ACTOR, name, name, without_actor(wanted, name)) for name in wanted.actors]
    if wanted.members and (wanted.actors or wanted.not_actors or wanted.pairs):
        parts.append(FilterPart(PartKind.MEMBERS, "", "with their members", replace(wanted, members=False)))
    parts += [
        FilterPart(PartKind.NOT_ACTOR, name, f"not {name}", replace(wanted, not_actors=_less(wanted.not_actors, name)))
        for name in wanted.not_actors
    ]
    parts += [
        FilterPart(PartKind.ROLE, role, f"as {role}", replace(wanted, roles=_less(wanted.roles, role)))
        for role in wanted.roles
    ]
    parts += [
        FilterPart(PartKind.PAIR, pair, str(pair_of(pair)), replace(wanted, pairs=_less(wanted.pairs, pair)))
        for pair in wanted.pairs
    ]
    parts += [
        FilterPart(PartKind.TYPE, name, f"type {name}", replace(wanted, types=_less(wanted.types, name)))
        for name in wanted.types
    ]
    parts += [
        FilterPart(PartKind.TAG, tag, f"tag {tag}", replace(wanted, tags=_less(wanted.tags, tag)))
        for tag in wanted.tags
    ]
    parts += [
        FilterPart(
            PartKind.SOURCE,
            key,
            f"source {source_title(key, table)}",
            replace(wanted, sources=_less(wanted.sources, key)),
        )
        for key in wanted.sources
    ]
    parts += [
        FilterPart(PartKind.PLACE, text, f"place {text}", replace(wanted, places=_less(wanted.places, text)))
        for text in wanted.places
    ]
    return (*parts, *_date_parts(wanted), *_note_parts(wanted), *_other_parts(wanted))


def without_actor(wanted: Filter, name: str) -> Filter:
    """Return a filter that no longer asks for an actor."""
    return replace(wanted, actors=_less(wanted.actors, name))


def source_title(key: str, table: EventTable) -> str:
    """Return what a source is called, its key where it has no title."""
    source = table.source_by_key.get(key)
    return (source.title if source else "") or key


def _date_parts(wanted: Filter) -> list[FilterPart]:
    parts = []
    if wanted.since:
        parts.append(FilterPart(PartKind.SINCE, wanted.since, f"from {_date(wanted.since)}", replace(wanted, since="")))
    if wanted.until:
        parts.append(FilterPart(PartKind.UNTIL, wanted.until, f"to {_date(wanted.until)}", replace(wanted, until="")))
    if wanted.as_of:
        words = f"as known by the end of {_date(wanted.as_of)}"
        parts.append(FilterPart(PartKind.AS_OF, wanted.as_of, words, replace(wanted, as_of="")))
    if wanted.certain:
        parts.append(FilterPart(PartKind.CERTAIN, "", "only what is certain", replace(wanted, certain=False)))
    return parts


def _note_parts(wanted: Filter) -> list[FilterPart]:
    parts = []
    if wanted.starred:
        parts.append(FilterPart(PartKind.STARRED, "", "starred", replace(wanted, starred=False)))
    parts += [
        FilterPart(PartKind.NOTED, text, note_words(text), replace(wanted, noted=_less(wanted.noted, text)))
        for text in wanted.noted
    ]
    parts += [
        FilterPart(PartKind.OWN_TAG, tag, f"my tag {tag}", replace(wanted, own_tags=_less(wanted.own_tags, tag)))
        for tag in wanted.own_tags
    ]
    return parts


def note_words(text: str) -> str:
    """Say what a filter asks of notes."""
    return "with a note" if text == ANY_NOTE else f"note “{text}”"


def _other_parts(wanted: Filter) -> list[FilterPart]:
    parts = []
    if wanted.disputed:
        without = replace(wanted, disputed=False)
        parts.append(FilterPart(PartKind.DISPUTED, "", "only what is disputed", without))
    if wanted.min_importance > 1:
        words = f"importance {importance_words(wanted.min_importance)}"
        without = replace(wanted, min_importance=1)
        parts.append(FilterPart(PartKind.IMPORTANCE, str(wanted.min_importance), words, without))
    parts += [
        FilterPart(PartKind.TEXT, text, f"“{text}”", replace(wanted, find=_less(wanted.find, text)))
        for text in wanted.find
    ]
    return parts


def importance_words(lowest: int) -> str:
    """Say which importances a filter lets pass."""
    return "5" if lowest >= 5 else f"{lowest} and above"


def _date(text: str) -> str:
    """Say a bound in words; an interval stays as written, since only one of its ends is meant."""
    bound = parse(text)
    return text if bound.is_span else in_words(bound)


def _less(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(other for other in values if other != value)
