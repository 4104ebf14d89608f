"""Where the window stood, kept in an INI file as four numbers rather than as Qt's own bytes.

A damaged blob given to `restoreGeometry` was seen to make a window of half a million pixels, and one in an INI file,
marked with @, to end the process while it was read: so only plain text is written, and a file with an @ is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

KEY = "window/place"
LARGEST_FILE_BYTES = 10_000
SMALLEST = QSize(640, 400)

_PLACE = re.compile(r"(-?\d{1,6}) (-?\d{1,6}) (\d{1,6}) (\d{1,6}) (normal|maximised)", re.ASCII)


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Where a window stands when it is neither maximised nor minimised, and whether it was left maximised."""

    geometry: QRect
    is_maximised: bool


def save_place(window: QWidget, file: Path) -> bool:
    """Remember where a window stands; return whether that was possible."""
    place = window.normalGeometry()
    state = "maximised" if window.isMaximized() else "normal"
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    settings.setValue(KEY, f"{place.x()} {place.y()} {place.width()} {place.height()} {state}")
    settings.sync()
    return settings.status() is QSettings.Status.NoError


def remembered_place(file: Path) -> WindowPlace | None:
    """Return where a window was left, moved onto a screen; None where nothing sensible is remembered."""
    match = _PLACE.fullmatch(_remembered(file))
    if match is None:
        return None
    return WindowPlace(on_screen(QRect(*map(int, match.groups()[:4]))), match[5] == "maximised")


def on_screen(place: QRect) -> QRect:
    """Return a place no larger than the screen that it is nearest to, and wholly on it."""
    screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry()
    size = place.size().expandedTo(SMALLEST).boundedTo(room.size())
    left = min(max(place.left(), room.left()), room.left() + room.width() - size.width())
    top = min(max(place.top(), room.top()), room.top() + room.height() - size.height())
    return QRect(left, top, size.width(), size.height())


def _remembered(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES or b"@" in file.read_bytes():
            return ""
    except OSError:
        return ""
    return str(QSettings(str(file), QSettings.Format.IniFormat).value(KEY, ""))
