"""The reader of a format of records as text, which is read whole or in batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Unpack

from timeline_app.core.batches import Decoder
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers.file_stream import FileStream
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.reader import LARGEST_DATASET_BYTES, FormatFacts, Reader, RecordStream, Streaming
from timeline_app.readers.source_file import SourceFile
from timeline_app.readers.table_settings import table_settings
from timeline_app.readers.table_source import TableSource
from timeline_app.readers.whole_dataset import mapping_used, whole_dataset

# What the user may have to say before there are columns at all.
_FILE_SETTINGS = ("encoding", "delimiter", "header")


def text_reader(
    *,
    stream: Callable[[LineFile, Mapping[str, str]], RecordStream],
    decoder: Callable[[Mapping[str, object]], Decoder],
    table: Callable[[LineFile, Mapping[str, str]], TableSource] | None = None,
    **facts: Unpack[FormatFacts],
) -> Reader:
    """Return the reader of a format; `stream` opens a file, and raises ReadError for what is not in this format.

    `table` gives the table of which columns are mapped, for a format that has an option for it.
    """
    name = facts["name"]
    is_told = any(option.name == "map" for option in facts.get("options", ()))

    def encoding(mapping: Mapping[str, str], file: str) -> str:
        return table_settings(mapping, file).encoding if is_told else ""

    def read(source: SourceFile, mapping: Mapping[str, str]) -> Dataset:
        file = LineFile.within(source, encoding(mapping, source.name), is_told=is_told)
        opened = _with_settings(stream(file, mapping), mapping)
        return whole_dataset(opened, decoder(opened.layout), source, name)

    def open_stream(path: Path, file: str, mapping: Mapping[str, str]) -> RecordStream:
        opened = stream(LineFile.at(path, file, encoding(mapping, file), is_told=is_told), mapping)
        return _with_settings(opened, mapping)

    def open_table(path: Path, file: str, mapping: Mapping[str, str]) -> TableSource:
        file_in_lines = LineFile.at(path, file, encoding(mapping, file), is_told=is_told)
        if table is None:
            raise ReadError(f"columns cannot be mapped: the fields of the {name} format have fixed names", file)
        return table(file_in_lines, mapping)

    return Reader(
        read=read,
        largest_bytes=LARGEST_DATASET_BYTES,
        streaming=Streaming(open_stream, decoder),
        table=open_table if table is not None else None,
        **facts,
    )


def _with_settings(opened: RecordStream, mapping: Mapping[str, str]) -> RecordStream:
    """Return a stream whose mapping, as it is told, reads the file again as the user said that it is to be read."""
    asked = {key: mapping[key] for key in _FILE_SETTINGS if key in mapping}
    if not asked:
        return opened
    layout = MappingProxyType({**opened.layout, "mapping": {**asked, **mapping_used(opened.layout)}})
    return FileStream(opened.title, layout, opened.total_bytes, opened.batches)
