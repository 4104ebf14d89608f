"""The process that ingests a large file, or indexes the words of one: a job on standard input, answers on output.

Everything is one JSON object a line: {"rows", "bytes", "total"} while it goes on, and at last {"folder"} of the entry
in the cache, {"read_error", "file", "line", "column"}, or {"store_error"}. The process ends with its standard input, so
that it does not outlive the program that started it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from timeline_app.core.errors import ReadError, StoreError, TimelineError
from timeline_app.ingest_job import IngestJob, decoder_of, keep_file
from timeline_app.loading import load_gazetteer_from_resources
from timeline_app.store.cache import FileCache
from timeline_app.store.fulltext import build_word_index
from timeline_app.store.kept import FolderKept
from timeline_app.store.table import open_table

_SECONDS_BETWEEN_REPORTS = 0.1
_LESS_URGENT = 10


def main() -> int:
    """Carry out the job that stands on standard input, and return the exit status."""
    told = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_standard_input, daemon=True).start()
    answers = _own_standard_output()
    try:
        answer: Mapping[str, object] = {"folder": str(_carried_out(told, _Reporter(answers)))}
    except TimelineError as error:
        answer = _told(error)
    _say(answers, answer)
    return 0


def _carried_out(told: dict[str, Any], reporter: _Reporter) -> Path:
    """Ingest the file, or index the words of the folder, that the job names; return the folder of the entry."""
    if "words" not in told:
        cache = FileCache(Path(told["cache"]), told["limit"])
        return keep_file(IngestJob(**told["job"]), cache, reporter, token=told["token"]).folder
    if hasattr(os, "nice"):
        os.nice(_LESS_URGENT)
    folder = Path(told["words"])
    table = open_table(FolderKept(folder), decoder_of, load_gazetteer_from_resources())
    build_word_index(table.records, folder, lambda done, total: reporter(done, 0, total))
    return folder


class _Reporter:
    """Tells the progress, not too often."""

    def __init__(self, answers: TextIO) -> None:
        self._answers = answers
        self._next_s = 0.0

    def __call__(self, rows: int, bytes_done: int, total: int) -> bool:
        now_s = time.monotonic()
        if now_s >= self._next_s:
            self._next_s = now_s + _SECONDS_BETWEEN_REPORTS
            _say(self._answers, {"rows": rows, "bytes": bytes_done, "total": total})
        return True


def _told(error: TimelineError) -> Mapping[str, object]:
    if isinstance(error, ReadError):
        place = error.place
        return {"read_error": error.args[0], "file": place.file, "line": place.line, "column": place.column}
    if isinstance(error, StoreError):
        return {"store_error": str(error)}
    return {"read_error": str(error), "file": "", "line": 0, "column": 0}


def _say(answers: TextIO, answer: Mapping[str, object]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _own_standard_output() -> TextIO:
    """Return standard output for answers alone; what libraries print goes to standard error."""
    own = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return own


def _end_with_standard_input() -> None:
    # Not through sys.stdin, whose lock the interpreter wants when it ends.
    while os.read(sys.stdin.fileno(), 1):
        continue
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
