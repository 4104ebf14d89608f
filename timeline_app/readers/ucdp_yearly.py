"""Read the UCDP Non-State Conflict Dataset and the UCDP One-sided Violence Dataset: one row for each year.

Both begin in 1989 and appear each year, as CSV and as spreadsheets. A row of the first is a year of fighting between
two groups of which none is a government, of the second a year in which a government or a group killed civilians. Until
2016 columns were called SideA, ActorName or BestFatalityEstimate; since 2017 side_a_name, actor_name and
best_fatality_estimate. What a row tells was known when its version appeared: 24.1 in 2024, 2.5-2016 in 2016.

What a row tells is true of a calendar year, so its event lasts from 1 January to 31 December. Deaths are a claim, whose
best estimate grades the event: 25 deaths 3, 100 deaths 4, 1,000 deaths 5. Of non-state conflicts the start and the end
of the fighting are claims too, and org tells how the groups are organised. A side that is several groups together keeps
these (side_a_components) beside it. Written by the codebooks of versions 2.5 and 24.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from timeline_app.core.event import ActorRef, Claim, Event, Source
from timeline_app.core.known import known_from
from timeline_app.readers.coded_columns import known_columns
from timeline_app.readers.coded_rules import Cells, EventRules, Rule, distinct_names, others, stripped
from timeline_app.readers.coded_table import CodedTable, always
from timeline_app.readers.death_tolls import deaths_in_words
from timeline_app.readers.delimited import TableShape
from timeline_app.readers.graded_importance import importance_of_count
from timeline_app.readers.ucdp_years import claims_of_dates, fault_of_year, regions_of, released, whole_year

_SUMMARY = (
    "Years of violence since 1989. UCDP Non-State Conflict Dataset and UCDP One-sided Violence Dataset, CC BY 4.0; "
    "Sundberg, Eck and Kreutz (2012), Introducing the UCDP Non-State Conflict Dataset, Journal of Peace Research "
    "49(2); Eck and Hultman (2007), One-Sided Violence Against Civilians in War, Journal of Peace Research 44(2)."
)
_PUBLISHER = "UCDP"
_NON_STATE, _ONE_SIDED = "non-state", "one-sided"
_DATASETS = {_NON_STATE: "UCDP Non-State Conflict Dataset", _ONE_SIDED: "UCDP One-sided Violence Dataset"}
_ACTOR, _SIDES = "actor_name", ("side_a_name", "side_b_name")
_WHO = (_ACTOR, *_SIDES)
_BEST, _LOW, _HIGH = "best_fatality_estimate", "low_fatality_estimate", "high_fatality_estimate"
_IDENTITY = ("dyad_id", "actor_id", "conflict_id", "year")
_COLUMNS = (
    *(*_IDENTITY, *_WHO, _BEST, _LOW, _HIGH, "location", "region", "version", "org", "is_government_actor"),
    *("start_date", "start_prec", "start_date2", "start_prec2", "ep_end", "ep_end_date", "ep_end_prec"),
)
_OLDER = {"side_a": "side_a_name", "side_b": "side_b_name", "dyad_new_id": "dyad_id", "actor": _ACTOR}
_VICTIMS = "Civilians"
_ORGANISED = {"1": "organised groups", "2": "supporters of organised groups", "3": "communal groups"}
# From how many deaths on a year is of importance 2, 3, 4 and 5.
_DEATHS_OF_IMPORTANCE = (1, 25, 100, 1_000)
_UNKNOWN = frozenset({"", "-99", "-9", "-1"})
_TAKEN = frozenset({*_WHO, _BEST, _LOW, _HIGH, "location", "year"})


def _shape(delimiter: str, rows: Sequence[Sequence[str]]) -> TableShape | None:
    """Return the shape of a table of years of such violence, None for any other."""
    columns = known_columns(rows[0], _COLUMNS, _OLDER)
    is_one = {"year", _BEST} <= set(columns) and (_ACTOR in columns or {*_SIDES} <= set(columns))
    return TableShape(delimiter, columns) if is_one else None


def _kind(actor: str) -> str:
    return _ONE_SIDED if actor.strip() else _NON_STATE


def _id(dyad: str, actor: str, conflict: str, year: str) -> str:
    own = dyad.strip() or actor.strip() or conflict.strip()
    return f"{own}-{year.strip()}" if own else ""


def _title(actor: str, side_a: str, side_b: str, best: str, year: str) -> str:
    sides = (actor, _VICTIMS) if actor.strip() else (side_a, side_b)
    who = " – ".join(name.strip().removeprefix("Government of ") for name in sides if name.strip())
    return f"{who}: {deaths_in_words('' if best.strip() in _UNKNOWN else best) or _kind(actor)}, {year.strip()}"


def _actors(actor: str, side_a: str, side_b: str) -> tuple[ActorRef, ...]:
    if actor.strip():
        return ActorRef(actor.strip(), "attacker", actor.strip()), ActorRef(_VICTIMS, "target", _VICTIMS)
    return tuple(ActorRef(name, "participant", name) for name in distinct_names(side_a, side_b))


def _tags(actor: str, organised: str, government: str, region: str) -> tuple[str, ...]:
    who = _ORGANISED.get(organised.strip(), "")
    by = "by a government" if actor.strip() and government.strip() == "1" else ""
    return distinct_names(who, by, *regions_of(region))


def _sources(actor: str) -> tuple[Source, ...]:
    name = _DATASETS[_kind(actor)]
    return (Source(name, title=name, publisher=_PUBLISHER),)


def _finish(event: Event, cells: Cells) -> Event:
    cell = stripped(cells)
    sources = tuple(replace(source, published=released(cell("version"))) for source in event.own_sources)
    best, low, high = ("" if cell(name) in _UNKNOWN else cell(name) for name in (_BEST, _LOW, _HIGH))
    dataset = sources[0].key
    deaths = [Claim("deaths", (_PUBLISHER,), best, low, high, "people", source=dataset)] if best or low or high else []
    known = {name: text for name, text in cells.items() if text.strip() not in _UNKNOWN}
    claims = (*deaths, *claims_of_dates(cell, _PUBLISHER, dataset))
    return replace(event, claims=claims, own_sources=sources, extra=others(known, _TAKEN))


_RULES = EventRules(
    id=Rule(_IDENTITY, _id),
    title=Rule((*_WHO, _BEST, "year"), _title),
    when=Rule(("year",), whole_year),
    type=Rule((_ACTOR,), _kind),
    place=Rule(("location",), str.strip),
    actors=Rule(_WHO, _actors),
    sources=Rule((_ACTOR,), _sources),
    tags=Rule((_ACTOR, "org", "is_government_actor", "region"), _tags),
    importance=Rule((_BEST,), partial(importance_of_count, least=_DEATHS_OF_IMPORTANCE)),
    known=Rule(("version",), lambda version: known_from((released(version),))),
    fault=Rule(("year",), fault_of_year),
    finish=_finish,
)


TABLE = CodedTable(
    name="ucdp-yearly",
    endings=(".csv",),
    description="Years of violence without a government or against civilians: UCDP Non-State and One-sided, as CSV",
    recognised_by="the columns of the UCDP Non-State Conflict Dataset or of the UCDP One-sided Violence Dataset",
    title="UCDP years of violence",
    summary=_SUMMARY,
    shape_of=_shape,
    rules_of=always(_RULES),
    whole_numbers=frozenset({*_IDENTITY, _BEST, _LOW, _HIGH, "region", "org", "is_government_actor"}),
)
READER = TABLE.reader()
