"""Tests of typed dates: what is understood, what is asked back, and what is refused with its reason."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.core.errors import AmbiguousDate, WhenError
from timeline_app.core.typed_date import read_typed_date

UNDERSTOOD = [
    ("2024", "2024"),
    ("2024-06", "2024-06"),
    (" 2024-06-19 ", "2024-06-19"),
    ("2024-10-08~", "2024-10-08~"),
    ("2024/..", "2024/.."),
    ("-0043", "-0043"),
    ("12 Oct 2024", "2024-10-12"),
    ("12 October, 2024", "2024-10-12"),
    ("Oct 12 2024", "2024-10-12"),
    ("October 12, 2024", "2024-10-12"),
    ("12th of October, 2024", "2024-10-12"),
    ("12/Oct/2024", "2024-10-12"),
    ("12Oct2024", "2024-10-12"),
    ("2024-Oct-12", "2024-10-12"),
    ("12–Oct–2024", "2024-10-12"),
    ("29 Feb 2024", "2024-02-29"),
    ("31 Jan 2024", "2024-01-31"),
    ("October 2024", "2024-10"),
    ("2024 Oct", "2024-10"),
    ("Mar. 2024", "2024-03"),
    ("May 2024", "2024-05"),
    ("06/2024", "2024-06"),
    ("13/02/2024", "2024-02-13"),
    ("02/13/2024", "2024-02-13"),
    ("2/2/2024", "2024-02-02"),
    ("2024/3/4", "2024-03-04"),
    ("2024.3.4", "2024-03-04"),
    ("2024-6-9", "2024-06-09"),
    ("20240619", "2024-06-19"),
    ("12 Oct 2024 10:15", "2024-10-12T10:15"),
    ("12 Oct 2024 10:15:30", "2024-10-12T10:15:30"),
    ("12 Oct 2024 10am", "2024-10-12T10"),
    ("12 Oct 2024 10:15 UTC", "2024-10-12T10:15Z"),
    ("12 Oct 2024 10:15+03:00", "2024-10-12T10:15+03:00"),
    ("12 Oct 2024 10:15 GMT+3", "2024-10-12T10:15+03:00"),
    ("12 Oct 2024 10:15 -0330", "2024-10-12T10:15-03:30"),
    ("2024-06-19 14:30", "2024-06-19T14:30"),
    ("2024-06-19 9:30", "2024-06-19T09:30"),
    ("2024-06-19 2pm", "2024-06-19T14"),
    ("Thu, 20 Jun 2024 10:00:00 GMT", "2024-06-20T10:00:00Z"),
    ("Saturday, 12 Oct 2024", "2024-10-12"),
    ("Monday 3/4/2024", "2024-03-04"),
    ("44 BC", "-0043"),
    ("44 B.C.", "-0043"),
    ("500 BCE", "-0499"),
    ("1 BC", "0000"),
    ("AD 1", "0001"),
    ("79 AD", "0079"),
    ("2024 CE", "2024"),
    ("15 March 44 BC", "-0043-03-15"),
    ("March 44 BC", "-0043-03"),
    ("29 Feb 45 BC", "-0044-02-29"),
    ("24 August AD 79", "0079-08-24"),
    ("10,000 BC", "Y-10000"),
    ("13,800,000,000 BC", "Y-13800000000"),
    ("12,345 BC", "Y-12344"),
    ("spring 2024", "2024-21"),
    ("fall of 2024", "2024-23"),
    ("winter 2024–25", "2024-24"),
    ("winter 1999/2000", "1999-24"),
    ("the 1990s", "199X"),
    ("1990's", "199X"),
    ("Q3 2024", "2024-35"),
    ("2024 Q3", "2024-35"),
]

REFUSED = [
    ("", "type a date"),
    ("   ", "type a date"),
    ("Oct 12", "names no year; nothing is filled in from today"),
    ("March", "names no year"),
    ("12", "names no year"),
    ("10:15", "names no year"),
    ("3/4", "names no year"),
    ("Friday", "names no year"),
    ("last Friday", "“last” counts from today"),
    ("next week", "“next” counts from today"),
    ("tomorrow", "“tomorrow” counts from today"),
    ("13.8 billion years ago", "“ago” counts from today"),
    ("12 Oct 24", "four digits"),
    ("3/4/24", "four digits"),
    ("99", "four digits"),
    ("Friday 12 Oct 2024", "12 October 2024 is a Saturday"),
    ("Sunday 3/4/2024", "3 April 2024 is a Wednesday"),
    ("Friday October 2024", "no day of the month"),
    ("Oct 2024 10:15", "no day"),
    ("12 Oct 2024 10:15 MSK", "the zone MSK has more than one meaning"),
    ("12 Oct 2024 10:15 CET", "the zone CET has more than one meaning"),
    ("2024-02-30", "February 2024 has 29 days"),
    ("2024-13-05", "13 is not a month"),
    ("2024 13 5", "13 is not a month"),
    ("20241301", "13 is not a month"),
    ("31 Feb 2024", "no such date"),
    ("13/13/2024", "no such date"),
    ("29 Feb 44 BC", "no such date"),
    ("0 BC", "there is no year 0"),
    ("AD 0", "there is no year 0"),
    ("10:15 3 March 44 BC", "a day and a month before the year"),
    ("99,000,000,000,000 BC", "year out of range"),
    ("March -44", "44 BC, or in full as -0043"),
    ("winter 2024/26", "only a winter lies in two years"),
    ("spring 2024/25", "only a winter lies in two years"),
    ("١٢ Oct 2024", "the digits 0 to 9"),
    ("12 октября 2024", "the digits 0 to 9"),
    ("Marx 2024", "not a date that can be read"),
    ("2020-2024", "two digits of a month"),
    ("12 Oct 12345", "no such date"),
    ("x" * 61, "at most 60 characters"),
]

ASKED = [
    ("3/4/2024", ("2024-04-03", "2024-03-04"), "could be 3 April 2024 or 4 March 2024"),
    ("3.4.2024", ("2024-04-03", "2024-03-04"), "could be 3 April 2024 or 4 March 2024"),
    ("3 4 2024", ("2024-04-03", "2024-03-04"), "could be 3 April 2024 or 4 March 2024"),
    ("3/4/2024 10:15", ("2024-04-03T10:15", "2024-03-04T10:15"), "10:15"),
    ("winter 2024", ("2023-24", "2024-24"), "could be winter 2023–24 or winter 2024–25"),
]


@pytest.mark.parametrize(("typed", "text"), UNDERSTOOD)
def test_understood(typed: str, text: str) -> None:
    assert read_typed_date(typed).text == text


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
def test_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(WhenError) as caught:
        read_typed_date(typed)
    assert reason in str(caught.value)
    assert not isinstance(caught.value, AmbiguousDate)
    assert 0 <= caught.value.position <= len(typed)


@pytest.mark.parametrize(("typed", "texts", "question"), ASKED)
def test_asked_back(typed: str, texts: tuple[str, ...], question: str) -> None:
    with pytest.raises(AmbiguousDate) as caught:
        read_typed_date(typed)
    assert tuple(when.text for when in caught.value.choices) == texts
    assert question in str(caught.value)


@pytest.mark.parametrize("year", [1970, 2024, 2199])
def test_the_clock_changes_nothing(monkeypatch: pytest.MonkeyPatch, year: int) -> None:
    then = time.struct_time((year, 6, 15, 12, 0, 0, 3, 166, 0))
    monkeypatch.setattr(time, "localtime", lambda *_: then)
    monkeypatch.setattr(time, "tzname", ("CET", "CEST"))
    assert read_typed_date("12 Oct 2024").text == "2024-10-12"
    with pytest.raises(WhenError, match="four digits"):
        read_typed_date("12 Oct 24")
    with pytest.raises(WhenError, match="CET"):
        read_typed_date("12 Oct 2024 10:15 CET")


WORDS = [
    "12",
    "3",
    "44",
    "2024",
    "Oct",
    "May",
    "Fri",
    "BC",
    "AD",
    "at",
    "10:15",
    "5pm",
    "UTC",
    "+",
    "-",
    "/",
    ".",
    ",",
    "Z",
]


def refusal(typed: str) -> WhenError | None:
    try:
        read_typed_date(typed)
    except WhenError as error:
        return error
    return None


@given(
    st.one_of(
        st.text(max_size=70),
        st.text("0123456789/.-: ,+OctaJnpmBCDZ", max_size=60),
        st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    )
)
@example("2024-01-01 +99:99")
@example("1 Oct 2024 10:15 +99:99")
@example("0000-00-00")
def test_any_text_is_read_or_refused(typed: str) -> None:
    error = refusal(typed)
    if error is not None:
        assert str(error)
        assert 0 <= error.position <= len(typed)
