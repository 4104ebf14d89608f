"""A claim is supported by words and sources that the excerpts of its event do not show already."""

from __future__ import annotations

import pytest

from tests.helpers.tables import make_dataset, make_event
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.claim_notes import claim_notes
from timeline_app.core.event import Claim, Excerpt, Source, Verified
from timeline_app.core.found_words import FoundWords, WordChange
from timeline_app.core.source_document import DocumentState, SourceDocument


def test_of_several_sources_that_of_a_claim_is_named_with_its_date() -> None:
    claim = Claim("troops", source="wire")
    excerpts = [Excerpt("ten", "paper"), Excerpt("twelve", "wire")]
    sources = [Source("paper"), Source("wire", "A wire", published="2024-11-02")]
    for quoted, notes in ((excerpts, ["A wire · 2 November 2024"]), (excerpts[1:], [])):
        event = make_event(excerpts=quoted, claims=[claim])
        table = build_table([make_dataset([event], sources=sources)], Gazetteer(()))
        assert claim_notes(claim, event, table) == notes


@pytest.mark.parametrize(
    ("verified", "found", "notes"),
    [
        (Verified.EXACT, FoundWords(0, 4), ["✓ word for word in the document"]),
        (Verified.MISSING, None, ["✗ not found in the document"]),
        (
            Verified.NEAR,
            FoundWords(0, 4, (WordChange("five", "six", 0, 3),)),
            ["≈ nearly the same in the document", "≠ “five” is “six” in the document"],
        ),
        (Verified.NO_DOCUMENT, None, ["✗ five.txt: there is no such file"]),
    ],
)
def test_the_words_of_a_claim_say_whether_they_stand_in_their_document(
    verified: Verified, found: FoundWords | None, notes: list[str]
) -> None:
    claim = Claim("troops", source="wire", excerpt="five", verified=verified, found=found)
    event = make_event(claims=[claim])
    is_there = verified is not Verified.NO_DOCUMENT
    document = SourceDocument(
        "",
        "five.txt",
        DocumentState.NO_HASH if is_there else DocumentState.UNREADABLE,
        why="" if is_there else "five.txt: there is no such file",
    )
    table = build_table([make_dataset([event], sources=[Source("wire", "A wire", document=document)])], Gazetteer(()))
    assert claim_notes(claim, event, table) == ["“five”", *notes, "A wire"]


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
