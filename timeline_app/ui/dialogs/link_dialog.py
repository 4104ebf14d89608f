"""Ask before an address from a file is opened outside the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from timeline_app.ui.dialogs.button_box import ButtonBox
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.web_address import ENCODED_CHARACTERS, web_address

WIDTH_PX = 460
TALLEST_PX = 640

Opener = Callable[[str], bool]


def open_link(text: str, parent: QWidget | None, opener: Opener) -> LinkDialog | None:
    """Ask whether to open an address and open it with `opener` on yes; what is no web address is never asked about."""
    address = web_address(text)
    if address is None:
        return None
    dialog = LinkDialog(address, opener, parent)
    dialog.open()
    return dialog


class LinkDialog(QDialog):
    """Shows the whole address, and says that to open it leaves the program and the machine."""

    def __init__(self, address: str, opener: Opener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = address
        self._opener = opener
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Open a link")
        self.setFixedWidth(WIDTH_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        host = PlainLabel(f"Open a page on {QUrl(address).host(QUrl.ComponentFormattingOption.FullyEncoded)}?")
        font = host.font()
        font.setBold(True)
        host.setFont(font)
        self._address_label = PlainLabel(address, longest=ENCODED_CHARACTERS)
        self._address_label.setObjectName("link_address")
        self._notice = PlainLabel(
            "This leaves the program: your browser will open it, and the site will learn your address on the Internet."
        )
        self._notice.setObjectName("link_notice")
        for label in (host, self._address_label, self._notice):
            label.set_wraps(wraps=True)
            layout.addWidget(label)
        layout.addSpacing(4)
        layout.addWidget(self._buttons())

    @property
    def address(self) -> str:
        """The address that is asked about."""
        return self._address

    def copy_address(self) -> None:
        """Put the address on the clipboard and leave the dialog open."""
        QGuiApplication.clipboard().setText(self._address)
        self._say("The address is on the clipboard.")

    def open_address(self) -> None:
        """Hand the address to the browser, and say so if that cannot be done."""
        if self._opener(self._address):
            self.accept()
        else:
            self._say("No browser could be started. The address can be copied instead.")

    def showEvent(self, event: QShowEvent) -> None:
        self._fit_height()
        super().showEvent(event)

    def _say(self, words: str) -> None:
        self._notice.setText(words)
        self._fit_height()

    def _fit_height(self) -> None:
        """Be as tall as the wrapped text asks for, which Qt does not work out for a window by itself."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedHeight(min(layout.totalHeightForWidth(WIDTH_PX), TALLEST_PX))

    def _buttons(self) -> QDialogButtonBox:
        box = ButtonBox()
        cancel = box.addButton(QDialogButtonBox.StandardButton.Cancel)
        copy = box.addButton("Copy address", QDialogButtonBox.ButtonRole.ActionRole)
        opens = box.addButton("Open", QDialogButtonBox.ButtonRole.ActionRole)
        cancel.setDefault(True)
        for button in (copy, opens):
            button.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        copy.clicked.connect(self.copy_address)
        opens.clicked.connect(self.open_address)
        copy.setObjectName("copy_address")
        opens.setObjectName("open_address")
        cancel.setFocus()
        return box
