"""A link is as high as its words, and no higher."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.canvases import make_look
from tests.helpers.shown import shown_column
from tests.helpers.tables import make_table
from timeline_app.ui.panels.link_button import LinkButton

WORDS = "How the troops came to the war, as an article of that autumn tells it"


@pytest.mark.parametrize(("width_px", "one_line", "lines"), [(150, False, 3), (900, False, 1), (150, True, 1)])
def test_a_link_in_a_column_has_room_for_all_of_its_lines(
    qtbot: QtBot, width_px: int, lines: int, *, one_line: bool
) -> None:
    look = make_look(make_table(), text_scale=1.5)
    single = LinkButton("Words", look).sizeHint().height()
    link = LinkButton(WORDS, look, one_line=one_line)
    with shown_column(qtbot, [link], width_px, 600):
        assert link.height() == (single if one_line else link.heightForWidth(link.width()))
        assert (link.height() >= lines * single * 0.75) if lines > 1 else (link.height() == single)
