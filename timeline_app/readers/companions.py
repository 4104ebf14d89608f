"""Which files lie beside one that was opened and belong to it by names that are fixed, and how they are read."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from timeline_app.core.errors import ReadError
from timeline_app.readers.source_file import SourceFile, read_source_file

# What belongs to a file, by its name: no name in a file's content leads to another file.
_FILE_OF_EVENTS = re.compile(r"(.+[-_])?events\.(?:csv|tsv|json|jsonl|ndjson|xlsx|parquet|arrow|feather)", re.DOTALL)
_KINDS = ("sources", "actors", "associations")
_ENDINGS = (".csv", ".tsv", ".json", ".jsonl")
_JSON = ".json"
# As GDELT 2.0 names the files of a quarter of an hour.
_EXPORT_OF_GDELT = re.compile(r"(\d{14}(?:\.translation)?)\.export\.csv", re.IGNORECASE)
MENTIONS = "mentions"


def companion_paths(path: Path, *kinds: str) -> tuple[Path, ...]:
    """Return where the companions of a file, or those of one kind, are, or would be.

    They are its sources, actors, associations and mentions. Of several of a kind the first is the one to be read,
    beside JSON and lines of it that which is like it.
    """
    export = _EXPORT_OF_GDELT.fullmatch(path.name)
    if export is not None:
        names = [f"{export[1]}.{MENTIONS}{ending}" for ending in dict.fromkeys((path.suffix, ".CSV", ".csv"))]
        return tuple(map(path.with_name, names)) if not kinds or MENTIONS in kinds else ()
    match = _FILE_OF_EVENTS.fullmatch(path.name)
    if match is None:
        return ()
    endings = sorted(_ENDINGS, key=lambda ending: ending == path.suffix and ending.startswith(_JSON), reverse=True)
    names = [f"{match[1] or ''}{kind}{ending}" for kind in kinds or _KINDS for ending in endings]
    return tuple(map(path.with_name, names))


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
