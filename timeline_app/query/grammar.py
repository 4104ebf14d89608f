"""The grammar of a query: how its text falls into terms, whether or not they make sense.

    query = { space | term }
    term  = value | ["-"] name ":" value { "," value }
    value = a run of characters without a space | '"' anything '"'

The closing quotation mark stands for itself when it is doubled. Typographic quotation marks serve as well, since text
is often pasted from where the straight ones were replaced. Only letters begin a name, so `14:30` is a value, and a
comma separates values only within a field that takes several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from timeline_app.query.fields import field_named

CLOSING_MARKS = {'"': '"', "“": "”", "„": "“"}

FIELD_PREFIX = re.compile(r"(?P<minus>-?)(?P<name>[^\W\d_][\w-]*):")
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\S*")
_LISTED_WORD = re.compile(r"[^\s,]*")


@dataclass(frozen=True, slots=True)
class Value:
    """A value without its quotation marks, and where it stands in the query with them."""

    text: str
    start: int
    end: int
    quoted: bool = False
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """A field with its values, or a single value with an empty `name`; `start` is before the minus sign."""

    start: int
    end: int
    values: tuple[Value, ...]
    name: str = ""
    negated: bool = False


def scan(text: str) -> Iterator[Term]:
    """Yield the terms of a query in order; nothing is refused, an unclosed quotation reaches to the end."""
    position = _end_of(_SPACE, text, 0)
    while position < len(text):
        term = _term(text, position)
        yield term
        position = _end_of(_SPACE, text, term.end)


def _term(text: str, start: int) -> Term:
    prefix = FIELD_PREFIX.match(text, start)
    if prefix is None:
        value = _value(text, start, _WORD)
        return Term(start, value.end, (value,))
    field = field_named(prefix["name"])
    takes_many = field is None or field.takes_many
    word = _LISTED_WORD if takes_many else _WORD
    values = [_value(text, prefix.end(), word)]
    while takes_many and text.startswith(",", values[-1].end):
        values.append(_value(text, values[-1].end + 1, word))
    return Term(start, values[-1].end, tuple(values), prefix["name"], negated=bool(prefix["minus"]))


def _value(text: str, start: int, word: re.Pattern[str]) -> Value:
    closing_mark = CLOSING_MARKS.get(text[start : start + 1])
    if closing_mark is not None:
        return _quotation(text, start, closing_mark)
    end = _end_of(word, text, start)
    return Value(text[start:end], start, end)


def _quotation(text: str, start: int, closing_mark: str) -> Value:
    parts: list[str] = []
    position = start + 1
    while (mark := text.find(closing_mark, position)) >= 0:
        parts.append(text[position:mark])
        if not text.startswith(closing_mark, mark + 1):
            return Value("".join(parts), start, mark + 1, quoted=True)
        parts.append(closing_mark)
        position = mark + 2
    return Value("".join(parts) + text[position:], start, len(text), quoted=True, closed=False)


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
