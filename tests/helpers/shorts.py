"""A table that is opened in short in a process of its own, and programs that stand in for that process."""

from __future__ import annotations

# Of the process, with other steps of the job than its own.
_PROGRAM = """
import os, signal, sys
sys.path.append(sys.argv[1])
from timeline_app import ingest_process, rest_job
from timeline_app.core.errors import StoreError
{steps}
sys.exit(ingest_process.main())
"""
_STEP = """
def {name}(job, *told):
    {doing}
rest_job.RestJob.{name} = {name}
"""

ROWS = 3000
RECORDS = (
    "SELECT 'e' || i AS id, 'Title ' || i AS title, strftime(DATE '2000-01-01' + (i * 7 % 3000)::INTEGER, '%Y-%m-%d') "
    "AS \"when\", 'Words of ' || i AS excerpt, hex(hash(i)) || hex(hash(-i)) || hex(hash(i + 1)) AS notes "
    f"FROM range({ROWS}) t(i)"
)


def acting(**steps: str) -> str:
    """Return the program of a process that does something else in steps of RestJob: `keep` them all, or one `of` them.

    It does so from its start, as it gives single rests in one thread while it keeps them in another.
    """
    return _PROGRAM.format(steps="".join(_STEP.format(name=name, doing=doing) for name, doing in steps.items()))
