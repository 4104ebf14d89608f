"""Read Phoenix event data, of the Cline Center and the Open Event Data Alliance: who did what to whom, by the news.

The historical files, of the New York Times since 1945, of the BBC's Summary of World Broadcasts and of the CIA's FBIS,
are tables between commas with a header. A row is what one sentence says: a source and a target, each a code of three
letters again and again (USAGOV is an actor of the United States, of its government), and a code of CAMEO.

year, month and day are the day of the article, and are read rather than story_date, which has the month first. Written
by the header and the codebook of version 1.3, since no file is at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline_app.core.event import ActorRef, Event, Source
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.gdelt import act_title
from timeline_app.readers.gdelt_actors import INITIATOR, TARGET, code_words, coded_side
from timeline_app.readers.gdelt_cameo import class_words, kind_of_act
from timeline_app.readers.location import location_of
from timeline_app.readers.news_acts import NOBODY, said
from timeline_app.readers.parted_date import fault_of_parts, parted_date

_SUMMARY = (
    "Who did what to whom, as machines read it from the news since 1945. Althaus and others (2020), Cline Center "
    "Historical Phoenix Event Data, https://doi.org/10.13012/B2IDB-0647142_V3. Much is misread, and counted twice."
)
_OWN = "Phoenix"
_DATING = ("year", "month", "day")
_PLACES = ("placename", "statename", "countryname")
_ACT = ("source", "target", "code")
_COLUMNS = (*("eid", "story_date", *_DATING, *_ACT, "root_code", "quad_class", "goldstein", *_PLACES, "lat", "lon"),)
_NEEDED = frozenset({*_DATING, *_ACT, "root_code", "quad_class"})
_TAKEN = frozenset({"eid", "story_date", *_DATING, "quad_class"})


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table of Phoenix, None for any other."""
    columns = known_columns(rows[0], _COLUMNS)
    return TableShape(delimiter, columns) if set(columns) >= _NEEDED else None


def _actors(source: str, target: str) -> tuple[ActorRef, ...]:
    return coded_side(INITIATOR, said(source)) + coded_side(TARGET, said(target))


def _title(source: str, target: str, code: str, place: str) -> str:
    return act_title(coded_side(INITIATOR, said(source)), coded_side(TARGET, said(target)), code, said(place))


def _place(name: str, state: str, country: str) -> str:
    """Return the narrowest place, a country in words."""
    return said(name) or said(state) or ", ".join(code_words(said(country)))


def _finish(event: Event, cells: Cells) -> Event:
    """Return the event with all that its columns say beyond those of a table of many events."""
    cell = stripped(cells)
    location = location_of(cell("lat"), cell("lon"))
    sides = {"Initiator": code_words(said(cell("source"))), "Target": code_words(said(cell("target")))}
    parts = [f"{name}: {', '.join(words)}." for name, words in sides.items() if words]
    narrowest = next((name for name in _PLACES[:2] if said(cell(name))), "")
    taken = _TAKEN.union((narrowest,), ("lat", "lon") if location is not None else ())
    known = {name: text for name, text in cells.items() if text.strip() not in NOBODY}
    return replace(event, location=location, summary=" ".join(parts), extra=others(known, taken))


_RULES = EventRules(
    id=Rule(("eid",), said),
    title=Rule((*_ACT, "placename"), _title),
    when=Rule(_DATING, parted_date),
    type=Rule(("root_code", "code"), kind_of_act),
    place=Rule(_PLACES, _place),
    actors=Rule(("source", "target"), _actors),
    sources=Rule((), lambda: (Source(_OWN, title="Phoenix event data", publisher=_OWN),)),
    tags=Rule(("quad_class",), lambda quad_class: tuple(filter(None, (class_words(quad_class),)))),
    fault=Rule(_DATING, lambda *parts: fault_of_parts(_DATING, *parts)),
    finish=_finish,
)
TABLE = CodedTable(
    name="phoenix",
    endings=(".csv", ".txt"),
    description="Phoenix event data, historical and of today, with a header",
    recognised_by="the columns of the Phoenix event data",
    title="Phoenix events",
    summary=_SUMMARY,
    shape_of=_shape,
    rules_of=always(_RULES),
    whole_numbers=frozenset({*_DATING, "code", "root_code", "quad_class"}),
)
READER = TABLE.reader()
