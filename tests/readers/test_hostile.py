"""A damaged or hostile file is refused or read with its problems counted, quickly and without an uncaught error."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
import yaml

from tests.readers.timelines import DATA, write
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers import read

FULL_YAML = (DATA / "full.yaml").read_bytes()
FULL_JSON = json.dumps(yaml.load(FULL_YAML, Loader=yaml.BaseLoader), indent=1, ensure_ascii=False).encode()
MUTANTS = 200
SPLICES = [
    *(b"\x00", b"\xff", b"\n", b"\t", b"'", b'"', b"[", b"]", b"{", b"}", b": ", b"- ", b"*a", b"&a ", b"!!x ", b"~"),
    *(b"9" * 400, b"2024-02-30", b"\xe2\x80\xae", b"\\ud800", b"null", b"NaN", b"#", b"|", b">", b"%", b"@"),
]


def mutant(original: bytes, chance: random.Random) -> bytes:
    """Return a file with a few bytes changed, cut out, doubled, or put in."""
    content = bytearray(original)
    for _ in range(chance.randint(1, 4)):
        begin = chance.randrange(len(content))
        end = min(len(content), begin + chance.choice([1, 1, 2, 8, 40]))
        kind = chance.randrange(12)
        if kind < 5:
            content[begin] = chance.choice(b"abcdefghijklmnopqrstuvwxyz0123456789-/. ")
        elif kind < 7:
            del content[begin:end]
        elif kind < 9:
            content[begin:begin] = content[begin:end]
        elif kind < 11:
            content[begin:begin] = chance.choice(SPLICES)
        else:
            del content[begin:]
        if not content:
            break
    return bytes(content)


def check(dataset: Dataset) -> None:
    report = dataset.report
    assert report.read == report.loaded + report.rejected
    assert report.loaded == len(dataset.events)
    assert len({event.id for event in dataset.events}) == report.loaded
    for problem in dataset.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert 0 <= problem.record <= report.read
        assert problem.message


@pytest.mark.once
@pytest.mark.parametrize(("name", "original"), [("a.yaml", FULL_YAML), ("a.json", FULL_JSON)])
def test_mutants_are_read_or_refused(tmp_path: Path, name: str, original: bytes) -> None:
    chance = random.Random(20241101)
    for _ in range(MUTANTS):
        path = write(tmp_path, mutant(original, chance), name)
        outcome = read_or_refuse(path)
        if isinstance(outcome, ReadError):
            assert outcome.place.file == str(path)
        else:
            check(outcome)


def read_or_refuse(path: Path) -> Dataset | ReadError:
    try:
        return read(path)
    except ReadError as error:
        return error


ALIASES = "".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 12))
MERGES = "".join(f"a{level}: &a{level} {{<<: [{', '.join([f'*a{level - 1}'] * 9)}]}}\n" for level in range(1, 12))
BOMBS = [
    ("aliases.yaml", f"timeline_format: 1\na0: &a0 lol\n{ALIASES}"),
    ("merge-keys.yaml", f"timeline_format: 1\na0: &a0 {{b: c}}\n{MERGES}"),
    ("itself.yaml", "timeline_format: 1\nevents: &e\n- *e\n"),
    ("deep-brackets.yaml", "timeline_format: 1\nevents: " + "[" * 30_000),
    ("deep-braces.yaml", "timeline_format: 1\nevents: " + "{a: " * 30_000),
    ("deep-dashes.yaml", "timeline_format: 1\nevents:\n" + "- " * 100_000),
    ("deep-keys.yaml", "timeline_format: 1\n" + "".join(f"{' ' * level}a:\n" for level in range(3_000))),
    ("deep.json", '{"timeline_format": 1, "events": ' + "[" * 100_000),
    ("deep-braces.json", '{"timeline_format": 1, "events": ' + '{"a": ' * 100_000),
]


# What is refused takes milliseconds; a bomb that goes off takes minutes.
@pytest.mark.timeout(10)
@pytest.mark.parametrize(("name", "content"), BOMBS, ids=[name for name, _ in BOMBS])
def test_bombs_are_refused_at_their_place(tmp_path: Path, name: str, content: str) -> None:
    path = write(tmp_path, content, name)
    with pytest.raises(ReadError, match=r"alias; write out|nested deeper than 64 levels") as refused:
        read(path)
    assert refused.value.place.line >= 1


def test_a_flood_of_problems_is_counted_and_listed_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline_app.readers.problem_log.MOST_LISTED", 10)
    path = write(tmp_path, "timeline_format: 1\nevents:\n" + "- bad\n" * 25)
    dataset = read(path)
    assert (dataset.report.read, dataset.report.rejected, len(dataset.problems)) == (25, 25, 11)
    assert dataset.problems[-1].message == "15 more problems are not listed; expected at most 10 in one file"
