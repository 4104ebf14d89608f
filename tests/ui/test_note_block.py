"""A note is written in the pane, beside the event that it is on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import painted
from tests.helpers.shown import close_for_good
from timeline_app.app import create_window
from timeline_app.core.filter import Filter
from timeline_app.core.notes import Note, Notes
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.note_block import NoteBlock
from timeline_app.ui.panels.star_button import StarButton


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = create_window([])
    window.resize(1280, 720)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.session.set_selection((3,))
    yield window
    close_for_good(window)


def block(window: MainWindow) -> NoteBlock:
    story = window.excerpt_pane.story
    assert story is not None
    return story.note_block


def test_a_note_is_begun_by_a_button_and_left_with_escape(window: MainWindow, qtbot: QtBot) -> None:
    noted = block(window)
    assert noted.begin_button.isVisible()
    assert not noted.text.isVisible()
    qtbot.mouseClick(noted.begin_button, Qt.MouseButton.LeftButton)
    assert noted.text.hasFocus()
    qtbot.keyClicks(noted.text, "Ask again")
    qtbot.keyClick(noted.text, Qt.Key.Key_Tab)
    assert noted.tags.hasFocus()
    qtbot.keyClicks(noted.tags, "checked, #two  words")
    assert window.session.notes.of(3) == Note(text="Ask again")
    qtbot.keyClick(noted.tags, Qt.Key.Key_Escape)
    assert window.timeline.hasFocus()
    assert window.session.notes.of(3) == Note(False, "Ask again", ("checked", "two words"))
    assert noted.tags.text() == "checked, two words"


def test_what_was_begun_and_not_written_folds_again(window: MainWindow, qtbot: QtBot) -> None:
    noted = block(window)
    noted.write()
    qtbot.keyClick(noted.text, Qt.Key.Key_Escape)
    assert noted.begin_button.isVisible()
    assert not noted.text.isVisible()
    assert not window.session.can_undo


def test_letters_typed_into_a_note_move_nothing(window: MainWindow, qtbot: QtBot) -> None:
    block(window).write()
    view = window.session.viewport
    for letter in "wasdfn.,":
        qtbot.keyClick(QApplication.focusWidget(), letter)
    assert window.session.viewport == view
    assert window.session.notes.of(3).text == "wasdfn.,"


def test_undo_and_another_event_show_what_is_noted_there(window: MainWindow) -> None:
    window.session.set_note(3, Note(text="one", tags=("a",)))
    assert (block(window).text.toPlainText(), block(window).tags.text()) == ("one", "a")
    window.session.undo()
    assert block(window).text.toPlainText() == ""
    window.session.redo()
    window.session.set_selection((4,))
    assert block(window).text.toPlainText() == ""
    window.session.set_selection((3,))
    assert block(window).text.isVisible()
    assert block(window).text.toPlainText() == "one"


def test_undo_takes_tags_back_while_their_field_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    noted = block(window)
    noted.write_tags()
    qtbot.keyClicks(noted.tags, "one")
    qtbot.keyClick(noted.tags, Qt.Key.Key_Return)
    assert window.session.notes.of(3).tags == ("one",)
    window.session.undo()
    assert noted.tags.text() == ""
    qtbot.keyClick(noted.tags, Qt.Key.Key_Escape)
    assert window.session.notes.of(3) == Note()


def test_tags_that_are_only_looked_at_stay_as_they_are(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_note(3, Note(tags=("north, south",)))
    block(window).write_tags()
    qtbot.keyClick(block(window).tags, Qt.Key.Key_Escape)
    assert window.session.notes.of(3) == Note(tags=("north, south",))


def test_tags_that_are_being_written_stay_with_their_event(window: MainWindow, qtbot: QtBot) -> None:
    session, noted = window.session, block(window)
    before = session.table
    written: list[tuple[bool, dict[int, Note]]] = []
    session.notes_changed.connect(lambda: written.append((session.table is before, dict(session.notes.by_row))))
    noted.write_tags()
    qtbot.keyClicks(noted.tags, "one")
    session.set_table(replace(before, notes=Notes({0: Note(starred=True)})))
    assert written == [(True, {3: Note(tags=("one",))})]
    assert session.notes.by_row == {0: Note(starred=True)}


def test_the_field_grows_with_its_text(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_note(3, Note(text="one"))
    low = block(window).text.height()
    window.session.set_note(3, Note(text="\n".join("abcdefg")))
    qtbot.waitUntil(lambda: block(window).text.height() > low)


def test_the_star_of_the_pane_follows_and_leads(window: MainWindow, qtbot: QtBot) -> None:
    star = window.excerpt_pane.findChild(StarButton)
    assert star is not None
    before = painted(window.timeline)
    qtbot.mouseClick(star, Qt.MouseButton.LeftButton)
    assert window.session.notes.starred.tolist() == [3]
    assert painted(window.timeline) != before
    window.session.undo()
    assert not star.isChecked()
    window.session.set_selection(())
    assert not star.isEnabled()


def test_marks_are_meant_as_they_stand(window: MainWindow) -> None:
    window.session.set_note(3, Note(text="<b>bold</b> & <img src='file:///etc/passwd'>"))
    assert block(window).text.toPlainText() == "<b>bold</b> & <img src='file:///etc/passwd'>"


def test_the_search_field_finds_by_notes_and_counts_follow(window: MainWindow, qtbot: QtBot) -> None:
    window.session.set_notes({3: Note(True, "Ask"), 5: Note(starred=True)})
    window.search_box.field.setText("star:yes")
    assert window.session.hits.rows.tolist() == [3, 5]
    window.session.set_filter(Filter(noted=("ask",)))
    assert window.session.result.rows.tolist() == [3]
    section = next(one for one in window.actors_panel.sections if one.heading.text() == "Your notes")
    section.heading.click()
    qtbot.waitUntil(lambda: "1" in str(section.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)))


def test_tags_of_ones_own_are_choices_beside_the_actors(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    section = next(one for one in window.actors_panel.sections if one.heading.text() == "Your notes")
    section.heading.click()

    def shown() -> list[str]:
        model = section.model
        return [str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]

    assert len(shown()) == 2
    session.set_notes({3: Note(tags=("checked", "ask")), 5: Note(tags=("Checked",))})
    qtbot.waitUntil(lambda: shown()[2:] == ["#ask, 1 event", "#checked, 2 events"])
    place = section.list.visualRect(section.model.index(3)).center()
    qtbot.mouseClick(section.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.wanted == Filter(own_tags=("checked",))
    assert session.result.rows.tolist() == [3, 5]
    session.set_note(3, Note(tags=("ask",)))
    qtbot.waitUntil(lambda: shown()[2:] == ["#ask, 1 event", "#Checked, 1 event"])
    session.set_notes({3: Note(), 5: Note()})
    assert len(shown()) == 2
    assert session.wanted == Filter(own_tags=("checked",))
