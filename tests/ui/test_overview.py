"""The overview counts what there is, and its brush moves and zooms the timeline."""

from __future__ import annotations

import random
from itertools import pairwise
from unittest import mock

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import bundled, drag, make_look, painted, send_mouse, send_wheel
from tests.helpers.pictures import pixels
from tests.helpers.scenes import synthetic_table
from tests.helpers.tables import make_event, make_table
from timeline_app.core.arrays import Int32Array, Int64Array
from timeline_app.core.filter import Filter
from timeline_app.core.palette import DARK, LIGHT, Theme, contrast
from timeline_app.core.table import EventTable
from timeline_app.scene import hit_ticks
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.scene.histogram import COLUMN_PX
from timeline_app.scene.ticks import Axis, Tick, build_axis
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.hits import Hits
from timeline_app.ui.look import Look
from timeline_app.ui.session import Move, Session
from timeline_app.ui.timeline import overview as overview_module
from timeline_app.ui.timeline.overview import (
    BRUSH_TOP_PX,
    HIT_PX,
    LEAST_BRUSH_PX,
    LEAST_HIT_PX,
    Overview,
    _hit_picture,
    _labelled,
)

WIDTH_PX, HEIGHT_PX = 800, 84
MONTHS = ["Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def show_overview(qtbot: QtBot, table: EventTable) -> tuple[Overview, Session, Look]:
    session, look = Session(table), make_look(table)
    session.set_width(1000)
    overview = Overview(session, look, EnglishWords())
    qtbot.addWidget(overview)
    overview.resize(WIDTH_PX, HEIGHT_PX)
    overview.show()
    return overview, session, look


def grip(overview: Overview, share: float) -> QPointF:
    """Return a point a share of the way through the brush."""
    left, right = overview.brush_px()
    return QPointF(left + share * (right - left), 40)


def test_it_counts_every_event_and_those_that_pass(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    assert int(overview.histogram.everything.sum()) == len(bundled())
    session.set_filter(Filter(actors=("Russia",)))
    assert int(overview.histogram.passing.sum()) == session.result.shown < len(bundled())
    assert len(overview.histogram.everything) == WIDTH_PX // COLUMN_PX


def test_where_the_timeline_shows_everything_both_have_one_scale(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    session.set_width(WIDTH_PX)
    session.fit_all()
    assert overview.histogram.view == session.viewport
    assert overview.brush_px() == (0, WIDTH_PX)


def test_it_shows_all_of_time_whatever_the_timeline_shows(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    whole = overview.histogram.view
    session.set_viewport(session.viewport.zoomed(100, 200), Move.JUMP)
    assert overview.histogram.view == whole
    first_s, last_s = bundled().extent_s or (0, 0)
    assert 0 <= whole.x_of(first_s) < whole.x_of(last_s) <= WIDTH_PX


def test_the_brush_lies_where_the_view_is(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    assert overview.brush_px() == pytest.approx((0, WIDTH_PX))
    session.set_viewport(session.viewport.zoomed(4, 500))
    left, right = overview.brush_px()
    whole = overview.histogram.view
    assert left == pytest.approx(whole.x_of(session.viewport.left_s))
    assert right == pytest.approx(whole.x_of(session.viewport.right_s))
    session.set_viewport(session.viewport.zoomed(1e6, 500))
    left, right = overview.brush_px()
    assert right - left == LEAST_BRUSH_PX
    session.set_viewport(session.viewport.panned(1e12))
    assert overview.brush_px() == (WIDTH_PX - LEAST_BRUSH_PX, WIDTH_PX)


def test_dragging_the_brush_moves_the_view_by_as_much(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    session.set_viewport(session.viewport.zoomed(8, 500), Move.JUMP)
    before, scale = overview.brush_px()[0], session.viewport.seconds_per_px
    middle = grip(overview, 0.5)
    drag(overview, middle, middle + QPointF(60, 0))
    assert overview.brush_px()[0] == pytest.approx(before + 60, abs=0.1)
    assert session.viewport.seconds_per_px == scale
    session.undo()
    assert overview.brush_px()[0] == pytest.approx(before, abs=0.1)


@pytest.mark.parametrize(("share", "by_px"), [(0.0, -40), (1.0, 40), (0.0, 20), (1.0, -20)])
def test_dragging_an_edge_zooms_and_keeps_the_other(qtbot: QtBot, share: float, by_px: float) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    session.set_viewport(session.viewport.zoomed(8, 500), Move.JUMP)
    left, right = overview.brush_px()
    edge = grip(overview, share)
    drag(overview, edge, edge + QPointF(by_px, 0))
    expected = (left + by_px, right) if share == 0.0 else (left, right + by_px)
    assert overview.brush_px() == pytest.approx(expected, abs=1.5)


def test_an_edge_dragged_beyond_the_other_stops(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    session.set_viewport(session.viewport.zoomed(8, 500), Move.JUMP)
    _, right = overview.brush_px()
    edge = grip(overview, 0.0)
    drag(overview, edge, QPointF(right + 100, 40))
    left, still_right = overview.brush_px()
    assert still_right == pytest.approx(right, abs=LEAST_BRUSH_PX)
    assert left < still_right


def test_a_click_beside_the_brush_jumps_there(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    session.set_viewport(session.viewport.zoomed(16, 900), Move.JUMP)
    with qtbot.waitSignal(session.jumped):
        drag(overview, QPointF(100, 40), QPointF(100, 40), steps=1)
    left, right = overview.brush_px()
    assert (left + right) / 2 == pytest.approx(100, abs=1)


def test_other_buttons_do_nothing_and_the_pointer_tells_of_edges(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    session.set_viewport(session.viewport.zoomed(8, 500), Move.JUMP)
    before = session.viewport
    send_mouse(overview, QEvent.Type.MouseButtonPress, QPointF(5, 40), button=Qt.MouseButton.RightButton)
    assert session.viewport == before
    shapes = []
    for share in (0.0, 0.5):
        send_mouse(overview, QEvent.Type.MouseMove, grip(overview, share), button=Qt.MouseButton.NoButton)
        shapes.append(overview.cursor().shape())
    assert shapes == [Qt.CursorShape.SizeHorCursor, Qt.CursorShape.ArrowCursor]


def test_the_wheel_zooms_about_the_middle_of_the_view(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    before = session.viewport
    send_wheel(overview, QPointF(5, 40), 3)
    after = session.viewport
    assert after.seconds_per_px == pytest.approx(before.seconds_per_px / 2)
    assert after.x_of(before.middle_s) == pytest.approx(after.width_px / 2, abs=0.1)


def test_hits_are_marked(qtbot: QtBot) -> None:
    table = make_table([make_event("a", "2024-01-01"), make_event("b", "2024-12-31"), make_event("c", "../2024-06")])
    overview, session, _ = show_overview(qtbot, table)
    plain = painted(overview)
    session.set_hits(Hits("x", np.array([0, 1, 2], np.int32), 0))
    marked = painted(overview)
    x = round(overview.histogram.view.x_of(int(table.times.start_earliest_s[2])))
    assert marked.pixelColor(x, 5) == QColor(LIGHT.warning)
    assert plain.pixelColor(x, 5) != QColor(LIGHT.warning)


def test_a_tick_is_two_pixels_wide_and_the_longer_the_more_hits_there_are() -> None:
    colour = QColor(LIGHT.warning)
    picture = _hit_picture(np.array([0, 0, 9, 0, 0, 1, 0]), colour)
    painted_px = [[picture.pixelColor(x, y) == colour for y in range(HIT_PX)] for x in range(7)]
    longest, shorter = HIT_PX, round(LEAST_HIT_PX + (HIT_PX - LEAST_HIT_PX) / 3)
    assert [sum(column) for column in painted_px] == [0, longest, longest, 0, shorter, shorter, 0]
    assert picture.pixelColor(0, 0).alpha() == 0


def test_which_rows_a_column_has_is_found_once_for_all_searches(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    overview, session, _ = show_overview(qtbot, synthetic_table(5_000))
    asked = []

    def column_rows(starts_s: Int64Array, view: Viewport) -> Int32Array:
        asked.append(view)
        return hit_ticks.column_rows(starts_s, view)

    monkeypatch.setattr(overview_module, "column_rows", column_rows)
    for last in (10, 100, 1_000):
        session.set_hits(Hits("x", np.arange(last, dtype=np.int32), 0))
        painted(overview)
    assert len(asked) == 1
    overview.resize(overview.width() - 40, overview.height())
    painted(overview)
    assert len(asked) == 2


def test_bars_are_drawn_for_all_and_for_those_that_pass(qtbot: QtBot) -> None:
    overview, session, look = show_overview(qtbot, synthetic_table(5_000))
    session.set_filter(Filter(actors=("Actor 3",)))
    image = painted(overview)
    colours = {image.pixelColor(x, y).name() for x in range(WIDTH_PX) for y in range(10, HEIGHT_PX - 22, 2)}
    assert {LIGHT.bar, LIGHT.bar_passing} <= colours
    look.set_choice("dark")
    assert painted(overview).pixelColor(WIDTH_PX - 1, HEIGHT_PX - 3) == QColor(DARK.background)


def test_what_only_possibly_passes_is_hatched(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(
        qtbot, make_table([make_event("Year", "2024"), make_event("Day", "2023-01-01")])
    )

    def colours() -> set[str]:
        image = painted(overview)
        x = int(np.flatnonzero(overview.histogram.passing)[-1]) * COLUMN_PX + 3
        return {image.pixelColor(x + across, y).name() for across in range(3) for y in range(20, 30)}

    assert len(colours()) == 1
    session.set_filter(Filter(since="2024-06"))
    assert overview.histogram.possible.sum() == 1
    assert len(colours()) > 1


def test_the_bars_are_kept_while_the_view_moves_and_drawn_anew_for_other_counts(qtbot: QtBot) -> None:
    overview, session, look = show_overview(qtbot, synthetic_table(5_000))
    with mock.patch.object(Overview, "_bars", autospec=True, side_effect=Overview._bars) as bars:
        first = painted(overview)
        session.set_viewport(session.viewport.zoomed(4, 300), Move.JUMP)
        assert painted(overview) != first
        assert bars.call_count == 1
        session.set_filter(Filter(actors=("Actor 3",)))
        painted(overview)
        look.set_choice("dark")
        painted(overview)
        overview.resize(WIDTH_PX // 2, HEIGHT_PX)
        assert painted(overview).width() == WIDTH_PX // 2
        assert bars.call_count == 4


def test_no_events_and_another_table_and_a_tiny_width_are_drawn(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, make_table())
    painted(overview)
    session.set_table(bundled())
    assert int(overview.histogram.everything.sum()) == len(bundled())
    overview.resize(3, HEIGHT_PX)
    painted(overview)


def test_it_has_a_name_and_says_what_it_is_for(qtbot: QtBot) -> None:
    overview, _, _ = show_overview(qtbot, bundled())
    assert overview.accessibleName() == "Overview of all events"
    assert overview.accessibleDescription()


def test_what_is_painted_while_the_view_moves_is_what_a_whole_painting_gives(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, synthetic_table(2_000))
    qtbot.waitUntil(overview.windowHandle().isExposed)
    chance = random.Random(5)
    for step in range(40):
        view = session.viewport
        if step % 3:
            session.set_viewport(view.panned(chance.uniform(-900, 900)))
        else:
            session.set_viewport(view.zoomed(2 ** chance.uniform(-1.5, 2.5), chance.uniform(0, 1000)))
        overview.follow_view()
        QApplication.processEvents()
        on_screen = overview.screen().grabWindow(overview.winId()).toImage()
        assert (pixels(on_screen) == pixels(painted(overview))).all()


def test_a_move_within_the_brush_s_own_pixels_paints_nothing(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    session.set_viewport(session.viewport.zoomed(1e5, 500))
    overview.follow_view()
    QApplication.processEvents()
    assert overview.brush_px()[1] - overview.brush_px()[0] == LEAST_BRUSH_PX
    with mock.patch.object(Overview, "update", autospec=True) as update:
        session.set_viewport(session.viewport.panned(1))
        overview.follow_view()
        assert update.call_count == 0
        session.set_viewport(session.viewport.zoomed(1e-5, 500))
        overview.follow_view()
        assert update.call_count == 1


def test_another_filter_is_counted_once_the_timeline_has_been_painted(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    everything = int(overview.histogram.passing.sum())
    painted(overview)
    with mock.patch.object(Overview, "update", autospec=True) as update:
        with qtbot.waitSignal(session.lanes_changed):
            session.set_filter(Filter(actors=("Russia",)))
        assert update.call_count == 0
        overview.follow_view()
        assert update.call_count > 0
    assert 0 < int(overview.histogram.passing.sum()) < everything


def test_the_counts_are_those_of_the_filter_whenever_they_are_asked_for(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, bundled())
    before = painted(overview)
    with qtbot.waitSignal(session.lanes_changed):
        session.set_filter(Filter(actors=("Russia",)))
    assert int(overview.histogram.passing.sum()) == len(session.lanes.passing)
    assert painted(overview) != before


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_filtered_out_is_pale_below_an_edge_that_stands_out(qtbot: QtBot, theme: Theme) -> None:
    table = make_table([make_event(str(day), f"2024-06-{day:02}") for day in range(1, 5)])
    overview, session, look = show_overview(qtbot, table)
    look.set_choice(theme.name)
    session.set_filter(Filter(min_importance=5))
    number = int(overview.histogram.view.x_of(table.times.start_earliest_s[2])) // COLUMN_PX
    image = painted(overview)
    column = [image.pixelColor(number * COLUMN_PX + 4, y_px).name() for y_px in range(BRUSH_TOP_PX + 2, HEIGHT_PX - 30)]
    edge, below = next(pair for pair in pairwise(column) if pair[1] == theme.bar)
    assert contrast(edge, theme.accent_tint) >= 3
    assert contrast(edge, below) > 1.5


def test_the_tip_on_a_column_counts_what_begins_there(qtbot: QtBot) -> None:
    table = make_table(
        [make_event(str(day), f"2024-06-{day:02}", actors=["Russia"] * (day > 2)) for day in range(1, 5)]
    )
    overview, session, _ = show_overview(qtbot, table)
    x_px = int(overview.histogram.view.x_of(table.times.start_earliest_s[2]))
    assert overview.tip_words(x_px).startswith("1 event begins here, ")
    assert "June 2024" in overview.tip_words(x_px)
    assert overview.tip_words(x_px - 2 * COLUMN_PX) == ""
    assert overview.tip_words(-5) == overview.tip_words(WIDTH_PX + 90) == ""
    session.set_filter(Filter(not_actors=("Russia",)))
    assert overview.tip_words(x_px).startswith("1 event begins here, ")
    assert overview.tip_words(x_px).endswith("; 0 pass the filter")
    session.set_table(make_table([make_event("a", "2024-06-19"), make_event("b", "2024-06-19")]))
    x_px = int(overview.histogram.view.x_of(session.table.times.start_earliest_s[0]))
    assert overview.tip_words(x_px).startswith("2 events begin here, ")


def labels_of(overview: Overview) -> list[str]:
    assert overview.histogram.view.width_px == WIDTH_PX
    axis = build_axis(overview.histogram.view, EnglishWords())
    return [tick.label for tick in _labelled(axis, WIDTH_PX, lambda text: 7 * len(text))]


def test_its_axis_says_years_and_what_lies_between_where_there_are_few(qtbot: QtBot) -> None:
    overview, session, _ = show_overview(qtbot, make_table([make_event("a", "2021"), make_event("b", "2024-06")]))
    assert labels_of(overview) == ["2021", "2022", "2023", "2024"]
    session.set_table(make_table([make_event("a", "2024-01-03"), make_event("b", "2024-12-20")]))
    assert labels_of(overview) == ["2024", *MONTHS]
    session.set_table(make_table([make_event("a", "2024-06-19T01:10"), make_event("b", "2024-06-19T22:50")]))
    named, *hours = labels_of(overview)
    assert named == "19 June 2024"
    assert "12:00" in hours


def test_labels_of_its_axis_keep_apart_and_end_within_it() -> None:
    axis = Axis(
        minor=(Tick(10, "Jan"), Tick(60, "Feb"), Tick(85, "Mar"), Tick(120, ""), Tick(190, "Apr")),
        major=(Tick(0, "2023"), Tick(10, ""), Tick(150, "2024")),
    )
    assert [tick.label for tick in _labelled(axis, 200, lambda text: 7 * len(text))] == ["2023", "2024", "Feb"]
