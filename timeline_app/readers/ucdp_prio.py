"""Read the UCDP/PRIO Armed Conflict Dataset and the UCDP Dyadic Dataset: one row for each year of a conflict or dyad.

Both begin in 1946 and appear each year. Until 2016 columns were called SideA, IntensityLevel or ID, in the first
releases even Incomp, Int and Terr; since 2017 side_a, intensity_level and conflict_id, for a while conflict_new_id.
The datasets of battle-related deaths have the same columns but intensity_level, which follows from bd_best, bd_low and
bd_high, and call the location location_inc. What a row tells was known when its version appeared: 22.1 in 2022, 4-2016
in 2016.

What a row tells is true of a calendar year, so its event lasts from 1 January to 31 December. When the first death of
the conflict and the start and end of its episode were are claims about dates: those whose precision (start_prec and
others, 1 is the best) is not 1 are approximate, as day or month were only assigned. intensity_level 1 says 25 to 999
battle-related deaths in the year, 2 at least 1,000: a claim, and importance 3 or 5; where there are estimates
(bd_best), they are the claim.

A side may name several actors, separated by commas as their ids are, for names may hold commas too. States that take
part with troops (side_a_2nd, side_b_2nd) support a side. incompatibility: 1 territory, 2 government, 3 both; several
territories stand in one cell. Written by the codebooks of versions 4-2016 and 22.1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from timeline_app.core.event import USUAL_IMPORTANCE, ActorRef, Claim, Event, Source
from timeline_app.core.known import known_from
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, distinct_names, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.ucdp_years import claims_of_dates, fault_of_year, regions_of, released, whole_year

_SUMMARY = (
    "Years of armed conflict since 1946. UCDP/PRIO Armed Conflict Dataset and UCDP Dyadic Dataset, CC BY 4.0; "
    "Gleditsch et al. (2002), Armed Conflict 1946–2001: A New Dataset, Journal of Peace Research 39(5); "
    "Harbom, Melander and Wallensteen (2008), Dyadic Dimensions of Armed Conflict, Journal of Peace Research 45(5)."
)
_DATASET = "UCDP/PRIO"
_PUBLISHER = "UCDP"
_SIDES = ("side_a", "side_a_id", "side_b", "side_b_id", "side_a_2nd", "side_b_2nd")
_GRADING = ("intensity_level", "bd_best")
_COLUMNS = (
    *("conflict_id", "dyad_id", "location", *_SIDES, "incompatibility", "territory_name", "year", "intensity_level"),
    *("cumulative_intensity", "type_of_conflict", "start_date", "start_prec", "start_date2", "start_prec2", "ep_end"),
    *("ep_end_date", "ep_end_prec", "region", "version", "bd_best", "bd_low", "bd_high"),
)
_OLDER = {
    "id": "conflict_id",
    "conflict_new_id": "conflict_id",
    "dyad_new_id": "dyad_id",
    "incomp": "incompatibility",
    "terr": "territory_name",
    "territory": "territory_name",
    "int": "intensity_level",
    "cumint": "cumulative_intensity",
    "type": "type_of_conflict",
    "location_inc": "location",
    "bdbest": "bd_best",
    "bdlow": "bd_low",
    "bdhigh": "bd_high",
}
_OWN_NAMES = frozenset(
    {
        *(
            "intensity_level",
            "cumulative_intensity",
            "type_of_conflict",
            "territory_name",
            "start_date2",
            "start_prec2",
        ),
        *("ep_end", "side_a_2nd", "side_b_2nd", "bd_best"),
    }
)
_FEWEST_COLUMNS = 3
_KINDS = {"1": "extrasystemic", "2": "interstate", "3": "intrastate", "4": "internationalised intrastate"}
_ISSUES = {"1": "territory", "2": "government", "3": "territory and government"}
_INTENSITIES = {"1": "minor conflict", "2": "war"}
_IMPORTANCE = {"1": 3, "2": 5}
_LEAST_DEATHS = {"2": 1000, "1": 25}
_DEATHS = {"1": ("25", "999"), "2": ("1000", "")}
_UNKNOWN = frozenset({"", "-99", "-9"})
_TAKEN = frozenset(
    {
        "location",
        "side_a",
        "side_b",
        "side_a_2nd",
        "side_b_2nd",
        "year",
        "territory_name",
        "bd_best",
        "bd_low",
        "bd_high",
    }
)


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table of years of conflict, None for any other."""
    columns = known_columns(rows[0], _COLUMNS, _OLDER)
    has_ids = bool({"conflict_id", "dyad_id"} & set(columns))
    is_one = has_ids and {"year", "side_a", "side_b", "incompatibility"} <= set(columns)
    return TableShape(delimiter, columns) if is_one and len(_OWN_NAMES & set(columns)) >= _FEWEST_COLUMNS else None


