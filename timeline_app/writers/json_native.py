"""The native format as JSON: the same tree as the YAML, read again by the same reader."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.filter import Filter
from timeline_app.core.table import EventTable
from timeline_app.writers.native_tree import chosen_events, event_tree, native_head
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import json_text


def render_json(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give the tree of the events that pass, in the order of their files."""
    del options  # Nothing can be chosen for this format.
    tree = native_head(table, wanted) | {"events": [event_tree(event) for event in chosen_events(table, wanted)]}
    yield json_text(tree, indent=2) + "\n"
