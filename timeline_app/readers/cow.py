"""Read wars and militarised interstate disputes of the Correlates of War project (COW): a row for each of their sides.

Four lists of wars since 1816 (inter-state, extra-state, intra-state, non-state; versions 4.0 to 5.1) and the disputes
(MID, versions 3 to 5) as tables of disputes, of their participants and of incidents. Names of columns changed between
them (StartYear1, StartYr1, StYear); case, underscores and the order of columns make no difference. The lists of wars
end their lines by CR alone, and some are in a code page of Windows, which is asked for.

A row of an inter-state war is one state's part in it, of the other wars one pair of sides, of disputes the dispute or
one state in it: each is an event. Days and months of -9 are not known, -8 says that there is none, and an end of -7
goes on still. Where fighting broke off and began anew (StartYear2), the event lasts until its second end, and the pause
is told beside the date. The side that began is the initiator. Deaths of -9 are not known; where a dispute tells only a
level of deaths, that is a range. What was done and where are words of the codebooks; the highest action is the type of
a dispute.

Written by the codebooks of the lists of wars 4.0 and of the disputes 5.0, and tried on rows of both.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from timeline_app.core.errors import WhenError
from timeline_app.core.event import USUAL_IMPORTANCE, ActorRef, Claim, Event, Source
from timeline_app.core.when import parse
from timeline_app.readers.civil_text import interval_text
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, distinct_names, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.cow_codes import ACTIONS, DEATHS_OF_LEVEL, HOSTILITY, OUTCOMES, PLACES, SIDES_WON, WARS
from timeline_app.readers.death_tolls import importance_by_deaths
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.parted_date import fault_of_parts, is_number, parted_date, whole_number

_SUMMARY = (
    "Wars and militarised disputes since 1816. The Correlates of War Project, https://correlatesofwar.org; Sarkees and "
    "Wayman (2010), Resort to War; Palmer and others (2022), The MID5 Dataset, 1816–2014."
)
_OWN = "COW"
_START, _END = ("StartYear1", "StartMonth1", "StartDay1"), ("EndYear1", "EndMonth1", "EndDay1")
_AGAIN, _LAST = ("StartYear2", "StartMonth2", "StartDay2"), ("EndYear2", "EndMonth2", "EndDay2")
_DATING = (*_START, *_END, *_AGAIN, *_LAST)
_NAMING = ("WarName", "DispNum", "IncidNum", "StateName", "StAbb", "SideA", "SideB", "HiAct")
_SIDED = ("StateName", "StAbb", "SideA", "SideB", "Initiator", "Orig", "DispNum")
_TELLING = ("WarType", "HostLev", "Outcome", "WhereFought", "WarNum")
_LOSSES = {"BatDeath": "", "SideADeaths": "SideA", "SideBDeaths": "SideB", "NonStateDeaths": "SideB"}
_TOLL = ("BatDeath", "SideADeaths", "SideBDeaths", "FatalPre", "Fatality")
_IDENTITY = ("WarNum", "DispNum", "IncidNum", "ccode", "CcodeA", "CcodeB")
_COLUMNS = tuple(dict.fromkeys((*_NAMING, *_SIDED, *_TELLING, *_LOSSES, *_TOLL, *_IDENTITY, *_DATING, "Side")))
_PARTS = {"Year": "Year", "Month": "Month", "Day": "Day", "Yr": "Year", "Mo": "Month", "Mon": "Month", "Dy": "Day"}
_ENDS = {"Start": "Start", "End": "End", "St": "Start"}
_OLDER = {
    **{
        f"{own}{part}{number}": f"{end}{whole}{number or 1}"
        for number in ("", "1", "2")
        for own, end in _ENDS.items()
        for part, whole in _PARTS.items()
    },
    "ccode1": "CcodeA",
    "ccode2": "CcodeB",
    "SideA1": "SideA",
    "SideB1": "SideB",
    "DispNum3": "DispNum",
    "IncidNum3": "IncidNum",
    "Action": "HiAct",
}
_YES, _NO_ACTION = "1", "0"
_TAKEN = frozenset({*_NAMING, *_SIDED, *_TELLING, *_LOSSES, *_DATING, "FatalPre", "Fatality"}) - {"WarNum", "Orig"}
_BOOKS: Mapping[str, Collection[str]] = {
    "WarType": WARS,
    "HiAct": {_NO_ACTION, *ACTIONS},
    "HostLev": HOSTILITY,
    "Outcome": OUTCOMES,
    "WhereFought": PLACES,
    "Fatality": DEATHS_OF_LEVEL,
}
_UNSAID = frozenset({"", "-9", "-8"})
_ONGOING = "-7"


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a list of wars or disputes, None for any other table."""
    columns = known_columns(rows[0], _COLUMNS, _OLDER)
    names = set(columns)
    is_one = {"WarNum", "WarName"} <= names or ({"DispNum", "HostLev"} <= names and bool({"HiAct"} & names))
    return TableShape(delimiter, columns) if is_one and {"StartYear1", "StartMonth1"} <= names else None


