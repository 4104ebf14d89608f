"""Read the events of GDELT, the Global Database of Events, Language and Tone: acts that a machine found in the news.

GDELT 1.0 has a file a day since April 2013, and a file a month or a year before, back to 1979; 2.0 has a file each
quarter of an hour since February 2015. Both are tables between tabs without a header, though their names end in
.CSV: 58 columns in 1.0 (57 before April 2013, which lack SOURCEURL), 61 in 2.0, which adds a code to each place.
Tables written anew, with a header and between semicolons or commas, are read too. Rows without SOURCEURL stand among
others; where that address holds what separates the fields, they are put together again.

Actor1 does something to actor2: initiator and target. What is done is a code of CAMEO (readers/gdelt_cameo.py); its
root, one of 20, is the type, and whether it is cooperation or conflict, in words or deeds, a tag. An actor goes by its
country, since its name is only a word of the text (“VICTORIA” for Australia); that stands in the summary.

SQLDATE is the day that the text speaks of. Days exactly a week, a month, a year or ten years before DATEADDED are a
known artefact: worked out from “last year” and the like, and often wrong. Such a date is marked as inferred, and the
event has the tag “date worked out”. DATEADDED, when GDELT knew, is when the source was retrieved; since GDELT does not
say when an article appeared, and looks every quarter of an hour, it stands for that too. The mentions beside an export
are further sources (readers/gdelt_mention_sources.py).

Importance follows NumMentions, which the codebook proposes as a measure: 2 from 3, 3 from 10, 4 from 50, 5 from 200
mentions, else 1. Tried on an export of 2.0 of 24 October 2019, and by the codebooks of both on files of 1.0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from timeline_app.core.event import ActorRef, Basis, Event, Source
from timeline_app.core.known import known_from
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.fields import NUMBER
from timeline_app.readers.gdelt_actors import INITIATOR, TARGET, side, told
from timeline_app.readers.gdelt_cameo import act_words, class_words, kind_of_act
from timeline_app.readers.gdelt_columns import COORDINATES, EVENTS_2, events_shape, gdelt_head
from timeline_app.readers.gdelt_when import day_text, known_second, worked_out
from timeline_app.readers.graded_importance import importance_of_count
from timeline_app.readers.location import location_of
from timeline_app.readers.source_book import site_of

SUMMARY = (
    "Acts that the GDELT Project found in the news by machine: unchecked, with many reports of one act and "
    "wrong dates. The GDELT Project, https://www.gdeltproject.org."
)
_TAG_WORKED_OUT = "date worked out"
MENTIONS_OF_IMPORTANCE = (3, 10, 50, 200)
NOT_URL = "GDELT"
_UNNAMED = "Unnamed"

_SIDE_COLUMNS = ("Name", "CountryCode", "KnownGroupCode", "Type1Code", "Code")
_ACTOR_1 = tuple(f"Actor1{name}" for name in _SIDE_COLUMNS)
_ACTOR_2 = tuple(f"Actor2{name}" for name in _SIDE_COLUMNS)
_DATING = ("SQLDATE", "DATEADDED")
_PLACE = "ActionGeo_FullName"
_TAKEN = frozenset(
    {
        *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "DATEADDED", "SOURCEURL", _PLACE),
        *("ActionGeo_Lat", "ActionGeo_Long", "Actor1Name", "Actor2Name", "QuadClass"),
    }
)


def _title(*cells: str) -> str:
    code, place = cells[10:]
    return act_title(_actors_of(cells[:5], INITIATOR), _actors_of(cells[5:10], TARGET), code, place)


def act_title(initiator: tuple[ActorRef, ...], target: tuple[ActorRef, ...], code: str, place: str = "") -> str:
    """Return who does what to whom, and where, in words."""
    sides = [initiator[0].name if initiator else _UNNAMED] if initiator or target else []
    sides += [actor.name for actor in target if not initiator or actor.name != initiator[0].name]
    done = act_words(code) or f"act {code.strip() or 'without a code'}"
    found = f"{' → '.join(sides)}: {done}" if sides else done[:1].upper() + done[1:]
    return ", ".join(filter(None, (found, place.partition(",")[0].strip())))


def _actors_of(cells: tuple[str, ...], role: str) -> tuple[ActorRef, ...]:
    return side(role, *cells)


def _actors(*cells: str) -> tuple[ActorRef, ...]:
    return _actors_of(cells[:5], INITIATOR) + _actors_of(cells[5:], TARGET)


def _sources(address: str) -> tuple[Source, ...]:
    """Return the article at an address, or the words that stand instead of one."""
    written = address.strip()
    site = site_of(written)
    return (Source(site or written or NOT_URL, url=written if site else ""),)


def _tags(quad_class: str, day: str, added: str) -> tuple[str, ...]:
    return tuple(filter(None, (class_words(quad_class), _TAG_WORKED_OUT if worked_out(day, added) else "")))


def _remark(day: str, added: str) -> str:
    before = worked_out(day, added)
    if not before:
        return ""
    return (
        f"SQLDATE lies exactly {before} before the day that GDELT knew of the event: a known artefact; "
        f"such events have the tag “{_TAG_WORKED_OUT}”"
    )


def _finish(event: Event, cells: Cells) -> Event:
    """Return the event with all that its columns say beyond those of a table of many events."""
    cell = stripped(cells)
    before = worked_out(cell("SQLDATE"), cell("DATEADDED"))
    note = f"exactly {before} before it was reported: likely worked out from the text" if before else ""
    location = location_of(cell("ActionGeo_Lat"), cell("ActionGeo_Long"))
    taken = _TAKEN if location is not None else _TAKEN - {"ActionGeo_Lat", "ActionGeo_Long"}
    known = known_second(cell("DATEADDED"))
    taken = taken if known else taken - {"DATEADDED"}
    return replace(
        event,
        basis=Basis.INFERRED if before else Basis.STATED,
        basis_note=note,
        location=location,
        summary=_summary(cell),
        own_sources=tuple(replace(one, published=known, retrieved=known) for one in event.own_sources),
        extra=others(cells, taken),
    )


def _summary(cell: Callable[[str], str]) -> str:
    """Return in words who did what, and how much was written of it."""
    sides = {
        "Initiator": told(cell("Actor1Name"), cell("Actor1CountryCode"), cell("Actor1Type1Code")),
        "Target": told(cell("Actor2Name"), cell("Actor2CountryCode"), cell("Actor2Type1Code")),
    }
    figures = {
        "Goldstein scale": cell("GoldsteinScale"),
        "mentions": cell("NumMentions"),
        "sources": cell("NumSources"),
        "articles": cell("NumArticles"),
        "average tone": cell("AvgTone"),
    }
    parts = [f"{name}: {words}." for name, words in sides.items() if words]
    counted = ", ".join(f"{name} {_rounded(figure)}" for name, figure in figures.items() if figure)
    return " ".join([*parts, *([f"{counted[:1].upper()}{counted[1:]}."] if counted else [])])


def _rounded(figure: str) -> str:
    """Return a figure with two decimals at most."""
    return str(round(float(figure), 2)) if NUMBER.fullmatch(figure) and "." in figure else figure


_RULES = EventRules(
    id=Rule(("GLOBALEVENTID",), str.strip),
    title=Rule((*_ACTOR_1, *_ACTOR_2, "EventCode", _PLACE), _title),
    when=Rule(("SQLDATE",), day_text),
    type=Rule(("EventRootCode", "EventCode"), kind_of_act),
    place=Rule((_PLACE,), str.strip),
    actors=Rule((*_ACTOR_1, *_ACTOR_2), _actors),
    sources=Rule(("SOURCEURL",), _sources),
    tags=Rule(("QuadClass", *_DATING), _tags),
    importance=Rule(("NumMentions",), partial(importance_of_count, least=MENTIONS_OF_IMPORTANCE)),
    remark=Rule(_DATING, _remark),
    known=Rule(("DATEADDED",), lambda added: known_from((known_second(added.strip()),))),
    finish=_finish,
)


TABLE = CodedTable(
    name="gdelt",
    endings=(".csv", ".txt"),
    description="Events of GDELT 1.0 and 2.0, as exported: between tabs, without a header",
    recognised_by="the columns of an export of GDELT",
    title="GDELT events",
    summary=SUMMARY,
    shape_of=events_shape,
    head_of=gdelt_head,
    rules_of=always(_RULES),
    whole_numbers=frozenset(EVENTS_2) - {"AvgTone", "GoldsteinScale", "FractionDate", *COORDINATES},
)
READER = TABLE.reader()
