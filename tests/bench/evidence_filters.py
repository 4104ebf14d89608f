"""Ask for what evidence tells: roles, pairs, groups valid in time, disputes, stars, tags, and days of knowledge."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from typing import TypedDict

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from tests.bench.evidence import GROUPS, TAGS, group_name
from tests.bench.figures import Spread, Timing, spread
from tests.bench.loop import NotPaintedError
from tests.bench.rig import FILTER_PATIENCE_S, Rig
from timeline_app.core.calendar import DAY_S
from timeline_app.core.filter import Filter, Match, evaluate
from timeline_app.core.notes import Note
from timeline_app.core.when import iso_bound
from timeline_app.ui.panels.knowledge_strip import STEP_MS, KnowledgeStrip

ROUNDS = 3
STEPS = 20
PLAYED = 5
OWN_TAG = "to be checked"
NOTED_EVERY = 200  # events; as many as somebody may have marked in years
FIRST_KNOWN_YEAR = 2004


class AskedFigures(Spread):
    """Milliseconds to a picture, and the median of the processor's time that all threads took meanwhile."""

    cpu_median: float


class AsOfFigures(TypedDict):
    """A day of knowledge set in the filter, moved by the slider, and played, each to the picture of that day."""

    set: AskedFigures
    moved: AskedFigures
    played: AskedFigures
    with_actor: AskedFigures


def measure_filters(rig: Rig) -> dict[str, AskedFigures]:
    """Ask for each kind of filter several times, never twice the same, and clear it: to the picture of what passes."""
    table = rig.window.session.table
    by_count = np.argsort(-table.actors.counts, kind="stable").tolist()
    names = [table.actors.names[code] for code in by_count[: 2 * ROUNDS]]
    kinds: Mapping[str, Callable[[int], Filter]] = {
        "role": lambda number: Filter(actors=(names[number],), roles=("attacker",)),
        "pair": lambda number: Filter(pairs=(f"{names[number]}>{names[number + 1]}",)),
        "anybody to one": lambda number: Filter(pairs=(f">{names[number]}",)),
        "group valid in time": lambda number: Filter(
            actors=(group_name(number % GROUPS),), members=True, until=str(2012 + number)
        ),
        "disputed": lambda number: Filter(disputed=True, since=str(2000 + number)),
        "tag": lambda number: Filter(tags=(TAGS[number],)),
        "starred": lambda number: Filter(starred=True, until=str(2010 + number)),
        "own tag": lambda number: Filter(own_tags=(OWN_TAG,), until=str(2010 + number)),
        "possibly in years": lambda number: Filter(since=str(1998 + number), until=str(2006 + number)),
        "certainly in years": lambda number: Filter(since=str(1998 + number), until=str(2006 + number), certain=True),
        "all together": lambda number: Filter(
            actors=(names[number], names[number + 1]),
            match=Match.ANY,
            roles=("attacker", "target"),
            since=str(1998 + number),
            as_of=str(2015 + number),
            min_importance=2,
        ),
    }
    return {name: _asked(_times_of(rig, [make(number) for number in range(ROUNDS)])) for name, make in kinds.items()}


def measure_as_of(rig: Rig) -> AsOfFigures:
    """Set a day of knowledge, go from day to day with the keys, and let them play."""
    table = rig.window.session.table
    name = table.actors.names[int(np.argmax(table.actors.counts))]
    days = [str(FIRST_KNOWN_YEAR + 2 * number) for number in range(ROUNDS)]
    alone = _asked(_times_of(rig, [Filter(as_of=day) for day in days]))
    with_actor = _asked(_times_of(rig, [Filter(as_of=day, actors=(name,)) for day in days]))
    rig.window.show_knowledge(shown=True)
    rig.loop.settle()
    strip = rig.window.findChild(KnowledgeStrip)
    if strip is None:
        raise RuntimeError("the axis of knowledge is not shown")
    rig.window.session.set_filter(Filter(as_of="2012-06-01"))
    rig.loop.settle()
    moved = [_step(rig, strip, lambda: QTest.keyClick(strip.slider, Qt.Key.Key_Right)) for _ in range(STEPS)]
    played = _played(rig, strip)
    rig.window.show_knowledge(shown=False)
    rig.loop.settle()
    return {"set": alone, "with_actor": with_actor, "moved": _asked(moved), "played": _asked(played)}


