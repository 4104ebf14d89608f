"""What is said of a thing that a hand can do in the window: its name, its keys, its place in the menus."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Menu(StrEnum):
    """The menus of the window, in their order, by title."""

    FILE = "File"
    EDIT = "Edit"
    VIEW = "View"
    GO = "Go"
    HELP = "Help"


class Group(StrEnum):
    """What belongs together: a stretch between two lines of a menu, a heading in the table of keys."""

    FILES = "Files"
    EXPORT = "Export"
    PROGRAM = "Program"
    CHANGES = "Changes"
    COPY = "Copying"
    NOTES = "Your notes"
    SEARCH = "Search and filter"
    ZOOM = "Zoom and pan"
    LANES = "Lanes"
    PANES = "Panes"
    COLOURS = "Colours"
    SAVED = "Saved views"
    STORIES = "Stories"
    TIME = "Places in time"
    EVENTS = "Events"
    VIEWS = "Back and forward"
    HELP = "Help"


# Groups in a menu of their own, without which the menu that they belong to is longer than a small screen.
FOLDED: Final = MappingProxyType({Group.LANES: "Lanes", Group.COLOURS: "Colours", Group.STORIES: "Stories"})


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that the window can do.

    `text` is its name in the menu and the palette, `help` a sentence for the table of keys and the status line.
    `shortcuts` are portable key names, the first one is shown in the menu. Actions of one `choice` exclude each other;
    `is_toggle` marks what is either on or off.
    """

    name: str
    text: str
    shortcuts: tuple[str, ...]
    menu: Menu
    group: Group
    help: str
    choice: str = ""
    is_toggle: bool = False

    @property
    def menu_path(self) -> str:
        """Where it stands in the menus."""
        folded = FOLDED.get(self.group)
        return f"{self.menu} ▸ {folded}" if folded else str(self.menu)


@dataclass(frozen=True, slots=True)
class GestureSpec:
    """What the mouse, or a key that belongs to one field, does; only told of, not bound here."""

    inputs: tuple[str, ...]
    group: Group
    help: str
