"""The whole window under real mouse and key events: selection, counts, files, settings, room for everything."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.helpers import tables
from tests.helpers.shown import close_for_good
from tests.helpers.tables import all_titles
from timeline_app.app import create_window
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.palette import DARK, LIGHT
from timeline_app.scene.clusters import Cluster
from timeline_app.scene.hit import places_of
from timeline_app.ui import look, settings_table
from timeline_app.ui.dialogs.event_list_dialog import EventListDialog
from timeline_app.ui.dialogs.notice_dialog import NoticeDialog
from timeline_app.ui.dialogs.problems_dialog import ProblemsDialog
from timeline_app.ui.hits import Hits
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.text_button import TextButton
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.session import Session
from timeline_app.ui.settings import Settings

# The offscreen platform says so for every dialog.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")

COUNTS = re.compile(r"([\d,]+) events? = ([\d,]+) shown \+ ([\d,]+) merged.*? \+ ([\d,]+) filtered out")
OUTSIDE = re.compile(r" \+ ([\d,]+) outside the view")
CROWD = 200
GOOD = "timeline_format: 1\ntitle: Good\nevents: [{title: One, when: 2024-03}]\n"
BROKEN = "timeline_format: 1\nevents: [{title: a\n"
BAD_ROWS = """timeline_format: 1
title: Bad rows
events:
  - {title: Good, when: 2024-03}
  - {title: No such day, when: 2024-02-30}
  - {when: 2024-04}
"""


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    """Open windows of 1280 × 800 without animations, and delete them in the end."""
    windows: list[MainWindow] = []

    def open_window(*files: Path, settings: Settings | None = None) -> MainWindow:
        chosen = settings or Settings()
        chosen.set(settings_table.REDUCED_MOTION, "on")
        window = create_window(files, settings=chosen)
        windows.append(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.timeline.setFocus()
        return window

    yield open_window
    close_for_good(*windows)


@pytest.fixture
def window(opened: Callable[..., MainWindow]) -> MainWindow:
    return opened()


def row_of(window: MainWindow, event_id: str) -> int:
    return tables.row_of(window.session.table, event_id)


def places(window: MainWindow, event_id: str) -> list[QPoint]:
    """Return where the copies of an event stand on the canvas, those that are wholly in view."""
    found = places_of(window.timeline.frame, row_of(window, event_id))
    inside = window.timeline.rect().adjusted(0, 60, 0, -20)
    return [point for x, y in found if inside.contains(point := QPoint(round(x), round(y)))]


def selected(window: MainWindow) -> list[str]:
    """Return the titles of the selected events, the current one last."""
    return [window.session.table.event(row).title for row in window.session.selection]


def dialogs(window: MainWindow, kind: type[QDialog]) -> list[QDialog]:
    return [one for one in window.findChildren(kind) if one.isVisible()]


def words_of(widget: QWidget) -> str:
    """Return what the labels in a widget say."""
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel))


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def crowd_file(path: Path, day_of: Callable[[int], int]) -> Path:
    """Write many events of one actor in one month; `day_of` gives each its day."""
    events = [f"  - {{title: Event {n}, when: 2024-05-{day_of(n):02}, actors: [A]}}" for n in range(CROWD)]
    return write(path, "\n".join(["timeline_format: 1", "title: Crowd", "events:", *events, ""]))


def empty_place(window: MainWindow) -> QPoint:
    """Return a point of the canvas where no event is."""
    canvas = window.timeline
    points = [QPoint(x, y) for y in range(80, canvas.height(), 7) for x in range(300, canvas.width(), 40)]
    return next(point for point in points if canvas.hit(point.x(), point.y()).row is None)


def cluster_point(window: MainWindow) -> tuple[Cluster, QPoint]:
    """Scroll the counts into view, which stand below the events of a lane, and return the first of them."""
    window.timeline.scroll_bar.setValue(window.timeline.scroll_bar.maximum())
    cluster = window.timeline.frame.clusters[0]
    return cluster, QPoint(round(cluster.x_px), round(cluster.y_px))


def drop(window: MainWindow, files: Sequence[Path], modifiers: Qt.KeyboardModifier) -> None:
    """Drop files on the window as the system does: enter, then drop."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    buttons, action = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(600, 300), action, data, buttons, modifiers)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(600, 300), action, data, buttons, modifiers))


