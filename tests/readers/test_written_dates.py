"""Tests of the dates that people and spreadsheets write in cells."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline_app.core.errors import WhenError
from timeline_app.core.when import parse
from timeline_app.readers.date_numbers import DateNumbers
from timeline_app.readers.day_order import DayOrder
from timeline_app.readers.month_words import MONTHS
from timeline_app.readers.written_dates import edtf_of, ongoing

DATES = {
    "2024-06-19": "2024-06-19",
    "2024-10~": "2024-10~",
    "2024-06-19 14:30": "2024-06-19T14:30",
    "2024-06-19 14:30:00.5+03": "2024-06-19T14:30:00.5+03:00",
    "2024-6-9": "2024-06-09",
    "2024/06/19": "2024-06-19",
    "19.06.2024": "2024-06-19",
    "9-Mar-1999": "1999-03-09",
    "9-12 March, 1999": "1999-03-09/1999-03-12",
    "March 9-12, 1999": "1999-03-09/1999-03-12",
    "9 and 10 March 1999": "1999-03-09/1999-03-10",
    "24 Feb 2022, 5am": "2022-02-24T05",
    "24 February 2022 at 12 p.m.": "2022-02-24T12",
    "24 Feb 2022 5.30pm": "2022-02-24T17:30",
    "31 марта & 1 апреля 1999": "1999-03-31/1999-04-01",
    "5 March - 12 April 1999": "1999-03-05/1999-04-12",
    "Dec 1999 - Jan 2000": "1999-12/2000-01",
    "March–April 1915": "1915-03/1915-04",
    "c. 2600 BC": "-2599~",
    "c. 1200-1100 BC": "-1199~/-1099",
    "264-241 BC": "-0263/-0240",
    "27 BC - 14 AD": "-0026/0014",
    "15 March 44 BC": "-0043-03-15",
    "AD 60": "0060",
    "10,000 BC": "Y-10000",
    "1825-1826": "1825/1826",
    "1914-18": "1914/1918",
    "2014-ongoing": "2014/..",
    "2014–present": "2014/..",
    "2014-": "2014/..",
    "since 2014": "2014/..",
    "until 1918": "/1918",
    "before 1900": "[..1900]",
    "after 1900": "[1900..]",
    "between 1914 and 1918": "[1914..1918]",
    "1914 or 1915": "[1914,1915]",
    "either 1990 or 1991": "[1990,1991]",
    "2024-W05": "[2024-01-29..2024-02-04]",
    "2024W05-3": "2024-01-31",
    "2020-W53": "[2020-12-28..2021-01-03]",
    "Week 5 of 2024": "[2024-01-29..2024-02-04]",
    "KW 1/1970": "[1969-12-29..1970-01-04]",
    "9 marca 1999 r.": "1999-03-09",
    "1 września 1939": "1939-09-01",
    "maj 1945": "1945-05",
    "15 października 1944": "1944-10-15",
    "1990s": "199X",
    "19th century": "18XX",
    "19th-20th centuries": "18XX/19XX",
    "3rd to 2nd century BC": "-02XX/-01XX",
    "XIX–XX вв.": "18XX/19XX",
    "spring 1943": "1943-21",
    "Q3 2024": "2024-35",
    "first half of 2014": "2014-40",
    "3/1999": "1999-03",
    "03.1999": "1999-03",
    "mid-1999": "1999",
    "late March 1999": "1999-03",
    "c. early 1999": "1999~",
    "early 1990s": "199X",
    "end of 2014 - beginning of 2016": "2014/2016",
    "début mars 1999": "1999-03",
    "Anfang 1999": "1999",
    "в конце 1999 года": "1999",
    "March 1915?": "1915-03?",
    "July 1st, 1916": "1916-07-01",
    "1 July – 18 November 1916 (4 months, 2 weeks and 3 days)": "1916-07-01/1916-11-18",
    "2 July 1863 (3 weeks and 2 days)": "1863-07-02/[1863-07-24..1863-07-25]",
    "Sat, 20 May 1961 14:30:00 GMT": "1961-05-20T14:30:00Z",
    "May 20, 1961 2:30 PM": "1961-05-20T14:30",
    "from 3 May 1940 to 5 June 1940": "1940-05-03/1940-06-05",
    "1er août 1914": "1914-08-01",
    "9 de marzo de 1999": "1999-03-09",
    "1. September 1939 bis 8. Mai 1945": "1939-09-01/1945-05-08",
    "9 марта 1999 г.": "1999-03-09",
    "с 3 мая 1940 по 5 июня 1940": "1940-05-03/1940-06-05",
    "9 березня 1999 року": "1999-03-09",
    "٩ مارس ١٩٩٩": "1999-03-09",
    "تشرين الأول 1973": "1973-10",
    "1999년 3월 9일": "1999-03-09",
    "1999年3月9日": "1999-03-09",
    "1945年8月15日至9月2日": "1945-08-15/1945-09-02",
    "自1945年8月15日至20日": "1945-08-15/1945-08-20",
    "1945年8月至9月": "1945-08/1945-09",
    "1950년 6월 25일 ~ 9월 28일": "1950-06-25/1950-09-28",
    "1950년 6월 25일부터 28일까지": "1950-06-25/1950-06-28",
    "2024.3.1~2024.3.5": "2024-03-01/2024-03-05",
    "-490": "-0489",
    "\u2212490": "-0489",
    "–2011": "/2011",
    "1939-45": "1939/1945",
    "1939/45": "1939/1945",
    "c. 1939–45": "1939~/1945",
    "1936-39": "1936/1939",
    "winter 1942-43": "1942-24",
    "зима 1942–1943": "1942-24",
    "8.V.1945": "1945-05-08",
    "1.IX.1939 r.": "1939-09-01",
    "XII 1943": "1943-12",
    "28.VI–2.VII.1914": "1914-06-28/1914-07-02",
    "24 фев 2022 г.": "2022-02-24",
    "13.04.2022 года": "2022-04-13",
    "Sat 13/04/2022": "2022-04-13",
    "2022. 11. 24.(목)": "2022-11-24",
    "13/14 February 1945": "1945-02-13/1945-02-14",
    "night of 13–14 February 1945": "1945-02-13/1945-02-14",
    "Mai/Juni 1940": "1940-05/1940-06",
    "Dec. 1945/Jan. 1946": "1945-12/1946-01",
    "24 فبراير/شباط 2022": "2022-02-24",
    "1945 (May)": "1945-05",
    "[c. 1940]": "1940~",
    "1940 or later": "[1940..]",
    "pre-1914": "[..1914]",
    "h. 1938": "1938~",
    "1º de mayo de 1940": "1940-05-01",
    "XIX век": "18XX",
    "XIXe siècle": "18XX",
    "siglo XIX": "18XX",
    "19世纪": "18XX",
    "3rd century BC": "-02XX",
    "III век до н. э.": "-02XX",
    "1980-е годы": "198X",
    "1980er Jahre": "198X",
    "1980年代": "198X",
    "H1 2020": "2020-40",
    "1938年春": "1938-21",
    "2024年12月中旬": "2024-12",
    "2024년 12월 중순": "2024-12",
    "2024年底": "2024",
    "民国27年7月": "1938-07",
    "昭和16年12月8日": "1941-12-08",
    "2022년 2월 24일 오후 4시": "2022-02-24T16:00",
    "20220224T040000Z": "2022-02-24T04:00:00Z",
    "Thu Feb 24 2022 04:00:00 GMT+0200 (Eastern European Standard Time)": "2022-02-24T04:00:00+02:00",
    "1914-08-00": "1914-08",
    "1914-00-00": "1914",
    "-2333-0-01": "-2333",
    "2001-254": "2001-09-11",
    "2024-366": "2024-12-31",
    "нач. мая 2022": "2022-05",
    "сер. 1943": "1943",
    "12 сер. 1943": "1943-08-12",
    "наприкінці 1943": "1943",
    "в ночь на 22 июня 1941": "1941-06-22",
    "nuit du 5 au 6 juin 1944": "1944-06-05/1944-06-06",
    "первая половина 1943 года": "1943-40",
    "2-я половина 1943": "1943-41",
    "premier semestre 2014": "2014-40",
    "segundo semestre de 2014": "2014-41",
    "2014年下半年": "2014-41",
    "2H 2014": "2014-41",
    "民国三十四年八月十五日": "1945-08-15",
    "一九三七年七月七日": "1937-07-07",
    "1937年七月": "1937-07",
    "前221年": "-0220",
    "200 ق.م": "-0199",
    "15 مارس 2011م": "2011-03-15",
    "44 v. u. Z.": "-0043",
    "1st century AD": "00XX",
    "from 2014": "2014/..",
    "24.02.2022-н.в.": "2022-02-24/..",
    "2014 — н. в.": "2014/..",
    "2014年至今": "2014/..",
    "2015年11月13日21时20分": "2015-11-13T21:20",
    "13 novembre 2015 à 21h20": "2015-11-13T21:20",
    "Friday 13 November 2015, 21:20 CET": "2015-11-13T21:20",
    "2001-09-11 08:46 EDT": "2001-09-11T08:46",
    "2015-11-13 21:20 UTC+1": "2015-11-13T21:20+01:00",
    "2015-11-13 21:20:00 +0000 UTC": "2015-11-13T21:20:00+00:00",
    "Tue Sep 11 08:46:00 EDT 2001": "2001-09-11T08:46:00",
    "Wed Aug 27 13:08:45 +0000 2008": "2008-08-27T13:08:45+00:00",
    "6 June 1944 (D-Day)": "1944-06-06",
    "1944 (est.)": "1944~",
    "1914-1918 (approx.)": "1914~/1918~",
    "dawn, 6 June 1944": "1944-06-06",
    "6 June 1944 - morning": "1944-06-06",
    "20240619": "2024-06-19",
    "19990300": "1999-03",
    "19990000": "1999",
    "20240619143000": "2024-06-19T14:30:00",
    "43831": "2020-01-01",
    "43831.5": "2020-01-01T12:00",
    "1700000000": "2023-11-14T22:13:20Z",
    "1700000000123": "2023-11-14T22:13:20.123Z",
    "1700000000123456": "2023-11-14T22:13:20.123Z",
}
REFUSED = {
    "25 c.": "expected a date",
    "99th century": "expected a date",
    "12/31/99": "no century is filled in",
    "Mar-99": "no century is filled in",
    "9 March": "names no year",
    "2 July (3 weeks and 2 days)": "names no year",
    "March": "names no year",
    "Friday": "expected a date, such as",
    "12": "expected a date, such as",
    "14:30": "expected a date, such as",
    "-ongoing": "expected a date, such as",
    "3,75": "expected a date, such as",
    "48,856": "expected a date, such as",
    "12, 1999": "names a day but no month",
    "1234 19:01:01": "has a time of day, 19:01:01, but no day",
    "March 1999 14:30": "has a time of day, 14:30, but no day",
    "858 after 13 Feb 858": "expected a date, such as .*; found “858 after 13 Feb 858”",
    "2024-06-19 14:30 XYZT": "“XYZT” is no zone that is known",
    "1999 (or 2000)": "expected a duration",
    "25 October 1917 (O.S.)": "expected a duration",
    "25 October 1917 (9 November)": "expected a duration",
    "۱۴۰۱/۰۶/۲۵": "a year of the Persian calendar, which is not converted",
    "9 and 12 March 1999": "expected a date, such as",
    "1945-24 or so": "expected a date, such as",
    "xxv century": "expected a date, such as",
    "winter 1942-44": "no century is filled in",
    "13/13/2024": "is no date, whichever",
    "03/04/2024": "the column does not tell which",
    "x" * 5_000: "expected a date of at most",
}


@pytest.mark.parametrize("written", DATES)
def test_a_written_date_is_read(written: str) -> None:
    assert edtf_of(written) == DATES[written]
    parse(DATES[written])


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_no_date_or_leaves_a_part_open_is_refused(written: str) -> None:
    with pytest.raises(WhenError, match=REFUSED[written]):
        edtf_of(written)


@pytest.mark.parametrize(
    ("written", "order", "found"),
    [
        ("03/04/2024", DayOrder.DMY, "2024-04-03"),
        ("03/04/2024", DayOrder.MDY, "2024-03-04"),
        ("03.04.2024 - 05.04.2024", DayOrder.DMY, "2024-04-03/2024-04-05"),
        ("03.04–05.04.2024", DayOrder.DMY, "2024-04-03/2024-04-05"),
        ("3.–5.4.2024", DayOrder.DMY, "2024-04-03/2024-04-05"),
        ("03/03/2024", None, "2024-03-03"),
        ("13/02/2024", None, "2024-02-13"),
        ("02/13/2024", None, "2024-02-13"),
        ("2024/02/03", DayOrder.DMY, "2024-02-03"),
        ("03/04/2024 14:30", DayOrder.MDY, "2024-03-04T14:30"),
    ],
)
def test_the_order_of_day_and_month_decides(written: str, order: DayOrder | None, found: str) -> None:
    assert edtf_of(written, order) == found


@pytest.mark.parametrize(("written", "order"), [("02/13/2024", DayOrder.DMY), ("13/02/2024", DayOrder.MDY)])
def test_a_date_in_another_order_than_the_column_is_refused(written: str, order: DayOrder) -> None:
    with pytest.raises(WhenError, match=r"expected the (day|month) first"):
        edtf_of(written, order)


@pytest.mark.parametrize(
    ("written", "numbers", "found"),
    [
        ("0", DateNumbers.EXCEL_1904, "1904-01-01"),
        ("1", DateNumbers.EXCEL_1900, "1900-01-01"),
        ("61", DateNumbers.EXCEL_1900, "1900-03-01"),
        ("42369", DateNumbers.EXCEL_1904, "2020-01-01"),
        ("86400", DateNumbers.SECONDS, "1970-01-02T00:00Z"),
        ("-86400000", DateNumbers.MILLISECONDS, "1969-12-31T00:00Z"),
    ],
)
def test_what_numbers_count_may_be_told(written: str, numbers: DateNumbers, found: str) -> None:
    assert edtf_of(written, None, numbers) == found


def test_the_29_february_of_spreadsheets_is_no_day() -> None:
    with pytest.raises(WhenError, match="60 stands for no day"):
        edtf_of("60", None, DateNumbers.EXCEL_1900)


def test_another_cell_may_give_the_year() -> None:
    assert edtf_of("2 July (3 weeks and 2 days)", year=1863) == "1863-07-02/[1863-07-24..1863-07-25]"
    assert edtf_of("July 2-5", year=1863) == "1863-07-02/1863-07-05"


def test_what_goes_on_is_told() -> None:
    assert all(map(ongoing, (" Ongoing", "-present", "至今")))
    assert not ongoing("2024")


def test_every_month_has_its_words() -> None:
    assert {
        MONTHS[word] for word in ("march", "mars", "marzo", "märz".replace("ä", "a"), "марта", "березня", "آذار")
    } == {3}
    assert set(MONTHS.values()) == set(range(1, 13))


@given(st.text(max_size=60) | st.text("0123456789 -/.~?,()MarchAprBCc", max_size=30))
def test_any_text_is_a_date_or_refused(written: str) -> None:
    try:
        found = edtf_of(written)
    except WhenError:
        return
    assert found == "" or found[0] in "-[/Y0123456789~%?"


@given(st.dates(), st.sampled_from("/.-"))
def test_a_day_in_any_order_is_the_same_day(day: date, sign: str) -> None:
    year, month, number = f"{day.year:04}", f"{day.month:02}", f"{day.day:02}"
    iso = day.isoformat()
    assert edtf_of(sign.join((number, month, year)), DayOrder.DMY) == iso
    assert edtf_of(sign.join((month, number, year)), DayOrder.MDY) == iso
    assert edtf_of(sign.join((year, month, number)), None) == iso


def test_a_week_that_a_year_does_not_have_is_told() -> None:
    with pytest.raises(WhenError, match=r"^2021 has no week 53$"):
        edtf_of("2021-W53")
