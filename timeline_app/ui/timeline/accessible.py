"""Keeps what a screen reader knows of the timeline in step with it: the events on screen, and what just changed."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from timeline_app.scene.frame import Frame
from timeline_app.ui.session import Session
from timeline_app.ui.timeline.accessible_interfaces import ItemInterface, KeptInterfaces, ListInterface
from timeline_app.ui.timeline.accessible_items import MOST_LISTED, Key, Listed, cluster_key, event_key, listed_in
from timeline_app.ui.timeline.accessible_words import selection_words, view_words
from timeline_app.ui.timeline.canvas import TimelineCanvas

QUIET_MS = 250
PAUSE_MS = 1000


def make_accessible(
    canvas: TimelineCanvas, *, with_children: bool = True, with_announcements: bool = True
) -> CanvasAccessibility:
    """Let screen readers into a canvas, once; without children it stays one plain widget to them."""
    return CanvasAccessibility(canvas, with_children=with_children, with_announcements=with_announcements)


class CanvasAccessibility(QObject):
    """Lists the frame of a canvas when it is asked for, and says what changed; idle while nobody listens."""

    def __init__(self, canvas: TimelineCanvas, *, with_children: bool, with_announcements: bool) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._frame: Frame | None = None
        self._table = canvas.session.table
        self._view_is_news = False
        self._selection_is_news = False
        self._heard = ""
        self._since_told = QElapsedTimer()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self._catch_up)
        self._deletion = QTimer(self)
        self._deletion.setSingleShot(True)
        self._kept = kept = KeptInterfaces()
        self._deletion.timeout.connect(kept.delete_retired)
        # Qt holds a lambda, unlike a bound method, while the canvas lives: until then the interfaces are no garbage.
        canvas.destroyed.connect(lambda: kept.delete_items())  # noqa: PLW0108
        if with_children:
            kept.set_list(ListInterface(self, canvas), canvas)
            canvas.counts_changed.connect(self._take_frame)
        if with_announcements:
            self._follow(canvas.session)

    @property
    def canvas(self) -> TimelineCanvas:
        """The widget that this is about."""
        return self._canvas

    @property
    def items(self) -> tuple[ItemInterface, ...]:
        """The interfaces of what is on screen, in time order."""
        self._list_frame()
        return tuple(self._kept.items.values())

    @property
    def is_cut(self) -> bool:
        """Whether there are lanes beyond the screen, or more on it than is listed."""
        frame = self._canvas.frame
        return frame.content_px > frame.height_px or len(self.items) >= MOST_LISTED

    @property
    def current_item(self) -> ItemInterface | None:
        """The interface of the event whose excerpt is shown, None where it is not on screen by itself."""
        self._list_frame()
        row = self._canvas.session.current
        return None if row is None else self._kept.items.get(event_key(row))

    def item_at(self, x_px: float, y_px: float) -> ItemInterface | None:
        """Return the interface of what is at a point of the canvas."""
        self._list_frame()
        hit = self._canvas.hit(x_px, y_px)
        if hit.row is not None:
            return self._kept.items.get(event_key(hit.row))
        if hit.cluster is not None and hit.lane is not None:
            return self._kept.items.get(cluster_key(hit.cluster, hit.lane.name))
        return None

    def press(self, listed: Listed) -> None:
        """Do what a click on an event, or a double click on a count, does."""
        if listed.cluster is None:
            self._canvas.session.set_selection((listed.first_row,))
        else:
            self._canvas.cluster_activated.emit(listed.cluster)

    def _follow(self, session: Session) -> None:
        session.table_changed.connect(self._take_view)
        session.filter_changed.connect(self._take_view)
        session.viewport_changed.connect(self._take_view)
        session.selection_changed.connect(self._take_selection)

    def _take_frame(self) -> None:
        """See to it that what was listed of an earlier frame goes even when nobody asks again."""
        if self._kept.items and not self._quiet.isActive():
            self._quiet.start(QUIET_MS)

    def _take_view(self) -> None:
        if QAccessible.isActive():
            self._view_is_news = True
            self._wait_for_quiet()

    def _take_selection(self) -> None:
        if QAccessible.isActive():
            self._selection_is_news = not self._move_reader()
            if self._selection_is_news:
                self._wait_for_quiet()

    def _catch_up(self) -> None:
        if self._kept.items:
            self._list_frame()
        if QAccessible.isActive():
            self._announce()

    def _wait_for_quiet(self) -> None:
        """Speak when nothing has changed for a moment, and at most once a second."""
        still_ms = PAUSE_MS - self._since_told.elapsed() if self._since_told.isValid() else 0
        self._quiet.start(max(QUIET_MS, still_ms))

    def _announce(self) -> None:
        session, parts = self._canvas.session, []
        if self._selection_is_news and not self._move_reader():
            parts.append(selection_words(session))
        if self._view_is_news:
            words = view_words(session)
            parts += [words] if words != self._heard else []
            self._heard = words
        self._selection_is_news = self._view_is_news = False
        if parts:
            self._since_told.start()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._canvas, ". ".join(parts)))

    def _move_reader(self) -> bool:
        """Take a reader that is on the timeline to the selected event, whose name it then says by itself.

        Returns whether that could be done; where not, the event has to be announced.
        """
        item = self.current_item if self._kept.has_list and self._canvas.hasFocus() else None
        if item is None:
            return False
        for kind in (QAccessible.Event.Selection, QAccessible.Event.Focus):
            QAccessible.updateAccessibility(QAccessibleEvent(item, kind))
        return True

    def _list_frame(self) -> None:
        """List the present frame; what stays on screen keeps its interface, and so a reader its place."""
        frame, table = self._canvas.frame, self._canvas.session.table
        if frame is self._frame:
            return
        before = self._kept.items if table is self._table else {}
        self._frame, self._table = frame, table
        items: dict[Key, ItemInterface] = {}
        for position, listed in enumerate(listed_in(frame, table)):
            item = before.get(listed.key) or ItemInterface(self, self._canvas)
            item.listed, item.position = listed, position
            items[listed.key] = item
        self._kept.set_items(items)
        self._deletion.start()
