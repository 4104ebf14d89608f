"""Pairs of Python and PySide6 that end the process are refused, and no others."""

from __future__ import annotations

import pytest

from timeline_app.runtime import known_bad_pair


@pytest.mark.parametrize("python", [(3, 10), (3, 11)])
def test_the_pair_that_aborts_is_refused_with_what_helps(python: tuple[int, int]) -> None:
    refusal = known_bad_pair(python, "6.12.0")
    assert refusal is not None
    assert f"Python {python[0]}.{python[1]}" in refusal
    assert "6.11.3" in refusal
    assert "\n" not in refusal


@pytest.mark.parametrize(
    ("python", "pyside"),
    [((3, 11), "6.11.3"), ((3, 11), "6.12.1"), ((3, 12), "6.12.0"), ((3, 13), "6.12.0"), ((3, 11), "6.8.0")],
)
def test_other_pairs_may_be_used(python: tuple[int, int], pyside: str) -> None:
    assert known_bad_pair(python, pyside) is None
