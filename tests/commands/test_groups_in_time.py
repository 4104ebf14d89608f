"""Groups have the members of each event's time in lists, counts and every export: no Finland in NATO in 2022."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.helpers.groups_in_time import GROUPS_IN_TIME, TAKEN
from timeline_app.cli import main


@pytest.fixture
def timeline(tmp_path: Path) -> str:
    path = tmp_path / "groups.yaml"
    path.write_text(GROUPS_IN_TIME, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("group", TAKEN)
def test_groups_have_their_members_of_the_time_everywhere(
    timeline: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], group: str
) -> None:
    taken, asked = TAKEN[group], ("--actor", group, "--members")
    certain = {name for name, match in taken.items() if match == "certain"}
    assert main(["list", timeline, *asked, "--format", "jsonl"]) == 0
    listed = map(json.loads, capfd.readouterr().out.splitlines())
    assert {event["id"]: event["match"] for event in listed} == taken
    assert main(["list", timeline, *asked, "--certain", "--format", "json"]) == 0
    assert {event["id"] for event in json.loads(capfd.readouterr().out)} == certain
    assert main(["info", timeline, *asked, "--format", "json"]) == 0
    info = json.loads(capfd.readouterr().out)
    assert (info["shown"], info["possible"]) == (len(taken), len(taken) - len(certain))
    table = tmp_path / "out.csv"
    assert main(["export", timeline, *asked, "-o", str(table)]) == 0
    with table.open(encoding="utf-8", newline="") as file:
        assert {row["id"]: row["match"] for row in csv.DictReader(file)} == taken
    for ending in ("jsonl", "yaml", "html", "md"):
        out = tmp_path / f"out.{ending}"
        assert main(["export", timeline, *asked, "-o", str(out)]) == 0
        text = out.read_text(encoding="utf-8")
        for title, name in (("Finland in 2022", "finland-2022"), ("Finland in 2023", "finland-2023")):
            assert (title in text) == (name in taken), (ending, title)


def test_iran_is_of_brics_only_since_it_joined(timeline: str, capfd: pytest.CaptureFixture[str]) -> None:
    found = {}
    for options in ((), ("--certain",)):
        words = ["--actor", "BRICS", "--members", "--not-actor", "Russia", "--from", "2023-12", *options]
        assert main(["list", timeline, *words, "--format", "jsonl"]) == (1 if options else 0)
        found[options] = [json.loads(line)["id"] for line in capfd.readouterr().out.splitlines()]
    assert found == {(): ["iran-vague"], ("--certain",): []}
