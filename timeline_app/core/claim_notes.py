"""Say what supports a claim, as far as the excerpts of its event do not show it already."""

from __future__ import annotations

from timeline_app.core.citation import date_words, source_heading
from timeline_app.core.event import Claim, Event
from timeline_app.core.found_words import change_words
from timeline_app.core.table import EventTable
from timeline_app.core.verified_words import check_words

NOBODY = "not attributed"
SHOWN_CHANGES = 3


def claim_notes(claim: Claim, event: Event, table: EventTable) -> list[str]:
    """Return the words of the source in quotation marks, whether they stand there, then the source with its date."""
    notes = []
    source = table.source_of(event, claim.source) if claim.source else None
    if claim.excerpt and claim.excerpt not in "\n".join(excerpt.text for excerpt in event.excerpts):
        notes.append(f"“{claim.excerpt}”")
        notes += filter(None, (check_words(claim.verified, source.document if source is not None else None),))
        changes = claim.found.changes if claim.found is not None else ()
        notes += [f"≠ {change_words(change)}" for change in changes[:SHOWN_CHANGES]]
    told = []
    # With excerpts of several sources, nothing else tells which of them this is.
    if claim.source and {excerpt.source for excerpt in event.excerpts} != {claim.source}:
        told.append(source_heading(source) if source else claim.source)
        if source is not None and source.published and not claim.reported:
            told.append(date_words(source.published))
    if claim.reported:
        told.append(f"reported {date_words(claim.reported)}")
    if told:
        notes.append(" · ".join(told))
    return notes
