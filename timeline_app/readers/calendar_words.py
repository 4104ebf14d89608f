"""How it is said whether each time of what repeats in a calendar is an event, and that it is not."""

from __future__ import annotations

REPEATS, EACH, ONCE = "repeats", "each", "once"
SHOWN_ONCE = "RRULE, RDATE: what repeats is shown once, at its first time"
