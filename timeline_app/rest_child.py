"""Have the rest of records kept by a process of its own, which gives single ones until that is done."""

from __future__ import annotations

import queue
import threading
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from timeline_app.core.errors import Cancelled, ReadError, StoreError
from timeline_app.ingest_child import Child, failure_in

_SECONDS_BETWEEN_LOOKS = 0.02

# What the process gave for a question, None for its end.
_Answer: TypeAlias = Mapping[str, Any] | None


class RestChild:
    """The process that keeps the rests of the records in a folder of the cache; may be asked from any thread.

    It ends when they are kept, and with this object. Raises StoreError where no process can be started.
    """

    def __init__(self, folder: Path, name: str, limit_bytes: int) -> None:
        child = Child.started({"rest": str(folder), "name": name, "limit": limit_bytes})
        self._name = name
        self._child = child
        self._asking = threading.Lock()
        self._state = _State()
        threading.Thread(target=_listen, args=(child, self._state, name), name="rest-child", daemon=True).start()
        self._ending = weakref.finalize(self, child.end)

    def of(self, number: int) -> bytes | None:
        """Return the rest of a record, None when they are all kept by now; raises ReadError when it cannot be read."""
        with self._asking:
            answer = self._asked(number)
        if answer is None:
            self._raise_failure()
            return None
        failure = failure_in(answer)
        if failure is not None:
            raise ReadError(failure.args[0], self._name) from failure
        rest: str = answer["rest"]
        return rest.encode()

    def wait_until_ready(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Wait until rests are given at once; raises ReadError and StoreError when that cannot be, and Cancelled."""
        self._wait_for(self._state.ready, cancelled)
        # What goes wrong after that is told by who asks for rests: what is drawn and filtered is sound.
        if not self._state.has_been_ready and self._state.failure is not None:
            raise self._state.failure

    def wait(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Wait until all are kept; raises ReadError and StoreError when that cannot be, and Cancelled."""
        self._wait_for(self._state.outcome, cancelled)
        if self._state.failure is not None:
            raise self._state.failure

    def _wait_for(self, event: threading.Event, cancelled: Callable[[], bool]) -> None:
        while not event.wait(_SECONDS_BETWEEN_LOOKS):
            if cancelled():
                raise Cancelled("reading the rest of the records was stopped")

    def _asked(self, number: int) -> _Answer:
        with self._state.telling:
            if self._state.is_over:
                return None
            self._child.tell({"number": number})
        return self._state.found.get()

    def _raise_failure(self) -> None:
        if self._state.failure is not None:
            raise ReadError(self._state.failure.args[0], self._name) from self._state.failure


class _State:
    """What is known of the process; `telling` is held while it is told something or told to end."""

    def __init__(self) -> None:
        self.telling = threading.Lock()
        self.found: queue.SimpleQueue[_Answer] = queue.SimpleQueue()
        self.ready = threading.Event()
        self.outcome = threading.Event()
        self.failure: ReadError | StoreError | None = None
        self.has_been_ready = self.is_over = False


def _listen(child: Child, state: _State, name: str) -> None:
    """Take what the process says until it has ended; it is let go when all is kept."""
    for answer in child.answers(lambda: False):
        if "number" in answer:
            state.found.put(answer)
            continue
        if "ready" in answer:
            state.has_been_ready = True
            state.ready.set()
            continue
        state.failure = failure_in(answer)
        if state.failure is None:
            with state.telling:
                state.is_over = True
                child.tell_no_more()
        state.outcome.set()
    if not state.outcome.is_set():
        state.failure = ReadError(f"reading stopped unexpectedly: {child.last_words()}", name)
    with state.telling:
        state.is_over = True
    # For a question that came too late to be answered.
    state.found.put(None)
    state.ready.set()
    state.outcome.set()
    child.end()
