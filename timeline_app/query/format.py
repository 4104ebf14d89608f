"""From a Filter to the text that parse_query reads as the same Filter."""

from __future__ import annotations

import re

from timeline_app.core.filter import Filter, Match
from timeline_app.query.grammar import CLOSING_MARKS, FIELD_PREFIX

_PLAIN_VALUE = re.compile(rf"[^\s,{''.join(CLOSING_MARKS)}]+")


def format_query(wanted: Filter) -> str:
    """Write a filter in the search language, the shortest way; the empty filter is the empty text."""
    parts = [
        _field("actor", *wanted.actors),
        "match:all" if wanted.match is Match.ALL else "",
        "members:yes" if wanted.members else "",
        _field("not", *wanted.not_actors),
        _field("role", *wanted.roles),
        _field("pair", *wanted.pairs),
        _field("type", *wanted.types),
        _field("tag", *wanted.tags),
        _field("source", *wanted.sources),
        _field("place", *wanted.places),
        _field("from", wanted.since) if wanted.since else "",
        _field("to", wanted.until) if wanted.until else "",
        _field("known", wanted.as_of) if wanted.as_of else "",
        "is:certain" if wanted.certain else "",
        "disputed:yes" if wanted.disputed else "",
        f"importance:>={wanted.min_importance}" if wanted.min_importance > 1 else "",
        "star:yes" if wanted.starred else "",
        _field("note", *wanted.noted),
        _field("mytag", *wanted.own_tags),
        *(format_words(words) for words in wanted.find),
    ]
    return " ".join(part for part in parts if part)


def format_value(text: str) -> str:
    """Write a value of a field, in quotation marks where it needs them."""
    return text if _PLAIN_VALUE.fullmatch(text) else _quoted(text)


def format_words(text: str) -> str:
    """Write words to be found, in quotation marks where they need them or would be read as a field."""
    if text.startswith("-") or FIELD_PREFIX.match(text):
        return _quoted(text)
    return format_value(text)


def _field(name: str, *values: str) -> str:
    return f"{name}:{','.join(map(format_value, values))}" if values else ""


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
