"""Read timeline files with the actors that come with the program into one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset, Level, Problem
from timeline_app.core.errors import ReadError, WorkspaceError
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Question, let_pass, usual_grouping
from timeline_app.core.opened import AS_USUAL, Opened, ReadAs, Readings
from timeline_app.core.progress import Progress, Report
from timeline_app.core.table import LARGE, EventTable
from timeline_app.paths import bundled_timeline, resource, saved_mappings_dir, user_cache_dir
from timeline_app.query.story import story_problems
from timeline_app.readers import read
from timeline_app.readers.calendar_words import EACH, REPEATS
from timeline_app.readers.companions import companion_paths
from timeline_app.readers.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from timeline_app.readers.table_companions import TableCompanions
    from timeline_app.saved_mappings import SavedMappings
    from timeline_app.store.cache import FileCache

FILES = "files"
SAVED_WORDS = "read with the columns that were saved for tables with this header"


def _saved_words(mapping: Mapping[str, str]) -> str:
    """Say that a file was read as it was said to be some other time."""
    if REPEATS not in mapping:
        return SAVED_WORDS
    each = "each time" if mapping[REPEATS] == EACH else "once"
    return f"what repeats is shown {each}, as was chosen for calendars of this name"


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


def saved_mappings() -> SavedMappings | None:
    """Return what the user said of the columns of tables, None where there is no folder for it."""
    # Kept out of the start, which reads no table.
    from timeline_app.saved_mappings import SavedMappings

    try:
        return SavedMappings(saved_mappings_dir())
    except WorkspaceError:  # Without it everything works, and questions are asked again.
        return None


@dataclass(frozen=True, slots=True)
class Loader:
    """Reads files into a table, always with the same actors and options; may be called on any thread.

    What large files leave in the cache that `cache` gives makes them open at once the next time. With `joins`, what
    several files tell of is one event. What was said of the columns of a table is found in what `mappings` gives, by
    the table's header. With `in_short` the rest of large files may still be read in the background.
    """

    gazetteer: Gazetteer
    reader: str | None = None
    mapping: Mapping[str, str] | None = None
    cache: Callable[[], FileCache | None] = file_cache
    joins: bool = True
    mappings: Callable[[], SavedMappings | None] = saved_mappings
    in_short: bool = False

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
        beside = _companions_of(paths)
        return self._with_actors(beside.values()).load(paths, beside, report, cancelled, read_as)

    def load(
        self,
        paths: Sequence[Path],
        beside: Mapping[Path, TableCompanions],
        report: Report,
        cancelled: Callable[[], bool],
        read_as: Readings,
    ) -> Opened:
        """Return the same of files of which the companions are read, and their actors known."""
        parts: list[EventTable | Dataset] = []
        errors: list[ReadError] = []
        unclear: dict[Path, ReadAs] = {}
        used = dict(read_as)
        read_beside = {Path(name).absolute() for one in beside.values() for name in one.files}
        for path in paths:
            try:
                if path.absolute() in read_beside:
                    continue
                part, used_here = self._opened(path, read_as.get(path), beside.get(path), report, cancelled)
            except OSError as error:
                # Such as a folder that may not be looked into; what is wrong with a file its reader says.
                errors.append(ReadError(f"this cannot be read: {error.strerror or error}", str(path)))
            except ReadError as error:
                errors.append(error)
                asked_as = read_as.get(path, self._usual)
                if _is_unclear(path, asked_as):
                    unclear[path] = asked_as
            else:
                parts.append(part)
                if used_here.is_saved:
                    used[path] = used_here
        if not paths:
            parts.append(read(bundled_timeline(), reader=self.reader, mapping=self.mapping))
        table = self._joined(parts)
        passing = None
        if table is not None and len(table) > LARGE:
            passing = let_pass(table, Question(grouping=usual_grouping(table)))
        return Opened(tuple(paths), table, tuple(errors), passing, MappingProxyType(used), MappingProxyType(unclear))

    def nothing(self) -> Opened:
        """Return what a window shows until its files are opened."""
        return Opened((), build_table((), self.gazetteer))

    @property
    def _usual(self) -> ReadAs:
        return ReadAs(self.reader or "", self.mapping or {})

    def _with_actors(self, beside: Iterable[TableCompanions]) -> Loader:
        """Return a loader that knows the actors of companions too, of two of a name the later."""
        actors = {actor.name: actor for one in beside for actor in one.actors}
        return replace(self, gazetteer=self.gazetteer.extended(actors.values())) if actors else self

    def _opened(
        self,
        path: Path,
        told: ReadAs | None,
        beside: TableCompanions | None,
        report: Report,
        cancelled: Callable[[], bool],
    ) -> tuple[EventTable | Dataset, ReadAs]:
        """Open a file as it is told, or else with what was saved for its header, where that can be done."""
        read_as = told or self._usual
        problem: Problem | None = None
        if not read_as.mapping:
            try:
                read_as = self._saved(path, read_as)
            except WorkspaceError as error:
                problem = Problem(str(error), str(path), level=Level.WARNING)
        if read_as.is_saved:
            try:
                part = self._open(path, read_as, beside, report, cancelled)
            except ReadError as error:
                message = f"the columns saved for this header do not fit: {error.args[0]}; it was read without them"
                problem = Problem(message, str(path), level=Level.WARNING)
                read_as = ReadAs(read_as.reader)
            else:
                words = _saved_words(read_as.mapping)
                return _with_problem(part, Problem(words, str(path), level=Level.NOTE)), read_as
        part = self._open(path, read_as, beside, report, cancelled)
        return part if problem is None else _with_problem(part, problem), read_as

    def _saved(self, path: Path, read_as: ReadAs) -> ReadAs:
        """Return how a file is read with what was saved for its header; raises WorkspaceError for what is damaged."""
        saved = self.mappings()
        if saved is None or not saved.count():
            return read_as
        # Not needed where nothing was ever saved.
        from timeline_app.readers.propose import signature_of

        try:
            signature = signature_of(path, reader=read_as.reader or None)
        except ReadError:
            # Told in a moment, when it is opened.
            return read_as
        mapping = saved.find(signature) if signature else None
        return read_as if mapping is None else ReadAs(read_as.reader, mapping, is_saved=True)

    def _open(
        self,
        path: Path,
        read_as: ReadAs,
        beside: TableCompanions | None,
        report: Report,
        cancelled: Callable[[], bool],
    ) -> EventTable | Dataset:
        # The first picture of the bundled timeline is not to wait for what large files need.
        from timeline_app.opening import open_file

        name = path.name
        return open_file(
            path,
            gazetteer=self.gazetteer,
            cache=self.cache(),
            reader=read_as.reader or None,
            mapping=read_as.mapping or None,
            beside=beside,
            joins=self.joins,
            in_short=self.in_short,
            progress=lambda rows, done, total: report(Progress(name, rows, done, total)),
            cancelled=cancelled,
        )

    def _joined(self, parts: Sequence[EventTable | Dataset]) -> EventTable | None:
        """Return one table of what was read: of the files in memory, and of those with their records on disk."""
        datasets = _without_companions([part for part in parts if isinstance(part, Dataset)])
        tables = [part for part in parts if isinstance(part, EventTable)]
        if datasets:
            tables.insert(0, build_table(datasets, self.gazetteer, joins=self.joins))
        if len(tables) > 1:
            from timeline_app.core.join import join_tables  # only where there is something to join

            tables = [join_tables(tables, joins=self.joins)]
        return _with_story_problems(tables[0]) if tables else None


def _without_companions(datasets: Sequence[Dataset]) -> list[Dataset]:
    """Leave out what was read with another of the files already."""
    companions = {name for dataset in datasets for name in dataset.report.companions}
    return [dataset for dataset in datasets if dataset.report.path not in companions]


def _companions_of(paths: Sequence[Path]) -> dict[Path, TableCompanions]:
    """Return what the companions tell of each of the tables that have some."""
    with_some = [path for path in paths if any(map(_is_file, companion_paths(path)))]
    if not with_some:
        return {}
    # Kept out of the start, as all that reads tables.
    from timeline_app.readers.table_companions import read_table_companions

    return {path: read_table_companions(path) for path in with_some}


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # Told when the table itself is read, where it cannot be.
        return False


def _is_unclear(path: Path, read_as: ReadAs) -> bool:
    """Return whether a file that could not be read is a table that something is still to be said of."""
    # Not needed where every file can be read.
    from timeline_app.readers.propose import propose

    try:
        return not propose(path, reader=read_as.reader or None, mapping=read_as.mapping).is_sure
    except ReadError:
        # Why it could not be read is told by the error that led here.
        return False


def _with_problem(part: EventTable | Dataset, problem: Problem) -> EventTable | Dataset:
    # One for each, since `replace` gives back what it is given.
    if isinstance(part, Dataset):
        return replace(part, problems=(*part.problems, problem))
    return replace(part, problems=(*part.problems, problem))


def _with_story_problems(table: EventTable) -> EventTable:
    """Return a table that also tells of stories with a filter that shows nothing, of which readers know nothing."""
    found = tuple(problem for story in table.stories for problem in story_problems(story, table))
    if not found:
        return table
    files = {report.path: number for number, report in enumerate(table.files)}
    return replace(table, problems=tuple(sorted((*table.problems, *found), key=lambda one: _order(one, files))))


def _order(problem: Problem, files: Mapping[str, int]) -> tuple[int, int, int]:
    """Return what problems are sorted by: the order of the files, then of what stands in them."""
    return files.get(problem.file, len(files)), problem.line, problem.column


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
