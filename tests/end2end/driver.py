"""Run the program in a process of its own with somebody at its window, and tell what it touched.

    python driver.py SCENARIO [WORDS OF THE COMMAND LINE…]

The last line on standard output is a record of the run. Written here rather than in the program, which has no hooks.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu
from shiboken6 import isValid

from timeline_app.app import create_window, make_application
from timeline_app.cli import main as run_command_line
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.ui.look import Look
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.facets import FacetSection
from timeline_app.ui.session import Move

POLL_MS = 10
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = frozenset({"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link", "os.truncate"})
OUTSIDE = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "webbrowser.", "urllib.")
CYCLES = 20
HOVER_STEP_PX = 24

Steps = Iterator[None]


class Watch:
    """Notes what Python opens, writes, and starts."""

    def __init__(self) -> None:
        self.opened: set[str] = set()
        self.written: set[str] = set()
        self.outside: list[str] = []

    def note(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take an audit event."""
        if event == "open":
            self._note_open(arguments)
        elif event == "sqlite3.connect":
            self.written.add(str(arguments[0]))
        elif event in CHANGES:
            self.written.update(str(path) for path in arguments if isinstance(path, str | os.PathLike))
        elif event.startswith(OUTSIDE):
            self.outside.append(event)

    def _note_open(self, arguments: tuple[object, ...]) -> None:
        path, mode, flags = (*arguments, None, None, None)[:3]
        if not isinstance(path, str | bytes | os.PathLike):
            return
        name = os.fsdecode(path)
        self.opened.add(name)
        if (isinstance(flags, int) and flags & WRITING) or (isinstance(mode, str) and set(mode) & set("wax+")):
            self.written.add(name)


