"""Read events of ACLED, the Armed Conflict Location and Event Data: one row an event, or one for each actor of it.

The columns changed over the years: until 2023 there were data_id, event_id_no_cnty and iso3, since then there are
disorder_type, civilian_targeting and tags; inter1 and inter2 were numbers until 2024 and are words since; older files
call assoc_actor_1 ally_actor_1, and write all names in capitals. Columns may be missing and stand in any order.

event_date is ISO 8601 (API, today's exports), “16 May 2025” (exports), “16-05-2025” or “16/05/2025”, after a visit to a
spreadsheet also “5/16/2025”. Which of day and month stands first is told by all rows of the column; where every date
fits both, by their timestamps, since nothing is written down before it has happened, and a note says so; else the user
is asked. Where some fit only one and some only the other, those are read as they can only be meant,
and the others are told and left out.

time_precision: 1, the day is known. 2, it is known to a week or a weekend, of which event_date is the middle: one day
within three days before and after, `[a..b]`. 3, only the month is known: the month.

actor1 and actor2 are participants, since ACLED gives no direction. But violence against civilians has one by its
definition: civilians, who are told by their names, are the target, and who stands on the other side is the attacker.
Who is associated with them, between semicolons, is “associated”. What kind of actors they are is a tag, as are
sub-event, disorder, civilian targeting and ACLED's own tags. ACLED writes the notes from its sources, so they are an
excerpt of the record itself, a publication of ACLED of the time of timestamp (seconds since 1970), when it was written
last. The fatalities are a claim by the sources, reported at that time.

Where there is a row for each actor, the same event_id_cnty stands in several: “monadic” replies of the API have each
event from the view of each side, and what ACLED's package for R makes longer has one column `actor`, with
type_of_actor, or a row for each source. Rows with one id, date, type and place are one event with the actors and
sources of all. Written by the codebook, column guide and package of ACLED; their data may not be passed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from timeline_app.core.calendar import DAY_S, civil_from_days, days_from_civil, days_in_month
from timeline_app.core.errors import ReadError, WhenError
from timeline_app.core.event import ActorRef, Claim, Event, Excerpt, Source
from timeline_app.core.known import known_from
from timeline_app.readers.civil_text import date_text
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, distinct_names, others, stripped
from timeline_app.readers.coded_table import NOTE, CodedTable, Facts
from timeline_app.readers.date_numbers import DateNumbers
from timeline_app.readers.date_orders import order_question, orders_of_column
from timeline_app.readers.day_order import DayOrder, OrdersSeen, orders_seen
from timeline_app.readers.death_tolls import deaths_in_words, importance_by_deaths
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.location import location_of
from timeline_app.readers.orders_beside import orders_beside
from timeline_app.readers.question import Question
from timeline_app.readers.reader import ReaderOption
from timeline_app.readers.table_settings import table_settings
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.tree import shortened
from timeline_app.readers.ucdp_ged_when import plain_day
from timeline_app.readers.written_dates import edtf_of

_NAME = "ACLED"
_SUMMARY = (
    "Events of political violence and protest. Armed Conflict Location & Event Data (ACLED), https://acleddata.com; "
    "Raleigh, Kishi and Linke (2023), Humanities and Social Sciences Communications 10, 74. "
    "ACLED changes and deletes events after they have appeared."
)
_COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type"),
    *("actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting"),
    *("iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude"),
    *("geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp", "data_id"),
)
_OLDER = {
    "ally_actor_1": "assoc_actor_1",
    "ally_actor_2": "assoc_actor_2",
    "geo_precis": "geo_precision",
    "time_precis": "time_precision",
    "time_preci": "time_precision",
    "actor": "actor1",
    "inter": "inter1",
}
_OWN_NAMES = frozenset(
    {
        *("event_id_cnty", "time_precision", "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2"),
        *("interaction", "geo_precision", "source_scale", "fatalities", "disorder_type", "civilian_targeting"),
    }
)
_FEWEST_COLUMNS = 5
_WHOLE_NUMBERS = frozenset(
    {
        *("time_precision", "inter1", "inter2", "interaction", "iso", "year", "geo_precision", "fatalities"),
        *("timestamp", "data_id", "event_id_no_cnty"),
    }
)
_KINDS_OF_ACTORS = {
    "1": "state forces",
    "2": "rebel group",
    "3": "political militia",
    "4": "identity militia",
    "5": "rioters",
    "6": "protesters",
    "7": "civilians",
    "8": "external/other forces",
}
_NO_KIND = "0"
_AGAINST_CIVILIANS, _CIVILIANS = "violence against civilians", "civilians"
_WEEK, _MONTH = "2", "3"
_HALF_WEEK_DAYS = 3
_MONTHS = 12
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_NOTES = {
    _WEEK: "ACLED time_precision 2: known to the week or the weekend",
    _MONTH: "ACLED time_precision 3: only the month is known",
}
_DATE = "event_date"
_DATE_ORDER, _WHEN, _ENCODING = "date_order", "when", "encoding"
_OPTION = ReaderOption(
    "map",
    "date_order=dmy or date_order=mdy, where event_date does not tell which stands first; encoding=cp1252 or another,"
    " where the text is not UTF-8",
)
_PLACES = ("location", "admin3", "admin2", "admin1", "country")
_KIND_OF_ROW = "type_of_actor"
_ACTING = ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")
_TAGGING = ("sub_event_type", "disorder_type", "inter1", "inter2", "civilian_targeting", "tags")
_TAKEN = frozenset(
    {
        *("event_id_cnty", "event_date", "event_type", "sub_event_type", "disorder_type", "civilian_targeting", "tags"),
        *("actor1", "assoc_actor_1", "actor2", "assoc_actor_2", "location", "latitude", "longitude", "source"),
        *("notes", "fatalities"),
    }
)


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table of ACLED, None for any other."""
    columns = known_columns(rows[0], _COLUMNS, _OLDER)
    # An extract with few columns is told by its ids, whose name nobody else uses.
    has_own = "event_id_cnty" in columns or len(_OWN_NAMES & set(columns)) >= _FEWEST_COLUMNS
    is_acled = {"event_date", "event_type"} <= set(columns) and has_own
    return TableShape(delimiter, columns) if is_acled else None


