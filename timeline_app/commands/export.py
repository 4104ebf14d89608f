"""The command `export`: what passes the filters, as data or as a picture."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from timeline_app.commands.arguments import PDF_OPTIONS, PICTURE_OPTIONS
from timeline_app.commands.inputs import open_table, passing, report_unknown_names, wanted_filter
from timeline_app.commands.output import report
from timeline_app.commands.own_notes import with_own_notes
from timeline_app.commands.pictures import PICTURE_FORMATS, picture_kind, picture_wishes, write_picture_file
from timeline_app.core.errors import UsageError
from timeline_app.writers import choose_writer, export, writers
from timeline_app.writers.options import WriteOptions

NOTHING_MATCHED = 1


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 1 when nothing passes, and then nothing is written."""
    path = Path(arguments.output)
    kind = picture_kind(path, arguments.as_format)
    _check_options(arguments, path, kind)
    wanted = wanted_filter(arguments)
    wishes = picture_wishes(arguments) if kind else None
    table = open_table(arguments)
    if wanted.asks_for_notes or arguments.with_notes:
        table = with_own_notes(table)
    report_unknown_names(wanted, table)
    if not passing(table, wanted).shown:
        report(f"nothing matched; {path} was not written")
        return NOTHING_MATCHED
    if wishes is not None and kind is not None:
        write_picture_file(table, wanted, path, kind, wishes, force=arguments.force)
    else:
        options = WriteOptions(guard_formulas=not arguments.no_guard, with_notes=arguments.with_notes)
        exported = export(table, wanted, path, name=arguments.as_format, force=arguments.force, options=options)
        if exported.notice:
            report(exported.notice)
    return 0


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
    for name in ("no-guard", "with-notes"):
        is_asked_for = getattr(arguments, name.replace("-", "_"))
        if is_asked_for and (writer is None or not writer.takes(name)):
            takers = [one.name for one in writers() if one.takes(name)]
            raise UsageError(f"--{name} is for {', '.join(takers)}")


def _refuse(arguments: argparse.Namespace, names: Iterable[str], takers: str) -> None:
    """Refuse options that only other formats have a use for."""
    for name in names:
        if getattr(arguments, name.replace("-", "_")) not in {None, False}:
            raise UsageError(f"--{name} is for {takers}")
