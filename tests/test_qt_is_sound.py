"""The installed Qt lives through as many calls as a session makes."""

from __future__ import annotations

import subprocess
import sys

import pytest

VOID_CALLS = """
from PySide6.QtGui import QImage, QPainter
image = QImage(64, 64, QImage.Format.Format_ARGB32)
with QPainter(image) as painter:
    for column in range(50_000):
        painter.drawLine(column % 64, 0, column % 64, 63)
print("alive")
"""


@pytest.mark.qt
def test_fifty_thousand_void_calls_leave_the_process_alive() -> None:
    # In a process of its own: the version that fails does not raise, it aborts.
    done = subprocess.run([sys.executable, "-c", VOID_CALLS], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "alive\n", "")