def _facts(table: TableSource, mapping: Mapping[str, str], file: str) -> Facts:
    """Return the order of day and month; raises ReadError where every date fits both and the user did not say."""
    given = _given_order(mapping, file)
    if given is not None:
        return {_DATE_ORDER: given}
    seen = orders_of_column(table, _DATE)
    if not seen.is_open:
        return {_DATE_ORDER: seen.decided or ""}
    beside = _orders_by_timestamps(table)
    if beside.decided is None:
        message = f"{_DATE}: every date fits both orders of day and month, as {seen.examples[2]} does"
        remedy = f"--map {_DATE_ORDER}=dmy or --map {_DATE_ORDER}=mdy tells which of them stands first"
        raise ReadError(f"{message}; {remedy}", file)
    first = "day" if beside.decided is DayOrder.DMY else "month"
    example = beside.examples[beside.decided is DayOrder.MDY]
    return {
        _DATE_ORDER: beside.decided,
        NOTE: f"{_DATE}: read with the {first} first, since {example} would else lie behind its timestamp",
    }


def _orders_by_timestamps(table: TableSource) -> OrdersSeen:
    """Return what dates tell of which one order would have them behind the time when their record was written."""

    def is_before(day: int, cells: Sequence[str]) -> bool:
        stamp = cells[0].strip()
        # A day more, since it may be another one elsewhere.
        return not stamp.isdigit() or not int(stamp) or day * DAY_S <= int(stamp) + DAY_S

    return orders_beside(table, _DATE, ("timestamp",), is_before)


def _questions(table: TableSource, mapping: Mapping[str, str], file: str) -> tuple[Question, ...]:
    """Return the question for the order of day and month, where every date fits both and nobody has said."""
    if _given_order(mapping, file) is not None or orders_seen(table.cells(_DATE)).decided is not None:
        return ()
    seen = orders_of_column(table, _DATE)
    is_asked = seen.is_open and _orders_by_timestamps(table).decided is None
    return (order_question(_DATE_ORDER, _DATE, seen),) if is_asked else ()


def _given_order(mapping: Mapping[str, str], file: str) -> DayOrder | None:
    """Return the order that the user has told; raises ReadError for anything else that was told."""
    strange = sorted(mapping.keys() - {_DATE_ORDER, _ENCODING})
    if strange:
        known = f'only "{_DATE_ORDER}" and "{_ENCODING}" can be told to the reader of ACLED'
        why = f'its columns have fixed names; --reader csv maps "{shortened(strange[0])}"'
        raise ReadError(f"--map: {known}, since {why}", file)
    return table_settings(mapping, file).orders.get(_WHEN)


def _rules(facts: Facts) -> EventRules:
    order = DayOrder(facts[_DATE_ORDER]) if facts[_DATE_ORDER] else None
    return EventRules(
        id=Rule(("event_id_cnty", "data_id"), _first),
        title=Rule((*_ACTING, "sub_event_type", "event_type", "fatalities", *_PLACES), _title),
        when=Rule(("event_date", "time_precision"), partial(_when, order)),
        type=Rule(("event_type",), lambda cell: cell.strip().lower()),
        place=Rule(_PLACES, _first),
        actors=Rule(("event_type", *_ACTING, _KIND_OF_ROW), _actors),
        sources=Rule(("source",), _sources),
        tags=Rule(_TAGGING, _tags),
        importance=Rule(("fatalities",), importance_by_deaths),
        fault=Rule(("event_date",), partial(_fault, order)),
        known=Rule(("timestamp",), lambda cell: known_from((_known(cell.strip()),))),
        finish=_finish,
        note=facts.get(NOTE, ""),
    )


def _first(*cells: str) -> str:
    return next(filter(None, map(str.strip, cells)), "")


