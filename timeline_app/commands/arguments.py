"""The words of the command line: every command with its options, as the contract has them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from timeline_app import __version__
from timeline_app.core.errors import UsageError

PROGRAM = "conflict-timeline"
WINDOW = "window"

# The names of the modules that carry the commands out, by what is typed.
COMMANDS = {
    "list": "list_events",
    "show": "show_event",
    "info": "info",
    "check": "check",
    "diff": "diff",
    "export": "export",
    "formats": "formats",
    "cache": "cache",
}
PICTURE_OPTIONS = {
    "size": "in pixels, 1600x900 when left out",
    "scale": "device pixels a pixel, 1 when left out",
    "theme": "light when left out",
    "view-from": "where the picture begins in time",
    "view-to": "where it ends",
    "select": "the event that is shown as selected",
    "lanes": "what a lane stands for; actor when left out, type where there are no actors and most have one",
    "window": "the whole window, panes and all",
}
PDF_OPTIONS = {
    "page": "the sheet of paper that is filled, on its side; then --scale 2 draws all twice as large",
    "portrait": "the sheet upright",
    "pages": "so many pages, each with an equal part of the time",
    "wide": "the pages side by side, as one wide page",
}
SHEETS = ("a5", "a4", "a3", "a2", "letter", "legal", "tabloid")
LANES = ("actor", "type", "source", "place", "none")

_MAIN_HELP = """\
commands (each has its own --help):
  list      the events that pass the filters, as a table, JSON or CSV
  show      one event with its sources, excerpts and claims
  info      counts of files, events, actors, types and problems
  check     every problem of a file, with line and column
  diff      what was added, changed and withdrawn between two files or dates
  export    write what passes the filters, as data, report or picture
  formats   every format that can be read or written
  cache     what is kept of large files to open them faster; empty it

examples:
  conflict-timeline
  conflict-timeline my-timeline.yaml --actor "North Korea" --from 2024-06
  conflict-timeline list --query 'type:deployment after:2024-06 "Kursk"'
  conflict-timeline export -o timeline.png --size 1600x900 --theme dark

A file that is called like a command is written ./list.
"""
_EXAMPLES = {
    "list": """\
examples:
  conflict-timeline list --actor Russia --actor "North Korea" --match all
  conflict-timeline list events.yaml --from 2024-06 --to 2024-10 --certain --format jsonl

exit status: 0 done, 1 nothing matched, 2 could not be done
""",
    "show": """\
example:
  conflict-timeline show full-scale-invasion
  conflict-timeline show my-event my-timeline.yaml --format json
""",
    "info": """\
Counts after "shown", and the first and last day, are of the events that pass the filters.

example:
  conflict-timeline info events.yaml --type battle --format json
""",
    "check": """\
Excerpts are looked up in the documents that their sources name.

exit status: 0 no errors or warnings (notes do not count), 1 some, 2 a file could not be read

example:
  conflict-timeline check my-timeline.yaml
""",
    "diff": """\
Events with one id are the same event; of others, those that say the same.

exit status: 0 the same, 1 something differs, 2 could not be done

examples:
  conflict-timeline diff release-23.csv release-24.csv
  conflict-timeline diff my-timeline.yaml --as-of 2024-10 --as-of 2024-11 --format json
""",
    "export": """\
examples:
  conflict-timeline export -o timeline.pdf --actor NATO --members --page a4 --pages 4
  conflict-timeline export my-timeline.yaml -o part.yaml --from 2024-06
  conflict-timeline export -o window.png --window --select mutual-assistance-pact

exit status: 0 done, 1 nothing matched and nothing was written, 2 could not be done
""",
    "formats": "",
    "cache": """\
examples:
  conflict-timeline cache
  conflict-timeline cache --clear
""",
}


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line, and which takes years before 1 for values."""

    def __init__(self, name: str, description: str, epilog: str) -> None:
        super().__init__(
            prog=f"{PROGRAM} {name}".strip(),
            description=description,
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        # argparse takes -0043 for a value, but -0043-03-15 for an option, unless told what negative numbers look like.
        self._negative_number_matcher = re.compile(r"-\d")

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} ({self.prog} --help explains)")


