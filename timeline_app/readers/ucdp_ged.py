"""Read the Georeferenced Event Dataset (GED) of the Uppsala Conflict Data Program: one row a fatal event.

Releases and the monthly candidate events differ in the order of their columns, in which of them there are (49 today),
and in whether there is a header; columns are found by their names, and those of a file without header by what they
hold. The first releases call the estimates best_est and so on, shapefiles cut names to ten letters: both are
understood, and so is a file without ids. Candidate events appear a month or a quarter at a time, with a header or
without, with midnight after each day, and are not vetted: what is still to be checked of one (code_status, such as
“Check deaths”, where others are “Clear”) is a tag. The files of the Humanitarian Data Exchange have a row of HXL tags,
a column `iso3`, and midnight after each day.

Dates (codebook, “date_prec”): 1, the day is known, so both dates are the day, or else the ends of a span. 2 (two to six
days), 3 (the week), 4 (8 to 30 days, or the month) and 5 (more than a month, at most a year): one event that lies
somewhere from date_start to date_end, the first and the last possible day; written `[start..end]`, or as the month or
the year that the two bound exactly. But where “event_clarity” is 2, the source itself counted several happenings over a
longer time that nobody can take apart any more; that is no moment but the whole time, written `start/end`.

The title is the dyad without “Government of”, then UCDP's best estimate of deaths, then the place: “Mexico – Civilians:
2 deaths, Xoxocotla town”. Importance follows the best estimate: 1 for none, 2 for 1 to 4, 3 for 5 to 24, 4 for 25 to
99, 5 from 100; 3 where there is no estimate. In one-sided violence (type 3) side a is the attacker and side b, always
civilians, the target; UCDP gives no direction to the other two, where both sides are participants.

Up to 2012 or so source_article is free text; later it holds `"office,date,headline";"…"`, and source_office,
source_date and source_headline repeat the parts, separated by semicolons. Headlines hold semicolons themselves, so they
are taken from source_article where office and date agree with it.

GeoJSON of the same columns is taken apart in readers/ucdp_ged_features.py.

Tried on country files of 23.1 joined to 48,620 records, on that of Myanmar, on the HDX file of Ukraine, and on the
GeoJSON of the Central African Republic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import numpy as np

from timeline_app.core.arrays import Int64Array
from timeline_app.core.batches import Decoder
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef, Claim, Event, Location, Origin, made_id
from timeline_app.core.text_column import TextColumn
from timeline_app.core.when import parse
from timeline_app.readers.cell_decoder import CellDecoder
from timeline_app.readers.coded import Coded, numbered_alike
from timeline_app.readers.coded_rules import NOTHING, EventRules, Rule, RuledFields
from timeline_app.readers.coded_table import CodedTable, Facts
from timeline_app.readers.columns import ActorCells, ActorNames, EventFields, NameCells
from timeline_app.readers.death_tolls import deaths_in_words, importance_by_deaths
from timeline_app.readers.delimited import TableShape, cells_of_row, table_head
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.location import location_of
from timeline_app.readers.plain_days import NO_DAY
from timeline_app.readers.table_cells import ParsedCells, TableCells
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.table_stream import delimited_stream
from timeline_app.readers.text_reader import text_reader
from timeline_app.readers.ucdp_citations import (
    Citation,
    cited,
    known_of_cells,
    own_sources,
    publication_cells,
    source_names_of,
)
from timeline_app.readers.ucdp_ged_features import feature_batches, feature_cells, is_ged_collection
from timeline_app.readers.ucdp_ged_layout import WHOLE_NUMBERS, header_columns, headerless_columns, is_header
from timeline_app.readers.ucdp_ged_when import date_note, date_text, range_text

TITLE = "UCDP Georeferenced Event Dataset"
SUMMARY = (
    "Fatal events of organised violence. Uppsala Conflict Data Program, Georeferenced Event Dataset, CC BY 4.0; "
    "Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event Dataset, Journal of Peace Research 50(4)."
)
_ID, _START = "id", "date_start"
_HAS_IDS = "has_ids"
_HAS_BLANKS = "has_blanks"
_TYPES = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_ONE_SIDED = "3"
_NO_ID = "id: expected a number; found nothing"

_PLACES = ("where_coordinates", "adm_2", "adm_1", "country")
# Columns whose content has a place in the event; the others are kept as they are.
_TAKEN = frozenset(
    {
        *("id", "type_of_violence", "conflict_name", "dyad_name", "side_a", "side_b", "where_coordinates"),
        *("where_description", "latitude", "longitude", "date_start", "date_end", "best", "high", "low"),
    }
)
_DATING = ("date_start", "date_end", "date_prec", "event_clarity")
_SIDES = ("side_a", "side_b")
_SIDED = ("type_of_violence", *_SIDES)
_TAGGING = ("conflict_name", "dyad_name", "code_status")
_CLEAR = "Clear"
_CITING = ("source_article", "source_office", "source_date", "source_headline")
# What tables of many events are made of.
_READ = ("id", "type_of_violence", "best", *_PLACES, *_DATING, *_SIDES, *_TAGGING, *_CITING)


def score(head: bytes, name: str) -> float:
    """Tell how likely a file is the GED, from its header or, where there is none, its values."""
    del name
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    if is_ged_collection(text):
        return 1.0
    found = table_head(text)
    if found is None:
        return 0.0
    rows = found[1]
    return 1.0 if is_header(rows[0]) or headerless_columns(rows) else 0.0


def decoder(layout: Mapping[str, object]) -> Decoder:
    """Return what makes whole events of the records of a file with this layout."""
    if "delimiter" not in layout:
        return CellDecoder(feature_cells, event_of_cells, _title)
    columns = layout["columns"]
    if not isinstance(columns, list | tuple):
        raise TypeError("the layout of a table names its columns")
    cells_of = partial(cells_of_row, tuple(map(str, columns)), str(layout["delimiter"]))
    if _HAS_BLANKS in layout:
        rules = _rules({_HAS_IDS: "yes" if _ID in columns else ""})
        return CellDecoder(cells_of, rules.event, rules.title.of)
    return CellDecoder(cells_of, event_of_cells, _title)


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table whose first row names the columns of the dataset, None for any other."""
    return TableShape(delimiter, header_columns(rows[0])) if is_header(rows[0]) else None


