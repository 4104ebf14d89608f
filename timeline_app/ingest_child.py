"""Have a large file ingested in a process of its own, which can be stopped and may die."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import timeline_app
from timeline_app.core.errors import Cancelled, ReadError, StoreError
from timeline_app.ingest_job import IngestJob, Report
from timeline_app.store.cache import CachedFile, FileCache
from timeline_app.store.workshop import new_token

_SECONDS_BETWEEN_LOOKS = 0.05
# Isolated, Python knows no folder of ours in a checkout, so the one that the package stands in is told.
_PROGRAM = (
    "import runpy, sys; sys.path.append(sys.argv[1]); "
    "runpy.run_module('timeline_app.ingest_process', run_name='__main__')"
)
_TOLD_OF_A_CRASH_CHARACTERS = 2_000
# Batches of tens of megabytes come and go: glibc is to keep their memory for the next, in large pages, as to ask the
# system for it anew takes a tenth of the time.
_MEMORY = ":".join(
    (
        "glibc.malloc.arena_max=4",
        "glibc.malloc.hugetlb=1",
        "glibc.malloc.mmap_threshold=1073741824",
        "glibc.malloc.trim_threshold=1073741824",
        "glibc.malloc.top_pad=16777216",
    )
)


def keep_in_child(job: IngestJob, cache: FileCache, progress: Report, cancelled: Callable[[], bool]) -> CachedFile:
    """Ingest a file into the cache in a child process.

    Raises ReadError and StoreError as the child tells, ReadError when it dies, and Cancelled; nothing is left behind
    then.
    """
    token = new_token()
    told = {"job": asdict(job), "cache": str(cache.folder), "limit": cache.limit_bytes, "token": token}
    try:
        with _child(told) as child:
            for answer in child.answers(cancelled):
                if "rows" not in answer:
                    return _result(answer)
                if not progress(answer["rows"], answer["bytes"], answer["total"]):
                    raise Cancelled("opening was stopped")
            raise ReadError(f"reading stopped unexpectedly: {child.last_words()}", job.name)
    finally:
        cache.abandon(token)


def index_in_child(folder: Path, cancelled: Callable[[], bool]) -> None:
    """Make the index of the words of an entry of the cache in a child process, which lets all others go first.

    Raises StoreError and ReadError as the child tells, StoreError when it dies, and Cancelled.
    """
    with _child({"words": str(folder)}) as child:
        for answer in child.answers(cancelled):
            if "rows" not in answer:
                _result(answer)
                return
        raise StoreError(f"indexing stopped unexpectedly: {child.last_words()}")


def _result(answer: Mapping[str, Any]) -> CachedFile:
    failure = failure_in(answer)
    if failure is not None:
        raise failure
    return CachedFile(Path(answer["folder"]))


def failure_in(answer: Mapping[str, Any]) -> ReadError | StoreError | None:
    """Return the failure that an answer tells of, None for another one."""
    if "read_error" in answer:
        return ReadError(answer["read_error"], answer["file"], answer["line"], answer["column"])
    return StoreError(answer["store_error"]) if "store_error" in answer else None


@contextmanager
def _child(told: Mapping[str, object]) -> Iterator[Child]:
    """Start the process, and see to it that it has ended at the end."""
    child = Child.started(told)
    try:
        yield child
    finally:
        child.end()


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-I", "-c", _PROGRAM, str(Path(timeline_app.__file__).parent.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env={"GLIBC_TUNABLES": _MEMORY, **os.environ},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


class Child:
    """A process that is told things and gives answers."""

    @classmethod
    def started(cls, told: Mapping[str, object]) -> Child:
        """Start the process with a job; raises StoreError where that cannot be done."""
        try:
            process = _started()
        except OSError as error:
            raise StoreError(f"no process can be started: {error.strerror or error}") from error
        child = cls(process)
        child.tell(told)
        return child

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._complaints = ""
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._listeners = tuple(
            threading.Thread(target=listen, name="ingest-child", daemon=True)
            for listen in (self._listen, self._hear_complaints)
        )
        for listener in self._listeners:
            listener.start()

    def tell(self, told: Mapping[str, object]) -> None:
        """Give the process something to do; one that is dead already is found out when its answers end."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(told) + "\n")
            self._process.stdin.flush()
        except OSError:
            self._process.kill()

    def tell_no_more(self) -> None:
        """Let the process end once it has done all that it was told."""
        assert self._process.stdin is not None
        with suppress(OSError):  # It is dead already.
            self._process.stdin.close()

    def answers(self, cancelled: Callable[[], bool]) -> Iterator[dict[str, Any]]:
        """Give the answers as they come, until the process ends; raises Cancelled."""
        while True:
            if cancelled():
                raise Cancelled("opening was stopped")
            try:
                line = self._lines.get(timeout=_SECONDS_BETWEEN_LOOKS)
            except queue.Empty:
                continue
            if not line.endswith("\n"):  # The end, or half an answer before it.
                return
            yield json.loads(line)

    def last_words(self) -> str:
        """Say how the process ended."""
        status = self._process.wait()
        if status < 0:
            name = signal.Signals(-status).name
            return f"its process was ended by {name}, as happens when the memory does not suffice"
        self._join_listeners()
        lines = self._complaints.splitlines()
        return lines[-1] if lines else f"its process ended with status {status}"

    def end(self) -> None:
        """End the process if it has not ended by itself."""
        self._process.kill()
        self._process.wait()
        self._join_listeners()
        self.tell_no_more()
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._process.stdout.close()
        self._process.stderr.close()

    def _join_listeners(self) -> None:
        for listener in self._listeners:
            listener.join()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def _hear_complaints(self) -> None:
        """Keep the end of what the process says of itself: in a file it would have no bound, nor a place of ours."""
        assert self._process.stderr is not None
        while piece := self._process.stderr.read(_TOLD_OF_A_CRASH_CHARACTERS):
            self._complaints = (self._complaints + piece)[-_TOLD_OF_A_CRASH_CHARACTERS:]
