"""From the command to the first painted frame, against a program that only opens an empty window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15

# Ends the process once the canvas has been painted by the event loop. The canvas class is changed as soon as its module
# is loaded, by the program itself and in its own order.
PROGRAM = """
import importlib.machinery, os, sys

CANVAS = "timeline_app.ui.timeline.canvas"

class EndAfterFirstPaint:
    def find_spec(self, name, path, target=None):
        if name != CANVAS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        run = spec.loader.exec_module
        def exec_module(module):
            run(module)
            paint = module.TimelineCanvas.paintEvent
            def paint_and_end(canvas, event):
                paint(canvas, event)
                assert len(canvas.frame.lanes) > 0 and len(canvas.frame.singles) > 0
                os.write(1, b"painted")
                os._exit(0)
            module.TimelineCanvas.paintEvent = paint_and_end
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, EndAfterFirstPaint())
from timeline_app.cli import main
main([])
"""

EMPTY = """
import os
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
class Empty(QWidget):
    def paintEvent(self, event):
        os.write(1, b"painted")
        os._exit(0)
window = Empty()
window.resize(1600, 900)
window.show()
application.exec()
"""


# What a program that computes with NumPy cannot be faster than.
EMPTY_WITH_NUMPY = f"import numpy\n{EMPTY}"


def measure_start() -> dict[str, float]:
    """Return the medians in seconds, and the ratios to an empty window; started in turn, after one round to warm up.

    Raises RuntimeError when a process ends without having painted.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            environment.pop(variable, None)
        times: dict[str, list[float]] = {EMPTY: [], EMPTY_WITH_NUMPY: [], PROGRAM: []}
        for number in range(ROUNDS + 1):
            for code, taken in times.items():
                seconds = _run(code, environment)
                if number:
                    taken.append(seconds)
    empty_s, numpy_s, program_s = (statistics.median(taken) for taken in times.values())
    return {
        "E_s": empty_s,
        "E_with_numpy_s": numpy_s,
        "first_frame_s": program_s,
        "ratio": program_s / empty_s,
        "ratio_with_numpy": numpy_s / empty_s,
    }


def _run(code: str, environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False, cwd=ROOT)
    seconds = time.perf_counter() - begin
    if done.stdout != b"painted":
        raise RuntimeError(f"nothing was painted: {done.stderr.decode(errors='replace')}")
    return seconds
