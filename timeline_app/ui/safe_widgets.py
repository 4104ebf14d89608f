"""The only widgets that show text from a file: as it stands, without markup, without fetching anything.

Qt takes any text that looks like HTML for HTML in labels and tooltips, and reads the local files that it names. Nothing
here gives Qt markup of a file, what could deceive the eye is shown by its number, and lengths are cut before Qt lays
them out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QTextBrowser, QWidget

from timeline_app.core.safe_text import safe_text
from timeline_app.ui.guarded import guarded
from timeline_app.ui.wrapped_text import (
    PAINTED_CHARACTERS,
    UNWRAPPED_PX,
    WrappedText,
    is_right_to_left,
    shortened,
    wrap,
)

SOURCE_CHARACTERS = 200_000
# Qt takes two kilobytes for each line.
SOURCE_LINES = 10_000
RING_PX = 2
RING_ROOM_PX = 4
CUT_WORDS = " [cut]"
_LINE_END = re.compile(r"\r?\n|[\r\t]")
_LONG_WORD = re.compile(r"\S{1000}")
_LONG_GAP = re.compile(r"[^\S\n]{1000,}")
# What QTextDocument takes for an embedded object, and for the borders of a frame.
_DOCUMENT_CONTROLS = str.maketrans(dict.fromkeys("\ufffc\ufdd0\ufdd1", "\ufffd"))


def shown_line(text: str, longest: int = PAINTED_CHARACTERS) -> str:
    """Return what a widget shows of a text in one paragraph: cut, with what could deceive the eye made visible."""
    return safe_text(_LINE_END.sub(" ", shortened(text, longest)))


class PlainLabel(QLabel):
    """A label that shows its text as it stands, wrapped anywhere where a word is wider than the label.

    A text that wraps stands at the side from which it is read, as the quotations beside it do.
    What is longer than `longest` is cut; control characters are shown by their number. The colour is the palette's
    unless one is set.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, longest: int = PAINTED_CHARACTERS) -> None:
        super().__init__(parent)
        self._longest = longest
        self._colour: QColor | None = None
        self._wraps = False
        self._wrapped: tuple[int, WrappedText] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    @property
    def wraps(self) -> bool:
        """Whether the text may take several lines."""
        return self._wraps

    def set_wraps(self, *, wraps: bool) -> None:
        """Let the text take as many lines as the width asks for, or keep it in one."""
        self._wraps = wraps
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        self._forget_layout()

    def set_colour(self, colour: QColor | None) -> None:
        """Paint the text in a colour, or in the palette's for None."""
        self._colour = colour
        self.update()

    def setText(self, text: str) -> None:
        super().setText(shown_line(text, self._longest))
        self._forget_layout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._forget_layout()

    def hasHeightForWidth(self) -> bool:
        return self._wraps

    @guarded(-1)
    def heightForWidth(self, width: int) -> int:
        return self._height(width) if self._wraps else -1

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        size_px = wrap(self.text(), self.font(), UNWRAPPED_PX).size_px
        margins = self.contentsMargins()
        return QSize(
            int(size_px.width()) + 1 + margins.left() + margins.right(),
            int(size_px.height()) + margins.top() + margins.bottom(),
        )

    @guarded(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(0 if self._wraps else min(self.sizeHint().width(), 24), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        area = self.contentsRect()
        with QPainter(self) as painter:
            painter.setPen(self._colour or self.palette().color(self.foregroundRole()))
            if self._wraps:
                lines = self._layout(area.width())
                spare_px = area.height() - lines.size_px.height() if self._is_centred() else 0.0
                lines.draw(painter, QPointF(area.left(), area.top() + max(0.0, spare_px / 2)))
            else:
                text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
                painter.setFont(self.font())
                painter.drawText(area, self.alignment() | Qt.TextFlag.TextSingleLine, text)

    def _height(self, width_px: int) -> int:
        margins = self.contentsMargins()
        inner_px = width_px - margins.left() - margins.right()
        return int(self._layout(inner_px).size_px.height() + 0.5) + margins.top() + margins.bottom()

    def _layout(self, width_px: int) -> WrappedText:
        if self._wrapped is None or self._wrapped[0] != width_px:
            right = self.alignment() & Qt.AlignmentFlag.AlignRight or is_right_to_left(self.text())
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            self._wrapped = (width_px, wrap(self.text(), self.font(), width_px, side))
        return self._wrapped[1]

    def _is_centred(self) -> bool:
        return bool(self.alignment() & Qt.AlignmentFlag.AlignVCenter)

    def _forget_layout(self) -> None:
        self._wrapped = None
        self.updateGeometry()
        self.update()


def tooltip_markup(text: str, *, most_lines: int = 1, has_heading: bool = False) -> str:
    """Return a text from a file as the one form of tooltip that Qt shows word for word.

    Its first line is set bold where it `has_heading`. Line ends are kept up to `most_lines`; all beyond is one line.
    """
    lines = [html.escape(shown_line(line)) for line in text.split("\n", most_lines - 1)]
    if has_heading:
        lines[0] = f"<b>{lines[0]}</b>"
    return f"<qt>{'<br>'.join(lines)}</qt>" if text else ""


def set_safe_tooltip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip that may hold text from a file."""
    widget.setToolTip(tooltip_markup(text))


@dataclass(frozen=True, slots=True)
class TextStretch:
    """Characters of a shown text, from `start` up to but not including `end`, and how they look."""

    start: int
    end: int
    format: QTextCharFormat


def shown_source(text: str) -> str:
    """Return what a SourceView shows of a text: cut, with what could deceive the eye made visible, lines kept."""
    unified = text[:SOURCE_CHARACTERS].replace("\r\n", "\n").replace("\r", "\n")
    lines = unified.split("\n", SOURCE_LINES)
    if len(text) > SOURCE_CHARACTERS or len(lines) > SOURCE_LINES:
        unified = "\n".join(lines[:SOURCE_LINES]) + CUT_WORDS
    # Breaking a line takes Qt a time that grows with the square of the gap's length.
    unified = _LONG_GAP.sub(lambda gap: f"⟦{len(gap.group()):,} spaces⟧", unified)
    return safe_text(unified, keep_lines=True).translate(_DOCUMENT_CONTROLS)


class SourceView(QTextBrowser):
    """Shows the words of a source as plain text, as tall as they are; they can be selected and copied, nothing more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size_hint_px = 0
        self.setReadOnly(True)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(RING_ROOM_PX)
        self.document().documentLayout().documentSizeChanged.connect(self._follow_content)

    def show_text(self, text: str, *, colour: QColor, quoted: bool = False) -> None:
        """Show a text in one colour, within quotation marks if it is asked for."""
        plain = QTextCharFormat()
        plain.setForeground(colour)
        shown = shown_source(text)
        self.document().clear()
        # Looking for the place to break a word takes Qt a time that grows with the square of the word's length.
        modes = QTextOption.WrapMode
        self.setWordWrapMode(modes.WrapAnywhere if _LONG_WORD.search(shown) else modes.WrapAtWordBoundaryOrAnywhere)
        cursor = QTextCursor(self.document())
        cursor.insertText(f"“{shown}”" if quoted else shown, plain)
        self._follow_content()

    def mark(self, stretches: Iterable[TextStretch]) -> None:
        """Give parts of the shown text a look of their own; places count its characters, quotation marks included."""
        text = self.document().toRawText()
        units = utf16_places(text)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for stretch in stretches:
            cursor.setPosition(units[stretch.start])
            cursor.setPosition(units[stretch.end], QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(stretch.format)
        cursor.endEditBlock()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._size_hint_px)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._size_hint_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow_content()

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002, ARG002 — named by Qt
        """Give an empty image for whatever is asked for: no file and no address is ever opened."""
        return QImage()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what the view stands in, and its text size to the settings."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            with QPainter(self.viewport()) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), RING_PX))
                painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 4, 4)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy and drag the selection as plain text only."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: ARG002 — nothing is taken in
        return False

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take nothing in."""

    def _follow_content(self) -> None:
        height_px = int(self.document().size().height() + 0.999)
        if height_px != self._size_hint_px:
            self._size_hint_px = height_px
            self.setFixedHeight(height_px)


def utf16_places(text: str) -> Sequence[int]:
    """Return where each character of a text begins as Qt counts, in units of UTF-16, and where the last one ends."""
    if max(text, default="") < "\U00010000":
        return range(len(text) + 1)
    places = [0]
    for character in text:
        places.append(places[-1] + (2 if ord(character) > 0xFFFF else 1))
    return places
