"""Make the guide's pictures of dialogs: python -m tests.helpers.dialog_pictures FOLDER."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QDialog

from timeline_app.app import create_window
from timeline_app.core.document_reading import event_documents
from timeline_app.core.filter import Filter
from timeline_app.ui.dialogs.actor_card_dialog import ActorCardDialog
from timeline_app.ui.dialogs.document_dialog import DocumentDialog
from timeline_app.ui.dialogs.export_dialog import ExportDialog
from timeline_app.ui.dialogs.export_preview import WAITING
from timeline_app.ui.dialogs.mapping_dialog import MappingDialog
from timeline_app.ui.dialogs.meetings_dialog import MeetingsDialog
from timeline_app.ui.dialogs.table_look import look_at_table
from timeline_app.ui.export_wish import What
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.picture import settle_unseen
from timeline_app.ui.settings import Settings
from timeline_app.ui.settings_table import THEME
from timeline_app.ui.window_export import export_subject, window_image

DEADLINE_S = 60
WINDOW_PX = (1440, 900)
COLUMNS_PX = (960, 600)
STORY_PX = (1280, 720)
# As they open where the screen has room for them.
MEETINGS_PX = (1184, 600)
EXPORT_PX = (960, 470)
SUGGESTED = "korean-troops-2024.png"
# Days and months may stand in either order.
TABLE = """Titel;Datum;Ort;Akteure;Quelle
Schlacht am Isonzo;03.05.1917;Görz;Italien, Österreich-Ungarn;Heeresbericht
Durchbruch bei Karfreit;04.10.1917;Kobarid;Deutsches Reich, Österreich-Ungarn;Heeresbericht
Rückzug an den Piave;09.11.1917;Piave;Italien;Bollettino
Waffenstillstand;04.11.1918;Padua;Italien, Österreich-Ungarn;Bollettino
"""
READER_PX = (1080, 620)
QUOTATIONS = 3
# Made up, as is the table above.
DOCUMENT = """Bulletin of 28 October 1917

On the morning of the 24th the enemy attacked between Flitsch and Tolmein under cover of fog and gas. Karfreit was
lost before evening.

Over the Isonzo all bridges were destroyed. No figures of prisoners are given here.

The Second Army has begun to retreat towards the Tagliamento. The Third Army follows it in good order along the coast.

Weather: rain in the plain, snow above 1,200 metres.

Yesterday the government in Rome resigned.
"""
QUOTING = """timeline_format: 1
title: Karfreit, October 1917
sources:
  bulletin: {title: Bulletin of 28 October 1917, published: "1917-10-28", file: bulletin.txt}
events:
  - id: attack
    title: Attack between Flitsch and Tolmein
    when: 1917-10-24
    excerpts: [{text: On the morning of the 24th the enemy attacked between Flitsch and Tolmein, source: bulletin}]
  - id: retreat
    title: The Second Army retreats
    when: 1917-10
    excerpts: [{text: The Second Army has begun its retreat towards the Tagliamento., source: bulletin}]
  - id: government
    title: The government in Rome resigns
    when: 1917-10-27
    excerpts: [{text: Yesterday the government in Rome resigned., source: bulletin}]
"""


def make_pictures(folder: Path, theme: str = "light", wanted: What = What.TIMELINE, format_name: str = "png") -> None:
    """Write the pictures of dialogs, of a story, of the axis of knowledge, and of a document that is read."""
    settings = Settings()
    settings.set(THEME, theme)
    window = create_window([], settings=settings)
    window.resize(*WINDOW_PX)
    window.show()
    with tempfile.TemporaryDirectory() as temporary:
        table = Path(temporary) / "Gefechte 1917.csv"
        table.write_text(TABLE, encoding="utf-8")
        columns = MappingDialog(table, partial(look_at_table, table, ""), window.look)
        columns.resize(*COLUMNS_PX)
        waiting = columns.summary.text()
        save(columns, folder / "columns.png", lambda: columns.summary.text() != waiting)
    meetings = MeetingsDialog(window.session, window.look, window)
    meetings.resize(*MEETINGS_PX)
    save(meetings, folder / "meetings.png", lambda: meetings.model.matrix is not None)
    card = ActorCardDialog("Russia", window.session, window.look, window)
    save(card, folder / "actor-card.png", lambda: card.card is not None)
    export = ExportDialog(window.look, Path(SUGGESTED), export_subject(window), partial(window_image, window), window)
    export.fields.what.setCurrentIndex(export.fields.what.findData(wanted.value))
    export.fields.format.setCurrentIndex(export.fields.format.findData(format_name))
    export.resize(*EXPORT_PX)
    export.show()
    save(export, folder / "export.png", lambda: export.preview.note.text() not in {"", WAITING})
    save_story(window, folder / "story.png")
    save_knowledge(window, folder / "knowledge.png")
    window.close()
    save_reader(settings, folder / "reader.png")


def save_story(window: MainWindow, output: Path) -> None:
    """Write the picture of a window that tells the story of its timeline, at its third step."""
    window.resize(*STORY_PX)
    window.story_bar.tell(window.session.table.stories[0])
    for _ in range(2):
        window.story_bar.next.click()
    window.story_bar.setFocus()
    save_window(window, output)


def save_knowledge(window: MainWindow, output: Path) -> None:
    """Write the picture of a window with the axis of knowledge, and the lags from events to their first reports."""
    window.story_bar.close_button.click()
    window.show_knowledge(shown=True)
    window.session.set_selection(())
    window.session.set_filter(Filter())
    window.session.fit_all()
    save_window(window, output)


def save_reader(settings: Settings, output: Path) -> None:
    """Write the picture of a document with what events quote of it."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "karfreit.yaml"
        path.write_text(QUOTING, encoding="utf-8")
        (path.parent / "bulletin.txt").write_text(DOCUMENT, encoding="utf-8")
        window = create_window([path], settings=settings)
        window.resize(*WINDOW_PX)
        window.show()
        session = window.session
        wait(lambda: session.table.row_of("retreat") is not None, output)
        session.show_event(session.table.row_of("retreat") or 0)
        (source, excerpt), *_ = event_documents(session.table.event(session.current or 0), session.table)
        reader = DocumentDialog(source, excerpt, session, window.look, window)
        reader.resize(*READER_PX)
        save(reader, output, lambda: reader.model.rowCount() == QUOTATIONS)
        window.close()


def save_window(window: MainWindow, output: Path) -> None:
    """Write the picture of a window once it has come to rest."""
    session, timeline = window.session, window.timeline
    settle_unseen(
        window,
        lambda: session.is_settled and window.actors_panel.counter.is_settled and not timeline.is_travelling,
    )
    timeline.complete()
    window.status_line.set_counts(timeline.frame.counts)
    window.status_line.catch_up()
    window.grab().save(str(output))


def save(dialog: QDialog, output: Path, is_ready: Callable[[], bool]) -> None:
    """Write the picture of a dialog once all is there that it works out."""
    dialog.show()
    wait(is_ready, output)
    dialog.grab().save(str(output))
    dialog.close()


def wait(is_ready: Callable[[], bool], output: Path) -> None:
    """Run the event loop until something is ready; end the program when that takes too long."""
    until_s = time.monotonic() + DEADLINE_S
    while not is_ready():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
        if time.monotonic() > until_s:
            sys.exit(f"{output} stays as it is: nothing was ready within {DEADLINE_S} seconds")


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    make_pictures(Path(sys.argv[1]))
