"""A document is shown as plain text, character for character, in lines that Qt can lay out."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_table
from timeline_app.core.palette import contrast
from timeline_app.ui import document_view
from timeline_app.ui.document_view import DocumentView, MarkedPlace, shown_letters, usual_line
from timeline_app.ui.look import Look


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> DocumentView:
    view = DocumentView(Look(make_table(), "light"))
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    return view


@given(st.text("ab \r\n\f\u2028\u202e\u200b\u00ad\x00\ufffc𝐚", max_size=60))
def test_what_is_shown_has_as_many_characters_and_nothing_that_deceives(text: str) -> None:
    shown = shown_letters(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\r\u202e\u200b\x00\ufffc\u2028")


def test_long_lines_are_broken_at_spaces_and_keep_their_length() -> None:
    text = "word " * 2_000
    shown = shown_letters(text)
    assert len(shown) == len(text)
    assert max(map(len, shown.split("\n"))) < 2_000
    assert shown.replace("\n", " ") == text


@pytest.mark.parametrize("text", ["<b>a</b> words", "𝐚𝐛 words", "a\r\nb\rc words", "x" * 5_000 + " words"])
def test_the_place_that_is_marked_is_the_place_of_the_document(view: DocumentView, text: str) -> None:
    view.show_document(text, around=0)
    start = text.index("words")
    place = (start, start + 5)
    view.set_marks([MarkedPlace(place)], MarkedPlace(place, ((start, start + 1),)))
    assert [one.cursor.selectedText() for one in view.extraSelections()] == ["words", "words", "w"]
    view.go_to(place)
    first, last = view.seen()
    assert first <= start <= last


def test_of_a_very_long_document_the_part_around_the_words_is_shown(
    view: DocumentView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_view, "MOST_CHARACTERS", 100)
    text = "a " * 500 + "words" + " b" * 500
    place = (1000, 1005)
    view.show_document(text, around=1000)
    assert len(view.toPlainText()) == 100
    view.set_marks([MarkedPlace((0, 1)), MarkedPlace(place)], None)
    assert [one.cursor.selectedText() for one in view.extraSelections()] == ["words"]
    assert not view.is_shown((0, 1))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_selected_words_can_be_told_from_the_current_excerpt_and_read(
    qtbot: QtBot, qapp: QApplication, scheme: str
) -> None:
    look = Look(make_table(), scheme)
    view = DocumentView(look)
    qtbot.addWidget(view)
    view.resize(300, 100)
    view.show_document("One thing happened here, once and for all", around=0)
    mark = MarkedPlace((0, 41))
    view.set_marks([mark], mark)
    view.show()
    before = view.viewport().grab().toImage()
    view.selectAll()
    after = view.viewport().grab().toImage()
    grounds = [Counter(image.pixel(x, y) for x in range(40, 200) for y in range(14, 30)) for image in (before, after)]
    (marked, _), (selected, _) = (ground.most_common(1)[0] for ground in grounds)
    assert QColor(marked) == QColor(look.theme.accent_tint)
    assert QColor(selected) == QColor(look.theme.accent)
    assert contrast(look.theme.accent, look.theme.panel) >= 4.5


def test_only_plain_text_is_copied(view: DocumentView) -> None:
    view.show_document("<b>words</b>\nmore", around=0)
    view.selectAll()
    data = view.createMimeDataFromSelection()
    assert data.formats() == ["text/plain"]
    assert data.text() == "<b>words</b>\nmore"


def test_lines_of_a_document_are_not_broken_once_more(view: DocumentView) -> None:
    usual_px = view.font().pixelSize()
    view.resize(520, 300)
    line = "a line that some program has broken at sixty-odd letters"
    view.show_document("\n".join([line] * 50), around=0)
    assert 13 <= view.font().pixelSize() < usual_px
    assert view.fontMetrics().horizontalAdvance(line) < view.viewport().width()
    view.resize(900, 300)
    assert view.font().pixelSize() == usual_px
    view.show_document("\n".join([line * 5] * 50), around=0)
    assert view.font().pixelSize() == usual_px


def test_the_usual_line_is_that_of_broken_lines_alone() -> None:
    assert usual_line("short\n\nlonger one\n") == "longer one"
    assert (
        usual_line("\n".join(["twelve words"] * 99 + ["one that is much longer than all the others are"]))
        == "twelve words"
    )
    assert (usual_line("word " * 40), usual_line(""), usual_line("\n \n")) == ("", "", "")
