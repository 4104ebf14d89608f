"""Write docs/performance.md from the figures of a run: python -m tests.bench.report [FILE.json].

The figures are kept beside the page, so that a test can tell that no figure was typed by hand. What stands between
the marks of a section in words is kept as it is.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from tests.bench.promises import verdicts
from tests.bench.tables import (
    as_markdown,
    evidence_rows,
    figure_text,
    ged_rows,
    profile_rows,
    run_rows,
    verdict_rows,
    zoom_rows,
)

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
FIGURES = ROOT / "docs" / "performance.json"

WORDS: Final = {
    "Where the time goes": "where-the-time-goes",
    "What would come next": "what-would-come-next",
}
NO_WORDS: Final = "Nothing has been written here yet."
MACHINE_WORDS: Final = {
    "day": "Day",
    "system": "System",
    "processor": "Processor",
    "cores": "Cores",
    "memory_mb": "Memory, MB",
    "python": "Python",
    "qt": "Qt",
    "load": "Load before, programs",
    "stolen_percent": "Processor time that the host took for others, %",
    "platform": "Qt platform",
}
FLOOR_WORDS: Final = {
    "F0_ms": ("F0", "ms", "an empty canvas of 1600×900 filled and shown"),
    "F1_ms": (
        "F1",
        "ms",
        "density from NumPy, 2,000 boxes as pixmap fragments and 200 titles from cached pixmaps on it",
    ),
    "F1_cpu_ms": ("F1, processor", "ms", "the same, in time that the thread had the processor"),
    "E_s": ("E", "s", "start of a program that only opens an empty window"),
    "csv_read_s": ("CSV", "s", "the csv module alone goes through the UCDP GED file"),
    "parquet_read_s": ("Parquet", "s", "DuckDB alone looks at every value of the largest file"),
}
HOW: Final = """\
Every figure here was written by `python -m tests.bench.report` from `performance.json`, which `script/bench --json`
wrote; none was typed by hand. The events are made up by `script/make-events` with the shape of real data: ever more of
them from 1989 to 2023 and much in bursts, one to three of 500 actors by Zipf's law, 70 % of them dated to the day, the
others to a month, a year or a span, excerpts of 80 to 400 characters.

