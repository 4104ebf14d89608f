"""Steps back and forward through what was on screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

State = TypeVar("State")

DEPTH = 200


@dataclass(slots=True)
class History(Generic[State]):
    """A line of states with a place in it; recording a new state cuts off what lay ahead."""

    states: list[State] = field(default_factory=list)
    place: int = -1

    @property
    def can_go_back(self) -> bool:
        """Whether there is an earlier state."""
        return self.place > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a later state."""
        return self.place + 1 < len(self.states)

    def record(self, state: State, *, replacing: bool = False) -> None:
        """Add a state after the present one, or put it in the present one's stead."""
        if self.place >= 0 and self.states[self.place] == state:
            return
        if replacing and self.place >= 0:
            del self.states[self.place :]
        else:
            del self.states[self.place + 1 :]
        self.states.append(state)
        del self.states[:-DEPTH]
        self.place = len(self.states) - 1

    def amend(self, state: State) -> None:
        """Put a state in the present one's stead and keep what lies ahead; the one before it is not kept twice."""
        if self.place < 0:
            self.record(state)
        elif self.place > 0 and self.states[self.place - 1] == state:
            del self.states[self.place]
            self.place -= 1
        else:
            self.states[self.place] = state

    def change_all(self, change: Callable[[State], State]) -> None:
        """Put something else in the stead of every state."""
        self.states = [change(state) for state in self.states]

    def back(self) -> State | None:
        """Step to the earlier state, None where there is none."""
        if not self.can_go_back:
            return None
        self.place -= 1
        return self.states[self.place]

    def forward(self) -> State | None:
        """Step to the later state, None where there is none."""
        if not self.can_go_forward:
            return None
        self.place += 1
        return self.states[self.place]
