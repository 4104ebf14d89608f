"""Parquet whose records are first read in short: with their rest behind them they are what they are when read whole."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.examples import examples
from tests.helpers.parquet import values, write_parquet
from tests.helpers.streams import streamed_with, told_by_columns
from timeline_app.core.batches import RecordBatch
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event, Origin
from timeline_app.readers import choose, parquet, parquet_file, parquet_text
from timeline_app.readers.event_columns import FIELDS, EventColumns
from timeline_app.readers.field_reader import READ_FIELDS, FieldReader
from timeline_app.readers.reader import REST, RecordRests, RecordStream, Streaming

pytest.importorskip("duckdb", reason="Parquet needs DuckDB, an extra that is not installed")

TEXTS = st.one_of(st.none(), st.text(st.sampled_from("ab;\x1f\x1e[\"'é"), max_size=5))
RECORDS = st.lists(
    st.tuples(TEXTS, TEXTS, st.sampled_from(("2024", "2024-06-19", "x")), TEXTS, TEXTS, TEXTS), min_size=1
)
NAMES = 'excerpt, title, "when", summary, actors, notes'
WORDY = "SELECT 'Title ' || i AS title, '2024-06-19' AS \"when\", 'e' || i AS id, 'Words of ' || i AS excerpt"


@pytest.fixture(autouse=True)
def any_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be read in short that has a rest, however small."""
    monkeypatch.setattr(parquet, "_LEAST_REST", -1.0)


def streaming_of(path: Path) -> Streaming:
    """Return how a file is streamed."""
    streaming = choose(path).streaming
    assert streaming is not None
    return streaming


def in_short(path: Path) -> RecordStream:
    """Open a file for its records in short."""
    open_short = streaming_of(path).open_short
    assert open_short is not None
    return open_short(path, path.name, {})


def rests_of(path: Path, stream: RecordStream) -> RecordRests:
    """Open a file for the rest of its records."""
    rests = streaming_of(path).rests
    assert rests is not None
    return rests(path, path.name, stream.layout)


def rests_by_number(rests: RecordRests) -> list[bytes]:
    """Return the rest of every record of a file."""
    found: list[bytes] = []
    for batch in rests.batches():
        ends = [0, *batch.ends.tolist()]
        found += [bytes(batch.raw[begin:end]) for begin, end in pairwise(ends)]
    return found


def events_of(path: Path, stream: RecordStream, batches: list[RecordBatch], rests: list[bytes]) -> list[Event]:
    """Decode records in short with their rests behind them."""
    decoder = streaming_of(path).decoder(stream.layout)
    events: list[Event] = []
    for batch in batches:
        ends = [0, *batch.ends.tolist()]
        for place, number in enumerate(batch.numbers.tolist()):
            short = bytes(batch.raw[ends[place] : ends[place + 1]])
            events.append(decoder(short + rests[number - 1], Origin(path.name, 0, number)))
            assert decoder.title(short) == events[-1].title
            assert decoder(short, Origin(path.name, 0, number)).id == events[-1].id
    return events


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDS)
def test_a_record_in_short_and_its_rest_are_the_record(tmp_path: Path, records: list[tuple[str | None, ...]]) -> None:
    path = write_parquet(tmp_path / "any.parquet", values(records, NAMES))
    whole = streamed_with(choose(path), path, {})
    stream = in_short(path)
    assert stream.layout[REST] == ["excerpt", "summary", "notes"]
    batches = list(stream.batches())
    reading = rests_of(path, stream)
    rests = rests_by_number(reading)
    singly = [reading.of(number) for number in range(1, len(records) + 1)]
    reading.close()
    assert events_of(path, stream, batches, rests) == events_of(path, stream, batches, singly) == whole.events
    assert sum(batch.rejected for batch in batches) == whole.rejected
    told = [told for batch in batches for told in told_by_columns(batch)]
    assert told == [told for batch in whole.batches for told in told_by_columns(batch)]


