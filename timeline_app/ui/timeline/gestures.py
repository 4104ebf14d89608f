"""What mouse, wheel and touchpad do on the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QRubberBand

from timeline_app.scene.hit import Hit
from timeline_app.scene.lane_lines import SEEN_AT_ONCE
from timeline_app.scene.viewport import Viewport
from timeline_app.ui.guarded import guarded
from timeline_app.ui.session import Move
from timeline_app.ui.timeline.column_hit import column_hit

if TYPE_CHECKING:
    from timeline_app.ui.timeline.canvas import TimelineCanvas

NOTCH = 120
DOUBLING_NOTCHES = 3.0
PAN_SHARE = 0.12
LANE_HEAD_WIDTH_PX = 150
GLIDE_FRAME_MS = 16
GLIDE_DECAY = 0.90
GLIDE_LEAST_PX = 0.6
RELEASE_MS = 60


class Gestures(QObject):
    """Turns input events of a canvas into changes of its session."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._session = canvas.session
        self._pressed_at: QPointF | None = None
        self._last_at = QPointF()
        self._is_dragging = False
        self._band: QRubberBand | None = None
        self._speed_px = 0.0
        self._since_move = QElapsedTimer()
        self._glide = QTimer(self)
        self._glide.setInterval(GLIDE_FRAME_MS)
        self._glide.timeout.connect(self._glide_on)
        self._session.jumped.connect(self._follow_jump)
        self.keyboard_is_used = False
        self._handlers: dict[QEvent.Type, Callable[[Any], bool]] = {
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseMove: self._move,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double_click,
            QEvent.Type.Wheel: self._wheel,
            QEvent.Type.Leave: self._leave,
            QEvent.Type.NativeGesture: self._pinch,
            QEvent.Type.FocusIn: self._focus,
            QEvent.Type.KeyPress: self._key,
        }
        canvas.installEventFilter(self)

    @guarded(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # While Python takes a window apart, events still come when the attributes are gone.
        handlers: Mapping[QEvent.Type, Callable[[Any], bool]] = getattr(self, "_handlers", {})
        handler = handlers.get(event.type()) if handlers and watched is self._canvas else None
        return handler(event) if handler is not None else False

    def _press(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        self._glide.stop()
        self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        self.keyboard_is_used = False
        self._pressed_at = self._last_at = event.position()
        self._is_dragging = False
        self._speed_px = 0.0
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._band = QRubberBand(QRubberBand.Shape.Rectangle, self._canvas)
        return True

    def _move(self, event: QMouseEvent) -> bool:
        at = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:  # The release may have gone to another window.
            self._let_go()
        if self._pressed_at is None:
            self._hover(at)
            return True
        if not self._is_dragging:
            far = (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
            if not far:
                return True
            self._is_dragging = True
            self._canvas.set_pointer(None)
            self._canvas.setCursor(
                Qt.CursorShape.SizeHorCursor if self._band is not None else Qt.CursorShape.ClosedHandCursor
            )
        if self._band is not None:
            left, right = sorted((round(self._pressed_at.x()), round(at.x())))
            self._band.setGeometry(QRect(left, 0, right - left, self._canvas.height()))
            self._band.show()
        else:
            # What is less than a pixel waits for the next move.
            by_px = self._whole_px(at.x() - self._last_at.x())
            self._pan(-by_px)
            self._canvas.scroll_lanes(round(self._last_at.y()) - round(at.y()))
            self._speed_px = -by_px
            self._since_move.start()
            at.setX(self._last_at.x() + by_px)
        self._last_at = at
        return True

    def _release(self, event: QMouseEvent) -> bool:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed_at is None:
            return False
        pressed_at, was_dragging, had_band = self._pressed_at, self._is_dragging, self._band is not None
        self._let_go()
        if not was_dragging:
            self._click(event)
        elif had_band:
            self._zoom_to(pressed_at.x(), event.position().x())
        elif self._since_move.isValid() and self._since_move.elapsed() < RELEASE_MS and self._may_glide():
            self._glide.start()
        return True

    def _follow_jump(self) -> None:
        """Point at nothing any more: what was under the pointer is elsewhere now."""
        self._glide.stop()
        self._point_at_nothing()

    def _point_at_nothing(self) -> None:
        self._canvas.set_pointer(None)
        self._session.set_hovered(None)
        self._canvas.tip_wanted.emit(None, None)

    def _let_go(self) -> None:
        if self._pressed_at is None:
            return
        self._pressed_at = None
        self._is_dragging = False
        self._canvas.unsetCursor()
        band, self._band = self._band, None
        if band is not None:
            band.hide()
            band.deleteLater()

    def _click(self, event: QMouseEvent) -> None:
        hit = self._hit(event.position())
        adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        selection = self._session.selection
        if hit.row is None:
            if not adding and hit.cluster is None:
                self._session.set_selection(())
        elif not adding:
            self._session.set_selection((hit.row,))
        elif hit.row in selection:
            self._session.set_selection(tuple(row for row in selection if row != hit.row))
        else:
            self._session.set_selection((*selection, hit.row))

    def _double_click(self, event: QMouseEvent) -> bool:
        hit = self._hit(event.position())
        if hit.row is not None:
            self._canvas.event_activated.emit(hit.row)
        elif hit.cluster is not None:
            self._canvas.cluster_activated.emit(hit.cluster)
        return True

    def _wheel(self, event: QWheelEvent) -> bool:
        self._glide.stop()
        pixels, angles = event.pixelDelta(), event.angleDelta()
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.AltModifier:  # Qt turns the wheel sideways under Alt
            notches = (angles.y() or angles.x()) / NOTCH
            step = SEEN_AT_ONCE if notches > 0 else -SEEN_AT_ONCE
            self._canvas.max_lines_wanted.emit(self._canvas.options.max_lines + step)
        elif modifiers & Qt.KeyboardModifier.ShiftModifier or abs(angles.x()) > abs(angles.y()):
            by_px = pixels.x() or pixels.y()
            notches = (angles.x() or angles.y()) / NOTCH
            self._pan(-by_px if by_px else -notches * self._canvas.width() * PAN_SHARE)
        elif self._scrolls_lanes(event):
            self._canvas.scroll_lanes(-(pixels.y() or round(angles.y() / NOTCH * 3 * 24)))
        else:
            self._zoom(2 ** (angles.y() / NOTCH / DOUBLING_NOTCHES), event.position().x())
        event.accept()
        return True

    def _scrolls_lanes(self, event: QWheelEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if not self._canvas.options.wheel_zooms:
            return True
        frame = self._canvas.frame
        hit = self._canvas.hit(event.position().x(), event.position().y())
        if hit.lane is None or hit.row is not None or event.position().x() > LANE_HEAD_WIDTH_PX:
            return False
        head_top = max(hit.lane.top_px, frame.measures.axis_px)
        return event.position().y() <= head_top + frame.measures.head_px

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._zoom(max(0.2, 1 + event.value()), event.position().x())
        return True

    def _leave(self, event: QEvent) -> bool:  # noqa: ARG002
        self._point_at_nothing()
        return False

    def _focus(self, event: QFocusEvent) -> bool:
        reasons = Qt.FocusReason
        self.keyboard_is_used = event.reason() in {
            reasons.TabFocusReason,
            reasons.BacktabFocusReason,
            reasons.ShortcutFocusReason,
        }
        return False

    def _key(self, event: QKeyEvent) -> bool:  # noqa: ARG002
        self.keyboard_is_used = True
        self._canvas.set_pointer(None)
        self._canvas.update()
        return False

    def _hover(self, at: QPointF) -> None:
        hit = self._hit(at)
        self._canvas.set_pointer(at.x())
        self._session.set_hovered(hit.row)
        self._canvas.setCursor(
            Qt.CursorShape.PointingHandCursor if hit.row is not None or hit.cluster else Qt.CursorShape.ArrowCursor
        )
        self._canvas.tip_wanted.emit(hit, self._canvas.mapToGlobal(at))

    def _hit(self, at: QPointF) -> Hit:
        """Return what lies at a point, the column of a density strip as the count that it is."""
        canvas, hit = self._canvas, self._canvas.hit(at.x(), at.y())
        if hit.lane is None or hit.row is not None or hit.cluster is not None:
            return hit  # Without a lane it is the axis, which covers what is scrolled below it.
        starts_s = self._session.table.times.start_earliest_s
        return replace(hit, cluster=column_hit(canvas.frame, canvas.layouts.set, starts_s, at.x(), at.y()))

    def _whole_px(self, px: float) -> float:
        """Return the nearest whole number of pixels of the screen: moved by that, a picture stays as it is."""
        ratio = self._canvas.devicePixelRatioF()
        return round(px * ratio) / ratio

    def _pan(self, by_px: float) -> None:
        by_px = self._whole_px(by_px)
        if by_px:
            self._session.set_hovered(None)  # it moves away from below the pointer
            self._session.set_viewport(self._session.viewport.panned(by_px), Move.DRAG)

    def _zoom(self, factor: float, at_px: float) -> None:
        self._session.set_viewport(self._session.viewport.zoomed(factor, at_px), Move.DRAG)

    def _zoom_to(self, one_px: float, other_px: float) -> None:
        left, right = sorted((one_px, other_px))
        view = self._session.viewport
        if right - left >= QApplication.startDragDistance():
            wanted = Viewport.fit(view.time_at(left), view.time_at(right), view.width_px, margin=0.0)
            self._session.set_viewport(wanted, Move.JUMP)

    def _may_glide(self) -> bool:
        return not self._canvas.options.reduced_motion and abs(self._speed_px) > 2

    def _glide_on(self) -> None:
        self._speed_px *= GLIDE_DECAY
        if abs(self._speed_px) < GLIDE_LEAST_PX:
            self._glide.stop()
        else:
            self._pan(self._speed_px)
