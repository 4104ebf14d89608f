"""The reader of a format whose files are read whole as long as they are small, and larger ones record by record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Unpack

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import TooManyValues
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.reader import LARGEST_DATASET_BYTES, FormatFacts, Reader, RecordStream, Streaming
from timeline_app.readers.source_file import MEGABYTE, SourceFile, too_large
from timeline_app.readers.whole_dataset import whole_dataset

# A file of this size takes some 300 MB while it is read whole, what is larger less.
STREAMED_FROM_BYTES = 16 * MEGABYTE
LARGEST_WHOLE_BYTES = 50 * MEGABYTE


def record_reader(
    *,
    whole: Callable[[SourceFile, Mapping[str, str]], Dataset],
    stream: Callable[[LineFile, Mapping[str, str]], RecordStream],
    decoder: Callable[[Mapping[str, object]], Decoder],
    is_whole: Callable[[Mapping[str, str]], bool] = lambda _mapping: False,
    from_bytes: int = STREAMED_FROM_BYTES,
    **facts: Unpack[FormatFacts],
) -> Reader:
    """Return the reader of a format: `whole` reads a small file, `stream` opens a large one.

    Both raise ReadError for what is not in this format, and make the same events of the same records. A mapping of
    which `is_whole` says so asks for what only the whole file tells. A large file is one of `from_bytes` or more, or
    one of more values than may be in memory at once.
    """

    def read(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
        if is_whole(mapping) and len(source.content) > LARGEST_WHOLE_BYTES:
            raise too_large(LARGEST_WHOLE_BYTES, source.name)
        if is_whole(mapping) or len(source.content) < from_bytes:
            with suppress(TooManyValues):
                return whole(source, mapping)
        opened = stream(LineFile.within(source), mapping)
        return whole_dataset(opened, decoder(opened.layout), source, facts["name"])

    def open_stream(path: Path, file: str, mapping: Mapping[str, str]) -> RecordStream:
        return stream(LineFile.at(path, file), mapping)

    return Reader(
        read=read,
        largest_bytes=LARGEST_DATASET_BYTES,
        streaming=Streaming(open_stream, decoder, from_bytes=from_bytes, is_whole=is_whole),
        **facts,
    )
