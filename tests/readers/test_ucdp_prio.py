"""Years of conflict of UCDP and PRIO: columns of every version, sides, claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.event import ActorRef, Claim, Event
from timeline_app.core.when import parse
from timeline_app.readers import choose, read

FILE = DATA / "sample.ucdp-prio.csv"


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return {event.id: event for event in streamed(FILE).events}


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("ucdp-prio", 4, 3)
    assert [(one.line, one.record, one.message) for one in dataset.problems] == [
        (5, 4, 'year: expected four digits; found "199X"; the record is left out')
    ]


def test_a_year_of_conflict_lasts_the_year(events: dict[str, Event]) -> None:
    event = events["900-1990"]
    assert event.title == "Utopia – KLF, KNA: minor conflict over Karland, 1990"
    assert (event.when.text, event.when.is_span) == ("1990-01-01/1990-12-31", True)
    assert (event.type, event.importance, event.place) == ("intrastate", 3, "Utopia")
    assert event.tags == ("minor conflict", "territory", "Karland", "Asia")
    assert event.own_sources[0].publisher == "UCDP"
    assert event.extra["conflict_id"] == "900"


def test_sides_and_who_supports_them_are_actors(events: dict[str, Event]) -> None:
    assert [(actor.name, actor.role) for actor in events["900-1991"].actors] == [
        ("Government of Utopia", "side a"),
        ("KLF", "side b"),
        ("KNA", "side b"),
        ("Government of Ruritania", "support for side a"),
        ("Government of Freedonia", "support for side a"),
        ("Government of Sylvania", "support for side b"),
    ]


def test_a_comma_within_a_name_does_not_part_it(events: dict[str, Event]) -> None:
    assert events["901-1992"].actors[1] == ActorRef(
        "Front for Peace, Bread and Land", "side b", "Front for Peace, Bread and Land"
    )
    assert events["901-1992"].tags == ("war", "government", "Europe", "Africa")


def test_intensity_and_dates_are_claims(events: dict[str, Event]) -> None:
    assert events["900-1991"].claims == (
        Claim("battle-related deaths", ("UCDP",), low="1000", unit="people", source="UCDP/PRIO"),
        Claim("first death of the conflict", ("UCDP",), when=parse("1988-01-31"), source="UCDP/PRIO"),
        Claim("start of the episode", ("UCDP",), when=parse("1990-03-04~"), source="UCDP/PRIO"),
        Claim("end of the episode", ("UCDP",), when=parse("1991-11-02"), source="UCDP/PRIO"),
    )
    assert events["900-1991"].importance == 5


def test_columns_of_2016_say_the_same() -> None:
    (event,) = streamed(DATA / "ucdp-prio-2016.csv").events
    assert (event.id, event.title) == ("1-9-1946", "Utopia – Rebels: war over government, 1946")
    assert event.extra["GWNoA"] == "999"
    assert "ep_end_prec" not in event.extra, "-99 stands for nothing"
    assert [claim.about for claim in event.claims] == [
        "battle-related deaths",
        "first death of the conflict",
        "start of the episode",
        "end of the episode",
    ]


def test_dyads_and_battle_deaths_are_read_too(tmp_path: Path) -> None:
    head = "dyad_id,conflict_id,location_inc,side_a,side_b,incompatibility,territory_name,year,bd_best,bd_low,bd_high,"
    text = f"{head}type_of_conflict\n77,9,X,Government of X,Y,2,,2001,120,90,200,3\n"
    (event,) = streamed(write(tmp_path, text, "brd.csv")).events
    assert event.id == "77-2001"
    assert event.claims == (
        Claim("battle-related deaths", ("UCDP",), "120", "90", "200", "people", source="UCDP/PRIO"),
    )
    assert event.place == "X"


def test_an_early_release_is_recognised(tmp_path: Path) -> None:
    text = "ID,Location,SideA,SideB,Incomp,Terr,YEAR,Int,CumInt,Type\n1,X,Government of X,Y,1,Z,1950,1,0,3\n"
    path = write(tmp_path, text, "main.csv")
    assert choose(path).name == "ucdp-prio"
    assert streamed(path).events[0].title == "X – Y: minor conflict over Z, 1950"


def test_the_events_of_ged_are_not_taken_for_it() -> None:
    assert choose(DATA / "ged.csv").name == "ucdp-ged"


@pytest.mark.parametrize(
    ("best", "kind", "importance"), [("24", "armed conflict", 3), ("999", "minor conflict", 3), ("1000", "war", 5)]
)
def test_where_no_intensity_is_told_it_follows_from_the_deaths(
    tmp_path: Path, best: str, kind: str, importance: int
) -> None:
    head = "dyad_id,side_a,side_b,incompatibility,territory_name,year,bd_best,type_of_conflict,side_a_2nd\n"
    (event,) = streamed(write(tmp_path, f"{head}77,Government of X,Y,2,,2001,{best},3,\n", "brd.csv")).events
    assert (event.title, event.importance) == (f"X – Y: {kind} over government, 2001", importance)


@pytest.mark.parametrize(
    ("version", "year"), [("22.1", "2022"), ("4-2016", "2016"), ("3-2005b", "2005"), ("", ""), ("latest", "")]
)
def test_a_version_tells_when_a_record_was_known(tmp_path: Path, version: str, year: str) -> None:
    head = "ID;Location;SideA;SideB;SideA2nd;Incomp;Terr;Year;Int;CumInt;Type;StartDate;Version\n"
    row = f"1;Utopia;Utopia;Rebels;;1;North;1946;2;1;1;8/31/1946;{version}\n"
    (event,) = streamed(write(tmp_path, head + row, "old.csv")).events
    assert (event.title, event.own_sources[0].published) == ("Utopia – Rebels: war over North, 1946", year)
    # Whether the day or the month stands first in it, no row tells.
    assert (event.claims[1:], event.extra["start_date"]) == ((), "8/31/1946")
