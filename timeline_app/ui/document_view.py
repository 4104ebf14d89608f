"""The text of a document to read, character for character where the document has it, with stretches of it marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QResizeEvent, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from timeline_app.core.paragraphs import Place
from timeline_app.core.safe_text import safe_letters
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import utf16_places

# Qt lays out only what is seen of a text of many lines, but needs a third of a second for each million characters.
MOST_CHARACTERS = 2_000_000
MOST_MARKED = 2_000
MARGIN_PX = 18
# Most lines of a text that was broken into lines are no longer than that; those of one in paragraphs are.
_LONGEST_SET_LINE = 110
_LINES_THAT_FIT = 0.95
_WIDER_LETTERS = 1.06
_LEAST_PX = 13
_LONGEST_LINE = 2_000
_LONG_LINE = re.compile(rf"[^\n]{{{_LONGEST_LINE},}}")
_LONG_WORD = re.compile(r"\S{1000}")
_LINE_ENDS = str.maketrans({"\r": "\n", "\f": "\n", "\v": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_DOCUMENT_CONTROLS = str.maketrans(dict.fromkeys("\ufffc\ufdd0\ufdd1", "\ufffd"))
_LAST_BLANK = re.compile(rf"[^\n]{{1,{_LONGEST_LINE - 1}}}([^\S\n])")


@dataclass(frozen=True, slots=True)
class MarkedPlace:
    """Characters of the document that an excerpt stands at; `differs` are those that the excerpt has otherwise."""

    place: Place
    differs: tuple[Place, ...] = ()


def shown_letters(text: str) -> str:
    """Return a text as it is shown: as many characters, in lines that Qt can lay out, with nothing that deceives."""
    lines = safe_letters(text.replace("\r\n", " \n").translate(_LINE_ENDS)).translate(_DOCUMENT_CONTROLS)
    return _LONG_LINE.sub(lambda line: _LAST_BLANK.sub(_broken, line.group()), lines)


def usual_line(text: str) -> str:
    """Return a line of a text in broken lines that nearly all others are no longer than; "" of one in paragraphs."""
    lines = sorted(filter(None, map(str.rstrip, text.split("\n"))), key=len)
    line = lines[min(int(len(lines) * _LINES_THAT_FIT), len(lines) - 1)] if lines else ""
    return line if len(line) <= _LONGEST_SET_LINE else ""


def _broken(stretch: re.Match[str]) -> str:
    return stretch.group()[:-1] + "\n"


class DocumentView(QPlainTextEdit):
    """Shows plain text only, to be read, selected and copied; `moved` tells that another part of it is seen."""

    moved = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._first = 0
        self._shown = ""
        self._set_line = ""
        self._units: Sequence[int] = range(1)
        self._marks: Sequence[MarkedPlace] = ()
        self._current: MarkedPlace | None = None
        self.margin: QWidget | None = None
        self.setReadOnly(True)
        # Which alone leaves selecting to the mouse.
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Document")
        self.setViewportMargins(MARGIN_PX, 0, 0, 0)
        self.document().setDocumentMargin(12)
        self.updateRequest.connect(lambda *_: self.moved.emit())
        look.changed.connect(self._restyle)
        self._restyle()

    def show_document(self, text: str, *, around: int) -> None:
        """Show a text; of one that is too long the part around a character."""
        self._first = max(0, min(around - MOST_CHARACTERS // 2, len(text) - MOST_CHARACTERS))
        self._shown = shown_letters(text[self._first : self._first + MOST_CHARACTERS])
        self._units = utf16_places(self._shown)
        self._set_line = usual_line(self._shown)
        modes = QTextOption.WrapMode
        is_hard = _LONG_WORD.search(self._shown) is not None
        self.setWordWrapMode(modes.WrapAnywhere if is_hard else modes.WrapAtWordBoundaryOrAnywhere)
        self._fit_font()
        self.setPlainText(self._shown)

    def is_shown(self, place: Place) -> bool:
        """Tell whether these characters of the document are among those that are shown."""
        return self._first <= place[0] and place[1] <= self._first + len(self._shown)

    def set_marks(self, marks: Sequence[MarkedPlace], current: MarkedPlace | None) -> None:
        """Mark the places of excerpts, the current one more strongly."""
        self._marks = [mark for mark in marks if self.is_shown(mark.place)][:MOST_MARKED]
        self._current = current if current is not None and self.is_shown(current.place) else None
        self._paint_marks()

    def go_to(self, place: Place) -> None:
        """Bring a place of the document to the middle of what is seen, unless all of it is seen already."""
        if self.is_shown(place):
            is_seen = self.place_top_px(place) >= 0 and self._bottom_px(place) <= self.viewport().height()
            self.setTextCursor(self._cursor((place[0], place[0])))
            if not is_seen:
                self.centerCursor()

    def place_top_px(self, place: Place) -> int:
        """Return where a place begins, from the top of what is seen; less than 0 above it."""
        return self.cursorRect(self._cursor((place[0], place[0]))).top()

    def seen(self) -> Place:
        """Return which characters of the document are seen."""
        first = self.cursorForPosition(self.viewport().rect().topLeft()).position()
        last = self.cursorForPosition(self.viewport().rect().bottomRight()).position()
        return self._first + self._character(first), self._first + self._character(last)

    def selected_words(self) -> str:
        """Return what is selected, with the line breaks of the document."""
        return self.textCursor().selection().toPlainText()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy and drag the selection as plain text only."""
        data = QMimeData()
        data.setText(self.selected_words())
        return data

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.margin is not None:
            inside = self.contentsRect()
            self.margin.setGeometry(QRect(inside.left(), inside.top(), MARGIN_PX, inside.height()))
        self._fit_font()

    def _bottom_px(self, place: Place) -> int:
        return self.cursorRect(self._cursor((place[1], place[1]))).bottom()

    def _restyle(self) -> None:
        theme = self._look.theme
        # Of the usual colour they could not be told from the current excerpt.
        self.setStyleSheet(
            f"QPlainTextEdit {{ selection-background-color: {theme.accent}; selection-color: {theme.panel}; }}"
        )
        self._fit_font()
        self._paint_marks()

    def _fit_font(self) -> None:
        """Set lines that the document is broken into so small, within reason, that they are not broken once more."""
        font = self._look.quote()
        width_px = QFontMetricsF(font).horizontalAdvance(self._set_line) * _WIDER_LETTERS
        # With the scroll bar, whether or not there is one: it comes and goes with the size of the font.
        beside_px = MARGIN_PX + self.verticalScrollBar().sizeHint().width() + 2 * self.document().documentMargin()
        room_px = self.contentsRect().width() - beside_px - 1
        if width_px > room_px:
            fitting_px = int(font.pixelSize() * room_px / width_px)
            font.setPixelSize(max(fitting_px, min(self._look.px(_LEAST_PX), font.pixelSize())))
        if font != self.font():
            self.setFont(font)

    def _paint_marks(self) -> None:
        theme = self._look.theme
        quoted, chosen, differing = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        quoted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        quoted.setUnderlineColor(QColor(theme.accent))
        chosen.setBackground(QColor(theme.accent_tint))
        differing.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        differing.setUnderlineColor(QColor(theme.warning))
        selections = [self._selection(mark.place, quoted) for mark in self._marks]
        if self._current is not None:
            selections.append(self._selection(self._current.place, chosen))
            selections += [self._selection(place, differing) for place in self._current.differs[:MOST_MARKED]]
        self.setExtraSelections(selections)

    def _selection(self, place: Place, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.cursor = self._cursor(place)
        selection.format = look
        return selection

    def _cursor(self, place: Place) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._unit(place[0] - self._first))
        cursor.setPosition(self._unit(place[1] - self._first), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _unit(self, character: int) -> int:
        """Return where a shown character begins as Qt counts, in units of UTF-16."""
        return self._units[character]

    def _character(self, unit: int) -> int:
        return bisect_left(self._units, unit)
