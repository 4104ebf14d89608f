"""What may be typed next in a query: names of fields, and values that occur in the events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np

from timeline_app.core.actors import without_case_or_marks
from timeline_app.core.arrays import IntegerArray
from timeline_app.core.notes import Notes
from timeline_app.core.pairs import ARROWS, side_written
from timeline_app.core.postings import Postings
from timeline_app.core.table import NO_CODE, EventTable
from timeline_app.query.fields import FIELDS, Field, field_named
from timeline_app.query.format import format_value
from timeline_app.query.grammar import Term, Value, scan


@dataclass(frozen=True, slots=True)
class Word:
    """A value that occurs, and in how many events; `folded` is what typed text is compared with."""

    text: str
    count: int
    folded: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Folding ten thousand names at every key stroke would be felt.
        object.__setattr__(self, "folded", _folded(self.text))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that occurs in the events, each kind with the most frequent first; `own_tags` are a person's own."""

    actors: tuple[Word, ...] = ()
    roles: tuple[Word, ...] = ()
    types: tuple[Word, ...] = ()
    tags: tuple[Word, ...] = ()
    sources: tuple[Word, ...] = ()
    places: tuple[Word, ...] = ()
    own_tags: tuple[Word, ...] = ()

    def by_field(self) -> Mapping[str, tuple[Word, ...]]:
        """Return the words by the name of the field that takes them, for those fields that search for values."""
        return {
            "actor": self.actors,
            "role": self.roles,
            "type": self.types,
            "tag": self.tags,
            "source": self.sources,
            "place": self.places,
            "mytag": self.own_tags,
        }


@dataclass(frozen=True, slots=True)
class Completion:
    """A text to stand at [start, end) of the query instead; `count` is in how many events it occurs, if known."""

    text: str
    start: int
    end: int
    label: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class _Slot:
    """What is being typed: the stretch to be replaced and the part of it before the cursor."""

    typed: str
    start: int
    end: int
    quoted: bool = False

    def completion(self, text: str, label: str, count: int | None = None) -> Completion:
        """Return a completion that fills this slot."""
        return Completion(text, self.start, self.end, label, count)


def vocabulary_of(table: EventTable) -> Vocabulary:
    """Collect what occurs in a table."""
    return Vocabulary(
        actors=_posted_words(table.actors),
        roles=_words(table.actors.role_counts().items()),
        types=_coded_words(table.types, table.type_codes),
        tags=_posted_words(table.tags),
        sources=_posted_words(table.sources),
        places=_coded_words(table.places, table.place_codes),
    )


def own_tag_words(notes: Notes) -> tuple[Word, ...]:
    """Collect the tags of a person's own."""
    return _words(Counter(tag for note in notes.by_row.values() for tag in note.tags).items())


def complete(text: str, cursor: int, vocabulary: Vocabulary, *, limit: int = 20) -> tuple[Completion, ...]:
    """Return what may stand where the cursor is: fields first, then values, the most frequent first.

    A value is offered when one of its words begins with what is typed, whatever its case and marks. Where nothing is
    typed yet, all the fields are offered; a value that is finished by its quotation mark is left alone.
    """
    term = next((term for term in scan(text) if term.start < cursor <= term.end), None)
    if term is None:
        here = min(max(cursor, 0), len(text))
        return tuple(_field_names(_Slot("", here, here)))
    named = field_named(term.name) if term.name else None
    if term.name and cursor < term.values[0].start:
        name_end = term.values[0].start
        return tuple(_field_names(_Slot(text[term.start : cursor], term.start, name_end)))
    value = next(value for value in term.values if value.start <= cursor <= value.end)
    slot = _value_slot(text, cursor, value)
    if slot is None or (term.name and named is None):
        return ()
    found = _first_word(slot, vocabulary) if named is None else _field_values(named, term, slot, vocabulary)
    return tuple(islice(found, limit))


def _value_slot(text: str, cursor: int, value: Value) -> _Slot | None:
    if value.quoted and value.closed and cursor == value.end:
        return None
    typed = text[value.start + value.quoted : cursor]
    # An unclosed quotation swallows the rest of the query, which must not be replaced along with it.
    return _Slot(typed, value.start, value.end if value.closed else cursor, value.quoted)


def _first_word(slot: _Slot, vocabulary: Vocabulary) -> Iterator[Completion]:
    """Offer what a word without a field may become: a field, or a value together with its field."""
    minus = "-" if slot.typed.startswith("-") and not slot.quoted else ""
    values = vocabulary.by_field()
    candidates = chain.from_iterable(
        ((name, word) for word in _beginning(slot.typed.removeprefix(minus), values[name]))
        for name in (["actor"] if minus else values)
    )
    by_count = sorted(candidates, key=lambda candidate: -candidate[1].count)
    if not slot.quoted:
        yield from _field_names(slot)
    for name, word in by_count:
        yield slot.completion(f"{minus}{name}:{format_value(word.text)}", word.text, word.count)


def _field_names(slot: _Slot) -> Iterator[Completion]:
    """Offer each field under the first of its names that begins with what is typed; a minus leaves only actors."""
    minus = "-" if slot.typed.startswith("-") else ""
    typed = slot.typed.removeprefix(minus).lower()
    for known in FIELDS:
        name = next((name for name in known.names if name.startswith(typed)), None)
        if name is not None and (not minus or known.name == "actor"):
            yield slot.completion(f"{minus}{name}:", f"{minus}{name}:")


def _field_values(named: Field, term: Term, slot: _Slot, vocabulary: Vocabulary) -> Iterator[Completion]:
    """Offer the values of a field that this term does not have yet."""
    for choice in named.choices:
        if choice.startswith(slot.typed.lower()):
            yield slot.completion(choice, choice)
    if named.name == "pair":
        yield from _pairs(slot, vocabulary.actors)
        return
    present = {value.text for value in term.values if value.start != slot.start}
    words = vocabulary.by_field().get("actor" if named.name == "not" else named.name, ())
    for word in _beginning(slot.typed, words):
        if word.text not in present:
            yield slot.completion(format_value(word.text), word.text, word.count)


def _pairs(slot: _Slot, actors: Iterable[Word]) -> Iterator[Completion]:
    """Offer who may stand on the side of a pair that is being typed."""
    side = max(map(slot.typed.rfind, ARROWS)) + 1
    for word in _beginning(slot.typed[side:], actors):
        written = side_written(word.text)
        pair = f"{slot.typed[:side]}{written}" if side else f"{written}>"
        yield slot.completion(format_value(pair), pair, word.count)


def _beginning(typed: str, words: Iterable[Word]) -> Iterator[Word]:
    """Yield the words that begin with what is typed, or go on with it after a space or a hyphen."""
    folded = _folded(typed)
    return (word for word in words if folded in word.folded)


def _folded(text: str) -> str:
    """Return a text without case and marks, and with a space before every word, for `in` to find their beginnings."""
    return f" {without_case_or_marks(text)}".replace("-", " ")


def _posted_words(postings: Postings) -> tuple[Word, ...]:
    return _words(zip(postings.names, postings.counts.tolist(), strict=True))


def _coded_words(names: tuple[str, ...], codes: IntegerArray) -> tuple[Word, ...]:
    counts = np.bincount(codes[codes != NO_CODE], minlength=len(names))
    return _words(zip(names, counts.tolist(), strict=True))


def _words(counts: Iterable[tuple[str, int]]) -> tuple[Word, ...]:
    words = (Word(text, count) for text, count in counts if count)
    return tuple(sorted(words, key=lambda word: (-word.count, word.folded, word.text)))
