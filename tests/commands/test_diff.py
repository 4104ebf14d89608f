"""The command line tells what differs between two files, and between what was known on two dates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.troops import TROOPS
from timeline_app.cli import main


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    path = tmp_path / "troops.yaml"
    path.write_text(TROOPS, encoding="utf-8")
    return path


def test_two_dates_of_knowledge_are_compared(timeline: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(timeline), "--as-of", "2024-10", "--as-of", "2024-11"]) == 1
    assert capfd.readouterr().out.splitlines() == [
        "1 added, 1 changed, 0 withdrawn, 0 events the same",
        "",
        "+ June 2024: Pact (pact)",
        "",
        "~ October 2024: Troops (troops)",
        "    claims + troops: 12000",
    ]


def test_two_files_are_compared(timeline: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    later = tmp_path / "later.yaml"
    later.write_text(TROOPS.replace("title: Pact", "title: Treaty").replace("id: troops", "id: storm"), "utf-8")
    assert main(["diff", str(timeline), str(later), "--format", "json"]) == 1
    found = json.loads(capfd.readouterr().out)
    title = {"field": "title", "before": ["Pact"], "after": ["Treaty"]}
    assert found["changed"] == [{"id": "pact", "title": "Treaty", "when": "2024-06", "changes": [title]}]
    # What says the same under another id is the same.
    assert (found["added"], found["withdrawn"], found["unchanged"]) == ([], [], 1)
    assert main(["diff", str(timeline), str(later)]) == 1
    assert "    title: Pact → Treaty" in capfd.readouterr().out


def test_what_was_added_and_withdrawn_is_told_as_text_and_as_records(
    timeline: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    later = tmp_path / "later.yaml"
    later.write_text(TROOPS.replace("{id: pact, title: Pact", "{id: truce, title: Truce"), encoding="utf-8")
    assert main(["diff", str(timeline), str(later), "--format", "json"]) == 1
    found = json.loads(capfd.readouterr().out)
    told = {kind: [(one["id"], one["title"], one["when"]) for one in found[kind]] for kind in ("added", "withdrawn")}
    assert told == {"added": [("truce", "Truce", "2024-06")], "withdrawn": [("pact", "Pact", "2024-06")]}
    assert (found["changed"], found["unchanged"]) == ([], 1)
    assert main(["diff", str(timeline), str(later)]) == 1
    assert capfd.readouterr().out.splitlines() == [
        "1 added, 0 changed, 1 withdrawn, 1 event the same",
        "",
        "+ June 2024: Truce (truce)",
        "",
        "- June 2024: Pact (pact)",
    ]


def test_a_table_that_was_saved_with_other_line_ends_says_the_same(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    rows = 'id,title,date,summary\np,Pact,2024-06,"One.\n\nTwo."\nt,Truce,2024-07,"Three.\nFour."\n'
    before.write_bytes(rows.encode())
    after.write_bytes(rows.replace("\n", "\r\n").replace("Four.", "Five.").encode())
    assert main(["diff", str(before), str(after)]) == 1
    assert capfd.readouterr().out.splitlines() == [
        "0 added, 1 changed, 0 withdrawn, 1 event the same",
        "",
        "~ July 2024: Truce (t)",
        "    summary: Three. ¶ Four. → Three. ¶ Five.",
    ]


def test_what_is_the_same_has_the_status_0(timeline: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(timeline), str(timeline), "--as-of", "2024-10"]) == 0
    assert capfd.readouterr().out == "0 added, 0 changed, 0 withdrawn, 1 event the same\n"


@pytest.mark.parametrize(
    ("further", "expected"),
    [
        ([], "--as-of twice"),
        (["--as-of", "2024"], "--as-of twice"),
        (["--as-of", "2024", "--as-of", "soon"], "“soon” is not a date"),
        (["--as-of", "2024", "--as-of", "2024/.."], "“2024/..” has no end"),
        (["--as-of", "..", "--as-of", "2024"], "“..” is not a date"),
        (["missing.yaml"], "missing.yaml"),
        (["{}", "--as-of", "2024", "--as-of", "2025"], "one --as-of"),
    ],
)
def test_what_cannot_be_compared_has_the_status_2(
    timeline: Path, further: list[str], expected: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(timeline), *(one.format(timeline) for one in further)]) == 2
    assert expected in capfd.readouterr().err


def test_list_show_and_export_tell_what_was_known(
    timeline: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["list", str(timeline), "--as-of", "2024-10", "--format", "jsonl"]) == 0
    (record,) = map(json.loads, capfd.readouterr().out.splitlines())
    assert [claim["value"] for claim in record["claims"]] == [10000]
    assert main(["show", "troops", str(timeline), "--as-of", "2024-10", "--format", "json"]) == 0
    assert [source["key"] for source in json.loads(capfd.readouterr().out)["sources"]] == ["early"]
    assert main(["show", "pact", str(timeline), "--as-of", "2024-10"]) == 2
    assert "nothing of “pact” could be known" in capfd.readouterr().err
    out = tmp_path / "known.yaml"
    assert main(["export", str(timeline), "--as-of", "2024-10", "-o", str(out)]) == 0
    assert "late" not in out.read_text(encoding="utf-8")
    assert main(["check", str(out)]) == 0


def test_info_counts_what_is_possible_and_what_has_no_date(timeline: Path, capfd: pytest.CaptureFixture[str]) -> None:
    timeline.write_text(f"{TROOPS}- {{id: vote, title: Vote, when: 2024}}\n", encoding="utf-8")
    assert main(["info", str(timeline), "--as-of", "2024-10", "--format", "json"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert (found["shown"], found["possible"], found["sources"]) == (2, 1, 1)
    assert found["known"] == {"first": "2024-10-10", "last": "2024-10-10", "undated": 1}
    assert main(["info", str(timeline), "--as-of", "2024-10"]) == 0
    told = capfd.readouterr().out
    assert "2 of 3 events shown (1 + 1 possible), 1 filtered out" in told
    assert "first known from 2024-10-10 to 2024-10-10, 1 without a date of knowledge" in told
