"""All that decides how a window looks when it has just been opened, known before anything is read.

Settings are not among it, since to open the workspace takes as long as to paint a picture: instead, no picture outlives
a change of a setting.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

import PySide6
from PySide6.QtCore import QDate, QLocale, QTime, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from timeline_app.ui.window_place import Sides


def picture_conditions(
    window: QWidget,
    program: str,
    stamps: Mapping[str, str],
    colours: str,
    sides_px: Sides = None,
    *,
    is_maximised: bool,
) -> dict[str, str]:
    """Return the conditions by name: a picture made under others is not of what will be seen.

    `program` tells one state of the program from all others, `stamps` the files that are opened; `colours` are the
    system's, `sides_px` the widths that the panes at the sides were left with.
    """
    return {
        "program": program,
        "qt": f"{PySide6.__version__} {qVersion()}",
        "files": " | ".join(f"{path} of {stamp}" for path, stamp in stamps.items()),
        "zone": f"{time.tzname} {time.timezone} {time.altzone}",
        "locale": _locale_words(QLocale()),
        "colours": colours,
        "direction": "right to left" if QGuiApplication.isRightToLeft() else "left to right",
        "place": _place(window, is_maximised=is_maximised),
        "sides": "as usual" if sides_px is None else "{} and {}".format(*sides_px),
        "screen": _screen(window),
    }


def system_colours() -> str:
    """Return the colours of windows before the program has given them its own: dark where the system is.

    The colour scheme itself would tell the same, but is an enumeration of the class `Qt`; see main_window.py.
    """
    palette = QGuiApplication.palette()
    return f"{palette.windowText().color().name()} on {palette.window().color().name()}"


def _locale_words(locale: QLocale) -> str:
    """Return words and figures as the locale writes them, since most systems let users change single ones."""
    date, clock = QDate(2001, 11, 22), QTime(13, 45, 56)
    return " | ".join(
        (
            locale.name(),
            locale.toString(date, QLocale.FormatType.LongFormat),
            locale.toString(date, QLocale.FormatType.ShortFormat),
            locale.standaloneMonthName(date.month(), QLocale.FormatType.LongFormat),
            locale.standaloneMonthName(date.month(), QLocale.FormatType.ShortFormat),
            locale.toString(clock, "HH:mm:ss"),
            locale.toString(12_345.5, "f", 1),
        )
    )


def _place(window: QWidget, *, is_maximised: bool) -> str:
    """Return how large the window is, or that it fills the screen, which before it is shown does not tell its size."""
    if is_maximised:
        room = window.screen().availableGeometry()
        return f"maximised on {room.width()}×{room.height()}"
    return f"{window.width()}×{window.height()}"


def _screen(window: QWidget) -> str:
    screen = window.screen()
    return f"{QGuiApplication.platformName()}, ×{screen.devicePixelRatio()}, {screen.logicalDotsPerInch()} dpi"
