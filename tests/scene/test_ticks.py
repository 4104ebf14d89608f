"""The axis can be read at every scale and in every age: in order, without collisions, always with the year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.scenes import BIG_BANG_S, DAY_S
from timeline_app.core.calendar import civil_from_seconds, seconds_from_civil
from timeline_app.core.when import in_words, parse
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.scene.ticks import CHARACTER_PX, Axis, Tick, build_axis
from timeline_app.scene.viewport import FARTHEST_S, Viewport

WORDS = EnglishWords()
YEAR_S = 31_556_952
FINE = 3 * YEAR_S / 144  # beyond about a quarter of a year in 36 pixels only years are told apart


TIMES = st.one_of(
    st.integers(BIG_BANG_S, -BIG_BANG_S),
    st.integers(seconds_from_civil(-3000), seconds_from_civil(3000)),
    st.sampled_from([seconds_from_civil(year) for year in (-10_000, -43, 0, 1, 1582, 2000, 2024, 9_999, 10_000)]),
)
SCALES = st.floats(-5.6, 51).map(lambda power: 2.0**power)
VIEWS = st.builds(Viewport, TIMES, st.just(0.0), SCALES, st.integers(320, 3840))
TEXT_SCALES = st.sampled_from([1.0, 1.5, 2.0])


class LongWords(EnglishWords):
    """Dates as long as any language writes them."""

    def month(self, month: int) -> str:
        """Write the whole month."""
        return self.months[month - 1]

    def day(self, year: int, month: int, day: int) -> str:
        """Write a date with a weekday."""
        return f"Wednesday, {super().day(year, month, day)}"


def view_of(date: str, seconds_per_px: float, width_px: int = 1000) -> Viewport:
    return Viewport(parse(date).start_earliest_s, 0.0, seconds_per_px, width_px)


def collisions(ticks: Sequence[Tick], scale: float) -> list[tuple[Tick, Tick]]:
    labelled = [tick for tick in ticks if tick.label]
    return [(one, other) for one, other in pairwise(labelled) if other.x_px < one.x_px + len(one.label) * 8 * scale]


def labels(ticks: Sequence[Tick]) -> list[str]:
    return [tick.label for tick in ticks]


@settings(max_examples=examples(300))
@given(VIEWS, TEXT_SCALES, st.sampled_from([WORDS, LongWords()]))
def test_labels_never_collide_and_ticks_are_in_order(view: Viewport, scale: float, words: EnglishWords) -> None:
    axis = build_axis(view, words, scale)
    for ticks in (axis.minor, axis.major):
        assert all(one.x_px < other.x_px for one, other in pairwise(ticks))
        assert collisions(ticks, scale) == []
        assert all(-1e-6 <= tick.x_px <= view.width_px + 1 / view.seconds_per_px + 1 for tick in ticks)


@settings(max_examples=examples(300))
@given(VIEWS, TEXT_SCALES)
def test_the_year_is_always_to_be_read(view: Viewport, scale: float) -> None:
    axis = build_axis(view, WORDS, scale)
    named = [tick for tick in axis.major if tick.label]
    assert named
    if view.seconds_per_px < FINE / 10 and abs(view.right_s) < FARTHEST_S:
        years = [
            WORDS.year(civil_from_seconds(view.time_at(tick.x_px + 0.5 / view.seconds_per_px))[0]) for tick in named
        ]
        assert all(year in tick.label for year, tick in list(zip(years, named, strict=True))[1:])
        # What is held at the edge may leave its year to the next label, of the same year.
        assert years[0] in named[0].label or (named[0].x_px == 0 and years[1] == years[0])


@given(VIEWS, TEXT_SCALES)
def test_ticks_are_bounded_by_pixels(view: Viewport, scale: float) -> None:
    axis = build_axis(view, WORDS, scale)
    assert len(axis.minor) <= view.width_px / (24 * scale) + 2
    assert len(axis.major) <= view.width_px / (24 * scale) + 3


@settings(max_examples=examples(300))
@given(VIEWS)
def test_a_view_wide_enough_has_several_ticks(view: Viewport) -> None:
    axis = build_axis(view, WORDS)
    if view.width_px >= 800 and abs(view.left_s) + view.span_s < FARTHEST_S:
        assert len({*axis.minor, *axis.major}) >= 2


@given(st.floats(-5.6, 50).map(lambda power: 2.0**power), st.floats(0, 400))
def test_ticks_keep_their_instants_while_panning(seconds_per_px: float, by_px: float) -> None:
    view = view_of("2024-06", seconds_per_px)
    here, there = build_axis(view, WORDS), build_axis(view.panned(by_px), WORDS)
    moved = {round(tick.x_px + by_px, 3): tick.label for tick in there.minor}
    for tick in here.minor:
        if by_px < tick.x_px < 1000:
            assert min(abs(place - tick.x_px) for place in moved) < 0.01


def test_months_stand_below_their_year() -> None:
    axis = build_axis(view_of("2024-06", DAY_S / 3), WORDS)
    assert labels(axis.minor) == ["Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr"]
    assert labels(axis.major) == ["2024", "2025"]
    assert (axis.major[0].x_px, axis.major[0].is_major) == (0.0, False)
    assert axis.major[1].is_major
    assert [tick.label for tick in axis.minor if tick.is_major] == ["Jan"]


@pytest.mark.parametrize(
    ("next_month", "room_px", "label"),
    [
        ("2024-09", 400, "August 2024"),
        ("2024-09", 92, "Aug 2024"),
        ("2024-09", 60, "Aug"),
        ("2024-09", 30, ""),
        ("2025-01", 92, "Dec 2024"),
        ("2025-01", 60, ""),
    ],
)
def test_a_month_that_began_before_the_view_is_named_as_far_as_there_is_room(
    next_month: str, room_px: int, label: str
) -> None:
    view = view_of(next_month, DAY_S / 15).panned(-room_px)
    axis = build_axis(view, WORDS)
    assert axis.minor[0].label.isdigit()
    assert [tick.label for tick in axis.major if tick.x_px == 0] == ([label] if label else [])


@pytest.mark.parametrize(("next_day", "label"), [("2024-06-20", "19 Jun"), ("2024-01-01", "")])
def test_a_day_that_began_before_the_view_leaves_its_year_to_the_next(next_day: str, label: str) -> None:
    axis = build_axis(view_of(next_day, 60.0).panned(-70), WORDS)
    assert [tick.label for tick in axis.major if tick.x_px == 0] == ([label] if label else [])


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        ("2024", ["27", "28", "29", "1", "2"]),
        ("2023", ["27", "28", "1", "2", "3"]),
        ("-0004", ["27", "28", "29", "1", "2"]),
        ("1900", ["27", "28", "1", "2", "3"]),
    ],
)
def test_days_know_leap_years(year: str, expected: list[str]) -> None:
    axis = build_axis(view_of(f"{year}-02-27", DAY_S / 40, 200), WORDS)
    assert labels(axis.minor)[:5] == expected


@pytest.mark.parametrize(("month", "last"), [("01", "31"), ("04", "30"), ("12", "31"), ("02", "29")])
def test_months_end_on_their_last_day(month: str, last: str) -> None:
    axis = build_axis(view_of(f"2024-{month}-{last}", DAY_S / 60, 200), WORDS)
    assert labels(axis.minor)[:2] == [last, "1"]
    assert axis.minor[1].is_major


def test_weeks_begin_on_mondays_across_months() -> None:
    axis = build_axis(view_of("2024-02-20", DAY_S / 6, 300), WORDS)
    assert labels(axis.minor) == ["26", "4", "11", "18", "25", "1", "8"]
    assert labels(axis.major) == ["February 2024", "", "April 2024"] or labels(axis.major)[-1] == "April 2024"


def test_hours_and_seconds_stand_below_their_day_and_minute() -> None:
    hours = build_axis(view_of("2024-11-05T20:30", 60), WORDS)
    assert labels(hours.minor)[:3] == ["21:00", "22:00", "23:00"]
    assert labels(hours.major) == ["5 November 2024", "6 November 2024"]
    seconds = build_axis(view_of("2024-11-05T23:59:30", 0.02), WORDS)
    assert labels(seconds.minor)[:2] == ["23:59:30", "23:59:32"] or labels(seconds.minor)[1] == "23:59:35"
    assert labels(seconds.major) == ["5 November 2024, 23:59"]


def test_years_before_our_era_are_round_and_there_is_no_year_zero() -> None:
    axis = build_axis(view_of("-0249", YEAR_S / 1.2), WORDS)
    named = labels(axis.major)
    assert named[0] == "250 BC"
    assert "AD 1" in named
    assert not any(label in {"0", "AD 0", "0 BC"} for label in named)
    assert named[named.index("AD 1") - 1].endswith("0 BC")
    assert named[named.index("AD 1") + 1].endswith("0")


def test_single_years_pass_from_1_bc_to_ad_1() -> None:
    axis = build_axis(view_of("-0002", YEAR_S / 80), WORDS)
    named = labels(axis.major)
    start = named.index("2 BC")
    assert named[start : start + 4] == ["2 BC", "1 BC", "AD 1", "AD 2"]


def test_steps_are_1_2_and_5() -> None:
    steps = set()
    for pixels in range(10, 400):
        axis = build_axis(view_of("1000", YEAR_S / pixels * 4), WORDS)
        years = [int(label) for label in labels(axis.major) if label.isdigit()]
        steps |= {other - one for one, other in pairwise(years)}
    assert steps >= {1, 2, 5, 10}


def test_the_big_bang_is_told_in_billions() -> None:
    axis = build_axis(Viewport.fit(BIG_BANG_S, parse("2024").end_latest_s, 1000), WORDS)
    assert {"13 bn BC", "10 bn BC", "1 bn BC"} & set(labels(axis.major))
    assert len([label for label in labels(axis.major) if label]) >= 4


def test_single_years_of_deep_time_are_told_apart() -> None:
    view = Viewport(BIG_BANG_S - 3 * YEAR_S, 0.0, YEAR_S / 200, 1400)
    named = [label for label in labels(build_axis(view, WORDS).major) if label]
    assert len(set(named)) == len(named) >= 4
    assert "13.8 bn BC" in named
    fine = build_axis(Viewport(BIG_BANG_S + DAY_S, 0.0, DAY_S / 30, 1000), WORDS)
    assert labels(fine.minor)[:3] == ["2", "3", "4"]
    assert labels(fine.major)[0] == "January 13.8 bn BC"


@pytest.mark.parametrize(
    "year", ["-0001", "-0043", "-9999", "Y-12345", "Y-13000", "Y-20000", "Y-999999", "0001", "2024"]
)
def test_years_are_said_as_everywhere_else(year: str) -> None:
    said = in_words(parse(year))
    assert WORDS.year(civil_from_seconds(parse(year).start_earliest_s)[0]) == said


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (-1_000_000, "1 m BC"),
        (-2_500_000, "2.5 m BC"),
        (-13_800_000_000, "13.8 bn BC"),
        (-13_799_999_999, "13,800,000,000 BC"),
        (12_345, "12,345"),
    ],
)
def test_great_numbers_of_years(year: int, expected: str) -> None:
    assert WORDS.year(year) == expected


def test_a_narrow_window_with_large_text_still_names_the_year() -> None:
    for scale_power in range(20, 52):
        axis = build_axis(Viewport(seconds_from_civil(1990), 0.0, 2.0**scale_power, 320), WORDS, 2.0)
        assert any(tick.label for tick in axis.major), scale_power


def test_east_asian_dates_are_given_more_room() -> None:
    class Korean(EnglishWords):
        def day(self, year: int, month: int, day: int) -> str:
            return f"{year}년 {month}월 {day}일 화요일"

    axis: Axis = build_axis(view_of("2024-11-05", DAY_S / 190, 800), Korean())
    named = [tick for tick in axis.major if tick.label]
    assert all(other.x_px - one.x_px >= len(one.label) * CHARACTER_PX for one, other in pairwise(named))


@pytest.mark.parametrize("words", [WORDS, LongWords()])
@pytest.mark.parametrize("scale", [1.0, 1.4])
def test_no_label_between_others_is_left_out(words: EnglishWords, scale: float) -> None:
    first_s = parse("2019-12").start_earliest_s
    for seconds_per_px in np.geomspace(0.01, FINE, 400).tolist():
        axis = build_axis(Viewport(first_s, 0.0, seconds_per_px, 1200), words, scale)
        for ticks in (axis.minor, axis.major):
            assert all(tick.label for tick in ticks[1:])
