"""Tests of EDTF: what each form means in bounds and words, and how it is refused."""

from __future__ import annotations

import pytest

from timeline_app.core.calendar import seconds_from_civil
from timeline_app.core.errors import WhenError
from timeline_app.core.when import FUTURE_S, PAST_S, Precision, When, bounds_iso, in_words, iso_bound, parse, sort_key

# text, earliest and latest of a point event, precision, words
POINTS = [
    ("2024", "2024-01-01", "2024-12-31", "year", "2024"),
    ("0079", "0079-01-01", "0079-12-31", "year", "AD 79"),
    ("0000", "0000-01-01", "0000-12-31", "year", "1 BC"),
    ("-0043", "-0043-01-01", "-0043-12-31", "year", "44 BC"),
    ("2024-06", "2024-06-01", "2024-06-30", "month", "June 2024"),
    ("2024-02", "2024-02-01", "2024-02-29", "month", "February 2024"),
    ("1900-02", "1900-02-01", "1900-02-28", "month", "February 1900"),
    ("2024-06-19", "2024-06-19", "2024-06-19", "day", "19 June 2024"),
    ("-0043-03-15", "-0043-03-15", "-0043-03-15", "day", "15 March 44 BC"),
    ("0079-08-24", "0079-08-24", "0079-08-24", "day", "24 August AD 79"),
    ("9999-12-31", "9999-12-31", "9999-12-31", "day", "31 December 9999"),
    # qualifiers: at the end, of a group, of one part
    ("2024-10-08~", "2024-10-08", "2024-10-08", "day", "around 8 October 2024"),
    ("2024-06?", "2024-06-01", "2024-06-30", "month", "possibly June 2024"),
    ("2024%", "2024-01-01", "2024-12-31", "year", "possibly around 2024"),
    ("2004-06~-11", "2004-06-11", "2004-06-11", "day", "around 11 June 2004"),
    ("2004?-06-11", "2004-06-11", "2004-06-11", "day", "possibly 11 June 2004"),
    ("?2004-06", "2004-06-01", "2004-06-30", "month", "possibly June 2004"),
    ("2011-~06-~04", "2011-06-04", "2011-06-04", "day", "around 4 June 2011"),
    ("?2004-06-~11", "2004-06-11", "2004-06-11", "day", "possibly around 11 June 2004"),
    ("2024-06-19T14:30~", "2024-06-19T14:30:00", "2024-06-19T14:30:59", "minute", "around 19 June 2024, 14:30"),
    # seasons, quarters, thirds, halves
    ("2024-21", "2024-03-01", "2024-05-31", "season", "spring 2024"),
    ("2024-22", "2024-06-01", "2024-08-31", "season", "summer 2024"),
    ("2024-23", "2024-09-01", "2024-11-30", "season", "autumn 2024"),
    ("2024-24", "2024-12-01", "2025-02-28", "season", "winter 2024–25"),
    ("2023-24", "2023-12-01", "2024-02-29", "season", "winter 2023–24"),
    ("2024-24?", "2024-12-01", "2025-02-28", "season", "possibly winter 2024–25"),
    ("2024-25", "2024-03-01", "2024-05-31", "season", "spring 2024 (northern)"),
    ("2024-28", "2024-12-01", "2025-02-28", "season", "winter 2024–25 (northern)"),
    ("2024-29", "2024-09-01", "2024-11-30", "season", "spring 2024 (southern)"),
    ("2024-30", "2024-12-01", "2025-02-28", "season", "summer 2024–25 (southern)"),
    ("2024-31", "2024-03-01", "2024-05-31", "season", "autumn 2024 (southern)"),
    ("2024-32", "2024-06-01", "2024-08-31", "season", "winter 2024 (southern)"),
    ("2024-33", "2024-01-01", "2024-03-31", "season", "first quarter of 2024"),
    ("2024-36", "2024-10-01", "2024-12-31", "season", "fourth quarter of 2024"),
    ("2024-37", "2024-01-01", "2024-04-30", "season", "first third of 2024"),
    ("2024-39", "2024-09-01", "2024-12-31", "season", "third third of 2024"),
    ("2024-40", "2024-01-01", "2024-06-30", "season", "first half of 2024"),
    ("2024-41", "2024-07-01", "2024-12-31", "season", "second half of 2024"),
    ("-0043-24", "-0043-12-01", "-0042-02-28", "season", "winter 44 BC"),
    # unspecified digits
    ("202X", "2020-01-01", "2029-12-31", "decade", "the 2020s"),
    ("20XX", "2000-01-01", "2099-12-31", "century", "between 2000 and 2099"),
    ("2XXX", "2000-01-01", "2999-12-31", "millennium", "between 2000 and 2999"),
    ("XXXX", "0000-01-01", "9999-12-31", "age", "an unknown year"),
    ("1X6X", "1060-01-01", "1969-12-31", "millennium", "between 1060 and 1969"),
    ("19X4", "1904-01-01", "1994-12-31", "century", "between 1904 and 1994"),
    ("-004X", "-0049-01-01", "-0040-12-31", "decade", "between 50 and 41 BC"),
    ("-000X", "-0009-01-01", "-0001-12-31", "decade", "between 10 and 2 BC"),
    ("000X", "0000-01-01", "0009-12-31", "decade", "between 1 BC and AD 9"),
    ("202X?", "2020-01-01", "2029-12-31", "decade", "possibly the 2020s"),
    ("2024-XX", "2024-01-01", "2024-12-31", "year", "in 2024, month unknown"),
    ("2024-XX-XX", "2024-01-01", "2024-12-31", "year", "in 2024, month and day unknown"),
    ("2024-XX-15", "2024-01-15", "2024-12-15", "year", "between 15 January and 15 December 2024"),
    ("2024-XX-31", "2024-01-31", "2024-12-31", "year", "between 31 January and 31 December 2024"),
    ("2024-1X", "2024-10-01", "2024-12-31", "season", "between October and December 2024"),
    ("2024-0X", "2024-01-01", "2024-09-30", "year", "between January and September 2024"),
    ("2024-1X-XX", "2024-10-01", "2024-12-31", "season", "between October and December 2024"),
    ("2024-X2-30", "2024-12-30", "2024-12-30", "day", "30 December 2024"),
    ("2024-10-XX", "2024-10-01", "2024-10-31", "month", "in October 2024, day unknown"),
    ("2024-10-XX~", "2024-10-01", "2024-10-31", "month", "around October 2024 (day unknown)"),
    ("2024-06-1X", "2024-06-10", "2024-06-19", "month", "between 10 and 19 June 2024"),
    ("2023-02-2X", "2023-02-20", "2023-02-28", "month", "between 20 and 28 February 2023"),
    ("-2712-03-XX", "-2712-03-01", "-2712-03-31", "month", "in March 2713 BC, day unknown"),
    ("XXXX-12-XX", "0000-12-01", "9999-12-31", "age", "in December, day and year unknown"),
    ("XXXX-12", "0000-12-01", "9999-12-31", "age", "in December, year unknown"),
    ("XXXX-12-25", "0000-12-25", "9999-12-25", "age", "on 25 December, year unknown"),
    ("XXXX-02-29", "0000-02-29", "9996-02-29", "age", "on 29 February, year unknown"),
    ("XXXX-12-2X", "0000-12-20", "9999-12-29", "age", "between 20 December 1 BC and 29 December 9999"),
    ("20XX-02-29", "2000-02-29", "2096-02-29", "century", "between 29 February 2000 and 29 February 2096"),
    ("-00XX-02-29", "-0096-02-29", "-0004-02-29", "century", "between 29 February 97 and 29 February 5 BC"),
    ("202X-24", "2020-12-01", "2030-02-28", "decade", "winter, the 2020s"),
    ("202X-34", "2020-04-01", "2029-06-30", "decade", "second quarter, the 2020s"),
    # long years
    ("Y170000002", "+170000002-01-01", "+170000002-12-31", "year", "AD 170,000,002"),
    ("Y-170000002", "-170000002-01-01", "-170000002-12-31", "year", "170,000,003 BC"),
    ("Y-17E7", "-170000000-01-01", "-170000000-12-31", "year", "170,000,000 BC"),
    ("Y-13000", "-13000-01-01", "-13000-12-31", "year", "13,000 BC"),
    ("Y-13001", "-13001-01-01", "-13001-12-31", "year", "13,002 BC"),
    ("Y-13800000000", "-13800000000-01-01", "-13800000000-12-31", "year", "13,800,000,000 BC"),
    ("Y10000-02-29", "+10000-02-29", "+10000-02-29", "day", "29 February AD 10,000"),
    ("1950S2", "1900-01-01", "1999-12-31", "century", "between 1900 and 1999, estimated at 1950"),
    ("1950S4", "1950-01-01", "1950-12-31", "year", "1950"),
    ("-0044S1", "-0049-01-01", "-0040-12-31", "decade", "between 50 and 41 BC, estimated at 45 BC"),
    (
        "Y171010000S3",
        "+171000000-01-01",
        "+171999999-12-31",
        "age",
        "between AD 171,000,000 and AD 171,999,999, estimated at AD 171,010,000",
    ),
    (
        "Y3388E2S3",
        "+338000-01-01",
        "+338999-12-31",
        "millennium",
        "between AD 338,000 and AD 338,999, estimated at AD 338,800",
    ),
    # times
    (
        "2024-06-19T14",
        "2024-06-19T14:00:00",
        "2024-06-19T14:59:59",
        "hour",
        "19 June 2024, between 14:00 and 14:59",
    ),
    ("2024-06-19T14:30", "2024-06-19T14:30:00", "2024-06-19T14:30:59", "minute", "19 June 2024, 14:30"),
    ("2024-06-19T14:30:15", "2024-06-19T14:30:15", "2024-06-19T14:30:15", "second", "19 June 2024, 14:30:15"),
    ("2024-06-19T14:30:15.250", "2024-06-19T14:30:15", "2024-06-19T14:30:15", "second", "19 June 2024, 14:30:15"),
    ("2024-12-31T24:00", "2025-01-01T00:00:00", "2025-01-01T00:00:59", "minute", "1 January 2025, 00:00"),
    (
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:59Z",
        "2016-12-31T23:59:59Z",
        "second",
        "31 December 2016, 23:59:59 UTC",
    ),
    ("2024-06-19T14:30Z", "2024-06-19T14:30:00Z", "2024-06-19T14:30:59Z", "minute", "19 June 2024, 14:30 UTC"),
    ("2024-06-19T01:30+03:00", "2024-06-18T22:30:00Z", "2024-06-18T22:30:59Z", "minute", "19 June 2024, 01:30 UTC+3"),
    ("2024-06-19T22:30-05", "2024-06-20T03:30:00Z", "2024-06-20T03:30:59Z", "minute", "19 June 2024, 22:30 UTC−5"),
    (
        "2024-06-19T14+05:30",
        "2024-06-19T08:30:00Z",
        "2024-06-19T09:29:59Z",
        "hour",
        "19 June 2024, between 14:00 and 14:59 UTC+5:30",
    ),
    # one of several
    ("[2024-10-08,2024-10-10]", "2024-10-08", "2024-10-10", "day", "8 or 10 October 2024"),
    ("[2024-05-03..2024-05-07]", "2024-05-03", "2024-05-07", "day", "between 3 and 7 May 2024"),
    ("[2024-05-30..2024-06-02]", "2024-05-30", "2024-06-02", "day", "between 30 May and 2 June 2024"),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "year", "1667, 1668 or between 1670 and 1672"),
    ("[2024-10-08,2024-11]", "2024-10-08", "2024-11-30", "month", "8 October 2024 or November 2024"),
    ("[..1760-12]", None, "1760-12-31", "month", "December 1760 or earlier"),
    ("[1760-12..]", "1760-12-01", None, "month", "December 1760 or later"),
    ("[1667?,1760-12]", "1667-01-01", "1760-12-31", "year", "possibly 1667 or December 1760"),
    ("[2024]", "2024-01-01", "2024-12-31", "year", "2024"),
]