def _facts(table: TableSource, mapping: Mapping[str, str], file: str) -> Facts:
    """Return whether there are ids: in a table that has them, a record without one is none."""
    del mapping, file
    return {_HAS_IDS: "yes" if _ID in table.columns else ""}


def _rules(facts: Facts) -> EventRules:
    """Return what the records say, as `event_of_cells` and `_fields_of` have it, for records that are in no text."""
    titled = (*_PLACES, *_SIDES, "dyad_name", "best", _ID)
    has_ids = bool(facts[_HAS_IDS])
    return EventRules(
        id=Rule((_ID,), str.strip),
        title=Rule(titled, lambda *found: _title(dict(zip(titled, found, strict=True)))),
        when=Rule(_DATING, date_text),
        type=Rule(("type_of_violence",), _type_of),
        place=Rule(_PLACES, lambda *found: _narrowest(found)),
        actors=Rule(_SIDED, lambda *found: _actors(dict(zip(_SIDED, found, strict=True)))),
        sources=Rule(_CITING, lambda *found: own_sources(cited(*found))[0]),
        tags=Rule(_TAGGING, _tags),
        importance=Rule(("best",), importance_by_deaths),
        known=Rule(_CITING, lambda *found: known_of_cells(found)),
        fault=Rule((_ID,), lambda written: _NO_ID if has_ids and not written.strip() else ""),
        finish=lambda event, cells: event_of_cells(cells, event.origin),
    )


