"""Give numbers that a file wrote as text back to JSON as numbers, where nothing is lost by it."""

from __future__ import annotations

import re

# Fifteen digits pass through the 64-bit floats of other programs unchanged.
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{1,5}", re.ASCII)


def number_or_text(text: str) -> int | float | str:
    """Return the number that a text writes if writing that number gives the very text again, else the text."""
    if _WHOLE.fullmatch(text) and text != "-0":
        return int(text)
    if _DECIMAL.fullmatch(text) and repr(float(text)) == text:
        return float(text)
    return text
