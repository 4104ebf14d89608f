"""The filter stands above the timeline as chips that can be taken away by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_column
from tests.helpers.small_conflict import small_table
from timeline_app.core.filter import Filter, Match
from timeline_app.core.palette import LIGHT
from timeline_app.ui.look import Look
from timeline_app.ui.panels.chips import MOST_CHIPS, ChipsBar, FilterChip
from timeline_app.ui.session import Session


@pytest.fixture
def session(qapp: object) -> Session:
    return Session(small_table())


@pytest.fixture
def bar(qtbot: QtBot, session: Session) -> Iterator[ChipsBar]:
    bar = ChipsBar(session, Look(session.table, "light"))
    with shown_column(qtbot, [bar], 700, 300):
        yield bar


def words(bar: ChipsBar) -> list[str]:
    return [chip.part.words for chip in bar.chips]


def test_without_a_filter_there_is_no_bar(bar: ChipsBar, session: Session) -> None:
    assert bar.isHidden()
    session.set_filter(Filter(types=("attack",)))
    assert bar.isVisible()
    session.set_filter(Filter())
    assert bar.isHidden()


def test_chips_of_one_filter_after_another_stand_beside_each_other(
    qtbot: QtBot, bar: ChipsBar, session: Session
) -> None:
    bar.setFixedSize(600, 30)
    session.set_filter(Filter(actors=("Russia",)))
    qtbot.waitUntil(lambda: bar.chips[0].width() > 0)
    session.set_filter(Filter(actors=("Russia",), types=("attack",)))
    qtbot.waitUntil(lambda: bar.chips[1].x() > bar.chips[0].geometry().right())


def test_each_part_has_its_chip_and_the_cross_removes_it(qtbot: QtBot, bar: ChipsBar, session: Session) -> None:
    session.set_filter(Filter(actors=("Russia",), types=("attack",), since="2024-06"))
    assert words(bar) == ["Russia", "type attack", "from June 2024"]
    chip = bar.chips[1]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, chip.height() // 2))
    assert len(words(bar)) == 3, "a click beside the cross removes nothing"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2))
    assert session.wanted == Filter(actors=("Russia",), since="2024-06")


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_keys_remove_the_chip_and_the_keyboard_stays_in_the_bar(
    qtbot: QtBot, bar: ChipsBar, session: Session, key: Qt.Key
) -> None:
    session.set_filter(Filter(actors=("Russia", "NATO")))
    bar.chips[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(bar.chips[0], key)
    assert session.wanted == Filter(actors=("NATO",))
    assert bar.chips[0].hasFocus()
    qtbot.keyClick(bar.chips[0], key)
    assert session.wanted.is_empty


def test_tab_goes_from_chip_to_chip(qtbot: QtBot, bar: ChipsBar, session: Session) -> None:
    session.set_filter(Filter(actors=("Russia", "NATO")))
    bar.chips[0].setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    for _ in range(3):
        focused = bar.window().focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        reached.append(bar.window().focusWidget())
    assert reached == [bar.chips[1], bar.match_button, bar.clear_button]


def test_any_and_all_switch_where_there_are_two_actors(qtbot: QtBot, bar: ChipsBar, session: Session) -> None:
    session.set_filter(Filter(actors=("Russia",)))
    assert bar.match_button.isHidden()
    session.set_filter(Filter(actors=("Russia", "NATO")))
    assert bar.match_button.text() == "any of these"
    qtbot.mouseClick(bar.match_button, Qt.MouseButton.LeftButton)
    assert session.wanted.match is Match.ALL
    assert bar.match_button.text() == "all of these"


def test_clear_all(qtbot: QtBot, bar: ChipsBar, session: Session) -> None:
    session.set_filter(Filter(actors=("Russia", "NATO"), find=("a", "b"), min_importance=4))
    qtbot.mouseClick(bar.clear_button, Qt.MouseButton.LeftButton)
    assert session.wanted == Filter()


def test_many_parts_do_not_fill_the_window(bar: ChipsBar, session: Session) -> None:
    session.set_filter(Filter(actors=tuple(f"Actor {number}" for number in range(100))))
    assert len(bar.chips) == MOST_CHIPS
    assert bar.more.text() == f"and {100 - MOST_CHIPS} more"
    assert bar.more.isVisible()


def test_chips_wrap_in_a_narrow_window(qtbot: QtBot, bar: ChipsBar, session: Session) -> None:
    session.set_filter(Filter(actors=("Russia", "NATO", "United States", "North Korea"), places=("Kursk",)))
    qtbot.waitUntil(lambda: bar.chips[-1].y() == bar.chips[0].y())
    bar.window().resize(300, 300)
    qtbot.waitUntil(lambda: bar.chips[-1].y() > bar.chips[0].y())
    assert bar.chips[0].x() >= 0
    assert bar.geometry().bottom() >= bar.chips[-1].geometry().bottom()


def test_what_clears_all_has_company_in_a_new_row_and_stands_in_the_middle_of_it(
    qtbot: QtBot, bar: ChipsBar, session: Session
) -> None:
    session.set_filter(Filter(types=("attack",), places=("Kursk", "Kyiv", "Kazan")))
    clear, last = bar.clear_button, bar.chips[-1]
    qtbot.waitUntil(lambda: clear.x() > last.geometry().right())
    assert abs(clear.geometry().center().y() - last.geometry().center().y()) <= 1
    whole_px = clear.geometry().right() + 1
    around_px = bar.window().width() - bar.width()
    bar.window().resize(whole_px + around_px - 1, 300)
    qtbot.waitUntil(lambda: clear.y() > bar.chips[0].geometry().bottom())
    assert last.x() == bar.chips[0].x()
    assert last.y() > bar.chips[-2].geometry().bottom()
    assert clear.x() > last.geometry().right()


def test_a_chip_tells_what_it_is(bar: ChipsBar, session: Session) -> None:
    session.set_filter(Filter(not_actors=("DPRK",), find=("a\u202eb",)))
    assert [chip.accessibleName() for chip in bar.chips] == ["Filter: not DPRK", "Filter: “a⟦202E⟧b”"]
    assert all(chip.accessibleDescription() for chip in bar.chips)
    assert all(chip.height() >= 24 for chip in bar.chips)


def test_a_chip_draws_its_dot_its_words_and_the_cross(qtbot: QtBot, bar: ChipsBar, session: Session) -> None:
    session.set_filter(Filter(actors=("Russia",), types=("attack",)))
    qtbot.waitUntil(lambda: all(chip.size() == chip.sizeHint() for chip in bar.chips))
    actor, kind = bar.chips
    cross_px = 24
    for chip, words_from_px in ((actor, 24), (kind, 12)):
        width_px = chip.width()
        assert colours(chip, words_from_px, width_px - cross_px) != {PAPER}
        assert colours(chip, width_px - cross_px, width_px - 6) != {PAPER}
    assert QColor(bar._look.actor_colour("Russia")).rgb() in colours(actor, 10, 18)
    assert colours(kind, 6, 11) == {PAPER}, "what is no actor has no dot"


PAPER = QColor(LIGHT.background).rgb()


def colours(chip: FilterChip, first_px: int, beyond_px: int) -> set[int]:
    """Return the colours between two columns of a chip, its outline left out."""
    image = chip.grab().toImage()
    return {image.pixel(x, y) for x in range(first_px, beyond_px) for y in range(4, image.height() - 4)}
