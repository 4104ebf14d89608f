"""All that an event tells as plain values, to stand beside what another program's format can show of it.

The values are those of JSON Lines, see writers/full_record.py. `shown` has for each field that the format shows in
words of its own a digest of these as they stand in the file. So readers/told_beside.py takes back what is shown only
in part where nobody has changed that in another program.
"""

from __future__ import annotations

from collections.abc import Mapping

from timeline_app.core.event import USUAL_IMPORTANCE, Event
from timeline_app.core.shown_digest import shown_digest
from timeline_app.core.table import EventTable
from timeline_app.writers.full_record import told_record
from timeline_app.writers.records import Record

# What other programs' formats say by themselves, or what says nothing of the event.
_LEFT_OUT = frozenset(
    {
        *("id", "when", "start", "end", "open_end", "precision", "match", "origin", "origins", "disputed", "note"),
    }
)
# What follows from the documents of sources.
_CHECKED = frozenset({"verified", "differences"})
# What formats show as it is. An event of which no more is told needs nothing beside it.
_SHOWN_WHOLE = frozenset({"title", "type", "place", "location", "summary"})


def told_beside(event: Event, table: EventTable, shown: Mapping[str, str], *, summary: str) -> Record:
    """Return what is told of an event, empty where a format shows all of it.

    `shown` has the words of the format by the fields that these are all it has of, `summary` is how the format would
    show that alone.
    """
    whole = told_record(event, table, certain=True)
    record = {name: value for name, value in _told(whole).items() if name not in _LEFT_OUT}
    if event.importance == USUAL_IMPORTANCE:
        record.pop("importance", None)
    if str(event.basis) == "stated":
        record.pop("basis", None)
    is_summary_whole = shown_digest(shown.get("summary", "")) == shown_digest(summary)
    if record.keys() <= _SHOWN_WHOLE and is_summary_whole:
        return {}
    return record | {"shown": {name: shown_digest(words) for name, words in shown.items()}}


def _told(record: Record) -> Record:
    """Return what a mapping says, and so those within it; what a file says beyond the format is left as it is."""
    return {
        name: value if name == "extra" else _told_value(value)
        for name, value in record.items()
        if name not in _CHECKED and value not in (None, "", [], {})
    }


def _told_value(value: object) -> object:
    if isinstance(value, dict):
        return _told(value)
    return [_told_value(one) for one in value] if isinstance(value, list) else value
