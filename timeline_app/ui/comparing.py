"""Compare the open timeline with an older file, or two days of what was known of it, on a worker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from timeline_app.core.differences import Differences, differences, known_differences, state_of
from timeline_app.core.filter import Filter
from timeline_app.core.opened import AS_USUAL
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.core.watch import UNWATCHED, Watch, watched_chunks
from timeline_app.scene.compared import Compared
from timeline_app.ui.window_files import Load
from timeline_app.writers import write_file
from timeline_app.writers.differences import differences_json, differences_lines

JSON_ENDING = ".json"


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What differs, where that is drawn, and whether what was withdrawn is in the open table, too."""

    found: Differences
    compared: Compared
    has_withdrawn: bool


Compare = Callable[[threading.Event], Comparison]


def compare_with_file(load: Load, path: Path, table: EventTable, dropped: threading.Event) -> Comparison:
    """Compare a table with an older file, all of both; raises ReadError, and Cancelled once `dropped` is set."""
    opened = load([path], lambda _progress: None, dropped.is_set, AS_USUAL)
    if opened.table is None:
        raise opened.errors[0]
    before = opened.table
    found = differences(state_of(before, Filter()), state_of(table, Filter()), lambda: not dropped.is_set())
    return Comparison(found, Compared.of(found, table, before), has_withdrawn=False)


def compare_days(first: str, second: str, table: EventTable, dropped: threading.Event) -> Comparison:
    """Compare what was known of a table on two days, "" for all that is known; raises FilterError and Cancelled."""
    found = known_differences(table, first, second, lambda: not dropped.is_set())
    return Comparison(found, Compared.of(found, table, table), has_withdrawn=True)


def save_comparison(found: Differences, path: Path, inputs: list[Path], watch: Watch = UNWATCHED) -> Path:
    """Write what differs, as JSON under a name that ends so and as text under any other; raises WriteError, ReadError.

    On any thread; raises Cancelled once nobody wants it any more. What stands there is replaced, but for one of the
    `inputs`. Returns where it was written.
    """
    if path.suffix.lower() == JSON_ENDING:
        texts = differences_json(found)
    else:
        texts = (f"{safe_text(line)}\n" for line in differences_lines(found))
    chunks = (text.encode("utf-8", "backslashreplace") for text in texts)
    write_file(path, watched_chunks(chunks, path.name, watch), force=True, inputs=inputs)
    return path
