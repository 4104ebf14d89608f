"""The words of an HTML page as its reader meets them, for a look before it is written."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.table import EventTable
from timeline_app.core.when import in_words
from timeline_app.writers.event_words import actors_in_words, one_line, source_in_words
from timeline_app.writers.html_page import check_size
from timeline_app.writers.records import passing_events


def words_of_page(table: EventTable, wanted: Filter) -> Iterator[str]:
    """Give the title, and of each event date, title, actors and excerpts; raises WriteError as the page does."""
    result = evaluate(wanted, table)
    check_size(result)
    yield f"{one_line(table.title)}\n"
    if table.summary.strip():
        yield f"{one_line(table.summary)}\n"
    for event, _ in passing_events(table, result):
        yield f"\n{in_words(event.when)}\n{one_line(event.title)}\n"
        if event.actors:
            yield f"{actors_in_words(event)}\n"
        for excerpt in event.excerpts:
            source = source_in_words(event, table, excerpt.source)
            yield f"“{one_line(excerpt.text)}”" + (f" — {source}\n" if source else "\n")
