"""Pan and zoom with wheel, mouse and keys, through every zoom level and over ever new places."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from typing import TypedDict

from PySide6.QtCore import QPointF, Qt

from tests.bench.figures import Spread, Timing, spread
from tests.bench.floors import Floors
from tests.bench.hands import NOTCH, move, press, press_key, release, turn_wheel
from tests.bench.rig import Rig
from tests.bench.views import FINEST_S_PER_PX, fullest_places, zoom_levels
from timeline_app.scene.viewport import Viewport

PANS = 160
ZOOM_PLACES = 8
SCREENS_BEFORE = 3.0
DRAG_MOVES = 4
ANGLES = (60, 180)
DRAG_STEPS_PX = (40, 170)
PAN_ROUND = ("wheel", "key", "wheel", "drag")
ZOOM_HANDS = ("wheel", "wheel", "wheel", "key")
LOOK_EVERY = 20
MOST_ATTEMPTS = 3
STEADY_SHARE = 0.15


class LevelFigures(TypedDict):
    """What inputs at one zoom level cost; `singles` is the most events drawn by themselves in one of its frames.

    `times_f1` is each input's time by that of F1 around it, None where no floors were measured.
    """

    seconds_per_px: float
    singles: int
    median: float
    p99: float
    cpu_median: float
    cpu_p99: float
    pan: Spread
    zoom: Spread | None
    times_f1: Spread | None


@dataclass(slots=True)
class Level:
    """One zoom level and the times that were measured at it; `times_f1` has all of them, each by its floor."""

    view: Viewport
    pans: list[Timing] = field(default_factory=list)
    zooms: list[Timing] = field(default_factory=list)
    times_f1: list[float] = field(default_factory=list)
    singles: int = 0

    def compare(self, taken: Timing, floor_ms: float) -> None:
        """Note what an input took in times of F1 around it, where that was measured."""
        if floor_ms:
            self.times_f1.append(taken.ms / floor_ms)

    def figures(self) -> LevelFigures:
        """Sum up the level."""
        both = [*self.pans, *self.zooms]
        whole, by_processor = spread([one.ms for one in both]), spread([one.cpu_ms for one in both])
        return {
            "seconds_per_px": self.view.seconds_per_px,
            "singles": self.singles,
            "median": whole["median"],
            "p99": whole["p99"],
            "cpu_median": by_processor["median"],
            "cpu_p99": by_processor["p99"],
            "pan": spread([one.ms for one in self.pans]),
            "zoom": spread([one.ms for one in self.zooms]) if self.zooms else None,
            "times_f1": spread(self.times_f1) if self.times_f1 else None,
        }


class Sweep:
    """Measures all levels of the timeline that a window shows."""

    def __init__(self, rig: Rig, floors: Floors | None = None, seed: int = 1) -> None:
        """With `floors` they are measured at each level, too."""
        self._rig = rig
        self._floors = floors
        # How often inputs were measured again, see _steadily.
        self.unsteady = 0
        self._chance = random.Random(seed)
        session = rig.window.session
        session.fit_all()
        rig.loop.settle()
        extent = session.table.extent_s
        if extent is None:
            raise RuntimeError("a timeline without bounded dates cannot be swept")
        self._first_s, self._last_s = extent
        self._starts_s = session.table.times.start_earliest_s
        self.levels = [Level(view) for view in zoom_levels(session.viewport)]
        self._canvas = rig.window.timeline

    def pan(self) -> None:
        """Pan at every level, across the place at which most begins, or others where that has to be done again."""
        for level in self.levels:

            def pans(attempt: int, level: Level = level) -> list[tuple[Level, Timing]]:
                return [(level, taken) for taken in self.pan_level(level, attempt)]

            for _, taken, floor_ms in self._steadily(pans):
                level.pans.append(taken)
                level.compare(taken, floor_ms)

    def pan_level(self, level: Level, attempt: int = 0) -> list[Timing]:
        """Pan at one level, and return the time of each input; the first and the last frame are looked at."""
        self.go_to(level, attempt)
        times = []
        for number, act in enumerate(self._pans()):
            times.append(self._time(act, look=number in {0, PANS - 1}))
            level.singles = max(level.singles, len(self._rig.painted.singles.rows))
        return times

    def go_to(self, level: Level, attempt: int = 0) -> None:
        """Show a level some screens before its fullest place, or another one, and let it come to rest."""
        places_s = fullest_places(self._starts_s, level.view.span_s, MOST_ATTEMPTS if attempt else 1)
        place_s = places_s[-attempt]
        before_s = min(SCREENS_BEFORE * level.view.span_s, (place_s - self._first_s) / 2)
        self._rig.window.session.set_viewport(level.view.centred(place_s - int(before_s)))
        self._rig.loop.settle()

    def zoom(self) -> None:
        """Zoom from the whole range to an hour and back at several of the fullest places, at each by wheel or key."""
        span_s = self.levels[-1].view.span_s
        places_s = fullest_places(self._starts_s, span_s, ZOOM_PLACES)
        others_s = fullest_places(self._starts_s, span_s, MOST_ATTEMPTS * ZOOM_PLACES)
        others = iter([place_s for place_s in others_s if place_s not in places_s])
        for place_s, hand in zip(places_s, cycle(ZOOM_HANDS)):

            def zooms(attempt: int, first_s: int = place_s, hand: str = hand) -> list[tuple[Level, Timing]]:
                return self._zoom_at(next(others) if attempt else first_s, hand)

            for level, taken, floor_ms in self._steadily(zooms):
                level.zooms.append(taken)
                level.compare(taken, floor_ms)

    def _zoom_at(self, place_s: int, hand: str) -> list[tuple[Level, Timing]]:
        """Zoom in at one place and out again, and return the time of each input with the level that it led to."""
        session = self._rig.window.session
        session.set_viewport(self.levels[0].view.centred(place_s))
        self._rig.loop.settle()
        taken = []
        while session.viewport.seconds_per_px > FINEST_S_PER_PX:
            taken.append(self._zoom_at_middle(hand, 1))
        while session.viewport.seconds_per_px < self.levels[0].view.seconds_per_px:
            taken.append(self._zoom_at_middle(hand, -1))
        return taken

    def _steadily(self, measure: Callable[[int], list[tuple[Level, Timing]]]) -> list[tuple[Level, Timing, float]]:
        """Measure some inputs between two times of F1, and give each with the mean of these, 0 without floors.

        Where they differ by more than STEADY_SHARE the machine changed its speed meanwhile: nobody could tell by what
        an input is to be judged. Then others are measured, which are told the number of the attempt, and these count.
        """
        if self._floors is None:
            return [(level, taken, 0.0) for level, taken in measure(0)]
        for attempt in range(MOST_ATTEMPTS):
            before_ms = self._floor_ms(self._floors)
            found = measure(attempt)
            after_ms = self._floor_ms(self._floors)
            if max(before_ms, after_ms) <= min(before_ms, after_ms) * (1 + STEADY_SHARE):
                break
            self.unsteady += 1
        return [(level, taken, (before_ms + after_ms) / 2) for level, taken in found]

    def _floor_ms(self, floors: Floors) -> float:
        found_ms = floors.measure(pace=self._rig.loop.await_turn)
        self._rig.window.activateWindow()
        return found_ms

    def _zoom_at_middle(self, hand: str, direction: int) -> tuple[Level, Timing]:
        """Take one step in or out, by wheel or key, and return the level that it leads to, and its time."""
        if hand == "wheel":
            x_px, angle = self._canvas.width() / 2, direction * NOTCH
            act = partial(self._wheel, x_px, angle, Qt.KeyboardModifier.ControlModifier)
        else:
            act = partial(press_key, self._canvas, Qt.Key.Key_W if direction > 0 else Qt.Key.Key_S)
        taken = self._time(act, look=not self._chance.randrange(LOOK_EVERY))
        reached = self._rig.window.session.viewport.seconds_per_px
        number = round(math.log2(self.levels[0].view.seconds_per_px / reached))
        level = self.levels[min(max(number, 0), len(self.levels) - 1)]
        level.singles = max(level.singles, len(self._rig.painted.singles.rows))
        return level, taken

    def _pans(self) -> Iterator[Callable[[], None]]:
        """Give the inputs of one level, each of which leads to a place of its own."""
        direction, given = 1, 0
        while given < PANS:
            direction = self._direction(direction)
            kind = PAN_ROUND[given % len(PAN_ROUND)]
            for act in self._drag(direction) if kind == "drag" else [self._step(kind, direction)]:
                yield act
                given += 1

    def _direction(self, before: int) -> int:
        """Keep on, but turn round at either end of the timeline."""
        middle_s = self._rig.window.session.viewport.middle_s
        if middle_s >= self._last_s:
            return -1
        return 1 if middle_s <= self._first_s else before

    def _step(self, kind: str, direction: int) -> Callable[[], None]:
        if kind == "key":
            return partial(press_key, self._canvas, Qt.Key.Key_D if direction > 0 else Qt.Key.Key_A)
        angle = -direction * self._chance.randint(*ANGLES)
        return partial(self._wheel, self._canvas.width() * 0.6, angle, Qt.KeyboardModifier.ShiftModifier)

    def _drag(self, direction: int) -> Iterator[Callable[[], None]]:
        """Press, drag by some moves, which are the inputs, and let go."""
        at = QPointF(self._canvas.width() * (0.8 if direction > 0 else 0.2), self._canvas.height() * 0.6)
        press(self._canvas, at)
        for _ in range(DRAG_MOVES):
            at = QPointF(at.x() - direction * self._chance.randint(*DRAG_STEPS_PX), at.y())
            yield partial(move, self._canvas, at)
        release(self._canvas, at)

    def _wheel(self, x_px: float, angle: int, modifiers: Qt.KeyboardModifier) -> None:
        turn_wheel(self._canvas, QPointF(x_px, self._canvas.height() * 0.6), angle, modifiers)

    def _time(self, act: Callable[[], None], *, look: bool) -> Timing:
        return self._rig.time_input_seen(act) if look else self._rig.time_input(act)
