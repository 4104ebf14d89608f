"""What panning moves and what keeps its place make up the whole picture between them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.scenes import WIDTH_PX, make_scene, synthetic_table
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.scene.frame import Canvas, Frame, FramePart, Measures, build_frame
from timeline_app.scene.merged import HELD_PX
from timeline_app.scene.rows import CELL_PX, TitlePlace
from timeline_app.scene.ticks import years_apart
from timeline_app.scene.viewport import Viewport

SCENE = make_scene(synthetic_table(600), limit=3)
LAYOUTS = SCENE.layouts()
WORDS = EnglishWords()
COUNT_PX = CELL_PX - 2  # at most, see timeline_app.ui.timeline.count_painter
NEAR_PX = 1e-3


def part_of(view: Viewport, part: FramePart, years: int | None = None) -> Frame:
    """Build a part of the picture of a view, all of it laid out."""
    LAYOUTS.prepare(view)
    canvas = Canvas(5_000, 0, Measures(), WORDS, part=part, years_apart=years)
    return build_frame(SCENE.table, LAYOUTS, SCENE.result.certain_if_passing, view, canvas)


@st.composite
def views(draw: st.DrawFn) -> Viewport:
    """Draw a view of some of the scene's time, at any scale from all of it to hours."""
    whole = SCENE.fitted()
    zoomed = whole.zoomed(2 ** draw(st.floats(0, 14)), WIDTH_PX / 2)
    row = draw(st.integers(0, len(SCENE.table) - 1))
    return zoomed.centred(int(SCENE.table.times.start_earliest_s[row])).panned(draw(st.integers(-800, 800)))


@given(views())
def test_held_and_moved_counts_add_up_to_those_of_the_whole(view: Viewport) -> None:
    whole, moved, held = (part_of(view, part) for part in FramePart)
    for lane in range(len(whole.lanes)):
        wanted = counts_in(whole, lane)
        own = counts_in(held, lane)
        assert len(own) <= 1
        right_px = held.clusters.width_px[held.clusters.lane == lane].max(initial=-np.inf)
        rest = {x_px: count for x_px, count in counts_in(moved, lane).items() if not own or x_px > right_px}
        assert {**own, **rest} == wanted


def counts_in(frame: Frame, lane: int) -> dict[float, int]:
    """Return the counts of a lane by their places."""
    here = frame.clusters.lane == lane
    return dict(zip(frame.clusters.x_px[here].tolist(), frame.clusters.counts[here].tolist(), strict=True))


@given(views())
def test_a_held_count_covers_all_of_the_counts_that_it_includes_and_no_part_of_others(view: Viewport) -> None:
    moved, held = part_of(view, FramePart.MOVED), part_of(view, FramePart.HELD)
    for cluster in held.clusters:
        assert cluster.x_px == HELD_PX
        assert cluster.width_px >= HELD_PX + COUNT_PX / 2
        others = moved.clusters.x_px[moved.clusters.lane == cluster.lane]
        assert (np.abs(others - cluster.width_px) >= COUNT_PX / 2).all()


@given(views())
def test_held_are_the_bars_with_titles_in_them_and_all_is_where_it_is_in_the_whole(view: Viewport) -> None:
    whole, moved, held = (part_of(view, part) for part in FramePart)
    assert moved.singles.rows.tolist() == whole.singles.rows.tolist()
    assert moved.singles.start_px.tolist() == whole.singles.start_px.tolist()
    inside = whole.singles.title_place == TitlePlace.INSIDE
    assert held.singles.rows.tolist() == whole.singles.rows[inside].tolist()
    assert held.singles.title_px.tolist() == whole.singles.title_px[inside].tolist()
    assert held.lanes == moved.lanes == whole.lanes
    assert held.axis == moved.axis == whole.axis


@given(views(), st.integers(-500, 500))
def test_a_part_of_the_view_has_the_ticks_of_the_whole(view: Viewport, left_px: int) -> None:
    whole = part_of(view, FramePart.WHOLE)
    narrow = view.panned(left_px).resized(528)
    part = part_of(narrow, FramePart.MOVED, years_apart(view, WORDS))
    for of_whole, of_part in ((whole.axis.minor, part.axis.minor), (whole.axis.major, part.axis.major)):
        wanted = [tick.x_px - left_px for tick in of_whole if tick.is_major or of_whole is whole.axis.minor]
        found = [tick.x_px for tick in of_part if tick.is_major or of_part is part.axis.minor]
        # What is at an edge may be on either side of it by the rounding of numbers.
        first_px, last_px = max(0, -left_px) + NEAR_PX, min(528, WIDTH_PX - left_px) - NEAR_PX
        within = [[x_px for x_px in places if first_px <= x_px <= last_px] for places in (found, wanted)]
        np.testing.assert_allclose(within[0], within[1], atol=NEAR_PX)
