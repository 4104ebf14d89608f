"""The slim bar above the timeline in which a story is read, step by step, and written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from timeline_app.core.story import Story
from timeline_app.ui.flow_layout import FlowLayout
from timeline_app.ui.look import Look
from timeline_app.ui.panels.close_button import CloseButton
from timeline_app.ui.panels.note_block import NoteField
from timeline_app.ui.panels.step_button import StepButton
from timeline_app.ui.panels.text_button import TextButton, Tone
from timeline_app.ui.panels.text_parts import wrapped_label
from timeline_app.ui.safe_widgets import PlainLabel, set_safe_tooltip
from timeline_app.ui.story_teller import StoryTeller
from timeline_app.ui.workspace_stories import KeptStory

SIDE_PX = 12
TEXT_PX = 96  # of a paragraph that are seen at once; the rest is scrolled to
EDGE_PX = 3
STEP_BY_KEY = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Home: -1_000_000,
    Qt.Key.Key_End: 1_000_000,
}


LINES_BY_KEY = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}  # of a paragraph that is not seen as a whole


class StoryBar(QWidget):
    """Follows the teller; while it has the keyboard the arrow keys step. Without a story it takes no room."""

    left = Signal()
    export_clicked = Signal()

    def __init__(self, teller: StoryTeller, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._teller = teller
        self._look = look
        self._is_editing = False
        self._deletes = False
        self.setObjectName("story_bar")
        self.setAccessibleName("Story")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.previous, self.next = _step_button(look, forward=False), _step_button(look, forward=True)
        self.number = PlainLabel()
        self.title = PlainLabel()
        self.edit_button = TextButton("Edit", look, tone=Tone.LINK)
        self.export_button = TextButton("Export…", look, tone=Tone.LINK)
        self.close_button = CloseButton("Close the story", look)
        self.text = wrapped_label("", look.body(), look.theme.ink)
        self.title_field = QLineEdit()
        self.title_field.setAccessibleName("Title of the story")
        self.text_field = NoteField(look)
        self.text_field.setAccessibleName("Paragraph of this step")
        self.text_field.setPlaceholderText("What is to be seen here")
        self.tools = QWidget()
        self.delete_button = TextButton("Delete story", look)
        self._build()
        self._connect()
        self._restyle()
        self._follow()

    @property
    def is_editing(self) -> bool:
        """Whether the story is being written."""
        return self._is_editing

    def tell(self, story: Story) -> None:
        """Tell a story that comes with a file."""
        self.tell_kept(KeptStory(story))

    def tell_kept(self, kept: KeptStory) -> None:
        """Tell a story, and take the keyboard for the arrow keys."""
        self._is_editing = False
        self._teller.tell(kept)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def edit(self) -> None:
        """Write the story that is told: a copy of it, where it comes with a file."""
        if self._teller.kept is not None and not self._teller.can_change:
            self._teller.copy()
        self._is_editing = self._teller.can_change  # not where a copy could not be kept
        self._follow()
        if self._is_editing:
            self.text_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_step(self) -> None:
        """Put the present view after the step that is shown, and write its paragraph."""
        self._teller.add_step()
        self.edit()

    def finish(self) -> None:
        """Read the story again."""
        self._is_editing = False
        self._teller.save()
        self._follow()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        # Else the arrow keys would run the window's actions.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_mine(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._is_mine(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in STEP_BY_KEY:
            self._teller.go(STEP_BY_KEY[Qt.Key(event.key())])
        else:
            by_px = LINES_BY_KEY[Qt.Key(event.key())] * self.text.fontMetrics().lineSpacing()
            self._scroll.verticalScrollBar().setValue(self._scroll.verticalScrollBar().value() + by_px)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_text()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 — it is a ground, an edge and a line
        theme = self._look.theme
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.accent_tint if self.hasFocus() else theme.panel))
            painter.fillRect(0, 0, EDGE_PX, self.height(), QColor(theme.accent))
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(theme.rule))

    def _is_mine(self, event: QKeyEvent) -> bool:
        can_scroll = self._scroll.isVisible() and self._scroll.verticalScrollBar().maximum() > 0
        keys = (*STEP_BY_KEY, Qt.Key.Key_Escape, *(LINES_BY_KEY if can_scroll else ()))
        return event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier} and (
            event.key() in keys
        )

    def _follow(self) -> None:
        """Show the step that is told, without touching what is just being written."""
        kept, step, place = self._teller.kept, self._teller.step, self._teller.place
        self.setVisible(kept is not None)
        if kept is None:
            self._is_editing = False
            return
        count = len(kept.story.steps)
        self.number.setText(f"{place + 1} of {count}" if step else "no step")
        self.title.setText(kept.story.title)
        self.previous.setEnabled(place > 0)
        self.next.setEnabled(place + 1 < count)
        self.text.setText(step.text if step else "")
        self._fill_fields()
        self._deletes = False
        self.delete_button.setText("Delete story")
        self.edit_button.setText("Done" if self._is_editing else "Edit" if kept.is_own else "Copy to edit")
        for widget in (self.title_field, self.text_field, self.tools):
            widget.setVisible(self._is_editing)
        self.text_field.setEnabled(step is not None)
        self.title.setVisible(not self._is_editing)
        self._scroll.setVisible(not self._is_editing and bool(step and step.text.strip()))
        self.setAccessibleDescription(f"{kept.story.title}, {self.number.text()}. {self.text.text()}")
        self._fit_text()

    def _fill_fields(self) -> None:
        kept, step = self._teller.kept, self._teller.step
        text = step.text if step else ""
        if self.text_field.toPlainText() != text:
            self.text_field.blockSignals(True)
            self.text_field.setPlainText(text)
            self.text_field.blockSignals(False)
        if kept is not None and self.title_field.text().strip() != kept.story.title:
            self.title_field.setText(kept.story.title)

    def _fit_text(self) -> None:
        """Give the paragraph the height that it needs, of which so much is seen as there is room for."""
        margins, most_px = self.contentsMargins() + self._column.contentsMargins(), self._look.px(TEXT_PX)
        width_px = self.width() - margins.left() - margins.right()
        height_px = self.text.heightForWidth(width_px)
        if height_px > most_px:
            height_px = self.text.heightForWidth(width_px - self._scroll.verticalScrollBar().sizeHint().width())
        self.text.setMinimumHeight(height_px)
        self._scroll.setFixedHeight(min(height_px, most_px))

    def _toggle_edit(self) -> None:
        if self._is_editing:
            self.finish()
        else:
            self.edit()

    def _delete(self) -> None:
        """Delete the story at the second press."""
        if self._deletes:
            self._teller.delete()
            self.left.emit()
        else:
            self._deletes = True
            self.delete_button.setText("Delete for good?")
            self.delete_button.updateGeometry()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        for widget in (self.previous, self.number, self.next):
            head.addWidget(widget)
        head.addSpacing(6)
        head.addWidget(self.title, 1)
        head.addWidget(self.title_field, 1)
        for button in (self.edit_button, self.export_button, self.close_button):
            head.addWidget(button)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setStyleSheet("background: transparent;")
        self._scroll.setWidget(self.text)
        flow = FlowLayout(gap_px=8, row_gap_px=2)
        tools: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Add this view", self.add_step),
            ("Use this view here", self._teller.use_view),
            ("Move step earlier", lambda: self._teller.move_step(-1)),
            ("Move step later", lambda: self._teller.move_step(1)),
            ("Delete step", self._teller.delete_step),
        )
        for name, act in tools:
            button = TextButton(name, self._look, tone=Tone.LINK)
            button.clicked.connect(lambda _checked=False, run=act: run())
            flow.addWidget(button)
        flow.addWidget(self.delete_button)
        self.tools.setLayout(flow)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(SIDE_PX, 4, SIDE_PX - 4, 6)
        column.setSpacing(4)
        column.addLayout(head)
        for part in (self._scroll, self.text_field, self.tools):
            column.addWidget(part)

    def _connect(self) -> None:
        teller = self._teller
        self.previous.clicked.connect(lambda: teller.go(-1))
        self.next.clicked.connect(lambda: teller.go(1))
        self.edit_button.clicked.connect(self._toggle_edit)
        self.export_button.clicked.connect(self.export_clicked)
        self.close_button.clicked.connect(teller.stop)
        self.close_button.clicked.connect(self.left)
        self.delete_button.clicked.connect(self._delete)
        self.text_field.textChanged.connect(lambda: teller.set_text(self.text_field.toPlainText()))
        self.text_field.escaped.connect(self.finish)
        self.title_field.textEdited.connect(lambda text: teller.set_title(" ".join(text.split())))
        self.title_field.returnPressed.connect(self.finish)
        # What was written is kept as soon as its field is left.
        self.title_field.editingFinished.connect(teller.save)
        self.text_field.left.connect(teller.save)
        teller.changed.connect(self._follow)
        self._look.changed.connect(self._restyle)

    def _restyle(self) -> None:
        look = self._look
        self.title.setFont(look.body(bold=True))
        self.text.setFont(look.body())
        self.text.set_colour(QColor(look.theme.ink))
        self.text_field.setFont(look.body())
        self.number.setFont(look.small())
        self.number.set_colour(QColor(look.theme.muted))
        self._fit_text()


def _step_button(look: Look, *, forward: bool) -> StepButton:
    button = StepButton(look, forward=forward)
    name = "Next step" if forward else "Previous step"
    button.setAccessibleName(name)
    set_safe_tooltip(button, f"{name}  {'→' if forward else '←'}")
    return button