def test_a_click_selects_in_every_pane(window: MainWindow, qtbot: QtBot) -> None:
    row = row_of(window, "mutual-assistance-pact")
    window.set_lower_tab(table=True)
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=places(window, "mutual-assistance-pact")[0])
    assert selected(window) == ["Mutual assistance pact"]
    assert window.timeline.highlights.selected == (row,)
    assert window.event_table.events.event_row(window.event_table.selectionModel().selectedRows()[0].row()) == row
    assert "Vandenbroeck" in window.excerpt_pane.citation_text
    assert "Mutual assistance pact" in words_of(window.excerpt_pane)
    assert window.status_line.selection_label.text() == "selected: Mutual assistance pact"
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=empty_place(window))
    assert selected(window) == []
    assert window.event_table.selectionModel().selectedRows() == []


def test_a_row_of_the_table_is_shown_on_the_timeline(window: MainWindow, qtbot: QtBot) -> None:
    window.set_lower_tab(table=True)
    table = window.event_table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    row = table.events.event_row(table.currentIndex().row())
    assert selected(window) == [window.session.table.event(row).title]
    assert places_of(window.timeline.frame, row) != []
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(selected(window)) == 2
    assert window.status_line.selection_label.text() == "2 selected"


def test_ctrl_click_adds_and_takes_out(window: MainWindow, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    window.resize(1280, 1000)
    first, second = (places(window, event_id)[-1] for event_id in ("kursk-incursion", "tsukuryne-claim"))
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, control, pos=second)
    assert selected(window) == ["Ukrainian troops in Kursk region", "Russia claims Tsukuryne"]
    qtbot.mouseClick(window.timeline, Qt.MouseButton.LeftButton, control, pos=first)
    assert selected(window) == ["Russia claims Tsukuryne"]


def test_hover_lights_every_copy_and_says_what_it_is(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 1000)
    qtbot.waitUntil(lambda: len(places(window, "mutual-assistance-pact")) >= 2)
    points = places(window, "mutual-assistance-pact")
    before = window.timeline.grab().toImage()
    qtbot.mouseMove(window.timeline, points[0])
    assert window.session.hovered == row_of(window, "mutual-assistance-pact")
    after = window.timeline.grab().toImage()
    for point in points:
        around = QRect(point - QPoint(12, 12), point + QPoint(12, 12))
        assert before.copy(around) != after.copy(around)
    assert "Mutual assistance pact" in QToolTip.text()
    assert "June 2024" in QToolTip.text()
    assert "Putin" in QToolTip.text()
    QApplication.sendEvent(window.timeline, QEvent(QEvent.Type.Leave))
    assert window.session.hovered is None


