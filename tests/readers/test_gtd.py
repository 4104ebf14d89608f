"""Incidents of the Global Terrorism Database: zeros in dates, who hit whom, unknown numbers, citations."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.event import ActorRef, Claim, Event, Excerpt, Source
from timeline_app.readers import choose, read

FILE = DATA / "sample.gtd.csv"
GTD = Source("GTD", title="Global Terrorism Database", publisher="START, University of Maryland")


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return {event.id: event for event in streamed(FILE).events}


def when_of(tmp_path: Path, approximate: str, resolution: str = "", other_resolution: str = "") -> str:
    """Return the date of an incident of March 1971 of which the day is not known."""
    head = "eventid,iyear,imonth,iday,gname,attacktype1,approxdate,extended,resolution\n"
    rows = f'1,1971,3,0,A,2,"{approximate}",1,{resolution}\n2,1971,3,2,A,2,,1,{other_resolution}\n'
    return streamed(write(tmp_path, head + rows, "gtd.csv")).events[0].when.text


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("gtd", 4, 3)
    assert [(one.line, one.record, one.message) for one in dataset.problems] == [
        (5, 4, 'imonth: expected a number from 0 to 12; found "13"; the record is left out')
    ]
    assert "START" in dataset.summary


def test_an_incident_has_all_that_its_row_says(events: dict[str, Event]) -> None:
    event = events["197103020001"]
    assert event.title == "Free Utopia – Post office: armed assault, 2 deaths, Capital city"
    assert (event.when.text, event.type, event.place, event.importance) == (
        *("1971-03-02", "armed assault", "Capital city"),
        2,
    )
    assert event.actors == (
        ActorRef("Free Utopia", "suspected perpetrator", "Free Utopia"),
        ActorRef("Post of Utopia", "target", "Post of Utopia"),
    )
    assert event.tags == ("government (general)", "firearms", "Utopia", "claimed")
    assert event.claims == (
        Claim("deaths", ("GTD",), "2", unit="people", source="GTD"),
        Claim("injured", ("GTD",), "1.5", unit="people", source="GTD"),
    )
    assert event.location is not None
    assert (event.extra["gsubname"], event.extra["dbsource"]) == ("North Column", "TEST")
    assert not event.extra.keys() & {"iyear", "summary", "scite1", "nkill", "latitude"}


def test_citations_are_sources_and_their_headlines_excerpts(events: dict[str, Event]) -> None:
    event = events["197103020001"]
    assert event.own_sources == (
        Source("source 1", title="Gunmen at the Post", publisher="Utopia Times", published="1971-03-03"),
        Source("Almanach of Utopia, 1972", title="Almanach of Utopia, 1972"),
        GTD,
    )
    assert event.excerpts == (
        Excerpt("03/02/1971: Two gunmen fired at a post office in Capital city, Utopia.", "GTD"),
        Excerpt("Gunmen at the Post", "source 1"),
        Excerpt("Almanach of Utopia, 1972", "Almanach of Utopia, 1972"),
    )


def test_zeros_are_parts_of_a_date_that_are_not_known(events: dict[str, Event]) -> None:
    event = events["197100000002"]
    assert (event.when.text, event.title) == ("1971", "Barracks: bombing/explosion, Utopia")
    assert event.actors == (ActorRef("Barracks", "target", "Barracks"),)
    assert (event.claims, event.own_sources) == ((), (GTD,))
    assert event.tags == (
        *("armed assault", "military", "Utopia", "suicide attack", "unsuccessful", "doubtful as terrorism"),
    )
    assert not {"-9", "-99", "Unknown"} & set(map(str, event.extra.values()))


def test_an_extended_incident_lasts_until_it_was_resolved(events: dict[str, Event]) -> None:
    event = events["197104000003"]
    assert event.when.text == "[1971-04-05..1971-04-09]/1971-04-22"
    assert event.basis_note == "GTD approxdate: April 5-9, 1971"
    assert [(actor.name, actor.role) for actor in event.actors] == [
        ("Free Utopia", "perpetrator"),
        ("Harbour Front", "suspected perpetrator"),
        ("Consul of Ruritania", "target"),
    ]
    assert not event.extra.keys() & {"approxdate", "resolution", "extended"}


@pytest.mark.parametrize(
    ("approximate", "text"),
    [
        ("March 3, 1971", "1971-03-03~"),
        ("early March 1971", "1971-03"),
        ("sometime in spring", "1971-03"),
        ("May 2-4, 1971", "1971-03"),
        ("March 30 - April 2, 1971", "1971-03"),
    ],
)
def test_an_approximate_date_narrows_a_month_to_days_that_lie_in_it(
    tmp_path: Path, approximate: str, text: str
) -> None:
    assert when_of(tmp_path, approximate) == text


@pytest.mark.parametrize(
    ("resolution", "other", "text"),
    [
        ("4/5/1971", "", "1971-03"),
        ("4/2/1971", "", "1971-03/1971-04-02"),
        ("4/5/1971", "2/4/1971", "1971-03/1971-05-04"),
        ("4/2/1971", "2/4/1971", "1971-03"),
        ("4/5/1971", "4/25/1971", "1971-03/1971-04-05"),
        ("4/5/1971", "25/4/1971", "1971-03/1971-05-04"),
        ("1971-04-05", "", "1971-03/1971-04-05"),
        ("1971-03-20", "", "1971-03"),
        ("unclear", "", "1971-03"),
    ],
)
def test_all_rows_tell_whether_the_month_stands_first_in_a_resolution(
    tmp_path: Path, resolution: str, other: str, text: str
) -> None:
    assert when_of(tmp_path, "", resolution, other) == text


@pytest.mark.parametrize(
    ("year", "month", "day", "message"),
    [
        ("", "3", "2", "iyear, imonth, iday: "),
        ("71x", "3", "2", "iyear, imonth, iday: "),
        ("1971", "21", "2", 'imonth: expected a number from 0 to 12; found "21"'),
        ("1971", "March", "2", 'imonth: expected a number from 0 to 12; found "March"'),
        ("1971", "2", "30", "iyear, imonth, iday: 30 is not a day"),
        ("9" * 5000, "2", "3", "iyear, imonth, iday: expected a date of at most 200 characters"),
        ("1971", "9" * 5000, "3", "imonth: expected a number from 0 to 12"),
        ("1971", "2", "9" * 5000, "iyear, imonth, iday: expected a date of at most 200 characters"),
    ],
)
def test_an_incident_whose_date_is_none_is_left_out(
    tmp_path: Path, year: str, month: str, day: str, message: str
) -> None:
    text = f"eventid,iyear,imonth,iday,gname,nkill\n1,{year},{month},{day},A,1\n2,1971,0,0,A,1\n"
    dataset = read(write(tmp_path, text, "gtd.csv"))
    assert (dataset.report.read, dataset.report.loaded) == (2, 1)
    (problem,) = dataset.problems
    assert (problem.line, problem.record) == (2, 1)
    assert problem.message.startswith(message)


def test_a_table_from_a_data_frame_says_the_same(tmp_path: Path) -> None:
    head = "eventid,iyear,imonth,iday,attacktype1,gname,nkill,guncertain1\n"
    (event,) = streamed(write(tmp_path, f"{head}1,1971.0,3.0,0.0,3.0,A,4.0,0.0\n", "gtd.csv")).events
    assert (event.title, event.when.text, event.importance) == ("A: bombing/explosion, 4 deaths", "1971-03", 2)
    assert event.actors == (ActorRef("A", "perpetrator", "A"),)


def test_a_toll_that_is_no_number_is_kept_as_it_is(tmp_path: Path) -> None:
    head = "eventid,iyear,imonth,iday,attacktype1,gname,nkill,nwound\n"
    (event,) = streamed(write(tmp_path, f"{head}1,1971,3,2,3,A,many,7\n", "gtd.csv")).events
    assert (event.title, [claim.about for claim in event.claims]) == ("A: bombing/explosion", ["injured"])
    assert (event.extra["nkill"], "nwound" in event.extra) == ("many", False)


def test_a_year_and_a_month_alone_do_not_make_it_one(tmp_path: Path) -> None:
    text = "eventid,iyear,imonth,iday,title,country\n1,1971,3,2,Talks,Utopia\n"
    path = write(tmp_path, text, "own.csv")
    assert choose(path).name == "csv"
    assert streamed(path).events[0].when.text == "1971-03-02"
