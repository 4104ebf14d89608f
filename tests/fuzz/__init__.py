"""Seeded mischief: damaged files for the readers, and somebody who presses anything for the window."""