# text, start earliest and latest, end earliest and latest, precision, words
SPANS = [
    ("1914/1918", "1914-01-01", "1914-12-31", "1918-01-01", "1918-12-31", "year", "1914 to 1918"),
    ("2024-10-22/2024-10-24", "2024-10-22", "2024-10-22", "2024-10-24", "2024-10-24", "day", "22 to 24 October 2024"),
    ("2024-06-19/2024-06-19", "2024-06-19", "2024-06-19", "2024-06-19", "2024-06-19", "day", "19 June 2024"),
    (
        "2024-10-30/2024-11-02",
        "2024-10-30",
        "2024-10-30",
        "2024-11-02",
        "2024-11-02",
        "day",
        "30 October to 2 November 2024",
    ),
    ("2024-06/2024-08", "2024-06-01", "2024-06-30", "2024-08-01", "2024-08-31", "month", "June to August 2024"),
    (
        "2024-06/2024-08-05",
        "2024-06-01",
        "2024-06-30",
        "2024-08-05",
        "2024-08-05",
        "month",
        "June 2024 to 5 August 2024",
    ),
    ("-0049/-0043", "-0049-01-01", "-0049-12-31", "-0043-01-01", "-0043-12-31", "year", "50 to 44 BC"),
    ("-0043/0014", "-0043-01-01", "-0043-12-31", "0014-01-01", "0014-12-31", "year", "44 BC to AD 14"),
    ("2024-21/2024-23", "2024-03-01", "2024-05-31", "2024-09-01", "2024-11-30", "season", "spring to autumn 2024"),
    # ends that overlap are clipped so that no end comes before its start
    ("2024-06/2024-06-03", "2024-06-01", "2024-06-03", "2024-06-03", "2024-06-03", "month", "June 2024 to 3 June 2024"),
    (
        "2024-06-20/2024-06",
        "2024-06-20",
        "2024-06-20",
        "2024-06-20",
        "2024-06-30",
        "month",
        "20 June 2024 to June 2024",
    ),
    ("2024/2024", "2024-01-01", "2024-12-31", "2024-01-01", "2024-12-31", "year", "2024"),
    # open and unknown ends
    ("2024-08/..", "2024-08-01", "2024-08-31", None, None, "month", "since August 2024"),
    ("2024-08~/..", "2024-08-01", "2024-08-31", None, None, "month", "since around August 2024"),
    ("2024-08/", "2024-08-01", "2024-08-31", "2024-08-01", None, "month", "from August 2024, end unknown"),
    ("../2024-06", None, None, "2024-06-01", "2024-06-30", "month", "until June 2024"),
    ("/2024-06", None, "2024-06-30", "2024-06-01", "2024-06-30", "month", "until June 2024, start unknown"),
    ("202X/..", "2020-01-01", "2029-12-31", None, None, "decade", "since the 2020s"),
    (
        "20XX/",
        "2000-01-01",
        "2099-12-31",
        "2000-01-01",
        None,
        "century",
        "from some time between 2000 and 2099, end unknown",
    ),
    # qualifiers and unknown parts on either side
    (
        "2024-06~/2024-08?",
        "2024-06-01",
        "2024-06-30",
        "2024-08-01",
        "2024-08-31",
        "month",
        "around June 2024 to possibly August 2024",
    ),
    (
        "2024-10-XX/2024-11-05",
        "2024-10-01",
        "2024-10-31",
        "2024-11-05",
        "2024-11-05",
        "month",
        "October 2024 (day unknown) to 5 November 2024",
    ),
    (
        "19XX/20XX",
        "1900-01-01",
        "1999-12-31",
        "2000-01-01",
        "2099-12-31",
        "century",
        "some time between 1900 and 1999 to some time between 2000 and 2099",
    ),
    # times
    (
        "2024-06-19T14:30/2024-06-19T16:00",
        "2024-06-19T14:30:00",
        "2024-06-19T14:30:59",
        "2024-06-19T16:00:00",
        "2024-06-19T16:00:59",
        "minute",
        "19 June 2024, 14:30 to 16:00",
    ),
    (
        "2024-06-19T14:30Z/2024-06-20T01:00Z",
        "2024-06-19T14:30:00Z",
        "2024-06-19T14:30:59Z",
        "2024-06-20T01:00:00Z",
        "2024-06-20T01:00:59Z",
        "minute",
        "19 June 2024, 14:30 UTC to 20 June 2024, 01:00 UTC",
    ),
]

