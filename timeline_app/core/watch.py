"""Watching something that takes long: whether anybody still wants it, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from timeline_app.core.errors import Cancelled
from timeline_app.core.event import Event
from timeline_app.core.progress import Progress, Report
from timeline_app.core.table import EventTable
from timeline_app.core.viewed_records import ViewedRecords


def _nobody_asks(_progress: Progress) -> None:
    """Take no notice of how far something is."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who waits for something that is being written: asked whether it is still wanted, and told how far it is."""

    is_wanted: Callable[[], bool] = lambda: True
    report: Report = _nobody_asks

    def go_on(self) -> None:
        """Raise Cancelled once it is not wanted any more."""
        if not self.is_wanted():
            raise Cancelled("cancelled; nothing was written")


UNWATCHED = Watch()


def watched_table(table: EventTable, watch: Watch) -> EventTable:
    """Return the same table, of which nothing more is read once it is not wanted: Cancelled is raised instead."""
    if watch is UNWATCHED:
        return table

    def seen(_row: int, event: Event) -> Event:
        watch.go_on()
        return event

    return replace(table, records=ViewedRecords(table.records, seen))


def watched_chunks(chunks: Iterable[bytes], name: str, watch: Watch) -> Iterator[bytes]:
    """Give the chunks of a file of that name on, and tell how many bytes they are; raises Cancelled."""
    done = 0
    for chunk in chunks:
        watch.go_on()
        done += len(chunk)
        watch.report(Progress(name, bytes_done=done))
        yield chunk
