"""Events in JSON that are nothing but texts under their dates: `{"2022-02-24": ["Invasion begins", "…"], …}`.

Each text is the title of an event, whether it stands in a list or alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from timeline_app.core.errors import ReadError
from timeline_app.readers.json_by_date import dated_place
from timeline_app.readers.json_lists import LOOKED_AT_BYTES, MOST_LISTS, JsonDocument, list_path, names_part
from timeline_app.readers.json_reading import JsonReading, JsonValue
from timeline_app.readers.written_dates import is_written_date

_DATE, _TITLE = "date", "title"
_FEWEST = 2
_MOST_DATES = 20_000


@dataclass(slots=True)
class _Texts:
    """The texts under the dates of one object, and how many other values stand there."""

    count: int = 0
    others: int = 0
    dates: dict[str, None] = field(default_factory=dict)


def first_dated_texts(text: str) -> Iterator[Mapping[str, str]]:
    """Give the first texts under dates in the beginning of a file, as records; none where these are not several."""
    found: dict[str, str] = {}
    reading = JsonReading("", iter([(text, len(text))]), 1, 1)
    try:
        for value in reading.first_values():
            place = dated_place(value.path)
            if place is not None and isinstance(value.value, str) and _is_title(value.value):
                found.setdefault(place[1], value.value)
    except ReadError:
        # Cut off, or told when all of it is read.
        pass
    yield from ({_DATE: date, _TITLE: title} for date, title in found.items() if len(found) >= _FEWEST)


def texts_by_date(document: JsonDocument, asked: str = "") -> JsonDocument | None:
    """Return a file whose texts under dates are records in the place of their object, None where it has none.

    Of several such objects that is taken which is asked for by its path, or else the one with most texts. Raises
    ReadError for what is not JSON.
    """
    met: dict[tuple[str, ...], _Texts] = {}
    for value in document.values():
        place = dated_place(value.path)
        if place is not None and (place[0] in met or len(met) < MOST_LISTS):
            _take(met.setdefault(place[0], _Texts()), value, place[1])
        if value.bytes_read > LOOKED_AT_BYTES:
            break
    likely = {
        path: one
        for path, one in met.items()
        if len(one.dates) >= _FEWEST and one.count > one.others and not names_part(list_path(path))
    }
    if not likely:
        return None
    outer = max(likely, key=lambda path: (list_path(path) == asked, likely[path].count))

    def values(*, gives_empty: bool = False) -> Iterator[JsonValue]:
        for value in document.values(gives_empty=gives_empty):
            place = dated_place(value.path)
            if place is None or place[0] != outer:
                yield value
                continue
            record = {_DATE: place[1], _TITLE: value.value} if isinstance(value.value, str) else value.value
            # In ASCII, since halves of characters are no text.
            text = json.dumps(record) if isinstance(value.value, str) else value.text
            yield replace(value, path=outer, is_item=True, value=record, text=text)

    return replace(document, values=values)


def _take(texts: _Texts, value: JsonValue, date: str) -> None:
    if not isinstance(value.value, str) or not _is_title(value.value):
        texts.others += 1
        return
    texts.count += 1
    if len(texts.dates) < _MOST_DATES:
        texts.dates[date] = None


def _is_title(text: str) -> bool:
    """Tell whether a text can say what happened: it has a word, and is no date."""
    return any(map(str.isalpha, text)) and not is_written_date(text)
