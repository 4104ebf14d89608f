"""A monkey at the window: seeded keys, clicks and wheels, with the counts and the memory watched."""

from __future__ import annotations

import argparse
import gc
import random
import re
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from tests.fuzz.files import say
from timeline_app.app import create_window, make_application
from timeline_app.ui.action_table import ACTIONS
from timeline_app.ui.main_window import MainWindow

MOST_MEMORY_MB = 50
WARM_UP = 500
LEFT_OUT = frozenset({"quit"})  # This ends the run.
LOOK_MS = 20
SHORTCUTS = tuple(key for spec in ACTIONS if spec.name not in LEFT_OUT for key in spec.shortcuts)
OTHER_KEYS = ("Tab", "Shift+Tab", "Return", "Space", "Backspace", "Del", "Ctrl+A", "Ctrl+Return", "Up", "Down", "Esc")
LETTERS = 'abkurskNATO:"-2024 ()é한ا'
MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
# What the offscreen platform says whatever is done.
HARMLESS = re.compile(r"This plugin does not support (propagateSizeHints|raise|grabbing the keyboard)")


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a run: each failure with the number of the input that caused it."""

    inputs: int
    failures: tuple[str, ...]
    grown_mb: float


class Monkey:
    """Presses, clicks and turns at random; the same seed does the same again."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._chance = random.Random(seed)
        self.failures: list[str] = []
        self.number = 0
        self._giving_up = QTimer(window)
        self._giving_up.timeout.connect(_give_up_choosing)
        self._giving_up.start(LOOK_MS)
        for name in LEFT_OUT:
            action = window.findChild(QAction, name)
            if isinstance(action, QAction):
                action.setEnabled(False)

    def act(self) -> None:
        """Do one thing, let the window answer, and check that every event is accounted for."""
        self.number += 1
        acts: tuple[Callable[[], None], ...] = (
            *(self._press_shortcut,) * 6,
            *(self._press_other,) * 3,
            *(self._type,) * 2,
            *(self._click,) * 5,
            *(self._wheel,) * 4,
            *(self._drag,) * 2,
            self._resize,
        )
        self._chance.choice(acts)()
        QCoreApplication.processEvents()
        self._tidy()
        self._check()

    def note(self, failure: str) -> None:
        """Keep what went wrong."""
        self.failures.append(f"input {self.number}: {failure}")

    def _press_shortcut(self) -> None:
        QTest.keySequence(self._focus(), QKeySequence(self._chance.choice(SHORTCUTS)))

    def _press_other(self) -> None:
        QTest.keySequence(self._focus(), QKeySequence(self._chance.choice(OTHER_KEYS)))

    def _type(self) -> None:
        for letter in self._chance.choices(LETTERS, k=self._chance.randint(1, 6)):
            if letter.isascii():
                QTest.keyClicks(self._focus(), letter)
            else:  # QTest ends the process for it; this is what an input method sends.
                key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self._focus(), key)

    def _click(self) -> None:
        widget = self._widget()
        at = self._point(widget)
        modifier = self._chance.choice(MODIFIERS)
        click = QTest.mouseDClick if self._chance.random() < 0.2 else QTest.mouseClick
        click(widget, Qt.MouseButton.LeftButton, modifier, at)

    def _drag(self) -> None:
        widget = self._window.timeline if self._chance.random() < 0.7 else self._window.overview
        if not widget.isVisible():
            return
        modifier = self._chance.choice(MODIFIERS)
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, modifier, self._point(widget))
        for _ in range(3):
            QTest.mouseMove(widget, self._point(widget))
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, modifier, self._point(widget))

    def _wheel(self) -> None:
        widget = self._window.timeline if self._chance.random() < 0.7 else self._widget()
        at = QPointF(self._point(widget))
        event = QWheelEvent(
            at,
            widget.mapToGlobal(at),
            QPoint(),
            QPoint(self._chance.choice((0, 0, 120, -120)), self._chance.choice((120, -120, 40, -1200, 2400))),
            Qt.MouseButton.NoButton,
            self._chance.choice(MODIFIERS),
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    def _resize(self) -> None:
        self._window.resize(self._chance.randint(700, 1900), self._chance.randint(420, 1100))

    def _focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self._window

    def _widget(self) -> QWidget:
        """Return something that a click can meet, seldom the menu bar, whose menus stay open."""
        top = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if top is None:
            dialogs = [one for one in self._window.findChildren(QDialog) if one.isVisible()]
            top = self._chance.choice([self._window, *dialogs])
        found = top.childAt(self._point(top)) or top
        return self._window.timeline if found is self._window.menuBar() else found

    def _point(self, widget: QWidget) -> QPoint:
        return QPoint(self._chance.randrange(max(widget.width(), 1)), self._chance.randrange(max(widget.height(), 1)))

    def _tidy(self) -> None:
        """Close what would keep the monkey from the window for ever, and let go of what was closed."""
        if self._chance.random() < 0.2:
            for dialog in self._window.findChildren(QDialog):
                dialog.close()
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            popup.close()
        if not self._window.isVisible():
            self.note("the window was closed")
            self._window.show()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _check(self) -> None:
        counts = self._window.timeline.frame.counts
        loaded = len(self._window.session.table)
        if counts.shown + counts.merged + counts.outside + counts.filtered_out != loaded:
            self.note(f"{counts} are not {loaded} events")


def play(inputs: int, seed: int, files: tuple[Path, ...] = ()) -> Report:
    """Let a monkey play with a window of its own; needs a QApplication or makes one."""
    make_application()
    window = create_window(files)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    monkey = Monkey(window, seed)
    before_hook, before_handler = sys.excepthook, qInstallMessageHandler(_qt_told(monkey))
    sys.excepthook = _python_failed(monkey)
    start_kb = 0
    try:
        for number in range(inputs):
            if number == min(WARM_UP, inputs - 1):
                gc.collect()
                start_kb = _resident_kb()
            monkey.act()
        gc.collect()
        grown_mb = (_resident_kb() - start_kb) / 1024
    finally:
        sys.excepthook = before_hook
        qInstallMessageHandler(before_handler)
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return Report(monkey.number, tuple(monkey.failures), grown_mb)


def main() -> int:
    """Play from the command line and return 1 when anything went wrong."""
    parser = argparse.ArgumentParser(prog="script/fuzz", description=__doc__)
    parser.add_argument("--monkey", type=int, default=20_000, metavar="N", help="how many inputs")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    report = play(arguments.monkey, arguments.seed)
    for failure in report.failures[:50]:
        say(failure)
    say(f"{report.inputs:,} inputs, {len(report.failures):,} failures, grown by {report.grown_mb:.1f} MB")
    return int(bool(report.failures) or report.grown_mb > MOST_MEMORY_MB)


def _give_up_choosing() -> None:
    """Name no file where the system asks for one: until then whoever asks it waits."""
    asking = QApplication.activeModalWidget()
    if isinstance(asking, QFileDialog):
        asking.reject()


def _qt_told(monkey: Monkey) -> Callable[[QtMsgType, QMessageLogContext, str], None]:
    def take(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if not HARMLESS.match(message):
            monkey.note(f"Qt says: {message}")

    return take


def _python_failed(monkey: Monkey) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    def take(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "Qt"
        monkey.note(f"{kind.__name__} at {where}: {value}")

    return take


def _resident_kb() -> int:
    """Return how much memory the process holds now, or where that is not told, at most held so far."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return pages * resource.getpagesize() // 1024


if __name__ == "__main__":
    sys.exit(main())
