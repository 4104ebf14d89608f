"""Read incidents of the Global Terrorism Database (GTD) of START, University of Maryland: one row an incident.

It appears as a spreadsheet, since 1970 each year anew, and goes round as CSV, often in a code page of Windows: the user
is asked for that then. Of its 135 columns any may be missing. Words stand beside codes (attacktype1_txt); where only
the code of an attack was kept, the word is that of the codebook. Unknown numbers are -9 and -99, unknown names
“Unknown”; both say nothing here. Counts of dead and wounded may be fractions, where several incidents share a toll.

iyear, imonth and iday: a month or a day of 0 is not known, so the event is dated to its year or month. What approxdate
says then (“July 1-7, 2014”) narrows it to one of those days, where it can be read and lies within the year or month. An
incident that is extended lasted for more than a day: until resolution, where that says a later day.
Which of day and month stands first there is told by all rows of the column, or else by those of which only one order
lies on or behind the day of the incident, and a note says so; one that stays open is kept as it is.

Whoever did it (gname to gname3) is a perpetrator, a suspected one where guncertain1 and others say so, and a group
within it (gsubname) is kept. The target is the body that was hit (corp1), or else what was hit (target1). The summary
is written by GTD from its sources, so it is an excerpt of the record itself, and so are the dead and wounded its
claims. The sources of an incident stand in scite1 to scite3 as whole citations: `"Title," Publisher, January 2, 1970.`

Written by the codebooks of 2017 and 2021, and tried on rows of the distribution of 2018; its data may not be passed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from timeline_app.core.calendar import DAY_S, civil_from_days
from timeline_app.core.errors import WhenError
from timeline_app.core.event import ActorRef, Claim, Event, Excerpt, Source
from timeline_app.core.known import Known, known_from
from timeline_app.core.when import When, parse
from timeline_app.core.when_value import Precision
from timeline_app.readers.civil_text import date_text
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, distinct_names, others, stripped
from timeline_app.readers.coded_table import NOTE, CodedTable, Facts
from timeline_app.readers.date_orders import orders_of_column
from timeline_app.readers.day_order import DayOrder
from timeline_app.readers.death_tolls import deaths_in_words, importance_by_deaths
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.location import location_of
from timeline_app.readers.orders_beside import orders_beside
from timeline_app.readers.parted_date import fault_of_parts, parted_date, whole_number
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.tree import shortened
from timeline_app.readers.ucdp_citations import Citation, own_sources
from timeline_app.readers.ucdp_ged_when import plain_day
from timeline_app.readers.written_dates import edtf_of

_SUMMARY = (
    "Incidents of terrorism since 1970. START, University of Maryland: Global Terrorism Database, "
    "https://www.start.umd.edu/gtd. What counts as terrorism, and how incidents were found, changed over the years."
)
_OWN, _PUBLISHER = "GTD", "START, University of Maryland"
_DATING = ("iyear", "imonth", "iday", "approxdate", "extended", "resolution")
_GROUPS = ("gname", "guncertain1", "gname2", "guncertain2", "gname3", "guncertain3")
_HIT = ("corp1", "target1", "corp2", "target2", "corp3", "target3")
_ATTACKS = ("attacktype1_txt", "attacktype1", "attacktype2_txt", "attacktype3_txt")
_PLACES = ("city", "provstate", "country_txt")
_TAGGING = (
    *("attacktype2_txt", "attacktype3_txt", "targtype1_txt", "targtype2_txt", "targtype3_txt", "weaptype1_txt"),
    *("weaptype2_txt", "weaptype3_txt", "weaptype4_txt", "country_txt", "suicide", "success", "doubtterr", "claimed"),
)
_CITING = ("scite1", "scite2", "scite3")
_DEAD = "nkill"
_TOLLS = {_DEAD: "deaths", "nwound": "injured"}
_COLUMNS = (
    *("eventid", *_DATING, *_GROUPS, *_HIT, *_ATTACKS, *_PLACES, *_TAGGING, *_CITING, *_TOLLS),
    *("latitude", "longitude", "summary", "region_txt"),
)
_NEEDED = frozenset({"eventid", "iyear", "imonth"})
_OWN_NAMES = frozenset(
    {"attacktype1", "attacktype1_txt", "gname", "targtype1", "targtype1_txt", "country_txt", "nkill"}
)
_FEWEST_COLUMNS = 2
_TAKEN = frozenset(
    {
        *("eventid", "iyear", "imonth", "iday", *_HIT, *_GROUPS, *_PLACES[::2], *_TAGGING, *_CITING),
        *("summary", "attacktype1_txt"),
    }
)
_ATTACK_OF_CODE = {
    "1": "Assassination",
    "2": "Armed Assault",
    "3": "Bombing/Explosion",
    "4": "Hijacking",
    "5": "Hostage Taking (Barricade Incident)",
    "6": "Hostage Taking (Kidnapping)",
    "7": "Facility/Infrastructure Attack",
    "8": "Unarmed Assault",
}
_FLAGS = {
    "suicide": ("1", "suicide attack"),
    "success": ("0", "unsuccessful"),
    "doubtterr": ("1", "doubtful as terrorism"),
    "claimed": ("1", "claimed"),
}
_UNSAID = frozenset({"", "-9", "-99", "unknown", "not applicable", "."})
_YES, _NO_PART = "1", "0"
_COUNT = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_CITATION = re.compile(r"[\"“](.+?)[,.]?[\"”],?\s*(.*)", re.DOTALL)
_DATED = re.compile(r"(.*?),?\s*((?:[A-Z][a-z]+ (?:\d{1,2}, )?)?[12]\d{3})\.?", re.DOTALL | re.ASCII)
_DATE_ORDER, _RESOLUTION = "date_order", "resolution"


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table of GTD, None for any other."""
    columns = known_columns(rows[0], _COLUMNS)
    is_gtd = set(columns) >= _NEEDED and len(_OWN_NAMES & set(columns)) >= _FEWEST_COLUMNS
    return TableShape(delimiter, columns) if is_gtd else None


