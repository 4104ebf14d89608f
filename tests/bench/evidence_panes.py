"""What is worked out of evidence beside the timeline: who meets whom, cards of actors, lags, and what differs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import numpy as np

from tests.bench.figures import spread
from tests.bench.floors import Floors
from tests.bench.rig import FILTER_PATIENCE_S, OPENING_PATIENCE_S, Rig
from tests.bench.sweep import Sweep
from timeline_app.core.differences import Differences
from timeline_app.core.filter import Filter
from timeline_app.core.lags import lag_counts
from timeline_app.ui.dialogs.actor_card_dialog import ActorCardDialog
from timeline_app.ui.dialogs.comparison_dialog import ComparisonDialog
from timeline_app.ui.dialogs.meetings_dialog import MeetingsDialog

ROUNDS = 3
CARDS = 5
SWEPT_EVERY = 4  # levels of zoom

# Runs the command and tells how long it took, and the most memory that it held; what the system counts as the most of a
# process begins with that of the one that started it.
COMMAND = """
import json, re, sys, time
from pathlib import Path
from timeline_app.cli import main
begin = time.perf_counter()
status = main(sys.argv[1:])
seconds = time.perf_counter() - begin
peak_kb = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[1])
print(json.dumps({"seconds": seconds, "peak_rss_mb": peak_kb / 1024, "status": status}), file=sys.stderr)
"""


class CommandFigures(TypedDict):
    """Seconds and memory of a command, in a process of its own, and how much it wrote."""

    seconds: float
    peak_rss_mb: float
    written_mb: float


def measure_panes(rig: Rig) -> dict[str, float]:
    """Return the milliseconds until panes of a large timeline are filled, medians of some."""
    session, look = rig.window.session, rig.window.look
    table = session.table

    def meetings(number: int) -> float:
        session.set_filter(Filter(since=str(1995 + number)))
        rig.loop.settle()
        dialog = MeetingsDialog(session, look, rig.window)
        taken_ms = _until(rig, dialog.show, lambda: dialog.model.rowCount() > 0, "the table of meetings was filled")
        dialog.close()
        return taken_ms

    def card(number: int) -> float:
        name = table.actors.names[int(np.argsort(-table.actors.counts, kind="stable")[number * 7])]
        begin = time.perf_counter()
        dialog = ActorCardDialog(name, session, look, rig.window)
        dialog.show()
        rig.loop.run_until(lambda: dialog.card is not None, "the card was filled", FILTER_PATIENCE_S)
        dialog.close()
        return (time.perf_counter() - begin) * 1e3

    def lags(_number: int) -> float:
        begin = time.perf_counter()
        lag_counts(table, session.result)
        return (time.perf_counter() - begin) * 1e3

    found = {
        "meetings_ms": spread([meetings(number) for number in range(ROUNDS)])["median"],
        "card_ms": spread([card(number) for number in range(CARDS)])["median"],
    }
    session.set_filter(Filter())
    rig.loop.settle()
    return {**found, "lags_ms": spread([lags(number) for number in range(ROUNDS)])["median"]}


def measure_comparisons(rig: Rig, earlier: Path) -> dict[str, float]:
    """Compare two days, and the open timeline with an earlier release, each to the list and the painted picture."""
    days_s, found = _compared(rig, lambda dialog: _ask_days(dialog, "2010-05", "2012-05"))
    figures = {"days_s": days_s, "days_differing": _differing(found)}
    files_s, found = _compared(rig, lambda dialog: dialog.compare(), earlier)
    return {**figures, "files_s": files_s, "files_differing": _differing(found)}


def measure_compared_frames(rig: Rig, floors: Floors) -> dict[str, float]:
    """Pan through some levels of zoom while what differs between two days is in colours on the timeline."""
    window = rig.window
    dialog = _dialog(rig, None)
    dialog.compared.connect(window.timeline.show_compared)
    _ask_days(dialog, "2005", "2015")
    rig.loop.run_until(lambda: dialog.model.line_count() > 0, "two days were compared", FILTER_PATIENCE_S)
    figures = _panned(rig, floors)
    dialog.close()
    rig.loop.settle()
    return figures


def measure_known_frames(rig: Rig, floors: Floors) -> dict[str, float]:
    """Pan through some levels of zoom as known on a day, with the axis of knowledge and the tails of lags."""
    rig.window.show_knowledge(shown=True)
    rig.window.session.set_filter(Filter(as_of="2015-06-01"))
    rig.loop.settle()
    figures = _panned(rig, floors)
    rig.window.show_knowledge(shown=False)
    rig.loop.settle()
    return figures


def measure_command(*words: str) -> CommandFigures:
    """Run the command `diff` on files that are kept already, and throw away what it writes."""
    command = [sys.executable, "-P", "-c", COMMAND, "diff", *words]
    done = subprocess.run(command, capture_output=True, check=True)
    told = json.loads(done.stderr.splitlines()[-1])
    if told["status"] != 1:
        raise RuntimeError(f"diff found no difference: {done.stderr.decode(errors='replace')}")
    written_mb = len(done.stdout) / (1 << 20)
    return {"seconds": told["seconds"], "peak_rss_mb": told["peak_rss_mb"], "written_mb": written_mb}


def _panned(rig: Rig, floors: Floors) -> dict[str, float]:
    """Pan with the timeline as it is, and return the median of the level that is worst by the floor around it."""
    sweep = Sweep(rig, floors)
    sweep.levels = sweep.levels[::SWEPT_EVERY]
    rig.window.activateWindow()
    rig.window.timeline.setFocus()
    rig.loop.settle()
    sweep.pan()
    by_f1 = {spread(level.times_f1)["median"]: spread([one.ms for one in level.pans]) for level in sweep.levels}
    worst = max(by_f1)
    return {"frame_ms": by_f1[worst]["median"], "times_f1": worst}


def _until(rig: Rig, act: Callable[[], object], done: Callable[[], bool], what: str) -> float:
    begin = time.perf_counter()
    act()
    rig.loop.run_until(done, what, FILTER_PATIENCE_S)
    return (time.perf_counter() - begin) * 1e3


def _dialog(rig: Rig, earlier: Path | None) -> ComparisonDialog:
    window = rig.window
    dialog = ComparisonDialog(window.session, window.services.load, lambda: earlier, window.look, window)
    dialog.show()
    rig.loop.settle()
    return dialog


def _compared(
    rig: Rig, ask: Callable[[ComparisonDialog], None], earlier: Path | None = None
) -> tuple[float, Differences]:
    dialog = _dialog(rig, earlier)
    dialog.compared.connect(rig.window.timeline.show_compared)
    found: list[Differences] = []
    dialog.save_wanted.connect(found.append)
    begin, painted = time.perf_counter(), rig.loop.watch.count
    ask(dialog)

    def is_shown() -> bool:
        return dialog.model.line_count() > 0 and rig.loop.watch.count > painted

    end = rig.loop.run_until(is_shown, "what differs was listed and painted", OPENING_PATIENCE_S)
    dialog.save_button.click()
    dialog.close()
    rig.loop.settle()
    return end - begin, found[0]


def _ask_days(dialog: ComparisonDialog, first: str, second: str) -> None:
    dialog.kind.setCurrentIndex(1)
    dialog.first_day.setText(first)
    dialog.second_day.setText(second)
    dialog.compare()


def _differing(found: Differences) -> int:
    return len(found.added) + len(found.changed) + len(found.withdrawn)
