"""Which columns a file of GDELT has: by its header, or without one by how many there are and what they hold."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from itertools import islice

from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.delimited import TableShape, table_head

_LINES_TRIED = 50
_TAB = "\t"
# An address of the last column may hold what stands between the columns.
_MOST_SURPLUS = 20

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
_TYPES = ("Type1Code", "Type2Code", "Type3Code")
_PLACE_1 = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_PLACE_2 = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _event_columns(place: Sequence[str]) -> tuple[str, ...]:
    actors = [f"Actor{number}{name}" for number in (1, 2) for name in (*_ACTOR, *_TYPES)]
    places = [f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in place]
    return (
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        *actors,
        *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
        *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
        *places,
        *("DATEADDED", "SOURCEURL"),
    )


EVENTS_1, EVENTS_2 = _event_columns(_PLACE_1), _event_columns(_PLACE_2)
MENTIONS = (
    *("GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier"),
    *("SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"),
    *("MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
_REDUCED_PLACE = ("GeoType", "GeoLat", "GeoLong")
REDUCED = (
    *("Date", "Source", "Target", "CAMEOCode", "NumEvents", "NumArts", "QuadClass", "Goldstein"),
    *(f"{whose}{name}" for whose in ("Source", "Target", "Action") for name in _REDUCED_PLACE),
)
# Of whole and reduced files.
COORDINATES = frozenset(
    f"{whose}{name}"
    for whose in ("Actor1Geo_", "Actor2Geo_", "ActionGeo_", "SourceGeo", "TargetGeo", "ActionGeo")
    for name in ("Lat", "Long")
)
# Of mentions, the last two columns are nearly always empty, and what wrote them again may have left them out.
_EMPTY_OF_MENTIONS = 2
_WRITTEN_OTHERWISE = {"day": "SQLDATE", "date": "SQLDATE", "sourceurl": "SOURCEURL"}

_ID = re.compile(r"\d{1,18}", re.ASCII)
_DAY = re.compile(r"(?:19|20)\d{6}", re.ASCII)
_SECOND = re.compile(r"(?:19|20)\d{12}", re.ASCII)
_CODE = re.compile(r"\d{0,4}|---|X+", re.ASCII)

Row = Sequence[str]


def gdelt_head(text: str) -> tuple[str, list[list[str]]] | None:
    """Return what is between the fields of a table, and its first rows; those of GDELT need not be of one width."""
    lines = [line for line in islice(io.StringIO(text), _LINES_TRIED) if line.strip()]
    if lines and lines[0].count(_TAB) >= len(MENTIONS) - 1 - _EMPTY_OF_MENTIONS and '"' not in lines[0]:
        # The last line may be cut off.
        return _TAB, [line.rstrip("\r\n").split(_TAB) for line in lines[: max(len(lines) - 1, 1)]]
    return table_head(text)


def events_shape(delimiter: str, rows: Sequence[Row]) -> TableShape | None:
    """Return the shape of a file of events, None for any other; only the address of the source may be missing."""
    named = _named(rows[0], EVENTS_2)
    if {"GLOBALEVENTID", "SQLDATE", "EventCode"} <= set(named):
        return TableShape(delimiter, named, most_missing=1, most_surplus=_MOST_SURPLUS)
    for columns in (EVENTS_2, EVENTS_1):
        if _are_of(rows, columns, _is_event, most_missing=1):
            return TableShape(delimiter, columns, False, most_missing=1, most_surplus=_MOST_SURPLUS)
    return None


def mentions_shape(delimiter: str, rows: Sequence[Row]) -> TableShape | None:
    """Return the shape of a file of mentions, None for any other."""
    named = _named(rows[0], MENTIONS)
    if {"GLOBALEVENTID", "EventTimeDate", "MentionTimeDate"} <= set(named):
        return TableShape(delimiter, named)
    if _are_of(rows, MENTIONS, _is_mention, most_missing=_EMPTY_OF_MENTIONS):
        return TableShape(delimiter, MENTIONS, False, most_missing=_EMPTY_OF_MENTIONS)
    return None


def reduced_shape(delimiter: str, rows: Sequence[Row]) -> TableShape | None:
    """Return the shape of a reduced file of events, None for any other."""
    named = known_columns(rows[0], REDUCED)
    if {"Date", "Source", "Target", "CAMEOCode"} <= set(named):
        return TableShape(delimiter, named)
    if _are_of(rows, REDUCED, _is_reduced, most_missing=0):
        return TableShape(delimiter, REDUCED, False)
    return None


def _named(header: Row, known: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of a header, those that are known as the codebook writes them; none if it names one twice."""
    by_name = {name.casefold(): name for name in known} | _WRITTEN_OTHERWISE
    names = tuple(by_name.get(cell.strip().casefold(), cell.strip()) for cell in header)
    return names if len(set(names)) == len(names) else ()


def _are_of(rows: Sequence[Row], columns: Row, is_one: Callable[[Row], bool], *, most_missing: int) -> bool:
    """Tell whether most rows are as wide as some columns, and those of them all hold what these do."""
    whole = [row for row in rows if len(columns) - most_missing <= len(row) <= len(columns)]
    return len(whole) > len(rows) / 2 and all(map(is_one, whole))


def _is_event(row: Row) -> bool:
    day = row[1]
    codes = row[26:29]
    is_dated = bool(_DAY.fullmatch(day)) and (row[2], row[3]) == (day[:6], day[:4])
    return is_dated and bool(_ID.fullmatch(row[0])) and all(map(_CODE.fullmatch, codes))


def _is_mention(row: Row) -> bool:
    return bool(_ID.fullmatch(row[0])) and all(map(_SECOND.fullmatch, row[1:3]))


def _is_reduced(row: Row) -> bool:
    day, code, count, quad_class = row[0], row[3], row[4], row[6]
    is_coded = bool(_CODE.fullmatch(code)) and quad_class in {"1", "2", "3", "4"}
    return is_coded and bool(_DAY.fullmatch(day)) and bool(_ID.fullmatch(count))
