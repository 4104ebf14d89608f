"""The filter in force as chips, one for each of its parts, each of which can be taken away."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from timeline_app.core.asked_actors import named_actors
from timeline_app.core.filter import Filter, Match
from timeline_app.core.filter_parts import FilterPart, PartKind, filter_parts
from timeline_app.core.safe_text import safe_text
from timeline_app.ui.cross_shape import draw_cross
from timeline_app.ui.flow_layout import FlowLayout
from timeline_app.ui.guarded import guarded
from timeline_app.ui.look import Look
from timeline_app.ui.panels.match_button import WORDS
from timeline_app.ui.panels.text_button import TextButton
from timeline_app.ui.safe_widgets import PlainLabel, set_safe_tooltip
from timeline_app.ui.session import Session
from timeline_app.ui.wrapped_text import shortened

HEIGHT_PX = 26
WIDEST_PX = 300
PADDING_PX = 10
DOT_PX = 8
GAP_PX = 6
CROSS_PX = 24
MOST_CHIPS = 10  # more would take the timeline's room
ACTOR_KINDS = (PartKind.ACTOR, PartKind.NOT_ACTOR)
REMOVING_KEYS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterChip(QAbstractButton):
    """One part of the filter; the cross, Delete, Space and Enter remove it."""

    def __init__(self, part: FilterPart, colour: QColor | None, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self._colour = colour
        self._look = look
        self._words = safe_text(shortened(part.words))
        self.setAccessibleName(f"Filter: {self._words}")
        self.setAccessibleDescription("Delete removes it")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        set_safe_tooltip(self, part.words)

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        words_px = QFontMetrics(self._look.body()).horizontalAdvance(self._words)
        width_px = self._words_left_px() + words_px + self._look.px(CROSS_PX) + 2
        return QSize(min(width_px, self._look.px(WIDEST_PX)), self._look.px(HEIGHT_PX))

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos) and pos.x() >= self.width() - self._look.px(CROSS_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in REMOVING_KEYS:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_outline(painter)
            if self._colour is not None:
                self._paint_dot(painter, self._colour)
            self._paint_words(painter)
            self._paint_cross(painter)

    def _paint_outline(self, painter: QPainter) -> None:
        theme = self._look.theme
        width_px = 2.0 if self.hasFocus() else 1.2
        border = QColor(theme.accent if self.hasFocus() else theme.rule)
        if self.part.kind is PartKind.ACTOR and self._colour is not None and not self.hasFocus():
            border = self._colour
        painter.setPen(QPen(border, width_px))
        painter.setBrush(QColor(theme.background))
        outline = QRectF(self.rect()).adjusted(width_px / 2, width_px / 2, -width_px / 2, -width_px / 2)
        painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2)

    def _paint_dot(self, painter: QPainter, colour: QColor) -> None:
        dot_px = self._look.px(DOT_PX)
        centre = QPointF(PADDING_PX + dot_px / 2, self.height() / 2)
        excluded = self.part.kind is PartKind.NOT_ACTOR
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush if excluded else colour)
        radius_px = dot_px / 2 - 0.75
        painter.drawEllipse(centre, radius_px, radius_px)

    def _paint_words(self, painter: QPainter) -> None:
        words = self.rect().adjusted(self._words_left_px(), 0, -self._look.px(CROSS_PX), 0)
        font = self._look.body()
        painter.setFont(font)
        painter.setPen(QColor(self._look.theme.ink))
        text = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, words.width() + 2)
        painter.drawText(words.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _paint_cross(self, painter: QPainter) -> None:
        theme = self._look.theme
        centre = QPointF(self.width() - self._look.px(CROSS_PX) / 2 - 1, self.height() / 2)
        colour = QColor(theme.ink if self.underMouse() else theme.muted)
        draw_cross(painter, centre, colour, self._look.text_scale)

    def _words_left_px(self) -> int:
        return PADDING_PX + (self._look.px(DOT_PX + GAP_PX) if self._colour is not None else 2)


class ChipsBar(QWidget):
    """The chips above the timeline; without a filter it takes no room."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = look
        self.chips: list[FilterChip] = []
        self.setObjectName("chips_bar")
        self.setAccessibleName("Filter in force")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.flow = FlowLayout(gap_px=8, row_gap_px=6, keeps_last=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.flow)
        self.more = PlainLabel("", self)
        self.match_button = TextButton("", look, self)
        self.match_button.setAccessibleDescription("Switches between any and all of the chosen actors")
        self.clear_button = TextButton("clear all", look, self)
        self.match_button.clicked.connect(self._switch_match)
        self.clear_button.clicked.connect(self._clear)
        session.filter_changed.connect(self._rebuild)
        session.table_changed.connect(self._rebuild)
        look.changed.connect(self._rebuild)
        self._rebuild()

    def _switch_match(self) -> None:
        wanted = self._session.wanted
        self._session.set_filter(replace(wanted, match=Match.ALL if wanted.match is Match.ANY else Match.ANY))

    def _clear(self) -> None:
        self._session.set_filter(Filter())

    def _remove(self, part: FilterPart) -> None:
        self._session.set_filter(part.without)

    def _rebuild(self) -> None:
        focused = next((place for place, chip in enumerate(self.chips) if chip.hasFocus()), None)
        wanted = self._session.wanted
        parts = filter_parts(wanted, self._session.table)
        self._empty()
        self.chips = [self._chip(part) for part in parts[:MOST_CHIPS]]
        hidden = len(parts) - len(self.chips)
        self.more.setText(f"and {hidden:,} more")
        self.more.setFont(self._look.small())
        self.more.set_colour(QColor(self._look.theme.muted))
        self.match_button.setText(WORDS[wanted.match])
        shown: list[tuple[QWidget, bool]] = [(chip, True) for chip in self.chips]
        shown += [(self.more, hidden > 0), (self.match_button, len(wanted.actors) > 1), (self.clear_button, True)]
        for widget, visible in shown:
            widget.setVisible(visible)
            if visible:
                self.flow.addWidget(widget)
        self._order_tabs()
        self.setVisible(bool(parts))
        self.updateGeometry()
        if focused is not None:
            last = [*self.chips, self.clear_button][min(focused, len(self.chips))]
            last.setFocus(Qt.FocusReason.TabFocusReason)

    def _empty(self) -> None:
        while self.flow.takeAt(0) is not None:
            pass
        for chip in self.chips:
            chip.hide()
            chip.deleteLater()

    def _chip(self, part: FilterPart) -> FilterChip:
        colour = None
        if part.kind in ACTOR_KINDS:
            meant = sorted(named_actors(part.value, self._session.table))
            colour = self._look.actor_colour(meant[0] if meant else part.value)
        chip = FilterChip(part, colour, self._look, self)
        chip.clicked.connect(lambda: self._remove(part))
        return chip

    def _order_tabs(self) -> None:
        order = [*self.chips, self.match_button, self.clear_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
