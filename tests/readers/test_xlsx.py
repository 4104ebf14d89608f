"""Tests of spreadsheets: what their cells mean, which sheet is read, and what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.helpers.books import row, write_book
from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Location
from timeline_app.readers import cell_batches, choose, read, xlsx
from timeline_app.readers.propose import preview, propose

HEAD = row("Title", "Date")
TEXTS = (
    "<si><t>Title</t></si><si><r><t>Da</t></r><r><t xml:space='preserve'>te</t></r></si>"
    "<si><t>Tokyo</t><rPh sb='0' eb='1'><t>read aloud</t></rPh></si>"
)


def book(folder: Path, *rows: str, head: str = HEAD) -> Path:
    """Write a book of one sheet."""
    return write_book(folder / "book.xlsx", {"Events": head + "".join(rows)})


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ('<c s="1"><v>45462</v></c>', "2024-06-19"),
        ('<c s="1"><v>45462.75</v></c>', "2024-06-19"),
        ('<c s="3"><v>45462.75</v></c>', "2024-06-19T18:00"),
        ('<c s="3"><v>45462</v></c>', "2024-06-19"),
        ('<c s="4"><v>45462.5</v></c>', "2024-06-19T12:00"),
        ('<c s="1"><v>59</v></c>', "1900-02-28"),
        ('<c s="1"><v>61</v></c>', "1900-03-01"),
        ("<c><v>2024</v></c>", "2024"),
        ('<c t="d"><v>2024-06-19T00:00</v></c>', "2024-06-19"),
        ('<c t="d"><v>2024-06-19T08:00</v></c>', "2024-06-19T08:00"),
        ('<c t="str"><f>A1</f><v>June 2024</v></c>', "2024-06"),
        ("19 June 2024", "2024-06-19"),
    ],
)
def test_a_date_is_what_the_cell_shows(tmp_path: Path, cell: str, when: str) -> None:
    found = streamed(book(tmp_path, row("A", cell)))
    assert [event.when.text for event in found.events] == [when]


def test_a_book_may_count_its_days_from_1904(tmp_path: Path) -> None:
    path = write_book(tmp_path / "b.xlsx", {"S": HEAD + row("A", '<c s="1"><v>42369</v></c>')}, is_1904=True)
    assert [event.when.text for event in read(path).events] == ["2020-01-01"]


def test_shared_texts_are_joined_and_without_what_is_read_aloud(tmp_path: Path) -> None:
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c><v>2024</v></c></row>'
    path = write_book(tmp_path / "b.xlsx", {"S": rows}, texts=TEXTS)
    assert [(event.title, event.when.text) for event in read(path).events] == [("Tokyo", "2024")]


def test_cells_have_their_columns_and_what_is_missing_is_empty(tmp_path: Path) -> None:
    head = row("Title", "Date", "Place", "Done", "Share", "Formula")
    cells = (
        '<c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2"><v>2024</v></c><c r="D2" t="b"><v>1</v></c>'
        '<c r="E2"><v>0.30000000000000004</v></c><c r="F2"><f>1+1</f></c>'
    )
    (event,) = streamed(book(tmp_path, f'<row r="2">{cells}</row>', head=head)).events
    assert (event.place, event.extra) == ("", {"Done": "true", "Share": "0.3", "Formula": "=1+1"})


def test_day_and_time_coordinates_and_actors(tmp_path: Path) -> None:
    head = row("Title", "Date", "Time", "Actors", "Lat", "Lon")
    time = '<c s="2"><v>0.604166666666667</v></c>'
    path = book(tmp_path, row("A", "2024-06-19", time, "X; Y", 48.1, 37.5), head=head)
    (event,) = read(path).events
    assert (event.when.text, event.location) == ("2024-06-19T14:30", Location(48.1, 37.5))
    assert [actor.name for actor in event.actors] == ["X", "Y"]


def test_the_first_sheet_with_known_columns_is_read_and_the_others_told(tmp_path: Path) -> None:
    numbers = row("a", "b") + row(1, 2)
    path = write_book(tmp_path / "b.xlsx", {"Notes": numbers, "Events": HEAD + row("A", "2024"), "Empty": ""})
    dataset = read(path)
    assert [event.title for event in dataset.events] == ["A"]
    assert dataset.problems[0].message == (
        "of the sheets only “Events” is read; --map sheet=NAME reads another of Notes, Empty"
    )
    assert dataset.report.mapping == {"title": "Title", "when": "Date", "sheet": "Events"}
    other = read(path, mapping={"sheet": "notes", "title": "a", "when": "=2024"})
    assert [(event.title, event.when.text) for event in other.events] == [("1", "2024")]
    with pytest.raises(ReadError, match="there is no sheet “Other”"):
        read(path, mapping={"sheet": "Other"})
    with pytest.raises(ReadError, match="expected a table in sheet “Empty”"):
        read(path, mapping={"sheet": "Empty"})


def test_what_stands_above_the_table_is_no_record(tmp_path: Path) -> None:
    path = book(tmp_path, row("A", "2024"), head=row("A list of events", number=1) + row("Title", "Date", number=3))
    dataset = read(path)
    assert (dataset.report.read, dataset.events[0].origin.line, dataset.events[0].origin.record) == (1, 4, 1)
    assert dataset.problems[0].message == "the table begins in row 3; what stands above is no record"


def test_every_row_is_counted_and_what_is_left_out_is_told(tmp_path: Path) -> None:
    filler = "".join(row(f"E{number}", "2024") for number in range(250))
    wide = row("W", "2024", "", "beyond")
    found = streamed(book(tmp_path, row("A", "2024"), row("", ""), row("", "2024"), row("B", "soon"), filler, wide))
    assert (len(found.events), found.rejected) == (251, 3)
    places = [problem.split(": ", 1)[0] for problem in found.problems]
    assert places == ["3 0 note", "4 2 error", "5 3 error", "256 254 error"]
    assert "expected 2 cells, one for each column; found 4" in found.problems[3]


def test_a_proposal_and_a_preview(tmp_path: Path) -> None:
    path = book(tmp_path, row("A", "03/04/2024"), row("B", "05/06/2024"))
    (question,) = propose(path).questions
    assert question.key == "date_order.when"
    found = preview(path, {"date_order": "dmy"}, 1)
    assert [(event.title, event.when.text) for event in found.events] == [("A", "2024-04-03")]


def test_an_order_is_told_by_a_late_row(tmp_path: Path) -> None:
    rows = "".join(row("A", "03/04/2024") for _ in range(300)) + row("B", "25/04/2024")
    assert {event.when.text for event in read(book(tmp_path, rows)).events} == {"2024-04-03", "2024-04-25"}


BOMB = f'<!DOCTYPE a [<!ENTITY b "{"x" * 100}">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/worksheets/sheet1.xml": BOMB}, "has a document type definition"),
        ({"xl/worksheets/sheet1.xml": "<a>" * 100}, "nests too deeply"),
        ({"xl/worksheets/sheet1.xml": "<worksheet><row>"}, "the spreadsheet is damaged, or cut off"),
        ({"xl/worksheets/sheet1.xml": " " * 40_000_000}, "unfolds to more than"),
        ({"xl/worksheets/sheet1.xml": '<w><row><c t="s"><v>9</v></c></row></w>'}, "there is no shared text 9"),
        ({"xl/worksheets/sheet1.xml": '<w><row><c r="ZZZ1"/></row></w>'}, "more than 16,384 cells"),
    ],
)
def test_a_hostile_sheet_is_refused(tmp_path: Path, parts: dict[str, str], said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(write_book(tmp_path / "b.xlsx", {"S": HEAD}, parts=parts))


def test_what_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    whole = book(tmp_path, row("A", "2024")).read_bytes()
    with pytest.raises(ReadError, match="damaged, or cut off"):
        read(write(tmp_path, whole[:-200], "cut.xlsx"))
    with pytest.raises(ReadError, match="Excel before 2007, or one with a password"):
        read(write(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old.xlsx"))
    with zipfile.ZipFile(tmp_path / "other.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(ReadError, match="found an archive without one"):
        read(tmp_path / "other.xlsx")
    with pytest.raises(ReadError, match="the file is empty"):
        read(write(tmp_path, b"", "empty.xlsx"))


def test_a_table_of_text_with_the_ending_of_a_spreadsheet_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert choose(write(tmp_path, "title,when\nA,2024\n", "text.xlsx")).name == "csv"


def test_of_thousands_of_rows_no_more_is_held_than_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_batches, "_ROWS_A_BATCH", 100)
    taken: list[int] = []

    def noticed(line: int, cells: Sequence[str], bytes_read: int) -> cell_batches.CellRow:
        taken.append(line)
        return cell_batches.CellRow(line, cells, bytes_read)

    monkeypatch.setattr(xlsx, "CellRow", noticed)
    count = 5_000
    path = book(tmp_path, *(row(f"Raid {number}", "2024-06-19") for number in range(count)))
    given = 0
    for batch in xlsx.open_stream(path, str(path), {}).batches():
        given += len(batch)
        assert len(taken) == given
    assert given == count
