"""A folder of files is opened as the program opens them, and every record in it accounted for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.corpus.__main__ import PAGE, main, page_with
from tests.corpus.opening import files_below, open_files
from tests.corpus.tables import file_rows, reasons, record_of, refusal_rows
from tests.helpers.markdown import marked, rows

pytestmark = pytest.mark.once

TABLE = "id,title,when\na,One,2024\nb,Two,soon\nc,Three,later\n"
TIMELINE = "timeline_format: 1\nevents:\n- {id: good, title: Good, when: 2024-06}\n- {id: bad, when: 2024}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    (folder / "deeper").mkdir(parents=True)
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    (folder / "deeper" / "a|b.yaml").write_text(TIMELINE, encoding="utf-8")
    (folder / "deeper" / "one.txt").write_text("Dear diary", encoding="utf-8")
    (folder / "deeper" / "two.txt").write_text("Dear diary, again", encoding="utf-8")
    (folder / "link.csv").symlink_to(folder / "table.csv")
    return folder


def test_every_file_has_a_row_or_a_reason(folder: Path) -> None:
    files = list(open_files(files_below(folder), folder))
    assert [row[:5] for row in file_rows(files)] == [
        ("deeper/a\\|b.yaml", "native", "2", "1", "1"),
        ("table.csv", "csv", "3", "1", "2"),
    ]
    assert refusal_rows(files) == [("2", "deeper/*.txt", "the format of the file is not known")]
    assert all(file.read == file.loaded + file.rejected for file in files)


def test_reasons_are_told_once_with_an_example(folder: Path) -> None:
    found = reasons(list(open_files(files_below(folder), folder)))
    assert [(reason.count, reason.place) for reason in found] == [(2, "table.csv:3"), (1, "deeper/a|b.yaml:4")]
    assert found[0].words.startswith("when: ")


def test_the_program_prints_and_writes_it(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    figures = tmp_path / "figures.json"
    before = {path: path.read_bytes() for path in files_below(folder)}
    assert main([str(folder), "--json", str(figures)]) == 1
    assert capfd.readouterr().out.endswith("2 of 4 files opened: 5 read, 2 loaded, 3 rejected\n")
    record = json.loads(figures.read_text(encoding="utf-8"))
    assert [file["reader"] for file in record["files"]] == ["native", None, None, "csv"]
    assert record["reasons"][0]["example"] | {"message": ""} == {
        "file": "table.csv",
        "line": 3,
        "column": None,
        "record": 2,
        "message": "",
    }
    assert before == {path: path.read_bytes() for path in files_below(folder)}
    assert not (tmp_path / "cache").exists(), "nothing is kept"


def test_what_is_wholly_good_is_a_success_and_nothing_is_none(folder: Path, tmp_path: Path) -> None:
    (folder / "table.csv").write_text("title,when\nOne,2024\n", encoding="utf-8")
    (folder / "deeper" / "a|b.yaml").unlink()
    assert main([str(folder)]) == 0
    assert main([str(tmp_path / "nowhere")]) == 2


def test_the_tables_are_written_between_their_marks(folder: Path) -> None:
    files = list(open_files(files_below(folder), folder))
    page = page_with(
        "a\n\n<!-- corpus -->\n\nold\n\n<!-- end -->\n\n<!-- corpus-reasons -->\n\nold\n\n<!-- end -->\nb\n", files
    )
    assert page.startswith("a\n")
    assert page.endswith("b\n")
    assert [row[0] for row in rows(marked(page, "corpus-reasons"))] == ["2", "1"]
    assert "old" not in page


def test_the_table_of_the_documentation_accounts_for_every_record() -> None:
    table = rows(marked(PAGE.read_text(encoding="utf-8"), "corpus"))
    assert len(table) > 50
    for row in table:
        read, loaded, rejected = (int(cell.replace(",", "")) for cell in row[2:5])
        assert read == loaded + rejected, row


def test_a_record_for_programs_names_the_reader_of_each_reason(folder: Path) -> None:
    record = record_of(list(open_files(files_below(folder), folder)))
    assert [(reason["reader"], reason["count"]) for reason in record["reasons"]] == [("csv", 2), ("native", 1)]
