"""What looking an excerpt up in a document came to."""

from __future__ import annotations

from dataclasses import dataclass

from timeline_app.core.event import Verified
from timeline_app.core.found_words import FoundWords


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Whether an excerpt was found, and where; `steps` is how many pairs of words were compared for it."""

    verified: Verified
    found: FoundWords | None = None
    steps: int = 0
