"""Tests of Arrow: both formats, every type of column, what is damaged, and what would unfold to more than there is."""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.fuzz.files import fault_of, mutant
from tests.helpers.streams import streamed
from timeline_app.core.dataset import Level
from timeline_app.core.errors import ReadError
from timeline_app.readers import arrow_file, choose, read

pa = pytest.importorskip("pyarrow", reason="Arrow needs pyarrow, an extra that is not installed")

from timeline_app.readers import arrow_json  # noqa: E402 — pyarrow may be missing

FORMATS = [(kind, compression) for kind in ("file", "stream") for compression in (None, "lz4", "zstd")]
ZSTANDARD = b"\x28\xb5\x2f\xfd"
EPOCH = "1970-01-01T00:00:00"
KEY_TWICE = [{"k": 1}, [["k", 1], ["k", 2]]]


def make(
    path: Path, table: Any, *, kind: str = "file", compression: str | None = None, rows_a_batch: int | None = None
) -> Path:
    """Write a table in one of the two formats."""
    new = pa.ipc.new_file if kind == "file" else pa.ipc.new_stream
    with new(str(path), table.schema, options=pa.ipc.IpcWriteOptions(compression=compression)) as writer:
        writer.write_table(table, max_chunksize=rows_a_batch)
    return path


def events(count: int = 300) -> Any:
    """Return a table of synthetic events."""
    days = [dt.date(1989, 1, 1) + dt.timedelta(days=row) for row in range(count)]
    return pa.table(
        {
            "id": [f"s{row}" for row in range(count)],
            "title": [f"Synthetic event {row}" for row in range(count)],
            "date": days,
            "type": pa.array([None if row % 5 == 0 else f"type {row % 3}" for row in range(count)]).dictionary_encode(),
            "actors": [[f"X {row % 10}", "Y"] for row in range(count)],
            "people": [[{"name": f"Actor {row % 11}"}, {"name": f"Actor {row % 7}"}] for row in range(count)],
        }
    )


def cells(array: Any) -> list[object]:
    """Return the values of a column as JSON has them."""
    return [None if value is None else json.loads(value) for value in arrow_json.json_values(array)]


