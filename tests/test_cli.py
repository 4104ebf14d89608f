"""The command line keeps its contract: what is printed where, in which shape, and with which exit status."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from timeline_app import __version__
from timeline_app.cli import main
from timeline_app.commands import list_events
from timeline_app.commands.arguments import COMMANDS, LANES
from timeline_app.commands.pictures import PICTURE_FORMATS
from timeline_app.core.lanes import Grouping
from timeline_app.loading import SAVED_WORDS, saved_mappings
from timeline_app.paths import bundled_timeline
from timeline_app.readers import read
from timeline_app.readers.propose import signature_of
from timeline_app.writers import writers

ROOT = Path(__file__).parent.parent
WITHOUT_QT = "import sys; sys.modules['PySide6'] = None; from timeline_app.cli import main; sys.exit(main())"

TIMELINE = """\
timeline_format: 1
title: Test timeline
sources:
  paper: {title: The Paper, author: A. Author, published: 2024-11, file: paper.txt}
events:
  - id: pact
    title: Pact
    when: 2024-06
    type: agreement
    actors: [{name: Russia, role: signatory}, {name: North Korea, role: signatory}]
    importance: 5
    tags: [pact]
    excerpts: [{source: paper, text: They signed a pact in June.}]
  - id: battle
    title: Battle
    when: 2024-10-08/2024-10-10
    type: battle
    actors: [Ukraine, Russia]
    place: Kursk
    claims: [{about: troops, value: 10000, by: [NATO], source: paper}]
  - id: impossible
    title: Impossible
    when: 2024-02-30
