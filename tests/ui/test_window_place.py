"""A window comes back where it was left, as far as a screen still has room for it and its frame."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMargins, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from timeline_app.ui.window_place import (
    KEY,
    USUAL_FRAME,
    on_screen,
    remembered_place,
    remembered_sides,
    restore_place,
    save_place,
    save_sides,
)


def test_a_window_stands_where_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    left = window_at(qtbot, QRect(10, 40, 700, 500))
    assert save_place(left, tmp_path / "window.ini")
    place = remembered_place(tmp_path / "window.ini")
    assert place is not None
    assert (place.geometry, place.is_maximised) == (QRect(10, 40, 700, 500), False)


def test_a_maximised_window_is_left_with_the_place_that_it_would_go_back_to(qtbot: QtBot, tmp_path: Path) -> None:
    left = window_at(qtbot, QRect(10, 40, 700, 500))
    left.showMaximized()
    save_place(left, tmp_path / "window.ini")
    place = remembered_place(tmp_path / "window.ini")
    assert place is not None
    assert (place.geometry, place.is_maximised) == (QRect(10, 40, 700, 500), True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 300,
        b"[window]\nplace=@Variant(\\0\\0\\0\\x7f\\xff\\xff\\xff\\xff)\n",
        b"[window]\nplace=@ByteArray(x)\n",
        b"[window]\nplace=1 2 700 500 in 1 2 3 normal\n",
        b"[window]\nplace=1 2 3 9999999 in 1 2 3 4 normal\n",
        b"[window]\nplace=1 2 700 500 in 1 2 3 999 normal\n",
        b"[window]\nplace=1 2 700 500 in 1 2 3 4 upside-down\n",
        b"[window]\nplace=" + b"1" * 20_000,
    ],
)
def test_a_damaged_place_is_left_out(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "window.ini"
    file.write_bytes(content)
    assert remembered_place(file) is None


def test_no_place_may_be_remembered(tmp_path: Path) -> None:
    assert remembered_place(tmp_path / "missing.ini") is None


@pytest.mark.parametrize(
    "place",
    [QRect(-5000, 90_000, 700, 500), QRect(0, 0, 500_000, 900_000), QRect(5, 5, 1, 1), QRect(-10, -10, 640, 400)],
)
@pytest.mark.parametrize("frame", [QMargins(), QMargins(1, 22, 1, 5), USUAL_FRAME, QMargins(99, 99, 99, 99)])
@pytest.mark.usefixtures("qapp")
def test_a_window_is_brought_onto_the_screen_with_its_frame(place: QRect, frame: QMargins) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(on_screen(place, frame).marginsAdded(frame))
    assert on_screen(place, frame).width() >= min(640, room.marginsRemoved(frame).width())


def test_a_window_at_the_edge_of_the_screen_stays_there(qtbot: QtBot, tmp_path: Path) -> None:
    frame = QMargins(1, 22, 1, 5)
    edge = QGuiApplication.primaryScreen().availableGeometry().marginsRemoved(frame)
    file = tmp_path / "window.ini"
    numbers = f"{edge.x()} {edge.y()} {edge.width()} {edge.height()} in 1 22 1 5"
    file.write_text(f"[window]\nplace={numbers} normal\n", encoding="ascii")
    window = window_at(qtbot, QRect(50, 60, 200, 100))
    assert not restore_place(window, file)
    assert window.geometry() == edge


@pytest.mark.parametrize(
    ("left", "remembered"),
    [((300, 420), (300, 420)), (None, None), ((0, 420), None), ((300, 20), None)],
)
def test_the_widths_of_the_panes_at_the_sides_are_remembered_but_not_one_out_of_sight(
    tmp_path: Path, left: tuple[int, int] | None, remembered: tuple[int, int] | None
) -> None:
    file = tmp_path / "window.ini"
    save_sides((280, 330), file)
    save_sides(left, file)
    assert remembered_sides(file) == remembered
    assert b"@" not in file.read_bytes()


@pytest.mark.parametrize(
    "content", [b"", b"[window]\nsides=1 99999\n", b"[window]\nsides=-5 300\n", b"[window]\nsides=@x\n"]
)
def test_damaged_widths_are_left_out(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "window.ini"
    file.write_bytes(content)
    assert remembered_sides(file) is None
    assert remembered_sides(None) is None


def test_a_maximised_window_is_left_to_be_maximised(qtbot: QtBot, tmp_path: Path) -> None:
    left = window_at(qtbot, QRect(10, 40, 700, 500))
    left.showMaximized()
    save_place(left, tmp_path / "window.ini")
    window = window_at(qtbot, QRect(50, 60, 200, 100))
    assert restore_place(window, tmp_path / "window.ini")
    assert window.geometry() == QRect(10, 40, 700, 500)


@pytest.mark.parametrize("is_known", [False, True])
def test_a_first_window_is_no_larger_than_its_screen(qtbot: QtBot, tmp_path: Path, is_known: bool) -> None:
    window = window_at(qtbot, QRect(0, 0, 6000, 5000))
    assert not restore_place(window, tmp_path / "missing.ini" if is_known else None)
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert window.size() == room.marginsRemoved(USUAL_FRAME).size()


def test_a_first_window_that_has_room_keeps_its_size(qtbot: QtBot) -> None:
    window = window_at(qtbot, QRect(0, 0, 700, 500))
    restore_place(window, None)
    assert window.size() == QSize(700, 500)


def test_only_plain_text_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_at(qtbot, QRect(10, 40, 700, 500))
    save_place(window, tmp_path / "window.ini")
    assert b"@" not in (tmp_path / "window.ini").read_bytes()
    value = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat).value(KEY)
    assert str(value).endswith("normal")


def window_at(qtbot: QtBot, geometry: QRect) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(geometry)
    return window
