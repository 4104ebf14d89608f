"""What is said beside the pointer about the event or the count under it."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QToolTip

from timeline_app.core.claim_figures import claim_summaries
from timeline_app.core.distinct_actors import distinct_actors
from timeline_app.core.doubt_words import counted_in_doubt
from timeline_app.core.errors import ReadError
from timeline_app.core.filter import FilterResult
from timeline_app.core.search import best_rows
from timeline_app.core.table import LARGE, EventTable
from timeline_app.core.when import in_words
from timeline_app.scene.clusters import Cluster
from timeline_app.scene.hit import Hit
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.safe_widgets import tooltip_markup
from timeline_app.ui.timeline.accessible_words import cluster_name, counted_events, period_words
from timeline_app.ui.timeline.canvas import TimelineCanvas
from timeline_app.ui.timeline.column_hit import Column

EXCERPT_CHARACTERS = 220
TITLES = 5
CLAIMS = 2
MOST_LINES = TITLES + 3


class TimelineTips(QObject):
    """Shows title, date and the first words of the source for what the pointer is over; of a count what it stands for.

    A count of very many is looked through in the background: until that is done only their number is said.
    """

    def __init__(self, timeline: TimelineCanvas) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._place = QPointF()
        self._job = NewestJob(self)
        self._job.finished.connect(self._show_words)
        timeline.tip_wanted.connect(self._show)

    def _show(self, hit: Hit | None, place: QPointF | None) -> None:
        self._job.cancel()
        if hit is None or place is None or (hit.row is None and hit.cluster is None):
            QToolTip.hideText()
            return
        self._place = place
        table, result = self._timeline.session.known_table, self._timeline.session.result
        if hit.cluster is None or hit.cluster.count <= LARGE:
            self._show_words(_tip_or_trouble(hit, table, result))
        else:
            self._show_words(counted_events(hit.cluster.count))
            self._job.start(partial(_tip_or_trouble, hit, table, result))

    def _show_words(self, words: str) -> None:
        QToolTip.showText(
            self._place.toPoint(), tooltip_markup(words, most_lines=MOST_LINES, has_heading=True), self._timeline
        )


def _tip_or_trouble(hit: Hit, table: EventTable, result: FilterResult) -> str:
    """Return the same as `tip_text`, or why that cannot be read any more."""
    try:
        return tip_text(hit, table, result)
    except ReadError as error:
        return str(error)


def tip_text(hit: Hit, table: EventTable, result: FilterResult) -> str:
    """Return what is said about an event or a count, "" for neither; `result` is what passes the filter."""
    if hit.row is not None:
        return _event_text(hit.row, table)
    return _cluster_text(hit.cluster, table, result) if hit.cluster is not None else ""


def _event_text(row: int, table: EventTable) -> str:
    event = table.event(row)
    words = event.excerpts[0].text if event.excerpts else event.summary
    cut = words[:EXCERPT_CHARACTERS] + ("…" if len(words) > EXCERPT_CHARACTERS else "")
    quoted = f"“{cut}”" if event.excerpts else cut
    told = "\n".join((event.title, in_words(event.when), *claim_summaries(event.claims)[:CLAIMS]))
    return told + (f"\n\n{quoted}" if words else "")


def _cluster_text(cluster: Cluster, table: EventTable, result: FilterResult) -> str:
    """Say how many events, how surely, from when to when and of how many actors, and the most important titles."""
    rows = cluster.rows
    possible = int(np.count_nonzero(~result.certain_if_passing[rows]))
    doubt = f" ({counted_in_doubt(cluster.count, possible)})" if possible else ""
    actors = distinct_actors(table, rows)
    named = _beginning_words(table, cluster) if isinstance(cluster, Column) else cluster_name(table, cluster)
    counted = f"{named}, {'1 actor' if actors == 1 else f'{actors:,} actors'}{doubt}"
    titles = table.titles_of(best_rows(table, rows, TITLES).tolist())
    more = cluster.count - len(titles)
    ending = [f"and {more:,} more; double click opens them"] if more else ["Double click opens them"]
    return "\n".join((counted, "", *titles, *ending))


def _beginning_words(table: EventTable, column: Column) -> str:
    """Say how many events begin in a column, and from when to when they do."""
    first_s = int(table.times.start_earliest_s[column.first_row])
    last_s = int(table.times.at(column.rows)[1].max())
    return (
        f"{counted_events(column.count)} {'begins' if column.count == 1 else 'begin'} {period_words(first_s, last_s)}"
    )
