"""Tests of how the bench judges its figures, and that docs/performance.md is what they give."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.bench import report
from tests.bench.figures import spread
from tests.bench.promises import AS_OF_WORDS, Verdict, growth, verdicts
from tests.bench.tables import as_markdown, as_text, figure_text, span_text

pytestmark = pytest.mark.once

F1_MS = 1.2


def level(median: float) -> dict[str, Any]:
    """Return the figures of one zoom level."""
    times = {"median": median, "p99": 2 * median, "inputs": 90}
    return {
        "seconds_per_px": 7_200.0,
        "singles": 431,
        **times,
        "cpu_median": 1.1,
        "cpu_p99": 1.4,
        "pan": times,
        "zoom": None,
        "times_f1": {"median": median / F1_MS, "p99": 1.9, "inputs": 200},
    }


def run(events: int, **changed: Any) -> dict[str, Any]:
    """Return the figures of one size, every promise kept."""
    times = {"median": 2.5, "p99": 5.0, "inputs": 2_000}
    few = {"median": 20.0, "p99": 24.0, "inputs": 20}
    return {
        "events": events,
        "canvas_px": [1_600, 900],
        "floors": {"F0_ms": 0.2, "F1_ms": F1_MS, "F1_cpu_ms": 1.1},
        "open_s": 9.0,
        "reopen_s": 0.7,
        "frame_ms": times,
        "frame_f1": {"median": 2.5 / F1_MS, "median_ms": 2.5, "p99": 5.0 / F1_MS, "p99_ms": 5.0},
        "frame_cpu_ms": {"median": 2.2, "p99": 3.3},
        "by_zoom": [level(2.5), level(1.5)],
        "unsteady": 1,
        "pan_ms": times,
        "zoom_ms": times,
        "actor_filter_ms": {**few, "most_frequent": 22.0, "frequent": few, "rare": few, "cleared": few},
        "combined_filter_ms": few,
        "actor_counts_ms": few,
        "search_ms": {"median": 12.0, "p99": 20.0, "inputs": 32, "note": ""},
        "loop_gap_ms": 40.0,
        "peak_rss_mb": 700.0,
        "bytes_per_event": 38.0,
        "profile": {
            "seconds_per_px": 7_200.0,
            "frame_ms": 2.6,
            "plain_ms": 2.5,
            "parts": [{"part": "scene.frame: build_frame", "ms": 1.3, "calls": 1.0}],
        },
        **changed,
    }


def evidence(events: int = 1_000_000, **changed: Any) -> dict[str, Any]:
    """Return the figures of events with evidence, every promise kept."""
    few = {"median": 40.0, "p99": 60.0, "cpu_median": 39.0, "inputs": 6}
    command = {"seconds": 30.0, "peak_rss_mb": 400.0, "written_mb": 2.0}
    return {
        "events": events,
        "floors": {"F1_ms": F1_MS},
        "filters": {"role": few, "disputed": few},
        "as_of": dict.fromkeys(AS_OF_WORDS, few),
        "panes": {"meetings_ms": 300.0, "card_ms": 50.0, "lags_ms": 90.0},
        "known": {"frame_ms": 2.5, "times_f1": 2.1},
        "compared": {"frame_ms": 2.5, "times_f1": 2.1},
        "comparisons": {"days_s": 0.2, "days_differing": 10_427, "files_s": 30.0, "files_differing": 40_000},
        "diff": {"text": command, "json": command},
        "loop_gap_ms": 40.0,
        "bytes_per_event": 40.0,
        **changed,
    }


def sample() -> dict[str, Any]:
    """Return the figures of a run that keeps every promise."""
    runs = [run(1_000), run(10_000_000)]
    ged = {
        "events": 48_620,
        "csv_read_s": 0.3,
        "open_s": 0.5,
        "reopen_s": 0.1,
        "bundled_open_s": 0.1,
        "frame_ms": {"median": 2.0, "p99": 4.0, "inputs": 900},
        "peak_rss_mb": 250.0,
    }
    return {
        "machine": {"day": "2026-01-02", "processor": "A Processor", "cores": 2},
        "floors": {"F0_ms": 0.2, "F1_ms": F1_MS, "E_s": 0.1, "csv_read_s": 0.3},
        "start": {"E_s": 0.1, "first_frame_s": 0.14, "ratio": 1.4},
        "runs": runs,
        "growth": growth(runs),
        "ged": ged,
        "evidence": evidence(),
    }


def verdict(figures: dict[str, Any], what: str, events: int | None = None) -> Verdict:
    """Return the one verdict on a promise, at one size where there are several."""
    found = [one for one in verdicts(figures) if one.what == what and events in {None, one.events}]
    assert len(found) == 1, found
    return found[0]


def test_a_run_that_keeps_every_promise_is_told_so() -> None:
    kept = {one.what: one.is_kept for one in verdicts(sample())}
    # What every window needs outweighs a million events.
    assert kept.pop("memory an event, with evidence") is None
    assert set(kept.values()) == {True}


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("frame, median", {"frame_f1": {"median": 2.51, "median_ms": 2.5, "p99": 4.0, "p99_ms": 5.0}}),
        ("frame, 99th percentile", {"frame_f1": {"median": 2.0, "median_ms": 2.5, "p99": 5.01, "p99_ms": 5.0}}),
        ("frame, 99th percentile, at 120 Hz", {"frame_ms": {"median": 2.0, "p99": 8.31}}),
        ("three actors, years and type", {"combined_filter_ms": {"median": 150.1, "p99": 160.0}}),
        ("longest gap of the event loop", {"loop_gap_ms": 100.1}),
        ("open to first frame", {"open_s": 15.1}),
        ("open to first frame, again", {"reopen_s": 1.01}),
        ("memory an event", {"bytes_per_event": 45.1}),
        ("search, a key stroke, median", {"search_ms": {"median": 30.1, "note": ""}}),
        ("search, a key stroke, median", {"search_ms": {"median": None, "note": "no hits within 20 s"}}),
    ],
)
def test_each_promise_can_be_broken_by_itself(what: str, changed: dict[str, Any]) -> None:
    figures = sample()
    figures["runs"][1].update(changed)
    assert verdict(figures, what, 10_000_000).is_kept is False
    others = {one.what for one in verdicts(figures) if one.is_kept is False}
    assert others == {what}


def test_the_most_frequent_actor_counts_as_much_as_the_usual_one() -> None:
    figures = sample()
    figures["runs"][0]["actor_filter_ms"]["most_frequent"] = 25.1
    assert verdict(figures, "one actor chosen or cleared", 1_000).is_kept is False


def test_start_and_the_real_file_are_compared_with_their_floors() -> None:
    figures = sample()
    figures["start"]["first_frame_s"] = 0.151
    figures["ged"] |= {"open_s": 0.61, "reopen_s": 0.121}
    broken = {one.what: one.ratio for one in verdicts(figures) if one.is_kept is False}
    assert broken == {
        "bundled timeline, command to first frame": pytest.approx(1.51),
        "UCDP GED, open to first frame": pytest.approx(0.61 / 0.3),
        "UCDP GED, open to first frame, again": pytest.approx(1.21),
    }


def test_what_is_promised_for_another_size_is_neither_kept_nor_broken() -> None:
    figures = sample()
    figures["runs"] = [run(1_000), run(100_000, open_s=99.0, bytes_per_event=900.0)]
    figures["growth"] = growth(figures["runs"])
    undecided = {one.what: one.note for one in verdicts(figures) if one.is_kept is None}
    assert set(undecided) == {
        "memory an event, with evidence",
        "growth of the worst frame",
        "open to first frame",
        "open to first frame, again",
        "memory an event",
        "search, a key stroke, median",
    }
    assert all(undecided.values())


def test_the_search_is_judged_at_the_size_that_it_is_promised_for() -> None:
    figures = sample()
    slow = {"median": 90.0, "p99": 99.0, "inputs": 32, "note": ""}
    figures["runs"] = [run(400_000), run(10_000_000, search_ms=slow)]
    assert verdict(figures, "search, a key stroke, median").is_kept is True


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("filter: role", {"filters": {"role": {"median": 150.1, "p99": 160.0, "inputs": 6}}}),
        ("frame as known on a day, median", {"known": {"frame_ms": 3.0, "times_f1": 2.51}}),
        ("frame of a comparison, median", {"compared": {"frame_ms": 3.0, "times_f1": 2.51}}),
        ("who meets whom", {"panes": {"meetings_ms": 500.1, "card_ms": 1.0, "lags_ms": 1.0}}),
        ("two days compared", {"comparisons": {**evidence()["comparisons"], "days_s": 1.1}}),
        ("longest gap of the event loop, with evidence", {"loop_gap_ms": 100.1}),
    ],
)
def test_each_promise_of_evidence_can_be_broken_by_itself(what: str, changed: dict[str, Any]) -> None:
    figures = {**sample(), "evidence": evidence(**changed)}
    assert verdict(figures, what, 1_000_000).is_kept is False
    assert {one.what for one in verdicts(figures) if one.is_kept is False} == {what}
    few = {**sample(), "evidence": evidence(100_000, **changed)}
    assert {one.is_kept for one in verdicts(few) if one.events == 100_000} == {None}


def test_the_page_tells_what_was_asked_of_evidence() -> None:
    text = report.page(sample())
    assert "### 1,000,000 events with evidence" in text
    assert "| role | 40.0 ms | 60.0 ms | 39.0 ms | 6 |" in text
    assert "| two days compared | 1,000,000 | 0.20 s | limit 1.00 s | × 0.20 | × 1 | met |" in text
    assert "Two days differ in 10,427 events" in " ".join(text.split())
    assert "with evidence" not in report.page({**sample(), "evidence": None})


def test_growth_compares_the_smallest_with_the_largest() -> None:
    slow = {"median": 5.0 / F1_MS, "p99": 20.0 / F1_MS}
    found = growth([run(10_000_000, frame_f1=slow), run(1_000), run(10_000)])
    assert found == {"from_events": 1_000, "to_events": 10_000_000, "median_ratio": 2.0, "p99_ratio": 4.0}
    assert growth([run(1_000)]) is None


def test_what_was_not_measured_is_left_out() -> None:
    figures = {**sample(), "start": None, "ged": None, "evidence": None, "runs": [], "growth": None}
    assert verdicts(figures) == []
    assert "## Promises" in report.page(figures)


def test_the_page_tells_every_figure_of_the_sample() -> None:
    text = report.page(sample())
    for words in (
        "| Processor | A Processor |",
        "| F1 | density from NumPy, 2,000 boxes as pixmap fragments",
        "| frame, median | 10,000,000 | 2.50 ms | F1 1.20 ms | × 2.08 | × 2.5 | met |",
        "| memory an event | 10,000,000 | 38.0 bytes | limit 45.0 bytes | × 0.84 | × 1 | met |",
        "### 10,000,000 events, level by level",
        "| 133.3 days | 431 | 2.50 ms |",
        "| `scene.frame: build_frame` | 1.30 ms | 50% |",
        "the worst frame takes 1.00 times as long",
    ):
        assert words in text


def test_the_page_says_what_is_not_kept() -> None:
    figures = sample()
    figures["runs"][1]["loop_gap_ms"] = 250.0
    assert "| longest gap of the event loop | 10,000,000 | 250 ms | limit 100 ms | × 2.50 | × 1 | not met |" in (
        report.page(figures)
    )


def test_words_written_by_hand_are_kept_and_tables_are_not() -> None:
    before = report.page(sample())
    by_hand = before.replace(report.NO_WORDS, "Half of it in\n\ntitles: 99 ms.", 1).replace("| met |", "| typed |")
    figures = deepcopy(sample())
    figures["runs"][1]["loop_gap_ms"] = 41.0
    after = report.page(figures, by_hand)
    assert report.words_of("Where the time goes", after) == "Half of it in\n\ntitles: 99 ms."
    assert report.words_of("What would come next", after) == report.NO_WORDS
    assert "| typed |" not in after
    assert report.page(figures, after) == after


def test_the_command_writes_the_page_and_keeps_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "PAGE", tmp_path / "performance.md")
    monkeypatch.setattr(report, "FIGURES", tmp_path / "performance.json")
    (tmp_path / "run.json").write_text(json.dumps(sample()), encoding="utf-8")
    assert report.main([str(tmp_path / "run.json")]) == 0
    assert json.loads((tmp_path / "performance.json").read_text(encoding="utf-8")) == sample()
    assert (tmp_path / "performance.md").read_text(encoding="utf-8") == report.page(sample())


def test_the_page_in_docs_has_the_figures_beside_it() -> None:
    shown = report.PAGE.read_text(encoding="utf-8")
    figures = json.loads(report.FIGURES.read_text(encoding="utf-8"))
    assert report.page(figures, shown) == shown


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "ms", "—"),
        (0.01234, "s", "0.0123 s"),
        (0.5, "s", "0.50 s"),
        (3.14159, "ms", "3.14 ms"),
        (45.678, "ms", "45.7 ms"),
        (1234.5, "MB", "1,234 MB"),
        (7.0, "", "7.00"),
    ],
)
def test_figures_have_the_digits_that_mean_something(value: float | None, unit: str, words: str) -> None:
    assert figure_text(value, unit) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(2_280, "38 minutes"), (7_200, "2.0 hours"), (86_400, "24.0 hours"), (864_000, "10.0 days"), (1e9, "31.7 years")],
)
def test_spans_are_written_in_the_unit_that_suits_them(seconds: float, words: str) -> None:
    assert span_text(seconds) == words


def test_tables_align_figures_at_the_right() -> None:
    rows = [["What", "Figure"], ["one", "1.0 ms"], ["a long one", "× 12"]]
    assert as_markdown(rows)[1] == "| -- | --: |"
    assert as_text(rows) == ["What        Figure", "one         1.0 ms", "a long one  × 12"]


def test_median_and_99th_percentile() -> None:
    assert spread(list(range(1, 101))) == {"median": 50.5, "p99": 99, "inputs": 100}
    assert spread([3.0, 1.0, 2.0]) == {"median": 2.0, "p99": 3.0, "inputs": 3}
    assert spread([float(number) for number in range(1, 202)])["p99"] == 199.0
