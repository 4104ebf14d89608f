"""What Ctrl+C in the terminal does to a program with a window.

Like the window's, this module loads nothing but Qt.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier

MOST_AT_ONCE = 64


@contextmanager
def closed_by_interrupt(close: Callable[[], object]) -> Iterator[None]:
    """Call `close` at the first SIGINT, and raise KeyboardInterrupt when all is done; a second one ends the process.

    Python raises KeyboardInterrupt where it happens to be: while Qt waits that is nowhere, and else in a slot, from
    which it gets no further. So the signal is written into a pipe that the event loop listens to.
    """
    if sys.platform == "win32":  # Its event loop listens to no pipe.
        yield
        return
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    interrupts: list[int] = []

    def take() -> None:
        # Every signal that Python handles is written there, by its number.
        interrupts.extend(number for number in os.read(reading, MOST_AT_ONCE) if number == signal.SIGINT)
        if interrupts:
            close()

    notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read)
    notifier.activated.connect(take)
    handler_before = signal.signal(signal.SIGINT, lambda _number, _frame: signal.signal(signal.SIGINT, signal.SIG_DFL))
    pipe_before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(pipe_before)
        signal.signal(signal.SIGINT, handler_before)
        notifier.setEnabled(False)
        os.close(reading)
        os.close(writing)
    if interrupts:
        raise KeyboardInterrupt