def test_double_click_zooms_to_the_event(window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.viewport.span_s
    qtbot.mouseDClick(window.timeline, Qt.MouseButton.LeftButton, pos=places(window, "kursk-incursion")[0])
    row, view = row_of(window, "mutual-assistance-pact"), window.session.viewport
    assert view.span_s < before
    window.navigator.zoom_to_event(row)
    times, view = window.session.table.times, window.session.viewport
    assert view.left_s < times.start_earliest_s[row] < times.end_latest_s[row] < view.right_s
    assert window.session.selection == (row,)


def test_a_count_opens_by_zooming_where_time_parts_its_events(
    opened: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(crowd_file(tmp_path / "crowd.yaml", lambda number: 1 + number % 28))
    window.session.set_viewport(window.session.viewport.zoomed(1 / 40, 300))
    cluster, point = cluster_point(window)
    assert cluster.count > 1
    before = window.session.viewport.span_s
    qtbot.mouseDClick(window.timeline, Qt.MouseButton.LeftButton, pos=point)
    assert window.session.viewport.span_s < before
    assert dialogs(window, EventListDialog) == []


def test_a_count_that_no_zoom_parts_opens_as_a_list(
    opened: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(crowd_file(tmp_path / "crowd.yaml", lambda _number: 7))
    cluster, point = cluster_point(window)
    qtbot.mouseDClick(window.timeline, Qt.MouseButton.LeftButton, pos=point)
    [found] = dialogs(window, EventListDialog)
    assert isinstance(found, EventListDialog)
    assert found.model.rowCount() == cluster.count
    chosen = found.model.row_of(found.model.index(0, 0))
    qtbot.keyClick(found.view, Qt.Key.Key_Return)
    assert window.session.selection == (chosen,)
    qtbot.mouseMove(window.timeline, point)
    assert f"and {cluster.count - 5:,} more" in QToolTip.text()


def test_a_dropped_file_is_opened(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    good = write(tmp_path / "good.yaml", GOOD)
    with qtbot.waitSignal(window.files.opened):
        drop(window, [good], Qt.KeyboardModifier.NoModifier)
    assert all_titles(window.session.table) == ["One"]
    assert window.windowTitle().startswith("Good")
    assert window.files.paths == (good,)


def test_a_file_dropped_with_ctrl_is_merged(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    bundled = set(all_titles(window.session.table))
    for number, title in enumerate(("One", "Two"), 1):
        file = write(tmp_path / f"{title}.yaml", GOOD.replace("One", title))
        with qtbot.waitSignal(window.files.opened):
            drop(window, [file], Qt.KeyboardModifier.ControlModifier)
        assert len(window.session.table) == len(bundled) + number
    assert set(all_titles(window.session.table)) == bundled | {"One", "Two"}


def test_what_is_no_file_cannot_be_dropped(window: MainWindow) -> None:
    for data in (QMimeData(), QMimeData()):
        data.setText("some text")
        event = QDragEnterEvent(
            QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        event.ignore()
        QApplication.sendEvent(window, event)
        assert not event.isAccepted()


def test_a_broken_file_is_told_with_its_place_and_the_window_stays(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    broken = write(tmp_path / "broken.yaml", BROKEN)
    table, view = window.session.table, window.session.viewport
    with qtbot.waitSignal(window.files.failed):
        drop(window, [broken], Qt.KeyboardModifier.NoModifier)
    assert (window.session.table, window.session.viewport) == (table, view)
    [notice] = dialogs(window, NoticeDialog)
    assert f"{broken}:3:1" in words_of(notice)
    assert "not closed" in words_of(notice)
    assert window.status_line.selection_label.text() == ""


def test_of_several_files_the_readable_ones_open(
    opened: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    good, broken = write(tmp_path / "good.yaml", GOOD), write(tmp_path / "broken.yaml", BROKEN)
    window = opened(good, broken)
    assert all_titles(window.session.table) == ["One"]
    assert "broken.yaml:3:1" in window.status_line.selection_label.text()
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([broken, good])
    assert window.files.paths == (good,)
    assert "broken.yaml:3:1" in window.status_line.selection_label.text()


def test_bad_rows_are_counted_in_a_quiet_bar_that_lists_them(
    opened: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(write(tmp_path / "bad.yaml", BAD_ROWS))
    assert all_titles(window.session.table) == ["Good"]
    assert window.problems_bar.isVisible()
    label = window.problems_bar.findChild(PlainLabel, "problems_words")
    assert isinstance(label, PlainLabel)
    assert label.text() == "2 problems in this file; 2 of 3 records left out"
    assert window.status_line.problems_button.text() == "2 problems"
    show = next(one for one in window.problems_bar.findChildren(TextButton) if one.text() == "Show")
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    [found] = dialogs(window, ProblemsDialog)
    assert isinstance(found, ProblemsDialog)
    listed = [
        [str(found.model.index(row, column).data()) for column in range(found.model.columnCount())]
        for row in range(found.model.rowCount())
    ]
    assert [cells[2] for cells in listed] == ["5", "6"]
    assert "30 is not a day" in listed[0][-1]


def test_the_problems_go_with_the_file(opened: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(write(tmp_path / "bad.yaml", BAD_ROWS))
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([])
    assert not window.problems_bar.isVisible()
    assert window.status_line.problems_button.text() == "no problems"


def test_other_files_start_anew(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.session.set_filter(Filter(actors=("Russia",)))
    window.search_box.field.setText("Kursk")
    window.session.show_event(3)
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([write(tmp_path / "good.yaml", GOOD)])
    session = window.session
    assert (session.wanted, session.selection, session.hits) == (Filter(), (), Hits())
    assert (window.search_box.field.text(), window.chips_bar.isVisible()) == ("", False)
    assert not session.can_undo
    assert not session.can_go_back


def test_theme_and_text_size_hold_at_once(window: MainWindow) -> None:
    window.settings.set(settings_table.THEME, "dark")
    assert window.look.theme == DARK
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.panel
    assert window.timeline.grab().toImage().pixelColor(300, 5).name() == DARK.background
    window.settings.set(settings_table.THEME, "light")
    assert window.timeline.grab().toImage().pixelColor(300, 5).name() == LIGHT.background
    before = window.timeline.frame.measures.line_px
    window.settings.set(settings_table.TEXT_SIZE, 200)
    assert window.timeline.frame.measures.line_px == 2 * before
    assert QApplication.font().pixelSize() == 26


def test_all_text_has_its_font_from_the_start(window: MainWindow) -> None:
    def fonts() -> dict[QWidget, tuple[int, bool]]:
        return {one: (one.font().pixelSize(), one.font().bold()) for one in window.findChildren(QWidget)}

    before = fonts()
    window.settings.set(settings_table.THEME, "dark")
    after = fonts()
    assert [one for one, font in before.items() if isValid(one) and after.get(one, font) != font] == []


def test_what_the_timeline_shows_holds_at_once(window: MainWindow) -> None:
    settings, timeline = window.settings, window.timeline
    settings.set(settings_table.LANES, 3)
    assert len(window.session.lanes.lanes) == 4
    settings.set(settings_table.LANE_ROWS, 4)
    assert all(lane.bottom_px - lane.top_px <= 24 + 5 * 26 + 8 for lane in timeline.frame.lanes)
    assert timeline.frame.counts.merged > 0
    settings.set(settings_table.SHOW_TITLES, value=False)
    assert not timeline.frame.singles.title_width_px.any()
    assert [guide.label for guide in timeline.frame.guides].count("today") <= 1
    window.navigator.go_to(window.services.now_s(), window.services.now_s())
    assert "today" in [guide.label for guide in timeline.frame.guides]
    settings.set(settings_table.SHOW_TODAY, value=False)
    assert "today" not in [guide.label for guide in timeline.frame.guides]


def test_the_wheel_scrolls_where_it_is_set_to(window: MainWindow) -> None:
    before = window.session.viewport
    wheel(window, QPointF(400, 300), -120)
    assert window.session.viewport.span_s > before.span_s
    window.settings.set(settings_table.WHEEL, "scroll")
    zoomed = window.session.viewport
    wheel(window, QPointF(400, 300), -120)
    assert window.session.viewport == zoomed
    assert window.timeline.scroll_bar.value() > 0


def test_the_time_zone_holds_at_once(opened: Callable[..., MainWindow], tmp_path: Path) -> None:
    text = "timeline_format: 1\nevents: [{title: Instant, when: 2024-03-05T22:30Z}]\n"
    window = opened(write(tmp_path / "instant.yaml", text))
    window.set_lower_tab(table=True)
    cell = window.event_table.events.index(0, 0)
    assert "22:30" in str(cell.data())
    window.settings.set(settings_table.TIME_ZONE, "Asia/Seoul")
    assert "6 Mar 2024" in str(cell.data())
    assert "07:30" in str(cell.data())


class System(QObject):
    """Stands for the system's choice of light or dark, which the offscreen platform has none of."""

    colorSchemeChanged = Signal(Qt.ColorScheme)  # noqa: N815 — Qt's

    def __init__(self) -> None:
        super().__init__()
        self._scheme = Qt.ColorScheme.Unknown

    def set_scheme(self, scheme: Qt.ColorScheme) -> None:
        self._scheme = scheme
        self.colorSchemeChanged.emit(scheme)

    def styleHints(self) -> System:  # noqa: N802 — Qt's
        return self

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802 — Qt's
        return self._scheme


def test_light_and_dark_follow_the_system(opened: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch) -> None:
    system = System()
    monkeypatch.setattr(look, "QGuiApplication", system)
    window = opened()
    for scheme, theme in ((Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT)):
        system.set_scheme(scheme)
        assert window.look.theme == theme
        assert window.timeline.grab().toImage().pixelColor(300, 5).name() == theme.background
        assert window.grab().toImage().pixelColor(5, 760).name() == theme.panel
    window.settings.set(settings_table.THEME, "light")
    system.set_scheme(Qt.ColorScheme.Dark)
    assert window.look.theme == LIGHT


@pytest.mark.parametrize("text_size", [100, 150, 200])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (3840, 2160)], ids=str)
def test_nothing_is_clipped_or_laid_over_another(
    opened: Callable[..., MainWindow], size: tuple[int, int], text_size: int
) -> None:
    settings = Settings()
    settings.set(settings_table.TEXT_SIZE, text_size)
    window = opened(settings=settings)
    window.resize(*size)
    window.session.set_filter(Filter(actors=("Russia", "North Korea")))
    window.session.show_event(row_of(window, "storm-corps-to-kursk"))
    QApplication.processEvents()
    assert (window.width(), window.height()) == size
    panes = (
        *(window.menuBar(), window.search_box, window.actors_panel, window.chips_bar, window.timeline),
        *(window.lower_tabs, window.excerpt_pane, window.status_line),
    )
    rects = {pane: QRect(pane.mapTo(window, QPoint()), pane.size()) for pane in panes}
    for number, (pane, rect) in enumerate(rects.items()):
        assert window.rect().contains(rect), pane
        for other, other_rect in list(rects.items())[number + 1 :]:
            assert not rect.intersects(other_rect), (pane, other)
    assert window.timeline.width() >= 320
    assert window.timeline.height() >= 160
    for part in fixed_words(window):
        assert part.width() >= part.sizeHint().width(), part
        assert part.height() >= part.fontMetrics().height(), part


def fixed_words(window: MainWindow) -> list[QWidget]:
    """Return the parts whose words have to be read whole."""
    line = window.status_line
    parts: list[QWidget] = [line.counts_label, line.range_label, line.problems_button, window.actors_panel.match_button]
    parts += [*window.chips_bar.chips, window.chips_bar.clear_button, window.chips_bar.match_button]
    return [*parts, window.actors_panel.all_button, window.actors_panel.none_button]


def test_the_window_can_be_made_small_and_large_again(window: MainWindow) -> None:
    for size in ((640, 400), (2000, 1200), (900, 500)):
        window.resize(*size)
        QApplication.processEvents()
        assert window.session.viewport.width_px == window.timeline.width()
        assert window.timeline.frame.width_px == window.timeline.width()


def test_what_scrolls_sideways_nowhere_hides_words(window: MainWindow) -> None:
    window.session.show_event(row_of(window, "troops-to-far-east"))
    QApplication.processEvents()
    for area in window.findChildren(QScrollArea):
        content = area.widget()
        if area.isVisible() and content is not None:
            assert content.width() <= area.viewport().width(), area.objectName()


def check_counts(window: MainWindow) -> None:
    """Check that what stands on screen accounts for every event, and is what the state says."""
    counts, session = window.timeline.frame.counts, window.session
    found = COUNTS.match(window.status_line.counts_label.text())
    assert found is not None, window.status_line.counts_label.text()
    beyond = OUTSIDE.search(window.status_line.counts_label.text())
    numbers = (*found.groups(), beyond.group(1) if beyond else "0")
    loaded, shown, merged, filtered, outside = (int(number.replace(",", "")) for number in numbers)
    assert shown + merged + outside + filtered == loaded == len(session.table)
    assert (counts.shown, counts.merged, counts.outside, counts.filtered_out) == (shown, merged, outside, filtered)
    assert filtered == loaded - int(session.result.mask.sum())


def walk(session: Session, chance: random.Random) -> None:
    """Do something that changes what is on screen."""
    view = session.viewport
    names = session.table.actors.names
    steps: list[Callable[[], object]] = [
        lambda: session.set_viewport(view.zoomed(chance.choice([0.01, 0.3, 1.7, 9, 400]), chance.random() * 600)),
        lambda: session.set_viewport(view.panned(chance.uniform(-2000, 2000))),
        lambda: session.set_filter(
            Filter(
                actors=tuple(chance.sample(names, min(chance.randint(0, 3), len(names)))),
                since=chance.choice(["", "2000", "2024-06"]),
                min_importance=chance.randint(1, 5),
            )
        ),
        lambda: session.set_filter(Filter(certain=chance.random() < 0.5, until="2024-10")),
        lambda: session.set_filter(Filter()),
        lambda: session.set_grouping(chance.choice(list(Grouping))),
        lambda: session.set_lane_limit(chance.randint(1, 12)),
        session.fit_all,
        session.undo,
        session.redo,
        session.go_back,
        lambda: session.show_event(chance.randrange(len(session.table))),
    ]
    chance.choice(steps)()


@pytest.mark.parametrize("seed", range(6))
def test_shown_merged_and_filtered_are_all_at_every_step(
    opened: Callable[..., MainWindow], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    files = [crowd_file(tmp_path / "crowd.yaml", lambda number: 1 + number % 28)] if seed % 2 else []
    window = opened(*files)
    for _ in range(60):
        walk(window.session, chance)
        if chance.random() < 0.3:
            window.settings.set(settings_table.LANE_ROWS, chance.randint(2, 16))
        check_counts(window)


def wheel(window: MainWindow, at: QPointF, angle: int) -> None:
    """Turn the wheel over a place of the timeline."""
    event = QWheelEvent(
        at,
        QPointF(window.timeline.mapToGlobal(at)),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(window.timeline, event)


def test_a_chip_takes_its_part_of_the_filter_away(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_filter(Filter(actors=("Russia",), types=("attack",)))
    QApplication.processEvents()
    chip = window.chips_bar.chips[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, chip.height() // 2))
    assert window.session.wanted in {Filter(actors=("Russia",)), Filter(types=("attack",))}
    QTest.keyClick(window.chips_bar.chips[0], Qt.Key.Key_Delete)
    assert window.session.wanted == Filter()
    assert not window.chips_bar.isVisible()


def test_an_actor_ticked_at_the_left_is_what_the_timeline_shows(window: MainWindow, qtbot: QtBot) -> None:
    field = window.actors_panel.find_field
    field.setFocus()
    QTest.keyClicks(field, "houthi")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.wanted == Filter(actors=("Houthis",))
    shown = set(window.timeline.frame.singles.rows.tolist())
    assert shown == {row_of(window, "red-sea-attacks"), row_of(window, "houthi-targeting-data")}
    assert window.status_line.counts_label.text().startswith("24 events = 2 shown + 0 merged + 22 filtered out")


def test_tab_goes_from_the_excerpt_pane_into_what_it_shows(window: MainWindow) -> None:
    window.session.set_selection((row_of(window, "mutual-assistance-pact"),))
    window.timeline.setFocus()
    stops: list[str] = []
    for _ in range(32):
        window.focusNextChild()
        focus = window.focusWidget()
        stops.append(focus.objectName() or focus.accessibleName())
    wanted = ["Overview of all events", "search_field", "find_actor", "excerpt_scroll", "Russia, signatory", "Timeline"]
    assert [stop for stop in stops if stop in wanted][: len(wanted)] == wanted
    assert stops.index("Russia, signatory") == stops.index("excerpt_scroll") + 1


def test_all_that_is_to_be_said_of_files_is_said_together(
    opened: Callable[..., MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [tmp_path / name / "events.csv" for name in ("one", "two")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("title,date,source\nA,2024-01-01,paper\n")
        (path.parent / "sources.csv").write_text("key,title\npaper,The Paper\n")
    words = "events.csv is read together with sources.csv, beside it"
    window = opened(*paths)
    assert window.message == f"{words}. {words}"
    with qtbot.waitSignal(window.files.opened):
        window.files.reopen()
    assert window.message == f"{words}. {words}"
