"""Small timelines for the tests of the readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from timeline_app.core.dataset import Dataset, Problem
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event
from timeline_app.readers import read

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[3] / "shared" / "data"
HEAD = "timeline_format: 1\nevents:\n"
GOOD_EVENT = "- {id: good, title: Good, when: 2024-06}\n"


def write(folder: Path, content: str | bytes, name: str = "timeline.yaml") -> Path:
    """Write a file as it is, without any change of line ends."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_text(folder: Path, content: str | bytes, name: str = "timeline.yaml") -> Dataset:
    """Read a timeline from its text."""
    return read(write(folder, content, name))


def in_short(problem: Problem) -> str:
    """Return a problem as one line without the path of its file."""
    return f"{problem.line}:{problem.column} {problem.record} {problem.level}: {problem.message}"


def event_of(dataset: Dataset, title: str) -> Event:
    """Return the first event with a title."""
    return next(event for event in dataset.events if event.title == title)


def refusal_of(path: Path, reader: str | None = None, reading: Callable[..., object] = read) -> str:
    """Return why a file cannot be read, without the path before its place."""
    with pytest.raises(ReadError) as refusal:
        reading(path, reader=reader)
    words = str(refusal.value)
    assert words.startswith(str(path))
    return words.removeprefix(str(path))


def real_file(*parts: str) -> Path:
    """Return a real file of the field, which lies beside this checkout; without it the test is skipped."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip("the real files of the field are not beside this checkout")
    return path
