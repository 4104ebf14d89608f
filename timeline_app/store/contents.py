"""What is kept of a file besides its columns: how it was read, what its records are called, what was wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from timeline_app.core.dataset import FileReport, Level, Problem
from timeline_app.core.errors import StoreError
from timeline_app.core.roles import RoleSet
from timeline_app.store.kept import Kept
from timeline_app.store.sinks import Sink

_NAME = "contents.json"


@dataclass(frozen=True, slots=True)
class Contents:
    """How a file was read; `layout` is what the decoder of its records needs to know.

    `names` are those that the codes of each column stand for: types, places, actors, sources, tags. `has_rests` tells
    that the records are in short, and the rest of each is kept as store.rests says. `role_sets` are what the codes of
    roles stand for, none where no event tells of any.
    """

    title: str
    layout: Mapping[str, object]
    report: FileReport
    problems: tuple[Problem, ...]
    names: Mapping[str, tuple[str, ...]]
    has_rests: bool = False
    role_sets: tuple[RoleSet, ...] = ()


def put_contents(contents: Contents, sink: Sink) -> None:
    """Keep the contents among the columns; raises StoreError."""
    text = json.dumps(
        {
            "title": contents.title,
            "layout": dict(contents.layout),
            "report": asdict(contents.report),
            "problems": [asdict(problem) for problem in contents.problems],
            "names": dict(contents.names),
            "has_rests": contents.has_rests,
            "role_sets": contents.role_sets,
        },
        separators=(",", ":"),
    )
    sink.put(_NAME, np.frombuffer(text.encode(), np.uint8))


def contents_of(kept: Kept) -> Contents:
    """Return the contents of what was kept; raises StoreError when they are gone or damaged."""
    told = json.loads(kept.column(_NAME).tobytes())
    try:
        return Contents(
            title=told["title"],
            layout=told["layout"],
            report=FileReport(**told["report"]),
            problems=tuple(Problem(**{**one, "level": Level(one["level"])}) for one in told["problems"]),
            names={column: tuple(names) for column, names in told["names"].items()},
            has_rests=told["has_rests"],
            role_sets=tuple(map(tuple, told["role_sets"])),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"what was kept of the file is of another version: {error}") from error