def _title(*cells: str) -> str:
    sides = distinct_names(cells[0], cells[2]) or distinct_names(*_parts(cells[1]), *_parts(cells[3]))
    what = _first(*cells[4:6]).lower()
    told = ", ".join(filter(None, (what, deaths_in_words(cells[6].strip().lstrip("0")), _first(*cells[7:]))))
    return ": ".join(filter(None, (" – ".join(sides), told))) or "Event"


def _when(order: DayOrder | None, date: str, precision: str) -> str:
    """Return the date in EDTF; one that cannot be read is returned as it stands, since `_fault` tells what is wrong."""
    try:
        day = edtf_of(plain_day(date), order)
    except WhenError:
        return date.strip()
    code, plain = precision.strip(), _DAY.fullmatch(day)
    if plain is None or code not in _NOTES:
        return day
    year, month, number = map(int, plain.groups())
    if not (1 <= month <= _MONTHS and 1 <= number <= days_in_month(year, month)):
        return day
    if code == _MONTH:
        return date_text(year, month)
    middle = days_from_civil(year, month, number)
    first, last = (date_text(*civil_from_days(middle + days)) for days in (-_HALF_WEEK_DAYS, _HALF_WEEK_DAYS))
    return f"[{first}..{last}]"


def _fault(order: DayOrder | None, date: str) -> str:
    if not date.strip():
        return "event_date: expected a date; found nothing"
    try:
        edtf_of(plain_day(date), order)
    except WhenError as error:
        return f"event_date: {error}"
    return ""


def _actors(
    event_type: str, actor_1: str, associated_1: str, actor_2: str, associated_2: str, kind_of_row: str
) -> tuple[ActorRef, ...]:
    if kind_of_row.strip().casefold().startswith("assoc"):
        actor_1, associated_1 = "", f"{actor_1};{associated_1}"
    sides = distinct_names(actor_1, actor_2)
    beside = [name for name in distinct_names(*_parts(associated_1), *_parts(associated_2)) if name not in sides]
    named = [*_sides_in_roles(event_type, sides), *((name, "associated") for name in beside)]
    return tuple(ActorRef(name, role, name) for name, role in named)


def _sides_in_roles(event_type: str, sides: Sequence[str]) -> list[tuple[str, str]]:
    """Return who stands on the two sides, or on the one of a row for each actor, with their parts."""
    attackers = [name for name in sides if not name.casefold().startswith(_CIVILIANS)]
    if event_type.strip().casefold() != _AGAINST_CIVILIANS or len(attackers) > 1:
        return [(name, "participant") for name in sides]
    return [(name, "attacker" if name in attackers else "target") for name in sides]


def _sources(names: str) -> tuple[Source, ...]:
    """Return the publications that a record names, and the record itself."""
    named = (Source(name) for name in distinct_names(*_parts(names)) if name != _NAME)
    return (*named, Source(_NAME))


def _tags(sub_event: str, disorder: str, kind_1: str, kind_2: str, targeting: str, tags: str) -> tuple[str, ...]:
    kinds = (_KINDS_OF_ACTORS.get(kind.strip(), kind.lower()) for kind in (kind_1, kind_2) if kind.strip() != _NO_KIND)
    return distinct_names(sub_event.lower(), *_parts(disorder.lower()), *kinds, targeting.lower(), *_parts(tags))


def _parts(cell: str) -> list[str]:
    return cell.split(";")


def _known(timestamp: str) -> str:
    """Return when a record was written last in EDTF, "" where that is not told."""
    try:
        return edtf_of(timestamp, None, DateNumbers.SECONDS)
    except WhenError:
        return ""


def _finish(event: Event, cells: Cells) -> Event:
    """Return the event with all that its columns say beyond those of a table of many events."""
    cell = stripped(cells)
    location = location_of(cell("latitude"), cell("longitude"))
    known, fatalities = _known(cell("timestamp")), cell("fatalities")
    *named, own = event.own_sources
    by = tuple(source.key for source in named) or (_NAME,)
    claims = (Claim("deaths", by, fatalities, unit="people", source=_NAME, reported=known),) if fatalities else ()
    taken = _TAKEN if location is not None else _TAKEN - {"latitude", "longitude"}
    return replace(
        event,
        basis_note=_NOTES.get(cell("time_precision"), ""),
        location=location,
        excerpts=(Excerpt(cell("notes"), _NAME),) if cell("notes") else (),
        claims=claims,
        own_sources=(*named, replace(own, published=known)),
        extra=others(cells, taken if not known else taken | {"timestamp"}),
    )


TABLE = CodedTable(
    name="acled",
    endings=(".csv",),
    description="Events of ACLED, the Armed Conflict Location and Event Data, as CSV",
    recognised_by="the columns of ACLED",
    title="ACLED events",
    summary=_SUMMARY,
    shape_of=_shape,
    facts_of=_facts,
    questions_of=_questions,
    rules_of=_rules,
    options=(_OPTION,),
    joins_rows=True,
    whole_numbers=_WHOLE_NUMBERS,
)
READER = TABLE.reader()
