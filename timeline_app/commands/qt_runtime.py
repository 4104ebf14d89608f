"""Whether Qt can be used here, told in a sentence before it is."""

from __future__ import annotations

import importlib
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from timeline_app.core.errors import UsageError
from timeline_app.runtime import known_bad_pair

_PICTURE_INSTEAD = "“conflict-timeline export -o timeline.png” makes a picture instead"
_DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def require_qt(need: str) -> None:
    """Raise UsageError, beginning with what needs Qt, when PySide6 cannot be loaded or is known to fail here."""
    try:
        # Not from the installed metadata: to read those takes longer than to load the whole of Qt's core.
        with _ended_by_interrupt():
            version: str = importlib.import_module("PySide6").__version__
            refusal = known_bad_pair(sys.version_info[:2], version)
            if refusal is None:
                importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        raise UsageError(
            f"{need} PySide6, which cannot be loaded ({error}); list, show, info, check and export to json, jsonl, csv "
            "or yaml work without it"
        ) from error
    if refusal is not None:
        raise UsageError(refusal)


def require_display() -> None:
    """Raise UsageError where no window can be shown; Qt itself would end the process there."""
    if sys.platform != "linux":
        return
    if not any(os.environ.get(variable) for variable in _DISPLAY_VARIABLES):
        raise UsageError(
            f"there is no display to show the window on (DISPLAY and WAYLAND_DISPLAY are not set); {_PICTURE_INSTEAD}"
        )
    if _is_x11() and not _answers(os.environ["DISPLAY"]):
        raise UsageError(f"the display {os.environ['DISPLAY']} does not answer; {_PICTURE_INSTEAD}")


def require_window_libraries() -> None:
    """Raise UsageError where the system lacks a library that Qt's windows need; call `require_qt` first."""
    if sys.platform != "linux" or not _is_x11():
        return
    import ctypes  # only where X11 is used

    folder = importlib.import_module("PySide6").__path__[0]
    plugin = Path(folder) / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise UsageError(
            f"the window needs a library that this system lacks ({error}); script/run names its package; "
            f"{_PICTURE_INSTEAD}"
        ) from error


@contextmanager
def _ended_by_interrupt() -> Iterator[None]:
    """Let Ctrl+C end the process at once: an exception while Shiboken starts is fatal, with a page of words."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # Somebody else has a use for it.
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _is_x11() -> bool:
    platform = os.environ.get("QT_QPA_PLATFORM", "xcb")
    return bool(os.environ.get("DISPLAY")) and not os.environ.get("WAYLAND_DISPLAY") and platform.startswith("xcb")


def _answers(display: str) -> bool:
    """Tell whether an X server of this machine takes connections; one elsewhere is not asked."""
    match = re.fullmatch(r"(?:unix)?:(\d{1,5})(?:\.\d+)?", display)
    if match is None:
        return True
    import socket  # only where X11 is used

    path = f"/tmp/.X11-unix/X{match[1]}"  # noqa: S108 — where X servers listen
    for address in (path, f"\0{path}"):
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(address) == 0:
                return True
    return False
