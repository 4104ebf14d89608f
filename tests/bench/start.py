"""From the command to the first painted frame, against a program that only opens an empty window.

Three starts are measured. `first_frame_s` is any start but the very first: what is painted first is the picture that
the last start left, which a fourth kind of start compares with what the window shows once it is live. `live_frame_s` is
the same start up to the first frame of the timeline itself. `very_first_s` is that of a user who has no such picture.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
SIZE_PX = (1600, 900)
SCREEN = {"name": "bench", "x": 0, "y": 0, "width": 1920, "height": 1080, "dpr": 1, "logicalDpi": 96}
LONGEST_S = 30

EMPTY = f"""
import os
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
class Empty(QWidget):
    def paintEvent(self, event):
        os.write(1, b"painted")
        os._exit(0)
window = Empty()
window.resize{SIZE_PX}
window.show()
application.exec()
"""

# What a program that computes with NumPy cannot be faster than.
EMPTY_WITH_NUMPY = f"import numpy\n{EMPTY}"

# Classes are changed as soon as their modules are loaded, by the program itself and in its own order; the window is
# painted by the event loop.
HOOKED = """
import importlib.machinery, os, sys

class Hook:
    def __init__(self, module, change):
        self.module, self.change = module, change
    def find_spec(self, name, path, target=None):
        if name != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        run = spec.loader.exec_module
        def exec_module(module):
            run(module)
            self.change(module)
        spec.loader.exec_module = exec_module
        return spec

def after_paint(class_name, then):
    def change(module):
        painted = getattr(module, class_name)
        paint = painted.paintEvent
        def paint_and(widget, event):
            paint(widget, event)
            then(widget)
        painted.paintEvent = paint_and
    return change

def end(told=b"painted"):
    os.write(1, told)
    os._exit(0)

WINDOW, CANVAS = "timeline_app.ui.main_window", "timeline_app.ui.timeline.canvas"
"""

REMEMBERED = f"""{HOOKED}
def check(window):
    end(b"painted" if not window.is_live and "numpy" not in sys.modules else b"not a remembered picture")
sys.meta_path.insert(0, Hook(WINDOW, after_paint("MainWindow", check)))
from timeline_app.cli import main
main([])
"""

LIVE = f"""{HOOKED}
def check(canvas):
    if canvas.window().is_live:
        end(b"painted" if len(canvas.frame.lanes) and len(canvas.frame.singles) else b"an empty timeline")
sys.meta_path.insert(0, Hook(CANVAS, after_paint("TimelineCanvas", check)))
from timeline_app.cli import main
main([])
"""

# Waits until a picture is kept for the next start.
KEEPING = f"""{HOOKED}
def change(module):
    class Ending(module.PictureKeeper):
        def __init__(self, application, window, *others):
            super().__init__(application, window, *others)
            self.finished.connect(lambda kept: (print("painted" if kept else "not kept", end="", flush=True),
                                                window.close()))
    module.PictureKeeper = Ending
sys.meta_path.insert(0, Hook("timeline_app.ui.picture_keeper", change))
from timeline_app.cli import main
main([])
"""

# Prints the share of pixels that differ between the remembered picture and the window at its first live frame and,
# once it is at rest, between the picture and the window again.
COMPARING = f"""{HOOKED}
import json

pictures, shares, seen = [], [], set()

def pixels(widget):
    from PySide6.QtGui import QImage
    return widget.window().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

def compare(window):
    import numpy
    images = pictures[0], pixels(window)
    first, now = (numpy.frombuffer(one.constBits(), numpy.uint32) & 0xFFFFFF for one in images)
    shares.append(float((first != now).mean()) if len(first) == len(now) else 1.0)

def keep_first(window):
    if not window.is_live and "remembered" not in seen:
        seen.add("remembered")
        pictures.append(pixels(window))

def compare_live(canvas):
    if canvas.window().is_live and "live" not in seen:
        seen.add("live")
        from PySide6.QtCore import QTimer
        QTimer.singleShot(0, lambda: compare(canvas.window()))

def change(module):
    class Ending(module.PictureKeeper):
        def __init__(self, application, window, *others):
            super().__init__(application, window, *others)
            self.finished.connect(lambda kept: (compare(window), print(json.dumps(shares), end="", flush=True),
                                                window.close()))
    module.PictureKeeper = Ending

