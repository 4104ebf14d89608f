"""Files that are named by more than one path are opened once."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


def distinct_files(paths: Iterable[Path]) -> dict[str, Path]:
    """Return the first of the paths that lead to each file, in their order, by where the file lies."""
    found: dict[str, Path] = {}
    for path in paths:
        found.setdefault(os.path.realpath(path), path)
    return found
