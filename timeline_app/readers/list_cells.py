r"""Take apart a cell that holds several values: separated by semicolons or bars, or a list in JSON or Python.

Where a semicolon is written `\;` and a backslash `\\`, as in this program's own exports, only semicolons separate.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from timeline_app.readers.python_lists import python_list

_SEPARATOR = re.compile(r"[;|]")
_ESCAPED_PART = re.compile(r"((?:[^\\;]|\\.)*)(;|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
# What a mapping may name its thing by, the first of them that says something; its id where nothing else does.
_NAMING_KEYS = ("name", "label", "title", "value", "@value", "text", "en", "id", "@id")

# A value in a list: a text, or a mapping with texts in it.
Entry = str | Mapping[str, Any]


def entries(cell: str) -> list[Entry]:
    """Return the values of a cell, none for an empty one."""
    text = cell.strip()
    if not text:
        return []
    if text[0] in "[{":
        found = _json_list(text)
        if found is not None:
            return found
    if "\\" in text:
        return [_ESCAPE.sub(r"\1", part).strip() for part in _escaped_parts(text)]
    if ";" not in text and "|" not in text:
        return [text]
    return [part.strip() for part in _SEPARATOR.split(text)]


def plain_values(cell: str) -> tuple[str, ...] | None:
    """Return the values of a cell, each once, where nothing is escaped or nested; else None.

    It gives what `entries` does in a fraction of the time: millions of cells are as plain as this.
    """
    text = cell.strip()
    if "\\" in text or text[:1] in {"[", "{"}:
        return None
    if ";" not in text and "|" not in text:
        return (text,) if text else ()
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.replace("|", ";").split(";")))))


def one_text(cell: str) -> str:
    """Return the text of a cell, one of all in it where it is a list or a mapping in JSON: “Battle, Siege”."""
    text = cell.strip()
    if text[:1] not in {"[", "{"}:
        return text
    return "" if text in {"[]", "{}"} else ", ".join(dict.fromkeys(filter(None, map(name_of, entries(text))))) or text


def texts_in_list(cell: str) -> tuple[str, ...]:
    """Return the texts of a cell that is a list of these alone in JSON, each once, none for any other cell."""
    if cell.lstrip()[:2] not in {'["', "['"}:
        return ()
    found = entries(cell)
    if any(not isinstance(one, str) for one in found):
        return ()
    return tuple(dict.fromkeys(text for one in found if isinstance(one, str) and (text := one.strip())))


def text_of(entry: object, key: str = "") -> str:
    """Return a value as text; of a mapping the value under a key."""
    if isinstance(entry, Mapping):
        entry = entry.get(key)
    return entry if isinstance(entry, str) else "" if entry is None else str(entry)


def name_of(entry: object, deepest: int = 4) -> str:
    """Return the name that a value is or that a mapping has: “Russia” of {"label": {"en": "Russia"}}."""
    if isinstance(entry, list):
        entry = entry[0] if entry else None
    if not isinstance(entry, Mapping):
        return text_of(entry).strip()
    if not deepest:
        return ""
    return next(filter(None, (name_of(entry[key], deepest - 1) for key in _NAMING_KEYS if key in entry)), "")


def with_companions(
    found: Iterable[Entry], told_by: Callable[[Entry], str], companions: str, companion_part: str
) -> Iterator[tuple[str, str]]:
    """Give those entries that say something, each with what stands beside it or in a cell of its own."""
    apart = [text_of(companion) for companion in entries(companions)]
    for number, entry in enumerate(found):
        written = told_by(entry)
        companion = name_of(entry.get(companion_part)) if isinstance(entry, Mapping) else ""
        if written.strip():
            yield written, companion or (apart[number] if number < len(apart) else "")


def parsed_json(text: str) -> object:
    """Return what JSON says, with its numbers as they were written; raises ValueError for what is no JSON."""
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _constant(written: str) -> None:
    """Return nothing for what is no number, as Python and R write what is missing; raises ValueError for others."""
    if written != "NaN":
        raise ValueError(f"{written} is no number")


def _json_list(text: str) -> list[Entry] | None:
    try:
        found = parsed_json(text)
    except ValueError:
        found = python_list(text)
    if isinstance(found, dict):
        return [found]
    if not isinstance(found, list):
        return None
    return [one if isinstance(one, dict) else text_of(one) for one in found]


def _escaped_parts(text: str) -> list[str]:
    parts: list[str] = []
    position = 0
    while True:
        match = _ESCAPED_PART.match(text, position)
        if match is None:
            # A backslash at the very end escapes nothing.
            return [*parts, text[position:]]
        parts.append(match[1])
        if match.end() == len(text) and not match[2]:
            return parts
        position = match.end()