sys.meta_path.insert(0, Hook(WINDOW, after_paint("MainWindow", keep_first)))
sys.meta_path.insert(0, Hook(CANVAS, after_paint("TimelineCanvas", compare_live)))
sys.meta_path.insert(0, Hook("timeline_app.ui.picture_keeper", change))
from timeline_app.cli import main
main([])
"""


def measure_start(rounds: int = ROUNDS) -> dict[str, float]:
    """Return the medians in seconds, and the ratios to an empty window; started in turn, after one round to warm up.

    Raises RuntimeError when a process ends without having painted, or when the remembered picture is not what the
    window shows afterwards.
    """
    times: dict[str, list[float]] = {
        name: [] for name in ("E", "E_with_numpy", "first_frame", "live_frame", "very_first")
    }
    with tempfile.TemporaryDirectory() as home:
        furnish(home)
        _run(KEEPING, home)
        for number in range(rounds + 1):
            with tempfile.TemporaryDirectory() as new_home:
                furnish(new_home)
                taken = {
                    "E": _run(EMPTY, home),
                    "E_with_numpy": _run(EMPTY_WITH_NUMPY, home),
                    "first_frame": _run(REMEMBERED, home),
                    "live_frame": _run(LIVE, home),
                    "very_first": _run(LIVE, new_home),
                }
            for name, seconds in taken.items() if number else ():
                times[name].append(seconds)
        at_first, at_rest = json.loads(output_of(COMPARING, home))
    if at_rest or at_first:
        raise RuntimeError(f"the remembered picture is not true: {at_first:.3%} differ at first, {at_rest:.3%} at rest")
    figures = {f"{name}_s": statistics.median(taken) for name, taken in times.items()}
    empty_s = figures["E_s"]
    return {
        **figures,
        "ratio": figures["first_frame_s"] / empty_s,
        "ratio_live": figures["live_frame_s"] / empty_s,
        "ratio_very_first": figures["very_first_s"] / empty_s,
        "ratio_with_numpy": figures["E_with_numpy_s"] / empty_s,
        "differing_at_first_live_frame": at_first,
        "differing_at_rest": at_rest,
    }


def start_lines(start: dict[str, float]) -> list[str]:
    """Return what is printed of the figures."""
    told = (
        ("first_frame", "ratio", "first frame, a picture remembered from the start before"),
        ("live_frame", "ratio_live", "first live frame of the same start"),
        ("very_first", "ratio_very_first", "first frame of the very first start, nothing remembered"),
        ("E_with_numpy", "ratio_with_numpy", "an empty window that imports NumPy"),
    )
    return [
        f"start: an empty window {start['E_s']:.3f} s",
        *(f"start: {words} {start[f'{name}_s']:.3f} s, × {start[ratio]:.2f}" for name, ratio, words in told),
        f"start: {start['differing_at_rest']:.3%} of the remembered picture's pixels differ from the live window",
    ]


def furnish(home: str) -> None:
    """Give a home a screen with room for the window, and the window the size of the empty one."""
    Path(home, "screen.json").write_text(json.dumps({"screens": [SCREEN]}), encoding="ascii")
    folder = Path(home, ".config", "conflict-timeline")
    folder.mkdir(parents=True)
    width_px, height_px = SIZE_PX
    (folder / "window.ini").write_text(f"[window]\nplace=10 10 {width_px} {height_px} normal\n", encoding="ascii")


def _run(code: str, home: str) -> float:
    begin = time.perf_counter()
    output = output_of(code, home)
    seconds = time.perf_counter() - begin
    if output != "painted":
        raise RuntimeError(f"nothing was painted: {output}")
    return seconds


def output_of(code: str, home: str) -> str:
    platform = f"offscreen:configfile={Path(home, 'screen.json')}"
    environment = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": platform, "PYTHONPATH": str(ROOT)}
    environment.pop("DISPLAY", None)
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        environment.pop(variable, None)
    command = [sys.executable, "-c", code]
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT, timeout=LONGEST_S
        )
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"nothing happened: {error.stdout!r} {error.stderr!r}") from error
    return done.stdout or done.stderr


if __name__ == "__main__":
    for line in start_lines(measure_start()):
        print(line)  # noqa: T201 — this is what the bench is for
