"""Keeps a picture of a window as it opened, for the next start to begin with."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QThreadPool, QTimer, Signal
from PySide6.QtGui import QCursor, QEnterEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget

from timeline_app.scene.viewport import Viewport
from timeline_app.ui.first_picture import EVER_S, MOST_PIXELS, FirstPicture
from timeline_app.ui.guarded import guarded
from timeline_app.ui.jobs import NewestJob
from timeline_app.ui.main_window import MainWindow

IDLE_MS = 400
MOST_TRIES = 30
LINE_ROOM_PX = 200
LINE_TOLERANCE_PX = 0.5

_INPUT = frozenset(
    {
        QEvent.Type.ShortcutOverride,  # A key of a shortcut is never sent as a KeyPress.
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.NativeGesture,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.Drop,
        QEvent.Type.ContextMenu,
        QEvent.Type.InputMethod,
    }
)


class PictureKeeper(QObject):
    """Waits until a window is complete and at rest, takes its picture, and keeps it if it is not the one that is kept.

    A window that was touched before is let be: it no longer looks as it did when it was opened. `finished` says whether
    the picture that is kept is now that of this window.
    """

    finished = Signal(bool)

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        keep: Callable[[FirstPicture], bool],
        conditions: Callable[[], Mapping[str, str]],
        stamps: Mapping[str, str],
        shown: FirstPicture | None,
    ) -> None:
        super().__init__(window)
        self._application = application
        self._window = window
        self._keep = keep
        self._conditions = conditions
        self._stamps = stamps
        self._shown = shown
        self._tries = 0
        self._job = NewestJob(self)
        self._job.finished.connect(self._take)
        window.look.changed.connect(self._give_up)
        window.session.table_changed.connect(self._give_up)
        self._timer = QTimer(self)
        self._timer.setInterval(IDLE_MS)
        self._timer.timeout.connect(self._try)
        self._timer.start()
        self._application.installEventFilter(self)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in _INPUT:
            self._give_up()
        return False

    def _try(self) -> None:
        self._tries += 1
        if self._is_at_rest():
            self._stop()
            self._job.start(partial(_kept, self._keep, self._taken(), self._shown))
        elif self._tries == MOST_TRIES:
            self._give_up()

    def _take(self, is_kept: object) -> None:
        self._shown = None
        self.finished.emit(is_kept is True)

    def _give_up(self) -> None:
        self._stop()
        self.finished.emit(False)

    def _stop(self) -> None:
        self._timer.stop()
        self._window.look.changed.disconnect(self._give_up)
        self._window.session.table_changed.disconnect(self._give_up)
        self._application.removeEventFilter(self)

    def _is_at_rest(self) -> bool:
        window = self._window
        scale = window.devicePixelRatioF()
        return (
            window.isVisible()
            and not window.isMinimized()
            and window.width() * window.height() * scale * scale <= MOST_PIXELS
            and not window.message
            and not window.session.can_undo
            and not window.session.selection
            and not window.files.is_busy
            and not window.timeline.is_travelling
            and QThreadPool.globalInstance().activeThreadCount() == 0
            and QApplication.activePopupWidget() is QApplication.activeModalWidget() is None
        )

    def _taken(self) -> FirstPicture:
        window, session = self._window, self._window.session
        window.timeline.complete()
        with _pointer_elsewhere(window):
            image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return FirstPicture(
            window.windowTitle(),
            image.width(),
            image.height(),
            image.devicePixelRatio(),
            bytes(image.constBits()),
            self._conditions(),
            self._stamps,
            true_s(window.timeline.options.today_s, session.viewport),
        )


def true_s(today_s: int | None, view: Viewport) -> tuple[int, int]:
    """Return from when to when the line for today stands in a view as it does today, or stays out of it."""
    first_s, last_s = EVER_S
    if today_s is None:
        return first_s, last_s
    x_px = view.x_of(today_s)
    if x_px < -LINE_ROOM_PX:
        return first_s, view.time_at(-LINE_ROOM_PX)
    if x_px > view.width_px + LINE_ROOM_PX:
        return view.time_at(view.width_px + LINE_ROOM_PX), last_s
    tolerance_s = math.floor(LINE_TOLERANCE_PX * view.seconds_per_px)
    return today_s - tolerance_s, today_s + tolerance_s


@contextmanager
def _pointer_elsewhere(window: MainWindow) -> Iterator[None]:
    """Let what the pointer is on look as if it were not; nothing is painted on the screen meanwhile."""
    place = QCursor.pos()
    pointer_px, hovered = window.timeline.highlights.pointer_px, window.session.hovered
    under = [widget for widget in window.findChildren(QWidget) if widget.underMouse()]
    for widget in under:
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))
    yield
    for widget in under:
        there = QPointF(widget.mapFromGlobal(place))
        QCoreApplication.sendEvent(widget, QEnterEvent(there, QPointF(window.mapFromGlobal(place)), QPointF(place)))
    window.session.set_hovered(hovered)
    window.timeline.set_pointer(pointer_px)


def _kept(keep: Callable[[FirstPicture], bool], picture: FirstPicture, shown: FirstPicture | None) -> bool:
    """Keep a picture unless it is the one that was shown; return whether it is kept now."""
    if shown is not None and picture == shown._replace(true_s=picture.true_s):
        return True
    return keep(picture)