# text, position, a part of the message
ERRORS = [
    ("", 0, "nothing is written"),
    ("   ", 3, "nothing is written"),
    ("soon", 0, "a year of four digits"),
    ("24-06", 0, "a year of four digits"),
    ("+2024", 0, "a year of four digits"),
    ("20240619", 4, "four digits and a hyphen"),
    ("Y", 0, "the digits of a year after Y"),
    ("-0000", 0, "written 0000"),
    ("2024-6", 5, "two digits of a month"),
    ("2024-", 5, "two digits of a month"),
    ("2024-123", 5, "two digits of a month"),
    ("2024-06-1", 8, "two digits of a day"),
    ("2024-13", 5, "13 is not a month"),
    ("2024-00", 5, "00 is not a month"),
    ("2024-42", 5, "42 is not a month"),
    ("2024-2X", 5, "2X is not a month"),
    ("2024-02-30", 8, "February 2024 has 29 days"),
    ("2023-02-29", 8, "February 2023 has 28 days"),
    ("2024-06-31", 8, "June 2024 has 30 days"),
    ("2024-06-00", 8, "00 is not a day"),
    ("2024-02-3X", 8, "February 2024 has 29 days"),
    ("2024-XX-32", 8, "expected 01 to 31"),
    ("XXXX-02-30", 8, "February has 29 days"),
    ("19X1-02-29", 8, "29 is not a day"),
    ("-0043-02-29", 9, "February -0043 has 28 days"),
    ("2024-21-05", 5, "a season or a quarter has no days"),
    ("2024-06-19-01", 10, "nothing comes after the day"),
    ("2024-06-19??", 11, "one qualifier is enough"),
    ("2024-06-19 14:30", 10, "a time follows T"),
    ("2024–06", 4, "plain signs"),
    ("２０２４", 0, "the digits 0 to 9"),
    ("2024T14:30", 4, "a whole date before it"),
    ("2024-XX-15T14:30", 10, "a whole date before it"),
    ("2024-06-19T", 11, "two-digit hours"),
    ("2024-06-19T9:30", 11, "two-digit hours"),
    ("2024-06-19T25:00", 11, "25 is not an hour"),
    ("2024-06-19T24:30", 11, "only 24:00"),
    ("2024-06-19T14:60", 14, "60 is not a minute"),
    ("2024-06-19T14:31:60", 17, "60 is not a second"),
    ("2024-06-19T14:30:61", 17, "61 is not a second"),
    ("2024-06-19T14:30+3", 16, "expected a zone"),
    ("2024-06-19T14:30+19:00", 16, "that far from UTC"),
    ("2024-06-19T14:30+03:75", 16, "that far from UTC"),
    ("2024-06-19T14:30 MSK", 16, "a time follows T"),
    ("Y72900000000000", 0, "year out of range"),
    ("Y1E99999999999", 0, "year out of range"),
    ("Y74000000000", 0, "year out of range"),
    ("1950S0", 5, "1 to 4 significant digits"),
    ("1950S5", 5, "1 to 4 significant digits"),
    ("195XS2", 4, "digits are all given"),
    ("1950S2-06", 7, "has no month"),
    ("2024/2023", 5, "ends before it starts: 2023 lies before 2024"),
    ("2024-06-19/2024-06-18", 11, "ends before it starts"),
    ("2024/2025/2026", 9, "two ends"),
    ("../..", 0, "a date at one end at least"),
    ("/", 0, "a date at one end at least"),
    ("2024/x", 5, "a year of four digits"),
    ("2024..", 4, "'..' stands in an interval"),
    ("2024-06-19T14:30Z/2024-06-20T01:00", 18, "one date has a zone"),
    ("[2024", 5, "expected ]"),
    ("[", 1, "expected ]"),
    ("[]", 1, "nothing is written"),
    ("[2024,]", 6, "nothing is written"),
    ("[..]", 1, "a date before or after '..'"),
    ("[2025..2024]", 7, "ends before it starts"),
    ("[2024,2024-13]", 11, "13 is not a month"),
    ("{2024,2025}", 0, "write one event for each"),
    ("2" * 201, 200, "at most 200 characters"),
    ("  2024-02-30", 10, "February 2024 has 29 days"),
]


