"""The sources of what a picture shows, as the line at its foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from timeline_app.core.arrays import IntegerArray
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.scene.viewport import Viewport

MOST_NAMED = 12
LONGEST_NAME = 80


def shown_sources(table: EventTable, rows: IntegerArray, view: Viewport) -> tuple[str, ...]:
    """Return who the events of some rows that lie in a view are taken from, those of the most events first."""
    starts, _, _, ends = table.times.at(rows)
    mask = np.zeros(len(table), np.bool_)
    # What only touches an edge, as the year before does, is not what the picture is about.
    first_s, last_s = view.time_at(0.5), view.time_at(view.width_px - 0.5)
    mask[rows[(starts <= last_s) & (ends >= first_s)]] = True
    events_by_name: Counter[str] = Counter()
    for name, count in zip(table.sources.names, table.sources.counts_among(mask).tolist(), strict=True):
        if count:
            events_by_name[_in_words(table, name)] += count
    return tuple(sorted(events_by_name, key=lambda name: (-events_by_name[name], name)))


def sources_line(names: Sequence[str], fits: Callable[[str], bool]) -> str:
    """Return the line that names as many sources as fit and counts the others, "" where there is no source."""
    for named in range(min(len(names), MOST_NAMED), 0, -1):
        line = _line(names, named)
        if fits(line):
            return line
    counted = f"{len(names):,} source{'' if len(names) == 1 else 's'}" if names else ""
    return counted if fits(counted) else ""


def _line(names: Sequence[str], named: int) -> str:
    others = len(names) - named
    head = "Source: " if len(names) == 1 else "Sources: "
    return safe_text(head + "; ".join(names[:named]) + (f" and {others:,} more" if others else ""))


def _in_words(table: EventTable, name: str) -> str:
    source = table.source_by_key.get(name)
    told = (source.author or source.publisher or source.title) if source is not None else ""
    words = " ".join((told or name).split())
    return words if len(words) <= LONGEST_NAME else words[: LONGEST_NAME - 1] + "…"