@pytest.mark.parametrize(("kind", "compression"), FORMATS)
def test_both_formats_are_read(tmp_path: Path, kind: str, compression: str | None) -> None:
    path = make(tmp_path / "some.data", events(), kind=kind, compression=compression, rows_a_batch=100)
    assert choose(path).name == "arrow"
    found = streamed(path)
    assert [event.id for event in found.events] == [f"s{row}" for row in range(300)]
    assert [event.origin.record for event in found.events] == list(range(1, 301))
    assert [len(batch) for batch in found.batches] == [100, 100, 100]
    assert found.events[31].when.text == "1989-02-01"
    assert [actor.name for actor in found.events[8].actors] == ["X 8", "Y"]
    assert [event.type for event in found.events[:3]] == ["", "type 1", "type 2"]
    whole = read(path, mapping={"actors": "people[].name"})
    assert [actor.name for actor in whole.events[8].actors] == ["Actor 8", "Actor 1"]
    assert (whole.report.read, whole.report.loaded, whole.report.rejected) == (300, 300, 0)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (pa.array([0, 1500, None], pa.timestamp("ms", "Europe/Kyiv")), [f"{EPOCH}Z", "1970-01-01T00:00:01.5Z"]),
        (pa.array([0, 1500], pa.timestamp("us", "no such zone")), [f"{EPOCH}Z", "1970-01-01T00:00:00.0015Z"]),
        (pa.array([-1, 1], pa.timestamp("s")), ["1969-12-31T23:59:59", "1970-01-01T00:00:01"]),
        (pa.array([1], pa.timestamp("ns")), ["1970-01-01T00:00:00.000000001"]),
        (pa.array([2**62, -(2**63)], pa.timestamp("s")), [str(2**62), str(-(2**63))]),
        (pa.array([-1, 19_000], pa.date32()), ["1969-12-31", "2022-01-08"]),
        (pa.array([86_400_000], pa.date64()), ["1970-01-02"]),
        (pa.array([3_723, -1], pa.int32()).view(pa.time32("s")), ["01:02:03", "-1"]),
        (pa.array([3_723_500_000], pa.time64("us")), ["01:02:03.5"]),
        (pa.array([-1_500, 2_000], pa.duration("ms")), ["-PT1.5S", "PT2S"]),
        (pa.array([True, False]), [True, False]),
        (pa.array([2**64 - 1], pa.uint64()), [2**64 - 1]),
        (pa.array([0.1, float("inf"), 2024.0], pa.float32()), [0.1, "inf", 2024.0]),
        (pa.array([np.float16(1.5)], pa.float16()), [1.5]),
        (pa.array([Decimal("-1.50")]), [-1.5]),
        (pa.array([Decimal(1200)], pa.decimal128(5, -2)), ["1.2E+3"]),
        (pa.array(["é \u2028\n\0"], pa.large_string()), ["é \u2028\n\0"]),
        (pa.array(["x", "y" * 30], pa.string_view()), ["x", "y" * 30]),
        (pa.array([b"abc", b"\xff"]), ["abc", "ff"]),
        (pa.array([b"abc"], pa.binary(3)), ["616263"]),
        (pa.array([b"abc"], pa.binary_view()), ["abc"]),
        (pa.DictionaryArray.from_arrays([1, 0, 1], pa.array(["p" * 20, "q"], pa.string_view())), ["q", "p" * 20, "q"]),
        (pa.array([["p", None], None], pa.list_(pa.string_view())), [["p", None]]),
        (pa.array([{"a": "p"}, None], pa.struct([("a", pa.string_view())])), [{"a": "p"}]),
        (pa.array([[("k", "p")]], pa.map_(pa.string_view(), pa.string_view())), [{"k": "p"}]),
        (pa.array([[1, None], []], pa.large_list(pa.int8())), [[1, None], []]),
        (pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int8(), 2)), [[1, 2], None, [3, 4]]),
        (pa.array([{"a": 1, "b": "x"}, {"a": None, "b": ""}]), [{"a": 1, "b": "x"}, {"a": None, "b": ""}]),
        (pa.array([[("k", 1)], [("k", 1), ("k", 2)]], pa.map_(pa.string(), pa.int8())), KEY_TWICE),
        (pa.array([[(7, 1)]], pa.map_(pa.int8(), pa.int8())), [{"7": 1}]),
        (pa.array(["p", None, "q", "p"]).dictionary_encode(), ["p", None, "q", "p"]),
        (pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a", "b"])), ["a", "a", "b"]),
        (pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"0" * 16], pa.binary(16))), ["30" * 16]),
        (pa.nulls(2), [None, None]),
    ],
    ids=lambda value: str(value.type) if isinstance(value, pa.Array) else "",
)  # fmt: skip
def test_values_of_every_type(array: Any, expected: list[object]) -> None:
    array.validate(full=False)
    assert cells(array)[: len(expected)] == expected
    assert cells(array)[len(expected) :] == [None] * (len(array) - len(expected))
    for begin in range(len(array) + 1):
        assert cells(array.slice(begin)) == cells(array)[begin:]


def test_what_is_no_number_is_missing() -> None:
    assert cells(pa.array([float("nan"), None, 1e300])) == [None, None, 1e300]


def test_columns_of_other_types_are_left_out_and_told(tmp_path: Path) -> None:
    table = pa.table(
        {
            "title": ["A"],
            "date": ["2024-06"],
            "views": pa.array([[1]], pa.list_view(pa.int32())),
            "inner": pa.array([[(1, 2, 3)]], pa.list_(pa.month_day_nano_interval())),
        }
    )
    found = read(make(tmp_path / "x.arrow", table))
    assert [event.when.text for event in found.events] == ["2024-06"]
    (problem,) = found.problems
    assert problem.level is Level.WARNING
    assert "views (list_view<item: int32>), inner (list<item: month_day_nano_interval>)" in problem.message


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    arrays = [pa.array(["A"]), pa.array(["2024"]), pa.array(["x"]), pa.array(["y"])]
    path = make(tmp_path / "x.arrow", pa.Table.from_arrays(arrays, ["title", "date", "note", "note"]))
    (event,) = read(path).events
    assert event.extra["note (2)"] == "y"


def test_records_without_a_title_are_rejected_and_told(tmp_path: Path) -> None:
    table = pa.table({"title": ["A", None, "C"], "date": ["2024", "2024", "soon"]})
    found = read(make(tmp_path / "x.arrow", table))
    assert (found.report.read, found.report.loaded, found.report.rejected) == (3, 1, 2)
    assert [problem.record for problem in found.problems] == [2, 3]


def test_a_table_without_records_is_told(tmp_path: Path) -> None:
    found = read(make(tmp_path / "x.arrow", events(0)))
    assert found.report.read == 0


