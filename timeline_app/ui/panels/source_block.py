"""A source as it is told of beside what is taken from it: who wrote what, where and when, with its address."""

from __future__ import annotations

import re
from itertools import zip_longest
from unicodedata import category, normalize

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timeline_app.core.citation import quiet_lines, source_details, source_heading
from timeline_app.core.event import Source
from timeline_app.ui.look import Look
from timeline_app.ui.panels.link_button import LinkButton
from timeline_app.ui.panels.text_parts import muted_label, wrapped_label
from timeline_app.ui.web_address import web_address

ITS_TITLE = "The quotation is the title of its source."
_WORD = re.compile(r"\S+")


class SourceBlock(QWidget):
    """Author, title, details and address of a source; `key` is told of one that nothing is known of.

    Where `quoted`, the words that it stands below, are its title and no more, they are not said twice.
    """

    link_activated = Signal(str)

    def __init__(self, key: str, source: Source | None, look: Look, *, locator: str = "", quoted: str = "") -> None:
        super().__init__()
        self._look = look
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        if source is None:
            layout.addWidget(wrapped_label(key or "no source given", look.body(), look.theme.ink))
        else:
            self._add_names(layout, source, quoted)
        for told in quiet_lines(source_details(source, locator)):
            layout.addSpacing(2)
            layout.addWidget(muted_label(told, look))
        if source is not None and source.url:
            layout.addWidget(self._address(source.url))

    def _add_names(self, layout: QVBoxLayout, source: Source, quoted: str) -> None:
        look = self._look
        if source.author:
            layout.addWidget(wrapped_label(source.author, look.body(), look.theme.ink))
        if source.title and _are_same_words(source.title, quoted):
            layout.addWidget(muted_label(ITS_TITLE, look))
            return
        heading, title_font = source_heading(source), look.body()
        title_font.setItalic(may_be_slanted(heading))
        layout.addWidget(wrapped_label(heading, title_font, look.theme.ink))

    def _address(self, url: str) -> QWidget:
        if web_address(url) is None:
            return muted_label(url, self._look)
        button = LinkButton(url, self._look, one_line=True)
        button.clicked.connect(lambda: self.link_activated.emit(url))
        return button


def _are_same_words(one: str, other: str) -> bool:
    """Return whether two texts have the same words, each of which is read only as far as the other agrees."""
    texts = zip_longest(_WORD.finditer(one), _WORD.finditer(other))
    return all(first and second and first[0] == second[0] for first, second in texts)


def may_be_slanted(text: str) -> bool:
    """Return whether all letters of a text are of scripts that have capitals; only these have italics.

    Others are merely pushed over, and where no font has a slanted face for them, Qt draws boxes instead of letters.
    """
    return all(category(letter) != "Lo" for letter in normalize("NFKC", text))
