"""Ctrl+C in the terminal closes the window as its own button does, and the next one ends the process."""

from __future__ import annotations

import signal
import sys

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from timeline_app.ui.interrupts import closed_by_interrupt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def test_an_interrupt_closes_and_is_told_when_all_is_done(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGINT)
    closed: list[str] = []

    def interrupted() -> None:
        with closed_by_interrupt(lambda: closed.append("closed")):
            signal.raise_signal(signal.SIGINT)
            assert not closed, "nothing is closed in the middle of what is being done"
            qtbot.waitUntil(lambda: closed == ["closed"])
            assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL, "the next one ends the process"

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("qapp")
def test_other_signals_close_nothing() -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, _frame: heard.append(number))
    closed: list[str] = []
    try:
        with closed_by_interrupt(lambda: closed.append("closed")):
            signal.raise_signal(signal.SIGUSR1)
            QCoreApplication.processEvents()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert heard == [signal.SIGUSR1]
    assert not closed
