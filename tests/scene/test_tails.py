"""A tail leads from the mark of an event to its first report, and there are never more of them than marks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.scenes import Scene, make_scene, scenes
from tests.helpers.tables import make_event
from timeline_app.core.event import Source
from timeline_app.core.known import Known
from timeline_app.core.known_dates import KnownDates
from timeline_app.core.when import parse
from timeline_app.scene.tails import BELOW_BAR_PX, BEYOND_PX, tails_of
from timeline_app.scene.viewport import Viewport

YEAR = Viewport.fit(parse("2024-01").start_earliest_s, parse("2024-12").end_latest_s, 1000)


def tail_of(when: str, published: str) -> tuple[float, float] | None:
    """Return where the one tail begins and ends, None for none."""
    scene = make_scene([make_event("Event", when, own_sources=[Source("key", published=published)])])
    tails = tails_of(frame := scene.frame(YEAR), frame.singles, scene.table)
    return (float(tails.from_px[0]), float(tails.to_px[0])) if len(tails) else None


def x_of(day: str) -> float:
    return YEAR.x_of(parse(day).start_earliest_s + 43_200)


@pytest.mark.parametrize(
    ("when", "published", "begins", "ends"),
    [
        ("2024-03-01", "2024-05-10", x_of("2024-03-01"), x_of("2024-05-10")),
        ("2024-03-01", "2024-01-10", x_of("2024-03-01"), x_of("2024-01-10")),
        ("2024-03-01", "2030", x_of("2024-03-01"), 1000 + BEYOND_PX),
        ("2024-03", "2024-05-10", YEAR.x_of(parse("2024-04").start_earliest_s), x_of("2024-05-10")),
        ("2024-03/2024-06-30", "2024-05-10", YEAR.x_of(parse("2024-04").start_earliest_s), x_of("2024-05-10")),
    ],
)
def test_a_tail_goes_from_the_last_possible_beginning_to_the_report(
    when: str, published: str, begins: float, ends: float
) -> None:
    assert tail_of(when, published) == pytest.approx((begins, ends), abs=1.5)


@pytest.mark.parametrize(("when", "published"), [("2024-03", "2024-03-10"), ("2024-03-01", "2024-03-02"), ("2024", "")])
def test_what_is_too_short_or_not_known_has_none(when: str, published: str) -> None:
    assert tail_of(when, published) is None


@given(scenes(), st.data())
def test_there_is_a_tail_at_most_for_each_event_that_stands_by_itself(scene: Scene, data: st.DataObject) -> None:
    days = data.draw(st.lists(st.integers(-40_000, 40_000), min_size=len(scene.table), max_size=len(scene.table)))
    known = KnownDates.of([Known(day, day, day) for day in days])
    frame = scene.frame(scene.fitted())
    tails = tails_of(frame, frame.singles, replace(scene.table, known=known))
    assert len(tails) <= len(frame.singles)
    assert np.isin(tails.y_px, frame.singles.y_px + frame.measures.bar_px / 2 + BELOW_BAR_PX).all()
    for edge in (tails.from_px, tails.to_px):
        assert ((edge >= -BEYOND_PX) & (edge <= frame.width_px + BEYOND_PX)).all()
