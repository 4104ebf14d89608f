"""Read lists of records out of a script, `const events = […]`, and out of data that is nearly JSON.

JavaScript and TypeScript are understood as far as they are data (readers/loose_json.py); nothing of them is run. Of
several values that a script assigns, the first is taken whose objects have a title and a date, else the first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from timeline_app.readers.event_columns import is_event_table
from timeline_app.readers.json_lists import JsonDocument
from timeline_app.readers.json_reading import JsonValue
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.loose_json import ASSIGNMENT
from timeline_app.readers.script_dates import days_or_times, script_date
from timeline_app.readers.script_file import ScriptFile

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
    """Return the data of a script; raises ReadError when it cannot be read without being run."""
    script = ScriptFile(file, _begin)

    def values(*, gives_empty: bool = False) -> Iterator[JsonValue]:
        return map(_plain, script.values(gives_empty=gives_empty))

    return JsonDocument(
        file.name,
        values,
        lambda: _plain(script.whole()),
        lambda: script.notes,
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


def _plain(value: JsonValue) -> JsonValue:
    """Return a value with its dates, as JSON: another text than that of the file, whose columns it cannot tell."""
    plain = _with_dates(value.value)
    return replace(value, value=plain, text=json.dumps(plain, ensure_ascii=False), column=0)


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
