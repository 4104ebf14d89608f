"""Say what supports a claim, as far as the excerpts of its event do not show it already."""

from __future__ import annotations

from timeline_app.core.citation import date_words, source_heading
from timeline_app.core.event import Claim, Event, Source
from timeline_app.core.found_words import change_words
from timeline_app.core.table import EventTable
from timeline_app.core.verified_words import check_words

NOBODY = "not attributed"
SHOWN_CHANGES = 3


def claim_notes(claim: Claim, event: Event, table: EventTable) -> list[str]:
    """Return the words of the source in quotation marks, whether they stand there, then the source with its date."""
    source = table.source_of(event, claim.source) if claim.source else None
    notes = quotation_notes(claim, event, source)
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


def quotation_notes(claim: Claim, event: Event, source: Source | None) -> list[str]:
    """Return the words of a claim in quotation marks and whether they stand in its source; none of those shown."""
    if not claim.excerpt.strip() or claim.excerpt in "\n".join(excerpt.text for excerpt in event.excerpts):
        return []
    check = check_words(claim.verified, source.document if source is not None else None)
    changes = claim.found.changes if claim.found is not None else ()
    differences = [f"≠ {change_words(change)}" for change in changes[:SHOWN_CHANGES]]
    return [f"“{claim.excerpt}”", *filter(None, (check,)), *differences]
