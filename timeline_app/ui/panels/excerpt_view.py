"""One excerpt: the words of the source as a block quote, where they stand, and whether they were found there."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QRect, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.core.actors import Gazetteer
from timeline_app.core.citation import citation
from timeline_app.core.event import Event, Excerpt, Source, Verified
from timeline_app.core.found_words import FoundWords, change_words
from timeline_app.core.marked_words import Marked, MarkKind, marked_words
from timeline_app.core.source_document import document_doubt
from timeline_app.core.verified_words import VERIFIED_WORDS
from timeline_app.ui.look import Look
from timeline_app.ui.panels.source_block import SourceBlock
from timeline_app.ui.panels.text_button import Arrow, TextButton, Tone
from timeline_app.ui.panels.text_parts import INSET_PX, muted_label, wrapped_label
from timeline_app.ui.safe_widgets import PlainLabel, SourceView, TextStretch, shown_source

BAR_PX = 3
QUOTE_INDENT_PX = 16
MARKED_CHARACTERS = 20_000
SHOWN_CHANGES = 20


class QuoteBlock(QWidget):
    """The words of a source in a serif beside a bar; `marks` are places in `shown_source(text)`."""

    def __init__(self, text: str, marks: tuple[Marked, ...], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.view = SourceView(self)
        self.view.setFont(look.quote())
        self.view.show_text(text, colour=QColor(look.theme.ink), quoted=True)
        self.view.mark(TextStretch(mark.start + 1, mark.end + 1, self._format(mark)) for mark in marks)
        self.view.setAccessibleName("Excerpt")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(QUOTE_INDENT_PX, 0, 0, 0)
        layout.addWidget(self.view)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is one bar
        with QPainter(self) as painter:
            painter.fillRect(QRect(INSET_PX, 0, BAR_PX, self.height()), QColor(self._look.theme.accent))

    def _format(self, mark: Marked) -> QTextCharFormat:
        look = QTextCharFormat()
        if mark.kind is MarkKind.DATE:
            look.setBackground(QColor(self._look.theme.accent_tint))
        else:
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            look.setUnderlineColor(self._look.actor_colour(mark.actor))
        return look


class ExcerptView(QWidget):
    """An excerpt with its translation, its source, the check against the document and the way to cite it."""

    link_activated = Signal(str)
    citation_copied = Signal(str)
    document_wanted = Signal(object)
    dateline_wanted = Signal(str)

    def __init__(
        self,
        excerpt: Excerpt,
        event: Event,
        source: Source | None,
        gazetteer: Gazetteer,
        look: Look,
        parent: QWidget | None = None,
        *,
        same_source: bool = False,
        has_dateline: bool = False,
    ) -> None:
        """With `has_dateline` when the source appeared can be told otherwise, as dates may hang on it."""
        super().__init__(parent)
        self._look = look
        self._excerpt = excerpt
        self._source = source
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        shown = shown_source(excerpt.text)
        marks = marked_words(shown, event, gazetteer) if len(shown) <= MARKED_CHARACTERS else ()
        self.quote = QuoteBlock(excerpt.text, marks, look)
        layout.addWidget(self.quote)
        if excerpt.translation.strip():
            layout.addSpacing(10)
            layout.addWidget(self._translation(excerpt))
        layout.addSpacing(12)
        if same_source:
            layout.addWidget(muted_label(" · ".join(filter(None, ("same source", excerpt.locator))), look))
        else:
            block = SourceBlock(excerpt.source, source, look, locator=excerpt.locator, quoted=excerpt.text)
            block.link_activated.connect(self.link_activated)
            layout.addWidget(block)
        if has_dateline and not same_source:
            layout.addWidget(self._dateline_button())
        layout.addSpacing(6)
        doubt = document_doubt(source.document if source else None)
        layout.addLayout(self._check_row(excerpt, doubt))
        if doubt and excerpt.verified is not Verified.NO_DOCUMENT:
            layout.addWidget(self._doubt_label(f"{doubt[:1].upper()}{doubt[1:]}"))
        if excerpt.found is not None and excerpt.found.changes:
            self._add_differences(excerpt.found, layout)

    @property
    def citation_text(self) -> str:
        """The citation that the button copies."""
        return citation(self._excerpt, self._source)

    @property
    def source_key(self) -> str:
        """The key of the source that is quoted."""
        return self._excerpt.source

    def copy_citation(self) -> None:
        """Put the citation on the clipboard."""
        copied = self.citation_text
        QGuiApplication.clipboard().setText(copied)
        self.citation_copied.emit(copied)

    def _dateline_button(self) -> TextButton:
        button = TextButton("Another dateline…", self._look, tone=Tone.LINK)
        button.setObjectName("dateline_button")
        button.setAccessibleDescription("See what would move if this source had appeared on another day")
        button.clicked.connect(lambda: self.dateline_wanted.emit(self.source_key))
        return button

    def _translation(self, excerpt: Excerpt) -> QWidget:
        block = QWidget()
        layout = QVBoxLayout(block)
        layout.setContentsMargins(QUOTE_INDENT_PX, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(muted_label(f"Translation{_from_language(excerpt.language)}", self._look))
        view = SourceView()
        view.setFont(self._look.body())
        view.show_text(excerpt.translation, colour=QColor(self._look.theme.ink))
        view.setAccessibleName("Translation")
        layout.addWidget(view)
        return block

    def _check_row(self, excerpt: Excerpt, doubt: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._badge(excerpt.verified, doubt), 1)
        if excerpt.found is not None:
            read = TextButton("Read", self._look, tone=Tone.LINK)
            read.setAccessibleDescription("Show the document with these words at their place")
            read.clicked.connect(lambda: self.document_wanted.emit(excerpt))
            row.addWidget(read)
        copy = TextButton("Copy citation", self._look, tone=Tone.LINK)
        copy.setAccessibleDescription("Copy author, title, dates and the excerpt as text")
        copy.clicked.connect(self.copy_citation)
        row.addWidget(copy)
        return row

    def _add_differences(self, found: FoundWords, layout: QVBoxLayout) -> None:
        """Add the words that differ, shown once the button above them is pressed."""
        count = len(found.changes)
        fold = TextButton("1 difference" if count == 1 else f"{count:,} differences", self._look, arrow=Arrow.FOLD)
        fold.setObjectName("differences_button")
        fold.setAccessibleDescription("Show the words that differ from the document")
        told = QWidget()
        told.setObjectName("differences")
        lines = QVBoxLayout(told)
        lines.setContentsMargins(QUOTE_INDENT_PX, 0, 0, 0)
        for change in found.changes[:SHOWN_CHANGES]:
            lines.addWidget(wrapped_label(change_words(change), self._look.small(), self._look.theme.ink))
        if count > SHOWN_CHANGES:
            lines.addWidget(muted_label(f"and {count - SHOWN_CHANGES:,} more", self._look))
        told.setVisible(False)
        fold.toggled.connect(told.setVisible)
        layout.addWidget(fold)
        layout.addWidget(told)

    def _doubt_label(self, words: str) -> PlainLabel:
        label = wrapped_label(words, self._look.small(), self._look.theme.warning)
        label.setObjectName("document_doubt")
        return label

    def _badge(self, verified: Verified, doubt: str) -> PlainLabel:
        """Say whether the words were found; of a document that cannot be read, why it cannot."""
        theme = self._look.theme
        colour = {
            Verified.EXACT: theme.good,
            Verified.NORMALISED: theme.good,
            Verified.NEAR: theme.warning,
            Verified.MISSING: theme.warning,
            Verified.NO_DOCUMENT: theme.muted,
        }[verified]
        words = VERIFIED_WORDS[verified]
        if doubt and verified is Verified.NO_DOCUMENT:
            words, colour = f"✗ {doubt}", theme.warning
        badge = wrapped_label(words, self._look.small(), colour)
        badge.setObjectName("verified_badge")
        return badge


def _from_language(code: str) -> str:
    """Say which language a text was translated from, by its name where Qt knows the code."""
    language = QLocale.codeToLanguage(code)
    name = code if language == QLocale.Language.AnyLanguage else QLocale.languageToString(language)
    return f" from {name}" if name else ""
