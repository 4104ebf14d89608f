"""The process that works on a large file for the program: a job on standard input, answers on standard output.

Everything is one JSON object a line: {"rows", "bytes", "total"} while it goes on, and at last {"folder"} of the entry
in the cache, {"read_error", "file", "line", "column"}, or {"store_error"}. The process that keeps the rest of records
says {"ready"} and then {"kept"} instead; until its input ends it gives those that it is asked for: {"number"} becomes
{"number", "rest"}, or an error. The process ends with its standard input, so that it does not outlive the program that
started it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from timeline_app.core.errors import ReadError, StoreError, TimelineError
from timeline_app.ingest_job import IngestJob, decoder_of, keep_file
from timeline_app.loading import load_gazetteer_from_resources
from timeline_app.rest_job import RestJob
from timeline_app.store.cache import FileCache
from timeline_app.store.fulltext import build_word_index
from timeline_app.store.kept import FolderKept
from timeline_app.store.table import open_table

_SECONDS_BETWEEN_REPORTS = 0.1
_LESS_URGENT = 10
_INPUT_BYTES = 1 << 16


def main() -> int:
    """Carry out the job that stands on standard input, and return the exit status."""
    sys.excepthook, threading.excepthook = _end_with_failure, _end_with_failure_of_thread
    lines = _lines_of_standard_input()
    told = json.loads(next(lines, "{}"))
    answers = _Answers()
    if "rest" in told:
        return _keep_rests(told, lines, answers)
    threading.Thread(target=_end_with_standard_input, args=(lines,), daemon=True).start()
    try:
        answers.say({"folder": str(_carried_out(told, _Reporter(answers)))})
    except TimelineError as error:
        answers.say(_told(error))
    return 0


def _carried_out(told: dict[str, Any], reporter: _Reporter) -> Path:
    """Ingest the file, or index the words of the folder, that the job names; return the folder of the entry."""
    if "words" not in told:
        cache = FileCache(Path(told["cache"]), told["limit"])
        return keep_file(IngestJob(**told["job"]), cache, reporter, token=told["token"]).folder
    _let_others_go_first()
    folder = Path(told["words"])
    table = open_table(FolderKept(folder), decoder_of, load_gazetteer_from_resources())
    build_word_index(table.records, folder, lambda done, total: reporter(done, 0, total))
    return folder


def _keep_rests(told: dict[str, Any], lines: Iterator[str], answers: _Answers) -> int:
    """Keep the rest of the records of an entry, and give single ones until nobody asks any more."""
    folder = Path(told["rest"])
    try:
        job = RestJob(folder, told["name"])
    except TimelineError as error:
        answers.say(_told(error))
        return 0
    asking = threading.Thread(target=_answer, args=(lines, job, answers), daemon=True)
    asking.start()
    answers.say({"ready": True})
    _let_others_go_first()
    try:
        job.keep()
        FileCache(folder.parent, told["limit"]).keep_limit(folder)
        answers.say({"kept": True})
    except TimelineError as error:
        answers.say(_told(error))
    asking.join()
    return 0


def _answer(lines: Iterator[str], job: RestJob, answers: _Answers) -> None:
    """Give the rests that are asked for."""
    for line in lines:
        number = json.loads(line)["number"]
        try:
            answers.say({"number": number, "rest": job.of(number).decode()})
        except TimelineError as error:
            answers.say({"number": number, **_told(error)})
    os._exit(0)


class _Reporter:
    """Tells the progress, not too often."""

    def __init__(self, answers: _Answers) -> None:
        self._answers = answers
        self._next_s = 0.0

    def __call__(self, rows: int, bytes_done: int, total: int) -> bool:
        now_s = time.monotonic()
        if now_s >= self._next_s:
            self._next_s = now_s + _SECONDS_BETWEEN_REPORTS
            self._answers.say({"rows": rows, "bytes": bytes_done, "total": total})
        return True


def _told(error: TimelineError) -> Mapping[str, object]:
    if isinstance(error, ReadError):
        place = error.place
        return {"read_error": error.args[0], "file": place.file, "line": place.line, "column": place.column}
    if isinstance(error, StoreError):
        return {"store_error": str(error)}
    return {"read_error": str(error), "file": "", "line": 0, "column": 0}


class _Answers:
    """Standard output for answers alone, from any thread; what libraries print goes to standard error."""

    def __init__(self) -> None:
        self._output = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
        self._lock = threading.Lock()
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def say(self, answer: Mapping[str, object]) -> None:
        """Write one answer."""
        with self._lock:
            self._output.write(json.dumps(answer) + "\n")
            self._output.flush()


def _lines_of_standard_input() -> Iterator[str]:
    # Not through sys.stdin, whose lock the interpreter wants when it ends.
    begun = b""
    while part := os.read(sys.stdin.fileno(), _INPUT_BYTES):
        *lines, begun = (begun + part).split(b"\n")
        yield from (line.decode() for line in lines)


def _end_with_standard_input(lines: Iterator[str]) -> None:
    for _ in lines:
        continue
    os._exit(1)


def _end_with_failure(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell of a failure that nobody foresaw, as the last words of the process, and end it with all its threads."""
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def _end_with_failure_of_thread(failure: threading.ExceptHookArgs) -> None:
    if failure.exc_value is not None:
        _end_with_failure(failure.exc_type, failure.exc_value, failure.exc_traceback)


def _let_others_go_first() -> None:
    if hasattr(os, "nice"):
        os.nice(_LESS_URGENT)


if __name__ == "__main__":
    sys.exit(main())
