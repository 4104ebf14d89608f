"""What columns say of sources and claims is what each record says by itself, whatever is told beside what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.disputes import are_disputed
from timeline_app.readers.cited_sources import CITING_FIELDS, known_of_cells, sources_of
from timeline_app.readers.citing_columns import Citing
from timeline_app.readers.claim_cells import claims_of
from timeline_app.readers.coded import Coded, together

CELLS = {
    "source": [
        "",
        " ",
        "The Paper",
        "https://a.example/1",
        '[{"key": "own", "publisher": "The Post", "published": "2024-01"}, {"key": "undated", "title": "A"}]',
        '[{"title": "B", "date": "2023"}]',
        "[not JSON",
    ],
    "publisher": ["", "The Radio"],
    "url": ["", "https://b.example/2"],
    "excerpts": ["", "Words; others", '[{"text": "Words", "source": "own"}]'],
    "excerpt_sources": ["", "cited; The Paper"],
    "claims": [
        "",
        "killed: 10 (A); killed: 12 (B)",
        '[{"about": "killed", "value": "3", "by": ["A"], "source": "claimed", "reported": "2025-02-03"}]',
        '[{"about": "killed", "value": "3", "by": ["A"], "reported": "2022"}, {"about": "x", "reported": "soon"}]',
    ],
    "published": ["", "2024-05-06", "2024-05", " 2024-05-06 10:00", "no date"],
}
RECORDS = st.lists(st.tuples(*(st.sampled_from(CELLS[field]) for field in CITING_FIELDS)), max_size=12)


def citing(records: Sequence[tuple[str, ...]], *, cites: bool = True) -> Citing:
    columns = {field: [record[place] for record in records] for place, field in enumerate(CITING_FIELDS)}
    return Citing(lambda field: Coded.of(columns[field]), cites=cites)


def told(coded: Coded[Any]) -> list[object]:
    return [coded.values[code] for code in coded.codes.tolist()]


@given(RECORDS)
def test_columns_say_what_each_record_says(records: list[tuple[str, str, str, str, str, str, str]]) -> None:
    found = citing(records)
    names = found.names().column(None)
    by_record = [
        [names.names[code] for code in names.codes[begin:end].tolist()]
        for begin, end in zip(names.offsets[:-1].tolist(), names.offsets[1:].tolist(), strict=True)
    ]
    of_each = [[one.publisher or one.key for one in sources_of(*record)] for record in records]
    assert by_record == [list(dict.fromkeys(own)) for own in of_each]
    known = found.known()
    assert known is not None
    assert told(known) == [known_of_cells(record) for record in records]
    disputed, claims = found.disputed(), [record[CITING_FIELDS.index("claims")] for record in records]
    assert (disputed is None) is not any(claims)
    if disputed is not None:
        assert told(disputed) == [are_disputed(claims_of(cell)) for cell in claims]


def test_the_name_of_a_source_alone_says_nothing_of_when_it_was_known() -> None:
    found = citing([("The Paper", "", "", "", "", "", "")] * 2, cites=False)
    assert found.known() is None
    assert found.disputed() is None
    assert found.names().column(None).names == ("The Paper",)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.integers(0, 2)), max_size=20))
def test_columns_together_are_their_cells_beside_each_other(rows: list[tuple[str, str, int]]) -> None:
    columns = [Coded.of([row[place] for row in rows]) for place in range(3)]
    found = together(columns)
    assert told(found) == rows
    assert list(found.values) == list(dict.fromkeys(rows))
    assert found.codes.dtype == np.int64
