"""Tests of reading text tables of any size: delimiters, records over lines, rows that are not like the others."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.errors import ReadError
from timeline_app.readers import csv_events, line_file, parsed_rows
from timeline_app.readers.delimited import column_names, table_head
from timeline_app.readers.reader import RecordStream

HEAD = "id,title,when\n"


def stream_of(path: Path) -> RecordStream:
    """Open a table to be read in batches."""
    assert csv_events.READER.streaming is not None
    return csv_events.READER.streaming.open(path, "table.csv", {})


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_judged_by_how_regular_the_rows_are(tmp_path: Path, delimiter: str) -> None:
    row = delimiter.join(("a", "Commas, and; semicolons" if delimiter in "\t|" else "Title", "2024-06"))
    content = delimiter.join(("id", "title", "when")) + f"\n{row}\n{row.replace('a', 'b', 1)}\n"
    found = streamed(write(tmp_path, content, "table.dat"))
    assert [event.id for event in found.events] == ["a", "b"]


def test_the_wider_of_two_regular_tables_is_taken() -> None:
    found = table_head("a,b,c\td\n1,2,3\t4\n")
    assert found is not None
    assert found[0] == ","


@pytest.mark.parametrize("text", ["", "no table\n", "a\nb\nc\n", "Well, this is\nprose, with a comma, or\ntwo\n"])
def test_what_is_no_table_is_none(text: str) -> None:
    assert csv_events.score(text.encode(), "table.csv") == 0


def test_a_head_without_a_line_break_is_judged_at_once() -> None:
    # 64 kB in one line took minutes with a regular expression for lines.
    assert csv_events.score(b"[" * 65_536, "x.csv") == 0


def test_columns_get_names_of_their_own() -> None:
    assert column_names(["a", " a ", "", "b", ""]) == ("a", "a (2)", "column 3", "b", "column 5")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_record_is_its_exact_bytes_with_its_line_and_number(tmp_path: Path, line_break: str) -> None:
    rows = ["id,title,when", 'a,"Two', 'lines, ""quoted""",2024', "b,Ünïcode \u2028 inside,2023", "c,Last,2022"]
    content = line_break.join(rows)
    found = streamed(write(tmp_path, content.encode(), "table.csv"))
    assert b"".join(found.raw) == content.encode()[len(rows[0]) + len(line_break) :]
    assert [(event.origin.line, event.origin.record) for event in found.events] == [(2, 1), (4, 2), (5, 3)]
    assert found.events[0].title == f'Two{line_break}lines, "quoted"'
    assert found.events[1].title == "Ünïcode \u2028 inside"


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    found = streamed(write(tmp_path, b"\xef\xbb\xbftitle,when\nA,2024\n", "table.csv"))
    assert [event.title for event in found.events] == ["A"]


def test_rows_of_another_width_are_rejected_and_blank_ones_skipped(tmp_path: Path) -> None:
    content = HEAD + "a,A,2024\n\nb,B\n,,\nc,C,2024,more\nd,D,2024\n"
    found = streamed(write(tmp_path, content, "table.csv"))
    assert [event.id for event in found.events] == ["a", "d"]
    assert [event.origin.record for event in found.events] == [1, 4]
    assert found.rejected == 2
    assert found.problems == [
        "3 0 note: blank rows are skipped",
        "4 2 error: expected 3 fields, one for each column; found 2, beginning “b,B”; the record is left out",
        "6 3 error: expected 3 fields, one for each column; found 4, beginning “c,C,2024,more”; the record is left out",
    ]


def test_text_after_a_closing_quote_rejects_one_row(tmp_path: Path) -> None:
    found = streamed(write(tmp_path, HEAD + 'a,"A"x,2024\nb,B,2024\n', "table.csv"))
    assert [event.id for event in found.events] == ["b"]
    assert found.problems == [
        "2 1 error: expected the end of a field after its closing quote; found more text; the record is left out"
    ]


def test_a_quote_that_never_closes_is_refused_with_its_line(tmp_path: Path) -> None:
    rows = "".join(f"{number},Title,2024\n" for number in range(5_000))
    path = write(tmp_path, HEAD + rows + 'x,"Never closed,2024\n' + rows, "table.csv")
    with pytest.raises(ReadError, match=r":5002: a quote that opens in line 5002 never closes$"):
        streamed(path)


