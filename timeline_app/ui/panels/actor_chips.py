"""The actors of one event as chips; a click filters by one of them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from timeline_app.core.event import ActorRef
from timeline_app.core.filter import Filter
from timeline_app.ui.flow_layout import FlowLayout
from timeline_app.ui.guarded import guarded
from timeline_app.ui.look import Look
from timeline_app.ui.panels.text_parts import INSET_PX
from timeline_app.ui.safe_widgets import set_safe_tooltip, shown_line
from timeline_app.ui.session import Session

HEIGHT_PX = 26
PADDING_PX = 10
DOT_PX = 8
GAP_PX = 6
SHOWN_ACTORS = 60


class ActorChip(QAbstractButton):
    """One actor with its colour and role; it is checked while the filter asks for this actor alone."""

    card_wanted = Signal(str)

    def __init__(self, actor: ActorRef, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actor = actor
        self._session = session
        self._look = look
        self._name = shown_line(actor.name)
        self._role = shown_line(actor.role)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.toggle_filter)
        session.filter_changed.connect(self._follow_filter)
        self._follow_filter()

    @property
    def actor_name(self) -> str:
        """Whose chip it is, by canonical name."""
        return self._actor.name

    def toggle_filter(self) -> None:
        """Show only the events with this actor, or all again."""
        wanted = self._session.wanted
        if self._is_filter(wanted):
            self._session.set_filter(replace(wanted, actors=()))
        else:
            hidden = tuple(name for name in wanted.not_actors if name != self._actor.name)
            self._session.set_filter(replace(wanted, actors=(self._actor.name,), not_actors=hidden))
        self._follow_filter()

    def _follow_filter(self) -> None:
        chosen = self._is_filter(self._session.wanted)
        self.setChecked(chosen)
        asks = "Show the events of all actors" if chosen else f"Show only the events of {self._actor.name}"
        set_safe_tooltip(self, asks)
        self.setAccessibleName(f"{self._name}, {self._role}" if self._role else self._name)
        self.setAccessibleDescription(shown_line(asks))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """Make the menu of the chip."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Card…").triggered.connect(lambda: self.card_wanted.emit(self._actor.name))
        only = "Events of all actors" if self.isChecked() else "Only its events"
        menu.addAction(only).triggered.connect(self.toggle_filter)
        return menu

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        name_px = QFontMetrics(self._look.body()).horizontalAdvance(self._name)
        role_px = QFontMetrics(self._look.small()).horizontalAdvance(self._role)
        between_px = 2 * GAP_PX if self._role else 0
        width_px = 2 * PADDING_PX + DOT_PX + GAP_PX + name_px + between_px + role_px
        return QSize(width_px + 2, self._look.px(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().height(), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is small enough to be painted whole
        theme = self._look.theme
        colour = self._look.actor_colour(self._actor.name)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width_px = 2.0 if self.hasFocus() else 1.0
            border = (
                theme.accent if self.hasFocus() else colour if self.isChecked() or self.underMouse() else theme.rule
            )
            painter.setPen(QPen(QColor(border), width_px))
            painter.setBrush(QColor(theme.accent_tint) if self.isChecked() else Qt.BrushStyle.NoBrush)
            outline = QRectF(self.rect()).adjusted(width_px / 2, width_px / 2, -width_px / 2, -width_px / 2)
            painter.drawRoundedRect(outline, outline.height() / 2, outline.height() / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(PADDING_PX + DOT_PX / 2, self.height() / 2), DOT_PX / 2, DOT_PX / 2)
            self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        words = self.rect().adjusted(PADDING_PX + DOT_PX + GAP_PX, 0, -PADDING_PX, 0)
        body, small = self._look.body(), self._look.small()
        name = QFontMetrics(body).elidedText(self._name, Qt.TextElideMode.ElideRight, words.width())
        painter.setFont(body)
        painter.setPen(QColor(self._look.theme.ink))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, name)
        words.setLeft(words.left() + QFontMetrics(body).horizontalAdvance(name) + 2 * GAP_PX)
        painter.setFont(small)
        painter.setPen(QColor(self._look.theme.muted))
        role = QFontMetrics(small).elidedText(self._role, Qt.TextElideMode.ElideRight, max(0, words.width() + 2))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, role)

    def _is_filter(self, wanted: Filter) -> bool:
        return wanted.actors == (self._actor.name,)


class ActorChips(QWidget):
    """The chips of an event's actors, in rows."""

    card_wanted = Signal(str)

    def __init__(
        self, actors: tuple[ActorRef, ...], session: Session, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        flow = FlowLayout(self)
        flow.setContentsMargins(INSET_PX, 0, INSET_PX, 0)
        self.chips = [ActorChip(actor, session, look, self) for actor in actors[:SHOWN_ACTORS]]
        for chip in self.chips:
            flow.addWidget(chip)
            chip.card_wanted.connect(self.card_wanted)
