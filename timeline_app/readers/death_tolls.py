"""Say how many deaths an event cost, and of what importance it is by them."""

from __future__ import annotations

from timeline_app.readers.graded_importance import importance_of_count

# From how many deaths on an event is of importance 2, 3, 4 and 5.
_DEATHS_OF_IMPORTANCE = (1, 5, 25, 100)
_MOST_DIGITS = 15


def deaths_in_words(count: str) -> str:
    """Return "1 death" or "12,500 deaths", "" where no count is written."""
    written = count.strip()
    if written.isascii() and written.isdigit() and len(written) <= _MOST_DIGITS:
        written = f"{int(written):,}"
    return f"{written} death{'' if written == '1' else 's'}" if written else ""


def importance_by_deaths(count: str) -> int:
    """Return an importance from 1 to 5, the usual one for what is no count."""
    return importance_of_count(count, _DEATHS_OF_IMPORTANCE)
