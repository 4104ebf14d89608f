"""Exported pages, opened in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.helpers.chromium import Browser, WebPage, web_page
from timeline_app.core.filter import Filter
from timeline_app.core.table import EventTable
from timeline_app.core.told_story import ToldStory
from timeline_app.writers import export
from timeline_app.writers.options import WriteOptions


@contextmanager
def opened(
    browser: Browser,
    folder: Path,
    table: EventTable,
    *,
    wanted: Filter | None = None,
    story: ToldStory | None = None,
    **look: Any,
) -> Iterator[WebPage]:
    """Write a page, open it, and see to it that it complains of nothing and asks for nothing but itself."""
    path = folder / "page.html"
    export(table, wanted or Filter(), path, options=WriteOptions(story=story))
    with web_page(browser, path, **look) as page:
        page.settle()
        yield page
        assert page.complaints() == []
        assert [address for address in page.requests() if not address.startswith("data:")] == [path.as_uri()]
