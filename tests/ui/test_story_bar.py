"""A story is read with the arrow keys in its bar, and written there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QScrollArea
from pytestqt.qtbot import QtBot

from tests.helpers.shown import shown_window
from timeline_app.core.errors import WorkspaceError
from timeline_app.core.filter import Filter
from timeline_app.core.story import Story, StoryStep
from timeline_app.paths import bundled_timeline
from timeline_app.ui import file_questions
from timeline_app.ui.file_questions import ask_for_story_file
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.panels.link_button import LinkButton
from timeline_app.ui.panels.text_button import TextButton
from timeline_app.ui.story_export import write_story
from timeline_app.ui.workspace_stories import StoryStore


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    yield from shown_window(qtbot, bundled_timeline())


def story(window: MainWindow) -> Story:
    return window.session.table.stories[0]


def tool(window: MainWindow, name: str) -> TextButton:
    return next(button for button in window.story_bar.findChildren(TextButton) if button.text() == name)


def test_the_pane_offers_the_story_and_arrow_keys_step_through_it(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.story_bar
    assert not bar.isVisible()
    link = next(one for one in window.excerpt_pane.findChildren(LinkButton) if one.words == story(window).title)
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert bar.isVisible()
    assert bar.hasFocus()
    assert (bar.number.text(), bar.text.text()) == ("1 of 5", story(window).steps[0].text)
    for key, number in ((Qt.Key.Key_Right, 2), (Qt.Key.Key_End, 5), (Qt.Key.Key_Left, 4), (Qt.Key.Key_Home, 1)):
        qtbot.keyClick(bar, key)
        assert bar.number.text() == f"{number} of 5"
    assert not bar.previous.isEnabled()
    assert window.session.wanted == Filter(actors=("Russia",))
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert window.timeline.hasFocus()
    bar.close_button.click()
    assert not bar.isVisible()


def test_a_long_paragraph_is_scrolled_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.story_bar
    bar.tell(Story("Long", (StoryStep("A long way to the end. " * 200),)))
    area = bar.findChild(QScrollArea)
    assert area is not None
    reached = area.verticalScrollBar()
    qtbot.waitUntil(lambda: reached.maximum() > 0)
    qtbot.keyClick(bar, Qt.Key.Key_Down)
    assert reached.value() > 0
    qtbot.keyClick(bar, Qt.Key.Key_Up)
    assert reached.value() == 0


def test_keys_of_the_window_still_work_beside_the_arrows(window: MainWindow, qtbot: QtBot) -> None:
    window.story_bar.tell(story(window))
    before = window.session.viewport.seconds_per_px
    qtbot.keyClick(window.story_bar, Qt.Key.Key_W)
    assert window.session.viewport.seconds_per_px < before


def test_a_story_is_written_beside_the_timeline(window: MainWindow, qtbot: QtBot) -> None:
    bar = window.story_bar
    bar.tell(story(window))
    assert bar.edit_button.text() == "Copy to edit"
    bar.edit_button.click()
    assert bar.text_field.hasFocus()
    bar.text_field.selectAll()
    qtbot.keyClicks(bar.text_field, "Asd w.")
    bar.title_field.selectAll()
    qtbot.keyClicks(bar.title_field, "Mine")
    tool(window, "Move step later").click()
    assert bar.number.text() == "2 of 5"
    tool(window, "Add this view").click()
    assert (bar.number.text(), bar.text_field.toPlainText()) == ("3 of 6", "")
    assert bar.text_field.hasFocus()
    tool(window, "Delete step").click()
    assert (bar.number.text(), bar.text_field.toPlainText()) == ("2 of 5", "Asd w.")
    qtbot.keyClick(bar.text_field, Qt.Key.Key_Escape)
    assert not bar.is_editing
    assert bar.hasFocus()
    assert (bar.title.text(), bar.text.text(), bar.edit_button.text()) == ("Mine", "Asd w.", "Edit")


def test_the_paragraph_of_a_step_that_the_menu_adds_is_written_at_once(window: MainWindow, qtbot: QtBot) -> None:
    bar, action = window.story_bar, window.findChild(QAction, "add_step")
    assert action is not None
    bar.tell(story(window))
    bar.edit()
    bar.finish()
    window.timeline.setFocus()
    wanted = window.session.wanted
    action.trigger()
    assert bar.text_field.hasFocus()
    # None of these letters may be a key of the window: T would filter, K show the axis of knowledge.
    qtbot.keyClicks(QApplication.focusWidget(), "Take")
    assert bar.text_field.toPlainText() == "Take"
    assert window.session.wanted == wanted


def test_where_a_copy_cannot_be_kept_nothing_can_be_written(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_words: object) -> None:
        raise WorkspaceError("the disk is full")

    monkeypatch.setattr(StoryStore, "save", refuse)
    window.story_bar.tell(story(window))
    window.story_bar.edit()
    assert not window.story_bar.is_editing
    assert not window.story_bar.text_field.isVisible()
    assert window.message == "The story is not kept: the disk is full"


def test_a_story_is_deleted_by_a_second_press(window: MainWindow) -> None:
    bar = window.story_bar
    bar.tell(story(window))
    bar.edit()
    bar.delete_button.click()
    assert bar.isVisible()
    assert bar.delete_button.text() == "Delete for good?"
    bar.delete_button.click()
    assert not bar.isVisible()


def test_a_story_without_steps_can_be_read_and_filled(window: MainWindow) -> None:
    bar = window.story_bar
    bar.tell(Story("Empty"))
    assert bar.number.text() == "no step"
    bar.edit()
    assert not bar.text_field.isEnabled()
    tool(window, "Add this view").click()
    assert bar.number.text() == "1 of 1"
    assert bar.text_field.isEnabled()


def test_text_of_a_file_is_shown_as_it_stands(window: MainWindow) -> None:
    window.story_bar.tell(Story("<b>bold</b>\u202e"))
    assert "<b>bold</b>" in window.story_bar.title.text()
    assert "\u202e" not in window.story_bar.title.text()


def test_a_name_without_an_ending_writes_over_no_file_unasked(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter(["story", "story", "", "other.v2"])
    suggested: list[str] = []

    class Chooser(QFileDialog):
        @staticmethod
        def getSaveFileName(*words: object, **_options: object) -> tuple[str, str]:  # noqa: N802 — Qt's
            suggested.append(Path(str(words[2])).name)
            name = next(names)
            return str(tmp_path / name) if name else "", "PDF (*.pdf)"

    monkeypatch.setattr(file_questions, "QFileDialog", Chooser)
    assert ask_for_story_file(window, tmp_path / "new.md") == tmp_path / "story.pdf"
    (tmp_path / "story.pdf").touch()
    assert ask_for_story_file(window, tmp_path / "new.md") is None
    assert suggested == ["new.md", "new.md", "story.pdf"]
    assert ask_for_story_file(window, tmp_path / "new.md") == tmp_path / "other.v2.pdf"


@pytest.mark.parametrize(("ending", "begins"), [(".md", b"# How"), (".pdf", b"%PDF"), (".html", b"<!DOCTYPE html>")])
def test_a_story_is_exported(window: MainWindow, tmp_path: Path, ending: str, begins: bytes) -> None:
    path = tmp_path / f"story{ending}"
    write_story(window.session.noted_table, story(window), path, window.services.words, force=False)
    assert path.read_bytes().startswith(begins)
    assert QApplication.instance() is not None