Each size is measured in a process of its own with empty folders, on a canvas of 1600×900 in a real window, `offscreen`,
in software. Inputs are wheel turns, drags and keys, sent as Qt events, 120 a second at most, and answered by the event
loop, which a socket wakes at the instant of each, as that of a display server would. The time of one ends when the
frame of the view that it leads to has been painted; a frame that does not come, or does not change the pixels on
screen, ends the bench. At each zoom level the view pans 160 times over ever new places around the one where most
begins; through all levels it is zoomed in and out at eight places, at six by wheel and two by key: some 200 inputs a
level. **Worst frame** is the highest median of any zoom level, and the highest 99th percentile. **F1** is measured in
the same process, before and after the pans of each level and each zoom in and out; by it each input is judged: of each
level the median, and the 99th percentile, of its inputs in times of F1 around them, and of these the highest. Where F1
differs by more than 15 % before and after, the machine changed its speed meanwhile, and the level, or the zoom, is
measured again at another place, at most twice. A filter's time ends when the painted counts are the ones that the bench
itself counts. A window is on screen when Qt is through with painting all of it. **Processor** is the time that the main
thread had the processor, its median where nothing else is said: the clock counts also what other programs took
meanwhile. A promise for another size than was measured is neither met nor broken: it has a dash."""

HOW_EVIDENCE: Final = (
    "Besides what other made-up events have, these come with roles, tags, dates of publication, and claims most of "
    "which compete; beside them lie groups whose members join and leave, and one event of two hundred is noted. Each "
    "filter is asked for from all events and cleared again; **Processor** is what all threads took together meanwhile."
)
LINE_LENGTH: Final = 120


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page anew, from other figures where a file is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.report", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=FIGURES, help="what script/bench --json wrote")
    asked = parser.parse_args(arguments)
    text = asked.file.read_text(encoding="utf-8")
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(page(json.loads(text), before), encoding="utf-8")
    if asked.file.resolve() != FIGURES:
        FIGURES.write_text(text, encoding="utf-8")
    return 0


def page(figures: Mapping[str, Any], before: str = "") -> str:
    """Return the page for the figures of a run; the sections in words are taken from the page before."""
    runs = sorted(figures["runs"], key=lambda run: int(run["events"]))
    lines = ["# Performance", "", HOW, "", "## Machine and floors", ""]
    lines += as_markdown(_machine_rows(figures["machine"]))
    lines += ["", *as_markdown(_floor_rows(figures["floors"])), "", "## Promises", ""]
    lines += as_markdown(verdict_rows(verdicts(figures)))
    lines += ["", "## How the cost grows", "", *as_markdown(run_rows(runs)), ""]
    lines += [_growth_words(figures.get("growth")), ""]
    for run in runs[-1:]:
        lines += [f"### {run['events']:,} events, level by level", "", *as_markdown(zoom_rows(run)), ""]
    lines += _ged_lines(figures.get("ged"))
    lines += _evidence_lines(figures.get("evidence"))
    lines += _start_lines(figures.get("start"))
    lines += _section("Where the time goes", before)
    for run in runs[-1:]:
        lines += [_profile_words(run), "", *as_markdown(profile_rows(run)), ""]
    lines += _section("What would come next", before)
    return "\n".join(lines).rstrip() + "\n"


def words_of(heading: str, text: str) -> str:
    """Return what was written by hand in a section of the page."""
    name = WORDS[heading]
    found = re.search(rf"<!-- words: {name} -->\n(.*?)\n<!-- end: {name} -->", text, re.DOTALL)
    return found.group(1) if found else NO_WORDS


def _section(heading: str, before: str) -> list[str]:
    name = WORDS[heading]
    return [f"## {heading}", "", f"<!-- words: {name} -->", words_of(heading, before), f"<!-- end: {name} -->", ""]


def _machine_rows(machine: Mapping[str, object]) -> list[list[str]]:
    rows = [["Measured on", ""]]
    return rows + [[MACHINE_WORDS.get(name, name), str(value)] for name, value in machine.items()]


def _floor_rows(floors: Mapping[str, float]) -> list[list[str]]:
    rows = [["Floor", "What it is", "Figure"]]
    for key, (name, unit, what) in FLOOR_WORDS.items():
        if key in floors:
            rows.append([name, what, figure_text(floors[key], unit)])
    return rows


def _growth_words(growth: Mapping[str, Any] | None) -> str:
    if growth is None:
        return "How the cost grows needs more than one size."
    return (
        f"From {growth['from_events']:,} to {growth['to_events']:,} events the worst frame takes "
        f"{growth['median_ratio']:.2f} times as long, its 99th percentile {growth['p99_ratio']:.2f} times."
    )


def _profile_words(run: Mapping[str, Any]) -> str:
    plain, watched = (figure_text(run["profile"][name], "ms") for name in ("plain_ms", "frame_ms"))
    return (
        f"A frame of the slowest level with {run['events']:,} events takes {plain} on average, and {watched} while "
        "each part of it is timed:"
    )


def _ged_lines(ged: Mapping[str, Any] | None) -> list[str]:
    return [] if ged is None else ["### UCDP GED", "", *as_markdown(ged_rows(ged)), ""]


def _evidence_lines(found: Mapping[str, Any] | None) -> list[str]:
    if found is None:
        return []
    compared, diff = found["comparisons"], found["diff"]
    text_mb, json_mb = (figure_text(diff[style]["written_mb"], "MB") for style in ("text", "json"))
    words = (
        f"{HOW_EVIDENCE} Two days differ in {compared['days_differing']:,} events, two releases in "
        f"{compared['files_differing']:,}, of which `diff` writes {text_mb} as text and {json_mb} as JSON."
    )
    lines = [f"### {found['events']:,} events with evidence", "", *wrap(words, LINE_LENGTH), ""]
    return [*lines, *as_markdown(evidence_rows(found)), ""]


def _start_lines(start: Mapping[str, Any] | None) -> list[str]:
    if start is None:
        return []
    rows = [["Start", "Figure"]]
    for name, value in start.items():
        unit = "s" if name.endswith("_s") else ""
        rows.append([f"`{name}`", figure_text(value, unit) if isinstance(value, float) else str(value)])
    return ["### Start", "", *as_markdown(rows), ""]


if __name__ == "__main__":
    sys.exit(main())
