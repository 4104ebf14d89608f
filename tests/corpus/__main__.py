"""Print what comes of opening every file of a folder: python -m tests.corpus DIR [--json FILE] [--docs]."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.say import say
from tests.bench.tables import as_markdown, as_text
from tests.corpus.opening import OpenedFile, files_below, open_files
from tests.corpus.tables import (
    HEADS,
    REASON_HEADS,
    REFUSAL_HEADS,
    file_rows,
    reason_rows,
    record_of,
    refusal_rows,
)
from tests.helpers.markdown import stretch

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats.md"
REJECTED = 1
NOT_DONE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the files; return 1 when a record was rejected, 2 when there is no such folder or no file in it.

    A file that no reader knows is listed with the reason, and is no failure.
    """
    asked = _parser().parse_args(arguments)
    paths = files_below(asked.folder)
    if not paths:
        sys.stderr.write(f"{asked.folder} is no folder with files in it\n")
        return NOT_DONE
    files = list(open_files(paths, asked.folder))
    for line in _lines(files):
        say(line)
    if asked.json:
        asked.json.write_text(json.dumps(record_of(files), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if asked.docs:
        PAGE.write_text(page_with(PAGE.read_text(encoding="utf-8"), files), encoding="utf-8")
    return REJECTED if any(file.rejected for file in files) else 0


def _lines(files: Sequence[OpenedFile]) -> list[str]:
    lines = as_text([HEADS, *file_rows(files)])
    for heads, rows in ((REASON_HEADS, reason_rows(files)), (REFUSAL_HEADS, refusal_rows(files))):
        lines += ["", *as_text([heads, *rows])] if rows else []
    opened = [file for file in files if not file.refusal]
    counts = [f"{sum(getattr(file, key) for file in opened):,} {key}" for key in ("read", "loaded", "rejected")]
    return [*lines, "", f"{len(opened):,} of {len(files):,} files opened: {', '.join(counts)}"]


def page_with(text: str, files: Sequence[OpenedFile]) -> str:
    """Return a page with its tables written anew; files that no reader knows are left out of them."""
    for name, heads, rows in (
        ("corpus", HEADS, file_rows(files)),
        ("corpus-reasons", REASON_HEADS, reason_rows(files)),
    ):
        written = "\n".join(as_markdown([heads, *rows])) if rows else "None."
        text = stretch(name).sub(written.replace("\\", "\\\\"), text)
    return text


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="script/corpus", description="Open every file below a folder.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder; nothing in it is changed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write it as JSON")
    parser.add_argument("--docs", action="store_true", help="also write the tables into docs/formats.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
