"""What fails unforeseen leaves the window alive, shows one notice with a count, and is written down."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QListView, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from timeline_app.ui.failure_log import LOG_BYTES, FailureLog
from timeline_app.ui.failure_notice import FailureBar, FailureDialog, FailureNotice
from timeline_app.ui.safe_widgets import PlainLabel

ROOT = Path(__file__).parents[2]
ONCE = "Something failed inside the program. Your work is kept."
NO_INDEX = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class FailingPainting(QWidget):
    """Fails each time it is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0

    def was_painted_after(self, count: int) -> bool:
        """Tell whether there was a painting after so many."""
        return self.painted > count

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        self.painted += 1
        with QPainter(self) as painter:
            painter.drawLine(0, 0, 10, 10)
            raise ZeroDivisionError("in a painting")


class FailingModel(QAbstractListModel):
    """Fails for each role of each row."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def rowCount(self, parent: Index = NO_INDEX) -> int:  # noqa: ARG002, N802
        return 40

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: ARG002
        self.asked += 1
        raise KeyError("in a model")


class Unprintable(Exception):
    """Cannot even say what it is."""

    def __str__(self) -> str:
        raise ValueError("no words")


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(600, 300)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def log_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "failures.log"


@pytest.fixture
def notice(window: QMainWindow, log_file: Path) -> Iterator[FailureNotice]:
    """Install a notice over whatever catches exceptions in tests, so that only it sees them, and take it away again."""
    before = sys.excepthook, threading.excepthook
    notice = FailureNotice(window, log_file)
    notice.install()
    yield notice
    notice.uninstall()
    assert (sys.excepthook, threading.excepthook) == before


def words(notice: FailureNotice) -> str:
    return notice.bar.label.text() if notice.bar is not None and not notice.bar.isHidden() else ""


def fail(notice: FailureNotice, error: Exception | None = None) -> None:
    """Let the hook see an exception as Qt hands it over."""
    try:
        raise error or ZeroDivisionError("once more")
    except ZeroDivisionError as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


@pytest.mark.expects_log("in a slot")
def test_an_exception_in_a_slot(qtbot: QtBot, window: QMainWindow, notice: FailureNotice, log_file: Path) -> None:
    def slot() -> None:
        raise ZeroDivisionError("in a slot")

    button = QPushButton("Fail")
    button.clicked.connect(slot)
    window.setCentralWidget(button)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: words(notice) == ONCE)
    assert window.isVisible()
    assert notice.count == 1
    written = log_file.read_text()
    assert "ZeroDivisionError: in a slot" in written
    assert "in MainThread, Python " in written
    assert "line " in written


@pytest.mark.expects_log("in a painting")
def test_an_exception_in_each_painting(
    qtbot: QtBot, window: QMainWindow, notice: FailureNotice, log_file: Path
) -> None:
    painting = FailingPainting()
    window.setCentralWidget(painting)
    qtbot.waitUntil(lambda: words(notice) != "")
    for _ in range(12):
        before = painting.painted
        painting.update()
        qtbot.waitUntil(partial(painting.was_painted_after, before))
    assert notice.count == painting.painted
    qtbot.waitUntil(
        lambda: words(notice) == f"Something failed inside the program {painting.painted} times. Your work is kept."
    )
    assert log_file.read_text().count("Traceback") == 1
    assert ": 10 times" in log_file.read_text()
    assert window.isVisible()


@pytest.mark.expects_log("in a model")
def test_a_model_that_fails_a_hundred_times_shows_one_notice(
    qtbot: QtBot, window: QMainWindow, notice: FailureNotice, log_file: Path
) -> None:
    model, view = FailingModel(), QListView()
    window.setCentralWidget(view)
    view.setModel(model)
    qtbot.waitUntil(lambda: notice.count >= 100)
    qtbot.waitUntil(lambda: "times" in words(notice))
    assert model.asked >= notice.count
    assert log_file.read_text().count("Traceback") == 1
    assert len(window.findChildren(FailureBar)) == 1


@pytest.mark.expects_log("in a thread")
def test_an_exception_in_a_thread(qtbot: QtBot, window: QMainWindow, notice: FailureNotice, log_file: Path) -> None:
    def work() -> None:
        raise ZeroDivisionError("in a thread")

    threads = [threading.Thread(target=work, name=f"worker {number}") for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert notice.bar is None  # made in the main thread only
    qtbot.waitUntil(lambda: words(notice) == "Something failed inside the program 8 times. Your work is kept.")
    assert "in worker " in log_file.read_text()
    assert window.isVisible()


@pytest.mark.expects_log("once more")
def test_the_notice_changes_at_most_once_a_second(qtbot: QtBot, notice: FailureNotice) -> None:
    fail(notice)
    qtbot.waitUntil(lambda: words(notice) == ONCE)
    for _ in range(138):
        fail(notice)
    QApplication.processEvents()
    assert words(notice) == ONCE
    assert notice.count == 139
    qtbot.waitUntil(lambda: "139 times" in words(notice))


@pytest.mark.expects_log("once more")
@pytest.mark.expects_log("another")
def test_a_closed_notice_comes_back_only_for_something_new(qtbot: QtBot, notice: FailureNotice) -> None:
    fail(notice)
    qtbot.waitUntil(lambda: words(notice) != "")
    assert notice.bar is not None
    qtbot.mouseClick(notice.bar.close_button, Qt.MouseButton.LeftButton)
    assert words(notice) == ""
    fail(notice)
    qtbot.waitUntil(lambda: not notice._is_due)
    assert words(notice) == ""
    try:
        int("another")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: "3 times" in words(notice))


@pytest.mark.expects_log("once more")
def test_details_are_plain_text_to_copy(
    qtbot: QtBot, window: QMainWindow, notice: FailureNotice, log_file: Path
) -> None:
    fail(notice, ZeroDivisionError("once more <b>\u202e"))
    fail(notice)
    qtbot.waitUntil(lambda: words(notice) != "")
    assert notice.bar is not None
    button = notice.bar.details_button
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    (dialog,) = window.findChildren(FailureDialog)
    assert not dialog.isModal()
    text = dialog.text_view.toPlainText()
    assert "ZeroDivisionError: once more <b>⟦202E⟧" in text
    assert "(2 times)" in text
    qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    QGuiApplication.clipboard().clear()
    dialog.close()


@pytest.mark.expects_log("once more")
def test_every_part_of_the_notice_has_a_name_a_size_and_a_place_in_the_tab_order(
    qtbot: QtBot, notice: FailureNotice
) -> None:
    fail(notice)
    qtbot.waitUntil(lambda: words(notice) != "")
    assert notice.bar is not None
    for button in (notice.bar.details_button, notice.bar.close_button):
        assert button.accessibleName()
        assert min(button.width(), button.height()) >= 24
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.expects_log("once more")
def test_a_screen_reader_hears_the_notice(qtbot: QtBot, notice: FailureNotice, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    fail(notice)
    qtbot.waitUntil(lambda: heard == [ONCE])


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_interrupts_go_where_they_went_before(
    window: QMainWindow, log_file: Path, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    passed_on: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *arguments: passed_on.append(arguments[0]))
    monkeypatch.setattr(threading, "excepthook", lambda arguments: passed_on.append(arguments.exc_type))
    notice = FailureNotice(window, log_file)
    notice.install()
    notice.install()
    sys.excepthook(kind, kind(), None)
    threading.excepthook(threading.ExceptHookArgs((kind, kind(), None, None)))
    notice.uninstall()
    assert passed_on == [kind, kind]
    assert notice.count == 0
    assert not log_file.exists()


@pytest.mark.expects_log("Unprintable")
def test_an_exception_without_words_is_told_all_the_same(qtbot: QtBot, notice: FailureNotice) -> None:
    sys.excepthook(Unprintable, Unprintable(), None)
    qtbot.waitUntil(lambda: words(notice) == ONCE)
    assert "Unprintable" in notice.details()


@pytest.mark.expects_log("once more")
def test_a_log_that_cannot_be_written_is_said_in_the_details(
    qtbot: QtBot, notice: FailureNotice, log_file: Path
) -> None:
    log_file.mkdir(parents=True)
    fail(notice)
    qtbot.waitUntil(lambda: words(notice) == ONCE)
    assert "once more" in notice.details()
    dialog = notice.show_details()
    labels = [label.text() for label in dialog.findChildren(PlainLabel)]
    assert labels == [f"It could not be written to {log_file}: Is a directory."]
    dialog.close()


@pytest.mark.expects_log("once more")
@pytest.mark.expects_log("the notice itself")
def test_a_notice_that_fails_itself_does_not_go_round_for_ever(
    qtbot: QtBot, notice: FailureNotice, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def break_down() -> None:
        calls.append(1)
        raise RuntimeError("the notice itself")

    monkeypatch.setattr(notice, "_built_bar", break_down)
    fail(notice)
    qtbot.waitUntil(lambda: len(calls) == 2, timeout=3_000)
    assert notice.count in {2, 3}
    monkeypatch.undo()
    qtbot.waitUntil(lambda: "times" in words(notice), timeout=3_000)


@pytest.mark.expects_log("once more")
def test_without_its_window_the_hook_still_writes(qtbot: QtBot, log_file: Path) -> None:
    window = QMainWindow()
    notice = FailureNotice(window, log_file)
    notice.install()
    gone: list[bool] = []
    window.destroyed.connect(lambda: gone.append(True))
    window.deleteLater()
    qtbot.waitUntil(lambda: bool(gone))
    fail(notice)
    notice.uninstall()
    assert "once more" in log_file.read_text()


def test_the_log_keeps_its_newest_part(tmp_path: Path) -> None:
    file = tmp_path / "failures.log"
    log = FailureLog(file)
    for number in range(3_000):
        log.write(f"failure {number} " + "x" * 90)
    kept = file.read_text().splitlines()
    assert file.stat().st_size <= LOG_BYTES
    assert file.stat().st_size > LOG_BYTES - 200
    assert kept[0].startswith("failure ")
    assert kept[-1].startswith("failure 2999 ")
    log.write("y" * 3 * LOG_BYTES)
    assert file.stat().st_size <= LOG_BYTES
    assert list(tmp_path.iterdir()) == [file]


PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from timeline_app.ui.failure_notice import FailureNotice

class Broken(QWidget):
    def paintEvent(self, event):
        painter = QPainter(self)
        raise ZeroDivisionError("painter left open")

app = QApplication([])
window = QMainWindow()
broken = Broken()
window.setCentralWidget(broken)
notice = FailureNotice(window, Path(sys.argv[1]))
notice.install()
window.show()
timer = QTimer(interval=10)
timer.timeout.connect(broken.update)
timer.start()
QTimer.singleShot(600, app.quit)
status = app.exec()
print(notice.count > 5, "failed inside" in notice.bar.label.text())
sys.exit(status)
"""


def test_a_painter_left_open_does_not_end_the_program(log_file: Path) -> None:
    command = [sys.executable, "-X", "faulthandler", "-c", PROGRAM, str(log_file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "True True\n")
    assert done.stderr.count("painter left open") < 5
