"""Read the files that lie beside one that was opened and belong to it by names that their format fixes."""

from __future__ import annotations

from pathlib import Path, PurePath

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_file import SourceFile, read_source_file

# What belongs to a file, by its name: no name in a file's content leads to another file.
_COMPANIONS = {"events.json": ("sources.json", "associations.json")}


def companion_paths(path: Path) -> tuple[Path, ...]:
    """Return where the companions of a file are, or would be."""
    return tuple(path.with_name(name) for name in _COMPANIONS.get(path.name, ()))


def read_companions(source: SourceFile, largest_bytes: int) -> tuple[list[SourceFile], list[ReadError]]:
    """Return the companions of a file that are there, and why those that are cannot be read."""
    found: list[SourceFile] = []
    errors: list[ReadError] = []
    for path in companion_paths(source.path):
        if path.is_file():
            try:
                name = str(PurePath(source.name).with_name(path.name))
                found.append(read_source_file(path, largest_bytes=largest_bytes, name=name))
            except ReadError as error:
                errors.append(error)
    return found, errors
