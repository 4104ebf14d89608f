"""The colours of the two themes, and which actor gets which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from timeline_app.core.table import EventTable


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb; `actors` are for marks, lines and lane titles (4.5:1 against `background`)."""

    name: str
    background: str
    panel: str
    field: str
    ink: str
    muted: str
    rule: str
    grid: str
    accent: str
    accent_tint: str
    link: str
    good: str
    warning: str
    bar: str
    bar_passing: str
    actors: tuple[str, ...]
    neutral: str

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on a dark ground."""
        return self.name == "dark"


LIGHT = Theme(
    name="light",
    background="#ffffff",
    panel="#ffffff",
    field="#fafafa",
    ink="#17181a",
    muted="#5f6368",
    rule="#d5d7da",
    grid="#ececee",
    accent="#0b57a4",
    accent_tint="#dbe7f5",
    link="#0b57a4",
    good="#1e7a31",
    warning="#9a4b00",
    bar="#c3c6cb",
    bar_passing="#4b7dbd",
    actors=(
        "#b83a26", "#0059a8", "#7a6000", "#5b4699", "#0b7265", "#9e1b63", "#3d6e1f", "#9a4b00", "#44546a", "#00688b",
    ),
    neutral="#5f6368",
)  # fmt: skip

DARK = Theme(
    name="dark",
    background="#16181c",
    panel="#16181c",
    field="#1e2126",
    ink="#eceef1",
    muted="#a2a7ae",
    rule="#353940",
    grid="#24272c",
    accent="#6aaef0",
    accent_tint="#22344a",
    link="#7db7f5",
    good="#6fc282",
    warning="#f0a060",
    bar="#4a4f57",
    bar_passing="#5f93d4",
    actors=(
        "#e8705a", "#6aaef0", "#d0a63a", "#a893e0", "#4fb8a8", "#e277b8", "#8bc34a", "#f0a060", "#a7b4c4", "#5cc3e0",
    ),
    neutral="#a2a7ae",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColourBook:
    """The number of every actor's colour: the ten most frequent actors have one of their own.

    A part has the colour of the whole: Storm Corps that of North Korea.
    """

    numbers: Mapping[str, int]

    @classmethod
    def of(cls, table: EventTable) -> ColourBook:
        """Number the actors of a table by how many events they have; the filter changes nothing here."""
        order = np.argsort(-table.actors.counts, kind="stable")
        whole_of = {name: _whole_of(name, table) for name in map(table.actors.names.__getitem__, order.tolist())}
        wholes = (name for name, whole in whole_of.items() if name == whole)
        numbers = {name: number for number, name in enumerate(wholes)}
        for name, whole in whole_of.items():
            numbers.setdefault(name, numbers.get(whole, len(numbers)))
        return cls(numbers)

    def colour(self, actor: str, theme: Theme) -> str:
        """Return the colour of an actor, neutral for one that the table does not know."""
        number = self.numbers.get(actor)
        return theme.neutral if number is None else theme.actors[number % len(theme.actors)]


def _whole_of(name: str, table: EventTable) -> str:
    """Return the actor of the table that a name is part of, itself where there is none."""
    entry = table.gazetteer.get(name)
    if entry is None or not entry.part_of:
        return name
    return next((whole.name for whole in reversed(entry.part_of) if whole.name in table.actors.codes), name)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
