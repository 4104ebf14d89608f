"""What every action of the window does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from timeline_app.core.errors import ReadError
from timeline_app.core.filter import Filter
from timeline_app.core.lanes import Grouping
from timeline_app.core.opened import Opened
from timeline_app.core.range_filter import in_range
from timeline_app.scene.lane_lines import SEEN_AT_ONCE
from timeline_app.ui.actions import build_actions, build_menus
from timeline_app.ui.column_asker import ColumnAsker
from timeline_app.ui.file_questions import ask_for_files
from timeline_app.ui.joining_notice import JoiningNotice
from timeline_app.ui.key_guard import KeyGuard
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.note_keeper import NoteKeeper
from timeline_app.ui.panels.status_line import announce
from timeline_app.ui.remembering import WindowMemory
from timeline_app.ui.repeats_notice import RepeatsNotice
from timeline_app.ui.settings_table import THEME
from timeline_app.ui.stories_menu import StoriesMenu
from timeline_app.ui.story_teller import StoryTeller
from timeline_app.ui.timeline.accessible_words import counted_events
from timeline_app.ui.views_menu import ViewsMenu
from timeline_app.ui.window_dialogs import WindowDialogs
from timeline_app.ui.workspace import Workspace

GROUPING_ACTIONS = {
    "lanes_by_actor": Grouping.ACTOR,
    "lanes_by_type": Grouping.TYPE,
    "lanes_by_source": Grouping.SOURCE,
    "lanes_by_place": Grouping.PLACE,
    "no_lanes": Grouping.NONE,
}
COLOUR_ACTIONS = {"system_colours": "system", "light_colours": "light", "dark_colours": "dark"}


class WindowCommands:
    """Gives a window its actions and menus, and keeps them in step with its state."""

    def __init__(
        self,
        window: MainWindow,
        memory: WindowMemory,
        joining: JoiningNotice,
        repeats: RepeatsNotice,
        notes: NoteKeeper,
        stories: StoryTeller,
    ) -> None:
        self._window = window
        self._memory = memory
        self._joining = joining
        self._repeats = repeats
        self._stories = stories
        self._dialogs = WindowDialogs(window, memory, notes)
        self._asker = ColumnAsker(window)
        handlers = {name: partial(self._do, handler) for name, handler in self._handlers().items()}
        self.actions = build_actions(window, handlers)
        menus = build_menus(window.menuBar(), self.actions)
        self._recent_menu = menus["add_files"]
        self._views_menu = ViewsMenu(menus["save_view"], memory)
        self._stories_menu = StoriesMenu(menus["new_story"], stories, window.story_bar.tell_kept)
        self._recent_menu.aboutToShow.connect(self._fill_recent)
        self._dialogs.set_actions(self.actions)
        self._guard = KeyGuard(self.actions.values(), window)
        self._follow()

    def tell_of_start(self, opened: Opened, workspace: Workspace) -> None:
        """Say what is to be said of the first files, and why nothing is remembered, until that is read."""
        self._window.show_messages(opened.messages)
        if opened.errors:
            self._dialogs.show_unread(opened.errors, True)
        if workspace.notice:
            self._window.show_message(workspace.notice)
            self._dialogs.show_not_remembered(
                workspace.notice, is_kept=workspace.is_kept, is_only_read=workspace.is_only_read
            )

    def _do(self, handler: Callable[[], None]) -> None:
        """Do what an action does, and say why where that takes events which cannot be read any more."""
        try:
            handler()
        except ReadError as error:
            self._window.show_message(str(error))

    def _handlers(self) -> dict[str, Callable[[], None]]:
        window, dialogs, memory = self._window, self._dialogs, self._memory
        stories = self._stories
        session, navigator, files = window.session, window.navigator, window.files
        handlers: dict[str, Callable[[], None]] = {
            "open": self._ask_and_open,
            "add_files": self._ask_and_add,
            "open_as": dialogs.show_open_as,
            "columns": self._ask_for_columns,
            "each_repeat": self._repeats.toggle,
            "compare": dialogs.changes.show_comparison,
            "open_bundled": partial(files.open_files, ()),
            "resume": memory.resume,
            "show_problems": dialogs.show_problems,
            "export": dialogs.show_export,
            "settings": dialogs.show_settings,
            "quit": self._quit,
            "undo": self._undo,
            "redo": self._redo,
            "copy_citation": window.excerpt_pane.copy_citation,
            "read_document": dialogs.documents.show_document,
            "star": self._toggle_star,
            "write_note": self._write_note,
            "own_tags": partial(self._write_note, tags=True),
            "lost_notes": dialogs.show_lost_notes,
            "dateline": dialogs.changes.show_dateline,
            "find": window.search_box.take_focus,
            "next_hit": window.search_box.next_hit,
            "previous_hit": window.search_box.previous_hit,
            "clear": self._clear,
            "filter_dates": self._filter_dates,
            "clear_filter": partial(session.set_filter, Filter()),
            "fit_all": session.fit_all,
            "more_rows": partial(self._change_rows, SEEN_AT_ONCE),
            "fewer_rows": partial(self._change_rows, -SEEN_AT_ONCE),
            "show_table": self._toggle_table,
            "show_actors": partial(self._toggle_pane, "show_actors"),
            "show_excerpt": partial(self._toggle_pane, "show_excerpt"),
            "as_known": self._toggle_knowledge,
            "show_meetings": dialogs.show_meetings,
            "actor_card": dialogs.show_actor_card,
            "next_pane": partial(self._go_round, 1),
            "previous_pane": partial(self._go_round, -1),
            "full_screen": self._toggle_full_screen,
            "save_view": dialogs.show_save_view,
            "new_story": self._begin_story,
            "add_step": window.story_bar.add_step,
            "previous_step": partial(stories.go, -1),
            "next_step": partial(stories.go, 1),
            "go_to_date": dialogs.show_go_to_date,
            "today": self._go_to_today,
            "previous_screen": navigator.screen_back,
            "next_screen": navigator.screen_forward,
            "centre_selection": navigator.centre_or_fit_selection,
            "back": session.go_back,
            "forward": session.go_forward,
            "palette": dialogs.show_palette,
            "keys": dialogs.show_keys,
            "help": dialogs.show_help,
            "about": dialogs.show_about,
        }
        for name in (
            *("zoom_in", "zoom_out", "pan_left", "pan_right", "next_event", "previous_event", "first_event"),
            *("last_event", "lane_up", "lane_down", "previous_of_actor", "next_of_actor"),
            *("previous_linked", "next_linked"),
        ):
            handlers[name] = getattr(navigator, name)
        for name, grouping in GROUPING_ACTIONS.items():
            handlers[name] = partial(session.set_grouping, grouping)
        for name, theme in COLOUR_ACTIONS.items():
            handlers[name] = partial(window.settings.set, THEME, theme)
        return handlers

    def _follow(self) -> None:
        window = self._window
        session = window.session
        session.history_changed.connect(self._follow_history)
        self._joining.changed.connect(self._follow_history)
        window.files.busy_changed.connect(self._follow_history)
        self._repeats.changed.connect(self._follow_repeats)
        session.lanes_changed.connect(self._follow_grouping)
        session.filter_changed.connect(self._follow_filter)
        session.selection_changed.connect(self._follow_selection)
        session.notes_changed.connect(self._follow_selection)
        self._stories.changed.connect(self._follow_story)
        window.story_bar.export_clicked.connect(self._export_story)
        window.problems_bar.link_clicked.connect(self._dialogs.show_problems)
        window.reading_bar.link_clicked.connect(self._dialogs.show_open_as)
        window.status_line.problems_clicked.connect(self._dialogs.show_problems)
        self._asker.unread.connect(self._dialogs.show_unread)
        window.excerpt_pane.document_wanted.connect(self._dialogs.documents.show_document)
        window.excerpt_pane.dateline_wanted.connect(self._dialogs.changes.show_dateline)
        self._dialogs.changes.datelines.changed.connect(self._follow_history)
        window.excerpt_pane.card_wanted.connect(self._dialogs.show_actor_card)
        window.actors_panel.card_wanted.connect(self._dialogs.show_actor_card)
        window.lower_tabs.currentChanged.connect(self._follow_panes)
        window.knowledge_toggled.connect(self.actions["as_known"].setChecked)
        window.settings.changed.connect(self._follow_colours)
        for follow in (self._follow_history, self._follow_grouping, self._follow_filter, self._follow_selection):
            follow()
        self._follow_colours()
        self._follow_repeats()
        self._follow_story()
        self.actions["show_actors"].setChecked(True)
        self.actions["show_excerpt"].setChecked(True)

    def _undo(self) -> None:
        """Take back the last change, once there is no other another dateline, then the joining of files."""
        session, datelines = self._window.session, self._dialogs.changes.datelines
        (session if session.can_undo else datelines if datelines.can_undo else self._joining).undo()

    def _redo(self) -> None:
        session, datelines = self._window.session, self._dialogs.changes.datelines
        (session if session.can_redo else datelines if datelines.can_redo else self._joining).redo()

    def _follow_history(self) -> None:
        session, others = self._window.session, (self._dialogs.changes.datelines, self._joining)
        self.actions["undo"].setEnabled(session.can_undo or any(one.can_undo for one in others))
        self.actions["redo"].setEnabled(session.can_redo or any(one.can_redo for one in others))
        self.actions["back"].setEnabled(session.can_go_back)
        self.actions["forward"].setEnabled(session.can_go_forward)

    def _follow_repeats(self) -> None:
        self.actions["each_repeat"].setEnabled(self._repeats.can_toggle)
        self.actions["each_repeat"].setChecked(self._repeats.shows_each)

    def _follow_grouping(self) -> None:
        for name, grouping in GROUPING_ACTIONS.items():
            self.actions[name].setChecked(self._window.session.grouping is grouping)

    def _follow_colours(self) -> None:
        for name, theme in COLOUR_ACTIONS.items():
            self.actions[name].setChecked(self._window.settings.get(THEME) == theme)

    def _follow_filter(self) -> None:
        self.actions["clear_filter"].setEnabled(not self._window.session.wanted.is_empty)

    def _follow_selection(self) -> None:
        chosen = self._window.session.current is not None
        for name in ("copy_citation", "read_document", "dateline", "centre_selection"):
            self.actions[name].setEnabled(chosen)
        for name in ("star", "write_note", "own_tags"):
            self.actions[name].setEnabled(chosen and self._window.session.can_note)

    def _follow_story(self) -> None:
        kept = self._stories.kept
        self.actions["add_step"].setEnabled(self._stories.can_change)
        self.actions["previous_step"].setEnabled(kept is not None and self._stories.place > 0)
        is_last = kept is None or self._stories.place + 1 >= len(kept.story.steps)
        self.actions["next_step"].setEnabled(not is_last)

    def _export_story(self) -> None:
        if self._stories.kept is not None:
            self._stories.save()
            self._dialogs.export_story(self._stories.kept.story)

    def _begin_story(self) -> None:
        self._stories.begin()
        self._window.story_bar.edit()

    def _follow_panes(self) -> None:
        window = self._window
        self.actions["show_table"].setChecked(window.lower_tabs.currentWidget() is window.event_table)

    def _fill_recent(self) -> None:
        self._recent_menu.clear()
        for recent in self._memory.recent_files():
            action = QAction(recent.label, self._recent_menu)
            action.triggered.connect(partial(self._window.files.open_files, (recent.path,)))
            self._recent_menu.addAction(action)
        if self._recent_menu.isEmpty():
            nothing = self._recent_menu.addAction("Nothing opened yet")
            nothing.setEnabled(False)
            return
        self._recent_menu.addSeparator()
        self._recent_menu.addAction("Clear this list").triggered.connect(self._memory.forget_recent)

    def _ask_and_open(self) -> None:
        paths = ask_for_files(self._window, "Open timelines")
        if paths:
            self._window.files.open_files(paths)

    def _ask_and_add(self) -> None:
        paths = ask_for_files(self._window, "Open alongside")
        if paths:
            self._window.files.add_files(paths)

    def _ask_for_columns(self) -> None:
        self._dialogs.choose_table(self._asker.ask)

    def _quit(self) -> None:
        self._window.close()

    def _clear(self) -> None:
        if self._window.files.is_busy:
            self._window.files.cancel()
        elif self._window.search_box.field.text():
            self._window.search_box.clear_search()
        else:
            self._window.session.set_selection(())

    def _filter_dates(self) -> None:
        """Ask for what is on screen."""
        session = self._window.session
        view = session.viewport
        session.set_filter(in_range(session.wanted, view.left_s, view.right_s - 1, session.table))

    def _change_rows(self, by: int) -> None:
        timeline = self._window.timeline
        timeline.max_lines_wanted.emit(timeline.options.max_lines + by)

    def _toggle_star(self) -> None:
        """Star what is selected, or take the stars away where all of it is starred."""
        session = self._window.session
        noted = {row: session.notes.of(row) for row in session.selection}
        starred = not all(note.starred for note in noted.values())
        session.set_notes({row: replace(note, starred=starred) for row, note in noted.items()})
        announce(self._window.timeline, f"{counted_events(len(noted))} {'starred' if starred else 'no longer starred'}")

    def _write_note(self, *, tags: bool = False) -> None:
        self._window.excerpt_pane.show()
        self._window.excerpt_pane.write_note(tags=tags)

    def _toggle_table(self) -> None:
        self._window.set_lower_tab(table=self.actions["show_table"].isChecked())

    def _toggle_pane(self, name: str) -> None:
        pane = self._window.actors_panel if name == "show_actors" else self._window.excerpt_pane
        pane.setVisible(self.actions[name].isChecked())

    def _toggle_knowledge(self) -> None:
        self._window.show_knowledge(shown=self.actions["as_known"].isChecked())

    def _toggle_full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _go_round(self, step: int) -> None:
        panes = self._window.panes()
        focus = self._window.focusWidget()
        here = next((n for n, pane in enumerate(panes) if focus is pane or pane.isAncestorOf(focus)), -step)
        panes[(here + step) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to_today(self) -> None:
        now_s = self._window.services.now_s()
        self._window.navigator.go_to(now_s, now_s)
