"""Where the window stands, kept in an INI file as plain numbers rather than as Qt's own bytes.

A damaged blob given to `restoreGeometry` was seen to make a window of half a million pixels, and one in an INI file,
marked with @, to end the process while it was read: so only plain text is written, and a file with an @ is not read.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMargins, QPoint, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

KEY = "window/place"
SIDES_KEY = "window/sides"
NARROWEST_SIDE_PX = 60
LARGEST_FILE_BYTES = 10_000
SMALLEST = QSize(640, 400)
# As wide as the widest of the usual desktops: how wide it is here is known only once a window has been shown.
USUAL_FRAME = QMargins(8, 38, 8, 8)

_PLACE = re.compile(
    r"(-?\d{1,6}) (-?\d{1,6}) (\d{1,6}) (\d{1,6})(?: in (\d{1,2}) (\d{1,2}) (\d{1,2}) (\d{1,2}))? (normal|maximised)",
    re.ASCII,
)

_SIDES = re.compile(r"(\d{2,4}) (\d{2,4})", re.ASCII)

# How wide the panes at the left and right were made by hand, None where they take their share.
Sides = tuple[int, int] | None


class WindowPlace(NamedTuple):
    """Where a window stands within its frame when it is neither maximised nor minimised, and if it was maximised."""

    geometry: QRect
    is_maximised: bool


def restore_place(window: QWidget, file: Path | None) -> bool:
    """Put a window where it was left, or else give it no more than its screen has room for.

    Returns whether it was left maximised.
    """
    place = None if file is None else remembered_place(file)
    if place is None:
        # Without a position, which is for the system to choose.
        window.resize(on_screen(QRect(QPoint(), window.size())).size())
        return False
    window.setGeometry(place.geometry)
    return place.is_maximised


def save_place(window: QWidget, file: Path) -> bool:
    """Remember where a window stands; return whether that was possible."""
    place, frame = window.normalGeometry(), _frame(window)
    numbers = f"{place.x()} {place.y()} {place.width()} {place.height()}"
    frame_numbers = f"{frame.left()} {frame.top()} {frame.right()} {frame.bottom()}"
    state = "maximised" if window.isMaximized() else "normal"
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    settings.setValue(KEY, f"{numbers} in {frame_numbers} {state}")
    settings.sync()
    return settings.status() is QSettings.Status.NoError


def save_sides(sides_px: Sides, file: Path) -> None:
    """Remember how wide the panes at the left and right were made by hand, None where they were not.

    One that was pushed out of sight is to be there again at the next start.
    """
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    if sides_px is None or min(sides_px) < NARROWEST_SIDE_PX:
        settings.remove(SIDES_KEY)
    else:
        settings.setValue(SIDES_KEY, "{} {}".format(*sides_px))
    settings.sync()


def remembered_sides(file: Path | None) -> Sides:
    """Return how wide the panes at the sides were left, None where nothing sensible is remembered."""
    match = None if file is None else _SIDES.fullmatch(_remembered(file, SIDES_KEY))
    sides_px = match and (int(match[1]), int(match[2]))
    return sides_px if sides_px and min(sides_px) >= NARROWEST_SIDE_PX else None


def remembered_place(file: Path) -> WindowPlace | None:
    """Return where a window was left, moved onto a screen; None where nothing sensible is remembered."""
    match = _PLACE.fullmatch(_remembered(file, KEY))
    if match is None:
        return None
    frame = USUAL_FRAME if match[5] is None else QMargins(*map(int, match.groups()[4:8]))
    return WindowPlace(on_screen(QRect(*map(int, match.groups()[:4])), frame), match[9] == "maximised")


def on_screen(place: QRect, frame: QMargins = USUAL_FRAME) -> QRect:
    """Return a place that lies, with the frame around it, wholly on the screen that it is nearest to."""
    screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
    room = screen.availableGeometry().marginsRemoved(frame)
    size = place.size().expandedTo(SMALLEST).boundedTo(room.size())
    left = min(max(place.left(), room.left()), room.left() + room.width() - size.width())
    top = min(max(place.top(), room.top()), room.top() + room.height() - size.height())
    return QRect(left, top, size.width(), size.height())


def _frame(window: QWidget) -> QMargins:
    """Return what the system puts around a window that is shown."""
    is_native = window.internalWinId() != 0
    return window.windowHandle().frameMargins() if is_native and not window.isMaximized() else USUAL_FRAME


def _remembered(file: Path, key: str) -> str:
    try:
        if file.stat().st_size > LARGEST_FILE_BYTES or b"@" in file.read_bytes():
            return ""
    except OSError:
        return ""
    return str(QSettings(str(file), QSettings.Format.IniFormat).value(key, ""))