def _said(cell: str) -> str:
    text = whole_number(cell)
    return "" if text in _UNSAID or text == _ONGOING else text


def _id(war: str, dispute: str, incident: str, *states: str) -> str:
    return "-".join(filter(None, (_said(war) or _said(incident) or _said(dispute), *map(_said, states))))


def _title(war: str, dispute: str, incident: str, *cells: str) -> str:
    state, short, side_a, side_b, action = cells
    done = ACTIONS.get(_said(action), "")
    if war.strip():
        who = _said(state) or " – ".join(filter(None, (_said(side_a), _said(side_b))))
        return ": ".join(filter(None, (war.strip(), who)))
    name = f"Incident {_said(incident)}" if _said(incident) else f"Dispute {_said(dispute)}"
    return ": ".join(filter(None, (name, ", ".join(filter(None, (_said(short), done))))))


def _when(*cells: str) -> str:
    """Return the time of a war or a dispute in EDTF, as it is written where its start is none."""
    first, last, again, end_2 = (cells[place : place + 3] for place in range(0, len(_DATING), 3))
    start = parted_date(*first[:3])
    ends = end_2 if parted_date(*again[:3]) else last
    if whole_number(ends[0]) == _ONGOING:
        return f"{start}/.."
    end = parted_date(*ends[:3])
    try:
        return parse(interval_text(start, end)).text
    except WhenError:
        return start


def _fault(year: str, month: str, day: str) -> str:
    return fault_of_parts(_START, year, month, day)


def _actors(
    state: str, short: str, side_a: str, side_b: str, initiator: str, originator: str, dispute: str
) -> tuple[ActorRef, ...]:
    if dispute.strip():
        # Of a state in a dispute, this column says whether it was on side A.
        role = "initiator" if whole_number(side_a) == _YES and whole_number(originator) == _YES else "participant"
        return (ActorRef(_said(short), role, _said(short)),) if _said(short) else ()
    if _said(state):
        role = "initiator" if whole_number(initiator) == _YES else "participant"
        return (ActorRef(_said(state), role, _said(state)),)
    sides = distinct_names(_said(side_a), _said(side_b))
    began = initiator.strip().casefold()
    return tuple(ActorRef(one, "initiator" if one.casefold() == began else "participant", one) for one in sides)


def _type(kind: str, action: str) -> str:
    return WARS.get(_said(kind), "") or ACTIONS.get(_said(action), "")


def _tags(hostility: str, outcome: str, state: str, dispute: str) -> tuple[str, ...]:
    if dispute.strip():
        return distinct_names(HOSTILITY.get(_said(hostility), ""))
    words = OUTCOMES | ({} if _said(state) else SIDES_WON)
    return distinct_names(words.get(_said(outcome), ""))


