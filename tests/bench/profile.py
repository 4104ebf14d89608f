"""Where the time of a frame goes: python -m tests.bench.profile [--events N]."""

from __future__ import annotations

import argparse
import functools
import importlib
import inspect
import os
import pkgutil
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, TypedDict
from unittest.mock import patch

import timeline_app.scene
import timeline_app.ui
import timeline_app.ui.panels
import timeline_app.ui.timeline
from tests.bench.figures import Timing
from tests.bench.make_events import make_events
from tests.bench.rig import Rig, shown_window
from tests.bench.say import say
from tests.bench.sweep import Level, Sweep
from timeline_app.app import make_application

PACKAGES = (timeline_app.scene, timeline_app.ui, timeline_app.ui.timeline, timeline_app.ui.panels)
# What takes part in making a picture or in answering an input; helpers count to whoever calls them.
WATCHED = re.compile(
    r"_?(draw|paint|build|prepare)(_\w+)?|paintEvent|eventFilter|set_viewport|set_counts|_visible|_singles|_clusters|_strips"
)
REST = "Qt, and all else"
SHOWN_PARTS = 14


class Part(TypedDict):
    """One function's own share of a frame, without the functions that it calls and that are listed themselves."""

    part: str
    ms: float
    calls: float


class Profile(TypedDict):
    """The mean frame of one zoom level, taken apart; `plain_ms` is the same frame when nothing is watched."""

    seconds_per_px: float
    frame_ms: float
    plain_ms: float
    parts: list[Part]


class OwnTimes:
    """Adds up each watched function's own time: what runs within another one is taken off that one."""

    def __init__(self) -> None:
        self.own_s: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self._within_s: list[float] = []

    def watching(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is timed."""

        @functools.wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            self._within_s.append(0.0)
            begin = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                taken_s = time.perf_counter() - begin
                self.own_s[name] = self.own_s.get(name, 0.0) + taken_s - self._within_s.pop()
                self.calls[name] = self.calls.get(name, 0) + 1
                if self._within_s:
                    self._within_s[-1] += taken_s

        return timed


def main() -> int:
    """Print where the time of a frame at the slowest zoom level goes."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.profile", description=__doc__)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--as", dest="ending", default="parquet", help="in which format the events are opened")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder  # the user's own is left alone
        path = Path(folder) / f"synthetic.{asked.ending}"
        make_events(asked.events, path)
        with shown_window(make_application(on_screen=False)) as rig:
            rig.time_opening([path])
            sweep = Sweep(rig)
            sweep.pan()
            slowest = max(sweep.levels, key=lambda level: level.figures()["median"])
            profile = profile_level(rig, sweep, slowest)
    say(f"{asked.events:,} events, {profile['seconds_per_px']:,.0f} s a pixel")
    say(f"{profile['plain_ms']:.2f} ms a frame, {profile['frame_ms']:.2f} ms while it is taken apart:")
    for part in profile["parts"]:
        say(f"{part['ms']:8.3f} ms {part['calls']:8.1f} ×  {part['part']}")
    return 0


def profile_level(rig: Rig, sweep: Sweep, level: Level) -> Profile:
    """Pan over a level twice, once plainly and once with the functions that make a picture watched."""
    plain_ms = _mean_ms(sweep.pan_level(level))
    own_times = OwnTimes()
    with watched_functions(own_times):
        rig.loop.settle()
        own_times.own_s.clear()
        own_times.calls.clear()
        times = sweep.pan_level(level)
    frame_ms, count = _mean_ms(times), len(times)
    parts: list[Part] = [
        {"part": name, "ms": own_s * 1e3 / count, "calls": own_times.calls[name] / count}
        for name, own_s in own_times.own_s.items()
    ]
    parts.append({"part": REST, "ms": max(frame_ms - sum(part["ms"] for part in parts), 0.0), "calls": 1.0})
    parts.sort(key=lambda part: -part["ms"])
    return {
        "seconds_per_px": level.view.seconds_per_px,
        "frame_ms": frame_ms,
        "plain_ms": plain_ms,
        "parts": parts[:SHOWN_PARTS],
    }


def _mean_ms(times: Sequence[Timing]) -> float:
    return statistics.fmean(one.ms for one in times)


@contextmanager
def watched_functions(own_times: OwnTimes) -> Iterator[None]:
    """Watch the functions that make a picture, under whatever name a module knows them."""
    with ExitStack() as stack:
        modules = list(_modules())
        watched: dict[Callable[..., Any], Callable[..., Any]] = {}
        for module in modules:
            short = module.__name__.removeprefix("timeline_app.")
            for owner, name, function in _functions(module):
                label = f"{short}: {name}" if owner is module else f"{short}: {owner.__name__}.{name}"
                if owner is module:
                    watched[function] = own_times.watching(label, function)
                else:
                    stack.enter_context(patch.object(owner, name, own_times.watching(label, function)))
        for module in modules:
            for name, value in list(vars(module).items()):
                if inspect.isfunction(value) and value in watched:
                    stack.enter_context(patch.object(module, name, watched[value]))
        yield


def _functions(module: ModuleType) -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    """Give the functions and methods of a module that are watched, each with the module or class that has it."""
    for name, value in vars(module).items():
        if inspect.isfunction(value) and value.__module__ == module.__name__ and WATCHED.fullmatch(name):
            yield module, name, value
        elif inspect.isclass(value) and value.__module__ == module.__name__:
            for method_name, method in vars(value).items():
                if inspect.isfunction(method) and WATCHED.fullmatch(method_name):
                    yield value, method_name, method


def _modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


if __name__ == "__main__":
    sys.exit(main())
