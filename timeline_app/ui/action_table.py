"""Everything that a hand can do in the window: the one table behind menus, shortcuts, palette, key help and guide."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from timeline_app.ui.action_spec import ActionSpec, GestureSpec, Group, Menu

# Menus that are filled while the program runs, by the action that they follow.
SUBMENUS: Final = MappingProxyType(
    {"add_files": "Open recent", "save_view": "Saved views", "new_story": "Tell a story"}
)
LANE_CHOICE: Final = "lanes"
COLOUR_CHOICE: Final = "colours"

FILE_ACTIONS: Final = (
    ActionSpec("open", "Open…", ("Ctrl+O",), Menu.FILE, Group.FILES, "Open timeline files instead of what is shown"),
    ActionSpec(
        "add_files", "Open alongside…", ("Ctrl+Shift+O",), Menu.FILE, Group.FILES, "Merge more files into the view"
    ),
    ActionSpec("open_as", "Open as…", (), Menu.FILE, Group.FILES, "Open a file with another reader than was chosen"),
    ActionSpec(
        "columns",
        "Columns…",
        (),
        Menu.FILE,
        Group.FILES,
        "Say which column of an open table is title, date and the rest",
    ),
    ActionSpec(
        "each_repeat",
        "Each time of what repeats",
        (),
        Menu.FILE,
        Group.FILES,
        "Show calendar events that repeat at each time, or once again",
        is_toggle=True,
    ),
    ActionSpec(
        "compare",
        "Compare with…",
        ("Ctrl+Shift+D",),
        Menu.FILE,
        Group.FILES,
        "List and mark what differs from an older file, or between what was known on two dates",
    ),
    ActionSpec(
        "open_bundled", "Open the bundled timeline", (), Menu.FILE, Group.FILES, "Show what comes with the program"
    ),
    ActionSpec(
        "resume", "Resume the last session", (), Menu.FILE, Group.FILES, "Bring back the last files, view and filter"
    ),
    ActionSpec(
        "show_problems",
        "Show problems",
        ("Ctrl+Shift+M",),
        Menu.FILE,
        Group.FILES,
        "List what could not be read, with file and line",
    ),
    ActionSpec(
        "export", "Export…", ("Ctrl+E",), Menu.FILE, Group.EXPORT, "Save the filtered events, or a picture of them"
    ),
    ActionSpec("settings", "Settings…", ("Ctrl+,",), Menu.FILE, Group.PROGRAM, "Change how the program looks and acts"),
    ActionSpec("quit", "Quit", ("Ctrl+Q",), Menu.FILE, Group.PROGRAM, "Close the window; everything is remembered"),
)

EDIT_ACTIONS: Final = (
    ActionSpec(
        "undo",
        "Undo",
        ("Ctrl+Z",),
        Menu.EDIT,
        Group.CHANGES,
        "Take back the last change of filter, view, notes or stories, then the joining of files",
    ),
    ActionSpec(
        "redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), Menu.EDIT, Group.CHANGES, "Make again what was taken back last"
    ),
    ActionSpec(
        "copy_citation",
        "Copy citation",
        ("Ctrl+C",),
        Menu.EDIT,
        Group.COPY,
        "Copy author, title, publisher, date and the quoted words",
    ),
    ActionSpec(
        "read_document",
        "Read the document",
        ("R",),
        Menu.EDIT,
        Group.COPY,
        "Show the source of the selected event with the quoted words at their place",
    ),
    ActionSpec(
        "dateline",
        "Another dateline…",
        (),
        Menu.EDIT,
        Group.COPY,
        "See what would move if the source of the selected event had appeared on another day, and save that",
    ),
    ActionSpec(
        "star", "Star", ("Ctrl+D", "*"), Menu.EDIT, Group.NOTES, "Star the selected events for yourself, or no longer"
    ),
    ActionSpec(
        "write_note", "Write a note", ("N",), Menu.EDIT, Group.NOTES, "Write a note of your own on the selected event"
    ),
    ActionSpec("own_tags", "Your tags", ("#",), Menu.EDIT, Group.NOTES, "Give the selected event tags of your own"),
    ActionSpec(
        "lost_notes",
        "Notes without an event…",
        (),
        Menu.EDIT,
        Group.NOTES,
        "List your notes on these files whose events are not in them any more",
    ),
    ActionSpec("find", "Find", ("Ctrl+F", "/"), Menu.EDIT, Group.SEARCH, "Search events, actors and words"),
    ActionSpec("next_hit", "Next hit", ("F3",), Menu.EDIT, Group.SEARCH, "Go to the next event that was found"),
    ActionSpec(
        "previous_hit", "Previous hit", ("Shift+F3",), Menu.EDIT, Group.SEARCH, "Go to the event found before this one"
    ),
    ActionSpec(
        "clear",
        "Clear",
        ("Esc",),
        Menu.EDIT,
        Group.SEARCH,
        "Cancel opening a file; else clear the search, then the selection",
    ),
    ActionSpec(
        "filter_dates",
        "Only these dates",
        ("T",),
        Menu.EDIT,
        Group.SEARCH,
        "Leave out what lies before and after the stretch of time on screen",
    ),
    ActionSpec(
        "clear_filter", "Clear all filters", (), Menu.EDIT, Group.SEARCH, "Show every event that was loaded again"
    ),
)

VIEW_ACTIONS: Final = (
    ActionSpec("zoom_in", "Zoom in", ("Ctrl++", "Ctrl+=", "W"), Menu.VIEW, Group.ZOOM, "Show less time in more detail"),
    ActionSpec("zoom_out", "Zoom out", ("Ctrl+-", "S"), Menu.VIEW, Group.ZOOM, "Show more time in less detail"),
    ActionSpec("pan_left", "Pan to earlier", ("A",), Menu.VIEW, Group.ZOOM, "Move the view to what came before"),
    ActionSpec("pan_right", "Pan to later", ("D",), Menu.VIEW, Group.ZOOM, "Move the view to what came after"),
    ActionSpec("fit_all", "Fit all", ("Ctrl+0",), Menu.VIEW, Group.ZOOM, "Show everything that passes the filter"),
    ActionSpec(
        "lanes_by_actor", "Lanes by actor", ("Ctrl+1",), Menu.VIEW, Group.LANES, "A lane for each actor", LANE_CHOICE
    ),
    ActionSpec(
        "lanes_by_type", "Lanes by type", ("Ctrl+2",), Menu.VIEW, Group.LANES, "A lane for each type", LANE_CHOICE
    ),
    ActionSpec(
        "lanes_by_source", "Lanes by source", ("Ctrl+3",), Menu.VIEW, Group.LANES, "A lane for each source", LANE_CHOICE
    ),
    ActionSpec(
        "lanes_by_place", "Lanes by place", ("Ctrl+4",), Menu.VIEW, Group.LANES, "A lane for each place", LANE_CHOICE
    ),
    ActionSpec("no_lanes", "One lane", ("Ctrl+5",), Menu.VIEW, Group.LANES, "All events in a single lane", LANE_CHOICE),
    ActionSpec("more_rows", "Taller lanes", ("Alt+Down",), Menu.VIEW, Group.LANES, "Give lanes more rows"),
    ActionSpec("fewer_rows", "Flatter lanes", ("Alt+Up",), Menu.VIEW, Group.LANES, "Give lanes fewer rows"),
    ActionSpec(
        "show_table",
        "Table of events",
        ("Ctrl+Shift+T",),
        Menu.VIEW,
        Group.PANES,
        "Show the events as a table under the timeline, or the overview",
        is_toggle=True,
    ),
    ActionSpec(
        "show_actors",
        "Actors panel",
        ("Ctrl+Shift+A",),
        Menu.VIEW,
        Group.PANES,
        "Show or hide the actors and other choices",
        is_toggle=True,
    ),
    ActionSpec(
        "show_excerpt",
        "Excerpt pane",
        ("Ctrl+Shift+E",),
        Menu.VIEW,
        Group.PANES,
        "Show or hide the words of the source",
        is_toggle=True,
    ),
    ActionSpec(
        "as_known",
        "As known on…",
        ("K",),
        Menu.VIEW,
        Group.PANES,
        "Show or hide the axis of knowledge: what could be known by a date, to be stepped and played",
        is_toggle=True,
    ),
    ActionSpec(
        "actor_card",
        "Actor card…",
        ("I",),
        Menu.VIEW,
        Group.PANES,
        "Show what is known of the actor that has the keyboard, or of the first one of the selected event",
    ),
    ActionSpec(
        "show_meetings",
        "Who meets whom…",
        ("M",),
        Menu.VIEW,
        Group.PANES,
        "Count the events that each two actors have in common, or in which one does something to another",
    ),
    ActionSpec("next_pane", "Next pane", ("F6",), Menu.VIEW, Group.PANES, "Move the keyboard to the next pane"),
    ActionSpec(
        "previous_pane", "Previous pane", ("Shift+F6",), Menu.VIEW, Group.PANES, "Move the keyboard to the pane before"
    ),
    ActionSpec("full_screen", "Full screen", ("F11",), Menu.VIEW, Group.PANES, "Use the whole screen", is_toggle=True),
    ActionSpec(
        "system_colours",
        "Colours as the system",
        (),
        Menu.VIEW,
        Group.COLOURS,
        "Be light or dark as the system is",
        COLOUR_CHOICE,
    ),
    ActionSpec(
        "light_colours",
        "Light colours",
        (),
        Menu.VIEW,
        Group.COLOURS,
        "Dark on light, whatever the system",
        COLOUR_CHOICE,
    ),
    ActionSpec(
        "dark_colours",
        "Dark colours",
        (),
        Menu.VIEW,
        Group.COLOURS,
        "Light on dark, whatever the system",
        COLOUR_CHOICE,
    ),
    ActionSpec(
        "save_view",
        "Save this view…",
        (),
        Menu.VIEW,
        Group.SAVED,
        "Keep filter, lanes and stretch of time under a name",
    ),
    ActionSpec("new_story", "New story", (), Menu.VIEW, Group.STORIES, "Begin a story with the present view"),
    ActionSpec(
        "add_step",
        "Add this view to the story",
        (),
        Menu.VIEW,
        Group.STORIES,
        "Put the present view after the step that is shown",
    ),
    ActionSpec("previous_step", "Previous step", ("Alt+PgUp",), Menu.VIEW, Group.STORIES, "Go back in the story"),
    ActionSpec("next_step", "Next step", ("Alt+PgDown",), Menu.VIEW, Group.STORIES, "Go on in the story"),
)

GO_ACTIONS: Final = (
    ActionSpec("go_to_date", "Go to date…", ("Ctrl+G",), Menu.GO, Group.TIME, "Go to a date, typed in any form"),
    ActionSpec("today", "Today", ("Ctrl+T",), Menu.GO, Group.TIME, "Bring today to the middle"),
    ActionSpec("previous_screen", "A screen earlier", ("PgUp",), Menu.GO, Group.TIME, "Move back by a whole screen"),
    ActionSpec("next_screen", "A screen later", ("PgDown",), Menu.GO, Group.TIME, "Move on by a whole screen"),
    ActionSpec("previous_event", "Previous event", ("Left",), Menu.GO, Group.EVENTS, "Select the event before"),
    ActionSpec("next_event", "Next event", ("Right",), Menu.GO, Group.EVENTS, "Select the event after"),
    ActionSpec("first_event", "First event", ("Home",), Menu.GO, Group.EVENTS, "Select the first event of all"),
    ActionSpec("last_event", "Last event", ("End",), Menu.GO, Group.EVENTS, "Select the last event of all"),
    ActionSpec("lane_up", "Lane up", ("Up",), Menu.GO, Group.EVENTS, "Select the nearest event in the lane above"),
    ActionSpec(
        "lane_down", "Lane down", ("Down",), Menu.GO, Group.EVENTS, "Select the nearest event in the lane below"
    ),
    ActionSpec(
        "previous_of_actor",
        "Previous of the same actor",
        (",",),
        Menu.GO,
        Group.EVENTS,
        "Select what the same actor did before",
    ),
    ActionSpec(
        "next_of_actor", "Next of the same actor", (".",), Menu.GO, Group.EVENTS, "Select what the same actor did next"
    ),
    ActionSpec(
        "previous_linked", "Previous linked event", ("[",), Menu.GO, Group.EVENTS, "Select what led to this event"
    ),
    ActionSpec("next_linked", "Next linked event", ("]",), Menu.GO, Group.EVENTS, "Select what this event led to"),
    ActionSpec(
        "centre_selection",
        "Centre the selection",
        ("F",),
        Menu.GO,
        Group.EVENTS,
        "Centre the selected event; once more, zoom until it fits",
    ),
    ActionSpec("back", "Back", ("Alt+Left",), Menu.GO, Group.VIEWS, "Return to the view before the last jump"),
    ActionSpec("forward", "Forward", ("Alt+Right",), Menu.GO, Group.VIEWS, "Go again to the view that was left"),
)

HELP_ACTIONS: Final = (
    ActionSpec(
        "palette",
        "Every action by name…",
        ("Ctrl+Shift+P", "Ctrl+K"),
        Menu.HELP,
        Group.HELP,
        "Find and run any action, recent file or kind of lane",
    ),
    ActionSpec("keys", "All keys", ("?",), Menu.HELP, Group.HELP, "Show this table"),
    ActionSpec("help", "Help", ("F1",), Menu.HELP, Group.HELP, "Show a short guide"),
    ActionSpec("about", "About", (), Menu.HELP, Group.HELP, "Show the version and the licence"),
)

ACTIONS: Final[tuple[ActionSpec, ...]] = (
    *FILE_ACTIONS,
    *EDIT_ACTIONS,
    *VIEW_ACTIONS,
    *GO_ACTIONS,
    *HELP_ACTIONS,
)

GESTURES: Final = (
    GestureSpec(("Drop files",), Group.FILES, "Open them; with Ctrl, merge them into the view"),
    GestureSpec(("Wheel", "Ctrl+Wheel", "Pinch"), Group.ZOOM, "Zoom at the pointer (a setting lets the wheel scroll)"),
    GestureSpec(("Shift+Wheel", "Wheel sideways", "Drag"), Group.ZOOM, "Pan in time"),
    GestureSpec(("Shift+Drag",), Group.ZOOM, "Zoom to the range"),
    GestureSpec(("Double click",), Group.ZOOM, "Zoom to an event; open a count"),
    GestureSpec(("Wheel on a lane’s head",), Group.LANES, "Scroll the lanes"),
    GestureSpec(("Alt+Wheel",), Group.LANES, "Make lanes taller or flatter"),
    GestureSpec(("Click",), Group.EVENTS, "Select an event; on empty ground, clear the selection"),
    GestureSpec(("Ctrl+Click",), Group.EVENTS, "Add an event to the selection, or take it out"),
    GestureSpec(("Hover",), Group.EVENTS, "Show the date across all lanes, the title and the first words"),
    GestureSpec(("Left", "Right"), Group.STORIES, "In the bar of the story: go back and on by a step"),
    GestureSpec(("Enter",), Group.SEARCH, "In the search field: go to the best hit, then from one to the next"),
    GestureSpec(("Shift+Enter",), Group.SEARCH, "In the search field: go to the previous hit"),
    GestureSpec(("Ctrl+Enter",), Group.SEARCH, "In the search field: turn the text into a filter"),
)
