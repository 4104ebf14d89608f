"""A source dated to the day has a line of its own, unless there are too many to tell apart."""

from __future__ import annotations

from dataclasses import replace

from tests.helpers.scenes import make_scene
from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import Source
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.scene.frame import Canvas, Measures, build_frame
from timeline_app.scene.guides import MOST_DATELINES, datelines


def table_with(*published: str) -> EventTable:
    sources = {str(number): Source(str(number), published=date) for number, date in enumerate(published)}
    return replace(make_table([make_event("event", "2024-10-01"), make_event("later", "2025")]), source_by_key=sources)


def test_only_sources_dated_to_the_day_have_a_line() -> None:
    lines = datelines(table_with("2024-11-01", "2024-11", "", "not a date", "2024-11-01/2024-11-03"))
    assert lines == ((parse("2024-11-01").start_earliest_s, "source: 1 Nov 2024"),)


def test_an_approximate_date_is_said_to_be_one() -> None:
    ((_, label),) = datelines(table_with("2024-11-01~"))
    assert label == "source: c. 1 Nov 2024"


def test_too_many_lines_are_none() -> None:
    days = [f"2024-11-{day:02}" for day in range(1, MOST_DATELINES + 1)]
    assert len(datelines(table_with(*days))) == MOST_DATELINES
    assert datelines(table_with(*days, "2024-12-01")) == ()


def test_a_frame_holds_the_lines_in_view_only() -> None:
    scene = make_scene(table_with("2024-11-01", "1990-01-01"))
    view = scene.fitted()
    guides = datelines(scene.table)
    canvas = Canvas(500, 0, Measures(), EnglishWords(), guides)
    layouts = scene.layouts()
    layouts.prepare(view, None)
    frame = build_frame(scene.table, layouts, scene.result.certain_if_passing, view, canvas)
    (guide,) = frame.guides
    assert guide.label == "source: 1 Nov 2024"
    assert guide.x_px == view.x_of(guides[0][0])