def parse_arguments(argv: Sequence[str]) -> tuple[str, argparse.Namespace]:
    """Return the name of the module that carries out the command, and its arguments; raises UsageError.

    Files alone, or nothing at all, give nothing but `files`: to make a parser takes longer than to make a window.
    """
    if not any(word.startswith("-") for word in argv) and (not argv or argv[0] not in COMMANDS):
        return WINDOW, _with_names(argparse.Namespace(files=list(argv)))
    name = argv[0] if argv and argv[0] in COMMANDS else ""
    words = list(argv[1:] if name else argv)
    end = words.index("--") if "--" in words else len(words)
    # Mixing files with options, argparse takes -x after "--" for an option, so what follows is hidden from it.
    hidden = {f"\0{number}": word for number, word in enumerate(words[end + 1 :])}
    arguments = _parser(name).parse_intermixed_args([*words[:end], *hidden])
    for key, value in vars(arguments).items():
        if key == "files":
            arguments.files = [hidden.get(word, word) for word in value]
        elif isinstance(value, str):
            setattr(arguments, key, hidden.get(value, value))
    return COMMANDS.get(name, WINDOW), _with_names(arguments)


def _with_names(arguments: argparse.Namespace) -> argparse.Namespace:
    """Return arguments all of whose files have a name; raises UsageError, since "" would be the present folder."""
    given = vars(arguments)
    if "" in given.get("files", ()) or "" in (given.get("before"), given.get("after")):
        raise UsageError("the name of a FILE is empty; expected a path")
    if given.get("output") == "":
        raise UsageError("-o/--output: the name of the file to write is empty; expected a path")
    return arguments


def _parser(name: str) -> argparse.ArgumentParser:
    builders = {
        "": _window_parser,
        "list": _list_parser,
        "show": _show_parser,
        "info": _info_parser,
        "check": _check_parser,
        "diff": _diff_parser,
        "export": _export_parser,
        "formats": _formats_parser,
        "cache": _cache_parser,
    }
    return builders[name]()


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser("", "A desktop viewer for conflict timelines.", _MAIN_HELP)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    _add_files(parser)
    _add_filters(parser)
    parser.add_argument("--resume", action="store_true", help="open the files, view and filter of the last session")
    return parser


def _list_parser() -> argparse.ArgumentParser:
    parser = _Parser("list", "List the events that pass the filters, in time order.", _EXAMPLES["list"])
    _add_files(parser)
    _add_filters(parser)
    _add_with_notes(parser)
    _add_format(parser, "table", "jsonl", "json", "csv")
    return parser


def _show_parser() -> argparse.ArgumentParser:
    parser = _Parser("show", "Show one event: excerpts, sources, claims, actors.", _EXAMPLES["show"])
    parser.add_argument("event_id", metavar="EVENT_ID", help="the id of the event, as `list` shows it")
    _add_files(parser)
    parser.add_argument("--as-of", metavar="EDTF", help="only what could be known of it by the end of this date")
    _add_format(parser, "text", "json")
    return parser


def _info_parser() -> argparse.ArgumentParser:
    parser = _Parser("info", "Count what was read and what passes the filters.", _EXAMPLES["info"])
    _add_files(parser)
    _add_filters(parser)
    _add_format(parser, "text", "json")
    return parser


def _check_parser() -> argparse.ArgumentParser:
    parser = _Parser("check", "Name every problem with its file, line and column.", _EXAMPLES["check"])
    _add_files(parser, at_least_one=True)
    parser.add_argument(
        "--dateline",
        metavar="KEY=DATE",
        action="append",
        default=[],
        help="tell what would move if this source had appeared then; nothing is changed (repeatable)",
    )
    _add_format(parser, "text", "json")
    return parser


def _diff_parser() -> argparse.ArgumentParser:
    parser = _Parser("diff", "Tell what was added, changed and withdrawn, field by field.", _EXAMPLES["diff"])
    parser.add_argument("before", metavar="FILE", help="a timeline, the earlier one of two")
    parser.add_argument("after", metavar="LATER_FILE", nargs="?", help="the later one; else --as-of twice")
    _add_reading(parser)
    parser.add_argument(
        "--as-of",
        metavar="EDTF",
        action="append",
        default=[],
        help="of one FILE twice: what could be known by the end of each date; of two once, for both",
    )
    _add_format(parser, "text", "json")
    return parser


