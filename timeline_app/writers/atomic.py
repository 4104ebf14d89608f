"""Write a whole file or leave everything as it was, whatever fails on the way."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from timeline_app.core.errors import WriteError

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
_PLACE_OF = "/proc/self/fd/{}"
_COPIED_BYTES = 1_048_576


def write_file(path: Path, chunks: Iterable[bytes], *, force: bool = False, inputs: Sequence[Path] = ()) -> None:
    """Write the chunks to a temporary file beside `path` and put it in place once it is safely on the disk.

    Where the system allows, the temporary file has no name until then, and is gone when the program is killed.
    A symbolic link stays one and its target is written; the mode of a file that is replaced is kept. Raises
    WriteError, with what stood there intact, when a file is in the way and `force` is not set, when the path is one
    of `inputs`, or when the system refuses. Only when the very last step fails, the folder's entry being brought to
    the disk, the new file is in place and the error says that it may not last.
    """
    try:
        target = path.resolve()
        if target.is_symlink():  # Python 3.13 leaves a loop of symbolic links as it is.
            raise _going_round(path)
        mode = _replaceable_mode(path, target, force=force, inputs=inputs)
        temporary = target.with_name(f".{target.name[:24]}.{secrets.token_hex(8)}.part")
        try:
            _write_temporary(temporary, chunks, mode)
            if force:
                temporary.replace(target)
            else:
                _put_in_free_place(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
    except FileExistsError as error:
        raise _in_the_way(path) from error
    except RuntimeError as error:  # Python 3.11 and 3.12 report a loop of symbolic links so.
        raise _going_round(path) from error
    except OSError as error:
        raise WriteError(f"{path} could not be written: {error.strerror or error}") from error
    try:
        _sync_folder(target.parent)
    except OSError as error:
        raise WriteError(f"{path} is written but may not last through a power failure: {error.strerror}") from error


def _replaceable_mode(path: Path, target: Path, *, force: bool, inputs: Sequence[Path]) -> int | None:
    """Return the mode of the file that is to be replaced, None when the place is free; raises WriteError."""
    if not target.exists():
        return None
    status = target.stat()
    if stat.S_ISDIR(status.st_mode):
        raise WriteError(f"{path} is a folder; name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise WriteError(f"{path} is not a regular file; only regular files are written")
    if any(source.exists() and source.samefile(target) for source in inputs):
        raise WriteError(f"{path} is the timeline that is being read, which is never changed; choose another name")
    if not force:
        raise _in_the_way(path)
    return stat.S_IMODE(status.st_mode)


def _going_round(path: Path) -> WriteError:
    return WriteError(f"{path} could not be written: its symbolic links go round in a circle")


def _in_the_way(path: Path) -> WriteError:
    return WriteError(f"{path} exists; nothing was written (--force replaces it)")


def _write_temporary(temporary: Path, chunks: Iterable[bytes], mode: int | None) -> None:
    """Fill a file that gets its name once it is whole, so that a program that is killed meanwhile leaves none behind.

    Where the system has no files without a name (O_TMPFILE of Linux, on most of its file systems), it has one at once.
    """
    unnamed = _open_unnamed(temporary.parent)
    if unnamed is None:
        _fill_named(temporary, chunks, mode)
        return
    try:
        _fill(unnamed, chunks)
        if mode is not None:
            Path(_PLACE_OF.format(unnamed)).chmod(mode)
        os.fsync(unnamed)
        # With the descriptor of a folder, which is not looked at here, the link of /proc is followed.
        os.link(_PLACE_OF.format(unnamed), temporary, src_dir_fd=unnamed)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _fill_named(temporary, _content(unnamed), mode)
    finally:
        os.close(unnamed)


def _open_unnamed(folder: Path) -> int | None:
    """Open a file without a name in a folder; None where there is no such thing, or no way to name it later."""
    kind = getattr(os, "O_TMPFILE", None)
    if kind is None:
        return None
    try:
        descriptor = os.open(folder, os.O_RDWR | kind, 0o666)
    except OSError:
        # Not every file system has it; whatever else is wrong with the folder is told when a name is tried.
        return None
    if Path(_PLACE_OF.format(descriptor)).exists():
        return descriptor
    os.close(descriptor)
    return None


def _content(descriptor: int) -> Iterator[bytes]:
    """Give what was written to a file, from its beginning."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    while chunk := os.read(descriptor, _COPIED_BYTES):
        yield chunk


def _fill_named(temporary: Path, chunks: Iterable[bytes], mode: int | None) -> None:
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        _fill(descriptor, chunks)
        if mode is not None:
            temporary.chmod(mode)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fill(descriptor: int, chunks: Iterable[bytes]) -> None:
    for chunk in chunks:
        _write_all(descriptor, chunk)


def _write_all(descriptor: int, chunk: bytes) -> None:
    """Write every byte; the system may take fewer at a time than it is given."""
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _put_in_free_place(temporary: Path, target: Path) -> None:
    """Give the file its name unless somebody took the name meanwhile; raises FileExistsError."""
    if os.name == "nt":
        temporary.rename(target)  # Refuses an existing target on Windows; elsewhere it would replace it.
        return
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power failure, where the system can do that for a folder."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)
