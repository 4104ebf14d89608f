"""Import a library that comes with an extra of this program, or tell how to get it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from timeline_app.core.errors import ReadError


@contextmanager
def extra_library(need: str, extra: str, name: str) -> Iterator[None]:
    """Raise ReadError for an import that fails: `need` says what needs which library, `name` names the file."""
    try:
        yield
    except ImportError as error:
        message = f"{need}, which is not installed: pip install “conflict-timeline[{extra}]”"
        raise ReadError(message, name) from error
