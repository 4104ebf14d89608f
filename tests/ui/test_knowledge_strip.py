"""The axis of knowledge steps from day to day, plays them, and asks for what could be known on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import send_wheel
from tests.helpers.shown import shown_window
from tests.helpers.tables import make_event, make_table
from tests.helpers.troops import TROOPS
from timeline_app.core.event import Source
from timeline_app.core.filter import Filter
from timeline_app.core.known import days_of
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.ui import filter_runner
from timeline_app.ui.look import Look
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.knowledge_slider import COLUMN_PX, FEWEST_DAYS, column_sums, usual_days
from timeline_app.ui.panels.knowledge_strip import (
    MOST_SLOW_STEPS,
    MOST_STEPS,
    QUICK_STEP_MS,
    STEP_MS,
    KnowledgeStrip,
)
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.session import Session
from timeline_app.ui.settings_table import REDUCED_MOTION

LEFT = Qt.MouseButton.LeftButton


def published(*dates: str) -> Session:
    events = [
        make_event(f"Event {number}", "2024", own_sources=[Source("key", published=date)] if date else [])
        for number, date in enumerate(dates)
    ]
    return Session(make_table(events))


def make_strip(qtbot: QtBot, session: Session, *, still: bool = False) -> KnowledgeStrip:
    strip = KnowledgeStrip(session, Look(session.table, "light"), EnglishWords(), lambda: still)
    qtbot.addWidget(strip)
    strip.resize(900, 60)
    with qtbot.waitExposed(strip):
        strip.show()
    return strip


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    path = tmp_path / "troops.yaml"
    path.write_text(TROOPS, encoding="utf-8")
    yield from shown_window(qtbot, path)


def test_keys_step_over_the_days_on_which_something_became_known(qtbot: QtBot) -> None:
    session = published("2024-10-10", "2024-11-10", "2024-11-10", "")
    strip = make_strip(qtbot, session)
    assert strip.words.text() == "all that is known · 1 undated"
    asked = []
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(strip.slider, key)
        asked.append((session.wanted.as_of, session.result.shown))
    assert asked == [("2024-10-10", 2), ("2024-10-09", 1), ("2024-10-10", 2), ("", 4), ("2024-10-10", 2)]
    assert strip.words.text() == "10 October 2024 · 1 undated"
    assert strip.slider.accessibleDescription() == strip.words.text()


def test_the_handle_never_leaves_the_day_that_is_asked_for(qtbot: QtBot) -> None:
    session = published("2024-10-10", "2024-11-10")
    strip, (day, _) = make_strip(qtbot, session), days_of("2024-10-10") or (0, 0)
    slider = strip.slider
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    assert (slider.value(), session.wanted.as_of) == (day, "2024-10-10")
    send_wheel(slider, QPointF(20, 10))
    assert (slider.value(), session.wanted.as_of) == (day, "2024-10-10")
    qtbot.keyClick(slider, Qt.Key.Key_PageUp)
    assert (slider.value(), session.wanted.as_of) == (slider.maximum(), "")


def test_the_handle_is_dragged_to_any_day(qtbot: QtBot) -> None:
    session = published("2024-10-10", "2024-11-10")
    strip = make_strip(qtbot, session)
    slider = strip.slider
    qtbot.mouseClick(slider, LEFT, pos=QPoint(slider.width() // 2, 10))
    asked = days_of(session.wanted.as_of)
    assert asked is not None
    assert slider.value() == asked[0]
    assert slider.minimum() < asked[0] < slider.maximum()
    qtbot.mousePress(slider, LEFT, pos=QPoint(slider.width() // 2, 10))
    qtbot.mouseMove(slider, QPoint(slider.width() - 1, 10))
    qtbot.mouseRelease(slider, LEFT, pos=QPoint(slider.width() - 1, 10))
    assert session.wanted.as_of == ""


def test_playing_begins_anew_at_the_end_and_stops_there(qtbot: QtBot) -> None:
    session = published("2024-10-10", "2024-10-20", "2024-11-10")
    strip = make_strip(qtbot, session)
    qtbot.mouseClick(strip.play_button, LEFT)
    assert (session.wanted.as_of, strip.is_playing, strip.play_button.text()) == ("2024-10-10", True, "Pause")
    strip.play_on()
    assert (session.wanted.as_of, strip.is_playing) == ("2024-10-20", True)
    strip.play_on()
    assert (session.wanted.as_of, strip.is_playing, strip.play_button.text()) == ("", False, "Play")


def test_of_very_many_days_playing_takes_steps_of_several_to_the_last(qtbot: QtBot) -> None:
    dates = ["1914-06-28", *map(str, np.datetime64("2014-01-01") + np.arange(0, 3_650, 5))]
    session = published(*dates)
    strip = make_strip(qtbot, session)
    qtbot.mouseClick(strip.play_button, LEFT)
    asked = [session.wanted.as_of]
    while strip.is_playing:
        strip.play_on()
        asked.append(session.wanted.as_of)
    stride = -(-len(dates) // MOST_STEPS)
    assert stride > 1
    assert asked == [*dates[stride - 1 : -1 : stride], ""]
    assert not strip.slider.has_later


def test_playing_is_quicker_where_there_are_many_days(qtbot: QtBot) -> None:
    paces = []
    for count in (MOST_SLOW_STEPS, MOST_SLOW_STEPS + 1):
        strip = make_strip(qtbot, published(*map(str, np.datetime64("2024-01-01") + np.arange(count) * 9)))
        qtbot.mouseClick(strip.play_button, LEFT)
        paces.append(strip._timer.interval())
        strip.set_shown(shown=False)
    assert paces == [STEP_MS, QUICK_STEP_MS]


def test_playing_waits_for_the_picture_of_each_day(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filter_runner, "LARGE", 0)
    session = published("2024-10-10", "2024-10-20", "2024-11-10")
    strip = make_strip(qtbot, session)
    qtbot.mouseClick(strip.slider, LEFT, pos=QPoint(0, 10))
    assert (session.wanted.as_of, session.is_settled) == ("2024-10-09", False)
    strip.play_on()
    assert session.wanted.as_of == "2024-10-09"
    qtbot.waitUntil(lambda: session.is_settled)
    strip.play_on()
    assert session.wanted.as_of == "2024-10-10"
    qtbot.waitUntil(lambda: session.is_settled)


def test_a_click_pauses(qtbot: QtBot) -> None:
    strip = make_strip(qtbot, published("2024-10-10", "2024-10-20", "2024-11-10"))
    qtbot.mouseClick(strip.play_button, LEFT)
    qtbot.mouseClick(strip.play_button, LEFT)
    assert not strip.is_playing


def test_with_reduced_motion_the_button_takes_one_step(qtbot: QtBot) -> None:
    session = published("2024-10-10", "2024-11-10")
    strip = make_strip(qtbot, session, still=True)
    strip.set_shown(shown=True)
    assert strip.play_button.text() == "Next"
    qtbot.mouseClick(strip.play_button, LEFT)
    assert (session.wanted.as_of, strip.is_playing) == ("2024-10-10", False)


def test_where_nothing_says_when_it_became_known_there_is_nothing_to_step(qtbot: QtBot) -> None:
    strip = make_strip(qtbot, published("", ""))
    assert strip.words.text() == "Nothing in what is open says since when an event was known."
    assert not any(part.isVisible() for part in (strip.slider, strip.lags, strip.play_button))
    assert not strip.slider.isEnabled()
    assert not strip.play_button.isEnabled()


def test_it_follows_a_filter_that_is_set_elsewhere(qtbot: QtBot) -> None:
    session = published("2024-10-10", "2024-11-10")
    strip = make_strip(qtbot, session)
    session.set_filter(Filter(as_of="2024-10"))
    assert (strip.slider.value(), session.wanted.as_of) == ((days_of("2024-10") or (0, 0))[1], "2024-10")
    session.set_filter(Filter())
    assert strip.slider.value() == strip.slider.maximum()


def test_the_window_shows_figures_as_they_stood_and_greys_the_future(qtbot: QtBot, window: MainWindow) -> None:
    session = window.session
    window.show_knowledge(shown=True)
    session.set_selection((session.table.row_of("troops") or 0,))
    session.set_filter(Filter(as_of="2024-10-20"))
    assert session.result.shown == 1
    assert [claim.value for claim in session.known_table.event(session.selection[0]).claims] == ["10000"]
    window.timeline.repaint()
    future_px = window.timeline.frame.future_px
    assert future_px is not None
    assert "as known on 20 Oct 2024" in [guide.label for guide in window.timeline.frame.guides]
    toggled: list[bool] = []
    window.knowledge_toggled.connect(toggled.append)
    window.show_knowledge(shown=False)
    assert (session.wanted, toggled) == (Filter(), [False])
    window.timeline.repaint()
    assert window.timeline.frame.future_px is None
    window.settings.set(REDUCED_MOTION, "on")
    window.show_knowledge(shown=True)
    strip = window.findChild(KnowledgeStrip)
    assert strip is not None
    assert strip.play_button.text() == "Next"


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_labels_of_the_axis_keep_clear_of_the_lower_frame(qtbot: QtBot, scale: float) -> None:
    session = published("2023-10-10", "2024-10-10", "2025-11-10")
    strip = KnowledgeStrip(session, Look(session.table, "light", scale), EnglishWords(), lambda: False)
    qtbot.addWidget(strip)
    strip.resize(700, strip.sizeHint().height())
    strip.slider.clearFocus()
    image = strip.slider.grab().toImage()
    lowest = {image.pixel(x, image.height() - down) for x in range(image.width()) for down in (1, 2, 3)}
    assert len(lowest) == 1


@given(st.lists(st.tuples(st.floats(0, 60), st.integers(0, 9)), min_size=1, max_size=30))
def test_each_bar_counts_what_became_known_in_its_column(days: list[tuple[float, int]]) -> None:
    places, counts = zip(*sorted(days), strict=True)
    columns, sums = column_sums(np.array(places), np.array(counts, np.int64))
    by_column: Counter[int] = Counter()
    for place, count in zip(places, counts, strict=True):
        by_column[int(place // COLUMN_PX)] += count
    assert dict(zip(columns.tolist(), sums.tolist(), strict=True)) == dict(by_column)


def test_the_lags_of_many_events_are_counted_after_the_picture(qtbot: QtBot) -> None:
    events = [make_event(str(number), "2024", own_sources=[Source("key", published="2024-02")]) for number in range(30)]
    session = Session(make_table(events))
    with patch("timeline_app.ui.panels.knowledge_strip.LARGE", 20):
        strip = make_strip(qtbot, session)
        strip.set_shown(shown=True)
        assert not any(strip.lags.counts)
        qtbot.waitUntil(lambda: sum(strip.lags.counts) == 30)


def test_an_axis_of_one_day_has_days_before_it(qtbot: QtBot) -> None:
    session = published("2024-11-01")
    strip, (day, _) = make_strip(qtbot, session), days_of("2024-11-01") or (0, 0)
    slider = strip.slider
    assert (slider.minimum(), slider.maximum()) == (day - FEWEST_DAYS, day)
    session.set_filter(Filter(as_of="2024-10-20"))
    assert slider.value() == day - 12
    slider.begin()
    assert slider.value() == day - 1, "the day before anything was known"


def test_the_words_beside_the_bars_take_no_room_from_them_however_much_they_say(qtbot: QtBot) -> None:
    widths = []
    for undated in (0, 12_000):
        strip = make_strip(qtbot, published("2024-10-10", *[""] * undated))
        strip.resize(672, 120)
        strip.set_shown(shown=True)
        layout = strip.layout()
        assert layout is not None
        layout.activate()
        widths.append(strip.lags.width())
    assert widths[0] == widths[1] > 672 * 2 / 3
    assert "12,000 without" in {label.text()[-14:] for label in strip.findChildren(PlainLabel)}


def test_a_date_that_is_far_off_leaves_the_others_their_room(qtbot: QtBot) -> None:
    usual = [f"2024-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 29)]
    session = published("1204-10-05", *usual * 8, "2904-10-05")
    strip = make_strip(qtbot, session)
    slider = strip.slider
    qtbot.mouseClick(slider, LEFT, pos=QPoint(slider.width() // 2, 10))
    assert "2024-05" in session.wanted.as_of
    before_px = slider.grab().toImage()
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.grab().toImage() != before_px
    qtbot.mouseClick(slider, LEFT, pos=QPoint(1, 10))
    assert session.wanted.as_of == "1204-10-04"
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert (session.wanted.as_of, session.result.shown) == ("1204-10-05", 1)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert session.wanted.as_of == "2024-01-01"
    qtbot.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 2, 10))
    assert session.wanted.as_of == ""


@pytest.mark.parametrize(
    ("days", "counts", "usual"),
    [
        ([5], [1], (5, 5)),
        ([0, 900, 1000], [1, 500, 499], (900, 1000)),
        ([0, 900, 1000], [1, 500, 498], (0, 1000)),  # It is more than one in a thousand.
        ([0, 400, 1000], [1, 500, 499], (0, 1000)),  # It takes up less than half.
        ([-9000, 0, 10, 9000], [1, 600, 600, 1], (0, 10)),
    ],
)
def test_the_axis_is_that_of_all_but_a_few_days_far_off(
    days: list[int], counts: list[int], usual: tuple[int, int]
) -> None:
    assert usual_days(np.array(days, np.int64), np.array(counts, np.int64)) == usual
