"""Scenes to be laid out and drawn in tests: random events of every kind of date, large tables, and frames of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from unittest import mock

import numpy as np
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from tests.helpers.tables import make_event, make_table
from timeline_app.core import lanes as lanes_module
from timeline_app.core.arrays import BoolArray, Float32Array, Int32Array, Int64Array
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, FilterResult, evaluate
from timeline_app.core.lanes import INDEXED_FROM, LANE_LIMIT, Grouping, LaneSet, build_lanes
from timeline_app.core.postings import Postings
from timeline_app.core.records import RecordList
from timeline_app.core.table import EventTable
from timeline_app.core.times import Times
from timeline_app.core.when import FUTURE_S, PAST_S, Precision, When, parse
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.scene.frame import Canvas, Frame, Measures, build_frame
from timeline_app.scene.lane_lines import lane_lines
from timeline_app.scene.layout import Layouts
from timeline_app.scene.rows import CELL_PX, GAP_PX, Extents, LaneRows, lay_out, measure_extents
from timeline_app.scene.viewport import Viewport
from timeline_app.scene.visible import BEYOND_PX

WIDTH_PX = 1000
TALL_PX = 100_000
CHARACTER_PX = 7
MOST_TITLE_PX = 260
SCALES_OF_A_LEVEL = (1.0, 0.81, 0.5000001)
DAY_S = 86_400
YEAR_S = 31_556_952
BIG_BANG_S = parse("Y-13800000000").start_earliest_s
NOW_S = parse("2024-11-01").start_earliest_s
ACTORS = ("Russia", "North Korea", "Ukraine", "NATO", "Iran")
TYPES = ("", "attack", "summit", "supply")

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scene:
    """A table with its filter, lanes and room for titles, ready to be laid out."""

    table: EventTable
    result: FilterResult
    lanes: LaneSet
    extents: Extents
    max_lines: int = 12

    def _repr_pretty_(self, printer: RepresentationPrinter, _is_cycle: bool) -> None:
        """Tell Hypothesis, which would else write down every column of the table, what an example was."""
        printer.text(f"<{len(self.table)} events, lanes of {[len(lane.rows) for lane in self.lanes.lanes]}>")

    def layouts(self) -> Layouts:
        """Return the lanes, nothing of them laid out yet."""
        return Layouts(self.lanes, self.extents, self.max_lines)

    def laid_out(self, level: int) -> list[LaneRows]:
        """Lay every lane out as a whole for a level."""
        lanes = self.lanes.lanes
        lines = lane_lines(lanes, self.max_lines)
        return [lay_out(lane, self.extents, level, most) for lane, most in zip(lanes, lines, strict=True)]

    def frame(
        self,
        view: Viewport,
        layouts: Layouts | None = None,
        *,
        steps: int | None = None,
        height_px: int = TALL_PX,
        scroll_px: int = 0,
        text_scale: float = 1.0,
    ) -> Frame:
        """Build the picture of a view high enough for all lanes, complete or after so many more steps of layout."""
        laid_out = layouts or self.layouts()
        if steps is None:
            laid_out.prepare(view)
        else:
            laid_out.proceed(view, so_often(steps))
        canvas = Canvas(height_px, scroll_px, Measures.at(text_scale), EnglishWords())
        return build_frame(self.table, laid_out, self.result.certain_if_passing, view, canvas)

    def fitted(self, width_px: int = WIDTH_PX) -> Viewport:
        """Return the view that shows all events."""
        first_s, last_s = self.table.extent_s or (0, DAY_S)
        return Viewport.fit(first_s, last_s, width_px)


def so_often(times: int) -> Callable[[], bool]:
    """Return what says yes so many times, and no ever after."""
    left = iter(range(times))
    return lambda: next(left, None) is not None


def make_scene(
    events: list[Event] | EventTable,
    wanted: Filter | None = None,
    grouping: Grouping = Grouping.ACTOR,
    *,
    max_lines: int = 12,
    limit: int = LANE_LIMIT,
    crowded_from: int = INDEXED_FROM,
    surely: BoolArray | None = None,
) -> Scene:
    """Make a scene of events; lanes are crowded from so many events on. Told `surely`, all pass, surely or not."""
    table = events if isinstance(events, EventTable) else make_table(events)
    asked = wanted or Filter()
    result = evaluate(asked, table) if surely is None else FilterResult(len(table), surely=surely)
    with mock.patch.object(lanes_module, "INDEXED_FROM", crowded_from):
        lanes = build_lanes(table, result, asked, grouping, limit=limit)
    return Scene(table, result, lanes, measured(table), max_lines)


def measured(table: EventTable) -> Extents:
    """Return what a table's events need of room, with titles of CHARACTER_PX a character."""

    def title_px(rows: Int32Array) -> Float32Array:
        widths = [min(CHARACTER_PX * len(title), MOST_TITLE_PX) for title in table.titles_of(rows.tolist())]
        return np.array(widths, np.float32)

    return measure_extents(table, title_px)


