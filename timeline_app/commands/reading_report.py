"""What reading the files gave, their counts and their problems, for programs and for people."""

from __future__ import annotations

import shlex

from timeline_app.core.dataset import FileReport, Problem
from timeline_app.core.safe_text import safe_text
from timeline_app.writers.records import Record


def file_record(file: FileReport) -> Record:
    """Return how a file was read, as the contract has it; of a table also which columns its fields were taken from."""
    return {
        "path": file.path,
        "reader": file.reader,
        "read": file.read,
        "loaded": file.loaded,
        "rejected": file.rejected,
        "sha256": file.sha256,
        **({"mapping": dict(file.mapping)} if file.mapping else {}),
    }


def mapping_line(file: FileReport) -> str:
    """Return which column each field of a table was taken from, as options that would ask for it; "" for no table."""
    options = " ".join(f"--map {shlex.quote(f'{key}={value}')}" for key, value in file.mapping.items())
    return safe_text(f"{file.path}: read with {options}") if options else ""


def problem_record(problem: Problem) -> Record:
    """Return a problem as the contract has it; a place that is not known is null."""
    return {
        "file": problem.file or None,
        "line": problem.line or None,
        "column": problem.column or None,
        "record": problem.record or None,
        "level": str(problem.level),
        "message": problem.message,
    }


def problem_line(problem: Problem) -> str:
    """Return a problem as one line that editors can jump from."""
    return safe_text(str(problem) if problem.file else f"{problem.level}: {problem.message}")
