"""Read timeline files with the actors that come with the program into one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError, WorkspaceError
from timeline_app.core.filter import Filter
from timeline_app.core.join import join_tables
from timeline_app.core.lanes import Question, let_pass, usual_grouping
from timeline_app.core.opened import AS_USUAL, Opened, ReadAs, Readings
from timeline_app.core.progress import Progress, Report
from timeline_app.core.table import LARGE, EventTable
from timeline_app.paths import bundled_timeline, resource, user_cache_dir
from timeline_app.readers import read
from timeline_app.readers.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from timeline_app.store.cache import FileCache

FILES = "files"


def _tell_nobody(_progress: Progress) -> None:
    """Report to nobody how far opening is."""


def _never() -> bool:
    """Go on to the end."""
    return False


def load_gazetteer_from_resources() -> Gazetteer:
    """Load the actors that come with the program, from a cache where the user's folders allow one."""
    return load_gazetteer(resource("actors.yaml"), cache_dir=_cache_dir())


def file_cache(limit_bytes: int | None = None) -> FileCache | None:
    """Return the cache of large files in the user's cache folder, None where there can be no such folder."""
    # Kept out of the start, which reads small files only.
    from timeline_app.store.cache import DEFAULT_LIMIT_BYTES, FileCache

    folder = _cache_dir()
    return None if folder is None else FileCache(folder / FILES, limit_bytes or DEFAULT_LIMIT_BYTES)


@dataclass(frozen=True, slots=True)
class Loader:
    """Reads files into a table, always with the same actors and options; may be called on any thread.

    What large files leave in the cache that `cache` gives makes them open at once the next time. With `joins`, what
    several files tell of is one event.
    """

    gazetteer: Gazetteer
    reader: str | None = None
    mapping: Mapping[str, str] | None = None
    cache: Callable[[], FileCache | None] = file_cache
    joins: bool = True

    def __call__(
        self,
        paths: Sequence[Path],
        report: Report = _tell_nobody,
        cancelled: Callable[[], bool] = _never,
        read_as: Readings = AS_USUAL,
    ) -> Opened:
        """Return what came of opening some files together, of the bundled timeline for none.

        `read_as` says how single files are to be read. A file that cannot be read does not stop the others. Raises
        Cancelled once `cancelled` says so.
        """
        parts: list[EventTable | Dataset] = []
        errors: list[ReadError] = []
        for path in paths:
            try:
                parts.append(self._open(path, read_as.get(path, self._usual), report, cancelled))
            except ReadError as error:
                errors.append(error)
        if not paths:
            parts.append(read(bundled_timeline(), reader=self.reader, mapping=self.mapping))
        table = self._joined(parts)
        passing = None
        if table is not None and len(table) > LARGE:
            passing = let_pass(table, Question(grouping=usual_grouping(table)))
        return Opened(tuple(paths), table, tuple(errors), passing, read_as)

    def nothing(self) -> Opened:
        """Return what a window shows until its files are opened."""
        return Opened((), build_table((), self.gazetteer))

    @property
    def _usual(self) -> ReadAs:
        return ReadAs(self.reader or "", self.mapping or {})

    def _open(self, path: Path, read_as: ReadAs, report: Report, cancelled: Callable[[], bool]) -> EventTable | Dataset:
        # The first picture of the bundled timeline is not to wait for what large files need.
        from timeline_app.opening import open_file

        name = path.name
        return open_file(
            path,
            gazetteer=self.gazetteer,
            cache=self.cache(),
            reader=read_as.reader or None,
            mapping=read_as.mapping or None,
            progress=lambda rows, done, total: report(Progress(name, rows, done, total)),
            cancelled=cancelled,
        )

    def _joined(self, parts: Sequence[EventTable | Dataset]) -> EventTable | None:
        """Return one table of what was read: of the files in memory, and of those with their records on disk."""
        datasets = _without_companions([part for part in parts if isinstance(part, Dataset)])
        tables = [part for part in parts if isinstance(part, EventTable)]
        if datasets:
            tables.insert(0, build_table(datasets, self.gazetteer, joins=self.joins))
        return join_tables(tables, joins=self.joins) if tables else None


def _without_companions(datasets: Sequence[Dataset]) -> list[Dataset]:
    """Leave out what was read with another of the files already."""
    companions = {name for dataset in datasets for name in dataset.report.companions}
    return [dataset for dataset in datasets if dataset.report.path not in companions]


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """What the command line asks a window for, files apart: what opens them, and the filter."""

    loader: Loader
    wanted: Filter


def loader_from_resources(
    reader: str | None = None, mapping: Mapping[str, str] | None = None, *, joins: bool = True
) -> Loader:
    """Return a loader with the actors that come with the program."""
    return Loader(load_gazetteer_from_resources(), reader, mapping, joins=joins)


def load_table(
    paths: Sequence[Path],
    *,
    reader: str | None = None,
    mapping: Mapping[str, str] | None = None,
    joins: bool = True,
    report: Report = _tell_nobody,
) -> EventTable:
    """Merge files, or the bundled timeline when there is none, into one table.

    Raises ReadError for the first file that cannot be read at all.
    """
    opened = loader_from_resources(reader, mapping, joins=joins)(paths, report)
    for error in opened.errors:
        raise error
    if opened.table is None:
        raise ReadError("there is nothing to read")
    return opened.table


def _cache_dir() -> Path | None:
    try:
        return user_cache_dir()
    except WorkspaceError:  # Without a cache everything works, only slower.
        return None
