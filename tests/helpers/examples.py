"""How many random examples a test of a property tries, under the profile of Hypothesis that is in force."""

from __future__ import annotations

from hypothesis import settings

USUAL = 100  # what Hypothesis tries where nothing else is said


def examples(count: int) -> int:
    """Return how many examples to try where the gate tries so many: fewer without Qt, more when exploring."""
    return max(1, count * settings().max_examples // USUAL)