@pytest.mark.once
@pytest.mark.parametrize(("kind", "compression"), FORMATS)
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, kind: str, compression: str | None) -> None:
    whole = make(tmp_path / "x.arrow", events(), kind=kind, compression=compression, rows_a_batch=100).read_bytes()
    cut = tmp_path / "cut.arrow"
    for length in range(0, len(whole) - 8, max(1, len(whole) // 60)):
        cut.write_bytes(whole[:length])
        fault, was_read = fault_of(cut)
        assert not fault
        if was_read:
            # A stream has no end of its own: between two messages it is a whole one.
            assert kind == "stream"
            assert read(cut).report.read in {0, 100, 200, 300}


@pytest.mark.once
@pytest.mark.parametrize(("kind", "compression"), [("file", "zstd"), ("stream", None)])
def test_damaged_files_are_refused_or_read(tmp_path: Path, kind: str, compression: str | None) -> None:
    whole = make(tmp_path / "x.arrow", events(40), kind=kind, compression=compression).read_bytes()
    damaged = tmp_path / "damaged.arrow"
    for seed in range(250):
        damaged.write_bytes(mutant(whole, random.Random(seed)))
        assert not fault_of(damaged)[0]


def test_a_small_file_that_unfolds_to_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow_file, "_MOST_UNFOLDED_BYTES", 4_000_000)
    monkeypatch.setattr(arrow_file, "_ALWAYS_ALLOWED_BYTES", 8_000_000)
    monkeypatch.setattr(arrow_file, "_MOST_TIMES_LARGER", 50)
    table = pa.table({"title": ["x" * 1000] * 6000, "date": ["2024"] * 6000})
    path = make(tmp_path / "x.arrow", table, compression="zstd")
    with pytest.raises(ReadError, match="unfolds to more than 3 MB at once"):
        read(path)
    path = make(tmp_path / "x.arrow", pa.concat_tables([table, table]), compression="zstd", rows_a_batch=2000)
    with pytest.raises(ReadError, match="more than 50 times its size"):
        read(path)
    few = pa.table({"title": pa.array(["x" * 1000] * 9000).dictionary_encode(), "date": ["2024"] * 9000})
    with pytest.raises(ReadError, match="more than 50 times its size"):
        read(make(tmp_path / "x.arrow", few))


def test_a_buffer_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "x.arrow", pa.table({"title": ["x" * 100_000], "date": ["2024"]}), compression="zstd")
    content = path.read_bytes()
    begin = content.index((100_000).to_bytes(8, "little") + ZSTANDARD)
    path.write_bytes(content[:begin] + (2**50).to_bytes(8, "little") + content[begin + 8 :])
    with pytest.raises(ReadError, match="unfolds to more than 512 MB"):
        read(path)
    path.write_bytes(content[:begin] + (200_000).to_bytes(8, "little") + content[begin + 8 :])
    with pytest.raises(ReadError, match="damaged"):
        read(path)


def repeated_view(text: str, count: int) -> Any:
    """Return a column of views of one and the same text."""
    _, views, content = pa.array([text], pa.string_view()).buffers()
    return pa.Array.from_buffers(pa.string_view(), count, [None, pa.py_buffer(views.to_pybytes() * count), content])


@pytest.mark.parametrize(
    "array",
    [
        pa.FixedSizeListArray.from_arrays(pa.nulls(2**30), 2**30),
        pa.array(["x" * 1_000_000]).dictionary_encode().take(pa.array([0] * 64)),
        pa.ListArray.from_arrays([0, 64], pa.array(["x" * 1_000_000]).dictionary_encode().take(pa.array([0] * 64))),
        repeated_view("x" * 1_000_000, 64),
    ],
    ids=["nulls", "dictionary", "list", "views"],
)
def test_what_stands_for_too_much_is_refused(array: Any) -> None:
    with pytest.raises(arrow_json.TooLargeError):
        arrow_json.records_as_json(["a"], [array], len(array))


def test_records_that_are_large_together_are_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow_json, "_MOST_CHARACTERS", 2_000)
    path = make(tmp_path / "x.arrow", events(100))
    assert [event.id for event in read(path).events] == [f"s{row}" for row in range(100)]
    monkeypatch.setattr(arrow_json, "_MOST_CHARACTERS", 50)
    with pytest.raises(ReadError, match="record 1 has more than"):
        read(path)


def test_a_file_that_changes_is_refused(tmp_path: Path) -> None:
    path = make(tmp_path / "x.arrow", events())
    chosen = choose(path).streaming
    assert chosen is not None
    stream = chosen.open(path, "x.arrow", {})
    make(path, events(5))
    with pytest.raises(ReadError, match="changed while it was read"):
        list(stream.batches())


def test_without_pyarrow_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(tmp_path / "x.arrow", events())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ReadError, match=r"pip install “conflict-timeline\[arrow\]”"):
        read(path)
