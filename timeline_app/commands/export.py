"""The command `export`: what passes the filters, as data or as a picture."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from timeline_app.commands.arguments import PDF_OPTIONS, PICTURE_OPTIONS
from timeline_app.commands.inputs import open_table, passing, report_unknown_names, wanted_filter, with_members_words
from timeline_app.commands.output import report
from timeline_app.commands.own_notes import with_own_notes
from timeline_app.commands.pictures import PICTURE_FORMATS, picture_kind, picture_wishes, write_picture_file
from timeline_app.commands.qt_runtime import require_qt
from timeline_app.commands.story import story_by_title
from timeline_app.core.errors import UsageError
from timeline_app.core.filter import Filter
from timeline_app.core.table import EventTable
from timeline_app.query.story import told_story
from timeline_app.writers import Writer, choose_writer, export, write_file, writers
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.registry import STORY

NOTHING_MATCHED = 1


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 1 when nothing passes, and then nothing is written."""
    path = Path(arguments.output)
    kind = picture_kind(path, arguments.as_format)
    _check_options(arguments, path, kind)
    wanted = wanted_filter(arguments)
    wishes = picture_wishes(arguments) if kind else None
    if arguments.story is not None and not wanted.is_empty:
        raise UsageError("--story brings its own filters, so no other filter can be asked for")
    table = open_table(arguments)
    if wanted.asks_for_notes or arguments.with_notes:
        table = with_own_notes(table)
    if arguments.story is not None:
        _write_story(arguments, table, path, kind)
        return 0
    report_unknown_names(wanted, table)
    if not passing(table, wanted).shown:
        report(f"nothing matched; {path} was not written{with_members_words(wanted, table)}")
        return NOTHING_MATCHED
    if wishes is not None and kind is not None:
        write_picture_file(table, wanted, path, kind, wishes, force=arguments.force)
    else:
        options = WriteOptions(guard_formulas=not arguments.no_guard, with_notes=arguments.with_notes)
        exported = export(table, wanted, path, name=arguments.as_format, force=arguments.force, options=options)
        if exported.notice:
            report(exported.notice)
    return 0


def _write_story(arguments: argparse.Namespace, table: EventTable, path: Path, kind: str | None) -> None:
    story = told_story(story_by_title(arguments.story, table))
    if any(told.wanted.asks_for_notes for told in story.steps) and not arguments.with_notes:
        table = with_own_notes(table)
    if kind is None:
        options = WriteOptions(with_notes=arguments.with_notes, story=story)
        export(table, Filter(), path, name=arguments.as_format, force=arguments.force, options=options)
        return
    require_qt("a picture needs")
    # Qt is loaded only for pictures, so that all other exports work without it.
    from timeline_app.pictures import story_bytes

    pages = story_bytes(table, story, theme=arguments.theme or "light")
    write_file(path, [pages], force=arguments.force, inputs=[Path(file.path) for file in table.files])


def _check_options(arguments: argparse.Namespace, path: Path, kind: str | None) -> None:
    """Refuse a format that nobody knows, and options that the format has no use for."""
    writer = choose_writer(path, arguments.as_format)
    if kind is None and writer is None:
        known = ", ".join([*PICTURE_FORMATS, *(one.name for one in writers())])
        asked = f"“{arguments.as_format}”" if arguments.as_format else f"the ending of {path}"
        raise UsageError(f"no format is known for {asked}; choose one of {known} with --as")
    if kind is None:
        _refuse(arguments, PICTURE_OPTIONS, f"pictures: {', '.join(PICTURE_FORMATS)}")
    if kind != "pdf":
        _refuse(arguments, PDF_OPTIONS, "pdf")
    if arguments.story is not None:
        _check_story_options(arguments, writer, kind)
    for name in ("no-guard", "with-notes"):
        is_asked_for = getattr(arguments, name.replace("-", "_"))
        if is_asked_for and (writer is None or not writer.takes(name)):
            takers = [one.name for one in writers() if one.takes(name)]
            raise UsageError(f"--{name} is for {', '.join(takers)}")


def _check_story_options(arguments: argparse.Namespace, writer: Writer | None, kind: str | None) -> None:
    """Refuse what a story cannot be told in, and what it brings itself."""
    if kind != "pdf" and (writer is None or not writer.takes(STORY)):
        raise UsageError(f"--story is for {', '.join(one.name for one in writers() if one.takes(STORY))}, pdf")
    for name in (*PICTURE_OPTIONS, *PDF_OPTIONS):
        if name != "theme" and getattr(arguments, name.replace("-", "_")) not in {None, False}:
            raise UsageError(f"--{name} is not for --story, whose steps bring their own views")


def _refuse(arguments: argparse.Namespace, names: Iterable[str], takers: str) -> None:
    """Refuse options that only other formats have a use for."""
    for name in names:
        if getattr(arguments, name.replace("-", "_")) not in {None, False}:
            raise UsageError(f"--{name} is for {takers}")
