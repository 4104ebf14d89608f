"""Which pairs of Python and PySide6 are known to end the process."""

from __future__ import annotations

# PySide6 6.12.0 drops a reference to None with each void call, and earlier Pythons than 3.12, which made None immortal,
# run out of it.
_PYSIDE_WITHOUT_NONE = "6.12.0"
_FIRST_PYTHON_WITH_IMMORTAL_NONE = (3, 12)


def known_bad_pair(python: tuple[int, int], pyside: str) -> str | None:
    """Say why a version of PySide6 must not be used with a version of Python, and what helps; None when it may be."""
    if pyside != _PYSIDE_WITHOUT_NONE or python >= _FIRST_PYTHON_WITH_IMMORTAL_NONE:
        return None
    return (
        f"PySide6 {pyside} ends the process on Python {python[0]}.{python[1]} after a few thousand calls: "
        "install PySide6-Essentials 6.11.3, or use Python 3.12 or 3.13"
    )
