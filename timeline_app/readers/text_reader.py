"""The reader of a format of records as text, which is read whole or in batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.reader import Reader, ReaderOption, RecordStream, Streaming
from timeline_app.readers.source_file import MEGABYTE, SourceFile
from timeline_app.readers.table_settings import table_settings
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.table_stream import whole_dataset

# Of a file that is read whole; in batches it may have any size.
_LARGEST_BYTES = 512 * MEGABYTE


def text_reader(
    *,
    name: str,
    endings: tuple[str, ...],
    description: str,
    recognised_by: str,
    score: Callable[[bytes, str], float],
    stream: Callable[[LineFile, Mapping[str, str]], RecordStream],
    decoder: Callable[[Mapping[str, object]], Decoder],
    options: tuple[ReaderOption, ...] = (),
    table: Callable[[LineFile, Mapping[str, str]], TableSource] | None = None,
) -> Reader:
    """Return the reader of a format; `stream` opens a file, and raises ReadError for what is not in this format.

    `table` gives the table of which columns are mapped, for a format that has an option for it.
    """
    is_told = any(option.name == "map" for option in options)

    def encoding(mapping: Mapping[str, str], file: str) -> str:
        return table_settings(mapping, file).encoding if is_told else ""

    def read(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
        file = LineFile.within(source, encoding(mapping, source.name), is_told=is_told)
        opened = stream(file, mapping)
        return whole_dataset(opened, decoder(opened.layout), source, name)

    def open_stream(path: Path, file: str, mapping: Mapping[str, str]) -> RecordStream:
        return stream(LineFile.at(path, file, encoding(mapping, file), is_told=is_told), mapping)

    def open_table(path: Path, file: str, mapping: Mapping[str, str]) -> TableSource:
        file_in_lines = LineFile.at(path, file, encoding(mapping, file), is_told=is_told)
        if table is None:
            raise ReadError(f"columns cannot be mapped: the fields of the {name} format have fixed names", file)
        return table(file_in_lines, mapping)

    return Reader(
        name=name,
        endings=endings,
        description=description,
        recognised_by=recognised_by,
        score=score,
        read=read,
        largest_bytes=_LARGEST_BYTES,
        options=options,
        streaming=Streaming(open_stream, decoder),
        table=open_table if table is not None else None,
    )
