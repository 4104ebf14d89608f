"""Which columns of a table mean which field of an event: by their names, and by what the user says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timeline_app.core.errors import ReadError
from timeline_app.readers.reader import ReaderOption
from timeline_app.readers.tree import listed, shortened

MAP_OPTION = ReaderOption("map", "the column of a field, as in --map title=Headline; may be given several times")

# The names of the columns that each field is taken from, best first, as `_simple` gives them.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "event_id", "eventid", "unique_id", "uid", "identifier", "record_id", "key"),
    "title": (
        "title",
        "headline",
        "event_title",
        "event_name",
        "name",
        "event",
        "heading",
        "label",
        "subject",
        "message",
    ),
    "when": ("when", "date", "event_date", "datetime", "date_time", "dates", "day", "timestamp"),
    "start": ("start", "start_date", "startdate", "date_start", "start_time", "begin", "begin_date", "from", "started"),
    "end": ("end", "end_date", "enddate", "date_end", "end_time", "finish", "until", "to", "ended"),
    "type": ("type", "event_type", "category", "kind", "class"),
    "actors": (
        "actors",
        "actor",
        "participants",
        "parties",
        "people",
        "persons",
        "organisations",
        "organizations",
        "who",
    ),
    "roles": ("roles",),
    "place": ("place", "location", "place_name", "where", "city", "town", "locality", "site", "venue"),
    "lat": ("lat", "latitude"),
    "lon": ("lon", "lng", "long", "longitude"),
    "importance": ("importance", "significance", "weight", "priority"),
    "summary": ("summary", "description", "text", "body", "abstract", "details", "notes", "content"),
    "tags": ("tags", "tag", "keywords", "themes", "topics"),
    "source": ("source", "sources", "outlet", "publication", "newspaper", "source_name"),
    "publisher": ("publisher",),
    "url": ("url", "link", "source_url", "href", "uri", "web_address"),
    "excerpt": ("excerpt", "quote", "quotation", "passage", "source_text"),
    "excerpts": ("excerpts",),
    "excerpt_sources": ("excerpt_sources",),
    "claims": ("claims",),
    "links": ("links",),
    "basis": ("basis",),
    "basis_note": ("basis_note",),
}
_OTHER_FIELD_NAMES = {"date": "when", "latitude": "lat", "longitude": "lon", "actor": "actors", "tag": "tags"}
_DATES = ("when", "start", "end")

# Columns by which this program's own exports are known, and what of them follows from the others.
_OWN_MARKS = (
    frozenset({"when", "start_earliest", "end_latest", "excerpt_sources", "match"}),
    frozenset({"when", "start", "end", "precision", "match", "origin"}),
    frozenset({"when", "start_earliest", "end_latest", "zoned", "sources", "match"}),
)
_DERIVED = frozenset(
    {
        *("start_earliest", "start_latest", "end_earliest", "end_latest", "start", "end", "open_end", "precision"),
        *("zoned", "match", "file", "line", "origin"),
    }
)


@dataclass(frozen=True, slots=True)
class EventColumns:
    """The column of each field; `is_own` tells that this program wrote the table, `ignored` what follows from it."""

    columns: tuple[str, ...]
    fields: Mapping[str, str]
    is_own: bool = False

    @property
    def ignored(self) -> frozenset[str]:
        """The columns that tell nothing that others do not."""
        return _DERIVED if self.is_own else frozenset()

    def as_layout(self) -> dict[str, object]:
        """Return it as plain values."""
        return {"columns": list(self.columns), "fields": dict(self.fields), "is_own": self.is_own}

    @property
    def is_own_csv(self) -> bool:
        """Whether this program wrote the table as CSV, with its marks against formulas and within lists."""
        return self.is_own and _OWN_MARKS[0] <= set(self.columns)

    @classmethod
    def of_layout(cls, layout: Mapping[str, object]) -> EventColumns:
        """Return what `as_layout` gave."""
        columns, fields = layout["columns"], layout["fields"]
        if not (isinstance(columns, list | tuple) and isinstance(fields, Mapping)):
            raise TypeError("the layout of a table names its columns")
        return cls(
            tuple(map(str, columns)), {str(key): str(one) for key, one in fields.items()}, bool(layout["is_own"])
        )


def event_columns(columns: Sequence[str], mapping: Mapping[str, str], file: str, line: int = 0) -> EventColumns:
    """Return which field each column is; raises ReadError where a date or a title is missing, with what would help."""
    is_own = any(marks <= set(columns) for marks in _OWN_MARKS)
    fields = _recognised(columns, is_own=is_own)
    for field, column in mapping.items():
        known = _OTHER_FIELD_NAMES.get(field, field)
        if known not in SYNONYMS:
            raise ReadError(f'--map: there is no field "{shortened(field)}"; there are {listed(SYNONYMS)}', file)
        fields[known] = _column(column, columns, file)
    if "when" in mapping or "date" in mapping:
        fields = {field: column for field, column in fields.items() if field not in {"start", "end"} - mapping.keys()}
    elif "start" in mapping:
        fields = {field: column for field, column in fields.items() if field != "when"}
    _check_needed(fields, columns, file, line)
    return EventColumns(tuple(columns), fields, is_own)


def is_event_table(columns: Sequence[str]) -> bool:
    """Tell whether columns are enough to make events of without being told more."""
    fields = known_fields(columns)
    return "title" in fields and ("when" in fields or "start" in fields)


def known_fields(columns: Sequence[str]) -> dict[str, str]:
    """Return the column of each field that is known by the names of columns alone."""
    return _recognised(columns, is_own=False)


def _recognised(columns: Sequence[str], *, is_own: bool) -> dict[str, str]:
    by_name: dict[str, str] = {}
    for column in columns:
        by_name.setdefault(_simple(column), column)
    fields: dict[str, str] = {}
    for field, names in SYNONYMS.items():
        found = next((by_name[name] for name in names if name in by_name), None)
        if found is not None and found not in fields.values() and not (is_own and found in _DERIVED):
            fields[field] = found
    return fields


def _column(wanted: str, columns: Sequence[str], file: str) -> str:
    """Return the column that the user means: by its very name, else whatever its case."""
    if wanted in columns:
        return wanted
    same = [column for column in columns if column.casefold() == wanted.strip().casefold()]
    if len(same) == 1:
        return same[0]
    raise ReadError(f'--map: there is no column "{shortened(wanted)}"; there are {_in_words(columns)}', file)


def _check_needed(fields: Mapping[str, str], columns: Sequence[str], file: str, line: int) -> None:
    missing = [] if "title" in fields else ["title"]
    if not any(field in fields for field in _DATES):
        missing.append("when")
    if missing:
        options = " ".join(f"--map {field}=COLUMN" for field in missing)
        what = " and ".join("a date" if field == "when" else f"a {field}" for field in missing)
        message = f"no column is known to hold {what}; there are {_in_words(columns)}; {options} tells which does"
        raise ReadError(message, file, line)


def _in_words(columns: Sequence[str]) -> str:
    return shortened(listed(f'"{shortened(column, 40)}"' for column in columns), 1_000)


def _simple(name: str) -> str:
    """Return the name of a column as it is compared: lower case, one underscore for what is no letter or digit."""
    return re.sub(r"[\W_]+", "_", name.casefold()).strip("_")
