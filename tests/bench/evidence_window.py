"""Everything that is measured of a file whose events come with evidence, in a process of its own."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from pathlib import Path
from typing import Any

from tests.bench.evidence_filters import measure_as_of, measure_filters, note_some
from tests.bench.evidence_panes import (
    measure_command,
    measure_compared_frames,
    measure_comparisons,
    measure_known_frames,
    measure_panes,
)
from tests.bench.figures import peak_rss_mb, resident_bytes
from tests.bench.floors import Floors
from tests.bench.rig import shown_window
from timeline_app.app import make_application

LONGEST_BACKGROUND_S = 120.0


def main() -> int:
    """Measure one file and a later release of it, and write the figures where the bench wants them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.evidence_window", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("later", type=Path, help="a later release of it")
    parser.add_argument("--events", type=int, required=True, help="how many there must be")
    parser.add_argument("--json", type=Path, required=True)
    asked = parser.parse_args()
    # NumPy's linear algebra would take memory for each core; the program itself starts like this.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    figures = measure_evidence(asked.file, asked.later, asked.events)
    asked.json.write_text(json.dumps(figures), encoding="utf-8")
    return 0


def measure_evidence(path: Path, later: Path, events: int) -> dict[str, Any]:
    """Return the figures; raises NotPaintedError for what did not come on screen."""
    application = make_application(on_screen=False)
    floors = Floors(application)
    gaps_ms: dict[str, float] = {}
    with shown_window(application) as rig:
        gc.collect()
        empty_bytes = resident_bytes()
        figures: dict[str, Any] = {"events": events, "open_s": rig.time_opening([path])}
        if len(rig.window.session.table) != events:
            raise RuntimeError(f"{path} gave {len(rig.window.session.table):,} events instead of {events:,}")
        rig.loop.settle(LONGEST_BACKGROUND_S)
        gc.collect()
        figures["bytes_per_event"] = (resident_bytes() - empty_bytes) / events
        note_some(rig)
        parts = (
            ("filters", lambda: measure_filters(rig)),
            ("as_of", lambda: measure_as_of(rig)),
            ("panes", lambda: measure_panes(rig)),
            ("known", lambda: measure_known_frames(rig, floors)),
            ("comparisons", lambda: measure_comparisons(rig, later)),
            ("compared", lambda: measure_compared_frames(rig, floors)),
        )
        for name, measure in parts:
            with rig.loop.gaps() as gap:
                figures[name] = measure()
            gaps_ms[name] = gap[0]
        floors.close()
    figures["floors"] = floors.figures()
    figures["loop_gaps_ms"] = gaps_ms
    figures["loop_gap_ms"] = max(gaps_ms.values())
    figures["peak_rss_mb"] = peak_rss_mb()
    figures["diff"] = {style: measure_command(str(path), str(later), "--format", style) for style in ("text", "json")}
    return figures


if __name__ == "__main__":
    sys.exit(main())
