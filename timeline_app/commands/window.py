"""The program without a command: the window."""

from __future__ import annotations

import argparse
import gc
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from timeline_app.commands.qt_runtime import require_display, require_qt, require_window_libraries

if TYPE_CHECKING:
    from timeline_app.loading import WindowRequest


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed."""
    require_display()
    require_qt("the window needs")
    require_window_libraries()
    # NumPy's linear algebra, which is not used here, would start a thread a core and take memory for each.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()  # The window collects by itself: nothing of Qt may be collected on another thread.
    try:
        from timeline_app.start import run_window  # only where Qt is there

        if is_plain(arguments):
            return run_window(_files(arguments), partial(_request, arguments), is_plain=True)
        request = _request(arguments)  # A filter that makes no sense is told before there is any window.
        return run_window(_files(arguments), lambda: request, resume=arguments.resume)
    finally:
        gc.enable()


def is_plain(arguments: argparse.Namespace) -> bool:
    """Return whether nothing but files is named: no filter, no reader, no session to resume."""
    return not any(value for name, value in vars(arguments).items() if name != "files")


def _files(arguments: argparse.Namespace) -> list[Path]:
    return [Path(name) for name in arguments.files]


def _request(arguments: argparse.Namespace) -> WindowRequest:
    """Return what is asked for; raises FilterError and UsageError for what makes no sense."""
    # NumPy comes with these: after OPENBLAS_NUM_THREADS is set, and after a remembered picture is painted.
    from timeline_app.core.filter import Filter
    from timeline_app.loading import WindowRequest, loader_from_resources  # likewise

    if is_plain(arguments):
        return WindowRequest(loader_from_resources(), Filter())
    from timeline_app.commands.inputs import column_mapping, wanted_filter  # only where something more is asked for

    wanted = wanted_filter(arguments)
    wanted.range_s()
    loader = loader_from_resources(arguments.reader, column_mapping(arguments), joins=not arguments.keep_apart)
    return WindowRequest(loader, wanted)
