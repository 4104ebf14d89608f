"""The window: the panes in their places, and all connections between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QTabWidget, QVBoxLayout, QWidget

from timeline_app.core.opened import Opened
from timeline_app.core.safe_text import safe_text
from timeline_app.scene.frame import Cluster, Counts
from timeline_app.scene.ticks import AxisWords
from timeline_app.ui.look import Look
from timeline_app.ui.navigation import Navigator
from timeline_app.ui.session import Session
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import (
    LANE_ROWS,
    LANES,
    REDUCED_MOTION,
    SHOW_TITLES,
    SHOW_TODAY,
    TEXT_SIZE,
    THEME,
    TIME_ZONE,
    WHEEL,
)
from timeline_app.ui.timeline.canvas import CanvasOptions, TimelineCanvas
from timeline_app.ui.timeline.overview import Overview
from timeline_app.ui.window_files import FileOpener, Load

if TYPE_CHECKING:
    from timeline_app.ui.panels.actors_panel import ActorsPanel
    from timeline_app.ui.panels.chips import ChipsBar
    from timeline_app.ui.panels.event_table import EventTable
    from timeline_app.ui.panels.excerpt_pane import ExcerptPane
    from timeline_app.ui.panels.problems_bar import ProblemsBar
    from timeline_app.ui.panels.search_box import SearchBox
    from timeline_app.ui.panels.status_line import StatusLine
    from timeline_app.ui.side_panes import SidePanes

DEFAULT_SIZE_PX = (1280, 800)
HEADER_PX = 46
STATUS_PX = 28
SIDE_PX = 16
LEFT_PX = 256
RIGHT_PX = 350
LEFT_SHARE = 0.25
RIGHT_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Services:
    """What a window needs from outside: reading files, the clock, the web browser, words."""

    load: Load
    now_s: Callable[[], int]
    open_web: Callable[[str], bool]
    words: AxisWords
    paths: tuple[Path, ...] = ()


class MainWindow(QMainWindow):
    """Shows one session; panes talk to the session, and to each other only through the connections made here.

    A new window has the timeline and the overview, which is what the first picture needs; `complete` adds all else.
    """

    closing = Signal()

    actors_panel: ActorsPanel
    excerpt_pane: ExcerptPane
    search_box: SearchBox
    chips_bar: ChipsBar
    problems_bar: ProblemsBar
    event_table: EventTable
    status_line: StatusLine

    def __init__(self, session: Session, look: Look, settings: Settings, services: Services) -> None:
        super().__init__()
        self.session = session
        self.look = look
        self.settings = settings
        self.services = services
        self.navigator = Navigator(session)
        self.files = FileOpener(services.load, services.paths, session.table, self)
        self.timeline = TimelineCanvas(session, look, services.words, safe_text, self._canvas_options())
        self.overview = Overview(session, look, services.words)
        self.lower_tabs = QTabWidget()
        self._panes: SidePanes | None = None
        self._message = ""
        self.setObjectName("main_window")
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._show_title()
        self._restyle()
        self.resize(*DEFAULT_SIZE_PX)
        self.timeline.setFocus()

    def complete(self) -> None:
        """Add the panes that the first picture does without, into the room that is kept for them."""
        if self._panes is not None:
            return
        from timeline_app.ui.side_panes import make_side_panes  # loaded once the first picture is painted

        panes = make_side_panes(self.session, self.look, self.timeline)
        self._panes = panes
        self.actors_panel, self.excerpt_pane = panes.actors_panel, panes.excerpt_pane
        self.search_box, self.chips_bar, self.problems_bar = panes.search_box, panes.chips_bar, panes.problems_bar
        self.event_table, self.status_line = panes.event_table, panes.status_line
        self._place_panes(panes)
        self._connect_panes()
        self._take_zone()
        self._show_title()
        self._restyle()
        self._show_counts(self.timeline.frame.counts)
        self.status_line.show_message(self._message)

    def keep(self, *helpers: object) -> None:
        """Hold what serves this window for as long as it lives."""
        self._kept = helpers

    def set_lower_tab(self, *, table: bool) -> None:
        """Show the table below the timeline, or the overview."""
        self.lower_tabs.setCurrentWidget(self.event_table if table else self.overview)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the panes that the keyboard goes round, as they stand from left to right."""
        shown: tuple[QWidget, ...] = (
            self.actors_panel.find_field,
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

    def closeEvent(self, event: QCloseEvent) -> None:
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
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.files.add_files(paths)
        else:
            self.files.open_files(paths)

    def _build(self) -> None:
        """Put the timeline and the overview in their places, and empty widgets where the other panes will be."""
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._header, self._status = QWidget(), QWidget()
        centre = QWidget()
        self._column = _bare_column(centre)
        self._rows.addWidget(self.timeline)
        self.lower_tabs.addTab(self.overview, "Overview")
        self.lower_tabs.setDocumentMode(True)
        self.lower_tabs.setTabPosition(QTabWidget.TabPosition.South)
        self.lower_tabs.tabBar().setAccessibleName("Overview or table")
        self._rows.addWidget(self.lower_tabs)
        self._rows.setStretchFactor(0, 1)
        self._rows.setCollapsible(0, False)
        self._column.addWidget(self._rows, 1)
        for pane in (QWidget(), centre, QWidget()):
            self._columns.addWidget(pane)
        self._columns.setStretchFactor(1, 1)
        self._columns.setCollapsible(1, False)
        whole = QWidget()
        stack = _bare_column(whole)
        stack.addWidget(self._header)
        stack.addWidget(self._columns, 1)
        stack.addWidget(self._status)
        self.setCentralWidget(whole)

    def _place_panes(self, panes: SidePanes) -> None:
        widths = self._columns.sizes()
        for place, pane in ((0, panes.actors_panel), (2, panes.excerpt_pane)):
            kept_free = self._columns.replaceWidget(place, pane)
            if kept_free is not None:
                kept_free.deleteLater()
            pane.show()
        self._columns.setSizes(widths)
        self._column.insertWidget(0, panes.problems_bar)
        self._column.insertWidget(0, panes.chips_bar)
        self.lower_tabs.addTab(panes.event_table, "Table")
        row = QHBoxLayout(self._header)
        row.setContentsMargins(SIDE_PX, 8, SIDE_PX, 8)
        row.addWidget(panes.title_label, 1)
        row.addWidget(panes.search_box)
        _bare_column(self._status).addWidget(panes.status_line)

    def _connect(self) -> None:
        session = self.session
        self.timeline.event_activated.connect(self.navigator.zoom_to_event)
        self.timeline.cluster_activated.connect(self._open_cluster)
        self.timeline.counts_changed.connect(self._show_counts)
        self.timeline.max_lines_wanted.connect(self._set_lines)
        self.files.opened.connect(self._take_opened)
        self.files.busy_changed.connect(self._show_busy)
        self.lower_tabs.currentChanged.connect(self._fit_lower)
        self.settings.changed.connect(self._take_setting)
        session.table_changed.connect(self._show_title)
        self.look.changed.connect(self._restyle)

    def _connect_panes(self) -> None:
        navigator = self.navigator
        self.event_table.event_activated.connect(navigator.zoom_to_event)
        self.excerpt_pane.previous_clicked.connect(navigator.previous_of_actor)
        self.excerpt_pane.next_clicked.connect(navigator.next_of_actor)
        self.excerpt_pane.link_activated.connect(self._open_link)
        self.excerpt_pane.citation_copied.connect(lambda _text: self.show_message("Citation copied"))
        self.search_box.focus_released.connect(self.timeline.setFocus)

    def _open_cluster(self, cluster: Cluster) -> None:
        """Zoom until a count comes apart; where no zoom can part its events, list them."""
        times, rows = self.session.table.times, cluster.rows
        starts, ends = times.start_earliest_s[rows], times.end_latest_s[rows]
        if (starts == starts[0]).all() and (ends == ends[0]).all():
            # A dialog is not needed for the first picture.
            from timeline_app.ui.dialogs.event_list_dialog import EventListDialog

            EventListDialog([int(row) for row in rows], self.session, self.look, self).show()
        else:
            self.navigator.zoom_to_span(int(starts.min()), int(starts.max()))

    def _open_link(self, address: str) -> None:
        # A dialog is not needed for the first picture.
        from timeline_app.ui.dialogs.link_dialog import open_link

        open_link(address, self, self.services.open_web)

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

    def _set_lines(self, lines: int) -> None:
        if LANE_ROWS.accepts(lines):
            self.settings.set(LANE_ROWS, lines)

    def _take_setting(self, key: str) -> None:
        if key == THEME.key:
            self.look.set_choice(self.settings.get(THEME))
        elif key == TEXT_SIZE.key:
            self.look.set_text_scale(self.settings.get(TEXT_SIZE) / 100)
        elif key == LANES.key:
            self.session.set_lane_limit(self.settings.get(LANES))
        elif key == TIME_ZONE.key:
            self._take_zone()
        else:
            self.timeline.set_options(self._canvas_options())

    def _take_zone(self) -> None:
        # Only few timelines have instants with a zone, and the first picture shows none.
        from zoneinfo import ZoneInfo

        zone = ZoneInfo(self.settings.get(TIME_ZONE))
        self.excerpt_pane.set_zone(zone)
        self.event_table.set_zone(zone)

    def _canvas_options(self) -> CanvasOptions:
        return CanvasOptions(
            max_lines=self.settings.get(LANE_ROWS),
            wheel_zooms=self.settings.get(WHEEL) == "zoom",
            reduced_motion=reduced_motion(self.settings.get(REDUCED_MOTION)),
            show_titles=self.settings.get(SHOW_TITLES),
            today_s=self.services.now_s() if self.settings.get(SHOW_TODAY) else None,
        )

    def _take_opened(self, opened: Opened) -> None:
        if opened.table is None:
            return
        self.look.set_table(opened.table)
        self.session.set_table(opened.table)
        for error in opened.errors:
            self.show_message(str(error))

    def _fit_lower(self) -> None:
        """Give the table below the timeline room to be read, and the overview no more than it needs."""
        height = self._rows.height()
        tabs = self.lower_tabs.tabBar().sizeHint().height()
        wanted = self.overview.sizeHint().height() + tabs
        if self.lower_tabs.currentWidget() is not self.overview:
            wanted = max(wanted, height * 2 // 5)
        self._rows.setSizes([height - wanted, wanted])

    def _restyle(self) -> None:
        self._header.setFixedHeight(self.look.px(HEADER_PX))
        self._status.setFixedHeight(self.look.px(STATUS_PX))
        if self._panes is not None:
            self._panes.title_label.setFont(self.look.body(bold=True))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        left = min(self.look.px(LEFT_PX), round(self.width() * LEFT_SHARE))
        right = min(self.look.px(RIGHT_PX), round(self.width() * RIGHT_SHARE))
        self._columns.setSizes([left, self.width() - left - right, right])
        self._fit_lower()


def _bare_column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def reduced_motion(choice: str) -> bool:
    """Return whether jumps should happen at once, by the user's choice or else the system's."""
    if choice != "system":
        return choice == "on"
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility() if hasattr(hints, "accessibility") else None
    preference = getattr(accessibility, "motionPreference", None)
    return preference is not None and preference().name == "ReducedMotion"
