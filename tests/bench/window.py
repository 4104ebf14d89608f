"""Everything that is measured of one file in a window, in the contract's words; run in a process of its own."""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from tests.bench.figures import MEGABYTE, Spread, peak_rss_mb, resident_bytes, spread
from tests.bench.filters import measure_actor_counts, measure_actor_filter, measure_combined_filter
from tests.bench.floors import HEIGHT_PX, WIDTH_PX, Floors
from tests.bench.libraries import csv_read_s, parquet_read_s
from tests.bench.profile import profile_level
from tests.bench.rig import Rig, shown_window
from tests.bench.searching import measure_search
from tests.bench.sweep import Level, LevelFigures, Sweep
from timeline_app.app import make_application

REOPENINGS = 8
LONGEST_BACKGROUND_S = 120.0


def main() -> int:
    """Measure one file, and write the figures where the bench wants them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.window", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--events", type=int, required=True, help="how many there must be")
    parser.add_argument("--opening-only", action="store_true", help="against what the CSV library needs for the file")
    parser.add_argument("--json", type=Path, required=True)
    asked = parser.parse_args()
    # NumPy's linear algebra would take memory for each core; the program itself starts like this.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    figures = measure_opening(asked.file) if asked.opening_only else measure_window(asked.file, asked.events)
    asked.json.write_text(json.dumps(figures), encoding="utf-8")
    return 0


def measure_window(path: Path, events: int) -> dict[str, Any]:
    """Return the figures of one synthetic file; raises NotPaintedError for what did not come on screen."""
    application = make_application(on_screen=False)
    figures: dict[str, Any] = {"events": events, "canvas_px": [WIDTH_PX, HEIGHT_PX], "file": _about(path)}
    floors = Floors(application)
    gaps_ms: dict[str, float] = {}
    with shown_window(application) as rig:
        figures |= _opened(rig, path, events, gaps_ms)
        with rig.loop.gaps() as gap:
            sweep = Sweep(rig, floors)
            sweep.pan()
            sweep.zoom()
        floors.close()
        figures["floors"] = {**floors.figures(), **_library_floor(path)}
        gaps_ms["panning and zooming"] = gap[0]
        figures |= {**frame_figures(sweep.levels), "unsteady": sweep.unsteady}
        with rig.loop.gaps() as gap:
            figures["actor_filter_ms"] = measure_actor_filter(rig)
            figures["combined_filter_ms"] = measure_combined_filter(rig)
            figures["actor_counts_ms"] = measure_actor_counts(rig)
        gaps_ms["filtering"] = gap[0]
        figures["profile"] = profile_level(rig, sweep, worst_level(sweep.levels))
        with rig.loop.gaps() as gap:
            figures["search_ms"] = measure_search(rig)
        gaps_ms["searching"] = gap[0]
    figures["loop_gap_ms"] = max(gaps_ms.values())
    figures["loop_gaps_ms"] = gaps_ms
    figures["peak_rss_mb"] = peak_rss_mb()
    figures["peak_rss_of_children_mb"] = peak_rss_mb(resource.RUSAGE_CHILDREN)
    return figures


def measure_opening(path: Path) -> dict[str, Any]:
    """Return how long a CSV file takes to open, once and again, the bundled timeline, and a bare reading of the CSV."""
    application = make_application(on_screen=False)
    figures: dict[str, Any] = {"file": _about(path), "csv_read_s": csv_read_s(path)}
    with shown_window(application) as rig:
        with rig.loop.gaps() as gap:
            figures["open_s"] = rig.time_opening([path])
            figures["events"] = len(rig.window.session.table)
            rig.loop.settle()
            again_s, bundled_s = [], []
            for _ in range(REOPENINGS):
                bundled_s.append(rig.time_opening([]))
                rig.loop.settle()
                again_s.append(rig.time_opening([path]))
                rig.loop.settle()
        figures |= {"reopen_s": min(again_s), "bundled_open_s": min(bundled_s), "loop_gap_ms": gap[0]}
        sweep = Sweep(rig)
        sweep.pan()
        sweep.zoom()
        figures |= frame_figures(sweep.levels)
    figures["ratio"] = figures["open_s"] / figures["csv_read_s"]
    figures["peak_rss_mb"] = peak_rss_mb()
    return figures


def frame_figures(levels: list[Level]) -> dict[str, Any]:
    """Sum up a sweep: of each level, of the worst one, and of all pans and all zooms."""
    by_zoom = [level.figures() for level in levels]
    return {
        "frame_ms": _worst(by_zoom),
        "frame_cpu_ms": {
            "median": max(level["cpu_median"] for level in by_zoom),
            "p99": max(level["cpu_p99"] for level in by_zoom),
        },
        "frame_f1": _worst_by_floor(by_zoom),
        "by_zoom": by_zoom,
        "pan_ms": spread([one.ms for level in levels for one in level.pans]),
        "zoom_ms": spread([one.ms for level in levels for one in level.zooms]),
    }


def worst_level(levels: list[Level]) -> Level:
    """Return the level with the slowest usual frame."""
    return max(levels, key=lambda level: level.figures()["median"])


def _worst(by_zoom: list[LevelFigures]) -> Spread:
    """Return the highest median and the highest 99th percentile, be they of two levels."""
    return {
        "median": max(level["median"] for level in by_zoom),
        "p99": max(level["p99"] for level in by_zoom),
        "inputs": sum(level["pan"]["inputs"] + (level["zoom"] or {"inputs": 0})["inputs"] for level in by_zoom),
    }


def _worst_by_floor(by_zoom: list[LevelFigures]) -> dict[str, float] | None:
    """Return the highest median and 99th percentile in times of F1 around them, with the milliseconds of these levels.

    None where no floors were measured.
    """
    median = max(
        ((level["times_f1"]["median"], level["median"]) for level in by_zoom if level["times_f1"]), default=None
    )
    p99 = max(((level["times_f1"]["p99"], level["p99"]) for level in by_zoom if level["times_f1"]), default=None)
    if median is None or p99 is None:
        return None
    return {"median": median[0], "median_ms": median[1], "p99": p99[0], "p99_ms": p99[1]}


def _opened(rig: Rig, path: Path, events: int, gaps_ms: dict[str, float]) -> dict[str, Any]:
    """Open a file for the first time and again, with what it adds to the memory of a window on the bundled timeline."""
    gc.collect()
    empty_bytes = resident_bytes()
    with rig.loop.gaps() as gap:
        open_s = rig.time_opening([path])
    gaps_ms["opening"] = gap[0]
    if len(rig.window.session.table) != events:
        raise RuntimeError(f"{path} gave {len(rig.window.session.table):,} events instead of {events:,}")
    background_s = rig.loop.settle(LONGEST_BACKGROUND_S)
    gc.collect()
    grown_bytes = resident_bytes() - empty_bytes
    bundled_open_s = rig.time_opening([])
    rig.loop.settle()
    with rig.loop.gaps() as gap:
        reopen_s = rig.time_opening([path])
    gaps_ms["opening again"] = gap[0]
    rig.loop.settle(LONGEST_BACKGROUND_S)
    gc.collect()
    return {
        "open_s": open_s,
        "background_s": background_s,
        "reopen_s": reopen_s,
        "bundled_open_s": bundled_open_s,
        "bytes_per_event": grown_bytes / events,
        "bytes_per_event_again": (resident_bytes() - empty_bytes) / events,
        "empty_rss_mb": empty_bytes / MEGABYTE,
    }


def _about(path: Path) -> dict[str, object]:
    return {"format": path.suffix.removeprefix("."), "size_mb": path.stat().st_size / MEGABYTE}


def _library_floor(path: Path) -> dict[str, float]:
    if path.suffix == ".parquet":
        return {"parquet_read_s": parquet_read_s(path)}
    return {"csv_read_s": csv_read_s(path)} if path.suffix == ".csv" else {}


if __name__ == "__main__":
    sys.exit(main())
