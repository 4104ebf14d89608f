"""The folder of the files that were ingested: finds them again, keeps them within a limit, never gives stale ones."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from timeline_app import __version__
from timeline_app.core.errors import ReadError, StoreError
from timeline_app.store.disk import failures_told, write_whole
from timeline_app.store.holding import unheld
from timeline_app.store.identity import ContentHash, FileState, Identity, current_identity, state_of
from timeline_app.store.kept import checked_json, damaged, read_checked_json
from timeline_app.store.sinks import FolderSink
from timeline_app.store.workshop import Workshop, new_token, sweep, workshop, workshop_folder, workshops

DEFAULT_LIMIT_BYTES = 10 * 1000**3

# To be raised with any change of what is kept or of what a decoder makes of it.
STORE_FORMAT = 18

_SOURCE_NAME = "source.json"
_KEY_LENGTH = 32
_ENTRY = re.compile(r"[0-9a-f]{32}-[0-9a-f]{16}")
_LEAVING = re.compile(r"leaving-[0-9a-f]{16}")
_PRIVATE = 0o700
# For a moment between its making and its opening nobody holds an entry.
_JUST_USED_NS = 60 * 1000**3


@dataclass(frozen=True, slots=True)
class Request:
    """A file, and how it is asked to be read: what an entry of the cache stands for."""

    path: Path
    reader: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A name for all of it, other in another version of the program."""
        mapping = sorted(self.mapping.items())
        told = [STORE_FORMAT, __version__, os.fspath(self.path.absolute()), self.reader, mapping]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:_KEY_LENGTH]


@dataclass(frozen=True, slots=True)
class CachedFile:
    """A file that was ingested as it now is; what was kept of it stands in `folder`."""

    folder: Path


class FileCache:
    """What is kept of opened files in a folder, within a limit; the file used longest ago goes first.

    Several programs may use the same folder. An entry comes into being whole, by its last step, and never changes, so
    that a program that ends at any moment leaves nothing that could be taken for one.
    """

    def __init__(self, folder: Path, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes

    def find(self, request: Request) -> CachedFile | None:
        """Return what is kept of a file as it now is; what is kept of an earlier state is removed.

        Programs that ingest a file at once leave an entry each: the others go, but for those that are still in use.
        Raises ReadError when the file itself cannot be read.
        """
        self._sweep()
        same = [folder for folder in self._folders(_ENTRY) if folder.name.startswith(request.key)]
        for number, folder in enumerate(same, 1):
            if self._is_current(folder, request.path):
                with suppress(OSError):  # Vanished meanwhile: then it cannot be opened either.
                    os.utime(folder / _SOURCE_NAME)
                for other in same[number:]:
                    self._drop(other)
                return CachedFile(folder)
            self._remove(folder)
        return None

    def forget(self, cached: CachedFile) -> None:
        """Remove an entry, for one that is damaged."""
        self._remove(cached.folder)

    @contextmanager
    def making(self, request: Request, token: str = "") -> Iterator[Making]:
        """Give a place to ingest a file to; whatever is not kept at the end is removed.

        `token` names the place, for `abandon`. Raises StoreError when there can be none, ReadError when the file cannot
        be read.
        """
        with failures_told(self.folder):
            self.folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        with workshop(self.folder, token) as place:
            making = Making(request, place)
            try:
                yield making
            finally:
                making.stop()
        self.keep_limit(making.kept_in)

    def abandon(self, token: str) -> None:
        """Remove what a process that was ended left behind."""
        shutil.rmtree(workshop_folder(self.folder, token), ignore_errors=True)

    def clear(self) -> None:
        """Remove all that is kept; programs that have some of it open go on with it."""
        self._sweep()
        for folder in self._folders(_ENTRY):
            self._remove(folder)

    def size_bytes(self) -> int:
        """Return how much room everything takes, what is in the making included."""
        folders = (*self._folders(_ENTRY), *self._folders(_LEAVING), *workshops(self.folder))
        return sum(map(_size_bytes, folders))

    def count(self) -> int:
        """Return of how many files something is kept."""
        return len(self._folders(_ENTRY))

    def keep_limit(self, newest: Path | None) -> None:
        """Remove what was used longest ago until the rest is within the limit, all but the newest if need be."""
        sizes = {folder: _size_bytes(folder) for folder in self._folders(_ENTRY)}
        excess = sum(sizes.values()) - self.limit_bytes
        for folder in sorted(sizes, key=_used_ns):
            if excess > 0 and folder != newest:
                self._remove(folder)
                excess -= sizes[folder]

    def _is_current(self, folder: Path, path: Path) -> bool:
        try:
            earlier = identity_of(folder)
        except StoreError:
            return False
        identity = current_identity(path, earlier)
        if identity is not None and identity != earlier:
            with suppress(StoreError):  # Without it the content is read again the next time.
                _renew_source(folder, identity)
        return identity is not None

    def _sweep(self) -> None:
        """Remove what programs left behind that were ended while they made or removed something."""
        for folder in self._folders(_LEAVING):
            shutil.rmtree(folder, ignore_errors=True)
        sweep(self.folder)

    def _remove(self, folder: Path) -> None:
        """Take an entry away so that no other program finds half of it."""
        leaving = self._moved_away(folder)
        if leaving is None:  # It has vanished, or cannot be moved: then its last file to be written goes first.
            with suppress(OSError):
                (folder / _SOURCE_NAME).unlink()
        shutil.rmtree(leaving or folder, ignore_errors=True)

    def _drop(self, folder: Path) -> None:
        """Take an entry away that nobody needs, unless a program has it open, completes it or is about to open it."""
        if time.time_ns() - _used_ns(folder) < _JUST_USED_NS:
            return
        with unheld(folder) as is_free:
            leaving = self._moved_away(folder) if is_free else None
        if leaving is not None:
            shutil.rmtree(leaving, ignore_errors=True)

    def _moved_away(self, folder: Path) -> Path | None:
        leaving = self.folder / f"leaving-{new_token()}"
        try:
            return folder.rename(leaving)
        except OSError:
            return None

    def _folders(self, kind: re.Pattern[str]) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if kind.fullmatch(path.name))
        except OSError:  # There is none yet, or none can be read: then nothing is kept.
            return []