def _id(dyad: str, conflict: str, year: str) -> str:
    own = dyad.strip() or conflict.strip()
    return f"{own}-{year.strip()}" if own else ""


def _title(*cells: str) -> str:
    sides = " – ".join(
        ", ".join(name.removeprefix("Government of ") for name in _names(*side)) for side in (cells[:2], cells[2:4])
    )
    issue, territory, intensity, best, year = cells[6:]
    kind = _INTENSITIES.get(_intensity(intensity, best), "armed conflict")
    over = territory.strip() or _ISSUES.get(issue.strip(), "")
    return f"{sides}: {kind}{f' over {over}' if over else ''}, {year.strip()}"


def _names(side: str, ids: str) -> tuple[str, ...]:
    """Return the actors of a side: as many as there are ids, where these stand beside them."""
    names = side.split(",")
    if ids.strip() and len(ids.split(",")) != len(names):
        names = [side]
    return distinct_names(*names)


def _actors(*cells: str) -> tuple[ActorRef, ...]:
    side_a, ids_a, side_b, ids_b, second_a, second_b = cells
    named = {
        "side a": _names(side_a, ids_a),
        "side b": _names(side_b, ids_b),
        "support for side a": _names(second_a, ""),
        "support for side b": _names(second_b, ""),
    }
    return tuple(ActorRef(name, role, name) for role, names in named.items() for name in names)


def _intensity(level: str, best: str) -> str:
    """Return the level of intensity, that of the best estimate of deaths where none is told, "" for none."""
    if level.strip() or not best.strip().isdecimal():
        return level.strip()
    return next((code for code, least in _LEAST_DEATHS.items() if int(best) >= least), "")


def _importance(level: str, best: str) -> int:
    return _IMPORTANCE.get(_intensity(level, best), USUAL_IMPORTANCE)


def _tags(issue: str, territory: str, intensity: str, best: str, region: str) -> tuple[str, ...]:
    issues = (_INTENSITIES.get(_intensity(intensity, best), ""), _ISSUES.get(issue.strip(), ""), territory)
    return distinct_names(*issues, *regions_of(region))


def _sources() -> tuple[Source, ...]:
    return (Source(_DATASET, title="UCDP/PRIO Armed Conflict Dataset", publisher=_PUBLISHER),)


def _claims(cell: Callable[[str], str]) -> tuple[Claim, ...]:
    """Return what UCDP says of the deaths of the year, and of the dates around it."""
    best, low, high = cell("bd_best"), cell("bd_low"), cell("bd_high")
    if not (best or low or high):
        low, high = _DEATHS.get(cell("intensity_level"), ("", ""))
    deaths = Claim("battle-related deaths", (_PUBLISHER,), best, low, high, "people", source=_DATASET)
    return (*([deaths] if best or low or high else []), *claims_of_dates(cell, _PUBLISHER, _DATASET))


def _finish(event: Event, cells: Cells) -> Event:
    cell = stripped(cells)
    known = {name: text for name, text in cells.items() if text.strip() not in _UNKNOWN}
    sources = tuple(replace(source, published=released(cell("version"))) for source in event.own_sources)
    return replace(event, claims=_claims(cell), own_sources=sources, extra=others(known, _TAKEN))


_RULES = EventRules(
    id=Rule(("dyad_id", "conflict_id", "year"), _id),
    title=Rule((*_SIDES, "incompatibility", "territory_name", *_GRADING, "year"), _title),
    when=Rule(("year",), whole_year),
    type=Rule(("type_of_conflict",), lambda code: _KINDS.get(code.strip(), "")),
    place=Rule(("location",), str.strip),
    actors=Rule(_SIDES, _actors),
    sources=Rule((), _sources),
    tags=Rule(("incompatibility", "territory_name", *_GRADING, "region"), _tags),
    importance=Rule(_GRADING, _importance),
    known=Rule(("version",), lambda version: known_from((released(version),))),
    fault=Rule(("year",), fault_of_year),
    finish=_finish,
)


TABLE = CodedTable(
    name="ucdp-prio",
    endings=(".csv",),
    description="Years of armed conflict: UCDP/PRIO Armed Conflict Dataset and UCDP Dyadic Dataset, as CSV",
    recognised_by="the columns of the UCDP/PRIO Armed Conflict Dataset",
    title="UCDP/PRIO Armed Conflict Dataset",
    summary=_SUMMARY,
    shape_of=_shape,
    rules_of=always(_RULES),
    whole_numbers=frozenset(_COLUMNS) - {"version", "start_date", "start_date2", "ep_end_date"},
)
READER = TABLE.reader()