def _stream(file: LineFile, mapping: Mapping[str, str]) -> FileStream:
    """Open the dataset; raises ReadError when it is none. Its columns have fixed names, so `mapping` is empty."""
    del mapping
    head = file.head_text()
    if is_ged_collection(head):
        features = partial(feature_batches, file, _fields_of_features)
        return FileStream(TITLE, MappingProxyType({"summary": SUMMARY}), file.total_bytes, features)
    found = table_head(head)
    if found is None:
        raise ReadError("expected a table of UCDP events; found no table", file.name)
    delimiter, rows = found
    columns = headerless_columns(rows)
    shape = TableShape(delimiter, columns, has_header=False) if columns else None
    if shape is None:
        shape = TableShape(delimiter, header_columns(rows[0]))
    if _START not in shape.columns:
        raise ReadError(f"expected the column {_START}; found none", file.name, 1)
    layout: dict[str, object] = {"delimiter": shape.delimiter, "columns": list(shape.columns), "summary": SUMMARY}
    if any(not NOTHING.isdisjoint(row) for row in rows):
        # As R writes the dataset again, with NA wherever there is nothing.
        ruled = RuledFields(_rules({_HAS_IDS: "yes" if _ID in shape.columns else ""}))
        return delimited_stream(file, shape, TITLE, MappingProxyType({**layout, _HAS_BLANKS: True}), ruled)
    fields_of = partial(_fields_of, has_ids=_ID in shape.columns)
    return delimited_stream(file, shape, TITLE, MappingProxyType(layout), fields_of)


def _fields_of(cells: TableCells, numbers: Int64Array, *, has_ids: bool = True) -> EventFields:
    """Return the fields of some records; what each is made of is the same as in `event_of_cells`."""
    ids = cells.stripped(_ID) if has_ids else TextColumn.of(map(made_id, numbers.tolist()))
    named = cells.together(_SIDED + _TAGGING)
    importance = cells.coded("best").mapped(importance_by_deaths)
    publishers, known = publication_cells(cells, *_CITING)
    return EventFields(
        ids=ids,
        whens=_whens(cells),
        types=cells.coded("type_of_violence").mapped(_type_of),
        places=_places(cells),
        importance=np.array(importance.values, np.uint8)[importance.codes],
        actors=ActorCells(named, lambda found: ActorNames.of(_actors(dict(zip(_SIDED, found, strict=False))))),
        sources=NameCells(publishers, source_names_of),
        tags=NameCells(named, lambda found: _tags(*found[len(_SIDED) :])),
        faults=dict.fromkeys(np.flatnonzero(ids.lengths == 0).tolist(), _NO_ID),
        known=known,
    )


def _fields_of_features(records: Sequence[Mapping[str, str]], numbers: Int64Array) -> EventFields:
    rows = [[record.get(name, "") for name in _READ] for record in records]
    return _fields_of(ParsedCells(_READ, rows), numbers)


def _whens(cells: TableCells) -> Coded[str]:
    """Return the dates of records, looking at each no further than it has to be: nearly all are one day or two."""
    starts, ends = (cells.day_lists(name, ";").single for name in _DATING[:2])
    are_days = (starts != NO_DAY) & (ends != NO_DAY)
    days = np.flatnonzero(are_days & (starts == ends))
    ranges, others = np.flatnonzero(are_days & (starts != ends)), np.flatnonzero(~are_days)
    first, codes = numbered_alike(starts[days])
    return Coded.put_together(
        [
            (days, Coded(cells.texts(_DATING[0], days[first]), codes)),
            (ranges, cells.together(_DATING, ranges).mapped(lambda found: range_text(*found))),
            (others, cells.together(_DATING, others).mapped(lambda found: date_text(*found))),
        ]
    )


def _places(cells: TableCells) -> Coded[str]:
    """Return the narrowest place of each record; the wider ones are looked at only where one lacks it."""
    narrowest = cells.coded(_PLACES[0]).mapped(str.strip)
    return narrowest if all(narrowest.values) else cells.together(_PLACES).mapped(_narrowest)


