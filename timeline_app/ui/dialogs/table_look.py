"""What a table looks like under a mapping: which columns are which fields, what is still open, the first events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers.proposal import Proposal
from timeline_app.readers.propose import preview, propose

PREVIEWED_RECORDS = 50


@dataclass(frozen=True, slots=True)
class TableLook:
    """A proposal with the first records as it has them; `fault` says why there is no proposal, or there are none."""

    proposal: Proposal | None = None
    dataset: Dataset | None = None
    fault: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether the table can be opened so."""
        return self.proposal is not None and self.proposal.is_sure and not self.fault


def look_at_table(path: Path, reader: str, mapping: Mapping[str, str]) -> TableLook:
    """Return what a table looks like where a mapping says something of it; the rest is found out from the file."""
    try:
        proposal = propose(path, reader=reader or None, mapping=mapping)
    except ReadError as error:
        return TableLook(fault=str(error.args[0]))
    if not proposal.is_sure:
        return TableLook(proposal)
    try:
        return TableLook(proposal, preview(path, proposal.mapping, PREVIEWED_RECORDS, reader=reader or None))
    except ReadError as error:
        return TableLook(proposal, fault=str(error.args[0]))