def test_the_tables_are_large_enough() -> None:
    assert len(POINTS) + len(SPANS) >= 80


@pytest.mark.parametrize(("text", "earliest", "latest", "precision", "words"), POINTS)
def test_points(text: str, earliest: str | None, latest: str | None, precision: str, words: str) -> None:
    when = parse(text)
    assert bounds_iso(when) == ([earliest, latest], [earliest, latest])
    assert when.precision.label == precision
    assert in_words(when) == words
    assert when.text == text
    assert not when.is_span


@pytest.mark.parametrize(
    ("text", "start_earliest", "start_latest", "end_earliest", "end_latest", "precision", "words"), SPANS
)
def test_spans(
    text: str,
    start_earliest: str | None,
    start_latest: str | None,
    end_earliest: str | None,
    end_latest: str | None,
    precision: str,
    words: str,
) -> None:
    when = parse(text)
    assert bounds_iso(when) == ([start_earliest, start_latest], [end_earliest, end_latest])
    assert when.precision.label == precision
    assert in_words(when) == words
    assert when.text == text
    assert when.is_span


@pytest.mark.parametrize(("text", "position", "message"), ERRORS)
def test_errors_say_what_was_expected_and_where(text: str, position: int, message: str) -> None:
    with pytest.raises(WhenError) as caught:
        parse(text)
    assert message in str(caught.value)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (" 2024-06 ", "2024-06"),
        ("Y2024", "2024"),
        ("Y-43", "-0043"),
        ("-20240", "Y-20240"),
        ("+10000-02-29", "Y10000-02-29"),
        ("Y-0017E07", "Y-17E7"),
        ("~Y2024-06", "~2024-06"),
        ("[ 2024 , 2025 ]", "[2024,2025]"),
    ],
)
def test_text_is_canonical(written: str, canonical: str) -> None:
    assert parse(written).text == canonical
    assert parse(canonical).text == canonical


