"""A folder of events in Markdown is one timeline, of which every file is a record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.timelines import in_short, refusal_of, write
from timeline_app.core.errors import ReadError
from timeline_app.loading import load_table
from timeline_app.readers import read


def event_text(fields: str) -> str:
    return f"---\n{fields}\nactors: [X]\n---\nWords.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kept"
    folder.mkdir()
    write(folder, event_text("title: B\ndate: 2025\nrelated_events: [a]"), "b.md")
    write(folder, event_text("title: A\ndate: 2024\nsources: [{title: News, url: https://a.example/1}]"), "a.md")
    write(folder, event_text("title: Again\nid: a\ndate: 2026\nsources: [{title: News}]"), "c.markdown")
    write(folder, event_text("title: Never\ndate: soon"), "d.md")
    write(folder, "---\ntitle: [\ndate: 2024\nactors: [X]\n---\n", "e.md")
    write(folder, "# What this is\n", "README.md")
    write(folder, "not looked at", "notes.txt")
    (folder / "deeper").mkdir()
    write(folder / "deeper", event_text("title: Deeper\ndate: 2024"), "f.md")
    return folder


def test_every_file_with_an_event_is_a_record(folder: Path) -> None:
    dataset = read(folder)
    assert (dataset.title, dataset.report.path, dataset.report.reader) == ("kept", str(folder), "markdown")
    assert (dataset.report.read, dataset.report.loaded, dataset.report.rejected) == (5, 3, 2)
    assert [(one.id, one.title, one.origin.file, one.origin.record) for one in dataset.events] == [
        ("a", "A", "a.md", 1),
        ("b", "B", "b.md", 2),
        ("a-2", "Again", "c.markdown", 3),
    ]
    assert {key: source.url for key, source in dataset.sources.items()} == {"news": "https://a.example/1", "news-2": ""}


def test_what_is_passed_over_or_left_out_is_told_with_its_file(folder: Path) -> None:
    told = [(Path(problem.file).name, in_short(problem)) for problem in read(folder).problems]
    assert [file for file, _ in told] == ["kept", "README.md", "c.markdown", "d.md", "e.md"]
    assert told.pop(0)[1].endswith("note: folders in it are not looked into: deeper; open one by itself")
    assert told[0][1].startswith("1:0 0 note: expected an event, with title and date between lines of dashes; the file")
    assert told[1][1] == '2:0 3 error: id: "a" is the id of an earlier event; loaded as "a-2"'
    assert told[2][1].endswith("the event is left out")
    assert told[3][1].startswith("4:7 5 error: ")
    assert told[3][1].endswith("the event is left out")


def test_links_lead_from_file_to_file(folder: Path) -> None:
    table = load_table([folder])
    assert table.linking_rows("a") == (table.row_of("b"),)


def test_a_folder_without_events_is_refused(tmp_path: Path) -> None:
    expected = ": this is a folder without events; expected files in Markdown that hold an event each"
    assert refusal_of(tmp_path) == expected
    assert refusal_of(tmp_path, "csv") == ": this is a folder; expected a file, or events as Markdown in the folder"
    with pytest.raises(ReadError, match="columns cannot be mapped"):
        read(tmp_path, mapping={"title": "a"})


def test_too_many_files_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline_app.readers.markdown_folder._MOST_FILES", 2)
    assert refusal_of(folder) == ": the folder has 6 files in Markdown; expected at most 2"


def test_too_large_files_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline_app.readers.markdown_folder._LARGEST_BYTES", 100)
    assert refusal_of(folder) == ": the events are too large; expected at most 100 bytes together"
