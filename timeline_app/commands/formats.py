"""The command `formats`: every format that can be read or written."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence

from timeline_app.commands.arguments import PDF_OPTIONS, PICTURE_OPTIONS
from timeline_app.commands.output import terminal_columns, write_data, write_lines
from timeline_app.commands.pictures import PICTURE_FORMATS
from timeline_app.commands.text_table import aligned
from timeline_app.readers import ReaderOption, readers
from timeline_app.writers import WriterOption, writers
from timeline_app.writers.records import Record, json_text


def run(arguments: argparse.Namespace) -> int:
    """List the readers and the writers."""
    record = formats_record()
    if arguments.format == "json":
        write_data([json_text(record, indent=2), "\n"])
    else:
        write_lines(_lines(record))
    return 0


def formats_record() -> Record:
    """Return every reader and writer: name, endings, what it is, options."""
    pictures = [
        _format(kind, (f".{kind}",), description, PICTURE_OPTIONS | (PDF_OPTIONS if kind == "pdf" else {}))
        for kind, description in PICTURE_FORMATS.items()
    ]
    return {
        "readers": [_format(one.name, one.endings, one.description, _told(one.options)) for one in readers()],
        "writers": [_format(one.name, one.endings, one.description, _told(one.options)) for one in writers()]
        + pictures,
    }


def _told(options: Sequence[ReaderOption | WriterOption]) -> dict[str, str]:
    return {option.name: option.description for option in options}


def _format(name: str, endings: Sequence[str], description: str, options: Mapping[str, str]) -> Record:
    told = [{"name": option, "description": meaning} for option, meaning in options.items()]
    return {"name": name, "endings": list(endings), "description": description, "options": told}


def _lines(record: Record) -> Iterator[str]:
    for head in ("readers", "writers"):
        rows = [(one["name"], " ".join(one["endings"]), one["description"]) for one in record[head]]
        yield from aligned((head.upper(), "ENDINGS", ""), rows, columns=terminal_columns(), shrinking=(2,))
        yield ""
    rows = [(f"--{name}", " ".join(takers), meaning) for (name, meaning), takers in _takers_of_options(record).items()]
    yield from aligned(("OPTIONS", "FORMATS", ""), rows, columns=terminal_columns(), shrinking=(2,))


def _takers_of_options(record: Record) -> dict[tuple[str, str], list[str]]:
    """Return for each option and its meaning the names of the formats that take it."""
    takers: dict[tuple[str, str], list[str]] = {}
    for one in (*record["readers"], *record["writers"]):
        for option in one["options"]:
            takers.setdefault((option["name"], option["description"]), []).append(one["name"])
    return takers