def _facts(table: TableSource, mapping: Mapping[str, str], file: str) -> Facts:
    """Return the order of day and month in the column of resolutions, "" where its rows do not tell it."""
    del mapping, file
    if _RESOLUTION not in table.columns:
        return {_DATE_ORDER: ""}
    seen = orders_of_column(table, _RESOLUTION)
    beside = orders_beside(table, _RESOLUTION, _DATING[:3], _is_behind) if seen.is_open else seen
    if not seen.is_open or beside.decided is None:
        return {_DATE_ORDER: seen.decided or ""}
    first = "day" if beside.decided is DayOrder.DMY else "month"
    example = beside.examples[beside.decided is DayOrder.MDY]
    return {
        _DATE_ORDER: beside.decided,
        NOTE: f"{_RESOLUTION}: read with the {first} first, since {example} would else lie before its incident",
    }


def _is_behind(day: int, cells: Sequence[str]) -> bool:
    """Tell whether a day is that of an incident, or one behind it."""
    try:
        return day * DAY_S >= parse(_start(*cells)).start_earliest_s
    except WhenError:
        return True


def _rules(facts: Facts) -> EventRules:
    order = DayOrder(facts[_DATE_ORDER]) if facts[_DATE_ORDER] else None
    return EventRules(
        id=Rule(("eventid",), whole_number),
        title=Rule(("gname", "target1", "corp1", *_ATTACKS[:2], _DEAD, *_PLACES, "targtype1_txt"), _title),
        when=Rule(_DATING, partial(_when, order)),
        type=Rule(_ATTACKS[:2], lambda word, code: _attack(word, code).lower()),
        place=Rule(_PLACES, _first),
        actors=Rule((*_GROUPS, *_HIT), _actors),
        sources=Rule(_CITING, lambda *cells: _cited(cells)[0]),
        tags=Rule(_TAGGING, _tags),
        importance=Rule((_DEAD,), lambda cell: importance_by_deaths(_count(cell).partition(".")[0])),
        fault=Rule(_DATING[:3], _fault),
        known=Rule(_CITING, _known),
        finish=_finish,
        note=facts.get(NOTE, ""),
    )


def _said(cell: str) -> str:
    """Return what a cell says, "" where that is not known."""
    text = cell.strip()
    return "" if text.casefold() in _UNSAID else text


def _first(*cells: str) -> str:
    return next(filter(None, map(_said, cells)), "")


def _count(cell: str) -> str:
    """Return how many, "" where that is not known."""
    text = whole_number(cell)
    return text if _COUNT.fullmatch(text) else ""


def _attack(word: str, code: str) -> str:
    return _said(word) or _ATTACK_OF_CODE.get(whole_number(code), "")


def _title(*cells: str) -> str:
    group, target, body, word, code, dead, *places, kind = cells
    sides = " – ".join(distinct_names(_said(group), _first(target, body, kind)))
    toll = _count(dead)
    told = (_attack(word, code).lower(), deaths_in_words(toll) if toll != _NO_PART else "", _first(*places))
    return ": ".join(filter(None, (sides, ", ".join(filter(None, told))))) or "Incident"


def _when(order: DayOrder | None, *cells: str) -> str:
    """Return the date in EDTF; one that cannot be read is returned as it stands, since `_fault` tells what is wrong."""
    start = _start(*cells[:3])
    try:
        start = _narrowed(start, cells[3], order)
        end = _end(parse(start), cells[4], cells[5], order)
    except WhenError:
        return start
    return f"{start}/{end}" if end else start


def _start(year: str, month: str, day: str) -> str:
    return parted_date(_said(year), _said(month), _said(day))


def _fault(year: str, month: str, day: str) -> str:
    return fault_of_parts(("iyear", "imonth", "iday"), _said(year), _said(month), _said(day))


