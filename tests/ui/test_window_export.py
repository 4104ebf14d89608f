"""What a window shows is written as it was asked for, and never over what nobody gave up."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence
from pytestqt.qtbot import QtBot

from tests.helpers.shown import close_for_good
from tests.helpers.tables import make_event, make_table
from timeline_app.app import create_window
from timeline_app.core.errors import TimelineError, WriteError
from timeline_app.core.filter import Filter
from timeline_app.core.palette import DARK, LIGHT
from timeline_app.core.watch import Watch
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.ui import picture
from timeline_app.ui.dialogs.export_dialog import ExportDialog
from timeline_app.ui.dialogs.notice_dialog import NoticeDialog
from timeline_app.ui.export_subject import ExportSubject
from timeline_app.ui.export_wish import ExportWish, What
from timeline_app.ui.file_writer import MOST_AT_ONCE
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import THEME
from timeline_app.ui.window_export import export_wish, is_quick

# The offscreen platform says so for every dialog.
pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")

SMALL = "timeline_format: 1\ntitle: Small\nevents: [{title: One, when: 2024-03}]\n"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    settings = Settings()
    settings.set(THEME, "light")
    window = create_window([], settings=settings)
    window.resize(1000, 700)
    with qtbot.waitActive(window):
        window.show()
    yield window
    close_for_good(window)


@pytest.fixture
def wish(tmp_path: Path) -> ExportWish:
    return ExportWish(What.TIMELINE, "png", tmp_path / "out.png", 800, 500, 1, "light", replaces=False)


def test_events_obey_the_filter(window: MainWindow, wish: ExportWish, tmp_path: Path) -> None:
    window.session.set_filter(Filter(actors=("Houthis",)))
    path = tmp_path / "out.jsonl"
    export_wish(window, replace(wish, what=What.EVENTS, format="jsonl", path=path))
    titles = [json.loads(line)["title"] for line in path.read_text(encoding="utf-8").splitlines()]
    assert titles == ["Houthi attacks on ships", "Targeting data for the Houthis"]


@pytest.mark.parametrize(("scale", "size"), [(1, (800, 500)), (2, (1600, 1000))])
def test_a_picture_of_the_timeline_has_its_size_and_colours(
    window: MainWindow, wish: ExportWish, scale: int, size: tuple[int, int]
) -> None:
    export_wish(window, replace(wish, scale=scale, theme="dark"))
    image = QImage(str(wish.path))
    assert (image.width(), image.height()) == size
    assert image.pixelColor(2, 2).name() == DARK.background
    assert window.look.theme == LIGHT


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: str(theme.name))
def test_a_picture_of_the_window_has_the_colours_that_were_asked_for(
    window: MainWindow, wish: ExportWish, theme: object
) -> None:
    wanted = DARK if theme is DARK else LIGHT
    export_wish(window, replace(wish, what=What.WINDOW, theme=wanted.name, scale=2))
    image = QImage(str(wish.path))
    assert (image.width(), image.height()) == (2000, 1400)
    assert image.pixelColor(4, 1380).name() == wanted.panel
    assert image.pixelColor(900, 160).name() == wanted.background
    assert window.look.theme == LIGHT
    assert window.grab().toImage().pixelColor(2, 690).name() == LIGHT.panel


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("what", [What.TIMELINE, What.WINDOW])
def test_vector_pictures(window: MainWindow, wish: ExportWish, what: What, kind: str, start: bytes) -> None:
    path = wish.path.with_suffix(f".{kind}")
    export_wish(window, replace(wish, what=what, format=kind, path=path))
    assert path.read_bytes().startswith(start)


@pytest.mark.parametrize("what", list(What))
def test_a_file_in_the_way_stays_unless_it_was_given_up(window: MainWindow, wish: ExportWish, what: What) -> None:
    wish = replace(wish, what=what, format="json" if what is What.EVENTS else "png")
    wish.path.write_text("mine", encoding="utf-8")
    with pytest.raises(TimelineError, match=r"out\.png"):
        export_wish(window, wish)
    assert wish.path.read_text(encoding="utf-8") == "mine"
    export_wish(window, replace(wish, replaces=True))
    assert wish.path.read_bytes() != b"mine"


@pytest.mark.parametrize("what", list(What))
def test_a_file_that_is_open_is_never_written_over(qtbot: QtBot, wish: ExportWish, tmp_path: Path, what: What) -> None:
    source = tmp_path / "source.yaml"
    source.write_text(SMALL, encoding="utf-8")
    window = create_window([source])
    qtbot.addWidget(window)
    kind = "yaml" if what is What.EVENTS else "png"
    with pytest.raises(TimelineError):
        export_wish(window, replace(wish, what=what, format=kind, path=source, replaces=True))
    assert source.read_text(encoding="utf-8") == SMALL


def test_a_folder_that_is_gone_is_told(window: MainWindow, wish: ExportWish, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="gone"):
        export_wish(window, replace(wish, path=tmp_path / "gone" / "out.png"))


def ask(window: MainWindow, qtbot: QtBot) -> ExportDialog:
    """Press the key for exporting and return the dialog."""
    qtbot.keySequence(window.timeline, QKeySequence("Ctrl+E"))
    [dialog] = window.findChildren(ExportDialog)
    return dialog


def press(qtbot: QtBot, dialog: ExportDialog) -> None:
    qtbot.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


def test_the_dialog_leads_to_the_file(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ask(window, qtbot)
    dialog.fields.file.setText(str(tmp_path / "shown.png"))
    with qtbot.waitSignal(window.writer.busy_changed, check_params_cb=lambda busy: not busy):
        press(qtbot, dialog)
    assert not QImage(str(tmp_path / "shown.png")).isNull()
    assert window.status_line.selection_label.text() == f"Exported to {tmp_path / 'shown.png'}"


def test_a_window_that_cannot_be_drawn_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picture, "LARGEST_SIDE_PX", 500)
    dialog = ask(window, qtbot)
    dialog.fields.what.setCurrentIndex(list(What).index(What.WINDOW))
    dialog.fields.file.setText(str(tmp_path / "window.png"))
    press(qtbot, dialog)
    [notice] = window.findChildren(NoticeDialog)
    words = "\n".join(label.text() for label in notice.findChildren(PlainLabel))
    assert "Nothing was exported" in words
    assert "between 64 and 500 pixels a side" in words
    assert not (tmp_path / "window.png").exists()


@pytest.mark.parametrize(("events", "quick"), [(MOST_AT_ONCE, True), (MOST_AT_ONCE + 1, False)])
def test_the_window_does_not_wait_for_many_events(wish: ExportWish, *, events: int, quick: bool) -> None:
    table = make_table([make_event(f"e{number}", "2024") for number in range(events)])
    subject = ExportSubject(table, Filter(), (0, 1), EnglishWords())
    assert is_quick(replace(wish, what=What.EVENTS, format="yaml"), subject) is quick


def test_what_could_not_be_written_is_told(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    source = tmp_path / "source.yaml"
    source.write_text(SMALL, encoding="utf-8")
    with qtbot.waitSignal(window.files.opened):
        window.files.open_files([source])
    dialog = ask(window, qtbot)
    dialog.fields.what.setCurrentIndex(list(What).index(What.EVENTS))
    dialog.fields.format.setCurrentIndex(dialog.fields.format.findData("yaml"))
    dialog.fields.file.setText(str(source))
    press(qtbot, dialog)
    assert dialog.export_button.text() == "Replace"
    press(qtbot, dialog)
    [notice] = window.findChildren(NoticeDialog)
    words = "\n".join(label.text() for label in notice.findChildren(PlainLabel))
    assert "Nothing was exported" in words
    assert "source.yaml" in words
    assert source.read_text(encoding="utf-8") == SMALL


@pytest.mark.parametrize("ending", ["written", "cancelled", "failed"])
def test_a_window_closes_once_what_is_being_written_is_there(window: MainWindow, qtbot: QtBot, ending: str) -> None:
    goes_on, told = threading.Event(), list[str]()

    def work(watch: Watch) -> str:
        goes_on.wait(30)
        watch.go_on()
        if ending == "failed":
            raise WriteError("no room")
        return "written"

    window.writer.write("a", work, told.append, lambda error: told.append(str(error)))
    assert not window.close()
    assert window.isVisible()
    assert "Closes once the file is written" in window.message
    if ending == "cancelled":
        window.writer.cancel()
    with qtbot.waitSignal(window.writer.busy_changed):
        goes_on.set()
    assert window.isVisible() == (ending == "failed")
    assert told == {"written": ["written"], "cancelled": [], "failed": ["no room"]}[ending]