"""
RECORD_KEYS = [
    "id",
    "title",
    "when",
    "start",
    "end",
    "open_end",
    "precision",
    "basis",
    "type",
    "actors",
    "place",
    "importance",
    "excerpts",
    "claims",
    "tags",
    "match",
    "origin",
]
INFO_KEYS = [
    "files",
    "joined",
    "loaded",
    "shown",
    "possible",
    "filtered_out",
    "rejected",
    "first",
    "last",
    "known",
    "actors",
    "types",
    "sources",
    "problems",
]
FILE_KEYS = ["path", "reader", "read", "loaded", "rejected", "sha256"]
PROBLEM_KEYS = ["file", "line", "column", "record", "level", "message"]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    path = tmp_path / "timeline.yaml"
    path.write_text(TIMELINE, encoding="utf-8")
    (tmp_path / "paper.txt").write_text("They signed a pact in June. Then there was a battle.", encoding="utf-8")
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_main(*argv: object) -> tuple[int, str, str]:
        status = main([str(word) for word in argv])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run_main


def run_without_qt(*argv: object, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", WITHOUT_QT, *map(str, argv)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False, **options)


# Without Qt


@pytest.mark.once
@pytest.mark.parametrize(
    "argv",
    [
        ["list"],
        ["list", "--format", "jsonl"],
        ["list", "--format", "json", "--actor", "DPRK"],
        ["list", "--format", "csv"],
        ["info"],
        ["info", "--format", "json"],
        ["formats"],
        ["formats", "--format", "json"],
        ["check", str(bundled_timeline())],
        ["--help"],
        ["list", "--help"],
    ],
)
def test_commands_work_where_qt_cannot_be_loaded(argv: list[str]) -> None:
    done = run_without_qt(*argv)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.once
def test_show_and_exports_work_where_qt_cannot_be_loaded(tmp_path: Path) -> None:
    first_id = json.loads(run_without_qt("list", "--format", "jsonl").stdout.splitlines()[0])["id"]
    assert run_without_qt("show", first_id).returncode == 0
    for name in ("out.yaml", "out.json", "out.jsonl", "out.csv"):
        done = run_without_qt("export", "-o", tmp_path / name)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert (tmp_path / name).stat().st_size > 1000


def test_the_module_runs_as_the_command_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "timeline_app", "--version"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == f"conflict-timeline {__version__}\n"


def test_help_and_lists_load_nothing_heavy() -> None:
    probe = "import sys; from timeline_app.cli import main\ntry: main(sys.argv[1:])\nexcept SystemExit: pass\n"
    probe += "sys.stderr.write(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"

    def loaded_by(*argv: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-c", probe, *argv], capture_output=True, text=True, check=True, cwd=ROOT
        )
        return set(done.stderr.split())

    assert not loaded_by("--version") & {"numpy", "yaml", "PySide6", "dateutil"}
    assert not loaded_by("list") & {"PySide6", "dateutil", "duckdb"}


def test_a_picture_or_window_without_qt_is_refused_in_a_sentence(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for argv in (["export", "-o", str(tmp_path / "out.png")], []):
        done = run_without_qt(*argv, env=environment)
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert "PySide6, which cannot be loaded" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells by its environment whether there is a display")
def test_no_display_is_said_in_a_sentence_with_a_way_out() -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = run_without_qt(env={name: value for name, value in os.environ.items() if name not in hidden})
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr
    assert "export -o timeline.png" in done.stderr


# Shapes


def test_list_jsonl_has_the_keys_of_the_contract(timeline: Path, run: Run) -> None:
    status, out, _ = run("list", timeline, "--format", "jsonl")
    assert status == 0
    records = [json.loads(line) for line in out.splitlines()]
    # What else an event tells stands behind them.
    assert [list(record) for record in records] == [[*RECORD_KEYS, "sources"]] * 2
    pact, battle = records
    assert pact["start"] == pact["end"] == ["2024-06-01", "2024-06-30"]
    assert pact["precision"] == "month"
    assert pact["excerpts"] == [{"text": "They signed a pact in June.", "source": "paper", "verified": "exact"}]
    assert pact["actors"][0] == {"name": "Russia", "role": "signatory"}
    assert pact["origin"] == {"file": "timeline.yaml", "line": 6, "record": 1}
    assert battle["claims"][0]["value"] == 10000
    assert battle["place"] == "Kursk"


def test_list_json_is_the_same_records_as_an_array(timeline: Path, run: Run) -> None:
    lines = run("list", timeline, "--format", "jsonl")[1]
    assert json.loads(run("list", timeline, "--format", "json")[1]) == [json.loads(line) for line in lines.splitlines()]
    status, out, _ = run("list", timeline, "--format", "json", "--tag", "none")
    assert (status, json.loads(out)) == (1, [])


def test_list_csv_has_a_row_an_event(timeline: Path, run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("list", timeline, "--format", "csv")[1])))
    assert [row["id"] for row in rows] == ["pact", "battle"]


def test_list_table_is_for_people(timeline: Path, run: Run) -> None:
    status, out, err = run("list", timeline)
    assert status == 0
    head, pact, battle = out.splitlines()
    assert head.split() == ["WHEN", "TITLE", "ACTORS", "ID"]
    assert pact.startswith("June 2024")
    assert pact.endswith("pact")
    assert battle.index("Battle") == pact.index("Pact") == head.index("TITLE")
    assert "1 problem while reading" in err


def test_list_of_what_is_disputed_sums_up_the_claims(run: Run) -> None:
    head, *rows = run("list", "--disputed")[1].splitlines()
    assert head.split()[-1] == "CLAIMS"
    assert [row.split("  ")[-1] for row in rows] == ["troops sent 10,000 to 19,000: 4 speakers, 2 figures"]


def test_a_list_sums_up_claims_wherever_some_compete(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = "troops sent 10,000 to 19,000: 4 speakers, 2 figures"
    out = run("list")[1]
    assert [line.split("  ")[-1] for line in out.splitlines() if "speakers" in line] == [summary]
    assert "CLAIMS" not in run("list", "--type", "summit")[1]
    assert "CLAIMS" not in run("list", "--as-of", "2024-09")[1]
    monkeypatch.setattr(list_events, "terminal_columns", lambda: 90)
    narrow = run("list", "--disputed")[1].splitlines()
    assert max(map(len, narrow)) <= 90
    assert narrow[0].split() == ["WHEN", "TITLE", "ACTORS", "ID", "CLAIMS"]


def test_list_table_fits_a_terminal(timeline: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_events, "terminal_columns", lambda: 60)
    out = run("list", timeline, "--from", "2024-06-15")[1]
    assert max(map(len, out.splitlines())) <= 60
    assert [line.split()[-1] for line in out.splitlines()] == ["MATCH", "possible", "certain"]


def test_info_has_the_keys_of_the_contract(timeline: Path, run: Run) -> None:
    status, out, _ = run("info", timeline, "--format", "json", "--type", "battle")
    info = json.loads(out)
    assert status == 0
    assert list(info) == INFO_KEYS
    assert [list(file) for file in info["files"]] == [FILE_KEYS]
    assert info["files"][0] | {"sha256": ""} == {
        "path": str(timeline),
        "reader": "native",
        "read": 3,
        "loaded": 2,
        "rejected": 1,
        "sha256": "",
    }
    assert info["files"][0]["sha256"] == hashlib.sha256(timeline.read_bytes()).hexdigest()
    assert (info["loaded"], info["shown"], info["filtered_out"], info["rejected"]) == (2, 1, 1, 1)
    assert (info["first"], info["last"]) == ("2024-10-08", "2024-10-10")
    assert info["actors"] == [{"name": "Russia", "count": 1}, {"name": "Ukraine", "count": 1}]
    assert info["types"] == [{"name": "battle", "count": 1}]
    assert info["sources"] == 1
    (problem,) = info["problems"]
    assert list(problem) == PROBLEM_KEYS
    assert (problem["line"], problem["record"], problem["level"]) == (23, 3, "error")


def test_info_for_people_says_the_same(timeline: Path, run: Run) -> None:
    status, out, _ = run("info", timeline)
    assert status == 0
    assert "3 records read, 1 rejected" in out
    assert "2 of 2 events shown, 0 filtered out" in out
    assert "2024-06-01 to 2024-10-10" in out
    assert ":23:19:" in out


@pytest.mark.parametrize(
    "filters",
    [
        [],
        ["--actor", "Russia"],
        ["--actor", "Russia", "--actor", "Ukraine", "--match", "all"],
        ["--not-actor", "Ukraine"],
        ["--from", "2024-07"],
        ["--from", "2024-06-15", "--certain"],
        ["--find", "nothing like it"],
        ["--min-importance", "4"],
        ["--query", 'type:battle "Kursk"'],
    ],
)
def test_what_was_read_is_accounted_for(timeline: Path, run: Run, filters: Sequence[str]) -> None:
    info = json.loads(run("info", timeline, *filters, "--format", "json")[1])
    assert all(file["read"] == file["loaded"] + file["rejected"] for file in info["files"])
    assert info["loaded"] == sum(file["loaded"] for file in info["files"])
    assert info["loaded"] == info["shown"] + info["filtered_out"]
    assert len(run("list", timeline, *filters, "--format", "jsonl")[1].splitlines()) == info["shown"]


def test_check_names_every_problem_with_its_place(timeline: Path, run: Run) -> None:
    status, out, err = run("check", timeline)
    assert (status, err) == (1, "")
    problem, document, summary = out.splitlines()
    sha256 = hashlib.sha256((timeline.parent / "paper.txt").read_bytes()).hexdigest()
    assert document == f"document: paper: paper.txt: no hash of it was recorded; it has {sha256} now"
    assert problem.startswith(f"{timeline}:23:19: error: ")
    assert summary.startswith("2 events, 1 rejected; 1 error;")
    status, out, _ = run("check", timeline, "--format", "json")
    checked = json.loads(out)
    assert status == 1
    assert list(checked) == ["files", "excerpts", "documents", "joined", "problems"]
    assert checked["excerpts"] == {"exact": 1, "normalised": 0, "near": 0, "missing": 0, "no-document": 0}
    assert [(one["source"], one["file"], one["state"]) for one in checked["documents"]] == [
        ("paper", "paper.txt", "no-hash")
    ]
    assert [list(found) for found in checked["problems"]] == [PROBLEM_KEYS]


def test_check_finds_an_excerpt_that_is_not_in_its_document(timeline: Path, run: Run) -> None:
    (timeline.parent / "paper.txt").write_text("Nothing of the kind.", encoding="utf-8")
    status, out, _ = run("check", timeline, "--format", "json")
    checked = json.loads(out)
    assert status == 1
    assert checked["excerpts"]["missing"] == 1
    assert any(problem["line"] == 13 for problem in checked["problems"])


def test_check_reports_a_file_that_cannot_be_read_beside_the_others(timeline: Path, run: Run) -> None:
    broken = timeline.with_name("broken.yaml")
    broken.write_text("timeline_format: 1\nevents: [", encoding="utf-8")
    status, out, err = run("check", timeline, broken, "--format", "json")
    checked = json.loads(out)
    assert status == 2
    assert err.count("\n") == 1
    assert "broken.yaml" in err
    assert [Path(problem["file"]).name for problem in checked["problems"]] == ["broken.yaml", "timeline.yaml"]


def test_formats_lists_every_reader_and_writer(run: Run) -> None:
    formats = json.loads(run("formats", "--format", "json")[1])
    assert list(formats) == ["readers", "writers"]
    assert {"native"} <= {one["name"] for one in formats["readers"]}
    assert {one["name"] for one in formats["writers"]} == {one.name for one in writers()} | {*PICTURE_FORMATS}
    for one in (*formats["readers"], *formats["writers"]):
        assert list(one) == ["name", "endings", "description", "options"]
        assert one["name"] in run("formats")[1]


# show


def test_show_tells_everything_of_an_event(timeline: Path, run: Run) -> None:
    status, out, _ = run("show", "pact", timeline)
    assert status == 0
    for part in ("Pact", "June 2024", "Russia (signatory)", "“They signed a pact in June.”", "A. Author", "The Paper"):
        assert part in out
    assert "these words stand in the document" in out
    status, out, _ = run("show", "--format", "json", "pact", timeline)
    shown = json.loads(out)
    assert list(shown)[: len(RECORD_KEYS)] == RECORD_KEYS
    assert shown["sources"][0]["title"] == "The Paper"


def test_show_of_an_unknown_id_says_what_may_have_been_meant(timeline: Path, run: Run) -> None:
    status, out, err = run("show", "pakt", timeline)
    assert (status, out) == (2, "")
    assert "there is no event “pakt”; did you mean “pact”?" in err


# Filters that find nothing


def test_nothing_matched_is_status_one(timeline: Path, run: Run) -> None:
    status, out, err = run("list", timeline, "--find", "no such words", "--format", "jsonl")
    assert (status, out) == (1, "")
    assert "nothing matched; 2 events filtered out" in err


def test_an_actor_nobody_knows_is_said(timeline: Path, run: Run) -> None:
    timeline.write_text(TIMELINE.replace("2024-02-30", "2024-02-29"), encoding="utf-8")
    said = "conflict-timeline: no event has an actor “Rusia”; did you mean “Russia” or “Russian”?\n"
    assert run("list", timeline, "--actor", "Rusia") == (1, "", said)
    assert run("list", timeline, "--actor", "Norway") == (1, "", "conflict-timeline: no event has an actor “Norway”\n")
    assert run("list", timeline, "--actor", "Rusia", "--actor", "DPRK")[0] == 0
    assert run("list", timeline, "--source", "Paper")[2].endswith("there is no source “Paper”; did you mean “paper”?\n")
    status, _, err = run("list", timeline, "--type", "battel", "--role", "host", "--tag", "x", "--source", "papers")
    assert status == 1
    assert "no event has the type “battel”; did you mean “battle”?" in err
    assert "no event has a role “host”" in err
    assert "no event has the tag “x”" in err
    assert "there is no source “papers”; did you mean “paper”?" in err


# What cannot be done


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["list", "missing.yaml"], "missing.yaml"),
        (["list", "--reader", "nonsense"], "nonsense"),
        (["list", "--from", "2024-13"], "2024-13"),
        (["list", "--from", "2025", "--to", "2024"], "ends before it begins"),
        (["list", "--query", "colour:red"], "--query, character 1"),
        (["list", "--format", "xml"], "--format"),
        (["list", "--min-importance", "9"], "--min-importance"),
        (["list", "--map", "title"], "FIELD=COLUMN"),
        (["list", "--map", "title=A", "--map", "title=B"], "two columns"),
        (["list", "--nonsense"], "--nonsense"),
        (["list", "--act", "Russia"], "--act"),
        (["show"], "EVENT_ID"),
        (["check"], "FILE"),
        (["export"], "--output"),
        (["export", "-o", "out.doc"], "no format is known for the ending of out.doc"),
        (["export", "-o", "out.csv", "--as", "doc"], "no format is known for “doc”"),
        (["export", "-o", "out.csv", "--size", "10x10"], "--size is for pictures"),
        (["export", "-o", "out.json", "--no-guard"], "--no-guard is for csv"),
        (["export", "-o", "out.png", "--size", "1600"], "--size takes WIDTHxHEIGHT"),
        (["export", "-o", "out.png", "--scale", "nan"], "--scale takes a number"),
        (["export", "-o", "out.png", "--view-from", "never"], "--view-from"),
        (["export", "-o", "out.png", "--view-from", "2025", "--view-to", "2024"], "--view-from"),
        (["export", "-o", "out.png", "--select", "nobody"], "nobody"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_two(argv: list[str], said: str, run: Run) -> None:
    status, out, err = run(*argv)
    assert (status, out) == (2, "")
    assert err.startswith("conflict-timeline: ")
    assert err.count("\n") == 1
    assert said in err


def test_a_year_before_the_first_is_a_value(timeline: Path, run: Run) -> None:
    assert run("list", timeline, "--from", "-0043-03-15", "--to", "2024-07")[0] == 0
    assert run("list", timeline, "--from", "-0043", "--to", "-0042")[0] == 1


def test_files_and_options_may_be_mixed(timeline: Path, run: Run) -> None:
    assert run("list", "--actor", "Russia", timeline, "--format", "jsonl")[0] == 0
    assert run("show", timeline.stem, "--format", "json", timeline)[0] == 2
    assert run("show", "pact", "--format", "json", timeline)[0] == 0


def test_a_file_called_like_a_command(timeline: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(timeline.parent)
    timeline.rename("list")
    assert run("list", "list")[0] == 0
    assert run("list", "--", "list")[0] == 0
    assert run("info", "./list")[0] == 0


def test_a_file_called_like_an_option(timeline: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(timeline.parent)
    timeline.rename("--certain")
    assert run("list", "--actor", "Russia", "--", "--certain")[0] == 0
    assert run("show", "--format", "json", "--", "pact", "--certain")[0] == 0
    assert run("list", "--certain", "--", "--certain", "--certain")[0] == 0


def test_several_files_are_merged(timeline: Path, run: Run) -> None:
    twin = timeline.with_name("twin.yaml")
    twin.write_text(TIMELINE, encoding="utf-8")
    apart = [
        json.loads(line)["id"]
        for line in run("list", timeline, twin, "--keep-apart", "--format", "jsonl")[1].splitlines()
    ]
    assert apart == ["pact", "pact-2", "battle", "battle-2"]
    joined = [json.loads(line) for line in run("list", timeline, twin, "--format", "jsonl")[1].splitlines()]
    assert [event["id"] for event in joined] == ["pact", "battle"]
    assert [[origin["file"] for origin in event["origins"]] for event in joined] == [[timeline.name, twin.name]] * 2


# Exports


@pytest.mark.parametrize("ending", ["yaml", "yml", "json", "jsonl", "csv"])
def test_exports_obey_the_filter_and_replace_only_by_force(timeline: Path, run: Run, ending: str) -> None:
    out = timeline.with_name(f"out.{ending}")
    before = timeline.read_bytes()
    assert run("export", timeline, "--actor", "Ukraine", "-o", out)[:2] == (0, "")
    text = out.read_text(encoding="utf-8")
    assert "Battle" in text
    assert "Pact" not in text
    out.write_text("mine", encoding="utf-8")
    status, _, err = run("export", timeline, "-o", out)
    assert status == 2
    assert "--force" in err
    assert out.read_text(encoding="utf-8") == "mine"
    assert run("export", timeline, "-o", out, "--force")[0] == 0
    assert "Pact" in out.read_text(encoding="utf-8")
    assert timeline.read_bytes() == before


@pytest.mark.parametrize("failing", ["write", "fsync", "replace"])
def test_an_export_that_fails_says_so_and_leaves_the_old_file(
    timeline: Path, run: Run, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    out = timeline.with_name("out.csv")
    out.write_text("mine", encoding="utf-8")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, failing, full)
        status = run("export", timeline, "-o", out, "--force")[0]
    assert status == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert not list(timeline.parent.glob(".*.part"))


def test_an_export_never_replaces_its_own_input(timeline: Path, run: Run) -> None:
    status, _, err = run("export", timeline, "-o", timeline, "--force")
    assert status == 2
    assert "never changed" in err
    assert timeline.read_text(encoding="utf-8") == TIMELINE


def test_an_export_of_nothing_writes_nothing(timeline: Path, run: Run) -> None:
    out = timeline.with_name("out.csv")
    status, _, err = run("export", timeline, "--tag", "none", "-o", out)
    assert status == 1
    assert "was not written" in err
    assert not out.exists()


def test_a_format_by_name_goes_before_the_ending(timeline: Path, run: Run) -> None:
    out = timeline.with_name("out.txt")
    assert run("export", timeline, "-o", out, "--as", "jsonl")[0] == 0
    assert [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()] == ["pact", "battle"]


def test_the_bundled_timeline_survives_an_export(tmp_path: Path, run: Run) -> None:
    out = tmp_path / "again.yaml"
    assert run("export", "-o", out)[0] == 0
    original, again = read(bundled_timeline()), read(out)
    assert [event.id for event in again.events] == [event.id for event in original.events]
    assert again.sources == original.sources
    assert again.actors == original.actors


# Standard output and standard error


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_a_broken_pipe_is_quiet() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "timeline_app", "list"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_standard_output_is_said() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "timeline_app", "list"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert done.stderr == "conflict-timeline: standard output could not be written: No space left on device\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize("command", ["list", "list --format jsonl", "info", "formats"])
def test_a_closed_standard_output_is_said(command: str) -> None:
    script = f'exec "$0" -m timeline_app {command} >&-'
    done = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable], stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 2
    assert done.stderr == "conflict-timeline: standard output could not be written: it is closed\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_behind_standard_error_leaves_the_exit_status() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "timeline_app", "list", "nowhere.yaml"]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=full, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (2, b"")


def test_what_the_system_refuses_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_arguments: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", "somewhere")

    monkeypatch.setattr(list_events, "run", refused)
    assert run("list") == (2, "", "conflict-timeline: somewhere: Permission denied\n")


def test_a_path_that_the_system_refuses_is_one_line(run: Run, timeline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "a" * 5_000
    status, out, err = run("list", name)
    assert (status, out) == (2, "")
    assert err.startswith(f"conflict-timeline: {name}: this cannot be read: ")
    assert err.count("\n") == 1

    def refused(_folder: Path) -> list[Path]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    folder = timeline.parent
    assert run("list", folder) == (2, "", f"conflict-timeline: {folder}: this cannot be read: Permission denied\n")


@pytest.mark.parametrize("argv", [["list", ""], [""], ["list", "--", ""], ["diff", "a.yaml", ""], ["show", "a", ""]])
def test_a_file_without_a_name_is_not_the_present_folder(run: Run, argv: list[str]) -> None:
    assert run(*argv) == (2, "", "conflict-timeline: the name of a FILE is empty; expected a path\n")


def test_nothing_is_written_to_a_file_without_a_name(run: Run) -> None:
    status, _, err = run("export", "-o", "")
    assert status == 2
    assert "the name of the file to write is empty" in err


def test_an_interruption_is_status_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(list_events, "run", interrupted)
    assert run("list") == (130, "", "")


def test_what_deceives_a_terminal_is_shown(timeline: Path, run: Run) -> None:
    hostile = TIMELINE.replace("title: Battle", 'title: "Battle \\e[31m \\u202E2024"').replace("Kursk", '"K\\nursk"')
    timeline.write_text(hostile, encoding="utf-8")
    for argv in (["list", timeline], ["show", "battle", timeline]):
        out = run(*argv)[1]
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "Battle ⟦001B⟧[31m ⟦202E⟧2024" in out
    record = json.loads(run("list", timeline, "--format", "jsonl")[1].splitlines()[1])
    assert record["title"] == "Battle \x1b[31m \u202e2024"


def test_data_is_utf_8_and_tables_never_fail_whatever_the_terminal(timeline: Path) -> None:
    timeline.write_text(TIMELINE.replace("title: Battle", "title: 평양 – “Škoda”"), encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = run_without_qt("list", timeline, "--format", "jsonl", env=environment)
    assert done.returncode == 0
    assert "평양 – “Škoda”" in done.stdout
    done = run_without_qt("list", timeline, env=environment)
    assert done.returncode == 0
    assert r"\ud3c9\uc591" in done.stdout


def test_every_command_is_told_in_the_help(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run("--help")
    assert left.value.code == 0
    out = capsys.readouterr().out
    for command in COMMANDS:
        assert f"\n  {command} " in out


def test_lanes_are_those_of_the_engine() -> None:
    assert set(LANES) == {str(grouping) for grouping in Grouping}


def test_what_was_said_in_the_window_of_a_table_holds_here_with_a_note(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "unknown.csv"
    path.write_text("gimel,zayin\nBattle,1994-05-01\n", encoding="utf-8")
    assert run("check", path)[0] == 2
    saved = saved_mappings()
    assert saved is not None
    saved.save(signature_of(path), {"title": "gimel", "when": "zayin"})
    try:
        status, out, _ = run("check", path)
    finally:
        saved.forget_all()
    assert status == 0
    assert f"{path}: note: {SAVED_WORDS}" in out
    assert "1 event, 0 rejected" in out


def test_an_excerpt_that_nearly_stands_in_its_document_is_shown_with_what_differs(timeline: Path, run: Run) -> None:
    (timeline.parent / "paper.txt").write_text("They signed a treaty in June.", encoding="utf-8")
    status, out, _ = run("check", timeline)
    assert status == 1
    assert "found nearly the same: “pact” is “treaty” in the document" in out
    assert "excerpts: 1 near" in out
    _, out, _ = run("list", timeline, "--find", "pact", "--format", "jsonl")
    excerpts = [excerpt for line in out.splitlines() for excerpt in json.loads(line)["excerpts"]]
    assert excerpts == [
        {
            "text": "They signed a pact in June.",
            "source": "paper",
            "verified": "near",
            "differences": [{"excerpt": "pact", "document": "treaty"}],
        }
    ]


def test_show_tells_where_an_excerpt_stands_and_what_became_of_its_document(timeline: Path, run: Run) -> None:
    path = timeline.parent / "paper.txt"
    path.write_text("Later. They signed a treaty in June.", encoding="utf-8")
    event_id = json.loads(run("list", timeline, "--find", "signed", "--format", "jsonl")[1].splitlines()[0])["id"]
    shown = json.loads(run("show", event_id, timeline, "--format", "json")[1])
    assert shown["excerpts"][0]["found"] == {"start": 7, "end": 36}
    assert shown["sources"][0]["document"]["state"] == "no-hash"
    assert "≠ “pact” is “treaty” in the document" in run("show", event_id, timeline)[1]
    path.unlink()
    assert "paper.txt: there is no such file" in " ".join(run("show", event_id, timeline)[1].split())
    assert "document: paper: paper.txt: there is no such file" in run("check", timeline)[1]
