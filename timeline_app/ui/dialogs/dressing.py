"""What the dialogs have in common: their margins, their quiet labels, and the row of buttons at their foot."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel

SIDE_PX = 24
TOP_PX = 20
FOOT_PX = 16
GAP_PX = 8


class Voice(Enum):
    """How a label speaks."""

    TITLE = auto()
    HEADING = auto()
    PLAIN = auto()
    NOTE = auto()
    WARNING = auto()


class DialogLabel(PlainLabel):
    """A label in one of a few voices that follows the look; its text wraps."""

    def __init__(self, text: str, look: Look, voice: Voice = Voice.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self._voice = voice
        self.set_wraps(wraps=True)
        look.changed.connect(self._restyle)
        self._restyle()

    def set_voice(self, voice: Voice) -> None:
        """Speak differently."""
        self._voice = voice
        self._restyle()

    def _restyle(self) -> None:
        look, theme = self._look, self._look.theme
        fonts = {Voice.TITLE: look.title(), Voice.HEADING: look.body(bold=True), Voice.PLAIN: look.body()}
        colours = {Voice.NOTE: theme.muted, Voice.WARNING: theme.warning}
        self.setFont(fonts.get(self._voice, look.small()))
        self.set_colour(QColor(colours.get(self._voice, theme.ink)))


def dialog_column(dialog: QDialog, title: str, width_px: int) -> QVBoxLayout:
    """Give a dialog its title and width, and return the column that its content goes into."""
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setMinimumWidth(width_px)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(SIDE_PX, TOP_PX, SIDE_PX, FOOT_PX)
    column.setSpacing(GAP_PX)
    return column


def add_button(
    box: QDialogButtonBox, text: str, clicked: Callable[[], None], *, name: str, is_default: bool = False
) -> QPushButton:
    """Add a button to the foot of a dialog; Enter presses the default one."""
    role = QDialogButtonBox.ButtonRole.AcceptRole if is_default else QDialogButtonBox.ButtonRole.ActionRole
    button = box.addButton(text, role)
    button.setObjectName(name)
    button.setAutoDefault(is_default)
    button.setDefault(is_default)
    button.clicked.connect(lambda _checked: clicked())
    return button
