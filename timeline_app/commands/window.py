"""The program without a command: the window."""

from __future__ import annotations

import argparse
import gc
import os
from threading import Thread
from typing import TYPE_CHECKING

from timeline_app.commands.qt_runtime import require_display, require_qt, require_window_libraries

if TYPE_CHECKING:
    from timeline_app.core.opened import Opened
    from timeline_app.loading import Loader


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed."""
    require_display()
    gc.disable()  # Until the window collects by itself: nothing of Qt may be collected on the reading thread.
    try:
        early = EarlyLoad(arguments)
        require_qt("the window needs")
        require_window_libraries()
        from timeline_app.app import run_window  # only now, so that Qt and NumPy are loaded side by side
        from timeline_app.commands.inputs import wanted_filter  # likewise

        return run_window(early.result, wanted_filter(arguments), resume=arguments.resume)
    finally:
        gc.enable()


class EarlyLoad:
    """Loads NumPy and reads the files on a thread of its own, while Qt is loaded on the main one."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self._result: tuple[Loader, Opened] | None = None
        self._error: Exception | None = None
        self._thread = Thread(target=self._load, name="early load", daemon=True)
        self._thread.start()

    def result(self) -> tuple[Loader, Opened]:
        """Wait for what was read and return it with the loader; raises what reading raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        if self._result is None:
            raise SystemExit("reading was interrupted")
        return self._result

    def _load(self) -> None:
        try:
            # NumPy's linear algebra, which is not used here, would start a thread a core and take memory for each.
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
            from timeline_app.commands.inputs import column_mapping, file_paths  # brings NumPy, beside Qt
            from timeline_app.loading import Loader, load_gazetteer_from_resources  # likewise

            arguments = self._arguments
            loader = Loader(load_gazetteer_from_resources(), arguments.reader, column_mapping(arguments))
            self._result = loader, loader(file_paths(arguments))
        except Exception as error:  # noqa: BLE001 — raised again on the main thread, whatever it is
            self._error = error
