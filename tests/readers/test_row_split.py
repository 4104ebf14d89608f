"""Tests of finding the fields of a text table where they stand: what is judged is what the csv module says."""

from __future__ import annotations

import csv

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.readers.row_split import SplitRows, split_rows

PIECES = st.sampled_from(["a", "é", ",", ",", ";", "\n", "\n", "\r\n", "\r", '"', '""', '"a"', '"b",', '"\n"', '",,"'])


def fields_of(content: bytes, split: SplitRows) -> list[list[str]]:
    """Take the fields of each row out of the text."""
    rows = []
    for row in range(len(split)):
        begin = int(split.begins[row])
        fields = []
        for end in split.field_ends[split.first_fields[row] : split.first_fields[row + 1]].tolist():
            written = content[begin:end].decode()
            fields.append(written[1:-1].replace('""', '"') if written.startswith('"') else written)
            begin = end + 1
        rows.append(fields)
    return rows


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from([",", ";"]))
@example('a,"b ""c""\nd"\r\n', ",")
def test_what_is_judged_is_what_the_csv_module_says(text: str, delimiter: str) -> None:
    content = text.encode()
    split = split_rows(content, delimiter, is_last=True)
    if split is None:
        return
    reader = csv.reader([line.decode() for line in content.splitlines(keepends=True)], delimiter=delimiter, strict=True)
    expected, lines_before = [], [0]
    for row in reader:
        expected.append(row or [""])
        lines_before.append(reader.line_num)
    assert fields_of(content, split) == expected
    assert split.lines_before.tolist()[:-1] == lines_before[:-1]
    assert int(split.begins[-1]) == len(content)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_part_gives_the_rows_that_are_whole(text: str) -> None:
    content = text.encode()
    whole, part = (split_rows(content, ",", is_last=is_last) for is_last in (True, False))
    if whole is None or part is None:
        return
    assert fields_of(content, part) == fields_of(content, whole)[: len(part)]
    assert len(whole) - len(part) <= 1


@pytest.mark.parametrize(
    "text",
    ['a,b"c"\n', '"a"b,c\n', 'a, "b"\n', '"a,b\n', "a,b\rc,d\n", 'a,"b\rc"\n', '"a" ,b\n'],
)
def test_what_is_not_plain_is_left_to_the_csv_module(text: str) -> None:
    assert split_rows(text.encode(), ",", is_last=True) is None


@pytest.mark.parametrize("text", ['a,"b"\n', '"a ""b"" c",\n', '"",""\n', 'a,"b\n\r\nc"\n', "\n,\n", 'a,b\n"c","d"'])
def test_what_every_writer_gives_is_plain(text: str) -> None:
    assert split_rows(text.encode(), ",", is_last=True) is not None
