"""The program without a command: the window."""

from __future__ import annotations

import argparse
import gc
import os

from timeline_app.commands.qt_runtime import require_display, require_qt, require_window_libraries


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed."""
    require_display()
    require_qt("the window needs")
    require_window_libraries()
    # NumPy's linear algebra, which is not used here, would start a thread a core and take memory for each.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()  # The window collects by itself: nothing of Qt may be collected on another thread.
    try:
        from timeline_app.app import run_window  # only where Qt is there
        from timeline_app.commands.inputs import column_mapping, file_paths, wanted_filter  # after OPENBLAS_NUM_THREADS
        from timeline_app.loading import Loader, load_gazetteer_from_resources  # likewise

        wanted = wanted_filter(arguments)
        loader = Loader(load_gazetteer_from_resources(), arguments.reader, column_mapping(arguments))
        return run_window(loader, loader(file_paths(arguments)), wanted, resume=arguments.resume)
    finally:
        gc.enable()
