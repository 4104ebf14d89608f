"""The reader shows a document with its excerpts at their places, in step with the selection of the window."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_dialog, shown_window
from tests.helpers.tables import make_event, make_table, row_of
from timeline_app.core.event import Excerpt, Verified
from timeline_app.core.filter import Filter
from timeline_app.core.source_document import DocumentState
from timeline_app.loading import load_table
from timeline_app.readers import read
from timeline_app.ui import file_questions
from timeline_app.ui.dialogs.document_dialog import DocumentDialog
from timeline_app.ui.dialogs.notice_dialog import NoticeDialog
from timeline_app.ui.dialogs.proposal_dialog import ADDS_EXCERPT, ProposalDialog
from timeline_app.ui.document_dialogs import saved_row
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.text_button import TextButton
from timeline_app.ui.safe_widgets import PlainLabel

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support raise\(\)")

PARAGRAPHS = [f"In week {number} 𝐚 nothing happened at all." for number in range(40)]
PARAGRAPHS[5] = "The ministers signed a “pact of mutual help” in June."
PARAGRAPHS[30] = "Some 10,000 troops left in October. <b>No markup</b>"
TIMELINE = """timeline_format: 1
sources:
  paper: {title: The paper, file: paper.txt}
  radio: {title: The radio}
events:
- id: pact
  title: Pact
  when: 2024-06
  excerpts: [{source: paper, text: 'signed a "pact of mutual help" in June'}]
- id: troops
  title: Troops
  when: 2024-10
  excerpts: [{source: paper, text: "Some 12,000 troops left in October."}, {source: paper, text: "never there at all"}]
- id: heard
  title: Heard
  when: 2024-11
  excerpts: [{source: radio, text: heard}]
