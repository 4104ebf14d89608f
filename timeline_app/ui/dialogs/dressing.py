"""What the dialogs have in common: their margins, their quiet labels, and the row of buttons at their foot."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from timeline_app.ui.guarded import guarded
from timeline_app.ui.look import Look
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.wrapped_text import PAINTED_CHARACTERS

SIDE_PX = 24
TOP_PX = 20
FOOT_PX = 16
GAP_PX = 8
LINE_PX = 400
SCREEN_SHARE = 0.9


class Voice(Enum):
    """How a label speaks."""

    TITLE = auto()
    HEADING = auto()
    PLAIN = auto()
    NOTE = auto()
    WARNING = auto()


class DialogLabel(PlainLabel):
    """A label in one of a few voices that follows the look; its text wraps."""

    def __init__(
        self,
        text: str,
        look: Look,
        voice: Voice = Voice.PLAIN,
        parent: QWidget | None = None,
        *,
        longest: int = PAINTED_CHARACTERS,
    ) -> None:
        super().__init__(text, parent, longest=longest)
        self._look = look
        self._voice = voice
        self.set_wraps(wraps=True)
        look.changed.connect(self._restyle)
        self._restyle()

    def set_voice(self, voice: Voice) -> None:
        """Speak differently."""
        self._voice = voice
        self._restyle()

    @guarded(QSize())
    def sizeHint(self) -> QSize:
        """Ask for no more than the narrowest dialog has: Qt counts lines before it bounds the width to the screen."""
        whole, line_px = super().sizeHint(), self._look.px(LINE_PX)
        return QSize(line_px, self.heightForWidth(line_px)) if self.wraps and whole.width() > line_px else whole

    def _restyle(self) -> None:
        look, theme = self._look, self._look.theme
        fonts = {Voice.TITLE: look.title(), Voice.HEADING: look.body(bold=True), Voice.PLAIN: look.body()}
        colours = {Voice.NOTE: theme.muted, Voice.WARNING: theme.warning}
        self.setFont(fonts.get(self._voice, look.small()))
        self.set_colour(QColor(colours.get(self._voice, theme.ink)))


class _WidthKeeper(QObject):
    """Keeps a dialog wide enough for its text at any text size."""

    def __init__(self, dialog: QDialog, look: Look, width_px: int) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._look = look
        self._width_px = width_px
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        self._dialog.setMinimumWidth(self._look.px(self._width_px))


def dialog_column(dialog: QDialog, title: str, look: Look, width_px: int) -> QVBoxLayout:
    """Give a dialog its title and a smallest width, and return the column that its content goes into."""
    dialog.setWindowTitle(title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _WidthKeeper(dialog, look, width_px)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(SIDE_PX, TOP_PX, SIDE_PX, FOOT_PX)
    column.setSpacing(GAP_PX)
    return column


def open_at(dialog: QDialog, look: Look, size_px: tuple[int, int]) -> None:
    """Give a dialog a size, told for the usual text size and larger with the text, that the screen has room for."""
    wanted = QSize(*map(look.px, size_px))
    dialog.resize(wanted.boundedTo(dialog.screen().availableSize() * SCREEN_SHARE))


def add_button(
    box: QDialogButtonBox,
    text: str,
    clicked: Callable[[], None],
    *,
    name: str,
    role: QDialogButtonBox.ButtonRole = QDialogButtonBox.ButtonRole.ActionRole,
    is_default: bool = False,
) -> QPushButton:
    """Add a button to the foot of a dialog; Enter presses the default one."""
    button = box.addButton(text, role)
    button.setObjectName(name)
    button.setAutoDefault(is_default)
    button.setDefault(is_default)
    button.clicked.connect(lambda _checked: clicked())
    return button


def add_cancel_button(box: QDialogButtonBox, dialog: QDialog) -> QPushButton:
    """Add the button that leaves everything as it was."""
    return add_button(box, "Cancel", dialog.reject, name="cancel", role=QDialogButtonBox.ButtonRole.RejectRole)


def add_close_button(box: QDialogButtonBox, dialog: QDialog) -> QPushButton:
    """Add the button of a dialog that only shows something; Enter presses it."""
    role = QDialogButtonBox.ButtonRole.RejectRole
    return add_button(box, "Close", dialog.accept, name="close", role=role, is_default=True)
