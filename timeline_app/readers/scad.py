"""Read the Social Conflict Analysis Database (SCAD) of the Strauss Center: protests, riots, strikes, repression.

It covers Africa, Mexico, Central America and the Caribbean from 1990 on, as CSV (versions 3.0 to 3.3) in a code page of
Windows: the user is asked for that. A row is an event, or, of an event in several places, one place of it: these have
one eventid, and ids of their own. Columns come in capitals in some releases.

Days stand whole (startdate) and in parts (stday, stmo, styr); the parts are read, since only they say which is the
month. etype is what happened, in the words of the codebook, and escalation what it turned into. Up to three actors did
it to up to three targets, as initiators and targets. Unknown counts are -77, -88 and -99. notes tells in words what
happened; it is an excerpt of the record itself, and of as many sources as nsource says. Written by the codebook of
version 3.3, since no file is at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from timeline_app.core.errors import WhenError
from timeline_app.core.event import ActorRef, Claim, Event, Excerpt, Source
from timeline_app.core.when import parse
from timeline_app.readers.civil_text import interval_text
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, distinct_names, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.death_tolls import deaths_in_words, importance_by_deaths
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.location import location_of
from timeline_app.readers.parted_date import fault_of_parts, is_number, parted_date, whole_number

_SUMMARY = (
    "Social conflict since 1990. Salehyan, Hendrix and others (2012), Social Conflict in Africa: A New Database, "
    "International Interactions 38(4). Social Conflict Analysis Database, Robert S. Strauss Center."
)
_OWN = "SCAD"
_START, _END = ("styr", "stmo", "stday"), ("eyr", "emo", "eday")
_DOERS, _TARGETS = ("actor1", "actor2", "actor3"), ("target1", "target2", "target3")
_PLACES = ("elocal", "ilocal", "countryname")
_ISSUES = ("issue1", "issue2", "issue3")
_TAGGING = ("escalation", *_ISSUES, "repress", "npart", "countryname")
_IDENTITY = ("id", "eventid")
_COLUMNS = (
    *(*_IDENTITY, *_START, *_END, "etype", *_DOERS, *_TARGETS, *_PLACES, *_TAGGING, "ndeath", "notes"),
    *("nsource", "cgovtarget", "rgovtarget", "latitude", "longitude", "startdate", "enddate", "duration"),
)
_NEEDED = frozenset({"styr", "stmo", "stday", "etype"})
_OWN_NAMES = frozenset({"npart", "ndeath", "cgovtarget", "rgovtarget", "repress", "elocal", "escalation", "nsource"})
_FEWEST_COLUMNS = 3
_KINDS = {
    "1": "organised demonstration",
    "2": "spontaneous demonstration",
    "3": "organised violent riot",
    "4": "spontaneous violent riot",
    "5": "general strike",
    "6": "limited strike",
    "7": "pro-government violence",
    "8": "anti-government violence",
    "9": "extra-government violence",
    "10": "intra-government violence",
}
_ISSUE_OF_CODE = {
    "1": "elections",
    "2": "economy and jobs",
    "3": "food, water and subsistence",
    "4": "environmental degradation",
    "5": "ethnic issues",
    "6": "religious issues",
    "7": "education",
    "8": "foreign affairs",
    "9": "domestic war and terrorism",
    "10": "human rights and democracy",
    "11": "pro-government",
    "12": "economic resources",
}
_REPRESSION = {"1": "repressed", "2": "repressed with deaths"}
_PARTICIPANTS = {
    "1": ("", "9"),
    "2": ("10", "100"),
    "3": ("101", "1000"),
    "4": ("1001", "10000"),
    "5": ("10001", "100000"),
    "6": ("100001", "1000000"),
    "7": ("1000001", ""),
}
_UNSAID = frozenset({"", "-77", "-88", "-99", ".", "na", "unknown", "unspecified"})
_TAKEN = frozenset({*_START, *_END, *_DOERS, *_TARGETS, "startdate", "enddate", "countryname", "notes"})


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table of SCAD, None for any other."""
    columns = known_columns(rows[0], _COLUMNS)
    is_scad = set(columns) >= _NEEDED and len(_OWN_NAMES & set(columns)) >= _FEWEST_COLUMNS
    return TableShape(delimiter, columns) if is_scad else None


def _said(cell: str) -> str:
    """Return what a cell says, a whole number without the zeros of data frames, "" for what is not known."""
    text = whole_number(cell)
    return "" if text.casefold() in _UNSAID else text