def _importance(*cells: str) -> int:
    *counts, exact, level = map(_said, cells)
    known = [int(count) for count in (*counts, exact) if is_number(count)]
    if known:
        return importance_by_deaths(str(sum(known)))
    low = DEATHS_OF_LEVEL.get(level, ("", ""))[0]
    return importance_by_deaths(low) if low else USUAL_IMPORTANCE


def _sources() -> tuple[Source, ...]:
    return (Source(_OWN, title="Correlates of War", publisher="The Correlates of War Project"),)


def _finish(event: Event, cells: Cells) -> Event:
    """Return the event with its deaths, a pause in it, and all that has no place."""
    cell = stripped(cells)
    again = parted_date(*map(cell, _AGAIN)) if cell(_AGAIN[0]) else ""
    paused = parted_date(*map(cell, _END)) if again else ""
    note = f"COW: no fighting between {paused} and {again}" if paused and again else ""
    said = {name: text for name, text in cells.items() if text.strip() not in _UNSAID}
    # An end that lies before the start is no end, and is kept as it is.
    taken = _TAKEN if "/" in event.when.text or _ends_with_start(cell) else _TAKEN.difference(_END, _LAST)
    untaken = (*_unread(cell), *(() if again else (*_AGAIN, *_LAST)))
    return replace(event, basis_note=note, claims=_claims(cells), extra=others(said, taken.difference(untaken)))


def _ends_with_start(cell: Callable[[str], str]) -> bool:
    """Tell whether the end of a record is its start."""
    return parted_date(*map(cell, _START)) == parted_date(*map(cell, _END)) and not cell(_AGAIN[0])


def _unread(cell: Callable[[str], str]) -> Iterator[str]:
    """Give the columns of which nothing was made: counts that are no numbers, and codes that stand in no codebook."""
    yield from (name for name in (*_LOSSES, "FatalPre") if not is_number(_said(cell(name))))
    yield from (name for name, book in _BOOKS.items() if _said(cell(name)) not in book)
    if cell("DispNum"):
        # Outcomes of disputes have codes of their own, and so have the sides of states in them.
        yield from ("Outcome", "SideA")


def _claims(cells: Mapping[str, str]) -> tuple[Claim, ...]:
    found: list[Claim] = []
    for column, side in _LOSSES.items():
        count = _said(cells.get(column, ""))
        if is_number(count):
            whose = _said(cells.get(side, "")) if side else ""
            about = f"battle deaths, {whose}" if whose else "battle deaths"
            found.append(Claim(about, (_OWN,), count, unit="people", source=_OWN))
    exact, (low, high) = (
        _said(cells.get("FatalPre", "")),
        DEATHS_OF_LEVEL.get(_said(cells.get("Fatality", "")), ("", "")),
    )
    if is_number(exact) or low:
        limits = ("", "") if is_number(exact) else (low, high)
        value = exact if is_number(exact) else ""
        found.append(Claim("deaths", (_OWN,), value, *limits, "people", source=_OWN))
    return tuple(found)


_RULES = EventRules(
    id=Rule(_IDENTITY, _id),
    title=Rule(_NAMING, _title),
    when=Rule(_DATING, _when),
    type=Rule(("WarType", "HiAct"), _type),
    place=Rule(("WhereFought",), lambda code: PLACES.get(_said(code), "")),
    actors=Rule(_SIDED, _actors),
    sources=Rule((), _sources),
    tags=Rule(("HostLev", "Outcome", "StateName", "DispNum"), _tags),
    importance=Rule(_TOLL, _importance),
    fault=Rule(_START, _fault),
    finish=_finish,
)
TABLE = CodedTable(
    name="cow",
    endings=(".csv",),
    description="Wars and militarised disputes of the Correlates of War project, as CSV",
    recognised_by="the columns of the wars or disputes of the Correlates of War project",
    title="Correlates of War",
    summary=_SUMMARY,
    shape_of=_shape,
    rules_of=always(_RULES),
    whole_numbers=frozenset({*_DATING, *_IDENTITY, *_LOSSES, *_TOLL, "WarType", "HiAct", "HostLev", "Outcome"}),
)
READER = TABLE.reader()
