"""What is said beside the pointer about the event or the count under it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF
from PySide6.QtWidgets import QToolTip

from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.scene.frame import Cluster
from timeline_app.scene.hit import Hit
from timeline_app.ui.safe_widgets import tooltip_markup
from timeline_app.ui.timeline.canvas import TimelineCanvas

EXCERPT_CHARACTERS = 220
TITLES = 6


class TimelineTips(QObject):
    """Shows title, date and the first words of the source for what the pointer is over."""

    def __init__(self, timeline: TimelineCanvas) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        timeline.tip_wanted.connect(self._show)

    def _show(self, hit: Hit | None, place: QPointF | None) -> None:
        if hit is None or place is None or (hit.row is None and hit.cluster is None):
            QToolTip.hideText()
            return
        QToolTip.showText(place.toPoint(), tooltip_markup(tip_text(hit, self._timeline.session.table)), self._timeline)


def tip_text(hit: Hit, table: EventTable) -> str:
    """Return what is said about an event or a count, "" for neither."""
    if hit.row is not None:
        return _event_text(hit.row, table)
    return _cluster_text(hit.cluster, table) if hit.cluster is not None else ""


def _event_text(row: int, table: EventTable) -> str:
    event = table.event(row)
    words = event.excerpts[0].text if event.excerpts else event.summary
    cut = words[:EXCERPT_CHARACTERS] + ("…" if len(words) > EXCERPT_CHARACTERS else "")
    quoted = f"“{cut}”" if event.excerpts else cut
    return f"{event.title}\n{in_words(event.when)}" + (f"\n\n{quoted}" if words else "")


def _cluster_text(cluster: Cluster, table: EventTable) -> str:
    titles = [table.titles[int(row)] for row in cluster.rows[:TITLES]]
    more = cluster.count - len(titles)
    return "\n".join(titles) + (f"\nand {more:,} more; double click opens them" if more > 0 else "")
