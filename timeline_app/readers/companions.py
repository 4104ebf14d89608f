"""Read the files that lie beside one that was opened and belong to it by names that are fixed."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_file import SourceFile, read_source_file

# What belongs to a file, by its name: no name in a file's content leads to another file.
_COMPANIONS = {"events.json": ("sources.json", "associations.json")}
_TABLE_OF_EVENTS = re.compile(r"(.+[-_])?events\.(?:csv|tsv|jsonl|ndjson|xlsx|parquet|arrow|feather)", re.DOTALL)
_TABLE_KINDS = ("sources", "actors")
_TABLE_ENDINGS = (".csv", ".tsv")
# As GDELT 2.0 names the files of a quarter of an hour.
_EXPORT_OF_GDELT = re.compile(r"(\d{14}(?:\.translation)?)\.export\.csv", re.IGNORECASE)
MENTIONS = "mentions"


def companion_paths(path: Path) -> tuple[Path, ...]:
    """Return where the companions of a file are, or would be."""
    return (*_own_companions(path), *table_companion_paths(path))


def table_companion_paths(path: Path, *kinds: str) -> tuple[Path, ...]:
    """Return where the tables of sources, actors and mentions, or of one kind, beside one of events are, or would be.

    Of two of a kind the first is the one to be read.
    """
    export = _EXPORT_OF_GDELT.fullmatch(path.name)
    if export is not None:
        names = [f"{export[1]}.{MENTIONS}{ending}" for ending in dict.fromkeys((path.suffix, ".CSV", ".csv"))]
        return tuple(map(path.with_name, names)) if not kinds or MENTIONS in kinds else ()
    match = _TABLE_OF_EVENTS.fullmatch(path.name)
    if match is None:
        return ()
    names = [f"{match[1] or ''}{kind}{ending}" for kind in kinds or _TABLE_KINDS for ending in _TABLE_ENDINGS]
    return tuple(map(path.with_name, names))


def read_companions(source: SourceFile, largest_bytes: int) -> tuple[list[SourceFile], list[ReadError]]:
    """Return the companions of a file that are there, and why those that are cannot be read."""
    found: list[SourceFile] = []
    errors: list[ReadError] = []
    for path in _own_companions(source.path):
        if path.is_file():
            try:
                found.append(read_companion(path, source.name, largest_bytes))
            except ReadError as error:
                errors.append(error)
    return found, errors


def read_companion(path: Path, beside: str, largest_bytes: int) -> SourceFile:
    """Read a companion of the file that is called `beside`; raises ReadError, also for a link out of its folder."""
    name = str(PurePath(beside).with_name(path.name))
    try:
        is_inside = path.resolve().is_relative_to(path.parent.resolve())
    except (OSError, RuntimeError) as error:
        # Links that go round in circles.
        raise ReadError(f"the file cannot be opened: {error}", name) from error
    if not is_inside:
        raise ReadError("this is a link that leads out of the folder; expected a file inside it", name)
    return read_source_file(path, largest_bytes=largest_bytes, name=name)


def _own_companions(path: Path) -> tuple[Path, ...]:
    """Return the companions that the reader of a format takes itself."""
    return tuple(path.with_name(name) for name in _COMPANIONS.get(path.name, ()))
