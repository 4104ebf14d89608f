"""Say what supports a claim, as far as the excerpts of its event do not show it already."""

from __future__ import annotations

from timeline_app.core.citation import date_words, source_heading
from timeline_app.core.event import Claim, Event
from timeline_app.core.table import EventTable

NOBODY = "not attributed"


def claim_notes(claim: Claim, event: Event, table: EventTable) -> list[str]:
    """Return the words of the source in quotation marks, then the source with when it was reported."""
    notes = []
    if claim.excerpt and claim.excerpt not in "\n".join(excerpt.text for excerpt in event.excerpts):
        notes.append(f"“{claim.excerpt}”")
    told = []
    if claim.source and claim.source not in {excerpt.source for excerpt in event.excerpts}:
        source = table.source_of(event, claim.source)
        told.append(source_heading(source) if source else claim.source)
    if claim.reported:
        told.append(f"reported {date_words(claim.reported)}")
    if told:
        notes.append(" · ".join(told))
    return notes
