"""A story as PDF has a page for each step, more where its paragraph is long, and loses no line of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from tests.helpers.canvases import bundled, make_look
from tests.helpers.tables import make_event
from timeline_app.core.errors import Cancelled
from timeline_app.core.event import Excerpt, Source
from timeline_app.core.story import Story, StoryStep
from timeline_app.core.watch import Watch, watched_table
from timeline_app.query.story import told_story
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.ui import story_pages
from timeline_app.ui.picture_page import Page
from timeline_app.ui.picture_wish import PictureKind, PictureWish
from timeline_app.ui.story_quote import StoryQuote

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
def test_the_words_of_the_selected_event_stand_on_its_page_with_who_wrote_them() -> None:
    table = bundled()
    look = make_look(table)
    source = replace(table, source_by_key={"a": Source("a", "Article", "Somebody", published="2024-11-01")})

    def quote(*excerpts: Excerpt) -> StoryQuote:
        return StoryQuote.of(make_event("Pact", "2024-06", excerpts=excerpts), source, look, 400)

    short = quote(Excerpt("They  signed\nit.", "a", "par. 4"), Excerpt("Another", "a"))
    assert (short.heading, short.words) == ("June 2024: Pact", "“They signed it.”")
    assert short.source == "Somebody, “Article”, 1 November 2024, par. 4"
    long = quote(Excerpt("word " * 400, "b"))
    assert (long.words.count("\n"), long.words[-1], long.source) == (2, "…", "b")
    none = quote()
    assert (none.words, none.source) == ("", "")
    assert none.height_px < short.height_px < long.height_px
    for one in (none, short, long):
        height_px = round(one.height_px)
        image = QImage(420, height_px + 40, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        with QPainter(image) as painter:
            one.draw(painter, 10, 20)
        inked = [y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 200 for x in range(420))]
        assert 20 <= inked[0] <= inked[-1] < 20 + height_px
        assert inked[-1] > 20 + height_px - 2 * QFontMetricsF(look.body()).lineSpacing()


@pytest.mark.usefixtures("qapp")
def test_a_page_tells_its_filter_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Watched(Page):
        def __init__(self, *parts: Any, **named: Any) -> None:
            asked.append(named["asked"])
            super().__init__(*parts, **named)

    monkeypatch.setattr(story_pages, "Page", Watched)
    table = bundled()
    story = Story("T", (StoryStep("", "actor:Russia from:2024-10"), StoryStep()))
    story_pages.draw_story(table, told_story(story), make_look(table), EnglishWords())
    assert asked == ["with Russia, from October 2024", ""]


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
