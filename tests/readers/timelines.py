"""Small timelines for the tests of the readers."""

from __future__ import annotations

from pathlib import Path

from timeline_app.core.dataset import Dataset, Problem
from timeline_app.readers import read

DATA = Path(__file__).parent / "data"
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
