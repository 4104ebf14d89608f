"""What an event is, and what can be computed from events, without a window."""
