"""A story as PDF has a page for each step, more where its paragraph is long, and loses no line of it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage, QPainter

from tests.helpers.canvases import bundled, make_look
from timeline_app.core.errors import Cancelled
from timeline_app.core.story import Story, StoryStep
from timeline_app.core.watch import Watch, watched_table
from timeline_app.query.story import told_story
from timeline_app.scene.ticks import EnglishWords
from timeline_app.ui import story_pages
from timeline_app.ui.picture_wish import PictureKind, PictureWish

WISH = PictureWish(PictureKind.PDF, 600, 400)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("lines", "pages"), [(0, 1), (3, 1), (30, 3)])
def test_a_long_paragraph_has_pages_of_its_own(lines: int, pages: int) -> None:
    table = bundled()
    told = told_story(Story("T", (StoryStep("\n".join(["Words"] * lines), "actor:Russia", "type"),))).steps[0]
    draws = list(story_pages.step_pages("T", told, table, WISH, make_look(table), EnglishWords()))
    assert len(draws) == pages
    for draw in draws:
        image = QImage(600, 400, QImage.Format.Format_RGB32)
        image.fill(0xFF00FF)
        with QPainter(image) as painter:
            draw(painter)
        assert all(image.pixelColor(x, y).rgb() != 0xFFFF00FF for x in (2, 300, 597) for y in (2, 200, 397))


@pytest.mark.usefixtures("qapp")
def test_an_empty_story_is_one_empty_page() -> None:
    table = bundled()
    pages = story_pages.draw_story(table, told_story(Story("T")), make_look(table), EnglishWords())
    assert pages.startswith(b"%PDF")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("events", [0, 1, 5])
def test_pages_that_are_given_up_half_way_leave_qt_nothing_to_warn_of(events: int) -> None:
    table, left = bundled(), iter(range(events))
    [story] = table.stories
    watched = watched_table(table, Watch(lambda: next(left, None) is not None))
    with pytest.raises(Cancelled):
        story_pages.draw_story(watched, told_story(story), make_look(table), EnglishWords())