def _narrowed(start: str, approximate: str, order: DayOrder | None) -> str:
    """Return a date of which the day is not known as one of the days that approxdate gives, where these lie in it."""
    text, first = _said(approximate), parse(start)
    if not text or first.precision is Precision.DAY:
        return start
    try:
        about = parse(edtf_of(text, order))
    except WhenError:
        return start
    bounds = (about.start_earliest_s, about.end_latest_s)
    if not first.start_earliest_s <= bounds[0] <= bounds[1] <= first.end_latest_s:
        return start
    if bounds == (first.start_earliest_s, first.end_latest_s):
        return start
    earliest, latest = (date_text(*civil_from_days(bound_s // DAY_S)) for bound_s in bounds)
    return f"{earliest}~" if earliest == latest else f"[{earliest}..{latest}]"


def _end(first: When, extended: str, resolution: str, order: DayOrder | None) -> str:
    """Return the day on which an extended incident was over, "" where none is told that can be read."""
    if whole_number(extended) != _YES or not _said(resolution):
        return ""
    try:
        end = edtf_of(plain_day(resolution), order)
        return end if parse(end).start_earliest_s > first.end_latest_s else ""
    except WhenError:
        return ""


def _actors(*cells: str) -> tuple[ActorRef, ...]:
    named: dict[str, str] = {}
    for group, doubt in zip(cells[:6:2], cells[1:6:2], strict=True):
        role = "suspected perpetrator" if whole_number(doubt) == _YES else "perpetrator"
        named.setdefault(_said(group), role)
    for body, target in zip(cells[6::2], cells[7::2], strict=True):
        named.setdefault(_first(body, target), "target")
    return tuple(ActorRef(name, role, name) for name, role in named.items() if name)


def _tags(*cells: str) -> tuple[str, ...]:
    by_name = dict(zip(_TAGGING, cells, strict=True))
    flags = (word for name, (code, word) in _FLAGS.items() if whole_number(by_name[name]) == code)
    words = (_said(cell) for name, cell in by_name.items() if name not in _FLAGS)
    return distinct_names(*(word if word == by_name["country_txt"].strip() else word.lower() for word in words), *flags)


@lru_cache(maxsize=4096)
def _cited(cells: tuple[str, ...]) -> tuple[tuple[Source, ...], tuple[Excerpt, ...]]:
    """Return the sources that citations name, with their headlines, and the record itself."""
    sources, excerpts = own_sources([_citation(text) for text in distinct_names(*map(_said, cells))])
    return (*sources, Source(_OWN, title="Global Terrorism Database", publisher=_PUBLISHER)), excerpts


def _citation(text: str) -> Citation:
    """Return what a citation names: the title in quotation marks, the publisher, the date at its end."""
    match = _CITATION.fullmatch(text)
    dated = _DATED.fullmatch(match[2]) if match is not None else None
    if match is None or dated is None or not dated[1].strip():
        return Citation("", "", "", text)
    try:
        published = edtf_of(dated[2], None)
    except WhenError:
        return Citation("", "", "", text)
    return Citation(dated[1].strip(), published, match[1].strip(), text)


def _known(*cells: str) -> Known | None:
    return known_from(source.published for source in _cited(cells)[0])


def _finish(event: Event, cells: Cells) -> Event:
    """Return the event with all that its columns say beyond those of a table of many events."""
    cell = stripped(cells)
    location = location_of(cell("latitude"), cell("longitude"))
    tolls = {name: count for name in _TOLLS if (count := _count(cell(name)))}
    claims = tuple(Claim(_TOLLS[name], (_OWN,), count, unit="people", source=_OWN) for name, count in tolls.items())
    summary = (Excerpt(cell("summary"), _OWN),) if _said(cell("summary")) else ()
    said = {name: text for name, text in cells.items() if _said(text)}
    note = f"GTD approxdate: {shortened(cell('approxdate'), 200)}" if _said(cell("approxdate")) else ""
    # What could not be read is kept as it is.
    taken = _TAKEN.union(
        tolls,
        ("latitude", "longitude") if location is not None else (),
        ("resolution", "extended") if "/" in event.when.text else (),
        ("approxdate",) if note else (),
    )
    return replace(
        event,
        basis_note=note,
        location=location,
        excerpts=(*summary, *_cited(tuple(map(cell, _CITING)))[1]),
        claims=claims,
        extra=others(said, taken),
    )


TABLE = CodedTable(
    name="gtd",
    endings=(".csv",),
    description="Incidents of the Global Terrorism Database (GTD), as CSV",
    recognised_by="the columns of the Global Terrorism Database",
    title="Global Terrorism Database",
    summary=_SUMMARY,
    shape_of=_shape,
    facts_of=_facts,
    rules_of=_rules,
    whole_numbers=frozenset(
        {
            *("eventid", "iyear", "imonth", "iday", "extended", "guncertain1", "guncertain2", "guncertain3"),
            *("attacktype1", "suicide", "success", "doubtterr", "claimed", *_TOLLS),
        }
    ),
)
READER = TABLE.reader()
