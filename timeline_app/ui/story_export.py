"""Writing a story to a file, as Markdown, PDF or the HTML page."""

from __future__ import annotations

from pathlib import Path

from timeline_app.core.filter import Filter
from timeline_app.core.story import Story
from timeline_app.core.table import EventTable
from timeline_app.core.watch import UNWATCHED, Watch, watched_table
from timeline_app.query.story import told_story
from timeline_app.scene.axis_words import AxisWords
from timeline_app.ui.look import Look
from timeline_app.ui.story_pages import draw_story
from timeline_app.writers import export, write_file
from timeline_app.writers.options import WriteOptions

ENDINGS = {"Markdown": ".md", "PDF": ".pdf", "HTML page": ".html"}


def write_story(
    table: EventTable, story: Story, path: Path, words: AxisWords, *, force: bool, watch: Watch = UNWATCHED
) -> None:
    """Write a story in the format that the ending of the file names, Markdown for one that names none of them.

    On any thread. Raises FilterError for a step whose filter makes no sense, WriteError, UsageError and Cancelled as
    other exports do.
    """
    told = told_story(story)
    if path.suffix.lower() == ENDINGS["PDF"]:
        pages = draw_story(watched_table(table, watch), told, Look(table, "light"), words)
        watch.go_on()
        write_file(path, [pages], force=force, inputs=[Path(report.path) for report in table.files])
        return
    if path.suffix.lower() not in ENDINGS.values():
        path = path.with_name(path.name + ENDINGS["Markdown"])
    export(table, Filter(), path, force=force, options=WriteOptions(story=told), watch=watch)
