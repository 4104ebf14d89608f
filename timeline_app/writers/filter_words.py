"""A filter in words, for a page that is read without the program."""

from __future__ import annotations

from timeline_app.core.citation import date_words
from timeline_app.core.filter import Filter, Match
from timeline_app.core.pairs import pair_of


def filter_words(wanted: Filter) -> str:
    """Say what passes a filter, "" for one that lets all pass."""
    and_or = " and " if wanted.match is Match.ALL else " or "
    parts = [
        ("with ", wanted.actors, and_or),
        ("without ", wanted.not_actors, " or "),
        ("in the role ", wanted.roles, " or "),
        ("of ", tuple(str(pair_of(pair)) for pair in wanted.pairs), " or "),
        ("of the type ", wanted.types, " or "),
        ("tagged ", wanted.tags, " or "),
        ("from the source ", wanted.sources, " or "),
        ("at a place named ", wanted.places, " or "),
        ("containing ", tuple(f"“{words}”" for words in wanted.find), " and "),
    ]
    surely = "surely " if wanted.certain else ""
    said = [before + between.join(names) for before, names, between in parts if names]
    said += [f"from {date_words(wanted.since)}"] if wanted.since else []
    said += [f"to {date_words(wanted.until)}"] if wanted.until else []
    said += ["surely within these dates"] if wanted.certain and (wanted.since or wanted.until) else []
    said += [f"as {surely}known by the end of {date_words(wanted.as_of)}"] if wanted.as_of else []
    said += ["about which claims compete"] if wanted.disputed else []
    # What the notes say is the person's own, and leaves the program on request only.
    said += ["chosen by hand"] if wanted.asks_for_notes else []
    said += [f"of importance {wanted.min_importance} or higher"] if wanted.min_importance > 1 else []
    return ", ".join(said)
