"""Widths of many titles at once are those that Qt would give for each."""

from __future__ import annotations

import math
from unittest import mock

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from tests.helpers.canvases import make_look
from tests.helpers.tables import make_event, make_table
from timeline_app.scene.frame import Measures
from timeline_app.ui.look import Look
from timeline_app.ui.timeline import title_measure
from timeline_app.ui.timeline.title_measure import MOST_TITLE_EMS, TitleMeasure, title_extents
from timeline_app.ui.wrapped_text import PAINTED_CHARACTERS


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return make_look(make_table())


TITLES = (
    "Kursk",
    "Mutual assistance pact",
    "Київ",
    "平壤",
    "😀😀",
    "𝔸ℂ",
    "two\nlines",
    "",
    "a" * 400,
    "AVAVAV",
    "ê",
    "حزب",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_width_is_never_too_small_and_hardly_too_great(look: Look, title: str) -> None:
    font = look.small()
    (width,) = TitleMeasure(font).widths([title]).tolist()
    drawn = QFontMetricsF(font).horizontalAdvance(title.replace("\n", ""))
    most = round(MOST_TITLE_EMS * font.pixelSize())
    assert width >= min(drawn, most)
    assert width <= min(drawn * 1.4 + 12, most)


@pytest.mark.parametrize(
    "title",
    [
        "انفجار مرفأ بيروت\nأمس",
        "מִבְצָע צוק איתן",
        "Die\u0302n Bie\u0302n Phu\u0309",
        "👩\u200d🚀 in orbit",
        "अमृतसर",
    ],
)
def test_letters_that_join_are_measured_together(look: Look, title: str) -> None:
    font = look.small(bold=True)
    (before, width, after) = TitleMeasure(font).widths(["Kursk", title, "Kursk"]).tolist()
    assert width == math.ceil(QFontMetricsF(font).horizontalAdvance(title.replace("\n", ""))) + 1
    assert before == after


def test_a_title_does_not_change_the_width_of_another(look: Look) -> None:
    measure = TitleMeasure(look.small())
    together = measure.widths(TITLES).tolist()
    assert together == [measure.widths([title]).tolist()[0] for title in TITLES]
    assert measure.widths([]).tolist() == []


def test_a_lone_surrogate_is_measured_as_something(look: Look) -> None:
    assert TitleMeasure(look.small()).widths(["\ud800", "x"]).shape == (2,)


def test_titles_that_matter_most_are_bold_and_wider(look: Look) -> None:
    table = make_table([make_event("mmmmm", importance=4), make_event("mmmmm", importance=5, event_id="b")])
    plain_px, bold_px = title_extents(table, look.small).title_px(np.arange(2, dtype=np.int32)).tolist()
    assert bold_px > plain_px


def test_widths_are_those_of_their_rows_however_they_are_asked_for(look: Look) -> None:
    table = make_table([make_event("m" * (1 + number % 7), event_id=str(number)) for number in range(40)])
    expected = TitleMeasure(look.small()).widths(table.titles_of(range(40)))
    with mock.patch.object(title_measure, "SLOTS", 8):
        # Several rows share each of these few slots, so that most widths are forgotten and measured again.
        title_px = title_extents(table, look.small).title_px
        for rows in ([3], [3, 11, 19], list(range(40)), [39, 38, 3, 11], []):
            assert title_px(np.array(rows, np.int32)).tolist() == expected[rows].tolist()


def test_without_titles_no_room_is_needed_for_them(look: Look) -> None:
    table = make_table([make_event("mmmmm")])
    extents = title_extents(table, look.small, with_titles=False)
    assert extents.title_px(np.arange(1, dtype=np.int32)).tolist() == [0]


@pytest.mark.parametrize("with_titles", [True, False])
def test_marks_have_room_as_large_as_they_are_drawn_at_every_text_size(
    qapp: QApplication, *, with_titles: bool
) -> None:
    sizes = [1 + tenths / 10 for tenths in range(11)]
    looks = [make_look(make_table(), text_scale=size) for size in sizes]
    room_px = [title_extents(make_table(), look.small, with_titles=with_titles).mark_px for look in looks]
    assert room_px == [Measures.at(size).mark_px for size in sizes]
    assert (room_px[0], room_px[-1]) == (12, 24)


def test_what_is_never_painted_of_a_title_is_not_measured(look: Look) -> None:
    measure = TitleMeasure(look.small())
    begun = "i" * PAINTED_CHARACTERS
    assert measure.widths([begun + "W" * 50]).tolist() == measure.widths([begun]).tolist()
    unseen = "\u200b" * PAINTED_CHARACTERS
    assert measure.widths([unseen + "W"]).tolist() == measure.widths([unseen]).tolist()


def test_only_titles_that_are_not_measured_yet_are_fetched_beforehand(look: Look) -> None:
    table = make_table([make_event("m" * (1 + number), event_id=str(number)) for number in range(6)])
    extents = title_extents(table, look.small)
    with mock.patch.object(type(table), "titles_soon") as fetched:
        extents.title_px(np.array([1, 4], np.int32))
        extents.titles_soon(np.array([0, 1, 4, 5], np.int32))
        extents.titles_soon(np.array([1, 4], np.int32))
    assert [call.args[0].tolist() for call in fetched.call_args_list] == [[0, 5]]


def test_a_timeline_without_titles_fetches_none(look: Look) -> None:
    table = make_table([make_event("Pact")])
    with mock.patch.object(type(table), "titles_soon") as fetched:
        title_extents(table, look.small, with_titles=False).titles_soon(np.array([0], np.int32))
    assert not fetched.called