class Failures:
    """Notes what an exception hook of the program did not take, which has to be nothing."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        sys.excepthook = lambda kind, value, _trace: self.texts.append(f"{kind.__name__}: {value}")


def main(words: list[str]) -> int:
    """Run a scenario, print its record and return the exit status of the program."""
    watch, failures = Watch(), Failures()
    sys.addaudithook(watch.note)
    record: dict[str, object] = {}
    status = 0
    if words == ["cycles"]:
        cycles(record)
    else:
        status = _run(SCENARIOS[words[0]], words[1:], record)
    record |= {
        "status": status,
        "opened": sorted(watch.opened),
        "written": sorted(watch.written),
        "outside": watch.outside,
        "failures": failures.texts,
    }
    sys.stdout.write(f"{json.dumps(record)}\n")
    sys.stdout.flush()
    return status


def _run(
    scenario: Callable[[MainWindow, dict[str, object]], Steps], words: list[str], record: dict[str, object]
) -> int:
    """Run the command line; once the window is complete, take one step of the scenario after the other, and quit."""
    application = make_application()
    timer = QTimer(application)
    steps: list[Steps] = []

    def go_on() -> None:
        window = next((one for one in application.topLevelWidgets() if isinstance(one, MainWindow)), None)
        if window is None or window.findChild(QAction, "quit") is None or not window.isVisible():
            return
        if not steps:
            steps.append(scenario(window, record))
        if next(steps[0], "end") == "end":
            timer.stop()
            window.close()

    timer.timeout.connect(go_on)
    timer.start(POLL_MS)
    return run_command_line(words)


def state(window: MainWindow, record: dict[str, object]) -> Steps:
    """Tell what the window shows once nothing is being opened."""
    yield from settle(20)
    session = window.session
    record["title"] = session.table.title
    record["files"] = [str(path) for path in window.files.paths]
    record["actors"] = session.wanted.actors
    record["grouping"] = session.grouping.value
    record["selection"] = [session.table.event(row).id for row in session.selection]
    record["seconds_per_px"] = session.viewport.seconds_per_px
    record["said"] = window.status_line.selection_label.text()
    record["counts"] = window.status_line.counts_label.text()


def change(window: MainWindow, record: dict[str, object]) -> Steps:
    """Filter, group, select and zoom."""
    session = window.session
    session.set_filter(Filter(actors=(session.table.actors.names[0],)))
    session.set_grouping(Grouping.TYPE)
    session.show_event(0)
    session.set_viewport(session.viewport.zoomed(3, 100), Move.JUMP)
    yield from state(window, record)


def fail(window: MainWindow, record: dict[str, object]) -> Steps:
    """Let a slot fail again and again, then use the window."""

    def break_down() -> None:
        raise ZeroDivisionError("a fault of our own")

    window.session.selection_changed.connect(break_down)
    for row in range(8):
        window.session.show_event(row)
        yield
    yield from settle(120)
    bars = [bar for bar in window.children() if type(bar).__name__ == "FailureBar"]
    record["notices"] = len(bars)
    record["selection"] = list(window.session.selection)
    record["painted"] = not window.grab().isNull()


def look(window: MainWindow, record: dict[str, object]) -> Steps:
    """Look at everything that shows words of a file: every event, tip, list, field, menu, dialog."""
    session = window.session
    window.resize(1280, 900)
    for section in window.findChildren(FacetSection):
        section.setVisible(True)
    for grouping in Grouping:
        session.set_grouping(grouping)
        yield
        yield from hover_everywhere(window)
    for row in range(len(session.table)):
        session.show_event(row)
        yield
        window.grab()
        window.excerpt_pane.copy_citation()
    session.set_selection(tuple(range(len(session.table))))
    yield from filters(window)
    for tab in (True, False):
        window.set_lower_tab(table=tab)
        yield
        window.grab()
    yield from dialogs(window)
    record["events"] = len(session.table)


def hover_everywhere(window: MainWindow) -> Steps:
    """Ask for the tip of whatever is under a grid of points, in the timeline and in the table."""
    canvas = window.timeline
    for y in range(0, canvas.height(), HOVER_STEP_PX):
        for x in range(0, canvas.width(), HOVER_STEP_PX * 2):
            canvas.tip_wanted.emit(canvas.hit(x, y), QPointF(x, y))
        yield
    canvas.tip_wanted.emit(None, None)


def filters(window: MainWindow) -> Steps:
    """Let every name stand in a chip, in the search field and among its completions."""
    session = window.session
    names = session.table.actors.names
    session.set_filter(Filter(not_actors=tuple(names)))
    yield
    window.grab()
    session.set_filter(Filter())
    field = window.search_box.field
    window.search_box.take_focus()
    for text in ("actor:", "type:", "place:", "tag:", "source:", "<img", "a"):
        field.setText(text)
        window.search_box._show_popup(asked=True)
        yield
        window.grab()
    field.clear()


def dialogs(window: MainWindow) -> Steps:
    """Open every dialog and menu that can be opened without the system's own, and close it again."""
    for name in ("show_problems", "export", "settings", "go_to_date", "palette", "keys", "help", "about"):
        next(action for action in window.actions() if action.objectName() == name).trigger()
        yield
        for dialog in window.findChildren(QDialog):
            for field in dialog.findChildren(QLineEdit):
                field.setText("<img")
            dialog.grab()
            dialog.close()
        yield
    for menu in window.menuBar().findChildren(QMenu):
        menu.aboutToShow.emit()
        menu.grab()
        yield


def settle(rounds: int) -> Steps:
    """Let the event loop come round a number of times."""
    for _ in range(rounds):
        yield


def cycles(record: dict[str, object]) -> None:
    """Open and close windows, one after the other."""
    application = make_application()
    for _ in range(CYCLES):
        window = create_window([])
        window.show()
        application.processEvents()
        window.session.show_event(5)
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    record["left"] = len(QApplication.topLevelWidgets())
    record["looks"] = sum(isinstance(one, Look) and isValid(one) for one in gc.get_objects())


SCENARIOS = {"state": state, "change": change, "fail": fail, "look": look}


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(main(sys.argv[1:]))
