"""A story as a PDF: a page for each step, its paragraph and its event's words above the timeline as it shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout

from timeline_app.core.known_view import known_view
from timeline_app.core.lanes import Grouping
from timeline_app.core.safe_text import safe_text
from timeline_app.core.table import EventTable
from timeline_app.core.told_story import ToldStep, ToldStory
from timeline_app.scene.axis_words import AxisWords
from timeline_app.scene.paper import sheet_mm, sheet_px
from timeline_app.ui.look import Look
from timeline_app.ui.picture import pdf_of
from timeline_app.ui.picture_page import MARGIN_PX, Page
from timeline_app.ui.picture_wish import PictureKind, PictureWish
from timeline_app.ui.story_quote import StoryQuote
from timeline_app.ui.wrapped_text import wrap
from timeline_app.writers.filter_words import filter_words

SHEET = "a4"
GAP_PX = 8
# Of a page at most so much is the paragraph; what is longer has pages of its own before.
TEXT_SHARE = 0.4
LINE_SEPARATOR = "\u2028"

Draw = Callable[[QPainter], None]


def draw_story(table: EventTable, story: ToldStory, look: Look, words: AxisWords) -> bytes:
    """Return the pages as PDF; needs a QGuiApplication. Raises WriteError for what cannot be drawn."""
    size_mm = sheet_mm(SHEET, is_upright=False)
    width_px, height_px = sheet_px(size_mm, 1.0)
    wish = PictureWish(PictureKind.PDF, width_px, height_px, sheet_mm=size_mm)
    pages: list[Draw] = []
    for number, told in enumerate(story.steps, start=1):
        heading = f"{story.title}, {number} of {len(story.steps)}"
        pages += step_pages(heading, told, table, wish, look, words)
    return pdf_of(pages, wish, story.title)


def step_pages(
    heading: str, told: ToldStep, table: EventTable, wish: PictureWish, look: Look, words: AxisWords
) -> Iterator[Draw]:
    """Give what draws each page of a step, in the pixels of a wish."""
    text = safe_text(told.step.text.strip(), keep_lines=True).replace("\n", LINE_SEPARATOR)
    body = wrap(text, look.body(), wish.width_px - 2 * MARGIN_PX).layout
    line_px = QFontMetricsF(look.body()).lineSpacing()
    head_px = 2 * MARGIN_PX + QFontMetricsF(look.title()).lineSpacing() + GAP_PX
    most_px = wish.height_px * TEXT_SHARE - head_px
    first, last = 0, body.lineCount() if text else 0
    while (last - first) * line_px > most_px:
        beyond = min(first + int((wish.height_px - head_px - MARGIN_PX) / line_px), last)
        yield _text_page(heading, body, (first, beyond), head_px, look, wish)
        first = beyond

    def draw(painter: QPainter) -> None:
        text_px = round(head_px + (last - first) * line_px)
        _text_page(heading, body, (first, last), head_px, look, wish)(painter)
        lanes = Grouping(told.step.lanes) if told.step.lanes in set(Grouping) else None
        rows = [row for row in map(table.row_of, told.step.selection) if row is not None]
        if rows:
            event = known_view(table, told.wanted).event(rows[-1])
            quote = StoryQuote.of(event, table, look, wish.width_px - 2 * MARGIN_PX)
            quote.draw(painter, MARGIN_PX, text_px)
            text_px += round(quote.height_px)
        painter.translate(0, text_px)
        picture = replace(
            wish,
            height_px=wish.height_px - text_px,
            view_s=told.step.view_s,
            selected=rows[-1] if rows else None,
            grouping=lanes,
        )
        Page(table, told.wanted, picture, look, words, asked=filter_words(told.wanted)).draw(painter)

    yield draw


def _text_page(
    heading: str, body: QTextLayout, lines: tuple[int, int], head_px: float, look: Look, wish: PictureWish
) -> Draw:
    """Return what draws a heading and some lines of a paragraph at the top of a page."""

    def draw(painter: QPainter) -> None:
        painter.fillRect(QRectF(0, 0, wish.width_px, wish.height_px), QColor(look.theme.background))
        painter.setPen(QColor(look.theme.ink))
        painter.setFont(look.title())
        painter.drawText(QPointF(MARGIN_PX, MARGIN_PX + QFontMetricsF(look.title()).ascent()), safe_text(heading))
        first, beyond = lines
        top_px = body.lineAt(first).y() if first < beyond else 0.0
        for number in range(first, beyond):
            line = body.lineAt(number)
            line.draw(painter, QPointF(MARGIN_PX, head_px - MARGIN_PX - top_px))

    return draw
