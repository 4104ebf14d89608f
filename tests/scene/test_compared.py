"""What differs is marked on each event that stands by itself, and counted exactly along the foot of the lanes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.scenes import Scene, make_scene, scenes
from tests.helpers.tables import make_event, make_table, row_of
from timeline_app.core.differences import State, differences
from timeline_app.core.event import Claim
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.related import told_of
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.scene.compared import COLUMN_PX, Change, Compared, compared_marks, foot_px
from timeline_app.scene.told import brackets
from timeline_app.scene.viewport import Viewport

YEAR = Viewport.fit(parse("2024-01").start_earliest_s, parse("2024-12").end_latest_s, 1000)
LATER = [
    make_event("New", "2024-03-01"),
    make_event("Treaty", "2024-06-01", event_id="pact"),
    make_event("Old", "2024"),
]
EARLIER = [
    make_event("Pact", "2024-06-01", event_id="pact"),
    make_event("Gone", "2024-09-01"),
    make_event("Old", "2024"),
]


def compared(table: EventTable, before: EventTable) -> Compared:
    one, other = (State(some, evaluate(Filter(), some).rows) for some in (before, replace(table, files=())))
    return Compared.of(differences(one, other), table, before)


def test_badges_stand_on_what_is_new_and_changed_and_the_foot_tells_of_all() -> None:
    scene = make_scene(LATER)
    found = compared(scene.table, make_table(EARLIER))
    marks = compared_marks(scene.frame(YEAR, height_px=400), found)
    assert sorted(marks.changes.tolist()) == [Change.ADDED, Change.CHANGED]
    assert [(line.change, line.count, line.counts.tolist()) for line in marks.lines] == [
        (Change.ADDED, 1, [1]),
        (Change.CHANGED, 1, [1]),
        (Change.WITHDRAWN, 1, [1]),
    ]
    x_px = YEAR.x_of(parse("2024-09-01").start_earliest_s + 43_200)
    assert 0 <= x_px - float(marks.lines[2].left_px[0]) < COLUMN_PX
    assert marks.lines[2].y_px < 400
    assert foot_px(found, 2.0) == 2 * foot_px(found, 1.0) == 96


def test_of_one_table_what_was_withdrawn_has_a_badge_too() -> None:
    scene = make_scene(LATER)
    table = scene.table
    row = row_of(table, "new")
    without = np.array([one for one in range(len(table)) if one != row], np.int32)
    found = differences(State(table, np.arange(len(table), dtype=np.int32)), State(table, without))
    marks = compared_marks(scene.frame(YEAR), Compared.of(found, table, table))
    assert marks.changes.tolist() == [Change.WITHDRAWN]


def test_competing_dates_stand_above_the_foot() -> None:
    claims = [Claim("date", ("Kyiv",), when=parse("2024-06-05")), Claim("date", ("Moscow",), when=parse("2024-07"))]
    scene = make_scene([make_event("Pact", "2024-06-01", claims=claims)])
    frame = scene.frame(YEAR, height_px=400)
    told = told_of(scene.table, 0)
    higher = brackets(replace(frame, foot_px=48), told)
    assert [one.y_px for one in higher] == [one.y_px - 48 for one in brackets(frame, told)]


@given(scenes(), st.data())
def test_shapes_are_bounded_by_the_frame_and_counts_are_exact(scene: Scene, data: st.DataObject) -> None:
    count = len(scene.table)
    kinds = np.array(data.draw(st.lists(st.sampled_from((-1, *Change)), min_size=count, max_size=count)), np.int64)
    rows = [np.flatnonzero(kinds == change).astype(np.int32) for change in Change]
    anchors = [sorted(a for row in some.tolist() if (a := scene.table.anchor_s(row)) is not None) for some in rows]
    whole = Compared(
        tuple(rows), tuple(np.array(some, np.int64) for some in anchors), tuple(len(some) for some in rows)
    )
    frame = scene.frame(scene.fitted())
    marks = compared_marks(frame, whole)
    assert marks.changes.tolist() == [kinds[row] for row in frame.singles.rows.tolist() if kinds[row] >= 0]
    for line in marks.lines:
        view = frame.viewport
        right_s = view.time_at((frame.width_px + COLUMN_PX - 1) // COLUMN_PX * COLUMN_PX)
        in_view = [one for one in anchors[line.change] if view.time_at(0) <= one < right_s]
        assert int(line.counts.sum()) == len(in_view)
        assert len(line.counts) <= frame.width_px / COLUMN_PX + 1
