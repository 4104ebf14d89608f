"""A link is opened only when it is one of the web, and only after its whole address was shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from timeline_app.ui.dialogs.link_dialog import LinkDialog, open_link
from timeline_app.ui.safe_widgets import PlainLabel
from timeline_app.ui.web_address import web_address

DANGEROUS = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "file://host/share/x",
    "smb://host/share",
    "ms-msdt:/id",
    "search-ms:query=x",
    "vscode://file/x",
    "data:text/html,x",
    "ftp://example.org/",
    "mailto:a@example.org",
    "tel:1",
    "--help",
    "//example.org/x",
    "example.org",
    "http:",
    "https:///path",
    "http:\\\\example.org",
    "http://good.example\\@evil.example/",
    "https://google.com@evil.example/",
    "https://user:secret@example.org/",
    "https://example.org/\u202egpj.exe",
    "https://example.org/a b",
    "https://example.org/\nx",
    "https://example.org/" + "x" * 3_000,
    "\x00https://example.org/",
    "HTTPS",
    "",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_is_no_plain_web_address_is_never_asked_about(text: str) -> None:
    assert web_address(text) is None
    assert open_link(text, None, lambda _: pytest.fail("opened")) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        (" HTTP://Example.org ", "http://example.org"),
        ("http://пример.example/страница", "http://xn--e1afmkfd.example/"),
        ("https://example.org:8080/", "https://example.org:8080/"),
    ],
)
def test_addresses_are_shown_as_they_go_over_the_wire(text: str, address: str) -> None:
    found = web_address(text)
    assert found is not None
    assert found.startswith(address)
    assert found.isascii()


class Opener:
    """Notes what it is asked to open."""

    def __init__(self, *, works: bool) -> None:
        self.works = works
        self.opened: list[str] = []

    def __call__(self, address: str) -> bool:
        self.opened.append(address)
        return self.works


def shown_dialog(qtbot: QtBot, opener: Opener, text: str = "http://пример.example/x") -> LinkDialog:
    dialog = open_link(text, None, opener)
    assert dialog is not None
    qtbot.waitUntil(dialog.windowHandle().isExposed)
    return dialog


def press(qtbot: QtBot, dialog: LinkDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words(dialog: LinkDialog, name: str) -> str:
    label = dialog.findChild(PlainLabel, name)
    assert label is not None
    return label.text()


def test_the_whole_address_is_shown_and_opened_on_yes(qtbot: QtBot) -> None:
    opener = Opener(works=True)
    dialog = shown_dialog(qtbot, opener)
    assert words(dialog, "link_address") == "http://xn--e1afmkfd.example/x"
    assert "leaves the program" in words(dialog, "link_notice")
    assert opener.opened == []
    with qtbot.waitSignal(dialog.accepted):
        press(qtbot, dialog, "open_address")
    assert opener.opened == ["http://xn--e1afmkfd.example/x"]


def test_enter_and_escape_open_nothing(qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        opener = Opener(works=True)
        dialog = shown_dialog(qtbot, opener)
        cancel = next(
            box.button(QDialogButtonBox.StandardButton.Cancel) for box in dialog.findChildren(QDialogButtonBox)
        )
        assert cancel.isDefault()
        with qtbot.waitSignal(dialog.rejected):
            qtbot.keyClick(dialog, key)
        assert opener.opened == []


def test_the_address_can_be_copied(qtbot: QtBot) -> None:
    dialog = shown_dialog(qtbot, Opener(works=True))
    press(qtbot, dialog, "copy_address")
    assert QApplication.clipboard().text() == "http://xn--e1afmkfd.example/x"
    assert "clipboard" in words(dialog, "link_notice")
    dialog.reject()


def test_a_browser_that_does_not_start_is_told(qtbot: QtBot) -> None:
    dialog = shown_dialog(qtbot, Opener(works=False))
    press(qtbot, dialog, "open_address")
    assert dialog.isVisible()
    assert "could be started" in words(dialog, "link_notice")
    dialog.reject()


def test_a_long_address_is_shown_to_its_end(qtbot: QtBot) -> None:
    dialog = shown_dialog(qtbot, Opener(works=True), "https://example.org/" + "x" * 1_500 + "/end")
    assert words(dialog, "link_address").endswith("x/end")
    dialog.reject()
