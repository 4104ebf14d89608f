"""Wars and disputes of the Correlates of War project: sides, pauses, what is not known, and the names of columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.event import ActorRef, Claim, Event
from timeline_app.readers import choose, read

FILE = DATA / "sample.cow.csv"
PARTICIPANTS = (
    "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,fatality,fatalpre,hiact,hostlev,orig\n"
)
INTRA_STATE = (
    "WarNum,WarName,WarType,CcodeA,SideA,CcodeB,SideB,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1"
)


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return {event.id: event for event in streamed(FILE).events}


def participant(tmp_path: Path, row: str) -> Event:
    (event,) = streamed(write(tmp_path, f"{PARTICIPANTS}{row}\n", "MIDB.csv")).events
    return event


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("cow", 4, 3)
    assert [(one.line, one.record, one.message) for one in dataset.problems] == [
        (5, 4, 'StartMonth1: expected a number from 0 to 12; found "21"; the record is left out')
    ]


def test_each_part_in_a_war_is_an_event(events: dict[str, Event]) -> None:
    event = events["900-999"]
    assert (event.title, event.type, event.place) == ("War of the Islands: Utopia", "inter-state war", "Europe")
    assert (event.when.text, event.tags, event.importance) == ("1823-04-07/1823-11", ("winner",), 5)
    assert event.actors == (ActorRef("Utopia", "initiator", "Utopia"),)
    assert event.claims == (Claim("battle deaths", ("COW",), "400", unit="people", source="COW"),)
    assert not {"-8", "-9"} & set(map(str, event.extra.values()))


def test_a_pause_is_told_beside_the_date(events: dict[str, Event]) -> None:
    event = events["900-998"]
    assert event.when.text == "1823-04/1825-05-03"
    assert event.basis_note == "COW: no fighting between 1823-11-13 and 1824-02"
    assert (event.actors[0].role, event.claims, event.place) == ("participant", (), "Europe, Middle East")


def test_a_war_that_has_not_ended_goes_on(events: dict[str, Event]) -> None:
    assert (events["901-999"].when.text, events["901-999"].tags) == ("1990/..", ("ongoing",))


def test_of_a_war_within_a_state_both_sides_are_named(tmp_path: Path) -> None:
    head = f"{INTRA_STATE},WhereFought,Initiator,Outcome,SideADeaths,SideBDeaths\n"
    row = "500,Revolt of the Hills,5,999,Utopia,-8,Hill League,3,1,1830,-9,-9,1831,7,Hill League,2,120,-9\n"
    (event,) = streamed(write(tmp_path, head + row, "intra.csv")).events
    assert (event.id, event.title) == ("500-999", "Revolt of the Hills: Utopia – Hill League")
    assert [(actor.name, actor.role) for actor in event.actors] == [
        ("Utopia", "participant"),
        ("Hill League", "initiator"),
    ]
    assert (event.when.text, event.tags, event.type) == (
        *("1830-03-01/1831", ("side B won",)),
        "civil war over local issues",
    )
    assert event.claims == (Claim("battle deaths, Utopia", ("COW",), "120", unit="people", source="COW"),)


def test_a_state_in_a_dispute(tmp_path: Path) -> None:
    event = participant(tmp_path, '2,"UTO",999,-9,7,1902,24,1,1903,1,2,-9,16,4,1')
    assert (event.id, event.title) == ("2-999", "Dispute 2: UTO, attack")
    assert (event.when.text, event.type, event.tags) == ("1902-07/1903-01-24", "attack", ("use of force",))
    assert event.actors == (ActorRef("UTO", "initiator", "UTO"),)
    assert event.claims == (Claim("deaths", ("COW",), low="26", high="100", unit="people", source="COW"),)
    assert event.importance == 4
    exact = participant(tmp_path, "2,RUR,998,2,7,1902,2,7,1902,0,2,30,0,1,1")
    assert (exact.title, exact.when.text, exact.actors[0].role) == ("Dispute 2: RUR", "1902-07-02", "participant")
    assert exact.claims[0].value == "30"


def test_a_dispute_and_an_incident(tmp_path: Path) -> None:
    head = "dispnum3,stday,stmon,styear,endday,endmon,endyear,fatality,hiact,hostlev\n"
    (event,) = streamed(write(tmp_path, f"{head}3,2,5,1913,25,10,1913,-9,8,3\n", "MIDA.csv")).events
    assert (event.id, event.title, event.importance, event.claims) == ("3", "Dispute 3: alert", 3, ())
    head = "incidnum3,dispnum3,stday,stmon,styear,endday,endmon,endyear,action,hostlev\n"
    (event,) = streamed(write(tmp_path, f"{head}3551001,3551,-9,5,1993,-9,5,1993,7,3\n", "MIDI.csv")).events
    assert (event.id, event.title, event.when.text) == ("3551001", "Incident 3551001: show of force", "1993-05")


def test_an_end_before_the_start_is_kept_as_it_is(tmp_path: Path) -> None:
    event = participant(tmp_path, "2,UTO,999,2,7,1902,1,7,1902,0,0,0,0,1,1")
    assert (event.when.text, event.extra["EndDay1"]) == ("1902-07-02", "1")


def test_what_stands_in_no_codebook_or_is_no_number_is_kept_as_it_is(tmp_path: Path) -> None:
    head = f"{INTRA_STATE},WhereFought,Outcome,SideADeaths,SideBDeaths\n"
    row = '500,Revolt,99,999,Utopia,-8,League,3,1,1830,-9,-9,1831,3,99,"1,200",70\n'
    (event,) = streamed(write(tmp_path, head + row, "intra.csv")).events
    assert (event.type, event.place, event.tags) == ("", "", ())
    assert [claim.about for claim in event.claims] == ["battle deaths, League"]
    kept = {"WarType": "99", "WhereFought": "3", "Outcome": "99", "SideADeaths": "1,200"}
    assert kept.items() <= event.extra.items()
    assert "SideBDeaths" not in event.extra


def test_the_side_of_a_state_and_the_outcome_of_a_dispute_are_kept(tmp_path: Path, events: dict[str, Event]) -> None:
    assert events["900-998"].extra["Side"] == "2"
    event = participant(tmp_path, "2,UTO,999,2,7,1902,2,7,1902,1,2,-9,0,4,0")
    assert (event.extra["SideA"], event.extra["Orig"], "HiAct" in event.extra) == ("1", "0", False)
    head = "dispnum3,styear,stmon,stday,endyear,endmon,endday,outcome,hiact,hostlev\n"
    (dispute,) = streamed(write(tmp_path, f"{head}3,1913,5,2,1913,10,25,5,8,3\n", "MIDA.csv")).events
    assert dispute.extra["Outcome"] == "5"


@pytest.mark.parametrize("column", ["StartYear1", "StartMonth1", "EndYear1", "EndYear2", "BatDeath", "WarType"])
def test_numbers_longer_than_any_are_told_or_kept(tmp_path: Path, column: str) -> None:
    head, row, *_ = FILE.read_text(encoding="utf-8").splitlines()
    cells = dict(zip(head.split(","), row.split(","), strict=True)) | {column: "9" * 5000}
    dataset = read(write(tmp_path, f"{head}\n{','.join(cells.values())}\n", "wars.csv"))
    assert dataset.report.read == dataset.report.loaded + dataset.report.rejected == 1
    assert bool(dataset.problems) == column.startswith("Start")
    assert all(event.extra[column] == "9" * 5000 for event in dataset.events)


def test_years_have_four_digits(tmp_path: Path) -> None:
    head, row, *_ = FILE.read_text(encoding="utf-8").splitlines()
    cells = dict(zip(head.split(","), row.split(","), strict=True))
    rows = [cells | {"StartYear1": "1234567890"}, cells | {"EndYear1": "18230"}]
    text = "\n".join([head, *(",".join(one.values()) for one in rows)])
    dataset = read(write(tmp_path, f"{text}\n", "wars.csv"))
    assert [(one.record, one.message) for one in dataset.problems] == [
        (1, 'StartYear1: expected a year of four digits; found "1234567890"; the record is left out')
    ]
    assert [(one.when.text, one.extra["EndYear1"]) for one in dataset.events] == [("1823-04-07", "18230")]


def test_lines_that_end_by_carriage_return_alone(tmp_path: Path) -> None:
    path = tmp_path / "wars.csv"
    path.write_bytes(FILE.read_bytes().replace(b"\n", b"\r"))
    assert [event.id for event in streamed(path).events] == ["900-999", "900-998", "901-999"]


def test_newer_names_of_columns_say_the_same(tmp_path: Path) -> None:
    text = (
        "WarNum,WarName,StartYr1,StartMo1,StartDy1,EndYr1,EndMo1,EndDy1,SideA,SideB\n5,Revolt,1990,1,2,1991,3,-9,U,H\n"
    )
    path = write(tmp_path, text, "intra-5.csv")
    assert choose(path).name == "cow"
    assert streamed(path).events[0].when.text == "1990-01-02/1991-03"
