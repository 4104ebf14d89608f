"""What an HTML page knows of the story that it tells."""

from __future__ import annotations

from typing import Any

import numpy as np

from timeline_app.core.filter import FilterResult, evaluate
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.core.told_story import ToldStep, ToldStory

Tree = dict[str, Any]


def tale_tree(story: ToldStory, table: EventTable, on_page: FilterResult) -> Tree:
    """Return a story with its views: time in seconds, events by their numbers on the page."""
    return {"title": safe_text(story.title), "steps": [_step(told, table, on_page) for told in story.steps]}


def _step(told: ToldStep, table: EventTable, on_page: FilterResult) -> Tree:
    step = told.step
    rows = [row for row in map(table.row_of, step.selection) if row is not None and on_page.has(row)]
    tree: Tree = {"text": safe_text(step.text.strip(), keep_lines=True), "lanes": step.lanes, "view": step.view_s}
    if rows:
        tree["selected"] = int(np.searchsorted(on_page.rows, rows[-1]))
    if not told.wanted.is_empty:
        shown = np.isin(on_page.rows, evaluate(told.wanted, table).rows)
        tree["only"] = np.flatnonzero(shown).tolist()
    return {name: value for name, value in tree.items() if value not in ("", None)}
