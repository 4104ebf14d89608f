"""Choose and clear actors and combinations, and check each picture's counts against counts taken here."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypedDict

import numpy as np

from tests.bench.figures import Spread, spread
from tests.bench.made_up import TYPES
from tests.bench.rig import Rig
from timeline_app.core.arrays import Int32Array
from timeline_app.core.counts import ChoiceCounts
from timeline_app.core.filter import Filter, Match
from timeline_app.core.table import EventTable
from timeline_app.ui.panels.choice_counter import ChoiceCounter

ACTORS_TRIED = 10
COMBINATIONS = 10
FIRST_YEAR = 1995
YEARS = 8


class ActorFigures(TypedDict):
    """Choosing and clearing one actor: the most frequent one alone, frequent ones, rare ones, and clearing."""

    median: float
    p99: float
    most_frequent: float
    frequent: Spread
    rare: Spread
    cleared: Spread


def measure_actor_filter(rig: Rig) -> ActorFigures:
    """Choose each of the most frequent and of the rarest actors once, so that nothing is found in a cache."""
    table = rig.window.session.table
    by_count = np.argsort(-table.actors.counts, kind="stable")
    present = by_count[table.actors.counts[by_count] > 0].tolist()
    frequent_ms: list[float] = []
    rare_ms: list[float] = []
    cleared_ms: list[float] = []
    for codes, taken_ms in ((present[:ACTORS_TRIED], frequent_ms), (present[-ACTORS_TRIED:], rare_ms)):
        for code in codes:
            rig.loop.settle()
            wanted = Filter(actors=(table.actors.names[code],))
            taken_ms.append(rig.time_filter(wanted, int(table.actors.counts[code])))
            rig.loop.settle()
            cleared_ms.append(rig.time_filter(Filter(), len(table)))
    whole = spread([*frequent_ms, *rare_ms, *cleared_ms])
    return {
        "median": whole["median"],
        "p99": whole["p99"],
        "most_frequent": frequent_ms[0],
        "frequent": spread(frequent_ms),
        "rare": spread(rare_ms),
        "cleared": spread(cleared_ms),
    }


def measure_combined_filter(rig: Rig) -> Spread:
    """Ask for any or all of three actors, some years and a type, each time others."""
    table = rig.window.session.table
    taken_ms = []
    for wanted in _combinations(table):
        rig.loop.settle()
        taken_ms.append(rig.time_filter(wanted, _passing(table, wanted)))
    rig.window.session.set_filter(Filter())
    rig.loop.settle()
    return spread(taken_ms)


def measure_actor_counts(rig: Rig) -> Spread:
    """Ask for years and a type, each time others, until the counts beside the actors are those under this filter."""
    session = rig.window.session
    counter = rig.window.findChild(ChoiceCounter)
    if counter is None:
        raise RuntimeError("nothing is counted beside the choices")
    told: list[ChoiceCounts] = []
    counter.counts_changed.connect(told.append)
    taken_ms = []
    for combination in _combinations(session.table):
        wanted = replace(combination, actors=(), match=Match.ANY)
        rig.loop.settle()
        told.clear()
        begin = time.perf_counter()
        session.set_filter(wanted)
        rig.loop.run_until(lambda: bool(told) and counter.is_settled, f"actors were counted under {wanted}")
        taken_ms.append((rig.loop.flush() - begin) * 1e3)
        for name in combination.actors:
            counted = int(told[-1].actors[session.table.actors.codes[name]])
            passing = _passing(session.table, replace(wanted, actors=(name,)))
            if counted != passing:
                raise RuntimeError(f"{counted:,} events of {name} were counted under {wanted}, not {passing:,}")
    counter.counts_changed.disconnect(told.append)
    session.set_filter(Filter())
    rig.loop.settle()
    return spread(taken_ms)


def _combinations(table: EventTable) -> Iterator[Filter]:
    """Yield filters by any or all of three frequent actors, some years and a type."""
    names = [table.actors.names[code] for code in np.argsort(-table.actors.counts, kind="stable").tolist()]
    for number in range(COMBINATIONS):
        first = FIRST_YEAR + number
        yield Filter(
            actors=tuple(names[number : number + 3]),
            match=Match.ALL if number % 2 else Match.ANY,
            since=str(first),
            until=str(first + YEARS),
            types=(tuple(TYPES)[number % 2],),
        )


def _passing(table: EventTable, wanted: Filter) -> int:
    """Count what passes in a way of its own: from the rows of the actors, by sets."""
    postings = [table.actors.rows_of(name) for name in wanted.actors]
    rows: Int32Array = postings[0]
    for other in postings[1:]:
        rows = np.intersect1d(rows, other) if wanted.match is Match.ALL else np.union1d(rows, other)
    rows = rows[table.type_codes[rows] == table.types.index(wanted.types[0])]
    starts_s, _, _, ends_s = table.times.at(rows)
    within = (starts_s < _new_year_s(int(wanted.until) + 1)) & (ends_s >= _new_year_s(int(wanted.since)))
    return int(np.count_nonzero(within))


def _new_year_s(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
