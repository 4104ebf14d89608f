"""A real window to measure: opened, sized and watched, with every frame checked for being the one asked for."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.bench.figures import Stopwatch, Timing
from tests.bench.floors import HEIGHT_PX, WIDTH_PX
from tests.bench.loop import NotPaintedError, WatchedLoop, watched_paints
from timeline_app.app import create_window
from timeline_app.core.filter import Filter
from timeline_app.core.opened import Opened
from timeline_app.scene.frame import Frame
from timeline_app.ui.application import collect_in_main_thread
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import REDUCED_MOTION

OPENING_PATIENCE_S = 900.0
FILTER_PATIENCE_S = 60.0
FEWEST_COLOURS = 4
SAMPLE_BYTES = 4 * 997  # every so many bytes one pixel of a picture


@dataclass(frozen=True, eq=False)
class Rig:
    """A window on screen whose canvas has the size of the floors, and the loop that it runs in."""

    window: MainWindow
    loop: WatchedLoop

    @property
    def painted(self) -> Frame:
        """The frame painted last."""
        frame = self.loop.watch.frame
        if frame is None:
            raise NotPaintedError("nothing has been painted yet")
        return frame

    def time_input(self, act: Callable[[], None]) -> Timing:
        """Return the time from an input to the painted frame of the view that it leads to."""
        session, watch = self.window.session, self.loop.watch
        begin_s = self.loop.await_turn()
        view, count = session.viewport, watch.count

        def is_painted() -> bool:
            return watch.count > count and session.viewport != view and watch.view == session.viewport

        stopwatch = Stopwatch(begin_s)
        act()
        self.loop.run_until(is_painted, "an input changed the view, and it was painted")
        taken = stopwatch.taken()
        with self.loop.put_off():
            self.check_counts()
        return taken

    def time_input_seen(self, act: Callable[[], None]) -> Timing:
        """Do the same, and look at the pixels on screen: they must show something, and something else than before."""
        with self.loop.put_off():
            before = self.pixels()
        taken = self.time_input(act)
        with self.loop.put_off():
            after = self.pixels()
        if before == after:
            raise NotPaintedError("the view changed, but the pixels on screen did not")
        colours = {after[place : place + 4] for place in range(0, len(after) - 3, SAMPLE_BYTES)}
        if len(colours) < FEWEST_COLOURS:
            raise NotPaintedError(f"the canvas has only {len(colours)} colours")
        return taken

    def time_filter(self, wanted: Filter, passing: int) -> float:
        """Return the milliseconds from a filter to the painted frame whose counts say that so many events pass it."""
        session, watch = self.window.session, self.loop.watch
        count = watch.count

        def is_painted() -> bool:
            if watch.count == count or session.wanted != wanted:
                return False
            counts = self.painted.counts
            return counts.loaded - counts.filtered_out == passing

        begin = time.perf_counter()
        QTimer.singleShot(0, lambda: session.set_filter(wanted))
        what = f"a frame showed that {passing:,} events pass {wanted}"
        end = self.loop.run_until_shown(is_painted, what, FILTER_PATIENCE_S)
        self.check_counts()
        return (end - begin) * 1e3

    def time_opening(self, paths: Sequence[Path]) -> float:
        """Return the seconds from asking for files, none for the bundled timeline, to the painted frame of all of them.

        Raises what the opener raises when they cannot be read.
        """
        session, watch, files = self.window.session, self.loop.watch, self.window.files
        opened: list[Opened] = []
        failed: list[object] = []

        def take_opened(outcome: Opened) -> None:
            opened.append(outcome)

        def take_failed(errors: object) -> None:
            failed.append(errors)

        files.opened.connect(take_opened)
        files.failed.connect(take_failed)

        def is_painted() -> bool:
            if failed:
                raise RuntimeError(f"{paths} cannot be opened: {failed}")
            shown = bool(opened) and session.table is opened[-1].table
            return shown and watch.count > count and self.painted.counts.loaded == len(session.table)

        count = watch.count
        begin = time.perf_counter()
        files.open_files(list(paths))
        end = self.loop.run_until_shown(is_painted, f"{paths} was opened and painted", OPENING_PATIENCE_S)
        files.opened.disconnect(take_opened)
        files.failed.disconnect(take_failed)
        if opened[-1].errors:
            raise opened[-1].errors[0]
        return end - begin

    def check_counts(self) -> None:
        """Raise RuntimeError where the counts of the painted frame do not add up to all events."""
        counts = self.painted.counts
        if counts.shown + counts.merged + counts.outside + counts.filtered_out != len(self.window.session.table):
            raise RuntimeError(f"{counts} do not add up")

    def pixels(self) -> bytes:
        """Return what stands on screen where the canvas is."""
        canvas = self.window.timeline
        corner = canvas.mapTo(self.window, QPoint())
        screen = self.window.screen()
        picture = screen.grabWindow(self.window.winId(), corner.x(), corner.y(), canvas.width(), canvas.height())
        return bytes(picture.toImage().convertToFormat(QImage.Format.Format_RGB32).constBits())


@contextmanager
def shown_window(application: QApplication) -> Iterator[Rig]:
    """Show the bundled timeline on a canvas of the size of the floors, at rest; jumps are not animated."""
    settings = Settings()
    settings.set(REDUCED_MOTION, "on")
    with watched_paints() as watch, _collected_on_a_timer(application):
        loop = WatchedLoop(application, watch)
        window = create_window([], settings=settings)
        window.show()
        window.activateWindow()
        loop.run_until(lambda: watch.count > 0, "the window was painted")
        _fit_canvas(window, loop)
        rig = Rig(window, loop)
        try:
            yield rig
        finally:
            window.close()
            loop.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _fit_canvas(window: MainWindow, loop: WatchedLoop) -> None:
    """Give the window the size at which its canvas has that of the floors."""
    for _ in range(4):
        canvas = window.timeline.size()
        window.resize(window.width() + WIDTH_PX - canvas.width(), window.height() + HEIGHT_PX - canvas.height())
        loop.settle()
    if (window.timeline.width(), window.timeline.height()) != (WIDTH_PX, HEIGHT_PX):
        raise RuntimeError(f"the canvas has {window.timeline.size()}, and not the size of the floors")


@contextmanager
def _collected_on_a_timer(application: QApplication) -> Iterator[None]:
    """Collect garbage as the program itself does."""
    timer = collect_in_main_thread(application)
    try:
        yield
    finally:
        timer.stop()
        timer.deleteLater()
        gc.enable()