def test_bounds_are_whole_seconds_and_the_last_one_counts() -> None:
    june = parse("2024-06")
    assert june.start_earliest_s == seconds_from_civil(2024, 6, 1)
    assert june.start_latest_s == seconds_from_civil(2024, 6, 30, 23, 59, 59)


def test_without_bound() -> None:
    ongoing = parse("2024/..")
    assert (ongoing.end_earliest_s, ongoing.end_latest_s) == (FUTURE_S, FUTURE_S)
    assert (ongoing.open_end, ongoing.unknown_end, ongoing.open_start) == (True, False, False)
    ended = parse("2024/")
    assert (ended.end_earliest_s, ended.end_latest_s) == (ended.start_earliest_s, FUTURE_S)
    assert (ended.open_end, ended.unknown_end) == (False, True)
    begun = parse("/2024")
    assert (begun.start_earliest_s, begun.start_latest_s) == (PAST_S, begun.end_latest_s)
    assert (begun.open_start, begun.unknown_start) == (False, True)
    eternal = parse("../2024")
    assert (eternal.start_earliest_s, eternal.start_latest_s) == (PAST_S, PAST_S)
    assert (eternal.open_start, eternal.unknown_start) == (True, False)


def test_qualifiers_are_told_apart() -> None:
    states = {text: (parse(text).approximate, parse(text).uncertain) for text in ("2024", "2024~", "2024?", "2024%")}
    assert states == {"2024": (False, False), "2024~": (True, False), "2024?": (False, True), "2024%": (True, True)}
    mixed = parse("2024~/2025?")
    assert (mixed.approximate, mixed.uncertain) == (True, True)


