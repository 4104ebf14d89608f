"""Say how exactly the date of an event is known, and how it is known at all."""

from __future__ import annotations

from timeline_app.core.datelines import SourceOf, reckoning_words
from timeline_app.core.event import Basis, Event
from timeline_app.core.when import Precision, When

_SETS = ("[", "{")


def basis_words(event: Event) -> str:
    """Say in a few words how the date is known: to the month, as the source states."""
    if event.basis is Basis.INFERRED:
        return "inferred"
    if event.basis is Basis.BACKGROUND:
        return "background"
    if event.between is not None:
        return "worked out from other events"
    exactness = exactness_words(event.when)
    return f"{exactness}, as the source states" if exactness else "as the source states"


def dating_words(event: Event, source_of: SourceOf) -> tuple[str, str]:
    """Return what is said beside a date on how it is known, "" where the note says it, and the note, "" without one.

    The note begins with the words that the date was reckoned from, a sentence of their own.
    """
    known = basis_words(event)
    note = ". ".join(filter(None, (reckoning_words(event, source_of), event.basis_note)))
    if event.between is not None and event.basis is Basis.STATED:
        return "", f"{note[:1].upper()}{note[1:]}"
    if not note or event.basis is Basis.STATED:
        return known, note
    return "", f"{known.capitalize()}: {note}"


def exactness_words(when: When) -> str:
    """Say how exactly a date is given, "" where its own words say it: "around", one of several, digits unknown."""
    if when.approximate or when.uncertain or when.text.startswith(_SETS) or "X" in when.text:
        return ""
    if when.precision >= Precision.AGE:
        return "coarser than a millennium"
    return f"to the {when.precision.label}"
