"""Of a file that is about to be written whole lines and whole rows are shown, and no more than a person looks at."""

from __future__ import annotations

from timeline_app.ui.export_sample import SAMPLE_CHARACTERS, SAMPLE_LINE_CHARACTERS, first_lines, first_rows


def test_lines_are_cut_where_they_are_long() -> None:
    text = first_lines(iter(["a" * (SAMPLE_LINE_CHARACTERS + 5) + "\r\n", "b\u202e"]))
    assert text.split("\n")[0] == "a" * SAMPLE_LINE_CHARACTERS + "…"
    assert "\u202e" not in text


def test_no_more_is_written_than_is_shown() -> None:
    endless = (f"line {number}\n" for number in iter(int, 1))
    assert len(first_lines(endless)) <= SAMPLE_CHARACTERS


def test_rows_have_their_cells_whole() -> None:
    text = 'id,title\n1,"a, ""b""\nc"\n2,x\n'
    assert first_rows(iter([text])) == (("id", "title"), ("1", 'a, "b"\nc'), ("2", "x"))


def test_a_row_that_was_cut_is_left_out() -> None:
    pieces = iter(["id,title\n", *(f"{number},{'x' * 50}\n" for number in range(1000))])
    rows = first_rows(pieces)
    assert 10 < len(rows) < 200
    assert {len(row) for row in rows} == {2}
    assert {len(row[1]) for row in rows[1:]} == {50}
