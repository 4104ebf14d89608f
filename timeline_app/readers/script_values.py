"""Read lists of records out of a script, `const events = […]`, and out of data that is nearly JSON, whole.

JavaScript and TypeScript are understood as far as they are data (readers/loose_json.py); nothing of them is run. Of
several values that a script assigns, the first is taken whose objects have a title and a date, else the first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import zip_longest

from timeline_app.core.dataset import Level, Problem
from timeline_app.readers.event_columns import is_event_table
from timeline_app.readers.json_lists import JsonDocument
from timeline_app.readers.json_values import JsonValue
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.loose_json import ASSIGNMENT, read_loose_json
from timeline_app.readers.script_dates import days_or_times, script_date
from timeline_app.readers.source_file import MEGABYTE, too_large
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import ListNode, MappingNode, Node, raw

_LARGEST_BYTES = 24 * MEGABYTE
_MOST_PLACES = 50
_KEYS_LOOKED_AT = 200
_LOOKED_AT = 20_000
_DATA = re.compile(rf"^[ \t]*(?=(?:{ASSIGNMENT.pattern})\s*[\[{{])", re.MULTILINE)
# Data that is no JSON: after the brackets comes a comment, a single quotation mark, or a name without any.
_LOOSE = re.compile(r"\s*+(?:[\[{]\s*+)*+(?://|/\*|'|[A-Za-z_$][\w$]*\s*:)")
_DATE = re.compile(r"new\s+Date\b")
_KEY = re.compile(r"""[{,]\s*(["']?)([A-Za-z_$][\w$ -]{0,40})\1\s*:""")


def is_script(text: str) -> bool:
    """Tell whether a text begins as a script that assigns data, or as data that is nearly JSON."""
    begin = text.lstrip()[:1]
    return _LOOSE.match(text) is not None if begin in {"[", "{"} else _DATA.search(text) is not None


def looks_like_events(text: str) -> bool:
    """Tell whether the objects that a script assigns have a title and a date."""
    return any(has_events for _, has_events in _places(text))


def script_document(file: LineFile) -> JsonDocument:
    """Return the data of a script; raises ReadError when it is too large, or cannot be read without being run."""
    if file.total_bytes > _LARGEST_BYTES:
        raise too_large(_LARGEST_BYTES, file.name)
    text = SourceText("".join(piece for piece, _ in file.texts()), file.name)
    tree = read_loose_json(text, _begin(text.text))
    notes = tuple(
        Problem(message, file.name, *text.place(offset), level=Level.WARNING) for message, offset in tree.faults
    )
    return JsonDocument(
        file.name,
        lambda: _values(tree.root, (), text, file.total_bytes),
        lambda: _value(tree.root, (), text, file.total_bytes, is_item=False),
        notes,
    )


def _places(text: str) -> Iterator[tuple[int, bool]]:
    """Give where in a script something is assigned that may be data, and whether that has a title and a date.

    Data alone begins where the text does.
    """
    places = [0]
    if text.lstrip()[:1] not in {"[", "{"}:
        places = [match.end() for match, _ in zip(_DATA.finditer(text), range(_MOST_PLACES), strict=False)]
    for place, following in zip_longest(places, places[1:], fillvalue=len(text)):
        end = min(following, place + _LOOKED_AT)
        matches = zip(_KEY.finditer(text, place, end), range(_KEYS_LOOKED_AT), strict=False)
        yield place, is_event_table(list(dict.fromkeys(match[2] for match, _ in matches)))


def _begin(text: str) -> int:
    places = list(_places(text))
    begin = next((place for place, has_events in places if has_events), places[0][0] if places else 0)
    return begin if text[:begin].strip() else 0


def _values(node: Node, path: tuple[str, ...], text: SourceText, size: int) -> Iterator[JsonValue]:
    """Give the values of a tree as readers/json_values.py does."""
    if isinstance(node, MappingNode):
        for key, (_, inner) in node.entries.items():
            yield from _values(inner, (*path, key), text, size)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield _value(item, path, text, size, is_item=True)
    else:
        yield _value(node, path, text, size, is_item=False)


def _value(node: Node, path: tuple[str, ...], text: SourceText, size: int, *, is_item: bool) -> JsonValue:
    plain = _with_dates(raw(node))
    # The text is another one than that of the file, whose columns it cannot tell.
    return JsonValue(path, is_item, plain, json.dumps(plain, ensure_ascii=False), text.line(node.offset), 0, size)


def _with_dates(value: object) -> object:
    """Return a value with the dates that a script would make of texts and numbers as days, or as times."""
    if isinstance(value, dict):
        return {key: _with_dates(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_dates(inner) for inner in value]
    if not (isinstance(value, str) and _DATE.match(value)):
        return value
    date = script_date(value)
    return value if date is None else days_or_times({"": date})[""]
