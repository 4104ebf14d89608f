"""How long painting one full frame takes, by hand: python -m tests.bench.painting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from tests.bench.figures import Stopwatch, Timing, spread
from tests.bench.floors import HEIGHT_PX, WIDTH_PX, measure_floors
from tests.bench.say import say
from tests.helpers.canvases import make_look
from tests.helpers.scenes import make_scene, synthetic_table
from timeline_app.app import make_application
from timeline_app.core.lanes import Grouping
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.scene.clusters import Clusters
from timeline_app.scene.frame import Frame, FrameLane
from timeline_app.scene.rows import CELL_PX, TitlePlace
from timeline_app.scene.singles import Singles
from timeline_app.scene.strips import Strip
from timeline_app.ui.timeline.layers import MostNew
from timeline_app.ui.timeline.painter import FramePainter, Highlights

ROUNDS = 300
LANES, MARKS, BARS, TITLES, COUNTS = 12, 2_000, 200, 300, 300
LANE_PX = (HEIGHT_PX - 44) // LANES
LINES = 2
LINE_PX = 22
TITLE_PX = 140
NEW_TEXTS = MostNew(titles=24, words=48)
STRIP_COLUMN_PX = 4


def main() -> None:
    """Print the floors, and median and p99 of every kind of full frame."""
    application = make_application()
    floors = measure_floors(application)
    say(f"floors: F0 {floors['F0_ms']:.2f} ms, F1 {floors['F1_ms']:.2f} ms")
    table = synthetic_table(20_000)
    for name, frame in frames(table).items():
        painting = Painting(table, frame)
        first, limited = painting.first(None), painting.first(NEW_TEXTS)
        times = painting.again()
        by_clock, by_processor = spread([one.ms for one in times]), spread([one.cpu_ms for one in times])
        say(
            f"{name:36} median {by_clock['median']:5.2f} ms, p99 {by_clock['p99']:5.2f} ms, "
            f"processor {by_processor['median']:5.2f} and {by_processor['p99']:5.2f} ms; "
            f"first frame {first.ms:5.1f} ms, with {NEW_TEXTS.titles} titles {limited.ms:5.1f} ms"
        )


class Painting:
    """Paints one frame over and over, a pixel farther each time, as a pan does."""

    def __init__(self, table: EventTable, frame: Frame) -> None:
        self._table = table
        self._frame = frame
        self._look = make_look(table)
        self._image = QImage(QSize(WIDTH_PX, HEIGHT_PX), QImage.Format.Format_RGB32)

    def first(self, most_new: MostNew | None) -> Timing:
        """Return how long a frame takes whose every picture and text is new, titles up to a number of them."""
        return self._paint(FramePainter(self._look, safe_text), self._frame, most_new)

    def again(self) -> list[Timing]:
        """Return the times of ROUNDS frames after the first."""
        painter = FramePainter(self._look, safe_text)
        self._paint(painter, self._frame, None)
        return [self._paint(painter, moved(self._frame, number % 40), NEW_TEXTS) for number in range(ROUNDS)]

    def _paint(self, painter: FramePainter, frame: Frame, most_new: MostNew | None) -> Timing:
        with QPainter(self._image) as on_image:
            watch = Stopwatch()
            painter.paint(on_image, frame, self._table, Grouping.ACTOR, Highlights(), most_new=most_new)
            return watch.taken()


def frames(table: EventTable) -> dict[str, Frame]:
    """Return the frames to paint: all kinds of shapes at once, and many of each."""
    full = full_frame(table, MARKS, BARS, TITLES, COUNTS)
    crowd = full_frame(table, 0, MARKS, 0, 0)
    none = full_frame(table, 0, 0, 0, 0)
    return {
        "marks, bars, titles and counts": full,
        "the same, bars all in doubt": doubtful(full),
        "2,000 bars, all in doubt": doubtful(crowd),
        "2,000 marks": full_frame(table, MARKS, 0, 0, 0),
        "300 titles": full_frame(table, TITLES, 0, TITLES, 0),
        "300 counts": full_frame(table, 0, 0, 0, COUNTS),
        "12 density strips with 300 counts": replace(full_frame(table, 0, 0, 0, COUNTS), strips=strips()),
        "ground, axis and lane heads": none,
    }


def full_frame(table: EventTable, marks: int, bars: int, titles: int, counts: int) -> Frame:
    """Return a frame with so many shapes at random places, each title one of another row."""
    scene = make_scene(table)
    view = scene.fitted(WIDTH_PX)
    plain = scene.frame(view, height_px=HEIGHT_PX)
    lanes = tuple(
        FrameLane(f"Actor {number}", f"Actor {number}", 1_000 * number, top, top + LANE_PX, number)
        for number, top in enumerate(range(44, 44 + LANES * LANE_PX, LANE_PX))
    )
    singles = random_singles(table, marks, bars, titles)
    cluster = plain.clusters[0]
    per_lane = max(1, counts // LANES)
    placed = tuple(
        replace(
            cluster,
            lane=number // per_lane % LANES,
            x_px=(number % per_lane + 0.5) * CELL_PX,
            y_px=lanes[number // per_lane % LANES].bottom_px - 14.0,
        )
        for number in range(counts)
    )
    return replace(plain, lanes=lanes, singles=singles, clusters=Clusters.of(placed), strips=())


def random_singles(table: EventTable, marks: int, bars: int, titles: int) -> Singles:
    """Return singles at random places; the first `titles` of them have a title."""
    chance = np.random.default_rng(3)
    count = marks + bars
    is_mark = np.arange(count) >= bars
    x = chance.uniform(0, WIDTH_PX, count)
    length = np.where(is_mark, 2.0, chance.uniform(14, 90, count))
    lane = chance.integers(0, LANES, count)
    y = (44 + lane * LANE_PX + 22 + chance.integers(0, LINES, count) * LINE_PX).astype(np.float64)
    rows = chance.choice(len(table), count, replace=False).astype(np.int32)
    place = np.where(np.arange(count) < titles, TitlePlace.RIGHT, TitlePlace.NONE).astype(np.uint8)
    title_left = x + length + 5
    return Singles(
        rows=rows,
        lane=lane.astype(np.int32),
        y_px=y,
        start_px=x,
        sure_start_px=x,
        sure_end_px=x + length,
        end_px=x + length,
        middle_px=x + length / 2,
        is_mark=is_mark,
        left_px=x,
        right_px=x + length,
        title_place=place,
        title_px=title_left,
        title_width_px=np.full(count, float(TITLE_PX)),
        flags=np.zeros(count, np.uint8),
        certain=np.ones(count, np.bool_),
    )


def doubtful(frame: Frame) -> Frame:
    """Return the frame with all its bars in doubt, as those that are dated to a day or a month."""
    singles = frame.singles
    return replace(frame, singles=replace(singles, sure_start_px=singles.end_px, sure_end_px=singles.start_px))


def strips() -> tuple[Strip, ...]:
    """Return a density strip for each lane."""
    chance = np.random.default_rng(4)
    columns = WIDTH_PX // STRIP_COLUMN_PX
    found = []
    for lane in range(LANES):
        bottom = 44.0 + (lane + 1) * LANE_PX - 2
        counts = chance.negative_binomial(1, 0.01, columns).astype(np.int64)
        found.append(Strip(lane, bottom - 24, bottom, 0.0, STRIP_COLUMN_PX, counts, int(counts.max()), "6 days"))
    return tuple(found)


def moved(frame: Frame, by_px: float) -> Frame:
    """Return the frame with all singles farther to the right."""
    singles = frame.singles
    return replace(
        frame,
        singles=replace(
            singles,
            start_px=singles.start_px + by_px,
            sure_start_px=singles.sure_start_px + by_px,
            sure_end_px=singles.sure_end_px + by_px,
            end_px=singles.end_px + by_px,
            middle_px=singles.middle_px + by_px,
            title_px=singles.title_px + by_px,
        ),
    )


if __name__ == "__main__":
    main()
