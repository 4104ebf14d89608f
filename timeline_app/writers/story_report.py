"""A story as a report in Markdown: each step with its paragraph, what it shows, and the words of what is selected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from timeline_app.core.arrays import Int32Array
from timeline_app.core.filter import FilterResult, evaluate
from timeline_app.core.known_view import known_view
from timeline_app.core.range_words import range_in_words
from timeline_app.core.table import EventTable
from timeline_app.core.told_story import ToldStep, ToldStory
from timeline_app.core.when import in_words
from timeline_app.writers.filter_words import filter_words
from timeline_app.writers.markdown_report import Footnotes, event_blocks
from timeline_app.writers.markup import markdown_line, markdown_text

MOST_LISTED = 40
_PARAGRAPH_END = re.compile(r"\n\s*\n")


def render_story(table: EventTable, story: ToldStory) -> Iterator[str]:
    """Give the title, the steps in their order, then the sources."""
    yield f"# {markdown_line(story.title)}\n"
    if table.title.strip():
        yield f"\nTold with the timeline “{markdown_line(table.title)}”.\n"
    notes = Footnotes(table)
    for number, told in enumerate(story.steps, start=1):
        yield from _step_blocks(number, told, table, notes)
    yield from notes.blocks()


def _step_blocks(number: int, told: ToldStep, table: EventTable, notes: Footnotes) -> Iterator[str]:
    result = evaluate(told.wanted, table)
    known = known_view(table, told.wanted)
    selected = [row for row in map(table.row_of, told.step.selection) if row is not None]
    heading = known.event(selected[0]).title if selected else _seen(told)
    yield f"\n## {number}. {markdown_line(heading or 'Everything')}\n"
    if told.step.text.strip():
        for paragraph in _PARAGRAPH_END.split(told.step.text.strip()):
            yield f"\n{markdown_text(paragraph)}\n"
    events = "event" if len(table) == 1 else "events"
    words = (_seen(told), filter_words(told.wanted), f"{result.shown:,} of {len(table):,} {events}")
    yield f"\n*{' · '.join(markdown_line(part) for part in words if part)}*\n"
    for row in selected:
        event = known.event(row)
        yield from event_blocks(event, notes, certain=not result.has(row) or bool(result.certain[row]))
    rows = _listed(result, selected, told, table) if not told.wanted.is_empty else result.rows[:0]
    if len(rows):
        yield "\n"
        for row in rows[:MOST_LISTED].tolist():
            event = known.event(row)
            yield f"- {markdown_line(in_words(event.when))}: {markdown_line(event.title)}\n"
        if len(rows) > MOST_LISTED:
            yield f"- and {len(rows) - MOST_LISTED:,} more\n"


def _listed(result: FilterResult, selected: Sequence[int], told: ToldStep, table: EventTable) -> Int32Array:
    """Return the rows of a step that may lie in the stretch of time that it shows, without those that are selected."""
    rows = result.rows[~np.isin(result.rows, selected)]
    if told.step.view_s is None:
        return rows
    first_s, _, _, last_s = table.times.at(rows)
    return rows[(first_s <= told.step.view_s[1]) & (last_s >= told.step.view_s[0])]


def _seen(told: ToldStep) -> str:
    """Return the stretch of time that a step shows, in words."""
    return range_in_words(*told.step.view_s) if told.step.view_s is not None else ""