def test_zones() -> None:
    assert (parse("2024-06-19T14:30").zoned, parse("2024-06-19T14:30").offset_minutes) == (False, None)
    assert (parse("2024-06-19T14:30Z").zoned, parse("2024-06-19T14:30Z").offset_minutes) == (True, 0)
    assert parse("2024-06-19T14:30-03:30").offset_minutes == -210
    east, west = parse("2024-06-19T14:30+03:00"), parse("2024-06-19T11:30Z")
    assert east.start_earliest_s == west.start_earliest_s


def test_what_was_changed_is_noted() -> None:
    assert parse("2024-06-19T23:59:60Z").note == "the leap second :60 is counted as :59"
    assert parse("2024-06-19T24:00").note == "24:00 is read as 00:00 of the next day"
    assert parse("2024-06-19T14:30").note == ""


def test_precisions_run_from_fine_to_coarse() -> None:
    texts = ("2024-06-19T14:30:15", "2024-06-19T14:30", "2024-06-19T14", "2024-06-19", "2024-06", "2024-21", "2024")
    assert [parse(text).precision for text in (*texts, "202X", "20XX", "2XXX", "XXXX")] == list(Precision)


def test_iso_bound() -> None:
    assert iso_bound(PAST_S, with_time=False) is None
    assert iso_bound(FUTURE_S, with_time=True) is None
    assert iso_bound(0, with_time=False) == "1970-01-01"
    assert iso_bound(-1, with_time=True) == "1969-12-31T23:59:59"


def test_sorting_is_by_bounds_then_by_text() -> None:
    texts = ["2025", "2024/..", "2024-06-19", "2024?", "../2020", "2024", "2024-06", "-0043", "Y-17E7", "2024~"]
    ordered = [when.text for when in sorted(map(parse, texts), key=sort_key)]
    assert ordered == [
        "../2020",
        "Y-17E7",
        "-0043",
        "2024",
        "2024?",
        "2024~",
        "2024/..",
        "2024-06",
        "2024-06-19",
        "2025",
    ]


def test_a_when_prints_itself() -> None:
    when: When = parse("2024-06~")
    assert str(when) == "2024-06~"
