"""What another dateline of a source would move, as lines for a person or as plain values for a program."""

from __future__ import annotations

from collections.abc import Iterator

from timeline_app.core.dateline_change import DatelineChange
from timeline_app.core.when import in_words
from timeline_app.writers.records import Record


def dateline_record(found: DatelineChange) -> Record:
    """Return what would change as plain values."""
    return {
        "source": found.source.key,
        "before": found.source.published or None,
        "after": found.published,
        "moves": [
            {
                "id": one.event.id,
                "title": one.event.title,
                "before": one.event.when.text,
                "after": one.when.text,
                "why": one.why,
            }
            for one in found.moved
        ],
        "impossible": [
            {"id": one.event.id, "title": one.event.title, "when": one.event.when.text, "why": one.why}
            for one in found.impossible
        ],
        "stays": found.stays,
    }


def dateline_lines(found: DatelineChange) -> Iterator[str]:
    """Give a line for the source, and one for each date that would move or could not be any more."""
    yield f"dateline: {found.source.key}: {found.source.published or 'none'} → {found.published}: {move_words(found)}"
    for one in found.moved:
        yield f"moves: {one.event.id}: {in_words(one.event.when)} → {in_words(one.when)} ({one.why})"
    for lost in found.impossible:
        yield f"impossible: {lost.event.id}: {in_words(lost.event.when)}: {lost.why}"


def move_words(found: DatelineChange) -> str:
    """Say how many dates would move, become impossible and stay."""
    dates = "1 date" if len(found.moved) == 1 else f"{len(found.moved):,} dates"
    return f"{dates} would move, {len(found.impossible):,} would be impossible, {found.stays:,} would stay"
