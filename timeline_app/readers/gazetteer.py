"""Load the gazetteer of actors, from a cache where its file has been read before."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.errors import ReadError
from timeline_app.core.memberships import Membership

# Part of a cache file's name: to be raised with any change of what `_to_cache` writes or of how entries are read.
CACHE_LAYOUT = 2


def load_gazetteer(path: Path, *, cache_dir: Path | None = None) -> Gazetteer:
    """Return the gazetteer in a YAML file, whose keys are told at the top of `resources/actors.yaml`.

    With a `cache_dir` what was read is kept there under the SHA-256 of the file, which makes the next load some five
    times faster. A damaged cache is read anew, and a folder that cannot be written does no harm. Raises ReadError
    with line and column for anything that is not as it should be.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(f"the gazetteer cannot be read: {error.strerror or error}", str(path)) from error
    cache_path = _cache_path(cache_dir, content) if cache_dir else None
    cached = _from_cache(cache_path) if cache_path else None
    if cached is not None:
        return Gazetteer(cached)
    # PyYAML is imported only when there is something to read with it: that takes 20 ms of the start.
    from timeline_app.readers.gazetteer_yaml import read_entries

    entries = read_entries(content, str(path))
    if cache_path:
        # The cache only saves time: a full disk or a folder without permission must not stop the program.
        with contextlib.suppress(OSError):
            _to_cache(cache_path, entries)
    return Gazetteer(entries)


def _cache_path(cache_dir: Path, content: bytes) -> Path:
    return cache_dir / f"gazetteer-{CACHE_LAYOUT}-{hashlib.sha256(content).hexdigest()}.json"


def _from_cache(cache_path: Path) -> tuple[ActorEntry, ...] | None:
    """Return the entries kept in a cache file, or None when it is missing or not as it was written."""
    try:
        digest, _, payload = cache_path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest.decode("ascii", "replace") != hashlib.sha256(payload).hexdigest():
        return None
    return tuple(
        ActorEntry(
            name=name,
            kind=kind,
            iso=tuple(iso),
            aliases=tuple(aliases),
            demonyms=tuple(demonyms),
            metonyms=tuple(metonyms),
            since=since,
            until=until,
            part_of=tuple([Membership(*whole) for whole in part_of]),
            members=tuple([Membership(*member) for member in members]),
            note=note,
        )
        for name, kind, iso, aliases, demonyms, metonyms, since, until, part_of, members, note in json.loads(payload)
    )


def _to_cache(cache_path: Path, entries: Iterable[ActorEntry]) -> None:
    """Write entries so that another process sees all of the file or none: a temporary file takes its place."""
    rows = [
        (
            entry.name,
            entry.kind,
            entry.iso,
            entry.aliases,
            entry.demonyms,
            entry.metonyms,
            entry.since,
            entry.until,
            [(whole.name, whole.since, whole.until) for whole in entry.part_of],
            [(member.name, member.since, member.until) for member in entry.members],
            entry.note,
        )
        for entry in entries
    ]
    payload = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    cache_path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary_name = tempfile.mkstemp(dir=cache_path.parent, prefix="gazetteer-", suffix=".tmp")
    temporary_path = Path(temporary_name)
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)
        temporary_path.replace(cache_path)
    except OSError:
        temporary_path.unlink(missing_ok=True)
        raise
