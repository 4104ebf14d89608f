"""Scenes to be laid out and drawn in tests: random events of every kind of date, large tables, and frames of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import Event
from timeline_app.core.filter import Filter, FilterResult, evaluate
from timeline_app.core.lanes import LANE_LIMIT, Grouping, LaneSet, build_lanes
from timeline_app.core.table import EventTable, Postings, Times
from timeline_app.core.when import FUTURE_S, PAST_S, Precision, When, parse
from timeline_app.scene.frame import BEYOND_PX, Canvas, Frame, Measures, build_frame
from timeline_app.scene.rows import GAP_PX, Extents, Layout, lay_out, measure_extents
from timeline_app.scene.ticks import EnglishWords
from timeline_app.scene.viewport import Viewport

WIDTH_PX = 1000
TALL_PX = 100_000
CHARACTER_PX = 7
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

    def layout(self, level: int) -> Layout:
        """Lay the lanes out for a level."""
        return lay_out(self.lanes, self.extents, level, self.max_lines)

    def frame(
        self,
        view: Viewport,
        layout: Layout | None = None,
        *,
        height_px: int = TALL_PX,
        scroll_px: int = 0,
        text_scale: float = 1.0,
    ) -> Frame:
        """Build the picture of a view, high enough for all lanes unless told otherwise."""
        canvas = Canvas(height_px, scroll_px, Measures.at(text_scale), EnglishWords())
        laid_out = layout or self.layout(view.level)
        return build_frame(self.table, self.extents, laid_out, self.result.certain, view, canvas)

    def fitted(self, width_px: int = WIDTH_PX) -> Viewport:
        """Return the view that shows all events."""
        first_s, last_s = self.table.extent_s or (0, DAY_S)
        return Viewport.fit(first_s, last_s, width_px)


def make_scene(
    events: list[Event] | EventTable,
    wanted: Filter | None = None,
    grouping: Grouping = Grouping.ACTOR,
    *,
    max_lines: int = 12,
    limit: int = LANE_LIMIT,
) -> Scene:
    """Make a scene of events; titles are CHARACTER_PX a character wide."""
    table = events if isinstance(events, EventTable) else make_table(events)
    asked = wanted or Filter()
    result = evaluate(asked, table)
    lanes = build_lanes(table, result, asked, grouping, limit=limit)
    widths = np.array([min(CHARACTER_PX * len(title), 260) for title in table.titles], np.float32)
    return Scene(table, result, lanes, measure_extents(table, widths), max_lines)


def numbered(whens: list[str], **fields: object) -> list[Event]:
    """Make events of these dates, titled "e0", "e1" and so on, with one actor unless told otherwise."""
    plain = [make_event(f"e{number}", when, actors=["Russia"]) for number, when in enumerate(whens)]
    return [replace(event, **fields) for event in plain]  # type: ignore[arg-type]  # names of fields come from tests


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Make dates of every kind, many of them close together, near now, 44 BC and the big bang."""
    base_s = draw(st.sampled_from([NOW_S, NOW_S, NOW_S, parse("-0043").start_earliest_s, BIG_BANG_S]))
    spread_s = draw(st.sampled_from([60, DAY_S, 60 * DAY_S, 10 * YEAR_S, 10**9 * YEAR_S]))
    start_s = base_s + draw(st.integers(-spread_s, spread_s))
    lengths_s = st.sampled_from([0, 1, 59, DAY_S - 1, 30 * DAY_S - 1, 3 * YEAR_S, 10**9 * YEAR_S])
    doubt_s, length_s, end_doubt_s = draw(lengths_s), draw(lengths_s), draw(lengths_s)
    kind = draw(st.sampled_from(["point", "point", "point", "span", "open end", "open start", "open"]))
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


@st.composite
def events(draw: st.DrawFn, *, largest: int = 40) -> list[Event]:
    """Make a list of events of every kind, with up to three actors each."""
    found = []
    for number in range(draw(st.integers(0, largest))):
        event = make_event(
            "T" * draw(st.integers(1, 30)),
            draw(whens()),
            event_id=str(number),
            actors=draw(st.lists(st.sampled_from(ACTORS), unique=True, max_size=3)),
            type_=draw(st.sampled_from(TYPES)),
            place=draw(st.sampled_from(["", "Kazan", "Kursk"])),
            importance=draw(st.integers(1, 5)),
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
    starts = scene.extents.start_s.tolist() or [0]
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
    owners = np.minimum(random.geometric(0.25, count), 12) - 1
    order = np.argsort(owners, kind="stable").astype(np.int32)
    names = tuple(f"Actor {number}" for number in range(12))
    offsets = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=12)))).astype(np.int64)
    record = make_event("Shelling of the town")
    nobody = Postings.build(count, ())
    return EventTable(
        times=Times(starts, starts + DAY_S - 1, starts + lengths, starts + lengths),
        flags=np.zeros(count, np.uint8),
        precision=np.full(count, Precision.DAY, np.uint8),
        importance=random.integers(1, 6, count).astype(np.uint8),
        type_codes=random.integers(-1, 3, count).astype(np.int32),
        place_codes=np.full(count, -1, np.int32),
        types=("attack", "summit", "supply"),
        places=(),
        actors=Postings(names, offsets, order, {name: code for code, name in enumerate(names)}),
        sources=nobody,
        tags=nobody,
        records=(record,) * count,
        gazetteer=make_table().gazetteer,
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
