"""A source is told of in letters that can be read, whatever its script."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.tables import make_table
from timeline_app.core.event import Source
from timeline_app.ui.look import Look
from timeline_app.ui.panels.source_block import ITS_TITLE, SourceBlock
from timeline_app.ui.safe_widgets import PlainLabel


@pytest.mark.parametrize(
    ("title", "is_italic"),
    [
        ("Korean Troops Mark a New Escalation", True),
        ("Київ, № 2ª – Ελλάς", True),
        ("الشرق الأوسط", False),
        ("ציר הזמן", False),
        ("新华社", False),
        ("조선중앙통신 KCNA", False),
    ],
)
def test_titles_of_sources_are_italic_in_scripts_that_have_italics(qtbot: QtBot, title: str, is_italic: bool) -> None:
    block = SourceBlock("key", Source("key", title=title), Look(make_table(), "light"))
    qtbot.addWidget(block)
    fonts = [label.font() for label in block.findChildren(PlainLabel) if label.text() == title]
    assert [font.italic() for font in fonts] == [is_italic]


@pytest.mark.parametrize(
    ("quoted", "is_title"),
    [
        ("Clashes near Hama", True),
        (" Clashes\nnear  Hama ", True),
        ("Clashes near", False),
        ("Clashes near Hama today", False),
        ("", False),
    ],
)
def test_a_title_is_the_quotation_where_their_words_are_the_same(qtbot: QtBot, quoted: str, is_title: bool) -> None:
    block = SourceBlock("key", Source("key", title="Clashes near Hama"), Look(make_table(), "light"), quoted=quoted)
    qtbot.addWidget(block)
    assert (ITS_TITLE in [label.text() for label in block.findChildren(PlainLabel)]) == is_title
