"""Which colour each lane of a frame has."""

from __future__ import annotations

from timeline_app.core.lanes import Grouping
from timeline_app.core.palette import Theme
from timeline_app.scene.frame import FrameLane
from timeline_app.ui.look import Look


def lane_colours(theme: Theme) -> tuple[str, ...]:
    """Return every colour that a lane can have under a theme."""
    return (*theme.actors, theme.neutral, theme.accent)


def lane_colour(lane: FrameLane, grouping: Grouping, look: Look) -> int:
    """Return the number of a lane's colour among `lane_colours`."""
    theme = look.theme
    neutral = len(theme.actors)
    if grouping is Grouping.NONE:
        return neutral + 1
    if not lane.name:
        return neutral
    if grouping is Grouping.ACTOR:
        return lane_colours(theme).index(look.actor_colour(lane.name).name())
    return lane.number % len(theme.actors)