def test_nothing_is_left_for_the_rest_that_columns_are_made_of() -> None:
    columns = EventColumns(tuple(FIELDS), {field: field for field in FIELDS})
    asked: set[str] = set()

    def cells(column: str) -> list[str]:
        asked.add(column)
        return ["2024"]

    FieldReader(columns).fields(cells, [1])
    assert {"title", "claims", "publisher"} <= asked <= READ_FIELDS


def test_records_of_very_different_lengths_are_bounded_all_the_same(tmp_path: Path) -> None:
    words = "CASE WHEN i = 3000 THEN repeat('x', 100_000) ELSE 'a' END"
    query = f"SELECT 'Title ' || i AS title, '2024' AS \"when\", {words} AS excerpt FROM range(5000) t(i)"
    path = write_parquet(tmp_path / "uneven.parquet", query)
    rests = rests_by_number(rests_of(path, in_short(path)))
    assert [len(rest) for rest in rests] == [100_001 if number == 3000 else 2 for number in range(5000)]


def test_short_records_are_made_within_duckdb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_text.TextBatchMaker, "read", None)
    monkeypatch.setattr(parquet_file, "_ROWS_A_BATCH", 2048)
    path = write_parquet(tmp_path / "x.parquet", f"{WORDY} FROM range(5000) t(i)")
    stream = in_short(path)
    batches = list(stream.batches())
    assert len(batches) == 3
    assert b"Words" not in b"".join(bytes(batch.raw) for batch in batches)
    events = events_of(path, stream, batches, rests_by_number(rests_of(path, stream)))
    assert [event.excerpts[0].text for event in events] == [f"Words of {number}" for number in range(5000)]


def test_what_is_mostly_drawn_and_filtered_is_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    title = "hex(hash(i)) || hex(hash(i + 1)) AS title, '2024' AS \"when\""
    few = write_parquet(tmp_path / "few.parquet", f"SELECT {title}, 'a' AS excerpt FROM range(3000) t(i)")
    assert REST not in in_short(few).layout
    much = write_parquet(tmp_path / "much.parquet", f"SELECT {title}, hex(hash(-i)) AS excerpt FROM range(3000) t(i)")
    assert in_short(much).layout[REST] == ["excerpt"]


def test_a_rest_that_is_too_large_is_refused_and_many_large_ones_are_read_in_parts(tmp_path: Path) -> None:
    head = "'A' AS title, '2024' AS date"
    path = write_parquet(tmp_path / "bomb.parquet", f"SELECT {head}, repeat('x', 20_000_000) AS excerpt")
    stream = in_short(path)
    assert [len(batch) for batch in stream.batches()] == [1]
    for ask in (lambda: rests_of(path, stream).of(1), lambda: list(rests_of(path, stream).batches())):
        with pytest.raises(ReadError, match=r"a record holds 20,000,\d+ bytes; expected at most 16,777,216"):
            ask()
    query = f"SELECT {head}, repeat('x', 1_000_000) AS excerpt FROM range(200)"
    many = write_parquet(tmp_path / "many.parquet", query)
    sizes = [len(batch.raw) for batch in rests_of(many, in_short(many)).batches()]
    assert sum(sizes) > 200_000_000
    assert max(sizes) < 80_000_000


def test_a_rest_that_is_damaged_or_of_another_file_is_refused(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "x.parquet", f"{WORDY} FROM range(5000) t(i)")
    stream = in_short(path)
    rests = rests_of(path, stream)
    assert rests.of(1) == b"\x1fWords of 0"
    content = path.read_bytes()
    write_parquet(path, f"{WORDY} FROM range(100, 5100) t(i)")
    for ask in (lambda: rests.of(2), lambda: list(rests.batches())):
        with pytest.raises(ReadError, match=r"x\.parquet: the file changed while it was read"):
            ask()
    rests.close()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(ReadError, match="the Parquet file is damaged, or cut off"):
        rests_of(path, stream)
