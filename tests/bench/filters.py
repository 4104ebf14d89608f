"""Choose and clear actors and combinations, and check each picture's counts against counts taken here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict

import numpy as np

from tests.bench.figures import Spread, spread
from tests.bench.made_up import TYPES
from tests.bench.rig import Rig
from timeline_app.core.arrays import Int32Array
from timeline_app.core.filter import Filter, Match
from timeline_app.core.table import EventTable

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
    names = [table.actors.names[code] for code in np.argsort(-table.actors.counts, kind="stable").tolist()]
    taken_ms = []
    for number in range(COMBINATIONS):
        first = FIRST_YEAR + number
        wanted = Filter(
            actors=tuple(names[number : number + 3]),
            match=Match.ALL if number % 2 else Match.ANY,
            since=str(first),
            until=str(first + YEARS),
            types=(tuple(TYPES)[number % 2],),
        )
        rig.loop.settle()
        taken_ms.append(rig.time_filter(wanted, _passing(table, wanted, first, first + YEARS)))
    rig.window.session.set_filter(Filter())
    rig.loop.settle()
    return spread(taken_ms)


def _passing(table: EventTable, wanted: Filter, first_year: int, last_year: int) -> int:
    """Count what passes in a way of its own: from the rows of the actors, by sets."""
    postings = [table.actors.rows_of(name) for name in wanted.actors]
    rows: Int32Array = postings[0]
    for other in postings[1:]:
        rows = np.intersect1d(rows, other) if wanted.match is Match.ALL else np.union1d(rows, other)
    rows = rows[table.type_codes[rows] == table.types.index(wanted.types[0])]
    starts_s, _, _, ends_s = table.times.at(rows)
    within = (starts_s < _new_year_s(last_year + 1)) & (ends_s >= _new_year_s(first_year))
    return int(np.count_nonzero(within))


def _new_year_s(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
