"""The command line shows what several files tell of once, says so, and keeps it apart when asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from timeline_app.cli import main

HEAD = "id,title,when,url\n"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(f"{HEAD}1,Pact,2024-06,https://a.example/1\n", encoding="utf-8")
    second.write_text(f"{HEAD}1,Pact signed,2024-06,https://a.example/1\n2,Truce,2024-08,\n", encoding="utf-8")
    return [str(first), str(second)]


def test_list_has_every_origin_and_a_claim_for_what_differs(
    files: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", *files, "--format", "jsonl"]) == 0
    pact, truce = map(json.loads, capfd.readouterr().out.splitlines())
    assert pact["origins"] == [
        {"file": "first.csv", "line": 2, "record": 1},
        {"file": "second.csv", "line": 2, "record": 1},
    ]
    assert pact["origin"] == pact["origins"][0]
    assert [(claim["about"], claim["value"], claim["by"]) for claim in pact["claims"]] == [
        ("title", "Pact", ["first.csv"]),
        ("title", "Pact signed", ["second.csv"]),
    ]
    assert "origins" not in truce


def test_counts_add_up(files: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["info", *files, "--format", "json"]) == 0
    info = json.loads(capfd.readouterr().out)
    assert (info["loaded"], info["joined"]) == (2, 1)
    assert sum(file["loaded"] for file in info["files"]) == info["loaded"] + info["joined"]
    assert main(["info", *files, "--keep-apart", "--format", "json"]) == 0
    apart = json.loads(capfd.readouterr().out)
    assert (apart["loaded"], apart["joined"]) == (3, 0)


def test_check_lists_what_was_joined_and_that_is_no_problem(
    files: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *files]) == 0
    assert "joined: 1: first.csv, line 2; second.csv, line 2\n" in capfd.readouterr().out
    assert main(["check", *files, "--format", "json"]) == 0
    (joined,) = json.loads(capfd.readouterr().out)["joined"]
    assert (joined["id"], len(joined["origins"])) == ("1", 2)
    assert main(["check", *files, "--keep-apart"]) == 0
    assert "joined: " not in capfd.readouterr().out


def test_show_tells_every_origin(files: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "1", *files]) == 0
    assert capfd.readouterr().out.rstrip().endswith("1 · first.csv, line 2 · second.csv, line 2")


@pytest.mark.parametrize("options", [(), ("--keep-apart",)])
@pytest.mark.parametrize("command", ["info", "check"])
def test_a_file_that_is_named_by_several_paths_is_read_once(
    files: list[str], capfd: pytest.CaptureFixture[str], command: str, options: tuple[str, ...]
) -> None:
    _, second = files
    link = Path(second).with_name("link.csv")
    link.symlink_to(second)
    assert main([command, *options, second, "--format", "json"]) == 0
    once = json.loads(capfd.readouterr().out)
    assert main([command, *options, second, str(link), second, "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out) == once
    assert main(["list", *options, second, str(link), "--format", "jsonl"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 2
