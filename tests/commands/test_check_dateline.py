"""`check --dateline` tells what would move, and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.hanging import HANGING
from timeline_app.cli import main


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    path = tmp_path / "hanging.yaml"
    path.write_text(HANGING, encoding="utf-8")
    return path


def test_what_would_move_is_told_line_by_line(timeline: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(timeline), "--dateline", "article=2025-11-01"]) == 0
    lines = capfd.readouterr().out.splitlines()
    told = "3 dates would move, 1 would be impossible, 0 would stay"
    assert f"dateline: article: 2024-11-01 → 2025-11-01: {told}" in lines
    assert "moves: pact: June 2024 → June 2025 (“in June”: the last June up to then)" in lines
    assert any(line.startswith("impossible: truce: ") for line in lines)
    assert timeline.read_text(encoding="utf-8") == HANGING


def test_json_has_each_dateline(timeline: Path, capfd: pytest.CaptureFixture[str]) -> None:
    asked = ["--dateline", "article=2023-11-01", "--dateline", "other=2024-11-21"]
    assert main(["check", str(timeline), *asked, "--format", "json"]) == 0
    first, second = json.loads(capfd.readouterr().out)["datelines"]
    assert (first["source"], first["before"], first["after"]) == ("article", "2024-11-01", "2023-11-01")
    assert {one["id"]: one["after"] for one in first["moves"]}["pact"] == "2023-06"
    assert (second["moves"], second["stays"]) == ([], 1)
    assert main(["check", str(timeline), "--format", "json"]) == 0
    assert "datelines" not in json.loads(capfd.readouterr().out)


@pytest.mark.parametrize(
    ("asked", "words"),
    [("article", "KEY=DATE"), ("=2024", "KEY=DATE"), ("none=2024", "no source “none”"), ("article=soon", "not a date")],
)
def test_what_cannot_be_asked_has_the_status_2(
    timeline: Path, asked: str, words: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(timeline), "--dateline", asked]) == 2
    assert words in capfd.readouterr().err
