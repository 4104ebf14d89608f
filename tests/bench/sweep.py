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


class LevelFigures(TypedDict):
    """What inputs at one zoom level cost; `singles` is the most events drawn by themselves in one of its frames."""

    seconds_per_px: float
    singles: int
    median: float
    p99: float
    cpu_median: float
    cpu_p99: float
    pan: Spread
    zoom: Spread | None


@dataclass(slots=True)
class Level:
    """One zoom level and the times that were measured at it."""

    view: Viewport
    pans: list[Timing] = field(default_factory=list)
    zooms: list[Timing] = field(default_factory=list)
    singles: int = 0

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
        }


class Sweep:
    """Measures all levels of the timeline that a window shows."""

    def __init__(self, rig: Rig, floors: Floors | None = None, seed: int = 1) -> None:
        """With `floors` they are measured at each level, too."""
        self._rig = rig
        self._floors = floors
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
        """Pan at every level, across the place at which most begins."""
        for level in self.levels:
            level.pans += self.pan_level(level)
            if self._floors is not None:
                self._floors.measure(pace=self._rig.loop.await_turn)
                self._rig.window.activateWindow()

    def pan_level(self, level: Level) -> list[Timing]:
        """Pan at one level, and return the time of each input; the first and the last frame are looked at."""
        self.go_to(level)
        times = []
        for number, act in enumerate(self._pans()):
            times.append(self._time(act, look=number in {0, PANS - 1}))
            level.singles = max(level.singles, len(self._rig.painted.singles.rows))
        return times

    def go_to(self, level: Level) -> None:
        """Show a level some screens before its fullest place, and let it come to rest."""
        place_s = fullest_places(self._starts_s, level.view.span_s)[0]
        before_s = min(SCREENS_BEFORE * level.view.span_s, (place_s - self._first_s) / 2)
        self._rig.window.session.set_viewport(level.view.centred(place_s - int(before_s)))
        self._rig.loop.settle()

    def zoom(self) -> None:
        """Zoom from the whole range to an hour and back at several of the fullest places, at each by wheel or key."""
        session = self._rig.window.session
        places_s = fullest_places(self._starts_s, self.levels[-1].view.span_s, ZOOM_PLACES)
        for place_s, hand in zip(places_s, cycle(ZOOM_HANDS)):
            session.set_viewport(self.levels[0].view.centred(place_s))
            self._rig.loop.settle()
            while session.viewport.seconds_per_px > FINEST_S_PER_PX:
                self._zoom_at_middle(hand, 1)
            while session.viewport.seconds_per_px < self.levels[0].view.seconds_per_px:
                self._zoom_at_middle(hand, -1)

    def _zoom_at_middle(self, hand: str, direction: int) -> None:
        """Take one step in or out, by wheel or key, and count it to the level that it leads to."""
        if hand == "wheel":
            x_px, angle = self._canvas.width() / 2, direction * NOTCH
            act = partial(self._wheel, x_px, angle, Qt.KeyboardModifier.ControlModifier)
        else:
            act = partial(press_key, self._canvas, Qt.Key.Key_W if direction > 0 else Qt.Key.Key_S)
        taken = self._time(act, look=not self._chance.randrange(LOOK_EVERY))
        reached = self._rig.window.session.viewport.seconds_per_px
        number = round(math.log2(self.levels[0].view.seconds_per_px / reached))
        level = self.levels[min(max(number, 0), len(self.levels) - 1)]
        level.zooms.append(taken)
        level.singles = max(level.singles, len(self._rig.painted.singles.rows))

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