def event_of_cells(cells: Mapping[str, str], origin: Origin) -> Event:
    """Return the event of a record, from its cells by the names of the columns."""
    cell: Callable[[str], str] = lambda name: cells.get(name, "")  # noqa: E731 — as short as it is often used
    own_id = cell("id").strip()
    location = location_of(cell("latitude"), cell("longitude"))
    citations = cited(*map(cell, _CITING))
    place = _narrowest(map(cell, _PLACES))
    description = cell("where_description").strip()
    sources, excerpts = own_sources(citations)
    return Event(
        id=own_id or made_id(origin.record),
        title=_title(cells),
        when=parse(date_text(cell("date_start"), cell("date_end"), cell("date_prec"), cell("event_clarity"))),
        basis_note=date_note(cell("date_prec"), cell("event_clarity")),
        type=_type_of(cell("type_of_violence")),
        actors=_actors(cells),
        place=place,
        location=location,
        importance=importance_by_deaths(cell("best")),
        summary=description if description != place else "",
        tags=_tags(*map(cell, _TAGGING)),
        excerpts=excerpts,
        claims=_claims(cells),
        own_sources=sources,
        origin=origin,
        extra=_extra(cells, location, citations),
    )


def _title(cells: Mapping[str, str]) -> str:
    place = _narrowest(cells.get(name, "") for name in _PLACES)
    sides = _names(cells.get(name, "") for name in _SIDES)
    dyad = " – ".join(side.removeprefix("Government of ") for side in sides) or cells.get("dyad_name", "").strip()
    after = ", ".join(filter(None, (deaths_in_words(cells.get("best", "")), place)))
    return ": ".join(filter(None, (dyad, after))) or f"Event {cells.get(_ID, '').strip()}".strip()


def _actors(cells: Mapping[str, str]) -> tuple[ActorRef, ...]:
    is_one_sided = cells.get("type_of_violence", "").strip() == _ONE_SIDED
    roles = ("attacker", "target") if is_one_sided else ("participant", "participant")
    sides = [cells.get(name, "").strip() for name in _SIDES]
    return tuple(ActorRef(side, role, side) for side, role in zip(sides, roles, strict=True) if side)


def _claims(cells: Mapping[str, str]) -> tuple[Claim, ...]:
    value, low, high = (cells.get(name, "").strip() for name in ("best", "low", "high"))
    if not (value or low or high):
        return ()
    return (Claim("deaths", ("UCDP",), value, low, high, "people"),)


def _extra(cells: Mapping[str, str], location: Location | None, citations: Sequence[Citation]) -> dict[str, object]:
    """Return what has no place in an event: everything else that the row says."""
    taken = _TAKEN if location is not None else _TAKEN - {"latitude", "longitude"}
    if cells.get("type_of_violence", "").strip() not in _TYPES:
        taken -= {"type_of_violence"}
    if all(citation.office and citation.headline for citation in citations):
        taken |= set(_CITING)
    return {name: text for name, text in cells.items() if text and name not in taken}


def _type_of(cell: str) -> str:
    return _TYPES.get(cell.strip(), "")


def _narrowest(cells: Iterable[str]) -> str:
    """Return the narrowest place that is named."""
    return next(filter(None, map(str.strip, cells)), "")


def _tags(conflict: str, dyad: str, status: str) -> tuple[str, ...]:
    """Return the conflict, the dyad, and of an event that is not clear what is still to be checked."""
    return _names((conflict, dyad, "" if status.strip() == _CLEAR else status.lower()))


def _names(cells: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(str.strip, cells))))


# As it comes in spreadsheets, JSON, Parquet and Arrow.
TABLE = CodedTable(
    name="ucdp-ged",
    endings=(".csv",),
    description="Fatal events of the Uppsala Conflict Data Program (UCDP GED)",
    recognised_by="the columns of the UCDP Georeferenced Event Dataset",
    title=TITLE,
    summary=SUMMARY,
    shape_of=_shape,
    rules_of=_rules,
    facts_of=_facts,
    whole_numbers=WHOLE_NUMBERS,
)
READER = text_reader(
    name=TABLE.name,
    endings=(*TABLE.endings, ".geojson"),
    description="Fatal events of the Uppsala Conflict Data Program (UCDP GED), as CSV or GeoJSON",
    recognised_by=TABLE.recognised_by,
    score=score,
    stream=_stream,
    decoder=decoder,
)
