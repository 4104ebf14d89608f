"""The commands do the same for events that lie on disk as for those in memory."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from timeline_app.cli import main
from timeline_app.core.event import Event
from timeline_app.core.records import RecordList
from timeline_app.loading import load_table
from timeline_app.store.records import StoredRecords

ROWS = (
    ("id", "title", "date", "type", "actors", "source", "url", "excerpt"),
    ("raid", "Raid", "2024-06-19", "attack", "Russia; Ukraine", "Daily", "https://example.org/1", "the very words"),
    ("pact", "Pact", "2024-06", "agreement", "DPRK", "Agency", "", ""),
    ("talks", "Talks", "2024-07/..", "agreement", "Russia", "Daily", "https://example.org/2", ""),
)


@pytest.fixture
def table_file(tmp_path: Path) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(ROWS)
    path = tmp_path / "table.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def test_a_table_is_on_disk(table_file: Path) -> None:
    assert not isinstance(load_table([table_file]).records, RecordList)


def test_list_and_info(table_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", str(table_file), "--actor", "Russia", "--format", "jsonl"]) == 0
    raid, talks = map(json.loads, capsys.readouterr().out.splitlines())
    assert (raid["id"], talks["id"]) == ("raid", "talks")
    assert raid["origin"]["file"] == "table.csv"
    assert raid["sources"][0]["publisher"] == "Daily"
    assert main(["list", str(table_file), "--source", "Agency"]) == 0
    head, pact = capsys.readouterr().out.splitlines()
    assert pact == "June 2024  Pact   North Korea  pact"
    assert head.index("ID") == pact.rindex("pact")
    assert main(["info", str(table_file), "--format", "json"]) == 0
    info = json.loads(capsys.readouterr().out)
    assert (info["shown"], info["sources"], info["first"], info["last"]) == (3, 2, "2024-06-01", "2024-07-31")
    assert info["actors"][0] == {"name": "Russia", "count": 2}


def test_show(table_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "raid", str(table_file)]) == 0
    assert "“the very words”\n    — Daily, https://example.org/1" in capsys.readouterr().out
    assert main(["show", "pact", str(table_file)]) == 0
    assert "Sources\n  Agency\n" in capsys.readouterr().out
    assert main(["show", "rade", str(table_file)]) == 2
    assert "there is no event “rade”; “list” shows the id of each" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "counted"), [("text", "excerpts: 1 no document"), ("json", '"no-document": 1')])
def test_check_reads_each_event_once(
    table_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str, counted: str
) -> None:
    reads: list[int] = []
    read = StoredRecords.event

    def noted(records: StoredRecords, row: int) -> Event:
        reads.append(row)
        return read(records, row)

    monkeypatch.setattr(StoredRecords, "event", noted)
    assert main(["check", str(table_file), "--format", form]) == 0
    assert counted in capsys.readouterr().out
    assert sorted(reads) == [0, 1, 2]


def test_roles_are_looked_for(table_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", str(table_file), "--role", "host"]) == 1
    assert "no event has a role “host”" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["yaml", "json", "csv", "jsonl"])
def test_exports_are_read_again(table_file: Path, ending: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = table_file.with_name(f"out.{ending}")
    assert main(["export", str(table_file), "-o", str(out)]) == 0
    assert main(["check", str(out)]) == 0
    assert [(event.id, event.title, event.when.text) for event in load_table([out])] == [
        (event.id, event.title, event.when.text) for event in load_table([table_file])
    ]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_the_native_format_tells_each_source_once(table_file: Path, ending: str) -> None:
    out = table_file.with_name(f"out.{ending}")
    assert main(["export", str(table_file), "-o", str(out)]) == 0
    table = load_table([out])
    assert {key: source.url for key, source in table.source_by_key.items()} == {
        "Agency": "",
        "Daily": "https://example.org/1",
        "Daily (2)": "https://example.org/2",
    }
    sources = {event.id: {source.url for source in event.own_sources} for event in table}
    assert sources == {"raid": set(), "pact": {""}, "talks": {"https://example.org/2"}}
