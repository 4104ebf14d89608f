"""Measure, print, and with --json write the figures: python -m tests.bench [--events N …] [--json FILE]."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import qVersion

from tests.bench.floors import measure_floors
from tests.bench.start import measure_start
from tests.bench.window import measure_window
from timeline_app.app import make_application

DEFAULT_EVENTS = (1_000, 10_000)


def main() -> int:
    """Run the bench and return the exit status."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=list(DEFAULT_EVENTS), help="sizes of timelines")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    arguments = parser.parse_args()
    start = measure_start()
    say(f"start: first frame {start['first_frame_s']:.3f} s, empty window {start['E_s']:.3f} s, × {start['ratio']:.2f}")
    say(f"an empty window that imports NumPy: {start['E_with_numpy_s']:.3f} s, × {start['ratio_with_numpy']:.2f}")
    application = make_application()
    floors = {**measure_floors(application), "E_s": start["E_s"]}
    say(f"floors: F0 {floors['F0_ms']:.2f} ms, F1 {floors['F1_ms']:.2f} ms")
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        for count in arguments.events:
            run = measure_window(application, count, Path(folder))
            runs.append(run)
            say(json.dumps({key: value for key, value in run.items() if key != "by_zoom"}))
    figures = {"machine": machine(), "floors": floors, "start": start, "runs": runs}
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def machine() -> dict[str, object]:
    """Return what the figures were measured on."""
    return {
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "qt": qVersion(),
    }


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 — this is what the bench is for


if __name__ == "__main__":
    sys.exit(main())
