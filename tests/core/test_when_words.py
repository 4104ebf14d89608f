"""Tests of dates in words beyond the table in test_when: zones, eras, what is shared, what must not be."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo

import pytest
from dateutil import tz

from timeline_app.core.when import in_words, parse

KYIV = tz.gettz("Europe/Kyiv")
SEOUL = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("text", "zone", "words"),
    [
        ("2024-06-19T14:30Z", KYIV, "19 June 2024, 17:30 EEST"),
        ("2024-12-19T14:30Z", KYIV, "19 December 2024, 16:30 EET"),
        ("2024-06-19T22:30Z", SEOUL, "20 June 2024, 07:30 UTC+9"),
        ("2024-06-19T01:30+03:00", UTC, "18 June 2024, 22:30 UTC"),
        ("2024-06-19T14Z", timezone(timedelta(hours=5, minutes=30)), "19 June 2024, between 19:30 and 20:29 UTC+5:30"),
        ("2024-06-19T14:30Z/2024-06-19T16:00Z", KYIV, "19 June 2024, 17:30 to 19:00 EEST"),
        ("2024-10-27T00:30Z/2024-10-27T01:30Z", KYIV, "27 October 2024, 03:30 EEST to 03:30 EET"),
        ("2024-06-19T14:30Z/..", timezone(-timedelta(hours=5)), "since 19 June 2024, 09:30 UTC−5"),
        ("[2024-06-19T14:30Z..2024-06-19T15:00Z]", None, "between 19 June 2024, 14:30 and 15:00 UTC"),
        # a date without a zone is local wherever it is shown
        ("2024-06-19T14:30", KYIV, "19 June 2024, 14:30"),
        ("2024-06-19", KYIV, "19 June 2024"),
        # beyond the years of the standard library an instant stays in its own zone
        ("-0043-03-15T12:00+02:00", KYIV, "15 March 44 BC, 12:00 UTC+2"),
        ("Y10000-01-01T12:00Z", KYIV, "1 January AD 10,000, 12:00 UTC"),
    ],
)
def test_zones(text: str, zone: tzinfo | None, words: str) -> None:
    assert in_words(parse(text), zone) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024-06-19/2025-06-19", "19 June 2024 to 19 June 2025"),
        ("2024-06/2025-06", "June 2024 to June 2025"),
        ("-0043-03-03/-0043-03-07", "3 to 7 March 44 BC"),
        ("0001/0002", "AD 1 to AD 2"),
        ("0999/1000", "AD 999 to 1000"),
        ("9999/Y10000", "9999 to AD 10,000"),
        ("2024-33/2024-34", "first quarter of 2024 to second quarter of 2024"),
        ("2023-24/2024-24", "winter 2023–24 to winter 2024–25"),
        ("1999-24", "winter 1999–00"),
        ("2024-06-19~/2024-06-21", "around 19 June 2024 to 21 June 2024"),
        ("2024-06-19T14:30~/2024-06-19T16:00", "around 19 June 2024, 14:30 to 19 June 2024, 16:00"),
        ("2024-06-19/2024-06-19T16:00", "19 June 2024 to 19 June 2024, 16:00"),
        ("2024-06-19T14:30/2024-06-19T14:30", "19 June 2024, 14:30"),
        (
            "2024-06-19T14/2024-06-19T16",
            "19 June 2024, between 14:00 and 14:59 to 19 June 2024, between 16:00 and 16:59",
        ),
        ("[2024-06-19,2024-06-20,2024-06-21]", "19, 20 or 21 June 2024"),
        ("[2024-06-19?,2024-06-20]", "possibly 19 June 2024 or 20 June 2024"),
        ("[2024-06,2024-08..]", "June 2024 or August 2024 or later"),
        (
            "1950S2/1960S3",
            "some time between 1900 and 1999, estimated at 1950 to some time between 1960 and 1969, estimated at 1960",
        ),
        ("[2024-06..2024-06]", "June 2024"),
        ("18XX-21", "spring, between 1800 and 1899"),
    ],
)
def test_what_is_shared_is_said_once(text: str, words: str) -> None:
    assert in_words(parse(text)) == words
