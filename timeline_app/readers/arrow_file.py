"""Open an Arrow file, and give its records as JSON, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.core.errors import ReadError
from timeline_app.readers.arrow_messages import MAGIC, MESSAGES_BEGIN, Message, MessageError, messages
from timeline_app.readers.extra_library import extra_library
from timeline_app.readers.line_file import FileIdentity
from timeline_app.readers.source_file import MEGABYTE, opened
from timeline_app.readers.tree import listed, shortened

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS_A_STRETCH = 8_192
_MOST_ROWS = 2**31 - 1
_MOST_COLUMNS = 2_000
# Of a batch of records, and of all dictionaries: so much is in memory at once.
_MOST_UNFOLDED_BYTES = 512 * MEGABYTE
_LARGEST_RECORD_CHARACTERS = 16 * MEGABYTE
# How many times as large as it is a file may become; columns of ever the same shrink to little.
_MOST_TIMES_LARGER = 1_000
_ALWAYS_ALLOWED_BYTES = 256 * MEGABYTE
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some records as objects in JSON, in the order of the file; `rows_before` stand before them."""

    records: list[str]
    rows_before: int
    bytes_read: int


class ArrowFile:
    """A file in either format of Arrow; `left_out` are the columns of types that are not read.

    Raises ReadError where it is damaged, is larger than can be read, or pyarrow is not installed.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        with opened(path, name) as file:
            self._identity = FileIdentity.of_open_file(file)
            self.total_bytes = self._identity.size
            # Looked at before anything is unfolded: a small file may claim to hold the world.
            self._check_sizes(self._messages(file))
            with self._errors_told():
                schema = self._reader(file).schema
                self._describe(schema)

    def stretches(self) -> Iterator[Stretch]:
        """Read the file from its beginning, once; raises ReadError, also when it has changed since it was opened."""
        rows_before = characters = 0
        with opened(self.path, self.name) as file:
            self._identity.check(file, self.name)
            for batch in self._batches(file):
                for records in self._records(batch, rows_before):
                    rows_before += len(records)
                    characters += sum(map(len, records))
                    self._check_times_larger(characters)
                    bytes_read = self.total_bytes * rows_before // self.row_count
                    if rows_before == self.row_count:
                        # Only now, before the last records are handed on, so that nothing is made of a torn file.
                        self._identity.check(file, self.name)
                    yield Stretch(records, rows_before - len(records), max(bytes_read, 1))

    def _batches(self, file: BufferedIOBase) -> Iterator[pa.RecordBatch]:
        with self._errors_told():
            reader = self._reader(file)
        row_count = 0
        while True:
            with self._errors_told():
                try:
                    batch = reader.read_next_batch()
                except StopIteration:
                    break
                # What is within bounds is not known before.
                batch.validate(full=True)
            row_count += batch.num_rows
            if row_count > self.row_count:
                raise self._damaged("it has more records than it says")
            yield batch
        if row_count != self.row_count:
            raise self._damaged("it has fewer records than it says")

    def _records(self, batch: pa.RecordBatch, rows_before: int) -> Iterator[list[str]]:
        """Give the records of a batch, so many at a time as may be put together."""
        from timeline_app.readers import arrow_json  # brings pyarrow, which is heavy and rarely needed

        waiting = [
            (begin, min(begin + _ROWS_A_STRETCH, batch.num_rows)) for begin in range(0, batch.num_rows, _ROWS_A_STRETCH)
        ][::-1]
        while waiting:
            begin, beyond = waiting.pop()
            part = batch.slice(begin, beyond - begin)
            try:
                with self._errors_told():
                    columns = [part.column(number) for number in self._numbers]
                    records = arrow_json.records_as_json(self.columns, columns, part.num_rows)
            except arrow_json.TooLargeError as error:
                if beyond - begin == 1:
                    raise self._large_record(rows_before + beyond) from error
                middle = (begin + beyond) // 2
                waiting += [(middle, beyond), (begin, middle)]
                continue
            for row, record in enumerate(records, rows_before + begin + 1):
                if len(record) > _LARGEST_RECORD_CHARACTERS:
                    raise self._large_record(row)
            yield records

    def _reader(self, file: BufferedIOBase) -> pa.RecordBatchReader:
        """Return what reads the messages one after the other: no format needs to be read in another way."""
        import pyarrow as pa  # heavy, and rarely needed

        file.seek(0)
        file.seek(MESSAGES_BEGIN if file.read(len(MAGIC)) == MAGIC else 0)
        return pa.ipc.open_stream(file)

    def _describe(self, schema: pa.Schema) -> None:
        from timeline_app.readers import arrow_json  # brings pyarrow, which is heavy and rarely needed

        if len(schema) > _MOST_COLUMNS:
            raise ReadError(f"the file has {len(schema):,} columns; expected at most {_MOST_COLUMNS:,}", self.name)
        names = arrow_json.unique_names(schema.names)
        is_read = [arrow_json.is_readable(field.type) for field in schema]
        self._numbers = [number for number, fits in enumerate(is_read) if fits]
        self.columns = tuple(names[number] for number in self._numbers)
        self.left_out = tuple(
            f"{name} ({shortened(str(field.type), 60)})"
            for name, field, fits in zip(names, schema, is_read, strict=True)
            if not fits
        )

    def left_out_note(self) -> str:
        """Return what is said of the columns that are left out, "" where there are none."""
        if not self.left_out:
            return ""
        more = len(self.left_out) - _MOST_NAMED
        named = [*self.left_out[:_MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])]
        return f"columns of types that are not read are left out: {listed(named)}"

    def _messages(self, file: BufferedIOBase) -> list[Message]:
        try:
            return messages(file, self.total_bytes)
        except MessageError as error:
            raise self._damaged(str(error)) from error

    def _check_sizes(self, found: list[Message]) -> None:
        """Raise ReadError for what would unfold to more than can be read."""
        self.row_count = sum(message.row_count for message in found if not message.is_dictionary)
        if self.row_count > _MOST_ROWS or self.row_count > self.total_bytes * _MOST_TIMES_LARGER:
            raise self._damaged(f"it says that it has {self.row_count:,} records, which its size cannot hold")
        dictionaries = sum(message.unfolded_bytes for message in found if message.is_dictionary)
        batches = [message.unfolded_bytes for message in found if not message.is_dictionary]
        if dictionaries > _MOST_UNFOLDED_BYTES or max(batches, default=0) > _MOST_UNFOLDED_BYTES:
            message = (
                f"the file unfolds to more than {_MOST_UNFOLDED_BYTES // MEGABYTE:,} MB at once and is not read; "
                "write it in smaller batches of records, or as Parquet"
            )
            raise ReadError(message, self.name)
        self._check_times_larger(dictionaries + sum(batches))

    def _check_times_larger(self, unfolded: int) -> None:
        if unfolded > max(_ALWAYS_ALLOWED_BYTES, self.total_bytes * _MOST_TIMES_LARGER):
            message = f"the file unfolds to more than {_MOST_TIMES_LARGER:,} times its size and is not read"
            raise ReadError(message, self.name)

    def _large_record(self, number: int) -> ReadError:
        message = f"record {number:,} has more than {_LARGEST_RECORD_CHARACTERS:,} characters and is not read"
        return ReadError(message, self.name)

    def _damaged(self, reason: str) -> ReadError:
        message = f"the Arrow file is damaged, or cut off ({reason}); get it again from where it came"
        return ReadError(message, self.name)

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        """Raise ReadError for whatever pyarrow cannot read, and where it is not installed."""
        with extra_library("Arrow files need pyarrow", "arrow", self.name):
            import pyarrow as pa  # heavy, and rarely needed
        try:
            yield
        except (pa.ArrowMemoryError, MemoryError) as error:
            raise ReadError("the file unfolds to more than the memory holds and is not read", self.name) from error
        except (pa.ArrowException, ValueError, ArithmeticError) as error:
            raise self._damaged(shortened(str(error).partition("\n")[0], 200)) from error
        except OSError as error:
            # pyarrow says so of a message that is cut off; what the system says has a number.
            if error.errno is not None:
                raise
            raise self._damaged(shortened(str(error).partition("\n")[0], 200)) from error
