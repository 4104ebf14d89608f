"""What is remembered of a window comes back in another, as far as it still makes sense."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_event, make_table
from timeline_app.core.filter import Filter, Match
from timeline_app.core.lanes import Grouping
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.saved_view import show_view, view_of
from timeline_app.ui.session import Session
from timeline_app.ui.window_place import KEY, on_screen, remembered_place, save_place
from timeline_app.ui.workspace import SavedView, SavedViewport


@pytest.fixture
def session(qapp: object) -> Session:
    assert qapp is not None
    return Session(make_table([make_event(f"Event {n}", f"20{10 + n}-05", actors=["Russia"]) for n in range(8)]))


def test_a_view_comes_back_in_another_window(session: Session) -> None:
    wanted = Filter(actors=("Russia", 'The "Quoted", one'), match=Match.ANY, since="2012", find=("two words", "x"))
    session.set_filter(wanted)
    session.set_grouping(Grouping.TYPE)
    session.set_selection((3, 1))
    session.set_viewport(Viewport(-(2**40), 0.5, 12_345.5, 800))
    other = Session(session.table)
    other.set_width(333)
    assert show_view(other, view_of(session)) == ""
    assert (other.wanted, other.grouping, other.selection) == (wanted, Grouping.TYPE, (3, 1))
    assert other.viewport == Viewport(-(2**40), 0.5, 12_345.5, 333)


def test_what_makes_no_sense_any_more_is_left_out(session: Session) -> None:
    before = session.viewport
    view = SavedView("from:2024-99", "by colour", SavedViewport(2**70, 0.0, 1.0), ("gone", "event-2"))
    assert show_view(session, view).startswith("The remembered filter cannot be understood: ")
    assert (session.wanted, session.grouping, session.selection) == (Filter(), Grouping.ACTOR, (2,))
    assert session.viewport == before


@pytest.mark.parametrize(
    "viewport", [SavedViewport(0, 1.0, 1.0), SavedViewport(0, 0.0, 0.0), SavedViewport(0, 0.0, float("inf"))]
)
def test_a_viewport_that_no_window_could_show_is_left_out(session: Session, viewport: SavedViewport) -> None:
    before = session.viewport
    show_view(session, SavedView(viewport=viewport))
    assert session.viewport == before


def test_a_window_stands_where_it_was_left(qtbot: QtBot, tmp_path: Path) -> None:
    left = QWidget()
    qtbot.addWidget(left)
    left.setGeometry(QRect(10, 20, 700, 500))
    assert save_place(left, tmp_path / "window.ini")
    place = remembered_place(tmp_path / "window.ini")
    assert place is not None
    assert (place.geometry, place.is_maximised) == (QRect(10, 20, 700, 500), False)


def test_a_maximised_window_is_left_with_the_place_that_it_would_go_back_to(qtbot: QtBot, tmp_path: Path) -> None:
    left = QWidget()
    qtbot.addWidget(left)
    left.setGeometry(QRect(10, 20, 700, 500))
    left.showMaximized()
    save_place(left, tmp_path / "window.ini")
    place = remembered_place(tmp_path / "window.ini")
    assert place is not None
    assert (place.geometry, place.is_maximised) == (QRect(10, 20, 700, 500), True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 300,
        b"[window]\nplace=@Variant(\\0\\0\\0\\x7f\\xff\\xff\\xff\\xff)\n",
        b"[window]\nplace=@ByteArray(x)\n",
        b"[window]\nplace=1 2 3 normal\n",
        b"[window]\nplace=1 2 3 9999999 normal\n",
        b"[window]\nplace=1 2 700 500 upside-down\n",
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
@pytest.mark.usefixtures("qapp")
def test_a_window_is_brought_onto_the_screen(place: QRect) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(on_screen(place))
    assert on_screen(place).width() >= min(640, room.width())


@pytest.mark.usefixtures("qapp")
def test_only_plain_text_is_written(qtbot: QtBot, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    save_place(window, tmp_path / "window.ini")
    assert b"@" not in (tmp_path / "window.ini").read_bytes()
    value = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat).value(KEY)
    assert str(value).endswith("normal")
