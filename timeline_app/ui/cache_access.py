"""What the window may know of, and do with, the cache of large files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CacheAccess:
    """Where the cache is, how large, and how to empty it; each raises TimelineError."""

    folder: Callable[[], str]
    size_bytes: Callable[[], int]
    clear: Callable[[], None]
