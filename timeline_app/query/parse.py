"""From the text of a query to a Filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from timeline_app.core.errors import FilterError, WhenError
from timeline_app.core.filter import Filter, Match
from timeline_app.core.pairs import pair_of
from timeline_app.core.when import parse as parse_when
from timeline_app.query.fields import FIELDS, Field, closest_name, field_named
from timeline_app.query.grammar import CLOSING_MARKS, Term, Value, scan


def parse_query(text: str) -> Filter:
    """Read a query such as `actor:"North Korea" type:deployment after:2024-06 "Kursk"`.

    Fields may come in any order and more than once. Nothing is guessed: whatever cannot be understood raises
    FilterError with the position of the offending character, counted from 0.
    """
    given: dict[str, list[Value]] = {field.name: [] for field in FIELDS}
    end_of_last = -1
    for term in scan(text):
        if term.start == end_of_last:
            raise FilterError("a space is missing after the closing quotation mark", term.start)
        end_of_last = term.end
        field = _field_of(term)
        _check_values(term, field)
        given[field.name].extend(term.values)
    return _filter(given)


def _filter(given: Mapping[str, Sequence[Value]]) -> Filter:
    def texts(name: str) -> tuple[str, ...]:
        return tuple(value.text for value in given[name])

    return Filter(
        actors=texts("actor"),
        match=Match(_choice("match", given) or Match.ANY),
        not_actors=texts("not"),
        roles=texts("role"),
        pairs=_pairs(given["pair"]),
        types=texts("type"),
        tags=texts("tag"),
        sources=texts("source"),
        places=texts("place"),
        since=_date("from", given),
        until=_date("to", given),
        certain=_choice("certain", given) in {"certain", "yes"},
        find=texts("find"),
        min_importance=int(_choice("importance", given) or 1),
        members=_choice("members", given) == "yes",
        as_of=_known(given),
        disputed=_choice("disputed", given) == "yes",
        starred=_choice("star", given) == "yes",
        noted=texts("note"),
        own_tags=texts("mytag"),
    )


def _field_of(term: Term) -> Field:
    field = field_named(term.name or "find")
    if field is None:
        raise FilterError(_unknown_field(term), term.start + term.negated)
    if not term.negated:
        return field
    excluding = field_named("not") if field.name == "actor" else None
    if excluding is None:
        raise FilterError(f"only actors can be excluded, as in -actor:Russia, not “{term.name}”", term.start)
    return excluding


def _unknown_field(term: Term) -> str:
    closest = closest_name(term.name)
    guess = f"did you mean “{closest}:”? " if closest else ""
    names = ", ".join(name for field in FIELDS for name in field.names)
    return (
        f"there is no field “{term.name}:”; {guess}the fields are {names}; "
        "words with a colon can be found when they stand in quotation marks"
    )


def _check_values(term: Term, field: Field) -> None:
    """Refuse what the grammar lets pass but nobody can mean."""
    for value in term.values:
        if not value.closed:
            raise FilterError("the quotation mark is never closed", value.start)
        if value.quoted:
            continue
        if not value.text:
            raise FilterError(
                f"a value is missing here; it follows without a space, as in {field.example}", value.start
            )
        if not term.name and value.text.startswith("-") and value.text != "-":
            raise FilterError(
                "a minus sign excludes, and only actors can be excluded, as in -actor:Russia; "
                "put the word in quotation marks to find it with its minus sign",
                value.start,
            )
        for offset, character in enumerate(value.text):
            if character in CLOSING_MARKS:
                raise FilterError("a space is missing before this quotation mark", value.start + offset)


def _single(name: str, given: Mapping[str, Sequence[Value]]) -> Value | None:
    values = given[name]
    for value in values[1:]:
        if value.text != values[0].text:
            raise FilterError(f"“{name}:” already has another value, “{values[0].text}”", value.start)
    return values[0] if values else None


def _choice(name: str, given: Mapping[str, Sequence[Value]]) -> str:
    """Return which of the choices of a field is given, "" for none; importance may be written `>=3`."""
    value = _single(name, given)
    if value is None:
        return ""
    field = field_named(name)
    choices = field.choices if field else ()
    chosen = value.text.lower()
    if name == "importance":
        chosen = chosen.removeprefix(">=").removeprefix("≥")
    if chosen not in choices:
        expected = ", ".join(choices)
        raise FilterError(f"“{value.text}” is not a value for “{name}:”, which takes one of {expected}", value.start)
    return chosen


def _pairs(values: Sequence[Value]) -> tuple[str, ...]:
    """Return pairs as a filter has them."""
    pairs: list[str] = []
    for value in values:
        try:
            pairs.append(pair_of(value.text).written)
        except FilterError as error:
            raise FilterError(str(error), value.start + value.quoted) from error
    return tuple(pairs)


def _date(name: str, given: Mapping[str, Sequence[Value]]) -> str:
    """Return the date of a field as written, "" for none."""
    value = _single(name, given)
    if value is None:
        return ""
    try:
        parse_when(value.text)
    except WhenError as error:
        position = value.start + value.quoted + error.position
        raise FilterError(f"“{value.text}” is not a date for “{name}:”: {error}", position) from error
    return value.text


def _known(given: Mapping[str, Sequence[Value]]) -> str:
    """Return the day of knowledge as written, "" for none; a date without an end has no such day."""
    value = _single("known", given)
    date = _date("known", given)
    try:
        Filter(as_of=date).known_day()
    except FilterError as error:
        raise FilterError(str(error), value.start + value.quoted if value is not None else 0) from error
    return date
