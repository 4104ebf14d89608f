"""The row of buttons at the foot of a dialog, each of them reached by Tab."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialogButtonBox


class ButtonBox(QDialogButtonBox):
    """A box that hands the keyboard on to no one button.

    Under a style sheet Qt 6.11 makes the default button the focus proxy of the box, and Tab then leaps over the others.
    """

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if self.focusProxy() is not None:
            self.setFocusProxy(None)  # type: ignore[arg-type]  # the stubs forget that there may be none
        return handled
