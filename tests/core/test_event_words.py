"""Short dates, and how exactly and by what means a date is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.tables import make_event
from timeline_app.core.basis_words import basis_words
from timeline_app.core.event import Basis
from timeline_app.core.short_dates import short_words
from timeline_app.core.when import parse


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-06", "June 2024"),
        ("2024-10-08", "8 Oct 2024"),
        ("2024-10-22/2024-10-24", "22 – 24 Oct 2024"),
        ("[2024-10-01..2024-11-01]", "1 Oct – 1 Nov 2024"),
        ("2022-02-24/2024-11-01~", "24 Feb 2022 – c. 1 Nov 2024"),
        ("/2024-06", "to June 2024"),
        ("2024-08-06/..", "since 6 Aug 2024"),
        ("[1914-06..1914-08]/[1918-11..1919-06]", "June/Aug 1914 – Nov 1918/June 1919"),
        ("2024-05", "May 2024"),
    ],
)
def test_short_dates(edtf: str, words: str) -> None:
    assert short_words(parse(edtf)) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-06", "to the month, as the source states"),
        ("2024-06-19", "to the day, as the source states"),
        ("2024-06-19T14:30", "to the minute, as the source states"),
        ("2024-10~", "as the source states"),
        ("[2024-10-08,2024-10-10]", "as the source states"),
        ("202X", "as the source states"),
        ("Y-13000", "to the year, as the source states"),
    ],
)
def test_how_exactly_a_stated_date_is_known(edtf: str, words: str) -> None:
    assert basis_words(make_event(when=edtf)) == words


@pytest.mark.parametrize("basis", [Basis.INFERRED, Basis.BACKGROUND])
def test_how_any_other_date_is_known(basis: Basis) -> None:
    assert basis_words(replace(make_event(), basis=basis)) == basis.value
