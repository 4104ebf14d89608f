"""A story whose filters are understood, ready to be written or drawn."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_app.core.filter import Filter
from timeline_app.core.story import StoryStep


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step with its filter understood; see query.story."""

    step: StoryStep
    wanted: Filter


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story whose filters are understood, ready to be written or drawn."""

    title: str
    steps: tuple[ToldStep, ...]