def _export_parser() -> argparse.ArgumentParser:
    parser = _Parser("export", "Write the events that pass the filters to a file.", _EXAMPLES["export"])
    _add_files(parser)
    parser.add_argument("-o", "--output", metavar="OUT", required=True, help="the file to write; its ending tells how")
    parser.add_argument("--as", dest="as_format", metavar="NAME", help="the format, whatever the ending")
    parser.add_argument("--force", action="store_true", help="replace OUT if it exists")
    parser.add_argument("--no-guard", action="store_true", help="csv: leave cells that look like formulas unmarked")
    _add_with_notes(parser)
    parser.add_argument("--story", metavar="TITLE", help="markdown, html, pdf: tell a story, with its own filters")
    _add_filters(parser)
    picture = parser.add_argument_group("pictures (png, svg, pdf)")
    picture.add_argument("--size", metavar="WxH", help=PICTURE_OPTIONS["size"])
    picture.add_argument("--scale", metavar="N", help=PICTURE_OPTIONS["scale"])
    picture.add_argument("--theme", choices=("light", "dark"), help=PICTURE_OPTIONS["theme"])
    picture.add_argument("--view-from", metavar="EDTF", help=PICTURE_OPTIONS["view-from"])
    picture.add_argument("--view-to", metavar="EDTF", help=PICTURE_OPTIONS["view-to"])
    picture.add_argument("--select", metavar="EVENT_ID", help=PICTURE_OPTIONS["select"])
    picture.add_argument("--lanes", choices=LANES, help=PICTURE_OPTIONS["lanes"])
    picture.add_argument("--window", action="store_true", help=PICTURE_OPTIONS["window"])
    paper = parser.add_argument_group("pages (pdf)")
    paper.add_argument("--page", choices=SHEETS, help=PDF_OPTIONS["page"])
    paper.add_argument("--portrait", action="store_true", help=PDF_OPTIONS["portrait"])
    paper.add_argument("--pages", metavar="N", type=int, help=PDF_OPTIONS["pages"])
    paper.add_argument("--wide", action="store_true", help=PDF_OPTIONS["wide"])
    return parser


def _formats_parser() -> argparse.ArgumentParser:
    parser = _Parser("formats", "List every format that can be read or written.", _EXAMPLES["formats"])
    _add_format(parser, "text", "json")
    return parser


def _cache_parser() -> argparse.ArgumentParser:
    parser = _Parser("cache", "Tell what is kept of large files, so that they open faster.", _EXAMPLES["cache"])
    parser.add_argument("--clear", action="store_true", help="remove all of it; no timeline is touched")
    _add_format(parser, "text", "json")
    return parser


def _add_with_notes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--with-notes", action="store_true", help="tell your own stars, notes and tags too")


def _add_format(parser: argparse.ArgumentParser, *names: str) -> None:
    parser.add_argument("--format", choices=names, default=names[0], help=f"{names[0]} when left out")


def _add_files(parser: argparse.ArgumentParser, *, at_least_one: bool = False) -> None:
    what = "timelines, merged when several" + ("" if at_least_one else "; the one that comes with the program if none")
    parser.add_argument("files", metavar="FILE", nargs="+" if at_least_one else "*", help=what)
    _add_reading(parser)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("reading")
    group.add_argument("--reader", metavar="NAME", help="read every FILE in this format (see `formats`)")
    group.add_argument(
        "--map", metavar="FIELD=COLUMN", action="append", default=[], help="take a field from a column (repeatable)"
    )
    group.add_argument(
        "--keep-apart", action="store_true", help="show what several FILEs, or rows of one, tell of once for each"
    )


def _add_filters(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("filters (all must hold; values of a repeated one are alternatives)")

    def repeatable(name: str, metavar: str, what: str) -> None:
        group.add_argument(name, metavar=metavar, action="append", default=[], help=what)

    repeatable("--actor", "NAME", "takes part, itself or a part of it")
    group.add_argument("--match", choices=("any", "all"), help="any or all of the actors; any when left out")
    group.add_argument("--members", action="store_true", help="an organisation stands for its members too")
    repeatable("--not-actor", "NAME", "does not take part")
    repeatable("--role", "ROLE", "a role of the actors asked for, or of any")
    repeatable("--pair", "WHO>WHOM", "does something to somebody, by roles such as attacker and target")
    repeatable("--type", "T", "such as deployment or summit")
    repeatable("--tag", "T", "has this tag")
    repeatable("--source", "KEY", "excerpts or claims come from this source")
    repeatable("--place", "TEXT", "the place's name contains this")
    group.add_argument("--from", dest="since", metavar="EDTF", help="2024, 2024-06, 2024-06-19, -0043 (44 BC)")
    group.add_argument("--to", dest="until", metavar="EDTF", help="up to the end of this date")
    group.add_argument("--as-of", metavar="EDTF", help="only what could be known by the end of this date")
    group.add_argument(
        "--certain", action="store_true", help="only what surely lies within --from and --to, and was surely known"
    )
    group.add_argument("--disputed", action="store_true", help="only events about which claims compete")
    group.add_argument("--starred", action="store_true", help="only events that you gave a star")
    repeatable("--note", "TEXT", "your own note on it contains this; “*” for any note")
    repeatable("--my-tag", "T", "has this tag of your own")
    repeatable("--find", "TEXT", "these words stand in it; of several, all")
    group.add_argument("--min-importance", metavar="N", type=int, choices=range(1, 6), help="1 to 5")
    group.add_argument("--query", metavar="TEXT", help="filters in the language of the search box")
