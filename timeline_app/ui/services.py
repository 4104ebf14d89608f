"""What a window needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from timeline_app.scene.axis_words import AxisWords
from timeline_app.ui.cache_access import CacheAccess
from timeline_app.ui.mapping_access import MappingAccess
from timeline_app.ui.window_files import Load


@dataclass(frozen=True, slots=True)
class Services:
    """What a window needs from outside: files, what is kept of them and said of them, the clock, the web, words."""

    load: Load
    now_s: Callable[[], int]
    open_web: Callable[[str], bool]
    words: AxisWords
    paths: tuple[Path, ...] = ()
    cache: CacheAccess | None = None
    mappings: MappingAccess | None = None
