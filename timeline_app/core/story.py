"""A story: views of a timeline in an order, each with a paragraph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from timeline_app.core.errors import Place, WhenError
from timeline_app.core.when import FUTURE_S, PAST_S, When, parse

_NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class WrittenAt:
    """Where a text begins in a file, and whether it stands there character for character on one line."""

    begin: Place = _NOWHERE
    is_literal: bool = False

    def place_of(self, position: int) -> Place:
        """Return where a character of the text stands, counted from 0; of one that is written otherwise, its begin."""
        return self.begin._replace(column=self.begin.column + position) if self.is_literal else self.begin


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One view with its paragraph, as a file or the workspace has it.

    `query` is a filter in the search language, `lanes` what lanes stand for, a word of core.lanes.Grouping. `since` and
    `until` are EDTF: the stretch of time that is seen, everything that passes where both are "". `selection` are ids of
    events. `query_at` is where the filter stands, for who says what is wrong with it.
    """

    text: str = ""
    query: str = ""
    lanes: str = ""
    since: str = ""
    until: str = ""
    selection: tuple[str, ...] = ()
    query_at: WrittenAt = field(default=WrittenAt(), compare=False, repr=False)

    @property
    def view_s(self) -> tuple[int, int] | None:
        """First and last second of the stretch of time, None where there is none that makes sense."""
        first = _bound(self.since, lambda when: when.start_earliest_s)
        last = _bound(self.until or self.since, lambda when: when.end_latest_s)
        if first is None or last is None or not PAST_S < first < last < FUTURE_S:
            return None
        return first, last


@dataclass(frozen=True, slots=True)
class Story:
    """A title and its steps; what is changed is another story."""

    title: str
    steps: tuple[StoryStep, ...] = ()

    def inserted(self, place: int, step: StoryStep) -> Story:
        """Return the story with one more step, at a place counted from 0."""
        return replace(self, steps=(*self.steps[:place], step, *self.steps[place:]))

    def changed(self, place: int, step: StoryStep) -> Story:
        """Return the story with another step at a place."""
        return replace(self, steps=(*self.steps[:place], step, *self.steps[place + 1 :]))

    def without(self, place: int) -> Story:
        """Return the story without a step."""
        return replace(self, steps=(*self.steps[:place], *self.steps[place + 1 :]))

    def moved(self, place: int, to: int) -> Story:
        """Return the story with a step at another place."""
        return self.without(place).inserted(to, self.steps[place])


def _bound(text: str, bound_of: Callable[[When], int]) -> int | None:
    try:
        return bound_of(parse(text)) if text else None
    except WhenError:
        return None
