"""Read coded events of ICEWS, the Integrated Crisis Early Warning System: who did what to whom, by the news.

The yearly files of 1995 to 2016 are tables between tabs (`events.1995.20150313082510.tab`), later ones and the weekly
ones of 2018 to 2023 the same with a few columns more; extracts come between commas. A row is what one sentence of an
article says: its source, a code of CAMEO and its target. One id may stand in several rows, which are events of their
own here. Sectors are words between commas. What is not known is empty, NULL or None.

The text of the event is ICEWS' name for the code of CAMEO; which of its 20 kinds that is of is the type. Actors go by
the names that ICEWS has resolved, such as “Citizen (Serbia)”. The day is that of the article; some extracts write it as
20181001. Written by the header and the codebook of the Dataverse release, since no file is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from timeline_app.core.event import ActorRef, Event, Source
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, distinct_names, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.gdelt_actors import INITIATOR, TARGET
from timeline_app.readers.gdelt_cameo import act_words, kind_of_act
from timeline_app.readers.location import location_of
from timeline_app.readers.news_acts import NOBODY, fault_of_day, said, title_of_act
from timeline_app.readers.ucdp_ged_when import plain_day

_SUMMARY = (
    "Who did what to whom, as machines read it from the news. Boschee and others (2015), ICEWS Coded Event Data, "
    "https://doi.org/10.7910/DVN/28075. Much is misread, and counted more than once."
)
_DATE, _TEXT, _CODE = "Event Date", "Event Text", "CAMEO Code"
_DOER, _HIT, _PUBLISHER = "Source Name", "Target Name", "Publisher"
_DOER_COUNTRY, _HIT_COUNTRY = "Source Country", "Target Country"
_PLACES = ("City", "District", "Province", "Country")
_SIDES = (_DOER, _DOER_COUNTRY, _HIT, _HIT_COUNTRY)
_COLUMNS = (
    *("Event ID", _DATE, *_SIDES, _TEXT, _CODE, "Intensity", _PUBLISHER, *_PLACES, "Latitude", "Longitude"),
    *("Source Sectors", "Target Sectors", "Story ID", "Sentence Number"),
)
_NEEDED = frozenset({_DATE, _DOER, _TEXT, _CODE, _HIT})
_PLAIN_DIGITS = re.compile(r"\d{8}", re.ASCII)
_TAKEN = frozenset({"Event ID", _DATE, _DOER, _HIT, _PUBLISHER})


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table of ICEWS, None for any other."""
    columns = known_columns(rows[0], _COLUMNS)
    return TableShape(delimiter, columns) if set(columns) >= _NEEDED else None


def _actors(doer: str, doer_country: str, hit: str, hit_country: str) -> tuple[ActorRef, ...]:
    """Return the two sides, by their names, or their countries where nobody is named."""
    initiator, target = said(doer) or said(doer_country), said(hit) or said(hit_country)
    named = {initiator: INITIATOR} | ({target: TARGET} if target != initiator else {})
    return tuple(ActorRef(name, role, name) for name, role in named.items() if name)


def _day(cell: str) -> str:
    """Return a day with its hyphens, which some extracts leave out: 20181001."""
    day = plain_day(cell)
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if _PLAIN_DIGITS.fullmatch(day) else day


def _title(*cells: str) -> str:
    *sides, text, code, city = cells
    return title_of_act(_actors(*sides), said(text) or act_words(code) or f"act {code.strip()}", said(city))


def _finish(event: Event, cells: Cells) -> Event:
    """Return the event with all that its columns say beyond those of a table of many events."""
    cell = stripped(cells)
    location = location_of(cell("Latitude"), cell("Longitude"))
    known = {name: text for name, text in cells.items() if text.strip() not in NOBODY}
    narrowest = next((name for name in _PLACES if said(cell(name))), "")
    taken = _TAKEN.union((narrowest,), ("Latitude", "Longitude") if location is not None else ())
    return replace(event, location=location, extra=others(known, taken))


_RULES = EventRules(
    id=Rule(("Event ID",), said),
    title=Rule((*_SIDES, _TEXT, _CODE, "City"), _title),
    when=Rule((_DATE,), _day),
    type=Rule((_CODE,), lambda code: kind_of_act("", code)),
    place=Rule(_PLACES, lambda *places: next(filter(None, map(said, places)), "")),
    actors=Rule(_SIDES, _actors),
    sources=Rule((_PUBLISHER,), lambda name: (Source(said(name) or "ICEWS", publisher=said(name)),)),
    tags=Rule((_TEXT,), lambda text: distinct_names(said(text).lower())),
    fault=Rule((_DATE,), lambda day: fault_of_day(_DATE, _day(day))),
    finish=_finish,
)
TABLE = CodedTable(
    name="icews",
    endings=(".tab", ".csv", ".txt"),
    description="Coded events of ICEWS, between tabs or commas, with a header",
    recognised_by="the columns of the coded events of ICEWS",
    title="ICEWS events",
    summary=_SUMMARY,
    shape_of=_shape,
    rules_of=always(_RULES),
    whole_numbers=frozenset({"Event ID", _CODE, "Story ID", "Sentence Number"}),
)
READER = TABLE.reader()