def _title(kind: str, *cells: str) -> str:
    doers, deaths = distinct_names(*map(_said, cells[:3])), _said(cells[3])
    done = _KINDS.get(_said(kind), "social conflict")
    toll = deaths_in_words(deaths) if deaths != "0" else ""
    where = next(filter(None, map(_said, cells[4:])), "")
    told = ", ".join(filter(None, (done, toll, where)))
    return f"{', '.join(doers)}: {told}" if doers else f"{told[:1].upper()}{told[1:]}"


def _when(*cells: str) -> str:
    """Return the days of an event in EDTF; an end before the start is none."""
    start, end = parted_date(*cells[:3]), parted_date(*cells[3:])
    try:
        return parse(interval_text(start, end)).text
    except WhenError:
        return start


def _actors(*cells: str) -> tuple[ActorRef, ...]:
    doers, targets = distinct_names(*map(_said, cells[:3])), distinct_names(*map(_said, cells[3:]))
    aimed_at = [name for name in targets if name not in doers]
    return (
        *(ActorRef(name, "initiator", name) for name in doers),
        *(ActorRef(name, "target", name) for name in aimed_at),
    )


def _tags(escalation: str, *cells: str) -> tuple[str, ...]:
    *issues, repression, _, country = map(_said, cells)
    turned = _KINDS.get(_said(escalation), "")
    return distinct_names(
        f"escalated to {turned}" if turned else "",
        *(_ISSUE_OF_CODE.get(code, "") for code in issues),
        _REPRESSION.get(repression, ""),
        country,
    )


def _finish(event: Event, cells: Cells) -> Event:
    """Return the event with all that its columns say beyond those of a table of many events."""
    cell = stripped(cells)
    location = location_of(cell("latitude"), cell("longitude"))
    deaths, size = _said(cell("ndeath")), _PARTICIPANTS.get(_said(cell("npart")), ("", ""))
    claims = [Claim("deaths", (_OWN,), deaths, unit="people", source=_OWN)] if is_number(deaths) else []
    claims += [Claim("participants", (_OWN,), "", *size, "people", source=_OWN)] if any(size) else []
    excerpts = (Excerpt(cell("notes"), _OWN),) if _said(cell("notes")) else ()
    said = {name: text for name, text in cells.items() if _said(text)}
    # What could not be read, and the place where another one is taken, are kept as they are.
    has_end = "/" in event.when.text or parted_date(*map(cell, _START)) == parted_date(*map(cell, _END))
    taken = _TAKEN if has_end else _TAKEN.difference(_END)
    taken = taken.union(
        ("latitude", "longitude") if location is not None else (),
        ("ndeath",) if is_number(deaths) else (),
        (next((name for name in _PLACES[:2] if _said(cell(name))), "countryname"),),
    )
    return replace(event, location=location, excerpts=excerpts, claims=tuple(claims), extra=others(said, taken))


_RULES = EventRules(
    id=Rule(_IDENTITY, lambda *ids: next(filter(None, map(_said, ids)), "")),
    title=Rule(("etype", *_DOERS, "ndeath", *_PLACES), _title),
    when=Rule((*_START, *_END), _when),
    type=Rule(("etype",), lambda code: _KINDS.get(_said(code), "")),
    place=Rule(_PLACES, lambda *places: next(filter(None, map(_said, places)), "")),
    actors=Rule((*_DOERS, *_TARGETS), _actors),
    sources=Rule((), lambda: (Source(_OWN, title="Social Conflict Analysis Database", publisher=_OWN),)),
    tags=Rule(_TAGGING, _tags),
    importance=Rule(("ndeath",), lambda count: importance_by_deaths(_said(count))),
    fault=Rule(_START, lambda *parts: fault_of_parts(_START, *parts)),
    finish=_finish,
)
TABLE = CodedTable(
    name="scad",
    endings=(".csv",),
    description="Protests, riots, strikes and repression of the Social Conflict Analysis Database (SCAD), as CSV",
    recognised_by="the columns of the Social Conflict Analysis Database",
    title="Social Conflict Analysis Database",
    summary=_SUMMARY,
    shape_of=_shape,
    rules_of=always(_RULES),
    whole_numbers=frozenset({*_START, *_END, *_IDENTITY, *_ISSUES, "etype", "escalation", "npart", "ndeath"}),
)
READER = TABLE.reader()