def numbered(whens: list[str], **fields: object) -> list[Event]:
    """Make events of these dates, titled "e0", "e1" and so on, with one actor unless told otherwise."""
    plain = [make_event(f"e{number}", when, actors=["Russia"]) for number, when in enumerate(whens)]
    return [replace(event, **fields) for event in plain]  # type: ignore[arg-type]  # names of fields come from tests


# Everything that does not depend on what was drawn before stands here, and what goes together is drawn in one: most of
# the time of a property over events goes into drawing them.
_LENGTHS_S = (0, 1, 59, DAY_S - 1, 30 * DAY_S - 1, 3 * YEAR_S, 10**9 * YEAR_S)
_SPREADS_S = (60, DAY_S, 60 * DAY_S, 10 * YEAR_S, 10**9 * YEAR_S)
_BASES_S = (NOW_S, NOW_S, NOW_S, parse("-0043").start_earliest_s, BIG_BANG_S)
_STARTS_S = st.sampled_from(
    [st.integers(base_s - spread_s, base_s + spread_s) for base_s, spread_s in product(_BASES_S, _SPREADS_S)]
)
_KINDS = ("point", "point", "point", "span", "open end", "open start", "open")
_SHAPES = st.sampled_from(tuple(product(_KINDS, _LENGTHS_S, _LENGTHS_S, _LENGTHS_S)))
_TITLES = st.integers(1, 30).map(lambda length: "T" * length)
_ACTOR_LISTS = st.sampled_from([names for most in (0, 1, 2, 3) for names in combinations(ACTORS, most)])
_KINDS_OF_EVENT = st.sampled_from(tuple(product(TYPES, ("", "Kazan", "Kursk"), range(1, 6))))


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Make dates of every kind, many of them close together, near now, 44 BC and the big bang."""
    start_s = draw(draw(_STARTS_S))
    kind, doubt_s, length_s, end_doubt_s = draw(_SHAPES)
    if kind == "point":
        end_s = start_s + doubt_s
        return When("", start_s, end_s, start_s, end_s, Precision.DAY)
    sure_s = start_s + doubt_s + length_s
    span = When("", start_s, start_s + doubt_s, sure_s, sure_s + end_doubt_s, Precision.DAY, is_span=True)
    if kind in {"open end", "open"}:
        span = replace(span, end_latest_s=FUTURE_S, open_end=True)
    if kind in {"open start", "open"}:
        span = replace(span, start_earliest_s=PAST_S, open_start=True)
    return span


_WHENS = whens()


@st.composite
def events(draw: st.DrawFn, *, largest: int = 40) -> list[Event]:
    """Make a list of events of every kind, with up to three actors each."""
    found = []
    for number in range(draw(st.integers(0, largest))):
        type_, place, importance = draw(_KINDS_OF_EVENT)
        event = make_event(
            draw(_TITLES),
            draw(_WHENS),
            event_id=str(number),
            actors=draw(_ACTOR_LISTS),
            type_=type_,
            place=place,
            importance=importance,
        )
        found.append(event)
    return found


@st.composite
def scenes(draw: st.DrawFn, *, largest: int = 40) -> Scene:
    """Make scenes of random events under random filters and groupings, with few and with many lines a lane."""
    wanted = draw(
        st.builds(
            Filter,
            actors=st.lists(st.sampled_from(ACTORS), max_size=2, unique=True).map(tuple),
            types=st.sampled_from([(), (), ("attack",)]),
            since=st.sampled_from(["", "", "2024-10"]),
            min_importance=st.sampled_from([1, 1, 3]),
        )
    )
    return make_scene(
        draw(events(largest=largest)),
        wanted,
        draw(st.sampled_from(list(Grouping))),
        max_lines=draw(st.sampled_from([1, 2, 5, 12])),
        limit=draw(st.sampled_from([2, LANE_LIMIT])),
    )


def views(scene: Scene, *, width_px: int = WIDTH_PX) -> st.SearchStrategy[Viewport]:
    """Make views of a scene, from all of time to a minute, most of them about one of its events."""
    starts = scene.extents.drawn_s(np.arange(len(scene.table), dtype=np.int32))[0].tolist() or [0]
    scales = st.floats(-5.6, 50).map(lambda power: 2.0**power)
    return st.builds(
        lambda time_s, seconds_per_px, at_px: Viewport(time_s, 0.0, seconds_per_px, width_px).panned(-at_px),
        st.sampled_from(starts),
        scales,
        st.integers(-200, width_px + 200),
    )


def synthetic_table(count: int, *, seed: int = 7, first: str = "1990", last: str = "2024") -> EventTable:
    """Make a table of many events from arrays, a fifth of them in one crowded year; all share one record."""
    random = np.random.default_rng(seed)
    first_s, last_s = parse(first).start_earliest_s, parse(last).end_latest_s
    crowded_s = last_s - YEAR_S
    starts = random.integers(first_s, last_s, count)
    starts[: count // 5] = random.integers(crowded_s, last_s, count // 5)
    starts = np.sort(starts // DAY_S * DAY_S)
    lengths = np.where(random.random(count) < 0.05, random.integers(0, 200, count) * DAY_S, 0) + DAY_S - 1
    bounds = np.stack((starts, starts + DAY_S - 1, starts + lengths, starts + lengths), axis=1)
    owners = np.minimum(random.geometric(0.25, count), 12) - 1
    records = (make_event("Shelling of the town"),) * count
    return table_of_bounds(bounds, owners, random.integers(1, 6, count), records, random.integers(-1, 3, count))


def table_of_bounds(
    bounds_s: Int64Array, owners: Int64Array, importance: Int64Array, records: tuple[Event, ...], types: Int64Array
) -> EventTable:
    """Make a table of events with one actor each from arrays, without whole events that say the same."""
    count = len(bounds_s)
    order = np.argsort(owners, kind="stable").astype(np.int32)
    names = tuple(f"Actor {number}" for number in range(12))
    offsets = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=12)))).astype(np.int64)
    nobody = Postings.build(count, ())
    return EventTable(
        times=Times.of_bounds(bounds_s),
        flags=np.zeros(count, np.uint8),
        precision=np.full(count, Precision.DAY, np.uint8),
        importance=importance.astype(np.uint8),
        type_codes=types.astype(np.int32),
        place_codes=np.full(count, -1, np.int32),
        types=("attack", "summit", "supply"),
        places=(),
        actors=Postings(names, offsets, order, {name: code for code, name in enumerate(names)}),
        sources=nobody,
        tags=nobody,
        records=RecordList(records),
        gazetteer=make_table().gazetteer,
    )


def crowd_table(count: int, seed: int, span_s: int, grain_s: int, first_s: int = NOW_S) -> EventTable:
    """Make a table of events within `span_s` seconds, their dates whole multiples of `grain_s`.

    A third lasts longer than a grain, up to a quarter of the span, a few have no known beginning or end, a fifth lies
    on few dates.
    """
    random = np.random.default_rng(seed)
    starts = first_s + random.integers(0, max(span_s, 1), count)
    starts[: count // 5] = random.choice(starts[: max(count // 40, 1)], count // 5)
    starts = starts // grain_s * grain_s
    lasting = np.full(count, grain_s - 1)
    long = random.random(count) < 0.3
    lasting[long] += (2.0 ** random.uniform(0, math.log2(max(span_s // 4, 2)), count)).astype(np.int64)[long]
    ends = starts + lasting
    inner = np.minimum(starts + grain_s - 1, ends), np.maximum(starts, ends - grain_s)
    bounds = np.stack((starts, *inner, ends), axis=1)
    bounds[random.random(count) < 0.03, 3] = FUTURE_S
    bounds[random.random(count) < 0.02, 0] = PAST_S
    bounds = bounds[np.lexsort(bounds.T[::-1])]
    titles = [make_event("T" * length, event_id=str(length)) for length in (2, 9, 17, 25, 60)]
    records = tuple(titles[number] for number in random.integers(0, len(titles), count).tolist())
    owners = np.minimum(random.geometric(0.5, count), 3) - 1
    return table_of_bounds(bounds, owners, random.choice([1, 3, 3, 3, 4, 5], count), records, np.full(count, -1))


@st.composite
def crowds(draw: st.DrawFn, *, largest: int = 700) -> Scene:
    """Make scenes in which all lanes, or most of them, are crowded: days, minutes, spans, and deep time."""
    if draw(st.booleans()):
        grouping = draw(st.sampled_from([Grouping.ACTOR, Grouping.NONE, Grouping.TYPE]))
        return make_scene(draw(events()), grouping=grouping, crowded_from=draw(st.sampled_from([1, 4])))
    span_s, grain_s, first_s = draw(
        st.sampled_from(
            [
                (5 * YEAR_S, DAY_S, NOW_S - 4 * YEAR_S),
                (60 * DAY_S, DAY_S, NOW_S),
                (DAY_S, 60, NOW_S),
                (3600, 1, NOW_S),
                (10**10 * YEAR_S, YEAR_S, BIG_BANG_S),
                (DAY_S, 1, BIG_BANG_S),
            ]
        )
    )
    table = crowd_table(draw(st.integers(1, largest)), draw(st.integers(0, 999)), span_s, grain_s, first_s)
    grouping = draw(st.sampled_from([Grouping.ACTOR, Grouping.NONE]))
    return make_scene(table, grouping=grouping, crowded_from=50, max_lines=draw(st.sampled_from([12, 24])))


def near_views(scene: Scene, *, width_px: int = WIDTH_PX) -> st.SearchStrategy[Viewport]:
    """Make views of a scene between all of it and few of its events, about one of them."""
    starts = scene.extents.drawn_s(np.arange(len(scene.table), dtype=np.int32))[0].tolist() or [0]
    fitted = scene.fitted(width_px)
    return st.builds(
        lambda time_s, power, at_px: fitted.zoomed(2.0**power, 0).centred(time_s).panned(at_px),
        st.sampled_from(starts),
        st.floats(-2, 12),
        st.integers(-width_px, width_px),
    )


def too_close(boxes: list[Interval], least_gap_px: float = GAP_PX) -> list[tuple[Interval, Interval]]:
    """Return the neighbouring pairs of boxes that have less than a gap between them."""
    return [(one, other) for one, other in pairwise(sorted(boxes)) if other[0] < one[1] + least_gap_px - 1e-3]


def boxes_by_line(frame: Frame) -> dict[float, list[Interval]]:
    """Return for every line of a frame, by its height, the boxes of what stands on it: mark and title together.

    What lies so far out that the frame cuts its position is left out.
    """
    singles = frame.singles
    found: dict[float, list[Interval]] = {}
    for place in range(len(singles)):
        box = (float(singles.left_px[place]), float(singles.right_px[place]))
        if box[1] > -BEYOND_PX and box[0] < frame.width_px + BEYOND_PX:
            found.setdefault(float(singles.y_px[place]), []).append(box)
    return found


def rows_in_frame(frame: Frame) -> set[int]:
    """Return the rows that a frame shows, alone or in a count."""
    found = {int(row) for row in frame.singles.rows}
    for cluster in frame.clusters:
        found.update(int(row) for row in cluster.rows)
    return found


def in_cells(scene: Scene, rows: Int32Array, view: Viewport) -> BoolArray:
    """Return which rows touch the cells of the level that a view touches, worked out event by event."""
    width_s = math.ceil(CELL_PX * 2.0**view.level)
    first_s, beyond_s = view.left_s // width_s * width_s, -(-view.right_s // width_s) * width_s
    starts_s, ends_s = scene.extents.drawn_s(rows)
    goes_on = scene.table.times.ends_of(rows) == FUTURE_S
    touches: BoolArray = (starts_s < beyond_s) & ((ends_s > first_s) | goes_on)
    return touches


def rows_in_view(scene: Scene, view: Viewport) -> list[int]:
    """Return the rows that pass the filter and touch the cells that a view touches."""
    rows = np.flatnonzero(scene.result.mask).astype(np.int32)
    return [int(row) for row in rows[in_cells(scene, rows, view)]]


def lanes_in_view(scene: Scene, frame: Frame) -> list[tuple[list[int], list[int], list[int]]]:
    """Return for every lane which of its rows in view stand alone, which are merged, and which there are."""
    singles, view = frame.singles, frame.viewport
    found = []
    for number, shown in enumerate(frame.lanes):
        lane = scene.lanes.lanes[shown.number]
        expected = lane.rows[in_cells(scene, lane.rows, view)].tolist()
        alone = [row for row in singles.rows[singles.lane == number].tolist() if row in set(expected)]
        merged = [row for cluster in frame.clusters if cluster.lane == number for row in cluster.rows.tolist()]
        found.append((alone, merged, expected))
    return found


def at_share_of_level(view: Viewport, share: float) -> Viewport:
    """Return the view with such a share (over a half, to 1) of the coarsest scale of its level."""
    return view.zoomed(view.seconds_per_px / (2.0**view.level * share), view.width_px / 2)