def _asked(times: list[Timing]) -> AskedFigures:
    found = spread([one.ms for one in times])
    return {**found, "cpu_median": statistics.median(one.cpu_ms for one in times)}


def _times_of(rig: Rig, asked: list[Filter]) -> list[Timing]:
    """Return the times that each filter takes, and each clearing of it, from the events without any."""
    session = rig.window.session
    times = []
    for wanted in asked:
        session.set_filter(Filter())
        rig.loop.settle()
        for one, passing in ((wanted, evaluate(wanted, session.noted_table).shown), (Filter(), len(session.table))):
            begin_s = time.process_time()
            taken_ms = rig.time_filter(one, passing)
            times.append(Timing(taken_ms, (time.process_time() - begin_s) * 1e3))
            rig.loop.settle()
    return times


def note_some(rig: Rig) -> None:
    """Give some events stars and tags of one's own, for the filters that ask for them."""
    session = rig.window.session
    rig.loop.run_until(lambda: session.can_note, "it was found out what was noted before", FILTER_PATIENCE_S)
    rows = range(0, len(session.table), NOTED_EVERY)
    notes = {row: Note(starred=row % 3 == 0, tags=(OWN_TAG,) if row % 2 else ()) for row in rows}
    session.set_notes({row: note for row, note in notes.items() if not note.is_empty})
    rig.loop.settle()


def _step(rig: Rig, strip: KnowledgeStrip, act: Callable[[], None]) -> Timing:
    """Return the time from a step of the slider to the painted picture of its day."""
    rig.loop.settle()
    begin_s, begin_cpu_s = time.perf_counter(), time.process_time()
    before = strip.slider.value()
    act()
    painted_s, painted_cpu_s = _await_day(rig, strip, before)
    return Timing((painted_s - begin_s) * 1e3, (painted_cpu_s - begin_cpu_s) * 1e3)


def _played(rig: Rig, strip: KnowledgeStrip) -> list[Timing]:
    """Go on at the pace of playing, and return how long each of some pictures came after the step to its day.

    The button itself goes on by one day only, as the bench has motion reduced.
    """
    session = rig.window.session
    steps_s: list[tuple[float, float]] = []

    def note_step() -> None:
        steps_s.append((time.perf_counter(), time.process_time()))

    session.wanted_changed.connect(note_step)
    playing = QTimer()
    playing.timeout.connect(strip.play_on)
    playing.start(STEP_MS)
    times = []
    before = strip.slider.value()
    for number in range(PLAYED):
        painted_s, painted_cpu_s = _await_day(rig, strip, before)
        begin_s, begin_cpu_s = steps_s[number]
        times.append(Timing((painted_s - begin_s) * 1e3, (painted_cpu_s - begin_cpu_s) * 1e3))
        before = strip.slider.value()
    playing.stop()
    session.wanted_changed.disconnect(note_step)
    return times


def _await_day(rig: Rig, strip: KnowledgeStrip, before: int) -> tuple[float, float]:
    """Return the instant, by the clock and the processor, at which the picture of a day after another one is painted.

    Its counts must be those that are worked out here.
    """
    session, watch, painted = rig.window.session, rig.loop.watch, rig.loop.watch.count
    rig.loop.run_until(lambda: strip.slider.value() > before, "a step to another day", FILTER_PATIENCE_S)
    day = iso_bound(strip.slider.value() * DAY_S, with_time=False)

    def is_painted() -> bool:
        return session.wanted.as_of == day and session.is_settled and watch.count > painted

    painted_s = rig.loop.run_until(is_painted, f"what was known on {day} was painted", FILTER_PATIENCE_S)
    painted_cpu_s = time.process_time()
    counts = rig.painted.counts
    passing = _published_by(rig, strip.slider.value())
    if counts.loaded - counts.filtered_out != passing:
        raise NotPaintedError(f"{counts} are not those of the {passing:,} events that were known on {day}")
    rig.check_counts()
    return painted_s, painted_cpu_s


def _published_by(rig: Rig, day: int) -> int:
    known = rig.window.session.table.known
    if known is None:
        raise RuntimeError("nothing says when the events were published")
    first_days = np.append(known.days[:, 0], np.iinfo(np.int32).min)
    return int(np.count_nonzero(first_days[known.codes] <= day))
