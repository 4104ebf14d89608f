"""What the window may know of, and do with, the columns that were saved for tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MappingAccess:
    """Save what was said of the tables with a header, count them, forget all; each raises TimelineError."""

    save: Callable[[str, Mapping[str, str]], None]
    count: Callable[[], int]
    forget_all: Callable[[], None]
