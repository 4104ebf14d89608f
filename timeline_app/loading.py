"""Read timeline files with the actors that come with the program into one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError, WorkspaceError
from timeline_app.core.opened import Opened
from timeline_app.core.table import EventTable
from timeline_app.paths import bundled_timeline, resource, user_cache_dir
from timeline_app.readers import read
from timeline_app.readers.gazetteer import load_gazetteer


@dataclass(frozen=True, slots=True)
class LoadedFiles:
    """What came of several files: a dataset for each that could be read, an error for each that could not."""

    datasets: tuple[Dataset, ...]
    errors: tuple[ReadError, ...]


def load_gazetteer_from_resources() -> Gazetteer:
    """Load the actors that come with the program, from a cache where the user's folders allow one."""
    return load_gazetteer(resource("actors.yaml"), cache_dir=_cache_dir())


def load_files(
    paths: Sequence[Path], *, reader: str | None = None, mapping: Mapping[str, str] | None = None
) -> LoadedFiles:
    """Read each file, the bundled timeline when there is none; a file that cannot be read does not stop the others."""
    datasets: list[Dataset] = []
    errors: list[ReadError] = []
    for path in paths or (bundled_timeline(),):
        try:
            datasets.append(read(path, reader=reader, mapping=mapping))
        except ReadError as error:
            errors.append(error)
    return LoadedFiles(tuple(datasets), tuple(errors))


@dataclass(frozen=True, slots=True)
class Loader:
    """Reads files into a table, always with the same actors and options; may be called on any thread."""

    gazetteer: Gazetteer
    reader: str | None = None
    mapping: Mapping[str, str] | None = None

    def __call__(self, paths: Sequence[Path]) -> Opened:
        """Return what came of opening some files together, of the bundled timeline for none."""
        loaded = load_files(paths, reader=self.reader, mapping=self.mapping)
        table = build_table(loaded.datasets, self.gazetteer) if loaded.datasets else None
        return Opened(tuple(paths), table, loaded.errors)


def load_table(
    paths: Sequence[Path], *, reader: str | None = None, mapping: Mapping[str, str] | None = None
) -> EventTable:
    """Merge files, or the bundled timeline when there is none, into one table.

    Raises ReadError for the first file that cannot be read at all.
    """
    loaded = load_files(paths, reader=reader, mapping=mapping)
    for error in loaded.errors:
        raise error
    return build_table(loaded.datasets, load_gazetteer_from_resources())


def _cache_dir() -> Path | None:
    try:
        return user_cache_dir()
    except WorkspaceError:  # Without a cache everything works, only slower.
        return None
