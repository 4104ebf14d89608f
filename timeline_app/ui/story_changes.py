"""What differs between a story and what it was, in words for whoever took that back."""

from __future__ import annotations

from dataclasses import replace

from timeline_app.core.story import Story


def first_change(before: Story, after: Story) -> int:
    """Return the place of the first step that differs, the last one of the later story at most."""
    pairs = zip(before.steps, after.steps, strict=False)
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), None)
    place = min(len(before.steps), len(after.steps)) if same is None else same
    return max(min(place, len(after.steps) - 1), 0)


def change_words(before: Story | None, after: Story | None) -> str:
    """Say in what a story that is again as it was differs from what it just was, None where there was none."""
    if before is None or after is None:
        story = after or before
        title = story.title if story is not None else ""
        return f"The story “{title}” is {'there again' if after is not None else 'deleted'}"
    if before.title != after.title:
        return f"The story is called “{after.title}” again"
    number = f"step {first_change(before, after) + 1:,}"
    if len(before.steps) < len(after.steps):
        return f"{number.capitalize()} is there again"
    if len(before.steps) > len(after.steps):
        return f"{_first_gone(before, after)} is taken out"
    if sorted(map(repr, before.steps)) == sorted(map(repr, after.steps)):
        return "The steps are in the order that they had"
    place = first_change(before, after)
    if replace(before.steps[place], text="") == replace(after.steps[place], text=""):
        return f"The paragraph of {number} reads as it did"
    return f"{number.capitalize()} shows what it did"


def _first_gone(before: Story, after: Story) -> str:
    """Name the step of the longer story that the shorter one lacks."""
    return f"Step {first_change(after, before) + 1:,}"
