"""Conflict timelines on the desktop: every event with the exact words of its source."""

__version__ = "0.1.0"
