"""One module for each file format, from a file to a dataset with its problems."""

from __future__ import annotations

from timeline_app.readers.reader import Reader, ReaderOption
from timeline_app.readers.registry import choose, likely_readers, nearly_as_likely, read, readers

__all__ = ["Reader", "ReaderOption", "choose", "likely_readers", "nearly_as_likely", "read", "readers"]
