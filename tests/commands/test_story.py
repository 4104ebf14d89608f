"""A story is exported by its title, of the files or one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from timeline_app import paths
from timeline_app.cli import main
from timeline_app.core.story import Story, StoryStep
from timeline_app.ui.workspace import WORKSPACE_FILE, Workspace
from timeline_app.ui.workspace_stories import KeptStory, StoryStore

TITLE = "How the troops came to the war"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.mark.parametrize(("ending", "begins"), [("md", b"# How"), ("html", b"<!DOCTYPE"), ("pdf", b"%PDF")])
def test_a_story_of_the_files_is_written(tmp_path: Path, ending: str, begins: bytes) -> None:
    path = tmp_path / f"story.{ending}"
    assert main(["export", "--story", TITLE.upper(), "-o", str(path)]) == 0
    written = path.read_bytes()
    assert written.startswith(begins)
    if ending == "pdf":
        assert written.count(b"/Type /Page\n") == 5


def test_a_story_of_ones_own_is_written(tmp_path: Path) -> None:
    workspace = Workspace.open(paths.user_data_dir() / WORKSPACE_FILE)
    StoryStore(workspace).save(KeptStory(Story("Mine", (StoryStep("Words", "star:yes"),))))
    workspace.close()
    assert main(["export", "--story", "mine", "-o", str(tmp_path / "s.md")]) == 0
    assert "Words" in (tmp_path / "s.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--story", "How the troops came to the woods", "-o", "s.md"], f"did you mean “{TITLE}”?"),
        (["--story", "1", "-o", "s.md"], f"there is no story “1”; there is “{TITLE}”"),
        (["--story", TITLE, "-o", "s.csv"], "--story is for markdown, html, pdf"),
        (["--story", TITLE, "-o", "s.png"], "--story is for markdown, html, pdf"),
        (["--story", TITLE, "-o", "s.md", "--starred"], "--story brings its own filters"),
        (["--story", TITLE, "-o", "s.pdf", "--pages", "2"], "--pages is not for --story"),
    ],
)
def test_what_makes_no_sense_is_refused(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", *words]) == 2
    assert said in capsys.readouterr().err


def test_without_any_story_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("timeline_format: 1\nevents: [{title: A, when: 2024}]\n", encoding="utf-8")
    assert main(["export", str(path), "--story", "A", "-o", str(tmp_path / "s.md")]) == 2
    assert "no story “A”; neither the files nor your own workspace have one" in capsys.readouterr().err


def test_check_names_a_step_whose_filter_makes_no_sense(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "told.yaml"
    steps = ["{query: type:battle}", "{query: 'after:soon'}"]
    path.write_text(
        f"timeline_format: 1\nstories: [{{title: Told, steps: [{', '.join(steps)}]}}]\nevents: []\n", "utf-8"
    )
    assert main(["check", str(path)]) == 1
    said = capsys.readouterr().out
    assert "told.yaml:2:" in said
    assert ": warning: query: step 2 of “Told”: “soon” is not a date" in said
    path.write_text(path.read_text("utf-8").replace("soon", "2024"), "utf-8")
    assert main(["check", str(path)]) == 0


WRONG = """timeline_format: 1
stories:
  - title: Told
    steps:
      - query: "type:x nonsense:y"
      - {text: plain, query: from:soon, lanes: none}
      - query: 'actor:"Russia'
      - query: >-
          type:x
          nonsense:y
      - query: "type:x \\"\\" nonsense:y"
events: []
"""


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_check_names_the_character_of_each_filter_that_makes_no_sense(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    path = tmp_path / f"told.{ending}"
    steps = ["type:x nonsense:y", "from:soon"]
    tree = {"timeline_format": 1, "stories": [{"title": "Told", "steps": [{"query": one} for one in steps]}]}
    path.write_text(WRONG if ending == "yaml" else json.dumps({**tree, "events": []}, indent=1), "utf-8")
    assert main(["check", str(path), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)["problems"]
    places = [(one["line"], one["column"]) for one in told if one["message"].startswith("query: step ")]
    lines = path.read_text("utf-8").splitlines()
    if ending == "json":
        assert places == [
            (number, line.index("nonsense" if "nonsense" in line else "soon") + 1)
            for number, line in enumerate(lines, 1)
            if '"query"' in line
        ]
    else:
        # Of a text that is folded or escaped, where it begins.
        assert places == [(5, 24), (6, 35), (7, 23), (8, 16), (11, 16)]
    assert {one["file"] for one in told} == {str(path)}
