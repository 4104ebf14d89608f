"""A story is changed into another one, and knows the stretch of time of each step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.edtf_second import FIRST_DATE_S, LAST_DATE_S, edtf_second
from timeline_app.core.story import Story, StoryStep
from timeline_app.core.when import parse

STEPS = st.lists(st.text(max_size=3), min_size=1, max_size=6).map(lambda texts: tuple(map(StoryStep, texts)))


@given(STEPS, st.data())
def test_changes_touch_one_step_only(steps: tuple[StoryStep, ...], data: st.DataObject) -> None:
    story, other = Story("T", steps), StoryStep("other")
    place, to = data.draw(st.integers(0, len(steps) - 1)), data.draw(st.integers(0, len(steps) - 1))
    assert story.inserted(place, other).without(place) == story
    assert story.changed(place, other).changed(place, steps[place]) == story
    assert story.moved(place, to).steps[to] == steps[place]
    assert story.moved(place, to).moved(to, place) == story


@pytest.mark.parametrize(
    ("since", "until", "view"),
    [
        ("2024-06", "2024-11", ("2024-06-01T00:00:00", "2024-11-30T23:59:59")),
        ("2024-06", "", ("2024-06-01T00:00:00", "2024-06-30T23:59:59")),
        ("", "2024", None),
        ("", "", None),
        ("2024-11", "2024-06", None),
        ("2024/..", "", None),
        ("no date", "2024", None),
    ],
)
def test_a_step_sees_from_the_first_second_to_the_last(since: str, until: str, view: tuple[str, str] | None) -> None:
    view_s = StoryStep(since=since, until=until).view_s
    assert (view_s and (edtf_second(view_s[0]), edtf_second(view_s[1]))) == view


@given(st.integers(-(10**17), 10**17))
def test_a_second_is_read_as_that_second(second_s: int) -> None:
    when = parse(edtf_second(second_s))
    assert (when.start_earliest_s, when.end_latest_s) == (second_s, second_s)


@given(st.integers(-FIRST_DATE_S, 2**62))
def test_a_second_beyond_all_dates_is_written_as_the_last_of_them(second_s: int) -> None:
    assert parse(edtf_second(second_s)).end_latest_s == LAST_DATE_S
    assert parse(edtf_second(-second_s)).start_earliest_s == FIRST_DATE_S
