"""The figures of a run as tables of text, for the terminal and for docs/performance.md."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.promises import AS_OF_WORDS, Verdict

FIGURE = re.compile(r"(× )?[\d—]|$")
KEPT_WORDS = {True: "met", False: "not met", None: "—"}


def figure_text(value: float | None, unit: str = "") -> str:
    """Write a figure with about three digits that mean something."""
    if value is None:
        return "—"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 4
    return f"{value:,.{digits}f} {unit}".rstrip()


def verdict_rows(found: Sequence[Verdict]) -> list[list[str]]:
    """Return a head and a row for each promise."""
    rows = [["What", "Events", "Figure", "Against", "Ratio", "At most", "Kept"]]
    for verdict in found:
        against = f"{verdict.floor or 'limit'} {figure_text(verdict.floor_figure, verdict.unit)}"
        kept = KEPT_WORDS[verdict.is_kept] + (f" ({verdict.note})" if verdict.note else "")
        events = f"{verdict.events:,}" if verdict.events else ""
        ratio = "" if verdict.ratio is None else f"× {verdict.ratio:.2f}"
        figure = figure_text(verdict.figure, verdict.unit)
        rows.append([verdict.what, events, figure, against, ratio, f"× {verdict.most:g}", kept])
    return rows


def run_rows(runs: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Return a head and a row for each size."""
    rows = [
        [
            *(
                "Events",
                "Opened",
                "Again",
                "Worst frame",
                "99 %",
                "Processor",
                "Processor, 99 %",
                "All pans",
                "All zooms",
                "Actor",
                "Combined",
            ),
            *("Search", "Longest gap", "Bytes an event", "Peak", "Measured again"),
        ]
    ]
    for run in runs:
        pairs = [run[name] for name in ("frame_ms", "pan_ms", "zoom_ms", "actor_filter_ms", "combined_filter_ms")]
        rows.append(
            [
                f"{run['events']:,}",
                figure_text(run["open_s"], "s"),
                figure_text(run["reopen_s"], "s"),
                figure_text(pairs[0]["median"], "ms"),
                figure_text(pairs[0]["p99"], "ms"),
                *(figure_text(run["frame_cpu_ms"][name], "ms") for name in ("median", "p99")),
                *(figure_text(pair["median"], "ms") for pair in pairs[1:]),
                figure_text(run["search_ms"]["median"], "ms"),
                figure_text(run["loop_gap_ms"], "ms"),
                figure_text(run["bytes_per_event"]),
                figure_text(run["peak_rss_mb"], "MB"),
                f"{run['unsteady']:,}",
            ]
        )
    return rows


def ged_rows(ged: Mapping[str, Any]) -> list[list[str]]:
    """Return a head and a row for the real file."""
    names = ["Events", "csv module alone", "Opened", "Again", "Bundled timeline", "Worst frame", "99 %", "Peak"]
    row = [
        f"{ged['events']:,}",
        *(figure_text(ged[name], "s") for name in ("csv_read_s", "open_s", "reopen_s", "bundled_open_s")),
        *(figure_text(ged["frame_ms"][name], "ms") for name in ("median", "p99")),
        figure_text(ged["peak_rss_mb"], "MB"),
    ]
    return [names, row]


def evidence_rows(found: Mapping[str, Any]) -> list[list[str]]:
    """Return a head and a row for each thing that was asked of events with evidence."""
    rows = [["Asked for", "Median", "99 %", "Processor", "Inputs"]]
    times = {**found["filters"], **{AS_OF_WORDS[step]: times for step, times in found["as_of"].items()}}
    for what, one in times.items():
        figures = (figure_text(one[name], "ms") for name in ("median", "p99", "cpu_median"))
        rows.append([what, *figures, f"{one['inputs']:,}"])
    return rows


def zoom_rows(run: Mapping[str, Any]) -> list[list[str]]:
    """Return a head and a row for each zoom level of a run."""
    times = ["Median", "99 %", "Processor", "Processor, 99 %", "× F1, median", "× F1, 99 %"]
    rows = [["Across the canvas", "Most single events", *times]]
    width_px = run["canvas_px"][0]
    rows += [
        [
            span_text(level["seconds_per_px"] * width_px),
            f"{level['singles']:,}",
            *(figure_text(level[name], "ms") for name in ("median", "p99", "cpu_median", "cpu_p99")),
            *(f"{level['times_f1'][name]:.2f}" for name in ("median", "p99")),
        ]
        for level in run["by_zoom"]
    ]
    return rows


def profile_rows(run: Mapping[str, Any]) -> list[list[str]]:
    """Return a head and a row for each part of a frame of the slowest zoom level."""
    rows = [["Part", "Own time", "Share", "Calls"]]
    profile = run["profile"]
    for part in profile["parts"]:
        share = part["ms"] / profile["frame_ms"]
        rows.append([f"`{part['part']}`", figure_text(part["ms"], "ms"), f"{share:.0%}", figure_text(part["calls"])])
    return rows


def span_text(seconds: float) -> str:
    """Write a length of time in the unit that suits it."""
    for unit, length in (("years", 365.25 * 86_400), ("days", 86_400), ("hours", 3_600)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.1f} {unit}"
    return f"{seconds / 60:,.0f} minutes"


def as_text(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return lines with the cells under each other."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def as_markdown(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table of Markdown; columns of figures stand at the right."""
    head, *rest = rows
    rule = ["--:" if all(FIGURE.match(row[place]) for row in rest) else "--" for place in range(len(head))]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *rest)]
