"""When a window's picture is kept for the next start, and under which conditions it may be shown there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping

import pytest
from PySide6.QtCore import QLocale, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.shown import close_for_good
from timeline_app.app import create_window
from timeline_app.core.filter import Filter
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.first_picture import EVER_S, FirstPicture
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.picture_conditions import picture_conditions, system_colours
from timeline_app.ui.picture_keeper import PictureKeeper, true_s
from timeline_app.ui.settings_table import TEXT_SIZE

CONDITIONS = {"place": "here"}
DAY_S = 86_400


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = create_window([])
    window.show()
    qtbot.waitUntil(lambda: window.timeline.frame.width_px > 0)
    yield window
    close_for_good(window)


class Kept:
    """What was kept, in its order."""

    def __init__(self) -> None:
        self.pictures: list[FirstPicture] = []

    def keep(self, picture: FirstPicture) -> bool:
        self.pictures.append(picture)
        return True


@pytest.fixture
def kept() -> Kept:
    return Kept()


def keeper_of(window: MainWindow, kept: Kept, shown: FirstPicture | None = None) -> PictureKeeper:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return PictureKeeper(application, window, kept.keep, lambda: CONDITIONS, {}, shown)


def wait_for(keeper: PictureKeeper, qtbot: QtBot) -> bool:
    with qtbot.waitSignal(keeper.finished) as finished:
        pass
    return bool(finished.args and finished.args[0])


def picture_of(window: MainWindow) -> bytes:
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return bytes(image.constBits())  # Which do not keep their image alive.


def test_what_is_kept_is_what_is_seen(window: MainWindow, kept: Kept, qtbot: QtBot) -> None:
    assert wait_for(keeper_of(window, kept), qtbot)
    [picture] = kept.pictures
    assert (picture.title, picture.width_px, picture.height_px) == (window.windowTitle(), 1280, 800)
    assert (picture.scale, picture.conditions, picture.stamps) == (1.0, CONDITIONS, {})
    assert picture.pixels == picture_of(window)


def test_the_same_picture_is_not_written_again(window: MainWindow, kept: Kept, qtbot: QtBot) -> None:
    wait_for(keeper_of(window, kept), qtbot)
    [picture] = kept.pictures
    assert wait_for(keeper_of(window, kept, picture), qtbot)
    assert len(kept.pictures) == 1
    window.resize(1300, 800)
    assert wait_for(keeper_of(window, kept, picture), qtbot)
    assert [one.width_px for one in kept.pictures] == [1280, 1300]


def click(window: MainWindow) -> None:
    QTest.mouseClick(window.timeline, Qt.MouseButton.LeftButton)


def press_key(window: MainWindow) -> None:
    QTest.keyClick(window.timeline, Qt.Key.Key_D)


def set_text_size(window: MainWindow) -> None:
    window.settings.set(TEXT_SIZE, 150)


@pytest.mark.parametrize("touch", [click, press_key, set_text_size])
def test_a_window_that_was_touched_is_let_be(
    window: MainWindow, kept: Kept, qtbot: QtBot, touch: Callable[[MainWindow], None]
) -> None:
    keeper = keeper_of(window, kept)
    with qtbot.waitSignal(keeper.finished) as finished:
        touch(window)
    assert finished.args == [False]
    assert kept.pictures == []


def test_a_window_that_says_something_is_waited_for(window: MainWindow, kept: Kept, qtbot: QtBot) -> None:
    window.show_message("one file could not be read")
    keeper = keeper_of(window, kept)
    keeper._try()
    assert kept.pictures == []
    window.show_message("")
    assert wait_for(keeper, qtbot)


def test_a_window_that_is_never_at_rest_is_given_up(window: MainWindow, kept: Kept, qtbot: QtBot) -> None:
    window.show_message("one file could not be read")
    keeper = keeper_of(window, kept)
    keeper._timer.setInterval(0)
    assert not wait_for(keeper, qtbot)
    assert kept.pictures == []


def test_the_pointer_leaves_no_trace_and_comes_back(window: MainWindow, kept: Kept, qtbot: QtBot) -> None:
    wait_for(keeper_of(window, kept), qtbot)
    QTest.mouseMove(window.timeline, QPointF(300, 55).toPoint())  # beside the head of a lane
    qtbot.waitUntil(lambda: window.timeline.highlights.pointer_px is not None)
    before = window.timeline.highlights
    wait_for(keeper_of(window, kept), qtbot)
    assert kept.pictures[0].pixels == kept.pictures[1].pixels
    assert window.timeline.highlights == before


def test_a_today_line_in_view_may_move_by_half_a_pixel() -> None:
    view = Viewport(0, 0.0, DAY_S / 2, 1000)
    assert true_s(None, view) == EVER_S
    today_s = 100 * DAY_S
    assert true_s(today_s, view) == (today_s - DAY_S // 4, today_s + DAY_S // 4)


def test_a_today_line_out_of_view_may_move_until_it_comes_in() -> None:
    view = Viewport(0, 0.0, DAY_S, 1000)
    first_s, last_s = true_s(5_000 * DAY_S, view)
    assert 1000 * DAY_S < first_s < 5_000 * DAY_S
    assert last_s == EVER_S[1]
    first_s, last_s = true_s(-5_000 * DAY_S, view)
    assert -5_000 * DAY_S < last_s < 0
    assert first_s == EVER_S[0]


def conditions_of(
    window: QWidget,
    *,
    program: str = "1",
    stamps: Mapping[str, str] | None = None,
    colours: str = "black on white",
    is_maximised: bool = False,
    sides_px: tuple[int, int] | None = None,
) -> dict[str, str]:
    return picture_conditions(window, program, stamps or {}, colours, sides_px, is_maximised=is_maximised)


@pytest.fixture
def plain(qtbot: QtBot) -> QWidget:
    plain = QWidget()
    qtbot.addWidget(plain)
    plain.resize(700, 500)
    return plain


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    assert before.keys() == after.keys()
    return {name for name in before if before[name] != after[name]}


def test_each_ingredient_is_a_condition(plain: QWidget) -> None:
    before = conditions_of(plain)
    assert conditions_of(plain) == before
    assert changed(before, conditions_of(plain, program="2")) == {"program"}
    assert changed(before, conditions_of(plain, stamps={"a.yaml": "1 bytes, changed at 2"})) == {"files"}
    assert changed(before, conditions_of(plain, colours="white on black")) == {"colours"}
    assert changed(before, conditions_of(plain, is_maximised=True)) == {"place"}
    assert changed(before, conditions_of(plain, sides_px=(300, 350))) == {"sides"}
    plain.resize(701, 500)
    assert changed(before, conditions_of(plain)) == {"place"}


def test_locale_zone_screen_and_qt_are_conditions(plain: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    before = conditions_of(plain)
    locale = QLocale()
    try:
        QLocale.setDefault(QLocale(QLocale.Language.Korean))
        assert changed(before, conditions_of(plain)) == {"locale"}
    finally:
        QLocale.setDefault(locale)
    with monkeypatch.context() as patch:
        patch.setattr(time, "timezone", -3600)
        assert changed(before, conditions_of(plain)) == {"zone"}
    with monkeypatch.context() as patch:
        patch.setattr("PySide6.__version__", "0.0.0")
        assert changed(before, conditions_of(plain)) == {"qt"}
    with monkeypatch.context() as patch:
        patch.setattr(QGuiApplication, "platformName", lambda: "wayland")
        assert changed(before, conditions_of(plain)) == {"screen"}
    with monkeypatch.context() as patch:
        patch.setattr(QGuiApplication, "isRightToLeft", lambda: True)
        assert changed(before, conditions_of(plain)) == {"direction"}


@pytest.mark.usefixtures("qapp")
def test_a_dark_system_has_other_colours() -> None:
    before = system_colours()
    palette = QPalette(QColor("#202020"), QColor("#202020"))
    QGuiApplication.setPalette(palette)
    try:
        assert system_colours() != before
    finally:
        QGuiApplication.setPalette(QPalette())


def test_a_picture_stands_until_the_window_is_live(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    image = QImage(window.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    pixels = bytes(image.constBits())
    window.show_picture(FirstPicture("As it was", image.width(), image.height(), 1.0, pixels, {}))
    with qtbot.waitSignal(window.picture_painted):
        window.show()
    assert (window.windowTitle(), window.is_live) == ("As it was", False)
    assert window.grab().toImage().pixelColor(640, 400).name() == "#123456"
    assert window.children() == [window.layout()]  # Nothing that a screen reader could take for content.
    window.resize(900, 600)
    assert window.grab().toImage().pixelColor(450, 300).name() != "#123456"
    window.show_live()
    assert window.is_live


def test_a_window_that_is_filtered_no_longer_looks_as_it_opened(window: MainWindow, kept: Kept) -> None:
    keeper = keeper_of(window, kept)
    window.session.set_filter(Filter(actors=("Russia",)))
    keeper._try()
    assert kept.pictures == []
