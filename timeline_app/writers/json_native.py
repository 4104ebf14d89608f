"""The native format as JSON: the same tree as the YAML, read again by the same reader."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.filter import Filter
from timeline_app.core.table import EventTable
from timeline_app.writers.native_tree import NativeTimeline
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import json_text


def render_json(table: EventTable, wanted: Filter, options: WriteOptions) -> Iterator[str]:
    """Give the events that pass in the order of their files, after what they need of sources and actors."""
    del options  # Nothing can be chosen for this format.
    timeline = NativeTimeline(table, wanted)
    yield json_text(timeline.head, indent=2).removesuffix("\n}") + ',\n  "events": ['
    separator = "\n"
    for event in timeline.events():
        yield separator + "    " + json_text(event, indent=2).replace("\n", "\n    ")
        separator = ",\n"
    yield "\n  ]\n}\n" if len(timeline) else "]\n}\n"
