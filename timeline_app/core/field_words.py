"""What a file says of an event beyond the format, in words of one line a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

MOST_CHARACTERS = 300
_DEEPEST = 4


def field_words(fields: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return the name and the words of each field that says anything, in order.

    Lists are joined, fields of fields follow their names, and what is longer than MOST_CHARACTERS is cut with an
    ellipsis.
    """
    told = ((_cut(name.replace("_", " ")), _cut(_words(value, _DEEPEST))) for name, value in fields.items())
    return [(name, words) for name, words in told if words]


def _words(value: object, depth: int) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | float):
        return str(value)
    if not depth:
        return "…"
    if isinstance(value, Mapping):
        named = ((str(name), _words(one, depth - 1)) for name, one in value.items())
        return ", ".join(f"{name}: {words}" for name, words in named if words)
    if isinstance(value, Iterable):
        return ", ".join(words for one in value if (words := _words(one, depth - 1)))
    return str(value)


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= MOST_CHARACTERS else f"{line[: MOST_CHARACTERS - 1]}…"
