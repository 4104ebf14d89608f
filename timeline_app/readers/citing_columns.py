"""From columns of cells to what a batch of records says of its sources and claims, each cell understood once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from timeline_app.core.disputes import are_disputed
from timeline_app.core.event import Claim
from timeline_app.core.known import Known, known_from
from timeline_app.readers.cited_sources import (
    CITING_FIELDS,
    cited_names,
    known_of_cells,
    names_in_source,
    publication_date,
)
from timeline_app.readers.claim_cells import claims_of
from timeline_app.readers.coded import Coded, together
from timeline_app.readers.columns import NameCells
from timeline_app.readers.whole_cells import are_mappings


class Citing:
    """The cells of CITING_FIELDS of some records, by their columns.

    What a record says of when it was published and of claims differs from record to record, but that decides little of
    the names of its sources, and its sources little of when it was known. So each is worked out of as few different
    combinations of cells as it depends on, and the claims of a cell are read once.
    """

    def __init__(self, coded: Callable[[str], Coded[str]], *, cites: bool) -> None:
        """Take what gives the column of a field; `cites` tells whether any but that of the source is there."""
        self._coded = coded
        self._has_whole_sources = any(map(are_mappings, self._source.values))
        self._is_plain = not (cites or self._has_whole_sources)

    def names(self) -> NameCells[Any]:
        """Return the names of the sources."""
        if self._is_plain:
            return NameCells(self._source, names_in_source)
        written = [self._coded(field) for field in CITING_FIELDS[1 : CITING_FIELDS.index("claims")]]
        cited = self._of_claims(lambda claims: tuple(claim.source for claim in claims if claim.source))
        is_dated = self._published.mapped(lambda cell: bool(publication_date(cell)))
        return NameCells(together([self._source, *written, cited, is_dated]), cited_names)

    def known(self) -> Coded[Known | None] | None:
        """Return since when the events were known, None where there is nothing to tell it."""
        if self._is_plain:
            return None
        if self._has_whole_sources:
            # Sources that are told whole may each have a date of their own.
            return together([self._coded(field) for field in CITING_FIELDS]).mapped(known_of_cells)
        reported = self._of_claims(lambda claims: tuple(claim.reported for claim in claims if claim.reported))
        dates = self._published.mapped(publication_date)
        return together([dates, reported]).mapped(lambda cells: known_from((cells[0], *cells[1])))

    def disputed(self) -> Coded[bool] | None:
        """Return about which records claims compete, None where there are no claims at all."""
        return self._of_claims(are_disputed) if any(self._claims.values) else None

    @cached_property
    def _source(self) -> Coded[str]:
        return self._coded(CITING_FIELDS[0])

    @cached_property
    def _published(self) -> Coded[str]:
        return self._coded("published")

    @cached_property
    def _claims(self) -> Coded[str]:
        return self._coded("claims")

    @cached_property
    def _read_claims(self) -> list[tuple[Claim, ...]]:
        return [claims_of(cell) for cell in self._claims.values]

    def _of_claims(self, function: Callable[[tuple[Claim, ...]], Any]) -> Coded[Any]:
        """Return what a function gives for the claims of each record."""
        found = Coded.of([function(claims) for claims in self._read_claims])
        return Coded(found.values, found.codes[self._claims.codes])
