"""Type words into the search field, letter by letter, and wait for the hits of each."""

from __future__ import annotations

import time
from typing import TypedDict

from PySide6.QtTest import QTest

from tests.bench.figures import spread
from tests.bench.loop import NotPaintedError
from tests.bench.rig import Rig

WORDS = ("ceasefire", "harbour", "northern", "withdrew")
PATIENCE_S = 20.0


class SearchFigures(TypedDict):
    """Milliseconds a key stroke; None with the reason where hits did not come in time."""

    median: float | None
    p99: float | None
    inputs: int
    note: str


def measure_search(rig: Rig) -> SearchFigures:
    """Type words that excerpts are full of; a key stroke ends when the hits of what stands there are on screen."""
    window, session = rig.window, rig.window.session
    field = window.search_box.field
    field.setFocus()
    taken_ms = []
    try:
        for word in WORDS:
            for letter in word:
                begin = time.perf_counter()
                QTest.keyClicks(field, letter)
                what = f"“{field.text()}” was searched"
                rig.loop.run_until(lambda: session.hits.text == field.text(), what, PATIENCE_S)
                taken_ms.append((rig.loop.flush() - begin) * 1e3)
            if not len(session.hits.rows):
                raise RuntimeError(f"“{word}” was not found, though excerpts are full of it")
            window.search_box.clear_search()
            rig.loop.settle()
    except NotPaintedError as error:
        window.search_box.clear_search()
        return {"median": None, "p99": None, "inputs": len(taken_ms), "note": str(error)}
    found = spread(taken_ms)
    return {"median": found["median"], "p99": found["p99"], "inputs": found["inputs"], "note": ""}
