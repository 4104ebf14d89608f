"""The rest of the records of a file that was ingested in short: kept beside them, and single ones until then."""

from __future__ import annotations

from pathlib import Path

from timeline_app.core.errors import ReadError
from timeline_app.ingest_job import streaming_of
from timeline_app.readers.reader import RecordRests
from timeline_app.store.cache import identity_of
from timeline_app.store.contents import contents_of
from timeline_app.store.identity import current_identity, state_of
from timeline_app.store.kept import FolderKept
from timeline_app.store.rests import put_rests


class RestJob:
    """What is left to be done for an entry of the cache; `name` is the file's path as the user gave it.

    Raises ReadError when the file is not the one any more that was ingested, or cannot be read, and StoreError when the
    entry is gone or damaged.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        identity = current_identity(Path(name), identity_of(folder))
        if identity is None:
            raise self._changed()
        self._state = identity.state
        self._kept = FolderKept(folder)  # held until all is done
        self._contents = contents_of(self._kept)
        # Another one than keeps them all, as that may go on meanwhile.
        self._single = self._opened()
        if self._contents.report.read:
            self._single.of(1)  # The first takes longer than the others.

    def keep(self) -> None:
        """Keep all rests."""
        rests = self._opened()
        try:
            put_rests(self._folder, rests.batches(), self._check)
        finally:
            rests.close()

    def of(self, number: int) -> bytes:
        """Return the rest of one record, numbered from 1."""
        found = self._single.of(number)
        self._check()
        return found

    def _opened(self) -> RecordRests:
        streaming = streaming_of(self._contents.report.reader, self._name)
        assert streaming.rests is not None, "what has rests was read by a format that gives them"
        return streaming.rests(Path(self._name), self._name, self._contents.layout)

    def _check(self) -> None:
        if state_of(Path(self._name)) != self._state:
            raise self._changed()

    def _changed(self) -> ReadError:
        return ReadError("the file changed after it was opened; open it again", self._name)
