"""Text from a file is shown as it stands: nothing of it is taken for markup, and nothing that it names is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QKeySequence, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from timeline_app.ui.safe_widgets import (
    CUT_WORDS,
    SOURCE_CHARACTERS,
    SOURCE_LINES,
    PlainLabel,
    SourceView,
    TextStretch,
    set_safe_tooltip,
    shown_source,
    tooltip_markup,
)
from timeline_app.ui.wrapped_text import is_right_to_left

INK = QColor("black")

HOSTILE = [
    "<img src=file:///etc/passwd>",
    '<img src="/dev/zero">',
    "![x](file:///etc/passwd)",
    '<a href="file:///etc/passwd">click</a>',
    "<table background='file:///etc/passwd'><tr><td>x</table>",
    "<style>@import url(file:///etc/passwd)</style>",
    "<b>" * 2_000,
    "\ufffc\ufdd0\ufdd1",
    "a\x00b\ud800c",
    "2024-01-02 \u202e10-20-4202",
    "&lt;&amp;&#x202e;",
]


class WatchedView(SourceView):
    """Notes what it is asked to load."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002, N802 — named by Qt
        self.asked.append(str(name))
        return super().loadResource(type, name)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(qtbot: QtBot, text: str) -> None:
    view = WatchedView()
    qtbot.addWidget(view)
    view.resize(300, 100)
    view.show_text(text, colour=INK)
    with qtbot.waitExposed(view):
        view.show()
    view.grab()
    assert view.asked == []
    assert view.toPlainText() == shown_source(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_is_only_text(qtbot: QtBot, text: str) -> None:
    label = PlainLabel(text)
    qtbot.addWidget(label)
    label.set_wraps(wraps=True)
    label.resize(200, label.heightForWidth(200))
    assert not label.grab().isNull()
    assert "\u202e" not in label.text()
    assert label.text()[:4] == shown_source(text)[:4] or "\ufffd" in shown_source(text)


def test_a_tooltip_shows_markup_word_for_word(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    set_safe_tooltip(widget, "<img src=file:///etc/passwd> & \u202e")
    assert widget.toolTip() == "<qt>&lt;img src=file:///etc/passwd&gt; &amp; ⟦202E⟧</qt>"
    assert tooltip_markup("") == ""
    assert tooltip_markup("<a>\nb\nc\nd", most_lines=3) == "<qt>&lt;a&gt;<br>b<br>c d</qt>"
    assert tooltip_markup("<a>\nb", most_lines=2, has_heading=True) == "<qt><b>&lt;a&gt;</b><br>b</qt>"
    assert tooltip_markup("", has_heading=True) == ""
    assert len(tooltip_markup("x" * 10_000)) < 600


def test_a_long_text_is_cut_and_says_so(qtbot: QtBot) -> None:
    view = SourceView()
    qtbot.addWidget(view)
    view.resize(300, 100)
    view.show_text("x" * 10_000_000, colour=INK)
    shown = view.toPlainText()
    assert len(shown) == SOURCE_CHARACTERS + len(CUT_WORDS)
    assert shown.endswith("x [cut]")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_text_of_many_lines_is_cut_and_says_so(qtbot: QtBot, line_end: str) -> None:
    view = SourceView()
    qtbot.addWidget(view)
    view.show_text(line_end.join(["a"] * SOURCE_LINES), colour=INK)
    assert view.toPlainText() == "\n".join(["a"] * SOURCE_LINES)
    view.show_text(f"a{line_end}" * 5_000_000, colour=INK)
    assert view.document().blockCount() == SOURCE_LINES, "each takes kilobytes"
    assert view.toPlainText() == "\n".join(["a"] * SOURCE_LINES) + CUT_WORDS


@pytest.mark.parametrize("text", ["a" + " " * 150_000 + "b", "x" * 150_000 + " y", "\t" * 20_000, "a\n" * 20_000])
def test_no_text_takes_long_to_lay_out(qtbot: QtBot, text: str) -> None:
    view = SourceView()
    qtbot.addWidget(view)
    view.resize(300, 10)
    view.show_text(text, colour=INK)
    view.show()
    view.resize(280, view.height())
    assert view.document().size().width() <= 300


def test_a_gap_that_nobody_would_see_the_end_of_is_told() -> None:
    assert shown_source("a" + " " * 1_500 + "b") == "a⟦1,500 spaces⟧b"
    assert shown_source("a" + " " * 999 + "b") == "a" + " " * 999 + "b"


def test_quotation_marks_stand_around_the_whole_text(qtbot: QtBot) -> None:
    view = SourceView()
    qtbot.addWidget(view)
    view.show_text("x" * 300_000, colour=INK, quoted=True)
    assert view.toPlainText().startswith("“xx")
    assert view.toPlainText().endswith("x [cut]”")


def test_nothing_is_ever_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "canary.png"
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.save(str(file))
    view = SourceView()
    qtbot.addWidget(view)
    for kind in range(1, 5):
        loaded = view.loadResource(kind, QUrl.fromLocalFile(str(file)))
        assert isinstance(loaded, QImage)
        assert loaded.isNull()
    assert not view.openLinks()
    assert not view.openExternalLinks()


def test_the_view_is_as_tall_as_its_text(qtbot: QtBot) -> None:
    view = SourceView()
    qtbot.addWidget(view)
    view.resize(400, 10)
    view.show_text("word " * 100, colour=INK)
    view.show()
    wide_px = view.height()
    view.resize(200, wide_px)
    assert view.height() > 1.5 * wide_px
    assert view.height() >= view.document().size().height()


def test_a_word_wider_than_the_view_is_broken(qtbot: QtBot) -> None:
    view = SourceView()
    qtbot.addWidget(view)
    view.resize(200, 10)
    view.show_text("x" * 900, colour=INK)
    view.show()
    assert view.document().size().width() <= 200
    assert view.height() > 10 * view.fontMetrics().height()


def test_marks_stand_where_they_should_beyond_the_first_plane(qtbot: QtBot) -> None:
    view = SourceView()
    qtbot.addWidget(view)
    text = "𝔄𝔅 in June 🙂 end"
    view.show_text(text, colour=INK)
    tint = QTextCharFormat()
    tint.setBackground(QColor("yellow"))
    start = text.index("in June")
    view.mark([TextStretch(start, start + 7, tint)])
    cursor = QTextCursor(view.document())
    marked = ""
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        if cursor.charFormat().background().color() == QColor("yellow"):
            marked += cursor.selectedText()
        cursor.clearSelection()
    assert marked == "in June"


def test_only_plain_text_is_copied(qtbot: QtBot) -> None:
    view = SourceView()
    qtbot.addWidget(view)
    view.show_text("one <b>two</b>\nthree", colour=INK)
    view.show()
    view.setFocus()
    QTest.keySequence(view, QKeySequence(QKeySequence.StandardKey.SelectAll))
    QTest.keySequence(view, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QApplication.clipboard().text() == "one <b>two</b>\nthree"
    assert view.createMimeDataFromSelection().formats() == ["text/plain"]


def test_the_focus_is_seen_and_the_wheel_left_alone(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    view = SourceView(window)
    view.setFixedWidth(200)
    view.show_text("some words", colour=INK)
    with qtbot.waitExposed(window):
        window.show()
        window.activateWindow()
    view.clearFocus()
    before = view.grab().toImage()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    assert view.grab().toImage() != before
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    size_px = view.font().pixelSize()
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.font().pixelSize() == size_px
    assert not wheel.isAccepted()


def test_nothing_can_be_put_in(qtbot: QtBot) -> None:
    view = SourceView()
    qtbot.addWidget(view)
    view.show_text("words", colour=INK)
    data = QMimeData()
    data.setHtml("<img src=file:///etc/passwd>")
    view.insertFromMimeData(data)
    qtbot.keyClicks(view, "typed")
    assert not view.canInsertFromMimeData(data)
    assert not view.acceptDrops()
    assert view.toPlainText() == "words"


def test_a_wrapped_label_grows_and_a_single_line_does_not(qtbot: QtBot) -> None:
    label = PlainLabel("w" * 200)
    qtbot.addWidget(label)
    assert not label.hasHeightForWidth()
    assert label.minimumSizeHint().width() <= 24
    label.set_wraps(wraps=True)
    assert label.heightForWidth(100) > 3 * label.heightForWidth(4_000)
    assert label.minimumSizeHint().width() == 0


def test_a_labels_text_follows_a_larger_font(qtbot: QtBot) -> None:
    label = PlainLabel("some words that take more than one line")
    qtbot.addWidget(label)
    label.set_wraps(wraps=True)
    before_px = label.heightForWidth(120)
    font = label.font()
    font.setPixelSize(40)
    label.setFont(font)
    assert label.heightForWidth(120) > before_px


ARABIC = "وقع الهجوم في الصباح."


@pytest.mark.parametrize(("text", "expected"), [(ARABIC, True), ("שלום", True), ("In June.", False), ("", False)])
@pytest.mark.parametrize("before", ["", "2024: ", "“"])
def test_a_text_runs_as_its_first_letter_does(before: str, text: str, expected: bool) -> None:
    assert is_right_to_left(before + text) is expected
    assert not is_right_to_left(f"He said {text}")


@pytest.mark.parametrize(("text", "is_right"), [(ARABIC, True), ("In June.", False)])
def test_a_label_that_wraps_stands_at_the_side_from_which_it_is_read(qtbot: QtBot, text: str, is_right: bool) -> None:
    label = PlainLabel(text)
    qtbot.addWidget(label)
    label.set_wraps(wraps=True)
    label.resize(600, 40)
    picture = label.grab().toImage()
    ground = picture.pixel(300, 39)
    heights = {x: sum(picture.pixel(x, y) != ground for y in range(40)) for x in range(600)}
    inked = [x for x, height in heights.items() if height]
    assert inked
    assert (min(inked) > 300) is is_right
    assert (max(inked) < 300) is not is_right
    # Where the sentence ends stands its full stop, narrower than any letter, with a gap before it.
    end, inwards = (min(inked), 1) if is_right else (max(inked), -1)
    assert any(not heights[end + inwards * step] for step in range(1, 5))
