"""Answer Qt whatever happens."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def guarded(instead: Answer) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """Let a method that Qt calls answer `instead` where it fails, with the failure told as any other.

    An exception that leaves one that layouts call while Python has called Qt, as to show a widget, ends the process:
    Shiboken 6.10 to 6.12 keeps it for that call, asks the next method, and loses count of its references. One that
    leaves an event filter is raised by that call, which has nothing to do with it and is not done to its end.
    """

    def guard(method: Callable[Given, Answer]) -> Callable[Given, Answer]:
        @wraps(method)
        def answer(*given: Given.args, **named: Given.kwargs) -> Answer:
            try:
                return method(*given, **named)
            except Exception as error:  # noqa: BLE001 — whatever it is, it must not leave
                sys.excepthook(type(error), error, error.__traceback__)
                return instead

        return answer

    return guard
