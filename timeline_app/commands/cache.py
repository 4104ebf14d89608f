"""The command `cache`: what is kept of large files so that they open faster the next time."""

from __future__ import annotations

import argparse

from timeline_app.commands.output import counted, write_data, write_lines
from timeline_app.core.progress import size_words
from timeline_app.loading import FILES
from timeline_app.paths import user_cache_dir
from timeline_app.store.cache import FileCache
from timeline_app.ui.first_picture import FOLDER, PictureFolder  # needs no Qt
from timeline_app.writers.records import json_text


def run(arguments: argparse.Namespace) -> int:
    """Say where it is, of how many files, and how much; remove it all where that is asked for."""
    cache = FileCache(user_cache_dir() / FILES)
    if arguments.clear:
        cache.clear()
        PictureFolder(user_cache_dir() / FOLDER).clear()
    file_count, size_bytes = cache.count(), cache.size_bytes()
    if arguments.format == "json":
        record = {"folder": str(cache.folder), "files": file_count, "bytes": size_bytes}
        write_data([json_text(record, indent=2), "\n"])
    else:
        write_lines([f"{cache.folder}: {counted(file_count, 'file')}, {size_words(size_bytes)}"])
    return 0
