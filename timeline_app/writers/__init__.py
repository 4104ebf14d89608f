"""Write what passes a filter to a file: one module for each format that programs read."""

from timeline_app.writers.atomic import write_file
from timeline_app.writers.limits import Exported, outcome
from timeline_app.writers.registry import Writer, WriterOption, choose_writer, export, writers

__all__ = ["Exported", "Writer", "WriterOption", "choose_writer", "export", "outcome", "write_file", "writers"]
