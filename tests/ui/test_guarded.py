"""A failure while Qt's layouts ask for sizes is told, and does not end the process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from timeline_app.ui.guarded import guarded
from timeline_app.ui.key_guard import KeyGuard

ROOT = Path(__file__).resolve().parents[2]

# In a process of its own: where an exception leaves such a method the process ends without a word.
PROGRAM = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
from timeline_app.ui import safe_widgets
from timeline_app.ui.flow_layout import FlowLayout

told = []
sys.excepthook = lambda kind, _error, _trace: told.append(kind.__name__)
measure, asked = safe_widgets.wrap, 0

def wrap_but_every_third(*given):
    global asked
    asked += 1
    if asked % 3 == 0:
        raise ZeroDivisionError("no size")
    return measure(*given)

safe_widgets.wrap = wrap_but_every_third
app = QApplication([])
for _ in range(20):
    window = QWidget()
    flow = FlowLayout(window)
    for _ in range(5):
        label = safe_widgets.PlainLabel("some words")
        label.set_wraps(wraps=True)
        label.paintEvent = lambda _event: None
        flow.addWidget(label)
    window.show()
    app.processEvents()
    window.close()
print(len(told) > 20, set(told))
"""


@pytest.mark.qt
def test_labels_in_rows_that_cannot_be_measured_do_not_end_the_program() -> None:
    command = [sys.executable, "-X", "faulthandler", "-c", PROGRAM]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "True {'ZeroDivisionError'}\n"), done.stderr[-2_000:]


def test_what_does_not_fail_is_answered_as_it_is_and_what_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(error))

    @guarded(-1)
    def quotient(number: int, by: int) -> int:
        return number // by

    assert (quotient(6, by=2), quotient(6, 0)) == (3, -1)
    assert [type(error) for error in told] == [ZeroDivisionError]


def test_a_failure_while_an_event_is_looked_at_is_told_and_stops_nobody(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: told.append(error))

    def fail(*_given: object) -> None:
        raise ZeroDivisionError

    field = QLineEdit()
    qtbot.addWidget(field)
    guard = KeyGuard((), field)
    field.installEventFilter(guard)
    monkeypatch.setattr(guard, "_belongs_to_widget", fail)
    key = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    QApplication.sendEvent(field, key)
    assert [type(error) for error in told] == [ZeroDivisionError]
    assert key.isAccepted(), "the field itself is asked"
