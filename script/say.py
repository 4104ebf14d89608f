"""How setting up speaks: lines on standard error, and one exception for what ends it."""

from __future__ import annotations

import sys


class SetUpError(Exception):
    """Setting up cannot go on; the text says what to do."""


def say(text: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