def test_a_quote_that_closes_in_the_middle_of_another_field_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + 'a,"A,2024\nb,"B",2024\n', "table.csv")
    message = "a quote that opens in line 2 closes in line 3 in the middle of a field; expected the comma after it"
    with pytest.raises(ReadError, match=f":2: {re.escape(message)}$"):
        streamed(path)


def test_a_field_that_spans_too_many_lines_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + 'a,A,2024\nb,"B' + "\n" * 250 + '",2024\n', "table.csv")
    with pytest.raises(ReadError, match=r":3: a quote that opens in line 3 spans over 200 lines; expected it to close"):
        streamed(path)


def test_a_field_that_is_too_large_is_told(tmp_path: Path) -> None:
    found = streamed(write(tmp_path, HEAD + f"a,{'x' * 1_100_000},2024\nb,B,2024\n", "table.csv"))
    assert [event.id for event in found.events] == ["b"]
    assert found.problems[0].startswith("2 1 error: expected fields of at most 1,048,576 characters")


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (b"title,when\nA,2024\nB\xe9,2024\n", (3, 2), "byte 0xE9 is not UTF-8"),
        (b"title,when\nA,20\x0024\n", (2, 5), "a NUL character"),
        ("title,when\nA,2024\n".encode("utf-16-le"), (1, 1), "the file is in UTF-16"),
    ],
)
def test_another_encoding_is_refused_at_its_place(
    tmp_path: Path, content: bytes, place: tuple[int, int], said: str
) -> None:
    with pytest.raises(ReadError) as refused:
        streamed(write(tmp_path, content, "table.csv"), reader="csv")
    assert (refused.value.place.line, refused.value.place.column) == place
    assert said in str(refused.value)


def test_hxl_tags_below_the_header_are_skipped_with_a_note(tmp_path: Path) -> None:
    found = streamed(write(tmp_path, "title,when\n#event+name,#date\nA,2024\n", "table.csv"))
    assert [event.origin.record for event in found.events] == [1]
    assert found.problems == ["2 0 note: a row of HXL tags below the header was skipped"]


@pytest.mark.parametrize("odd_row", [0, 1, 150, 300], ids=str)
def test_small_blocks_and_batches_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd_row: int) -> None:
    rows = [f'{number},"Title\n{number}, é",20{number % 24:02}\r\n' for number in range(300)]
    # From here on the csv module has to tell.
    rows.insert(odd_row, 'odd,A "bare" quotation mark,2024\n')
    content = HEAD + "".join(rows)
    path = write(tmp_path, content, "table.csv")
    whole = streamed(path)
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", 37)
    monkeypatch.setattr(parsed_rows, "_ROWS_A_BATCH", 7)
    pieces = streamed(path)
    assert len(pieces.batches) > 40 > len(whole.batches)
    assert pieces.events == whole.events
    assert pieces.raw == whole.raw
    assert b"".join(pieces.raw) == content.encode().removeprefix(HEAD.encode())
    assert [event.origin.record for event in whole.events] == list(range(1, 302))
    lines = [content[: content.index(row)].count("\n") + 1 for row in rows]
    assert [event.origin.line for event in whole.events] == lines


@pytest.mark.parametrize("change", ["grows", "shrinks", "is replaced", "is written over"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", 1_000)
    path = write(tmp_path, HEAD + "".join(f"{number},Title,2024\n" for number in range(1_000)), "table.csv")
    batches = stream_of(path).batches()
    if change == "is replaced":
        path.rename(tmp_path / "old.csv")
        write(tmp_path, HEAD, "table.csv")
    else:
        next(batches)
    if change == "grows":
        with path.open("a") as file:
            file.write("one,more,2024\n")
    elif change == "shrinks":
        os.truncate(path, 5_000)
    elif change == "is written over":
        with path.open("r+") as file:
            file.write("X")
        os.utime(path, ns=(1, 1))
    with pytest.raises(
        ReadError, match=r"table\.csv: the file (changed|became shorter) while it was read; open it again"
    ):
        list(batches)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + "a,A,2024\n", "table.csv")
    stream = stream_of(path)
    path.unlink()
    with pytest.raises(ReadError, match=r"table\.csv: there is no such file$"):
        list(stream.batches())
