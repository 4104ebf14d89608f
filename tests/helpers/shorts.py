"""A table that is opened in short in a process of its own, and programs that stand in for that process."""

from __future__ import annotations

# Of the process, with something else in the place of keeping the rests.
_PROGRAM = """
import os, signal, sys
sys.path.append(sys.argv[1])
from timeline_app import ingest_process, rest_job
from timeline_app.core.errors import StoreError
def keep(job):
    {keeping}
rest_job.RestJob.keep = keep
sys.exit(ingest_process.main())
"""

ROWS = 3000
RECORDS = (
    "SELECT 'e' || i AS id, 'Title ' || i AS title, strftime(DATE '2000-01-01' + (i * 7 % 3000)::INTEGER, '%Y-%m-%d') "
    "AS \"when\", 'Words of ' || i AS excerpt, hex(hash(i)) || hex(hash(-i)) || hex(hash(i + 1)) AS notes "
    f"FROM range({ROWS}) t(i)"
)


def acting(keeping: str) -> str:
    """Return the program of a process that does something else than keep the rests."""
    return _PROGRAM.format(keeping=keeping)
