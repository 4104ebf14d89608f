"""The window: the panes in their places, and all connections between them.

Loading this module loads nothing but Qt, so that a remembered picture is painted before NumPy and the panes are there.
Not even all of that: the class `Qt` makes its hundred enumerations when it is first looked up, which takes as long as
half of NumPy, so here it is looked up where it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QSizeF, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QTabWidget, QWidget

from timeline_app.core.safe_text import safe_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline_app.core.arrays import Int32Array
    from timeline_app.core.opened import Opened
    from timeline_app.scene.clusters import Cluster
    from timeline_app.scene.frame import Counts
    from timeline_app.ui.file_writer import FileWriter
    from timeline_app.ui.first_picture import FirstPicture
    from timeline_app.ui.look import Look
    from timeline_app.ui.navigation import Navigator
    from timeline_app.ui.panels.actors_panel import ActorsPanel
    from timeline_app.ui.panels.chips import ChipsBar
    from timeline_app.ui.panels.event_table import EventTable
    from timeline_app.ui.panels.excerpt_pane import ExcerptPane
    from timeline_app.ui.panels.knowledge_strip import KnowledgeStrip
    from timeline_app.ui.panels.notice_bar import NoticeBar
    from timeline_app.ui.panels.problems_bar import ProblemsBar
    from timeline_app.ui.panels.search_box import SearchBox
    from timeline_app.ui.panels.status_line import StatusLine
    from timeline_app.ui.panels.story_bar import StoryBar
    from timeline_app.ui.services import Services
    from timeline_app.ui.session import Session
    from timeline_app.ui.settings import Settings
    from timeline_app.ui.settings_follower import SettingsFollower
    from timeline_app.ui.side_panes import SidePanes
    from timeline_app.ui.story_teller import StoryTeller
    from timeline_app.ui.timeline.canvas import TimelineCanvas
    from timeline_app.ui.timeline.overview import Overview
    from timeline_app.ui.window_closing import WindowClosing
    from timeline_app.ui.window_files import FileOpener
    from timeline_app.ui.window_place import Sides

DEFAULT_SIZE_PX = (1280, 800)


class MainWindow(QMainWindow):
    """Shows one session; panes talk to the session, and to each other only through the connections made here.

    A new window is empty, and may show a picture of what it looked like when it was opened last. `fill` gives it the
    timeline and the overview, which is what its own first picture needs; `complete` adds all else.
    """

    closing = Signal()
    picture_painted = Signal()
    knowledge_toggled = Signal(bool)

    session: Session
    look: Look
    settings: Settings
    services: Services
    navigator: Navigator
    files: FileOpener
    timeline: TimelineCanvas
    overview: Overview
    lower_tabs: QTabWidget
    actors_panel: ActorsPanel
    excerpt_pane: ExcerptPane
    search_box: SearchBox
    chips_bar: ChipsBar
    problems_bar: ProblemsBar
    reading_bar: NoticeBar
    joining_bar: NoticeBar
    repeats_bar: NoticeBar
    event_table: EventTable
    status_line: StatusLine
    story_bar: StoryBar
    writer: FileWriter
    leaving: WindowClosing

    def __init__(self) -> None:
        super().__init__()
        self._follower: SettingsFollower | None = None
        self._panes: SidePanes | None = None
        self._picture: FirstPicture | None = None
        self._knowledge: KnowledgeStrip | None = None
        self._message = ""
        self.setObjectName("main_window")
        self.resize(*DEFAULT_SIZE_PX)

    @property
    def message(self) -> str:
        """What was said last."""
        return self._message

    @property
    def is_live(self) -> bool:
        """Whether what is seen is what there is, and no picture of it."""
        return self._picture is None

    def show_picture(self, picture: FirstPicture) -> None:
        """Look as the window did when it was opened last, until `show_live`; of another size than it has now, empty."""
        self._picture = picture
        self.setWindowTitle(picture.title)

    def show_live(self) -> None:
        """Show what there is instead of a picture of it."""
        self._picture = None
        if self._panes is not None:
            # What comes a moment later would be seen to come.
            self.timeline.complete()
            self.status_line.catch_up()
        self.setUpdatesEnabled(True)
        self.repaint()

    def fill(self, session: Session, look: Look, settings: Settings, services: Services, sides_px: Sides) -> None:
        """Show a session: its timeline and the overview; under a remembered picture nothing is seen of it yet."""
        # They need NumPy, which takes longer to load than it takes to paint a remembered picture.
        from timeline_app.ui.centre_panes import make_centre_panes
        from timeline_app.ui.settings_follower import SettingsFollower  # likewise
        from timeline_app.ui.window_rooms import WindowRooms  # likewise

        self.setUpdatesEnabled(self.is_live)
        self.session, self.look, self.settings, self.services = session, look, settings, services
        panes = make_centre_panes(self, session, look, settings, services)
        self.navigator, self.files = panes.navigator, panes.files
        self.timeline, self.overview = panes.timeline, panes.overview
        self._follower = SettingsFollower(self)
        self.rooms = WindowRooms(self.timeline, self.overview, look, sides_px)
        self.lower_tabs = self.rooms.tabs
        self.setCentralWidget(self.rooms.whole)
        self._connect(self._follower)
        self._show_title()
        self._restyle()
        self.setAcceptDrops(True)
        self.timeline.setFocus()
        if self.isVisible():
            self._lay_out_at_once()
            self._share_room()

    def complete(self) -> None:
        """Add the panes that the first picture does without, into the room that is kept for them."""
        if self._follower is None or self._panes is not None:
            return
        from timeline_app.ui.side_panes import make_side_panes  # loaded once the first picture is painted
        from timeline_app.ui.window_closing import WindowClosing  # likewise

        panes = make_side_panes(self.session, self.look, self.timeline)
        self._panes = panes
        self.actors_panel, self.excerpt_pane = panes.actors_panel, panes.excerpt_pane
        self.search_box, self.chips_bar, self.problems_bar = panes.search_box, panes.chips_bar, panes.problems_bar
        self.reading_bar, self.writer = panes.reading_bar, panes.writer
        self.leaving = WindowClosing(self, panes.writer)
        self.files.ask_before(self.leaving.may_open_others)
        self.joining_bar, self.repeats_bar = panes.joining_bar, panes.repeats_bar
        self.event_table, self.status_line = panes.event_table, panes.status_line
        self.rooms.place(panes)
        self._connect_panes(panes)
        self._follower.show_zone()
        self._show_title()
        self._restyle()
        self._show_counts(self.timeline.frame.counts)
        self.status_line.show_message(self._message)

    def add_story_bar(self, teller: StoryTeller) -> None:
        """Add the bar in which stories are told, hidden while none is."""
        from timeline_app.ui.panels.story_bar import StoryBar  # loaded once the first picture is painted

        self.story_bar = StoryBar(teller, self.look)
        self.rooms.add_above_timeline(self.story_bar)
        self.story_bar.left.connect(self.timeline.setFocus)
        self.excerpt_pane.story_wanted.connect(self.story_bar.tell)

    def keep(self, *helpers: object) -> None:
        """Hold what serves this window for as long as it lives."""
        self._kept = helpers

    def set_lower_tab(self, *, table: bool) -> None:
        """Show the table below the timeline, or the overview."""
        self.lower_tabs.setCurrentWidget(self.event_table if table else self.overview)

    def show_knowledge(self, *, shown: bool) -> None:
        """Show the axis of knowledge above the timeline, or hide it and ask for all that is known."""
        if self._knowledge is None:
            # Nobody waits for what is hidden until it is asked for.
            from timeline_app.ui.panels.knowledge_strip import KnowledgeStrip

            self._knowledge = KnowledgeStrip(self.session, self.look, self.services.words, self._keeps_still)
            self._knowledge.close_clicked.connect(lambda: self.show_knowledge(shown=False))
            self._knowledge.listed.connect(self._list_events)
            self.rooms.add_above_timeline(self._knowledge)
        self._knowledge.set_shown(shown=shown)
        self.timeline.show_lags(shown=shown)
        self.knowledge_toggled.emit(shown)

    def _keeps_still(self) -> bool:
        return self.timeline.options.reduced_motion

    def panes(self) -> tuple[QWidget, ...]:
        """Return the panes that the keyboard goes round, as they stand from left to right."""
        shown: tuple[QWidget, ...] = (
            self.actors_panel.entry,
            self.timeline,
            self.lower_tabs.currentWidget(),
            self.excerpt_pane,
        )
        return tuple(pane for pane in shown if pane.isVisible())

    def show_message(self, text: str) -> None:
        """Say something that passes."""
        self._message = text
        if self._panes is not None:
            self.status_line.show_message(text)

    def show_messages(self, texts: Sequence[str]) -> None:
        """Say some things that pass together, each a sentence; nothing where there is none."""
        if texts:
            self.show_message(". ".join(texts))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._panes is not None and not self.leaving.is_allowed():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return
        event.acceptProposedAction()
        if event.modifiers() & QtCore.Qt.KeyboardModifier.ControlModifier:
            self.files.add_files(paths)
        else:
            self.files.open_files(paths)

    def _connect(self, follower: SettingsFollower) -> None:
        session = self.session
        self.timeline.event_activated.connect(self.navigator.zoom_to_event)
        self.timeline.cluster_activated.connect(self._open_cluster)
        self.timeline.counts_changed.connect(self._show_counts)
        self.timeline.painted.connect(self._follow_timeline)
        self.timeline.max_lines_wanted.connect(follower.set_lines)
        self.files.opened.connect(self._take_opened)
        self.files.busy_changed.connect(self._show_busy)
        self.closing.connect(self.files.stop)
        self.settings.changed.connect(follower.take)
        session.table_changed.connect(self._show_title)
        session.refused.connect(self.show_message)
        self.look.changed.connect(self._restyle)

    def _connect_panes(self, panes: SidePanes) -> None:
        navigator, opening_bar = self.navigator, panes.opening_bar
        self.event_table.event_activated.connect(navigator.zoom_to_event)
        self.excerpt_pane.previous_clicked.connect(navigator.previous_of_actor)
        self.excerpt_pane.next_clicked.connect(navigator.next_of_actor)
        self.excerpt_pane.link_activated.connect(self._open_link)
        self.excerpt_pane.citation_copied.connect(lambda _text: self.show_message("Citation copied"))
        self.search_box.focus_released.connect(self.timeline.setFocus)
        self.excerpt_pane.note_left.connect(self.timeline.setFocus)
        self.event_table.refused.connect(self.show_message)
        self.files.busy_changed.connect(opening_bar.set_busy)
        self.files.progressed.connect(opening_bar.set_progress)
        self.files.cancelled.connect(lambda: self.show_message("Cancelled; nothing has changed"))
        opening_bar.cancel_clicked.connect(self.files.cancel)
        self.writer.busy_changed.connect(panes.writing_bar.set_busy)
        self.writer.progressed.connect(panes.writing_bar.set_progress)
        self.writer.cancelled.connect(lambda names: self.show_message(f"Cancelled; not written: {', '.join(names)}"))
        panes.writing_bar.cancel_clicked.connect(self.writer.cancel)

    def _open_cluster(self, cluster: Cluster) -> None:
        """Zoom until a count comes apart; where no zoom can part its events, list them."""
        rows = cluster.rows
        span_s = self.navigator.parting_span_s(rows)
        if span_s is None:
            self._list_events(rows)
        else:
            self.navigator.zoom_to_span(*span_s)

    def _list_events(self, rows: Int32Array, told: str = "") -> None:
        # A dialog is not needed for the first picture.
        from timeline_app.ui.dialogs.event_list_dialog import EventListDialog

        EventListDialog(rows, self.session, self.look, self, told=told).show()

    def _open_link(self, address: str) -> None:
        # A dialog is not needed for the first picture.
        from timeline_app.ui.dialogs.link_dialog import open_link

        open_link(address, self, self.services.open_web)

    def _follow_timeline(self) -> None:
        """Let those follow the view who wait until the timeline has been painted."""
        self.overview.follow_view()
        if self._panes is not None and self.status_line.is_due:
            self._show_counts(self.timeline.frame.counts)
            self.status_line.catch_up()

    def _show_counts(self, counts: Counts) -> None:
        if self._panes is not None:
            self.status_line.set_counts(counts)

    def _show_title(self) -> None:
        title = self.session.table.title or "Conflict timeline"
        if self._panes is not None:
            self._panes.title_label.setText(title)
        self.setWindowTitle(safe_text(title[:200]))

    def _show_busy(self, busy: bool) -> None:  # noqa: FBT001 — a slot
        self.show_message("Opening…" if busy else "")

    def _take_opened(self, opened: Opened) -> None:
        if opened.table is None:
            return
        self.look.set_table(opened.table)
        self.session.set_table(opened.table, opened.passing)
        self.show_messages(opened.messages)

    def _restyle(self) -> None:
        self.rooms.restyle()
        if self._panes is not None:
            self._panes.title_label.setFont(self.look.body(bold=True))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A maximised window has the width of the screen only some time after it was shown.
        self._share_room()
        if self._follower is not None:
            self._follower.fit_rows()

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = self._picture
        if picture is None:
            super().paintEvent(event)
            return
        row_bytes = len(picture.pixels) // picture.height_px
        image = QImage(picture.pixels, picture.width_px, picture.height_px, row_bytes, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(picture.scale)
        if image.deviceIndependentSize() == QSizeF(self.size()):
            with QPainter(self) as painter:
                painter.drawImage(0, 0, image)
        QTimer.singleShot(0, self, self.picture_painted.emit)

    def _share_room(self) -> None:
        if self._follower is not None and self.isVisible():
            self.rooms.share(self.width())

    def _lay_out_at_once(self) -> None:
        """Give everything its size now, in a window that is shown already."""
        whole, layout = self.centralWidget(), self.layout()
        if whole is not None and layout is not None:
            whole.show()
            layout.activate()
