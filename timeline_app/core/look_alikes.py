"""Notes on names of actors that may mean the same actor."""

from __future__ import annotations

from collections.abc import Iterable

from timeline_app.core.actors import Gazetteer, same_but_for_case_or_marks, same_to_the_eye
from timeline_app.core.dataset import Level, Problem

MOST_COMPARED = 20_000  # names; to compare more would be felt whenever a file is opened


def look_alike_notes(names: Iterable[str], known: Gazetteer) -> list[Problem]:
    """Return a note for each group of names that may be one actor, unless the gazetteer knows each as its own.

    More than MOST_COMPARED names are not compared.
    """
    ordered = sorted(set(names))
    if len(ordered) > MOST_COMPARED:
        return []
    unknown = {name for name in ordered if known.get(name) is None}
    groups = dict.fromkeys((*same_but_for_case_or_marks(ordered), *same_to_the_eye(ordered)))
    problems = []
    for group in groups:
        if not unknown.isdisjoint(group):
            listed = " and ".join(f"“{name}”" for name in group)
            problems.append(Problem(f"{listed} look alike and may be the same actor", level=Level.NOTE))
    return problems
