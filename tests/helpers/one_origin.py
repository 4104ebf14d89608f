"""An event that three sources tell of, two of which go back to one and the same."""

from __future__ import annotations

from tests.helpers.tables import make_event, make_table
from timeline_app.core.event import Excerpt, Source
from timeline_app.core.table import EventTable

INDEPENDENCE = "3 sources, 2 origins"


def one_origin_table() -> EventTable:
    """Make a table of that event alone."""
    sources = [Source("wire"), Source("morning", origin="wire"), Source("witness")]
    quoted = [Excerpt(f"So said the {source.key}.", source.key) for source in sources]
    return make_table([make_event("Raid", "2024-06-01", own_sources=sources, excerpts=quoted)])
