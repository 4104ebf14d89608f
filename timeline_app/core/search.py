"""Find events by a typed query among those that pass the filter."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from timeline_app.core.arrays import BoolArray
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.table import EventTable


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that a query finds, in time order, and how many more it would find without the filter."""

    rows: tuple[int, ...] = ()
    filtered_out: int = 0


def find_events(table: EventTable, query: Filter, passing: BoolArray) -> Found:
    """Find what a query matches among the passing rows, shape (rows,); raises FilterError as `evaluate` does."""
    matching = evaluate(query, table).mask
    found = np.flatnonzero(matching & passing)
    return Found(tuple(found.tolist()), int(np.count_nonzero(matching)) - len(found))


def narrowed(wanted: Filter, query: Filter) -> Filter:
    """Return a filter that also asks for what a query asks for.

    Words and exclusions are added; of any other field that both name, the query's values take the filter's place.
    """
    given = Filter()
    changed = {
        name: getattr(query, name)
        for name in ("roles", "types", "tags", "sources", "places", "since", "until", "certain", "min_importance")
        if getattr(query, name) != getattr(given, name)
    }
    both: Filter = replace(
        wanted,
        not_actors=tuple(dict.fromkeys(wanted.not_actors + query.not_actors)),
        find=tuple(dict.fromkeys(wanted.find + query.find)),
        **changed,
    )
    if query.actors:
        both = replace(both, actors=query.actors, match=query.match)
    return replace(both, members=True) if query.members else both
