"""What a caller may ask of a writer beyond the events."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_app.core.told_story import ToldStory


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """Choices that some writers know; one that does not ignores them. A `story` is told instead of a list."""

    guard_formulas: bool = True
    with_notes: bool = False
    story: ToldStory | None = None
