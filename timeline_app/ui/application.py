"""The one application object of Qt: how it begins, collects garbage, and ends.

Like the window's, this module loads nothing but Qt.
"""

from __future__ import annotations

import atexit
import gc
import sys
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QThread, QThreadPool, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType, SignalInstance
    from PySide6.QtWidgets import QWidget

NAME = "conflict-timeline"
COLLECT_MS = 2_000  # a collection goes through all that was made since the last, and a frame may have to wait for it
LONGEST_WAIT_MS = 1_000
# How long a worker that computes in Python may keep the main thread waiting, each time that this wants to go on. By
# default it is 5 ms, many times over in every event: whatever is read in the background would slow all that is painted.
SWITCH_INTERVAL_S = 0.000_2
# Files that are read, an index of words, a card, an export last: while as many of them as there are processors
# run, what a hand waits for, as a filter, would begin when one of them ends.
LASTING_JOBS = 4


def start_application(*, on_screen: bool = True) -> QApplication:
    """Return the running QApplication, or start one."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    QThreadPool.globalInstance().setMaxThreadCount(QThread.idealThreadCount() + LASTING_JOBS)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        return application
    if not on_screen:
        qInstallMessageHandler(_tell_but_size_hints)
    application = QApplication([NAME] if on_screen else [NAME, "-platform", "offscreen"])
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("Conflict Timeline")
    application.setDesktopFileName(NAME)
    atexit.register(_delete_windows)
    return application


def collect_in_main_thread(application: QApplication) -> QTimer:
    """Collect cyclic garbage on a timer only: Qt objects that are collected in a worker thread crash the program.

    What the start has made is not gone through: that takes as long as five frames, and finds nothing.
    """
    gc.disable()
    timer = QTimer(application)
    timer.setInterval(COLLECT_MS)
    times = count()
    timer.timeout.connect(lambda: gc.collect(1) if next(times) else leave_out_of_collection())
    timer.start()
    return timer


def leave_out_of_collection() -> None:
    """Have the collector count all that was made so far among what stays, which it does not go through again."""
    gc.freeze()
    gc.unfreeze()


def show_until(window: QWidget, painted: SignalInstance, *, maximised: bool) -> bool:
    """Show a window until it has been painted; return whether it is still open.

    Keys and clicks are kept until there is something to take them. A window that the system does not show at first,
    such as a minimised one, is not waited for.
    """
    loop = QEventLoop()
    painted.connect(loop.quit)
    QTimer.singleShot(LONGEST_WAIT_MS, loop, loop.quit)
    if maximised:
        window.showMaximized()
    else:
        window.show()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    painted.disconnect(loop.quit)
    return window.isVisible()


def let_settle(rounds: int) -> None:
    """Do what is due, some rounds of it, and leave keys and clicks for later."""
    for _ in range(rounds):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def _tell_but_size_hints(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Write what Qt says to standard error, but not that a window nobody sees has no size hints."""
    if "propagateSizeHints" not in message:
        sys.stderr.write(f"{message}\n")


def _delete_windows() -> None:
    """Delete what is still open before Python takes itself apart: a widget that is laid out after that crashes."""
    for widget in QApplication.topLevelWidgets():
        widget.hide()
        widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