class Making:
    """A file that is being ingested: `sink` takes its parts, and `keep` makes an entry of them."""

    def __init__(self, request: Request, place: Workshop) -> None:
        self.kept_in: Path | None = None
        self._request = request
        self._place = place
        self._state = state_of(request.path)
        self._hash = ContentHash(request.path)
        self.sink = FolderSink(place.folder)

    def sha256(self) -> str:
        """Return the SHA-256 of the file, once it has been read; raises ReadError when it has changed meanwhile."""
        sha256 = self._hash.sha256()
        refuse_changed(self._request.path, self._state)
        return sha256

    def keep(self) -> CachedFile:
        """Finish the sink and give everything its place; raises StoreError, and ReadError as `sha256` does."""
        sha256 = self.sha256()
        identity = Identity(self._state, time.time_ns(), sha256)
        self.sink.finish()
        folder = self._place.folder
        target = folder.with_name(f"{self._request.key}-{new_token()}")
        with failures_told(target):
            write_whole(folder / _SOURCE_NAME, memoryview(checked_json(asdict(identity))))
            self._place.unlock()
            folder.rename(target)
        self.kept_in = target
        return CachedFile(target)

    def stop(self) -> None:
        """Let go of everything, kept or not."""
        self._hash.stop()
        self.sink.close()


def identity_of(folder: Path) -> Identity:
    """Return what the file of an entry was; raises StoreError when that is damaged, or the entry has vanished."""
    told = read_checked_json(folder / _SOURCE_NAME)
    try:
        return Identity(FileState(**told["state"]), told["seen_ns"], told["sha256"])
    except (KeyError, TypeError) as error:
        raise damaged(folder / _SOURCE_NAME) from error


def refuse_changed(path: Path, state: FileState) -> None:
    """Raise ReadError when a file is not in the state any more in which it was."""
    if state_of(path) != state:
        raise ReadError("the file changed while it was read; open it again when it is complete", str(path))


def _renew_source(folder: Path, identity: Identity) -> None:
    temporary = folder / f"{_SOURCE_NAME}.{new_token()}"
    with failures_told(temporary):
        try:
            write_whole(temporary, memoryview(checked_json(asdict(identity))))
            temporary.replace(folder / _SOURCE_NAME)
        finally:
            temporary.unlink(missing_ok=True)


def _used_ns(folder: Path) -> int:
    try:
        return (folder / _SOURCE_NAME).stat().st_mtime_ns
    except OSError:  # Vanished meanwhile, or half removed: the first to go.
        return 0


def _size_bytes(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # Vanished meanwhile.
            total += path.lstat().st_size
    return total
