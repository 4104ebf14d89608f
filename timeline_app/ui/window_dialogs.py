"""The dialogs of a window, each imported and made when it is first asked for: the first picture needs none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

from timeline_app import __version__
from timeline_app.core.asked_actors import named_actors
from timeline_app.core.errors import ReadError, TimelineError
from timeline_app.core.opened import ReadAs
from timeline_app.core.story import Story
from timeline_app.readers import readers
from timeline_app.ui.change_dialogs import ChangeDialogs
from timeline_app.ui.document_dialogs import DocumentDialogs
from timeline_app.ui.file_questions import ask_for_files, ask_for_new_file, ask_for_story_file
from timeline_app.ui.main_window import MainWindow
from timeline_app.ui.note_keeper import NoteKeeper
from timeline_app.ui.panels.actor_chips import ActorChip
from timeline_app.ui.remembering import WindowMemory

if TYPE_CHECKING:
    from timeline_app.core.when import When
    from timeline_app.ui.export_subject import ExportSubject
    from timeline_app.ui.export_wish import ExportWish

PLAIN_TO_SEE_PX = 48
FINEST_S = 3_600  # a pixel; below that the line tells the time of day, and the axis the day


class WindowDialogs:
    """Shows dialogs over one window and carries out what is decided in them."""

    def __init__(self, window: MainWindow, memory: WindowMemory, notes: NoteKeeper) -> None:
        self._window = window
        self._memory = memory
        self._notes = notes
        self._actions: Mapping[str, QAction] = {}
        self.documents = DocumentDialogs(window, self._show, self._tell)
        self.changes = ChangeDialogs(window, partial(ask_for_files, window), ask_for_new_file, self._show, self._tell)

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Give the palette the actions it lists."""
        self._actions = actions

    def show_problems(self) -> None:
        """List what could not be read, with file and line."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.problems_dialog import ProblemsDialog

        self._show(ProblemsDialog(self._window.session, self._window.look, self._window))

    def show_meetings(self) -> None:
        """Show who meets whom, beside the timeline that follows."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.meetings_dialog import MeetingsDialog

        self._show(MeetingsDialog(self._window.session, self._window.look, self._window))

    def show_actor_card(self, name: str = "") -> None:
        """Show what is known of an actor: of the one that has the keyboard, if none is named."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.actor_card_dialog import ActorCardDialog

        asked = name or self._actor_meant()
        if not asked:
            self._tell("No actor is chosen", ["Select an event with actors, or one of the actors on the left."])
            return
        self._show(ActorCardDialog(asked, self._window.session, self._window.look, self._window))

    def _actor_meant(self) -> str:
        """Return the actor that has the keyboard, else the first of the selected event, else one that is asked for."""
        window, session = self._window, self._window.session
        focus = window.focusWidget()
        if isinstance(focus, ActorChip):
            return focus.actor_name
        if focus is window.actors_panel.tree and window.actors_panel.tree.currentIndex().isValid():
            return window.actors_panel.model.name_at(window.actors_panel.tree.currentIndex())
        of_event = session.table.actor_names(session.current) if session.current is not None else ()
        asked = sorted(name for one in session.wanted.actors for name in named_actors(one, session.table))
        return next(iter((*of_event, *asked)), "")

    def show_lost_notes(self) -> None:
        """List the notes whose events are not in the open files any more."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.lost_notes_dialog import LostNotesDialog

        if self._notes.lost:
            self._show(LostNotesDialog(self._notes, self._window.session, self._window.look, self._window))
        else:
            self._tell("Every note has its event", ["None of your notes on these files is without one."])

    def show_unread(self, errors: Sequence[ReadError], others_are_open: bool) -> None:  # noqa: FBT001 — a slot
        """Say why files could not be opened."""
        some = "Not all files were opened; the window shows the others"
        nothing = "Nothing was opened; the window shows what it did before"
        self._tell(some if others_are_open else nothing, [str(error) for error in errors])

    def show_not_remembered(self, notice: str, *, is_kept: bool, is_only_read: bool) -> None:
        """Say that what was remembered cannot be read, or not be changed, and what comes of that for what is new."""
        if is_only_read:
            self._tell("Your notes, stories, views and settings are there, and new ones are not kept", [notice])
            return
        anew = "Notes, stories, views and settings begin anew"
        lost = "Notes, stories, views and settings are kept only until the window is closed"
        self._tell(anew if is_kept else lost, [notice])

    def show_open_as(self) -> None:
        """Show which reader each file was read by, and let the user name another one."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.open_as_dialog import FileAndReader, OpenAsDialog

        files = [FileAndReader(Path(file.path), file.reader) for file in self._window.session.table.files]
        files += [FileAndReader(path) for path in self._window.files.unread]
        if not files:
            self._tell("There is no file to open in another way", ["Open one first."])
            return
        dialog = OpenAsDialog(files, self._window.look, self._window)
        dialog.chosen.connect(self._open_as)
        self._show(dialog)

    def choose_table(self, take: Callable[[Path], None]) -> None:
        """Let the user choose one of the open tables, where there are several."""
        tables = {reader.name for reader in readers() if reader.table is not None}
        paths = [Path(file.path) for file in self._window.session.table.files if file.reader in tables]
        if len(paths) == 1:
            take(paths[0])
            return
        if not paths:
            self._tell("No table is open", ["Timelines in other formats have fields of fixed names."])
            return
        # Made when first asked for.
        from timeline_app.ui.dialogs.choose_file_dialog import ChooseFileDialog

        dialog = ChooseFileDialog("Columns", paths, self._window.look, self._window)
        dialog.chosen.connect(take)
        self._show(dialog)

    def show_export(self) -> None:
        """Ask what to export, and write it."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.export_dialog import ExportDialog
        from timeline_app.ui.window_export import export_subject, window_image  # Needs what only the dialog does.

        paths, reports = self._window.files.paths, self._window.session.table.files
        # What comes with the program lies in no folder of the user's.
        source = paths[0] if paths else Path.home() / Path(reports[0].path if reports else "timeline").name
        suggestion = source.with_suffix(".png")
        subject = export_subject(self._window)
        dialog = ExportDialog(
            self._window.look, suggestion, subject, partial(window_image, self._window), parent=self._window
        )
        dialog.wanted.connect(partial(self._export, subject))
        self._show(dialog)

    def export_story(self, story: Story) -> None:
        """Ask for a file, and write a story to it."""
        # Only when a story is exported.
        from timeline_app.ui.story_export import write_story

        window, paths = self._window, self._window.files.paths
        path = ask_for_story_file(window, (paths[0].parent if paths else Path.home()) / "story.md")
        if path is None:
            return
        table, words = window.session.noted_table, window.services.words
        window.writer.write(
            path.name,
            lambda watch: write_story(table, story, path, words, force=True, watch=watch),
            lambda _: window.show_message(f"Exported to {path}"),
            self._tell_not_exported,
        )

    def show_settings(self) -> None:
        """Show everything that can be set."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.settings_dialog import SettingsDialog

        window, services = self._window, self._window.services
        dialog = SettingsDialog(window.settings, window.look, window, cache=services.cache, mappings=services.mappings)
        self._show(dialog)

    def show_go_to_date(self) -> None:
        """Ask for a date and go there."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.go_to_date import GoToDateDialog

        dialog = GoToDateDialog(self._window.look, self._window)
        dialog.chosen.connect(self._go_to_date)
        self._show(dialog)

    def show_save_view(self) -> None:
        """Ask for a name, and keep the view under it."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.save_view_dialog import SaveViewDialog

        dialog = SaveViewDialog(self._memory.view_names(), self._window.look, self._window)
        dialog.named.connect(self._memory.save_named_view)
        self._show(dialog)

    def show_palette(self) -> None:
        """Find any action, or a recent file, by name."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.command_palette import CommandPalette, action_entries, recent_entries

        entries = action_entries(self._actions)
        entries += recent_entries(self._memory.opened_before(), lambda path: self._window.files.open_files([path]))
        self._show(CommandPalette(entries, self._window.look, self._window))

    def show_keys(self) -> None:
        """Show every key and gesture."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.keys_dialog import KeysDialog

        self._show(KeysDialog(self._window.look, self._window))

    def show_help(self) -> None:
        """Show a short guide."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.help_dialog import HelpDialog

        self._show(HelpDialog(self._window.look, self.show_keys, self._window))

    def show_about(self) -> None:
        """Show the version and the licence."""
        # Made when first asked for.
        from timeline_app.ui.dialogs.about_dialog import AboutDialog

        self._show(AboutDialog(__version__, self._window.look, self._window))

    def _go_to_date(self, when: When) -> None:
        """Go to a date, with the line of the pointer on it until the pointer moves, unless it is plain to see."""
        window = self._window
        window.navigator.go_to_date(when)
        view = window.session.viewport
        length_px = (when.end_latest_s - when.start_earliest_s) / view.seconds_per_px
        if length_px < PLAIN_TO_SEE_PX and view.seconds_per_px > FINEST_S:
            # The line tells the date in the middle of its pixel.
            window.timeline.set_pointer(view.width_px / 2 - 0.5)

    def _show(self, dialog: QDialog) -> None:
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _tell(self, heading: str, sentences: Sequence[str]) -> None:
        # Made when first asked for.
        from timeline_app.ui.dialogs.notice_dialog import NoticeDialog

        self._show(NoticeDialog(heading, sentences, self._window.look, self._window))

    def _export(self, subject: ExportSubject, wish: ExportWish) -> None:
        # Imported with the dialog that leads here.
        from timeline_app.ui.window_export import export_work, is_quick

        try:
            work = export_work(self._window, wish, subject)
        except TimelineError as error:
            self._tell_not_exported(error)
            return
        self._window.writer.write(
            wish.path.name,
            work,
            lambda notice: self._window.show_message(f"Exported to {wish.path}" + (f"; {notice}" if notice else "")),
            self._tell_not_exported,
            in_background=not is_quick(wish, subject),
        )

    def _tell_not_exported(self, error: TimelineError) -> None:
        self._tell("Nothing was exported", [str(error)])

    def _open_as(self, path: Path, reader: str) -> None:
        """Open a file with a reader: again with those beside it, or alone when it is not open."""
        files = self._window.files
        if path in files.unread:
            files.open_files([path], {path: ReadAs(reader)})
        else:
            files.add_files([path], {path: ReadAs(reader)})
