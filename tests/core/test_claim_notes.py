"""A claim is supported by words and sources that the excerpts of its event do not show already."""

from __future__ import annotations

import pytest

from tests.helpers.tables import make_dataset, make_event
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.claim_notes import claim_notes
from timeline_app.core.event import Claim, Excerpt, Source


@pytest.mark.parametrize(
    ("claim", "notes"),
    [
        (Claim("troops"), []),
        (Claim("troops", source="paper", excerpt="ten thousand"), []),
        (Claim("troops", excerpt="other words"), ["“other words”"]),
        (Claim("troops", source="wire"), ["A wire"]),
        (Claim("troops", source="unknown", reported="2024-10"), ["unknown · reported October 2024"]),
        (Claim("troops", source="wire", excerpt="five", reported="2024"), ["“five”", "A wire · reported 2024"]),
    ],
)
def test_only_what_is_not_shown_already_is_told(claim: Claim, notes: list[str]) -> None:
    event = make_event(excerpts=[Excerpt("some ten thousand troops", "paper")], claims=[claim])
    table = build_table([make_dataset([event], sources=[Source("paper"), Source("wire", "A wire")])], Gazetteer(()))
    assert claim_notes(claim, event, table) == notes
