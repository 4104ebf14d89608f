"""Pairs, roles and memberships are asked for on the command line, of events in memory and on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from timeline_app.cli import main

ROWS = (
    "id,title,date,actors,roles",
    "strike,Strike,2024-01-01,Russia; Ukraine,attacker; target",
    "raid,Raid,2024-02-01,Ukraine; Russia,attacker; target",
    "arms,Arms,2024-03-01,DPRK; Russia,supplier; recipient",
    "before,Before,2023-04-03,Finland,",
    "after,After,2023-04-04,Finland,",
    "vague,Vague,2023,Finland,",
)


@pytest.fixture
def table_file(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return path


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, str]:
    assert main(["list", *words, "--format", "jsonl"]) == 0
    events = map(json.loads, capsys.readouterr().out.splitlines())
    return {event["id"]: event["match"] for event in events}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--pair", "Russia>Ukraine"), {"strike"}),
        (("--pair", "Russia → Ukraine", "--pair", "North Korea>"), {"strike", "arms"}),
        (("--pair", ">Russia"), {"raid", "arms"}),
        (("--query", 'pair:"Ukraine>Russia"'), {"raid"}),
        (("--query", "pair:Russia>Ukraine,>Ukraine"), {"strike"}),
        (("--actor", "Russia", "--role", "attacker"), {"strike"}),
        (("--role", "Attacker"), {"strike", "raid"}),
    ],
)
def test_who_does_something_to_whom(
    words: tuple[str, ...], found: set[str], table_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed(capsys, str(table_file), *words).keys() == found


def test_nato_takes_finland_from_the_day_that_it_joined(table_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nato = (str(table_file), "--actor", "NATO", "--members")
    assert listed(capsys, *nato) == {"after": "certain", "vague": "possible"}
    assert listed(capsys, *nato, "--certain") == {"after": "certain"}


def test_what_is_no_pair_and_who_is_not_known_are_said(table_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", str(table_file), "--pair", "Russia"]) == 2
    assert "“Russia” is not a pair; expected who and whom" in capsys.readouterr().err
    assert main(["list", str(table_file), "--query", "pair:Russia"]) == 2
    assert "is not a pair" in capsys.readouterr().err
    assert main(["list", str(table_file), "--pair", "Rusia>Ukraine"]) == 1
    assert "no event has an actor “Rusia”; did you mean “Russia”" in capsys.readouterr().err


def test_where_nothing_matches_but_members_would_that_is_said(
    table_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hint = "; --members takes the members of NATO along: 2 events\n"
    assert main(["list", str(table_file), "--actor", "NATO", "--as-of", "2024"]) == 1
    assert capsys.readouterr().err == f"conflict-timeline: nothing matched; 6 events filtered out{hint}"
    out = tmp_path / "nato.csv"
    assert main(["export", str(table_file), "--actor", "NATO", "-o", str(out)]) == 1
    assert capsys.readouterr().err == f"conflict-timeline: nothing matched; {out} was not written{hint}"
    for words in (("--actor", "Russia", "--from", "2030"), ("--actor", "NATO", "--members", "--from", "2030")):
        assert main(["list", str(table_file), *words]) == 1
        assert capsys.readouterr().err == "conflict-timeline: nothing matched; 6 events filtered out\n"