"""
CTRL = Qt.KeyboardModifier.ControlModifier
COPIED = '{source: copy, text: "never'


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.txt"
    path.write_text("\n\n".join(PARAGRAPHS), encoding="utf-8")
    return path


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, paper: Path) -> Iterator[MainWindow]:
    path = tmp_path / "timeline.yaml"
    path.write_text(TIMELINE, encoding="utf-8")
    yield from shown_window(qtbot, path)


def reader(qtbot: QtBot, window: MainWindow, event_id: str) -> DocumentDialog:
    """Open the reader at the first excerpt of an event and wait for its document."""
    table = window.session.table
    window.session.set_selection((row_of(table, event_id),))
    event = table.event(row_of(table, event_id))
    source = table.source_by_key["paper"]
    dialog = shown_dialog(qtbot, DocumentDialog(source, event.excerpts[0], window.session, window.look, window))
    qtbot.waitUntil(lambda: dialog.reading is not None)
    return dialog


def state(dialog: DocumentDialog) -> str:
    label = dialog.findChild(PlainLabel, "document_state")
    assert label is not None
    return label.text()


def marked(dialog: DocumentDialog) -> list[str]:
    """Return the words that are marked in the text, in the order in which they were marked."""
    return [selection.cursor.selectedText() for selection in dialog.view.extraSelections()]


def test_the_words_of_the_event_are_marked_and_seen(qtbot: QtBot, window: MainWindow) -> None:
    dialog = reader(qtbot, window, "troops")
    assert dialog.reading is not None
    pact, troops = "signed a “pact of mutual help” in June", "Some 10,000 troops left in October."
    assert marked(dialog) == [pact, troops, troops, "10,000"]
    first, last = dialog.view.seen()
    assert first <= dialog.reading.text.index(troops) <= last
    assert [(excerpt.title, str(excerpt.verified)) for excerpt in dialog.reading.excerpts] == [
        ("Pact", "normalised"),
        ("Troops", "near"),
        ("Troops", "missing"),
    ]
    assert state(dialog) == "paper.txt · no hash of it was recorded · 2 of 40 paragraphs quoted"


def test_an_excerpt_that_is_chosen_selects_its_event_and_the_other_way_round(qtbot: QtBot, window: MainWindow) -> None:
    dialog = reader(qtbot, window, "troops")
    session = window.session
    QTest.keyClick(dialog.list, Qt.Key.Key_Up)
    assert (dialog.current, session.current) == (0, row_of(session.table, "pact"))
    assert marked(dialog)[-1] == "signed a “pact of mutual help” in June"
    session.set_selection((row_of(session.table, "troops"),))
    assert dialog.current == 1
    session.set_selection((row_of(session.table, "heard"),))
    assert dialog.current == 1


def test_a_ring_in_the_margin_is_one_click_from_its_event(qtbot: QtBot, window: MainWindow) -> None:
    dialog = reader(qtbot, window, "troops")
    dialog.view.go_to((0, 0))
    ((number, top_px),) = dialog.margin.dots()
    assert number == 0
    middle_px = top_px + dialog.view.fontMetrics().lineSpacing() // 2
    QTest.mouseClick(dialog.margin, Qt.MouseButton.LeftButton, pos=QPoint(8, middle_px + 40))
    assert dialog.current == 1
    QTest.mouseClick(dialog.margin, Qt.MouseButton.LeftButton, pos=QPoint(8, middle_px))
    assert dialog.current == 0
    assert window.session.current == row_of(window.session.table, "pact")


def test_of_rings_in_one_line_each_click_takes_the_next(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    more = "- {id: help, title: Help, when: 2024-06, excerpts: [{source: paper, text: The ministers signed a}]}\n"
    (tmp_path / "timeline.yaml").write_text(TIMELINE + more, encoding="utf-8")
    window.session.set_table(load_table([tmp_path / "timeline.yaml"]))
    dialog = reader(qtbot, window, "troops")
    dialog.view.go_to((0, 0))
    (_, top_px), (_, other_px) = dialog.margin.dots()
    assert top_px == other_px
    ring = QPoint(8, top_px + dialog.view.fontMetrics().lineSpacing() // 2)
    found = []
    for _ in range(3):
        QTest.mouseClick(dialog.margin, Qt.MouseButton.LeftButton, pos=ring)
        found.append(dialog.current)
    assert found == [0, 1, 0]


def test_on_a_small_screen_the_text_keeps_its_room(qtbot: QtBot, window: MainWindow) -> None:
    dialog = reader(qtbot, window, "troops")
    dialog.resize(720, 600)
    qtbot.waitUntil(lambda: dialog.width() == 720)
    assert dialog.view.width() > 400 > dialog.list.width()


def test_the_strip_is_filled_where_events_quote(qtbot: QtBot, window: MainWindow) -> None:
    dialog = reader(qtbot, window, "troops")
    height = dialog.bar.height()
    (first, second) = dialog.bar.quoted_stretches()
    assert first[0] / height == pytest.approx(5 / 40, abs=0.02)
    assert second[0] / height == pytest.approx(30 / 40, abs=0.03)
    QTest.mouseClick(dialog.bar, Qt.MouseButton.LeftButton, pos=QPoint(5, 1))
    assert dialog.view.seen()[0] < 100


def test_a_document_that_has_changed_is_looked_through_again(qtbot: QtBot, window: MainWindow, paper: Path) -> None:
    paper.write_text("Some 10,000 troops left in October.\n\nNothing else.", encoding="utf-8")
    dialog = reader(qtbot, window, "troops")
    assert dialog.reading is not None
    assert [str(excerpt.verified) for excerpt in dialog.reading.excerpts] == ["near", "missing", "missing"]
    assert state(dialog) == "paper.txt · changed since its hash was recorded · 1 of 2 paragraphs quoted"


@pytest.fixture
def dated(qtbot: QtBot, tmp_path: Path, paper: Path) -> Iterator[MainWindow]:
    """Show a window whose troops are quoted from the document by a later source, too."""
    path = tmp_path / "dated.yaml"
    sources = "published: 2024-06, file: paper.txt}\n  copy: {published: 2024-11, file: paper.txt}"
    timeline = TIMELINE.replace("file: paper.txt}", sources).replace('{source: paper, text: "never', COPIED)
    path.write_text(timeline, encoding="utf-8")
    yield from shown_window(qtbot, path)


def test_the_reader_shows_what_was_known_on_the_day_of_the_filter(qtbot: QtBot, dated: MainWindow) -> None:
    dialog = reader(qtbot, dated, "troops")
    assert dialog.model.rowCount() == 3
    dated.session.set_filter(Filter(as_of="2024-10"))
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    assert [str(dialog.model.index(row, 1).data()) for row in range(2)] == ["Pact", "Troops"]
    dated.session.set_filter(Filter(as_of="2024-05"))
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0)
    assert state(dialog) == "paper.txt · appeared after the day that the filter asks for"
    assert not dialog.view.toPlainText()
    dated.session.set_filter(Filter())
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    assert dialog.isVisible()


def test_a_document_that_is_gone_is_told(qtbot: QtBot, window: MainWindow, paper: Path) -> None:
    paper.unlink()
    source = window.session.table.source_by_key["paper"]
    dialog = shown_dialog(qtbot, DocumentDialog(source, None, window.session, window.look, window))
    qtbot.waitUntil(lambda: state(dialog) == "paper.txt · cannot be read")
    assert dialog.view.placeholderText().startswith("paper.txt: there is no such file. Whether the words")
    # What events quote from it is listed all the same, and leads to them.
    signs = [str(dialog.model.index(row, 0).data()) for row in range(dialog.model.rowCount())]
    assert signs == ["–", "–", "–"]
    dialog.choose(0)
    assert window.session.current == row_of(window.session.table, "pact")


def test_the_reader_follows_another_table_as_long_as_it_names_the_document(qtbot: QtBot, window: MainWindow) -> None:
    dialog = reader(qtbot, window, "troops")
    before = dialog.reading
    window.session.set_table(window.session.table)
    qtbot.waitUntil(lambda: dialog.reading is not None)
    assert dialog.reading == before
    window.session.set_table(make_table())
    assert not dialog.isVisible()


def test_the_reader_stays_open_where_the_folder_is_told_from_another_place(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = reader(qtbot, window, "troops")
    before = dialog.source.document
    monkeypatch.chdir(tmp_path)
    window.session.set_table(load_table([Path("timeline.yaml")]))
    qtbot.waitUntil(lambda: dialog.reading is not None)
    assert before != dialog.source.document
    assert dialog.isVisible()


def select_words(dialog: DocumentDialog, words: str) -> None:
    """Select words of the document as a hand would."""
    found = dialog.view.document().find(words)
    assert not found.isNull()
    dialog.view.setTextCursor(found)


def test_selected_words_are_asked_about_and_nothing_is_saved_before(qtbot: QtBot, window: MainWindow) -> None:
    dialog = reader(qtbot, window, "troops")
    assert not dialog.make_button.isEnabled()
    # As after a drag over the words: the guard of the window's keys watches whatever has the keyboard.
    dialog.view.setFocus()
    qtbot.waitUntil(dialog.view.hasFocus)
    select_words(dialog, PARAGRAPHS[5])
    with qtbot.waitSignal(dialog.words_chosen) as chosen:
        QTest.keyClick(dialog.view, Qt.Key.Key_E)
    assert chosen.args is not None
    assert (chosen.args[0].text, chosen.args[0].source) == (PARAGRAPHS[5], "paper")


def test_words_are_selected_by_keyboard_from_the_excerpt_on(qtbot: QtBot, window: MainWindow) -> None:
    dialog = reader(qtbot, window, "pact")
    dialog.view.setFocus()
    qtbot.waitUntil(dialog.view.hasFocus)
    for _ in range(2):
        QTest.keyClick(dialog.view, Qt.Key.Key_Right, CTRL | Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(dialog.words_chosen) as chosen:
        QTest.keyClick(dialog.view, Qt.Key.Key_E)
    assert chosen.args is not None
    assert chosen.args[0].text == "signed a"


def reader_by_key(qtbot: QtBot, window: MainWindow, event_id: str) -> DocumentDialog:
    """Open the reader of an event by its key, so that what is made of its words is asked for, and wait for its text."""
    window.session.set_selection((row_of(window.session.table, event_id),))
    window.timeline.setFocus()
    QTest.keyClick(window.timeline, Qt.Key.Key_R)
    (dialog,) = window.findChildren(DocumentDialog)
    qtbot.waitUntil(lambda: dialog.reading is not None)
    return dialog


def answer_with(monkeypatch: pytest.MonkeyPatch, target: Path) -> list[Path]:
    """Answer the system's dialog for a file to save to, and return the names that it suggests."""
    suggested: list[Path] = []

    class Chooser(QFileDialog):
        @staticmethod
        def getSaveFileName(*words: object, **_options: object) -> tuple[str, str]:  # noqa: N802 — Qt's
            suggested.append(Path(str(words[2])))
            return str(target), ""

    monkeypatch.setattr(file_questions, "QFileDialog", Chooser)
    return suggested


