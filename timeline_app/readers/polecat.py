"""Read POLECAT, the Political Event Classification, Attributes, and Types dataset: who did what to whom, by the news.

It follows ICEWS from 2018 on, with the scheme PLOVER instead of CAMEO: 16 types of events (Event Type) with modes and
contexts. Weekly and yearly files are tables between tabs (`ngecEvents.DV.2023.txt`) with a header; extracts come
between commas. Several values of a cell stand between semicolons; what is not known is empty or None.

Actors and recipients go by the names that were resolved with Wikipedia, else by those of the text, else by their
countries. The day is what the machine worked out of the article; the article itself is known to have appeared on
Publication Date. Written by the header and the codebook of the Dataverse release, since no file is at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline_app.core.errors import WhenError
from timeline_app.core.event import ActorRef, Event, Source
from timeline_app.core.known import known_from
from timeline_app.core.when import parse
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, distinct_names, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.gdelt_actors import INITIATOR, TARGET, code_words
from timeline_app.readers.location import location_of
from timeline_app.readers.news_acts import NOBODY, fault_of_day, said, title_of_act
from timeline_app.readers.ucdp_ged_when import plain_day

_SUMMARY = (
    "Who did what to whom, as machines read it from the news. Halterman and others (2023), PLOVER and POLECAT, "
    "https://doi.org/10.7910/DVN/AJGVIT. Much is misread, and counted more than once."
)
_DATE, _TYPE, _MODE, _PUBLISHED, _PUBLISHER = "Event Date", "Event Type", "Event Mode", "Publication Date", "Source"
_DOERS, _HIT = (
    ("Actor Name", "Actor Name Raw", "Actor Country"),
    ("Recipient Name", "Recipient Name Raw", "Recipient Country"),
)
_PLACES = ("City", "Placename", "District", "Province", "Country")
_COLUMNS = (
    *("Event ID", _DATE, _TYPE, _MODE, "Intensity", "Quad Code", "Contexts", *_DOERS, *_HIT, *_PLACES, _PUBLISHED),
    *(_PUBLISHER, "Latitude", "Longitude", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Language"),
    *("Primary Recipient Sector", "Recipient Sectors", "Recipient Title"),
)
_NEEDED = frozenset({_DATE, _TYPE, _MODE, "Actor Name", "Recipient Name"})
_TAKEN = frozenset({"Event ID", _DATE, _TYPE, _MODE, "Quad Code", "Contexts", _DOERS[0], _HIT[0], _PUBLISHER})


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table of POLECAT, None for any other."""
    columns = known_columns(rows[0], _COLUMNS)
    return TableShape(delimiter, columns) if set(columns) >= _NEEDED else None


def _several(cell: str) -> tuple[str, ...]:
    return distinct_names(*map(said, cell.split(";")))


def _names(resolved: str, raw: str, countries: str) -> tuple[str, ...]:
    """Return the names of one side: resolved, else as in the text, else its countries."""
    of_countries = (word for code in _several(countries) for word in code_words(code))
    return _several(resolved) or _several(raw) or distinct_names(*of_countries)


def _actors(*cells: str) -> tuple[ActorRef, ...]:
    named = dict.fromkeys(_names(*cells[:3]), INITIATOR)
    for name in _names(*cells[3:]):
        named.setdefault(name, TARGET)
    return tuple(ActorRef(name, role, name) for name, role in named.items())


def _title(*cells: str) -> str:
    kind, mode, city, placename = cells[6:]
    first = {actor.role: actor for actor in reversed(_actors(*cells[:6]))}
    actors = [first[role] for role in (INITIATOR, TARGET) if role in first]
    act = said(kind).lower() or "act"
    return title_of_act(actors, f"{act} ({said(mode)})" if said(mode) else act, said(city) or said(placename))


def _tags(mode: str, quad_code: str, contexts: str) -> tuple[str, ...]:
    return distinct_names(said(mode), said(quad_code).lower(), *(context.lower() for context in _several(contexts)))


def _published(cell: str) -> str:
    """Return the day of publication, "" for what is none."""
    day = plain_day(cell)
    try:
        return parse(day).text if said(day) else ""
    except WhenError:
        return ""


def _finish(event: Event, cells: Cells) -> Event:
    """Return the event with all that its columns say beyond those of a table of many events."""
    cell = stripped(cells)
    location, published = location_of(cell("Latitude"), cell("Longitude")), _published(cell(_PUBLISHED))
    known = {name: text for name, text in cells.items() if text.strip() not in NOBODY}
    narrowest = next((name for name in _PLACES if said(cell(name))), "")
    taken = _TAKEN.union(
        (narrowest,),
        (_PUBLISHED,) if published else (),
        ("Latitude", "Longitude") if location is not None else (),
    )
    sources = tuple(replace(one, published=published) for one in event.own_sources)
    return replace(event, location=location, own_sources=sources, extra=others(known, taken))


_RULES = EventRules(
    id=Rule(("Event ID",), said),
    title=Rule((*_DOERS, *_HIT, _TYPE, _MODE, "City", "Placename"), _title),
    when=Rule((_DATE,), plain_day),
    type=Rule((_TYPE,), lambda kind: said(kind).lower()),
    place=Rule(_PLACES, lambda *places: next(filter(None, map(said, places)), "")),
    actors=Rule((*_DOERS, *_HIT), _actors),
    sources=Rule((_PUBLISHER,), lambda name: (Source(said(name) or "POLECAT", publisher=said(name)),)),
    tags=Rule((_MODE, "Quad Code", "Contexts"), _tags),
    known=Rule((_PUBLISHED,), lambda day: known_from((_published(day),))),
    fault=Rule((_DATE,), lambda day: fault_of_day(_DATE, day)),
    finish=_finish,
)
TABLE = CodedTable(
    name="polecat",
    endings=(".txt", ".csv", ".tsv"),
    description="Events of POLECAT by the scheme PLOVER, between tabs or commas, with a header",
    recognised_by="the columns of POLECAT",
    title="POLECAT events",
    summary=_SUMMARY,
    shape_of=_shape,
    rules_of=always(_RULES),
)
READER = TABLE.reader()
