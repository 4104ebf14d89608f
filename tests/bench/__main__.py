"""Measure, print, and with --json write the figures: python -m tests.bench [--events N …] [--json FILE]."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from tests.bench.machine import machine, processor_ticks, stolen_share
from tests.bench.make_events import WRITERS, companion, make_events
from tests.bench.promises import MILLION, PROMISED_EVENTS, SEARCH_EVENTS, growth, verdicts
from tests.bench.say import say
from tests.bench.start import measure_start, start_lines
from tests.bench.tables import as_text, figure_text, run_rows, verdict_rows

ROOT = Path(__file__).resolve().parents[2]
# From a thousand to ten million, that of searching among them, and what is promised of events with evidence.
PROMISED_SIZES = (1_000, 10_000, 100_000, SEARCH_EVENTS, MILLION, PROMISED_EVENTS)
GED_FILE = ROOT.parent / "shared" / "data" / "ucdp" / "ged_combined.csv"
SIGNIFICANT_DIGITS = 6

Figures = TypeVar("Figures", bound=Mapping[str, Any])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and return the exit status: 1 when something could not be measured."""
    asked = _parser().parse_args(arguments)
    sizes = asked.events or PROMISED_SIZES
    evidence = asked.evidence if asked.evidence is not None else 0 if asked.events else MILLION
    failures: list[str] = []
    ticks = processor_ticks()
    figures: dict[str, Any] = {"machine": machine(), "floors": {}, "start": None, "runs": []}
    figures |= {"ged": None, "evidence": None}
    if not asked.without_start:
        figures["start"] = _attempt("the start", measure_start, failures)
        for line in start_lines(figures["start"]) if figures["start"] else ():
            say(line)
    with _folder(asked.data) as folder:
        for count in sizes:
            run = _attempt(f"{count:,} events", partial(_measure_size, count, asked.ending, folder), failures)
            figures["runs"] += [run] if run else []
        if asked.ged.exists():
            measure_ged = partial(_measured, asked.ged.absolute(), 0, folder, opening_only=True)
            figures["ged"] = _attempt(asked.ged.name, measure_ged, failures)
        if evidence:
            measure = partial(_measure_evidence, evidence, folder)
            figures["evidence"] = _attempt(f"{evidence:,} events with evidence", measure, failures)
    figures["machine"]["stolen_percent"] = round(100 * stolen_share(ticks, processor_ticks()), 1)
    figures["floors"] = _floors(figures)
    figures["growth"] = growth(figures["runs"])
    _tell(figures)
    if asked.json:
        asked.json.write_text(json.dumps(_rounded(figures), indent=1) + "\n", encoding="utf-8")
    for failure in failures:
        say(failure)
    return int(bool(failures))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument(
        "--events", type=int, nargs="+", metavar="N", help="sizes of timelines; all that are promised when left out"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to this file")
    endings = [ending.removeprefix(".") for ending in WRITERS]
    parser.add_argument("--as", dest="ending", choices=endings, default="parquet", help="format of the timelines")
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="keep the made-up files here, and use those there are"
    )
    parser.add_argument(
        "--ged", type=Path, default=GED_FILE, metavar="FILE", help="UCDP GED as CSV; left out if missing"
    )
    parser.add_argument(
        "--evidence",
        type=int,
        metavar="N",
        help="what is asked of so many events with evidence; a million when neither is given",
    )
    parser.add_argument("--without-start", action="store_true", help="do not measure the start of the program")
    return parser


def _attempt(what: str, measure: Callable[[], Figures], failures: list[str]) -> Figures | None:
    """Return figures, or None with a line among the failures, so that the others are measured all the same."""
    try:
        return measure()
    except (RuntimeError, subprocess.CalledProcessError) as error:
        failures.append(f"{what} could not be measured: {error}")
        return None


def _measure_size(count: int, ending: str, folder: Path) -> Mapping[str, Any]:
    path = folder / f"synthetic-{count}.{ending}"
    if not path.exists():
        unfinished = path.with_name(f"unfinished-{path.name}")
        make_events(count, unfinished)
        unfinished.rename(path)
    run = _measured(path, count, folder)
    told = {
        "opened in": figure_text(run["open_s"], "s"),
        "worst frame": figure_text(run["frame_ms"]["median"], "ms"),
        "99 %": figure_text(run["frame_ms"]["p99"], "ms"),
        "F1": figure_text(run["floors"]["F1_ms"], "ms"),
    }
    say(f"{count:,} events: " + ", ".join(f"{name} {figure}" for name, figure in told.items()))
    return run


def _measure_evidence(count: int, folder: Path) -> Mapping[str, Any]:
    paths = [folder / f"evidence-{count}-{name}events.parquet" for name in ("", "later-")]
    for path, is_later in zip(paths, (False, True), strict=True):
        if not path.exists():
            unfinished = path.with_name(f"unfinished-{path.name}")
            make_events(count, unfinished, with_evidence=True, is_later=is_later)
            companion(unfinished).rename(companion(path))
            unfinished.rename(path)
    return _figures_of("tests.bench.evidence_window", [*map(str, paths), "--events", str(count)], folder)


def _measured(path: Path, events: int, folder: Path, *, opening_only: bool = False) -> Mapping[str, Any]:
    words = [str(path), "--events", str(events), *(["--opening-only"] if opening_only else [])]
    return _figures_of("tests.bench.window", words, folder)


def _figures_of(module: str, words: Sequence[str], folder: Path) -> Mapping[str, Any]:
    """Measure in a process of its own, with folders of its own: nothing has been opened before."""
    output = folder / "figures.json"
    command = [sys.executable, "-P", "-m", module, *words, "--json", str(output)]
    with tempfile.TemporaryDirectory() as home:
        own = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("CACHE", "CONFIG", "DATA", "STATE")}
        environment = {**os.environ, **own, "HOME": home, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run(command, env=environment, cwd=ROOT, check=True)
    figures: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
    output.unlink()
    return figures


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.absolute()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _floors(figures: Mapping[str, Any]) -> dict[str, float]:
    """Return the floors of the whole run: medians over its processes; each run keeps those of its own."""
    found: dict[str, list[float]] = {}
    for run in figures["runs"]:
        for name in ("F0_ms", "F1_ms", "F1_cpu_ms"):
            found.setdefault(name, []).append(run["floors"][name])
    floors = {name: statistics.median(values) for name, values in found.items()}
    if figures["start"]:
        floors["E_s"] = figures["start"]["E_s"]
    if figures["ged"]:
        floors["csv_read_s"] = figures["ged"]["csv_read_s"]
    for run in figures["runs"][-1:]:
        floors |= {name: value for name, value in run["floors"].items() if name == "parquet_read_s"}
    return floors


def _tell(figures: Mapping[str, Any]) -> None:
    """Print what was measured, and which promises are kept."""
    say("floors: " + ", ".join(f"{name} {figure_text(value)}" for name, value in figures["floors"].items()))
    for rows in (run_rows(figures["runs"]), verdict_rows(verdicts(figures))):
        say()
        for line in as_text(rows):
            say(line)


def _rounded(value: object) -> object:
    """Leave out the digits that mean nothing."""
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value


if __name__ == "__main__":
    sys.exit(main())
