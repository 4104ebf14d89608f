"""Which file formats can be read, and which of them a file is in."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers import native
from timeline_app.readers.reader import Reader
from timeline_app.readers.source_file import SourceFile, read_source_file, too_large
from timeline_app.readers.source_text import decode_text

_READERS = (native.READER,)


def readers() -> tuple[Reader, ...]:
    """Return every reader, in the order in which they are tried."""
    return _READERS


def read(path: str | PathLike[str], *, reader: str | None = None, mapping: Mapping[str, str] | None = None) -> Dataset:
    """Read a timeline with the reader that is named, or else with the one that recognises the file.

    The file is opened once and never written. `mapping` gives the column of each field, for a reader that takes one.
    Raises ReadError when the file cannot be read at all; everything less stands in the dataset's problems.
    """
    wanted = _named(reader, str(path)) if reader is not None else None
    if wanted is not None and mapping and not wanted.takes_mapping:
        raise _mapping_error(wanted, str(path))
    source = read_source_file(Path(path), largest_bytes=_largest_bytes(wanted), name=str(path))
    chosen = wanted or _recognise(source)
    if mapping and not chosen.takes_mapping:
        raise _mapping_error(chosen, str(path))
    return chosen.read(source, mapping or {})


def _named(name: str, file: str) -> Reader:
    for candidate in _READERS:
        if candidate.name == name:
            return candidate
    raise ReadError(f'no reader is called "{name}"; there is {" and ".join(known.name for known in _READERS)}', file)


def _largest_bytes(reader: Reader | None) -> int:
    return reader.largest_bytes if reader is not None else max(candidate.largest_bytes for candidate in _READERS)


def _recognise(source: SourceFile) -> Reader:
    """Return the reader that is surest of a file."""
    if not source.content.strip():
        raise ReadError(f"the file is empty; expected {_expected()}", source.name)
    best_score, best = max(
        ((candidate.score(source.head, source.path.name), candidate) for candidate in _READERS),
        key=lambda pair: pair[0],
    )
    if best_score <= 0:
        text = decode_text(source)
        raise text.error(f"the format of the file is not known; expected {_expected()}", 0)
    if len(source.content) > best.largest_bytes:
        raise too_large(best.largest_bytes, source.name)
    return best


def _expected() -> str:
    return ", or ".join(candidate.recognised_by for candidate in _READERS)


def _mapping_error(reader: Reader, file: str) -> ReadError:
    message = f"columns cannot be mapped: the fields of the {reader.name} format have fixed names"
    return ReadError(message, file)
