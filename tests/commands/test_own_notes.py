"""Commands know the notes that the window keeps: to filter by, and to be told where that is asked for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from timeline_app import paths
from timeline_app.cli import main
from timeline_app.core.kept_notes import KeptNote, NotedEvent, noted_event
from timeline_app.core.notes import Note
from timeline_app.core.story import Story, StoryStep
from timeline_app.loading import load_table
from timeline_app.readers import read
from timeline_app.ui.workspace import WORKSPACE_FILE, Workspace
from timeline_app.ui.workspace_notes import NoteStore
from timeline_app.ui.workspace_stories import KeptStory, StoryStore

TIMELINE = """\
timeline_format: 1
title: Small
events:
  - {id: pact, title: Pact, when: 2024-06}
  - {id: raid, title: Raid, when: 2024-08, note: {text: "Somebody else's"}}
  - {id: vote, title: Vote, when: 2024-11}
"""
MINE = Note(True, "=zebra <b>again</b>", ("x", "y z"))


@pytest.fixture
def timeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "small.yaml"
    path.write_text(TIMELINE, encoding="utf-8")
    return str(path)


@pytest.fixture
def noted(timeline: str) -> str:
    """Give a timeline with a note on its last two events."""
    table = load_table([Path(timeline)])
    workspace = Workspace.open(paths.user_data_dir() / WORKSPACE_FILE)
    notes = [KeptNote(noted_event(table, 1), MINE), KeptNote(noted_event(table, 2), Note(text="later"))]
    NoteStore(workspace).replace([], notes)
    workspace.close()
    return timeline


def ids(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--starred"], ["raid"]),
        (["--note", "*"], ["raid", "vote"]),
        (["--note", "LATER"], ["vote"]),
        (["--my-tag", "Y Z"], ["raid"]),
        (["--query", "star:yes"], ["raid"]),
        (["--query", "note:zebra", "--starred"], ["raid"]),
    ],
    ids=" ".join,
)
def test_list_filters_by_notes(
    noted: str, words: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", noted, "--format", "jsonl", *words]) == 0
    assert ids(capsys) == expected


def test_without_a_workspace_nothing_is_noted_and_none_is_made(
    timeline: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", timeline, "--starred"]) == 1
    assert "nothing matched" in capsys.readouterr().err
    assert not (paths.user_data_dir() / WORKSPACE_FILE).exists()


def test_list_tells_notes_on_request_only(noted: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["list", noted])
    assert "zebra" not in capsys.readouterr().out
    main(["list", noted, "--with-notes"])
    assert "★ =zebra <b>again</b> #x #y z" in capsys.readouterr().out
    main(["list", noted, "--with-notes", "--format", "json"])
    records = json.loads(capsys.readouterr().out)
    told = {"star": True, "text": "=zebra <b>again</b>", "tags": ["x", "y z"]}
    assert [record.get("note") for record in records] == [None, told, {"text": "later"}]
    main(["list", noted, "--with-notes", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["star"], row["note"], row["own_tags"]) for row in rows] == [
        ("", "", ""),
        ("true", "'=zebra <b>again</b>", "x; y z"),
        ("", "later", ""),
    ]


@pytest.mark.parametrize("ending", ["yaml", "json", "jsonl", "csv", "md", "html"])
def test_notes_are_exported_on_request_only(noted: str, tmp_path: Path, ending: str) -> None:
    plain, told = tmp_path / f"plain.{ending}", tmp_path / f"told.{ending}"
    assert main(["export", noted, "--starred", "-o", str(plain)]) == 0
    assert main(["export", noted, "--with-notes", "-o", str(told)]) == 0
    assert "zebra" not in plain.read_text(encoding="utf-8")
    written = told.read_text(encoding="utf-8")
    assert "zebra" in written
    assert "later" in written
    assert "<b>again" not in written or ending not in {"md", "html"}


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_a_timeline_that_was_written_with_notes_is_read_again_without_complaint(
    noted: str, tmp_path: Path, ending: str
) -> None:
    told, again = tmp_path / f"told.{ending}", tmp_path / f"again.{ending}"
    main(["export", noted, "--note", "later", "--with-notes", "-o", str(told)])
    dataset = read(told)
    assert not dataset.problems
    assert dataset.events[0].extra == {"note": {"text": "later"}}
    assert dataset.events[0].note is None
    main(["export", str(told), "-o", str(again)])
    assert read(again).events[0].extra == dataset.events[0].extra


def test_somebody_elses_note_stays_beside_ones_own(noted: str, tmp_path: Path) -> None:
    told = tmp_path / "told.yaml"
    main(["export", noted, "--starred", "--with-notes", "-o", str(told)])
    (event,) = read(told).events
    assert event.extra["note-2"] == {"text": "Somebody else's"}
    assert event.extra["note"] == {"star": "yes", "text": MINE.text, "tags": ["x", "y z"]}


def test_formats_without_a_place_for_notes_say_so(noted: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", noted, "--with-notes", "-o", "out.ics"]) == 2
    assert "--with-notes is for yaml, json, jsonl, csv, markdown, html" in capsys.readouterr().err


@pytest.fixture
def lost(noted: str) -> str:
    """Give the timeline with one more note, whose event is gone, and a story of what has a star."""
    workspace = Workspace.open(paths.user_data_dir() / WORKSPACE_FILE)
    gone = NotedEvent("gone", "Gone", "2020", (1, 2, 3, 4), "small.yaml")
    NoteStore(workspace).replace([], [KeptNote(gone, Note(text="x"))])
    StoryStore(workspace).save(KeptStory(Story("Mine", (StoryStep("Words", "star:yes"),))))
    workspace.close()
    return noted


@pytest.mark.parametrize("words", [["list", "--starred"], ["export", "--story", "Mine", "--with-notes", "-o", "s.md"]])
def test_notes_that_lost_their_event_are_counted_once(
    lost: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([*words, lost]) == 0
    assert capsys.readouterr().err.count("1 note of yours found no event any more") == 1


def test_a_workspace_that_cannot_be_read_is_kept_aside_and_said(
    timeline: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = paths.user_data_dir() / WORKSPACE_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("no database at all, but long enough to be one" * 40, encoding="utf-8")
    assert main(["list", timeline, "--starred"]) == 1
    said = capsys.readouterr().err
    assert "The workspace could not be read" in said
    (aside,) = path.parent.glob(f"{WORKSPACE_FILE}.damaged*")
    assert aside.name in said
