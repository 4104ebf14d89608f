"""Time becomes pixels exactly, and back, from the big bang to today and from all of time to a minute."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.helpers.scenes import BIG_BANG_S, DAY_S, NOW_S
from timeline_app.scene.viewport import COARSEST_SECONDS_PER_PX, FARTHEST_S, FINEST_SECONDS_PER_PX, Viewport

TIMES = st.integers(BIG_BANG_S, -BIG_BANG_S)
SCALES = st.floats(math.log2(FINEST_SECONDS_PER_PX), math.log2(COARSEST_SECONDS_PER_PX)).map(lambda power: 2.0**power)
WIDTHS = st.integers(320, 3840)
VIEWS = st.builds(Viewport, TIMES, st.floats(0, 1, exclude_max=True), SCALES, WIDTHS)


def exact_s(view: Viewport, x_px: float) -> Fraction:
    """Return the instant at a pixel without rounding."""
    return view.left_s + Fraction(view.left_part) + Fraction(x_px) * Fraction(view.seconds_per_px)


@given(VIEWS, st.floats(0, 3840), st.floats(1 / 16, 16))
def test_what_is_under_the_pointer_stays_there(view: Viewport, at_px: float, factor: float) -> None:
    zoomed = view.zoomed(factor, at_px)
    assume(abs(zoomed.left_s) < FARTHEST_S)
    assert FINEST_SECONDS_PER_PX <= zoomed.seconds_per_px <= COARSEST_SECONDS_PER_PX
    moved_s = exact_s(zoomed, at_px) - exact_s(view, at_px)
    assert abs(moved_s / Fraction(zoomed.seconds_per_px)) < 1e-6


@given(VIEWS, st.floats(0, 3840), st.floats(1, 16))
def test_zooming_in_and_out_again_comes_back(view: Viewport, at_px: float, factor: float) -> None:
    there = view.zoomed(factor, at_px)
    if there.seconds_per_px > FINEST_SECONDS_PER_PX and abs(there.left_s) < FARTHEST_S:
        back = there.zoomed(1 / factor, at_px)
        assert back.seconds_per_px == pytest.approx(view.seconds_per_px, rel=1e-12)
        assert abs((exact_s(back, 0) - exact_s(view, 0)) / Fraction(view.seconds_per_px)) < 1e-6


@given(VIEWS, st.floats(0, 3840), st.floats(1 / 4, 4))
def test_the_view_that_follows_a_zoom_is_one_that_is_zoomed_again(view: Viewport, at_px: float, factor: float) -> None:
    zoomed = view.zoomed(factor, at_px)
    again = zoomed.zoomed(factor, at_px)
    assume(COARSEST_SECONDS_PER_PX > again.seconds_per_px > FINEST_SECONDS_PER_PX and factor != 1)
    assume(max(abs(one.left_s) for one in (view, zoomed, again)) < FARTHEST_S)
    found = zoomed.zoomed_on(view)
    assert found is not None
    assert found.seconds_per_px == pytest.approx(again.seconds_per_px, rel=1e-12)
    assert abs((exact_s(found, 0) - exact_s(again, 0)) / Fraction(again.seconds_per_px)) < 1e-3


def test_nothing_follows_a_pan_or_another_width() -> None:
    view = Viewport(0, 0.0, 60.0, 1_000)
    assert view.panned(5).zoomed_on(view) is None
    assert view.zoomed(2, 0).resized(900).zoomed_on(view) is None


@given(VIEWS, st.floats(0.5, 2), st.floats(0, 2000))
def test_a_view_worked_out_on_another_way_is_as_the_view(view: Viewport, factor: float, at_px: float) -> None:
    zoomed, again = view.zoomed(factor, at_px), view.zoomed(factor * (1 + 1e-15), at_px)
    assume(abs(zoomed.left_s) < FARTHEST_S)
    assert view.is_as(view)
    assert zoomed.is_as(again) or zoomed.level != again.level


@given(VIEWS, st.sampled_from([0.999, 1.001]))
def test_a_view_that_is_moved_or_zoomed_is_another(view: Viewport, factor: float) -> None:
    moved, zoomed = view.panned(0.01), view.zoomed(factor, 0)
    assume(abs(moved.left_s) < FARTHEST_S)
    assume(not math.isclose(zoomed.seconds_per_px, view.seconds_per_px))
    assert not view.is_as(moved)
    assert not view.is_as(zoomed)
    assert not view.is_as(view.resized(view.width_px + 1))


@given(VIEWS, st.floats(-5000, 5000))
def test_panning_there_and_back_comes_back(view: Viewport, by_px: float) -> None:
    assume(abs(view.panned(by_px).left_s) < FARTHEST_S)
    back = view.panned(by_px).panned(-by_px)
    assert back.seconds_per_px == view.seconds_per_px
    assert abs((exact_s(back, 0) - exact_s(view, 0)) / Fraction(view.seconds_per_px)) < 1e-6


@given(VIEWS, st.floats(-5000, 5000))
def test_panning_moves_every_instant_by_the_same_pixels(view: Viewport, by_px: float) -> None:
    assume(abs(view.panned(by_px).left_s) < FARTHEST_S)
    moved_px = (exact_s(view.panned(by_px), 0) - exact_s(view, 0)) / Fraction(view.seconds_per_px)
    assert abs(moved_px - Fraction(by_px)) < 1e-6


@given(VIEWS, st.integers(0, 3840))
def test_an_instant_and_its_pixel_agree(view: Viewport, x_px: int) -> None:
    time_s = view.time_at(x_px)
    x_again = view.x_of(time_s)
    assert x_again <= x_px + 1e-6
    assert x_px - x_again <= 1 / view.seconds_per_px + 1e-6


@given(VIEWS, st.lists(st.floats(0, 3840), min_size=1, max_size=5))
def test_many_pixels_lie_in_the_seconds_of_each(view: Viewport, xs_px: list[float]) -> None:
    assert view.times_at(np.array(xs_px)).tolist() == [view.time_at(x_px) for x_px in xs_px]


@given(VIEWS, st.lists(TIMES, min_size=1, max_size=5))
def test_many_instants_get_the_pixels_of_each(view: Viewport, times_s: list[int]) -> None:
    together = view.xs_of(np.array(times_s, np.int64))
    assert together.tolist() == pytest.approx([view.x_of(time_s) for time_s in times_s], rel=1e-12, abs=1e-6)


@given(VIEWS)
def test_a_level_is_the_scale_rounded_up_to_a_power_of_two(view: Viewport) -> None:
    assert view.seconds_per_px <= 2.0**view.level * (1 + 1e-12)
    assert view.seconds_per_px > 2.0 ** (view.level - 1) * (1 - 1e-12)


@given(TIMES, TIMES, WIDTHS)
def test_fitting_shows_both_ends_with_a_margin(one_s: int, other_s: int, width_px: int) -> None:
    first_s, last_s = sorted((one_s, other_s))
    view = Viewport.fit(first_s, last_s, width_px)
    assert 0 < view.x_of(first_s) <= view.x_of(last_s) < width_px
    assert view.x_of(first_s) == pytest.approx(width_px - view.x_of(last_s), abs=1 / view.seconds_per_px + 1e-3)


@pytest.mark.parametrize("deep_s", [BIG_BANG_S, BIG_BANG_S + 12_345_678_901, -BIG_BANG_S, NOW_S])
def test_zooming_from_all_of_time_to_a_minute_never_loses_a_second(deep_s: int) -> None:
    view = Viewport.fit(BIG_BANG_S, -BIG_BANG_S, 1000)
    steps = 0
    while view.span_s > 60:
        x_px = view.x_of(deep_s)
        assert 0 <= x_px <= 1000
        view = view.zoomed(1.9, x_px)
        steps += 1
    assert steps > 50
    for second in range(deep_s - 20, deep_s + 20):
        x_px = view.x_of(second)
        assert view.time_at(x_px + 0.5 / view.seconds_per_px) == second
        assert exact_s(view, x_px) == pytest.approx(second, abs=1e-6)


@given(VIEWS, VIEWS, st.floats(0, 1))
def test_a_way_between_two_views_begins_and_ends_at_them(one: Viewport, other: Viewport, share: float) -> None:
    begin, end = one.between(other, 0), one.between(other, 1)
    assert begin.seconds_per_px == pytest.approx(one.seconds_per_px)
    assert abs((exact_s(begin, 0) - exact_s(one, 0)) / Fraction(one.seconds_per_px)) < 1e-3
    assert end.seconds_per_px == pytest.approx(other.seconds_per_px)
    low, high = sorted((one.seconds_per_px, other.seconds_per_px))
    assert low * (1 - 1e-9) <= one.between(other, share).seconds_per_px <= high * (1 + 1e-9)


def test_centring_and_resizing_keep_the_scale() -> None:
    view = Viewport(0, 0.0, DAY_S, 800)
    centred = view.centred(NOW_S)
    assert centred.x_of(NOW_S) == pytest.approx(400)
    assert centred.middle_s == NOW_S
    assert centred.seconds_per_px == DAY_S
    wider = centred.resized(1200)
    assert (wider.left_s, wider.left_part, wider.seconds_per_px) == (
        centred.left_s,
        centred.left_part,
        centred.seconds_per_px,
    )
    assert centred.resized(0).width_px == 1
    assert (view.right_s, view.span_s) == (800 * DAY_S, 800 * DAY_S)


def test_nothing_lies_beyond_the_end_of_time() -> None:
    view = Viewport(0, 0.0, COARSEST_SECONDS_PER_PX, 3840)
    assert view.zoomed(0.5, 100).seconds_per_px == COARSEST_SECONDS_PER_PX
    later, earlier = view.panned(1e6), view.panned(-1e6)
    assert (later.left_s, earlier.left_s) == (FARTHEST_S, -FARTHEST_S)
    assert np.isfinite(later.xs_of(np.array([-(2**61), 2**61]))).all()


def test_the_finest_scale_shows_less_than_a_minute() -> None:
    view = Viewport.fit(NOW_S, NOW_S, 1000)
    assert view.x_of(NOW_S + 30) - view.x_of(NOW_S - 30) == pytest.approx(1000 / 1.08, abs=1)
    assert view.zoomed(1e9, 0).seconds_per_px == FINEST_SECONDS_PER_PX
