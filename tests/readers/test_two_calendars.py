"""Dates in the Julian and the Gregorian calendar beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.core.errors import WhenError
from timeline_app.readers.written_dates import edtf_of


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("25 October 1917 (7 November 1917)", "1917-11-07"),
        ("7 November 1917 (25 October 1917)", "1917-11-07"),
        ("25 October (7 November) 1917", "1917-11-07"),
        ("October 25 (November 7), 1917", "1917-11-07"),
        ("7 November [O.S. 25 October] 1917", "1917-11-07"),
        ("16 (29) апреля 1917 года", "1917-04-29"),
        ("25 октября 1917 (7 ноября 1917 по новому стилю)", "1917-11-07"),
        ("31 December 1916 (13 January 1917)", "1917-01-13"),
        ("14 (26) December 1825", "1825-12-26"),
        ("24–25 October (6–7 November) 1917", "1917-11-06/1917-11-07"),
    ],
)
def test_the_later_is_the_date(written: str, edtf: str) -> None:
    assert edtf_of(written) == edtf


@pytest.mark.parametrize(
    "written",
    ["25 October 1917 (8 November 1917)", "1 May 1917 (2 May 1917)", "1 May 1400 (9 May)", "18 (29) February 1700"],
)
def test_dates_that_lie_otherwise_are_no_pair(written: str) -> None:
    with pytest.raises(WhenError, match=r"not understood|expected a date"):
        edtf_of(written)


def test_what_was_written_stays_with_the_event(tmp_path: Path) -> None:
    text = "date,title\n25 October (7 November) 1917,Revolution\n1918-03-03,Peace\n"
    first, second = streamed(write(tmp_path, text, "table.csv")).events
    assert (first.when.text, first.extra) == ("1917-11-07", {"date": "25 October (7 November) 1917"})
    assert not second.extra
