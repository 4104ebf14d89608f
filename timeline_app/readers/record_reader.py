"""The reader of a format whose files are read whole as long as they are small, and larger ones record by record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.reader import Reader, ReaderOption, RecordStream, Streaming
from timeline_app.readers.source_file import MEGABYTE, SourceFile, too_large
from timeline_app.readers.table_stream import whole_dataset

# A file of this size takes some 300 MB while it is read whole, what is larger less.
STREAMED_FROM_BYTES = 16 * MEGABYTE
LARGEST_WHOLE_BYTES = 50 * MEGABYTE
# Of a file that is to be a dataset in memory; in batches it may have any size.
_LARGEST_BYTES = 512 * MEGABYTE


def record_reader(
    *,
    name: str,
    endings: tuple[str, ...],
    description: str,
    recognised_by: str,
    score: Callable[[bytes, str], float],
    whole: Callable[[SourceFile, Mapping[str, str]], Dataset],
    stream: Callable[[LineFile, Mapping[str, str]], RecordStream],
    decoder: Callable[[Mapping[str, object]], Decoder],
    options: tuple[ReaderOption, ...] = (),
    is_whole: Callable[[Mapping[str, str]], bool] = lambda _mapping: False,
    from_bytes: int = STREAMED_FROM_BYTES,
) -> Reader:
    """Return the reader of a format: `whole` reads a small file, `stream` opens a large one.

    Both raise ReadError for what is not in this format, and make the same events of the same records. A mapping of
    which `is_whole` says so asks for what only the whole file tells. A large file is one of `from_bytes` or more.
    """

    def read(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
        if is_whole(mapping) and len(source.content) > LARGEST_WHOLE_BYTES:
            raise too_large(LARGEST_WHOLE_BYTES, source.name)
        if is_whole(mapping) or len(source.content) < from_bytes:
            return whole(source, mapping)
        opened = stream(LineFile.within(source), mapping)
        return whole_dataset(opened, decoder(opened.layout), source, name)

    def open_stream(path: Path, file: str, mapping: Mapping[str, str]) -> RecordStream:
        return stream(LineFile.at(path, file), mapping)

    return Reader(
        name=name,
        endings=endings,
        description=description,
        recognised_by=recognised_by,
        score=score,
        read=read,
        largest_bytes=_LARGEST_BYTES,
        options=options,
        streaming=Streaming(open_stream, decoder, from_bytes=from_bytes, is_whole=is_whole),
    )
