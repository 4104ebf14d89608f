"""Read the reduced files of GDELT 1.0: who did what to whom on a day, without names, places and addresses.

GDELT.MASTERREDUCEDV2.TXT and files cut from it, of 2012 and 2013, are tables between tabs of 17 columns with a header;
extracts come without one too, and between commas. All acts of one day that have the same actors, code and coordinates
are one row: NumEvents is how many acts, NumArts how many articles of them.

Source and target are codes of three letters each, put together: RUSMIL is an actor of Russia, of its armed forces;
“---” is nobody. Rows have no id, and nothing leads to an article. Importance follows NumArts, by the steps of the full
files (readers/gdelt.py). Written by the header of these files and the codebook of CAMEO, since none is at hand.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from timeline_app.core.event import ActorRef, Event, Source
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.gdelt import MENTIONS_OF_IMPORTANCE, NOT_URL, SUMMARY, act_title
from timeline_app.readers.gdelt_actors import INITIATOR, TARGET, code_words, coded_side
from timeline_app.readers.gdelt_cameo import class_words, kind_of_act
from timeline_app.readers.gdelt_columns import COORDINATES, REDUCED, gdelt_head, reduced_shape
from timeline_app.readers.gdelt_when import day_text
from timeline_app.readers.graded_importance import importance_of_count
from timeline_app.readers.location import location_of

_LAT, _LONG = "ActionGeoLat", "ActionGeoLong"
_TAKEN = frozenset({"Date", "QuadClass"})


def _title(source: str, target: str, code: str) -> str:
    return act_title(coded_side(INITIATOR, source), coded_side(TARGET, target), code)


def _actors(source: str, target: str) -> tuple[ActorRef, ...]:
    return coded_side(INITIATOR, source) + coded_side(TARGET, target)


def _finish(event: Event, cells: Cells) -> Event:
    """Return the event with all that its columns say beyond those of a table of many events."""
    cell = stripped(cells)
    location = location_of(cell(_LAT), cell(_LONG))
    sides = {"Initiator": code_words(cell("Source")), "Target": code_words(cell("Target"))}
    figures = {"Goldstein scale": "Goldstein", "acts": "NumEvents", "articles": "NumArts"}
    parts = [f"{name}: {', '.join(words)}." for name, words in sides.items() if words]
    counted = ", ".join(f"{name} {cell(column)}" for name, column in figures.items() if cell(column))
    parts += [f"{counted[:1].upper()}{counted[1:]}."] if counted else []
    taken = _TAKEN | {_LAT, _LONG} if location is not None else _TAKEN
    return replace(event, location=location, summary=" ".join(parts), extra=others(cells, taken))


_RULES = EventRules(
    id=Rule((), str),
    title=Rule(("Source", "Target", "CAMEOCode"), _title),
    when=Rule(("Date",), day_text),
    type=Rule(("CAMEOCode",), partial(kind_of_act, "")),
    place=Rule((), str),
    actors=Rule(("Source", "Target"), _actors),
    sources=Rule((), lambda: (Source(NOT_URL),)),
    tags=Rule(("QuadClass",), lambda quad_class: tuple(filter(None, (class_words(quad_class),)))),
    importance=Rule(("NumArts",), partial(importance_of_count, least=MENTIONS_OF_IMPORTANCE)),
    finish=_finish,
)


TABLE = CodedTable(
    name="gdelt-reduced",
    endings=(".txt", ".csv", ".tsv"),
    description="Events of GDELT 1.0 as its reduced files give them, in 17 columns",
    recognised_by="the columns of a reduced file of GDELT",
    title="GDELT events",
    summary=SUMMARY,
    shape_of=reduced_shape,
    head_of=gdelt_head,
    rules_of=always(_RULES),
    whole_numbers=frozenset(REDUCED) - {"Goldstein", *COORDINATES},
)
READER = TABLE.reader()
