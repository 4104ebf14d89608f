"""Open the files of a folder one by one, each as the program does, and keep what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from timeline_app.core.dataset import Level, Problem
from timeline_app.loading import Loader
from timeline_app.paths import resource
from timeline_app.readers.gazetteer import load_gazetteer


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """What came of one file: its records and the errors in them, or why it was not opened."""

    path: str
    seconds: float
    reader: str = ""
    read: int = 0
    loaded: int = 0
    rejected: int = 0
    errors: tuple[Problem, ...] = ()
    refusal: str = ""


def files_below(folder: Path) -> list[Path]:
    """Return the regular files of a folder and of all folders in it, by name; links are not followed."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def open_files(paths: Iterable[Path], folder: Path) -> Iterator[OpenedFile]:
    """Open each file anew, without any cache: nothing is written anywhere."""
    loader = Loader(load_gazetteer(resource("actors.yaml")), cache=lambda: None)
    for path in paths:
        yield _opened(loader, path, path.relative_to(folder).as_posix())


def _opened(loader: Loader, path: Path, name: str) -> OpenedFile:
    begin_s = time.perf_counter()
    opened = loader([path])
    seconds = time.perf_counter() - begin_s
    for error in opened.errors:
        return OpenedFile(name, seconds, refusal=str(error).removeprefix(f"{path}:").strip())
    assert opened.table is not None, "what is not refused is opened"
    (file,) = opened.table.files
    errors = tuple(problem for problem in opened.table.problems if problem.level is Level.ERROR)
    return OpenedFile(name, seconds, file.reader, file.read, file.loaded, file.rejected, errors)
