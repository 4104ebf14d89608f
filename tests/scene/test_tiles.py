"""What a tile holds follows from the events, the level and the tile alone, and nothing in it ever overlaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.scenes import (
    BIG_BANG_S,
    DAY_S,
    NOW_S,
    YEAR_S,
    Scene,
    crowd_table,
    crowds,
    make_scene,
    near_views,
    numbered,
    synthetic_table,
    views,
)
from tests.helpers.tables import make_event
from timeline_app.core.arrays import Float32Array, Int32Array
from timeline_app.core.lanes import Grouping
from timeline_app.core.records import AreThere, at_once
from timeline_app.core.when import PAST_S, parse
from timeline_app.scene import tiles as tiles_module
from timeline_app.scene.placed import Placed, joined
from timeline_app.scene.rows import TitlePlace
from timeline_app.scene.strips import COLUMN_BITS, MOST_COLUMNS, ColumnStarts, Strips
from timeline_app.scene.tiles import (
    BAR_BITS,
    LEAST_WORK,
    MOST_BARS,
    SPARE_BARS,
    TILE_BITS,
    TILE_PX,
    TITLE_WORK,
    TITLED_CELL_PX,
    TITLES_A_CELL,
    CrowdedLane,
    tiles_near,
)
from timeline_app.scene.viewport import COARSEST_SECONDS_PER_PX, FARTHEST_S, Viewport

LINES = 4
AROUND = 3
FINER = 6
WIDEST_PX = 570.0  # the widest title at the largest text size
FITTED_PX = 1000
MANY = examples(40)
SMALL_FEW = 40


@pytest.fixture(autouse=True, scope="module")
def fewer_are_few() -> Iterator[None]:
    """Let small examples, too, be so many that tiles look at the most important event of each column only."""
    with mock.patch.object(tiles_module, "FEW", SMALL_FEW):
        yield


def crowded_lanes(scene: Scene, lines: int = LINES) -> list[CrowdedLane]:
    starts, lanes = ColumnStarts(scene.table.times), scene.lanes.lanes
    return [CrowdedLane(lane, lane.index, scene.extents, lines, starts) for lane in lanes if lane.index is not None]


@st.composite
def seen_crowds(draw: st.DrawFn) -> tuple[Scene, Viewport]:
    scene = draw(crowds())
    return scene, draw(st.one_of(near_views(scene), views(scene)))


def tiles_around(view: Viewport) -> range:
    middle = view.middle_s >> (view.level + TILE_BITS)
    return range(middle - AROUND, middle + AROUND + 1)


def as_rows(placed: Placed) -> dict[int, tuple[int, int, int, int]]:
    columns = (placed.line, placed.title_place, placed.left_s, placed.right_s)
    values = zip(*(column.tolist() for column in columns), strict=True)
    return dict(zip(placed.rows.tolist(), values, strict=True))


def check_lines(placed: Placed, lines: int) -> None:
    """Fail where two events that share a line meet, or a line is none."""
    assert ((placed.line >= 0) & (placed.line < lines)).all()
    order = np.lexsort((placed.left_s, placed.line))
    same_line = placed.line[order][1:] == placed.line[order][:-1]
    assert (placed.left_s[order][1:] >= placed.right_s[order][:-1])[same_line].all()


@settings(max_examples=MANY)
@given(seen_crowds())
def test_nothing_on_a_line_meets_across_tile_borders(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    for lane in crowded_lanes(scene):
        placed = joined(lane.in_tile(view.level, tile) for tile in tiles_around(view))
        assert len(set(placed.rows.tolist())) == len(placed)
        assert set(placed.rows.tolist()) <= set(lane.lane.rows.tolist())
        check_lines(placed, LINES)


@settings(max_examples=MANY)
@given(seen_crowds())
def test_an_event_that_reaches_into_several_tiles_is_the_same_in_all(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    for lane in crowded_lanes(scene):
        found: dict[int, tuple[int, int, int, int]] = {}
        for tile in tiles_around(view):
            for row, place in as_rows(lane.in_tile(view.level, tile)).items():
                assert found.setdefault(row, place) == place


@settings(max_examples=MANY)
@given(seen_crowds(), st.randoms(use_true_random=False), st.booleans())
def test_tiles_are_the_same_in_whatever_order_they_are_asked_for(
    seen: tuple[Scene, Viewport], random: Random, forgetful: bool
) -> None:
    scene, view = seen
    asked = [(view.level + by, tile) for by in (-1, 0, 1) for tile in tiles_around(view)]
    random.shuffle(asked)
    # Fewer tiles are kept than are asked for, so that what was forgotten is laid out anew.
    with mock.patch.object(tiles_module, "MOST_TILES", len(asked) - 5 if forgetful else 600):
        for used, fresh in zip(crowded_lanes(scene), crowded_lanes(scene), strict=True):
            for level, tile in asked:
                used.in_tile(level, tile)
            for tile in tiles_around(view):
                assert as_rows(used.in_tile(view.level, tile)) == as_rows(fresh.in_tile(view.level, tile))


@settings(max_examples=MANY)
@given(seen_crowds())
def test_a_bar_keeps_its_line_at_all_finer_levels(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    for lane in crowded_lanes(scene):
        lines: dict[int, int] = {}
        for level in range(view.level, max(view.level - FINER, -5) - 1, -1):
            tile = view.middle_s >> (level + TILE_BITS)
            first_s, beyond_s = tile << (level + TILE_BITS), (tile + 1) << (level + TILE_BITS)
            placed = lane.in_tile(level, tile)
            start_s, end_s = scene.extents.drawn_s(placed.rows)
            here = dict(zip(placed.rows.tolist(), placed.line.tolist(), strict=True))
            kept = np.array(sorted(lines), np.int32)
            kept_start_s, kept_end_s = scene.extents.drawn_s(kept)
            for row in kept[(kept_start_s < beyond_s) & (kept_end_s > first_s)].tolist():
                assert here[row] == lines[row]
            bars = placed.rows[end_s - start_s > 1 << (level + TILE_BITS - BAR_BITS)]
            lines |= {row: here[row] for row in bars.tolist()}


@settings(max_examples=MANY)
@given(seen_crowds())
def test_what_is_no_bar_takes_no_room_beyond_half_a_tile(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    wide = replace(scene, extents=replace(scene.extents, title_px=lambda rows: np.full(len(rows), WIDEST_PX, "f4")))
    for lane in crowded_lanes(wide):
        for tile in tiles_around(view):
            placed = lane.beginning_in(view.level, tile)
            half_s = 1 << (view.level + TILE_BITS - 1)
            assert (placed.left_s >= (tile << (view.level + TILE_BITS)) - half_s).all()
            assert (placed.right_s <= ((tile + 1) << (view.level + TILE_BITS)) + half_s).all()


@settings(max_examples=MANY)
@given(seen_crowds())
def test_the_columns_of_a_strip_count_what_begins_in_them(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    for lane in crowded_lanes(scene):
        strip = lane.strips.strip(view, 2, 10.0, 30.0)
        assert (strip.lane, strip.top_px, strip.bottom_px) == (2, 10.0, 30.0)
        column_s = round(strip.column_px * view.seconds_per_px)
        first_s = view.left_s // column_s * column_s
        assert strip.left_px == pytest.approx(view.x_of(first_s))
        assert strip.left_px <= 0
        assert strip.left_px + strip.column_px * len(strip.counts) >= view.width_px
        starts_s = scene.table.times.start_earliest_s[lane.lane.rows]
        columns = (starts_s - first_s) // column_s
        inside = columns[(columns >= 0) & (columns < len(strip.counts))]
        assert strip.counts.tolist() == np.bincount(inside, minlength=len(strip.counts)).tolist()
        assert not len(strip.possible)
        possible = (
            Strips(lane.index, scene.table.times, ColumnStarts(scene.table.times), lane.lane.rows[::3])
            .strip(view, 2, 10.0, 30.0)
            .possible
        )
        columns = columns[::3]
        inside = columns[(columns >= 0) & (columns < len(strip.counts))]
        assert possible.tolist() == np.bincount(inside, minlength=len(strip.counts)).tolist()
        _, in_columns = np.unique(starts_s[starts_s > PAST_S] // column_s, return_counts=True)
        highest = int(in_columns.max(initial=0))
        # Below the finest buckets that are kept, the scale is that of those.
        is_kept = column_s >= 1 << lane.index.finest
        assert strip.highest == highest if is_kept else strip.highest >= highest
        assert strip.highest == lane.strips.strip(view.panned(333), 0, 0.0, 1.0).highest


@given(seen_crowds(), st.lists(st.integers(-9_000, 9_000), max_size=8))
def test_a_strip_has_the_same_columns_on_whatever_way_a_view_came(
    seen: tuple[Scene, Viewport], ways_px: list[int]
) -> None:
    scene, view = seen
    for lane in crowded_lanes(scene):
        here = view
        for way_px in ways_px:
            here = here.panned(way_px)
            anew = Strips(lane.index, scene.table.times, ColumnStarts(scene.table.times))
            expected = anew.strip(here, 0, 0.0, 1.0).counts.tolist()
            assert lane.strips.strip(here, 0, 0.0, 1.0).counts.tolist() == expected


def test_a_strip_has_the_same_columns_after_very_many_pans() -> None:
    (lane,) = crowded_lanes(make_scene(numbered(["2024-06-19", "2024-06-21", "2024-07-30"] * 9), crowded_from=1))
    day_s = parse("2024-06-19").start_earliest_s
    begun = view = Viewport(day_s - 9_000, 0.0, 64.0, FITTED_PX)
    counts = lane.strips.strip(begun, 0, 0.0, 1.0).counts.tolist()
    assert sum(counts) == 9
    for step_px in (700, -700):
        for _ in range(4 * MOST_COLUMNS * (1 << COLUMN_BITS) // 700):
            view = view.panned(step_px)
            lane.strips.strip(view, 0, 0.0, 1.0)
    assert view == begun
    assert lane.strips.strip(view, 0, 0.0, 1.0).counts.tolist() == counts


def test_a_strip_says_how_much_time_a_column_is() -> None:
    (lane,) = crowded_lanes(make_scene(numbered(["2024-06-19"] * 3), crowded_from=1))
    view = Viewport(NOW_S, 0.0, 2.0**17, FITTED_PX)
    assert lane.strips.strip(view, 0, 0.0, 1.0).span_words == "6 days"
    assert lane.strips.strip(view.zoomed(2.0**20, 0), 0, 0.0, 1.0).span_words == "1 second"


def test_the_most_important_event_of_a_crowd_stands_alone_with_its_title() -> None:
    crowd = [
        make_event(f"event {number}", "2024-06-19", importance=5 if number == 77 else 2, event_id=str(number))
        for number in range(150)
    ]
    scene = make_scene([*crowd, make_event("much later", "2025-06-19")], crowded_from=1)
    for lines in (1, LINES):
        (lane,) = crowded_lanes(scene, lines)
        placed = lane.in_tile(15, NOW_S >> (15 + TILE_BITS))
        assert len(placed) == lines
        assert placed.title_place[placed.rows == 77].tolist() == [TitlePlace.RIGHT]


def test_titles_stand_right_but_left_where_they_would_pass_the_end_of_the_data() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 11, 21)]
    scene = make_scene([make_event("title " * 3, day, event_id=day) for day in (*days, "2024-12-31")], crowded_from=1)
    (lane,) = crowded_lanes(scene, 8)
    level = 15
    places = {
        row: place
        for tile in range(NOW_S - YEAR_S >> (level + TILE_BITS), (NOW_S + YEAR_S >> (level + TILE_BITS)) + 1)
        for row, (_, place, _, _) in as_rows(lane.in_tile(level, tile)).items()
    }
    assert places[36] == TitlePlace.LEFT
    assert {place for row, place in places.items() if row < 34} <= {TitlePlace.RIGHT, TitlePlace.NONE}
    assert sum(place == TitlePlace.RIGHT for place in places.values()) > 10


def test_a_bar_that_is_too_short_for_its_title_gets_it_where_it_is_longer() -> None:
    wide = make_event("T" * 60, "2024-06-01/2024-06-30", event_id="wide")
    scene = make_scene([wide, *numbered(["2023", "2025"])], grouping=Grouping.NONE, crowded_from=1)
    wide_px = replace(scene.extents, title_px=lambda rows: np.full(len(rows), WIDEST_PX, "f4"))
    (lane,) = crowded_lanes(replace(scene, extents=wide_px))
    row = scene.table.row_of("wide")
    assert row is not None
    seen = []
    for level in (13, 12, 11):
        tile = parse("2024-06-02").start_earliest_s >> (level + TILE_BITS)
        seen.append(as_rows(lane.in_tile(level, tile))[row][:2])
    lines, places = zip(*seen, strict=True)
    assert len(set(lines)) == 1
    assert places == (TitlePlace.NONE, TitlePlace.INSIDE, TitlePlace.INSIDE)


def test_of_a_day_full_of_events_no_more_titles_are_measured_than_have_room() -> None:
    days = [f"2024-06-{day:02}" for day in range(1, 31) for _ in range(60)]
    scene = make_scene(numbered(days), grouping=Grouping.NONE, crowded_from=1)
    asked: list[int] = []

    def title_px(rows: Int32Array) -> Float32Array:
        asked.extend(rows.tolist())
        return np.full(len(rows), 60, "f4")

    (lane,) = crowded_lanes(replace(scene, extents=replace(scene.extents, title_px=title_px)))
    level = 10  # A day is 84 pixels, and so with the gap after it stands on a line beside every other one.
    placed = lane.in_tile(level, parse("2024-06-15").start_earliest_s >> (level + TILE_BITS))
    seen_days = TILE_PX * 2**level // DAY_S
    assert (placed.title_place == TitlePlace.INSIDE).sum() >= LINES * (seen_days // 2 - 2)
    assert len(set(asked)) <= (LINES + SPARE_BARS) * (seen_days + 2) + TITLES_A_CELL * LINES * TILE_PX / TITLED_CELL_PX


def test_titles_are_told_of_before_they_are_measured() -> None:
    days = [f"2024-06-{day:02}" for day in range(1, 31) for _ in range(60)]
    scene = make_scene(numbered(days), grouping=Grouping.NONE, crowded_from=1)
    told: set[int] = set()
    untold: list[int] = []

    def title_px(rows: Int32Array) -> Float32Array:
        untold.extend(set(rows.tolist()) - told)
        return np.full(len(rows), 60, "f4")

    def titles_soon(rows: Int32Array) -> AreThere:
        told.update(rows.tolist())
        return at_once

    extents = replace(scene.extents, title_px=title_px, titles_soon=titles_soon)
    (lane,) = crowded_lanes(replace(scene, extents=extents))
    level = 10
    lane.in_tile(level, parse("2024-06-15").start_earliest_s >> (level + TILE_BITS))
    assert len(told) > 50
    assert untold == []


def test_a_tile_whose_titles_are_on_their_way_is_told_and_others_come_first() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29) for _ in range(9)]
    scene = make_scene(numbered(days), grouping=Grouping.NONE, crowded_from=1)
    there: set[int] = set()
    asked: list[Int32Array] = []

    def titles_soon(rows: Int32Array) -> AreThere:
        asked.append(rows)
        return lambda: there.issuperset(rows.tolist())

    measured: set[int] = set()

    def title_px(rows: Int32Array) -> Float32Array:
        measured.update(rows.tolist())
        return np.full(len(rows), 60, "f4")

    (lane,) = crowded_lanes(replace(scene, extents=replace(scene.extents, titles_soon=titles_soon, title_px=title_px)))
    level = 10
    tile = (parse("2024-06-15").start_earliest_s >> (level + TILE_BITS)) | 1
    while not lane.is_awaited(level, tile):
        assert lane.advance(level, tile)
    # Both neighbours, which come before a tile with an odd number, were asked for, neither was waited for.
    assert len(asked) == 2
    assert not measured.intersection(*[set(rows.tolist()) for rows in asked])
    there.update(asked[1].tolist())
    assert not lane.is_awaited(level, tile)
    lane.advance(level, tile)
    assert measured & set(asked[1].tolist())
    assert not measured & set(asked[0].tolist()) - set(asked[1].tolist())
    # Who does not want to wait for later reads them at once.
    lane.in_tile(level, tile)
    assert lane.is_ready(level, tile)
    assert not lane.is_awaited(level, tile)


@pytest.mark.parametrize("first_s", [NOW_S, BIG_BANG_S])
@pytest.mark.parametrize("edge", [-1, 0, 1])
def test_the_ends_of_time_can_be_laid_out(first_s: int, edge: int) -> None:
    scene = make_scene(crowd_table(200, 1, 10**9, DAY_S, first_s), crowded_from=1)
    for level in (51, 52):
        view = Viewport(edge * FARTHEST_S, 0.0, min(2.0**level, COARSEST_SECONDS_PER_PX), FITTED_PX)
        for lane in crowded_lanes(scene):
            tiles = tiles_near(level, view.left_s, view.right_s)
            placed = joined(lane.in_tile(level, tile) for tile in tiles)
            check_lines(placed, LINES)
            assert lane.strips.strip(view, 0, 0.0, 1.0).counts.sum() <= len(lane.lane.rows)


def test_nothing_is_laid_out_far_from_all_events() -> None:
    for lane in crowded_lanes(make_scene(synthetic_table(2_000))):
        for level in (-5, 10, 20):
            assert len(lane.in_tile(level, (BIG_BANG_S >> (level + TILE_BITS)))) == 0


@settings(max_examples=MANY)
@given(seen_crowds())
def test_a_tile_whose_rows_are_chosen_part_by_part_is_the_same(seen: tuple[Scene, Viewport]) -> None:
    scene, view = seen
    for lane, again in zip(crowded_lanes(scene), crowded_lanes(scene), strict=True):
        for tile in tiles_around(view):
            with mock.patch.object(tiles_module, "MOST_AT_ONCE", 0):
                in_parts = lane.in_tile(view.level, tile)
            at_once = again.in_tile(view.level, tile)
            for name in ("rows", "line", "title_place", "left_s", "right_s"):
                assert getattr(in_parts, name).tolist() == getattr(at_once, name).tolist()


def test_a_tile_comes_when_others_were_begun_since() -> None:
    scene = make_scene(crowd_table(3_000, 11, 4 * YEAR_S, 3_600), grouping=Grouping.NONE)
    (lane,), (other,) = crowded_lanes(scene), crowded_lanes(scene)
    level, middle_s = scene.fitted().level - 4, scene.fitted().middle_s
    first = middle_s >> (level + TILE_BITS)
    tiles = range(first, first + 3)
    with mock.patch.object(tiles_module, "MOST_BEGUN", 1):
        while not all(lane.is_ready(level, tile) for tile in tiles):
            for tile in tiles:
                for _ in range(6):
                    lane.advance(level, tile)
    for tile in tiles:
        assert lane.in_tile(level, tile).rows.tolist() == other.in_tile(level, tile).rows.tolist()


@pytest.mark.parametrize("grain_s", [1, DAY_S])
def test_steps_to_a_tile_are_few_and_small_however_deep_time_is(grain_s: int) -> None:
    table = crowd_table(2_000, 3, 13 * 10**9 * YEAR_S, grain_s, BIG_BANG_S)
    (lane,) = crowded_lanes(make_scene(table, grouping=Grouping.NONE))
    middle_s = int(table.times.start_earliest_s[1_000])
    most_rows = (MOST_BARS + TILE_PX) * (1 + TITLE_WORK)
    for level in range(50, -6, -1):
        for tile in (middle_s >> (level + TILE_BITS), (middle_s >> (level + TILE_BITS)) + 1):
            steps = 0
            while work := lane.advance(level, tile):
                steps += 1
                assert work <= 4 * (LEAST_WORK + most_rows)
                assert steps <= 512
            assert lane.is_ready(level, tile)
