"""Damaged and hostile files of every format that is read whole: refused or read, in time, with all counts right."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzz.files import DATA, SAMPLES, TABLE_SAMPLES, mutant
from tests.helpers.streamed import streamed
from tests.readers.timelines import write
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers import choose, read, readers

ALL_SAMPLES = SAMPLES + TABLE_SAMPLES
# By the word in the name of a sample, where that is not the name of its reader.
OWN_READERS = {
    "acled-reply": "json",
    "timeline": "timeline-project",
    "lines": "timeline-project-lines",
    "ics": "icalendar",
    "mw": "markwhen",
    "ftm": "followthemoney",
    "event": "markdown",
    "timelinejs2": "timelinejs",
    "timelinejs-sheet": "timelinejs",
    "vis": "vis-timeline",
    "records": "json",
    "script": "json",
    "geojsonl": "geojson",
}
# Of what may be anything one can be only so sure.
HIGHEST_SCORES = {"records": 0.6, "script": 0.5}
MUTANTS = 150
LONGEST_S = 2.0
UNREADABLE = [
    b"",
    b" \n\n",
    b"\x00" * 100,
    b"\x89PNG\r\n\x1a\n\x00\x00",
    "{}".encode("utf-16"),
    b"\xff\xfe\xfd",
    b"{" * 100_000,
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b"<a>" * 100_000,
    b"- " * 100_000,
    b"x" * 3_000_000,
    b"<" * 1_000_000,
    b"(" * 200_000,
    b"1" * 500_000 + b": a\n",
]


def read_or_refuse(path: Path, reader: str) -> Dataset | ReadError:
    try:
        return read(path, reader=reader)
    except ReadError as error:
        return error


def stream_or_refuse(path: Path, reader: str) -> Dataset | ReadError:
    """Read a file record by record, as one is read that is too large to be read whole."""
    try:
        return streamed(path, reader=reader)
    except ReadError as error:
        return error


def check(path: Path, reader: str) -> None:
    check_outcome(path, lambda: read_or_refuse(path, reader), 0 if path.name in TABLE_SAMPLES else 1)
    if any(one.name == reader and one.streaming is not None and one.streaming.from_bytes for one in readers()):
        check_outcome(path, lambda: stream_or_refuse(path, reader), 0)


def check_outcome(path: Path, outcome_of: Callable[[], Dataset | ReadError], lowest_column: int) -> None:
    begin = time.process_time()
    outcome = outcome_of()
    took_s = time.process_time() - begin
    if isinstance(outcome, ReadError):
        assert outcome.place.file == str(path)
    else:
        report = outcome.report
        assert report.read == report.loaded + report.rejected
        assert report.loaded == len(outcome.events)
        assert len({event.id for event in outcome.events}) == report.loaded
        assert all(one.line >= 1 and one.column >= lowest_column and one.message for one in outcome.problems)
        assert len([problem for problem in outcome.problems if problem.level == "error"]) >= report.rejected
    assert took_s < LONGEST_S


@pytest.mark.once
@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_mutants_are_read_or_refused(tmp_path: Path, name: str) -> None:
    original = (DATA / name).read_bytes()
    reader = choose(DATA / name).name
    chance = random.Random(20260101)
    for _ in range(MUTANTS):
        check(write(tmp_path, mutant(original, chance), name), reader)


@pytest.mark.once
@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_a_truncated_file_is_read_or_refused(tmp_path: Path, name: str) -> None:
    original = (DATA / name).read_bytes()
    reader = choose(DATA / name).name
    for length in range(0, len(original), max(len(original) // 40, 1)):
        check(write(tmp_path, original[:length], name), reader)


@pytest.mark.parametrize("name", ALL_SAMPLES)
@pytest.mark.parametrize("content", UNREADABLE, ids=[repr(content[:8]) for content in UNREADABLE])
def test_what_is_of_another_kind_is_refused_in_time(tmp_path: Path, name: str, content: bytes) -> None:
    check(write(tmp_path, content, name), choose(DATA / name).name)


@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_every_sample_is_recognised_by_its_own_reader_and_no_other(name: str) -> None:
    kind = name.split(".")[1]
    head = (DATA / name).read_bytes()
    scores = {one.name: one.score(head, name) for one in readers()}
    own = scores.pop(OWN_READERS.get(kind, kind))
    assert own >= HIGHEST_SCORES.get(kind, 0.9)
    assert max(scores.values()) < own
