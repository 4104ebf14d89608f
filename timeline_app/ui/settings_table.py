"""Everything that a user can set: the one table behind the settings dialog and what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final, Generic, TypeVar

from timeline_app.core.lanes import LANE_LIMIT

Value = TypeVar("Value", bool, int, str)


class Section(StrEnum):
    """The headings of the settings dialog, in their order."""

    LOOK = "Look"
    TIMELINE = "Timeline"
    TIME = "Time"
    START = "Start"
    FILES = "Files"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values, and its words."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """The whole numbers that a setting may take, the step between them, and what they count, as in `100 %`.

    `lowest_word` is said instead of the lowest one where that stands for no number.
    """

    lowest: int
    highest: int
    step: int = 1
    unit: str = ""
    lowest_word: str = ""

    def holds(self, value: object) -> bool:
        """Return whether a value is a number within the bounds."""
        return isinstance(value, int) and self.lowest <= value <= self.highest


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """One thing to set: on or off where the default is a bool, a number with a `span`, else one of the `choices`.

    `choices` is a function, since the list of time zones is read from the system. `is_searchable` marks a list so long
    that one types to find in it.
    """

    key: str
    label: str
    default: Value
    section: Section
    help: str = ""
    span: Span | None = None
    choices: Callable[[], tuple[Choice, ...]] | None = None
    is_searchable: bool = False

    def accepts(self, value: object) -> bool:
        """Return whether a value, from wherever it comes, is one that this setting can have."""
        if type(value) is not type(self.default):
            return False
        if self.span is not None:
            return self.span.holds(value)
        return self.choices is None or value == self.default or any(one.value == value for one in self.choices())


AnySetting = Setting[Any]


def _theme_choices() -> tuple[Choice, ...]:
    return Choice("system", "As the system"), Choice("light", "Light"), Choice("dark", "Dark")


def _wheel_choices() -> tuple[Choice, ...]:
    return Choice("zoom", "Zooms"), Choice("scroll", "Scrolls")


def _motion_choices() -> tuple[Choice, ...]:
    return Choice("system", "As the system"), Choice("on", "On"), Choice("off", "Off")


@cache
def _zone_choices() -> tuple[Choice, ...]:
    import zoneinfo  # only for the settings dialog, and a zone that was set

    names = sorted(zoneinfo.available_timezones() - {"UTC", "localtime"})
    return tuple(Choice(name, name.replace("_", " ")) for name in ("UTC", *names))


THEME: Final = Setting("theme", "Colours", "system", Section.LOOK, choices=_theme_choices)
TEXT_SIZE: Final = Setting("text_size", "Text size", 100, Section.LOOK, span=Span(100, 200, 10, "%"))
REDUCED_MOTION: Final = Setting(
    "reduced_motion",
    "Reduced motion",
    "system",
    Section.LOOK,
    "Jumps happen at once, and a drag stops where it is let go.",
    choices=_motion_choices,
)
ACCESSIBLE_EVENTS: Final = Setting(
    "accessible_events",
    "Events for screen readers",
    default=True,
    section=Section.LOOK,
    help="Lists what is on the timeline for assistive technology, from the next start on; the table always does.",
)
WHEEL: Final = Setting(
    "wheel",
    "The mouse wheel",
    "zoom",
    Section.TIMELINE,
    "With Ctrl the wheel always zooms, with Shift it always pans.",
    choices=_wheel_choices,
)
SHOW_TITLES: Final = Setting("show_titles", "Titles beside events", default=True, section=Section.TIMELINE)
SHOW_TODAY: Final = Setting("show_today", "A line for today", default=True, section=Section.TIMELINE)
ROWS_AS_FIT: Final = 0
LANE_ROWS: Final = Setting(
    "lane_rows",
    "Rows in a lane",
    ROWS_AS_FIT,
    Section.TIMELINE,
    "Of a single lane; several share them. What finds no room is merged into counts.",
    span=Span(ROWS_AS_FIT, 60, lowest_word="as fit"),
)
LANES: Final = Setting(
    "lanes",
    "Lanes",
    LANE_LIMIT,
    Section.TIMELINE,
    "At most so many; all other events share a last one.",
    span=Span(1, 100),
)
TIME_ZONE: Final = Setting(
    "time_zone",
    "Time zone",
    "UTC",
    Section.TIME,
    "For instants whose source names a zone. Local dates stay as they were written.",
    choices=_zone_choices,
    is_searchable=True,
)
RESUME: Final = Setting(
    "resume",
    "Open the last session",
    default=False,
    section=Section.START,
    help="Otherwise the program starts with the timeline that comes with it.",
)

JOINS: Final = Setting(
    "joins",
    "What several files or rows tell of is one event",
    default=True,
    section=Section.FILES,
    help="With every origin, and with claims where they differ. Otherwise it is shown once for each.",
)
CACHE_LIMIT: Final = Setting(
    "cache_limit_gb",
    "Cache",
    10,
    Section.FILES,
    "Large files open at once the second time. Beyond this size, what was not used for longest is forgotten.",
    span=Span(1, 500, 1, "GB"),
)

SETTINGS: Final[tuple[AnySetting, ...]] = (
    THEME,
    TEXT_SIZE,
    REDUCED_MOTION,
    ACCESSIBLE_EVENTS,
    WHEEL,
    SHOW_TITLES,
    SHOW_TODAY,
    LANE_ROWS,
    LANES,
    TIME_ZONE,
    RESUME,
    JOINS,
    CACHE_LIMIT,
)
