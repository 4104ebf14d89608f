"""Members and wholes with their times are read from a timeline's own actors; what cannot be is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.timelines import GOOD_EVENT, in_short, read_text
from timeline_app.core.actors import ActorEntry
from timeline_app.core.memberships import Membership

HEAD = "timeline_format: 1\nactors:\n"
EVENTS = f"events:\n{GOOD_EVENT}"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("North Korea", (Membership("North Korea"),)),
        ("{name: China, since: 1997-07-01}", (Membership("China", "1997-07-01"),)),
        (
            "[{name: UK, until: 1997-06-30}, China]",
            (Membership("UK", "", "1997-06-30"), Membership("China")),
        ),
    ],
)
def test_a_whole_is_a_name_or_a_period_or_several(written: str, meant: tuple[Membership, ...], tmp_path: Path) -> None:
    dataset = read_text(tmp_path, f"{HEAD}  Part: {{part_of: {written}}}\n{EVENTS}")
    assert dataset.problems == ()
    assert dataset.actors == (ActorEntry("Part", part_of=meant),)


@pytest.mark.parametrize(
    ("actors", "told"),
    [
        (
            "  Club: {members: [Iran, {name: Iran, since: 2024}]}\n",
            "3:26 0 warning: members: Iran belongs twice at one time: … to …, and 2024 to …",
        ),
        (
            "  Club:\n    members:\n    - {name: Iran, since: 2024, until: 2023}\n",
            "5:7 0 warning: members: Iran leaves (2023) before it joins (2024): it never belongs",
        ),
        ("  Corps: {part_of: Corps}\n", "3:20 0 warning: part_of: Corps cannot belong to itself"),
        (
            "  A: {part_of: B}\n  B: {part_of: C}\n  C: {part_of: {name: A, since: 2020}}\n",
            "3:3 0 warning: part_of: A is part of B is part of C is part of A, in a circle",
        ),
        (
            "  A: {part_of: [[B]]}\n",
            "3:17 0 warning: part_of: expected a name, or {name, since, until}; found a list",
        ),
        (
            "  A: {part_of: {name: B, since: 2024-02-30}}\n",
            "3:41 0 warning: since: 30 is not a day: February 2024 has 29 days",
        ),
    ],
)
def test_what_cannot_be_is_told_with_line_and_column(actors: str, told: str, tmp_path: Path) -> None:
    problems = [in_short(problem) for problem in read_text(tmp_path, HEAD + actors + EVENTS).problems]
    assert told in problems


def test_what_cannot_be_taken_over_is_kept(tmp_path: Path) -> None:
    dataset = read_text(tmp_path, f"{HEAD}  A: {{part_of: {{since: 2024}}}}\n{EVENTS}")
    assert dataset.actors[0].part_of == ()
    assert dataset.actors[0].extra == {"part_of": {"since": "2024"}}