def test_events_from_the_document_are_saved_and_opened_beside(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "mine.yaml"
    suggested = answer_with(monkeypatch, target)
    window.session.set_filter(Filter(min_importance=2))
    dialog = reader_by_key(qtbot, window, "troops")
    for words, adds_excerpt in (("In week 7 𝐚 nothing happened at all.", False), ("week 8", True)):
        select_words(dialog, words)
        dialog.take_selected_words()
        (proposal,) = dialog.findChildren(ProposalDialog)
        proposal.when_field.setText("2024-02")
        proposal.kind.setCurrentIndex(ADDS_EXCERPT if adds_excerpt else 0)
        with qtbot.waitSignal(window.session.table_changed, timeout=20_000):
            proposal.save_button.click()
        qtbot.waitUntil(lambda: not dialog.findChildren(ProposalDialog) and dialog.reading is not None)
        current = window.session.current
        assert current is not None
        assert window.session.table.event(current).title == ("Troops" if adds_excerpt else words.removesuffix("."))
        assert window.session.wanted == Filter(min_importance=2)
        window.session.set_selection((row_of(window.session.table, "troops"),))
    assert suggested == [tmp_path / "new-events.yaml", target]
    saved = read(target)
    assert [(event.title, event.when.text) for event in saved.events] == [
        ("In week 7 𝐚 nothing happened at all", "2024-02"),
        ("Troops", "2024-10"),
    ]
    assert [excerpt.verified for event in saved.events for excerpt in event.excerpts] == [Verified.EXACT] * 2
    assert len(window.session.table) == 4
    troops = window.session.table.event(row_of(window.session.table, "troops"))
    assert [excerpt.text for excerpt in troops.excerpts][-1] == "week 8"
    dialog.close()


def test_a_new_event_whose_id_is_taken_is_selected_once_it_is_saved(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, tmp_path / "mine.yaml")
    dialog = reader_by_key(qtbot, window, "troops")
    select_words(dialog, PARAGRAPHS[5])
    dialog.take_selected_words()
    (proposal,) = dialog.findChildren(ProposalDialog)
    proposal.title_field.setText("Pact")
    proposal.when_field.setText("1999")
    with qtbot.waitSignal(window.session.table_changed, timeout=20_000):
        proposal.save_button.click()
    qtbot.waitUntil(lambda: not dialog.findChildren(ProposalDialog) and dialog.reading is not None)
    current = window.session.current
    assert current is not None
    event = window.session.table.event(current)
    assert (event.id, event.title, event.when.text) == ("pact-2", "Pact", "1999")
    dialog.close()


def test_a_new_event_that_becomes_one_with_another_is_found_by_its_words() -> None:
    saved = make_event("Pact", event_id="pact-2", excerpts=(Excerpt("signed a pact", "paper"),))
    table = make_table(
        [make_event("Other", excerpts=(Excerpt("else", "paper"),)), replace(saved, id="treaty", title="Treaty")]
    )
    assert saved_row(saved, table) == table.row_of("treaty")
    assert saved_row(replace(saved, excerpts=(Excerpt("nowhere", "paper"),)), table) is None


def test_the_hash_of_a_document_is_recorded_with_the_first_excerpt_from_it(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, tmp_path / "mine.yaml")
    dialog = reader_by_key(qtbot, window, "troops")
    assert dialog.source.sha256 == ""
    for first in (True, False):
        select_words(dialog, "week 7" if first else "week 8")
        dialog.take_selected_words()
        (proposal,) = dialog.findChildren(ProposalDialog)
        assert proposal.hash_note.isVisible() == first
        proposal.kind.setCurrentIndex(ADDS_EXCERPT)
        with qtbot.waitSignal(window.session.table_changed, timeout=20_000):
            proposal.save_button.click()
        qtbot.waitUntil(lambda: not dialog.findChildren(ProposalDialog) and dialog.reading is not None)
    recorded = hashlib.sha256(paper.read_bytes()).hexdigest()
    assert read(tmp_path / "mine.yaml").sources["paper"].sha256 == recorded
    table = window.session.table
    # One source, told by two files, of which one records the hash.
    assert [key for key in table.source_by_key if key.startswith("paper")] == ["paper"]
    assert table.source_by_key["paper"].sha256 == recorded
    assert dialog.source.document is not None
    assert dialog.source.document.state is DocumentState.UNCHANGED
    assert not [problem for problem in table.problems if "means something else" in problem.message]
    dialog.close()


def test_one_key_opens_the_reader_at_the_words_of_the_selected_event(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_selection((row_of(window.session.table, "troops"),))
    window.timeline.setFocus()
    QTest.keyClick(window.timeline, Qt.Key.Key_R)
    (dialog,) = window.findChildren(DocumentDialog)
    qtbot.waitUntil(lambda: dialog.current == 1)
    dialog.close()


def test_an_excerpt_in_the_pane_opens_the_reader(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_selection((row_of(window.session.table, "pact"),))
    buttons = [button for button in window.excerpt_pane.findChildren(TextButton) if button.text() == "Read"]
    buttons[0].click()
    (dialog,) = window.findChildren(DocumentDialog)
    qtbot.waitUntil(lambda: dialog.current == 0)
    dialog.close()


def test_an_event_without_a_document_is_told_so(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_selection((row_of(window.session.table, "heard"),))
    window.timeline.setFocus()
    QTest.keyClick(window.timeline, Qt.Key.Key_R)
    assert window.findChildren(DocumentDialog) == []
    (notice,) = window.findChildren(NoticeDialog)
    assert any("“file: article.pdf”" in label.text() for label in notice.findChildren(QLabel))
    notice.close()
