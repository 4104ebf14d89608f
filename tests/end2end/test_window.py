"""The program as a person meets it: started, used by keyboard alone, failing inside, closed, started again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.fuzz.monkey import play
from tests.helpers.shown import still_window
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.when import parse
from timeline_app.scene.hit import places_of
from timeline_app.ui.main_window import MainWindow

# The offscreen platform says so for every dialog.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")

ROOT = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("driver.py")
TIMEOUT_S = 60
SEEDED_INPUTS = 400
LOW_PX = 420

SMALL = """\
timeline_format: 1
title: Small
events:
  - {title: One, when: 2024-03, actors: [A], type: battle}
  - {title: Two, when: 2024-05, actors: [B]}
"""


@pytest.fixture
def drive(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Run a scenario in a process of its own, with the user's folders below the test's."""

    def run(scenario: str, *words: str | Path, status: int = 0) -> dict[str, Any]:
        home = tmp_path / "home"
        folders = {name: str(home / name.lower()) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
        variables = os.environ | folders | {"HOME": str(home), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-X", "dev", "-W", "error", str(DRIVER), scenario, *map(str, words)]
        done = subprocess.run(
            command, cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
        )
        assert done.returncode == status, done.stderr
        record: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        assert record["failures"] == [], record["failures"]
        return record

    return run


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with still_window(qtbot) as window:
        yield window


class Keyboard:
    """Somebody who has a keyboard and nothing else."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self._window = window
        self._qtbot = qtbot

    def press(self, *shortcuts: str) -> None:
        """Press keys one after the other, on whatever has the keyboard."""
        for shortcut in shortcuts:
            self._qtbot.keySequence(self._focus(), QKeySequence(shortcut))
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type a text."""
        QTest.keyClicks(self._focus(), text)

    def _focus(self) -> QWidget:
        if QApplication.activeWindow() is None:
            # Once a dialog is closed, a window manager gives the keyboard back; the offscreen platform has none.
            self._window.activateWindow()
            self._qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._window


def selected(window: MainWindow) -> list[str]:
    return window.session.table.titles_of(window.session.selection)


def is_on_screen(window: MainWindow, event_id: str) -> bool:
    """Return whether an event is drawn inside the canvas, below the axis."""
    row = window.session.table.row_of(event_id)
    assert row is not None
    places = places_of(window.timeline.frame, row)
    return any(window.timeline.rect().adjusted(0, 44, 0, 0).contains(round(x), round(y)) for x, y in places)


def test_twelve_tasks_by_keyboard_alone(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    keys, session = Keyboard(window, qtbot), window.session

    # 1. Open the program: the timeline that comes with it is there, and the keyboard is on it.
    assert window.timeline.hasFocus()
    assert window.status_line.counts_label.text().startswith("24 events = 22 shown + 2 merged + 0 filtered out")

    # 2. Find "Kursk".
    keys.press("/")
    keys.type("Kursk")
    keys.press("Return")
    assert window.search_box.field.note == f"1 of {len(session.hits.rows)}"
    assert is_on_screen(window, session.table.event(session.hits.rows[0]).id)

    # 3. Read the excerpt, down to its end, in a window too low for it.
    size = window.size()
    window.resize(size.width(), LOW_PX)
    keys.press("F3")
    assert window.excerpt_pane.story is not None
    assert "Kursk" in window.excerpt_pane.citation_text
    keys.press("Esc", "Esc", "F6", "F6")
    scroll = window.excerpt_pane.findChild(QScrollArea, "excerpt_scroll")
    assert isinstance(scroll, QScrollArea)
    bar = scroll.verticalScrollBar()
    for _ in range(30):
        keys.press("PgDown")
    assert bar.maximum() > 0
    assert bar.value() == bar.maximum()
    window.resize(size)

    # 4. Filter by North Korea.
    keys.press("F6")
    keys.type("north k")
    keys.press("Return")
    assert session.wanted == Filter(actors=("North Korea",))
    assert [chip.part.value for chip in window.chips_bar.chips] == ["North Korea"]
    assert window.status_line.counts_label.text().startswith("24 events = 6 shown")

    # 5. Clear the filter.
    keys.press("Ctrl+K")
    keys.type("clear all f")
    keys.press("Return")
    assert session.wanted == Filter()
    assert window.status_line.counts_label.text().startswith("24 events = 22 shown + 2 merged + 0 filtered out")

    # 6. Go to 12 October 2024.
    keys.press("Ctrl+G")
    keys.type("12 Oct 2024")
    keys.press("Return")
    day = parse("2024-10-12")
    assert session.viewport.left_s < day.start_earliest_s < day.end_latest_s < session.viewport.right_s
    assert abs(session.viewport.middle_s - day.start_earliest_s) < session.viewport.span_s / 50

    # 7. The next event of the same actor.
    keys.press("F6", "Shift+F6")
    window_has_timeline(window, keys)
    keys.press("End", ",")
    assert selected(window) != ["Three years of full-scale war"]
    before = session.current
    keys.press(".")
    assert selected(window) == ["Three years of full-scale war"]
    assert before is not None

    # 8. Fit everything.
    keys.press("W", "W", "W", "Ctrl+0")
    assert is_on_screen(window, "third-anniversary")
    assert session.table.extent_s is not None
    assert session.viewport.left_s < session.table.extent_s[0] < session.table.extent_s[1] < session.viewport.right_s

    # 9. Lanes by type.
    keys.press("Ctrl+2")
    assert session.grouping is Grouping.TYPE
    assert "Deployment" in {lane.title for lane in window.timeline.frame.lanes}

    # 10. Open the table and select in it.
    keys.press("Ctrl+Shift+T", "F6")
    assert window.event_table.hasFocus()
    keys.press("Ctrl+Home", "Down")
    assert selected(window) == session.table.titles_of([window.event_table.events.event_row(1)])
    keys.press("Return")
    assert is_on_screen(window, session.table.event(session.selection[-1]).id)

    # 11. Copy the citation.
    keys.press("Ctrl+C")
    assert QApplication.clipboard().text() == window.excerpt_pane.citation_text
    assert "Vandenbroeck" in QApplication.clipboard().text()
    assert "“" in QApplication.clipboard().text()
    assert window.status_line.selection_label.text() == "Citation copied"

    # 12. Export a picture.
    picture = tmp_path / "picture.png"
    keys.press("Ctrl+E")
    reach(keys, "File")
    keys.press("Ctrl+A")
    keys.type(str(picture))
    keys.press("Return")
    # It is written in the background: the file is there a moment before that is said.
    qtbot.waitUntil(lambda: window.status_line.selection_label.text() == f"Exported to {picture}", timeout=20_000)
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (3200, 1800)


def window_has_timeline(window: MainWindow, keys: Keyboard) -> None:
    """Go round with F6 until the timeline has the keyboard."""
    for _ in range(5):
        if window.timeline.hasFocus():
            return
        keys.press("F6")
    raise AssertionError("F6 never came to the timeline")


def reach(keys: Keyboard, name: str) -> None:
    """Press Tab until the field of this accessible name has the keyboard."""
    for _ in range(30):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == name:
            return
        keys.press("Tab")
    raise AssertionError(f"Tab never came to {name}")


def test_tab_goes_through_the_whole_window_and_round(window: MainWindow, qtbot: QtBot) -> None:
    window.session.show_event(5)
    window.session.set_filter(Filter(actors=("Russia",)))
    seen: list[QWidget] = []
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        if focus is window.timeline and seen:
            break
        seen.append(focus)
    else:
        raise AssertionError("Tab never came back to the timeline")
    for pane in (
        *(window.search_box, window.actors_panel, window.chips_bar, window.overview, window.excerpt_pane),
        window.lower_tabs.tabBar(),
    ):
        assert any(pane is widget or pane.isAncestorOf(widget) for widget in seen), pane
    nameless = [widget for widget in seen if not widget.accessibleName() and not getattr(widget, "text", str)()]
    assert [type(widget).__name__ for widget in nameless] == []


def test_a_seeded_monkey_breaks_nothing(qtbot: QtBot) -> None:
    report = play(SEEDED_INPUTS, seed=1)
    assert report.inputs == SEEDED_INPUTS
    assert report.failures == ()


def test_the_program_opens_the_bundled_timeline_and_ends_well(drive: Callable[..., dict[str, Any]]) -> None:
    record = drive("state")
    assert record["title"] == "Korean troops in Russia's war"
    assert (record["files"], record["selection"], record["said"]) == ([], [], "")
    assert record["counts"].startswith("24 events = 22 shown + 2 merged + 0 filtered out")


def test_words_of_the_command_line_reach_the_window(drive: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    record = drive("state", path, "--actor", "A")
    assert (record["title"], record["files"], record["actors"]) == ("Small", [str(path)], ["A"])
    assert record["counts"].startswith("2 events = 1 shown + 0 merged + 1 filtered out")


def test_resume_brings_everything_back(drive: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    before = drive("change", path)
    after = drive("state", "--resume")
    for key in ("title", "files", "actors", "grouping", "selection", "seconds_per_px"):
        assert after[key] == before[key], key


def test_an_exception_in_a_slot_is_told_once_and_the_window_lives(
    drive: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    record = drive("fail")
    assert record["notices"] == 1
    assert record["selection"] == [7]
    assert record["painted"]
    [log] = (tmp_path / "home").rglob("failures.log")
    assert "a fault of our own" in log.read_text(encoding="utf-8")


def test_twenty_windows_come_and_go_in_one_process(drive: Callable[..., dict[str, Any]]) -> None:
    record = drive("cycles")
    assert (record["left"], record["looks"]) == (0, 0)
