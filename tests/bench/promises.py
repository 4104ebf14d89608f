"""Each promise in speed against the figures of a run: what was promised, what was measured, and whether it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

MILLION: Final = 1_000_000
PROMISED_EVENTS: Final = 10 * MILLION
SEARCH_EVENTS: Final = 400_000
FEWEST_FOR_MEMORY: Final = MILLION  # below that what every window needs outweighs the events

MOST_FRAME_MEDIAN, MOST_FRAME_P99, MOST_FRAME_P99_MS = 2.5, 5.0, 8.3
MOST_GROWTH = 1.5
MOST_ACTOR_MS, MOST_COMBINED_MS, MOST_SEARCH_MS, MOST_GAP_MS = 25.0, 150.0, 30.0, 100.0
MOST_COUNTS_MS = 250.0
MOST_START, MOST_GED_OPEN, MOST_GED_AGAIN = 1.5, 2.0, 1.2
MOST_OPEN_S, MOST_AGAIN_S, MOST_BYTES = 15.0, 1.0, 45.0
# What is worked out of evidence beside the timeline, and what compares two releases of a million events.
MOST_PANE_MS, MOST_MEETINGS_MS, MOST_DAYS_S, MOST_FILES_S, MOST_FILES_MB = 150.0, 500.0, 1.0, 60.0, 1_024.0

AS_OF_WORDS: Final = {
    "set": "a day of knowledge set or cleared",
    "with_actor": "a day of knowledge with an actor",
    "moved": "the next day of knowledge",
    "played": "a day of knowledge while it plays",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise at one size: figure, what it is compared with, the ratio of both, and the most that it may be.

    `is_kept` is None where the promise is for another size than was measured. A promise without a floor is compared
    with its own limit; `events` is 0 where the number of events does not matter.
    """

    what: str
    events: int
    figure: float | None
    unit: str
    floor: str
    floor_figure: float
    most: float
    is_kept: bool | None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor the figure is."""
        return None if self.figure is None or not self.floor_figure else self.figure / self.floor_figure


def verdicts(figures: Mapping[str, Any]) -> list[Verdict]:
    """Judge a run of the bench, the figures as they stand in its JSON; what was not measured is left out."""
    runs = sorted(figures.get("runs", ()), key=lambda run: int(run["events"]))
    found = [verdict for run in runs for verdict in _of_run(run)]
    found += _of_growth(figures.get("growth"))
    found += _of_search(runs)
    found += _of_start(figures.get("start"))
    found += _of_ged(figures.get("ged"))
    found += _of_evidence(figures.get("evidence"))
    found += _of_largest(runs[-1:])
    return found


def growth(runs: Sequence[Mapping[str, Any]]) -> dict[str, float] | None:
    """Compare the worst frame of the largest timeline with that of the smallest, each by F1; None for a single run."""
    ordered = sorted(runs, key=lambda run: int(run["events"]))
    if len(ordered) < 2:
        return None
    first, last = ordered[0], ordered[-1]
    return {
        "from_events": first["events"],
        "to_events": last["events"],
        "median_ratio": last["frame_f1"]["median"] / first["frame_f1"]["median"],
        "p99_ratio": last["frame_f1"]["p99"] / first["frame_f1"]["p99"],
    }


def _of_run(run: Mapping[str, Any]) -> Iterator[Verdict]:
    events, frame, by_floor = int(run["events"]), run["frame_ms"], run["frame_f1"]
    yield _against_f1("frame, median", events, by_floor["median_ms"], by_floor["median"], MOST_FRAME_MEDIAN)
    p99 = _against_f1("frame, 99th percentile", events, by_floor["p99_ms"], by_floor["p99"], MOST_FRAME_P99)
    yield replace(p99, note=f"the program's own part: {run['frame_cpu_ms']['p99']:.1f} ms")
    yield _against_limit("frame, 99th percentile, at 120 Hz", events, frame["p99"], "ms", MOST_FRAME_P99_MS)
    actor = run["actor_filter_ms"]
    slowest_ms = max(actor["median"], actor["most_frequent"], actor["frequent"]["median"], actor["cleared"]["median"])
    yield _against_limit("one actor chosen or cleared", events, slowest_ms, "ms", MOST_ACTOR_MS)
    combined_ms = run["combined_filter_ms"]["median"]
    yield _against_limit("three actors, years and type", events, combined_ms, "ms", MOST_COMBINED_MS)
    yield _against_limit(
        "counts beside the actors, slowest", events, run["actor_counts_ms"]["p99"], "ms", MOST_COUNTS_MS
    )
    yield _against_limit("longest gap of the event loop", events, run["loop_gap_ms"], "ms", MOST_GAP_MS)


def _of_growth(found: Mapping[str, Any] | None) -> Iterator[Verdict]:
    if found is None:
        return
    wide_enough = found["from_events"] <= 1_000 and found["to_events"] >= PROMISED_EVENTS
    ratio = found["median_ratio"]
    yield Verdict(
        "growth of the worst frame",
        int(found["to_events"]),
        ratio,
        "",
        f"the same at {found['from_events']:,}",
        1.0,
        MOST_GROWTH,
        ratio <= MOST_GROWTH if wide_enough else None,
        "" if wide_enough else f"promised from 1,000 to {PROMISED_EVENTS:,}",
    )


def _of_search(runs: Sequence[Mapping[str, Any]]) -> Iterator[Verdict]:
    """Judge the search at the size that it is promised for, or else at the largest."""
    if not runs:
        return
    run = next((run for run in runs if run["events"] == SEARCH_EVENTS), runs[-1])
    search, events = run["search_ms"], int(run["events"])
    median = search["median"]
    is_kept = None if events < SEARCH_EVENTS else median is not None and median <= MOST_SEARCH_MS
    note = search["note"] or ("" if events >= SEARCH_EVENTS else f"promised for {SEARCH_EVENTS:,}")
    what = "search, a key stroke, median"
    yield Verdict(what, events, median, "ms", "", MOST_SEARCH_MS, 1.0, is_kept, note)


def _of_start(start: Mapping[str, Any] | None) -> Iterator[Verdict]:
    if start is None:
        return
    name = "bundled timeline, command to first frame"
    first = _against_floor(name, 0, start["first_frame_s"], "s", "E", start["E_s"], MOST_START)
    yield replace(first, note="the remembered picture") if "live_frame_s" in start else first


def _of_ged(ged: Mapping[str, Any] | None) -> Iterator[Verdict]:
    if ged is None:
        return
    events = int(ged["events"])
    name = "UCDP GED, open to first frame"
    csv_s, bundled_s = ged["csv_read_s"], ged["bundled_open_s"]
    yield _against_floor(name, events, ged["open_s"], "s", "csv module alone", csv_s, MOST_GED_OPEN)
    yield _against_floor(f"{name}, again", events, ged["reopen_s"], "s", "bundled timeline", bundled_s, MOST_GED_AGAIN)


def _of_evidence(found: Mapping[str, Any] | None) -> Iterator[Verdict]:
    """Judge what is promised for a million events that come with evidence; a smaller run is only told."""
    if found is None:
        return
    events = int(found["events"])

    def limit(what: str, figure: float, unit: str, most: float) -> Verdict:
        one = _against_limit(what, events, figure, unit, most)
        return one if events >= MILLION else replace(one, is_kept=None, note=f"promised for {MILLION:,}")

    for kind, times in found["filters"].items():
        yield limit(f"filter: {kind}", times["median"], "ms", MOST_COMBINED_MS)
    for step, words in AS_OF_WORDS.items():
        yield limit(words, found["as_of"][step]["median"], "ms", MOST_COMBINED_MS)
    for name, words in (("known", "frame as known on a day, median"), ("compared", "frame of a comparison, median")):
        one = _against_f1(words, events, found[name]["frame_ms"], found[name]["times_f1"], MOST_FRAME_MEDIAN)
        yield one if events >= MILLION else replace(one, is_kept=None, note=f"promised for {MILLION:,}")
    panes, compared = found["panes"], found["comparisons"]
    yield limit("who meets whom", panes["meetings_ms"], "ms", MOST_MEETINGS_MS)
    yield limit("card of an actor", panes["card_ms"], "ms", MOST_PANE_MS)
    yield limit("lags to first reports", panes["lags_ms"], "ms", MOST_PANE_MS)
    yield limit("two days compared", compared["days_s"], "s", MOST_DAYS_S)
    yield limit("two releases compared", compared["files_s"], "s", MOST_FILES_S)
    for style, command in found["diff"].items():
        yield limit(f"diff of two releases, {style}", command["seconds"], "s", MOST_FILES_S)
        yield limit(f"diff of two releases, {style}, memory", command["peak_rss_mb"], "MB", MOST_FILES_MB)
    yield limit("longest gap of the event loop, with evidence", found["loop_gap_ms"], "ms", MOST_GAP_MS)
    is_promised = events >= PROMISED_EVENTS
    what = "memory an event, with evidence"
    yield _against_limit(what, events, found["bytes_per_event"], "bytes", MOST_BYTES, judged=is_promised)


def _of_largest(runs: Sequence[Mapping[str, Any]]) -> Iterator[Verdict]:
    """Judge what is promised for ten million events; a smaller run is only told."""
    for run in runs:
        events = int(run["events"])
        is_promised = events >= PROMISED_EVENTS
        yield _against_limit("open to first frame", events, run["open_s"], "s", MOST_OPEN_S, judged=is_promised)
        yield _against_limit(
            "open to first frame, again", events, run["reopen_s"], "s", MOST_AGAIN_S, judged=is_promised
        )
        is_large = events >= FEWEST_FOR_MEMORY
        yield _against_limit("memory an event", events, run["bytes_per_event"], "bytes", MOST_BYTES, judged=is_large)


def _against_floor(
    what: str, events: int, figure: float, unit: str, floor: str, floor_figure: float, most: float
) -> Verdict:
    return Verdict(what, events, figure, unit, floor, floor_figure, most, figure <= most * floor_figure)


def _against_f1(what: str, events: int, figure_ms: float, times: float, most: float) -> Verdict:
    """Judge frames that took so many times as long as F1 around them, which is told as the floor."""
    return Verdict(what, events, figure_ms, "ms", "F1", figure_ms / times, most, times <= most)


def _against_limit(what: str, events: int, figure: float, unit: str, limit: float, *, judged: bool = True) -> Verdict:
    note = "" if judged else f"promised for {PROMISED_EVENTS:,}"
    return Verdict(what, events, figure, unit, "", limit, 1.0, figure <= limit if judged else None, note)
