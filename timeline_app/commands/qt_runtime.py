"""Whether Qt can be used here, told in a sentence before it is."""

from __future__ import annotations

import importlib
import os
import sys

from timeline_app.core.errors import UsageError
from timeline_app.runtime import known_bad_pair

_DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def require_qt(need: str) -> None:
    """Raise UsageError, beginning with what needs Qt, when PySide6 cannot be loaded or is known to fail here."""
    try:
        # Not from the installed metadata: to read those takes longer than to load the whole of Qt's core.
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
    """Raise UsageError where no window can be shown."""
    if sys.platform == "linux" and not any(os.environ.get(variable) for variable in _DISPLAY_VARIABLES):
        raise UsageError(
            "there is no display to show the window on (DISPLAY and WAYLAND_DISPLAY are not set); "
            "“conflict-timeline export -o timeline.png” makes a picture instead"
        )
