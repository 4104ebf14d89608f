"""Events of ACLED: columns old and new, dates in every writing, how exactly they are known, who is who."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, in_short, refusal_of, write
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef, Claim, Event, Excerpt, Source
from timeline_app.core.when import parse
from timeline_app.readers import choose, read
from timeline_app.readers.propose import preview, propose, signature_of

FILE = DATA / "sample.acled.csv"
HEAD = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,fatalities,source\n"


def table(*dates: str, precision: str = "1") -> str:
    """Return a table with an event at each date."""
    rows = (
        f"X{number},{date},{precision},Battles,Armed clash,A,1,B,0,Wire\n" for number, date in enumerate(dates, start=1)
    )
    return HEAD + "".join(rows)


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    return {event.id: event for event in streamed(FILE).events}


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("acled", 4, 3)
    assert [(one.line, one.record, one.message) for one in dataset.problems] == [
        (5, 4, "when: 30 is not a day: February 2024 has 29 days; the record is left out")
    ]
    assert "ACLED" in dataset.summary


def test_an_event_has_all_that_its_row_says(events: dict[str, Event]) -> None:
    event = events["UTO1"]
    assert event.title == "Military Forces of Utopia – Rebels of Utopia: armed clash, 2 deaths, Capital city"
    assert (event.when.text, event.type, event.importance) == ("2024-05-16", "battles", 2)
    assert event.actors == tuple(
        ActorRef(name, role, name)
        for name, role in (
            ("Military Forces of Utopia", "participant"),
            ("Rebels of Utopia", "participant"),
            ("Police Forces of Utopia", "associated"),
            ("Border Guard", "associated"),
        )
    )
    assert event.tags == ("armed clash", "political violence", "state forces", "rebel group")
    assert (event.place, event.location is not None) == ("Capital city", True)
    assert event.extra["interaction"] == "State forces-Rebel group"
    assert not event.extra.keys() & {"timestamp", "notes", "source", "latitude"}


def test_what_acled_knew_and_when(events: dict[str, Event]) -> None:
    event, known = events["UTO1"], "2024-05-20T16:33:51Z"
    assert event.own_sources == (
        Source("Daily News"),
        Source("Wire Agency"),
        Source("ACLED", published=known),
    )
    words = "On 16 May 2024, soldiers and rebels fought in the capital; two died."
    assert event.excerpts == (Excerpt(words, "ACLED"),)
    by = ("Daily News", "Wire Agency")
    assert event.claims == (Claim("deaths", by, "2", unit="people", source="ACLED", reported=known),)


def test_dates_are_as_exact_as_they_are_known(events: dict[str, Event]) -> None:
    week, month = events["UTO2"], events["UTO3"]
    assert (week.when.text, week.basis_note) == (
        "[2024-05-15..2024-05-21]",
        "ACLED time_precision 2: known to the week or the weekend",
    )
    assert (month.when.text, month.basis_note) == ("2024-04", "ACLED time_precision 3: only the month is known")
    assert month.tags[-1] == "civilian targeting"
    assert (month.place, month.claims[0].reported, month.own_sources[-1].published) == ("North", "", "")
    assert events["UTO1"].basis_note == ""


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2024-05-16", "2024-05-16"),
        ("16 May 2025", "2025-05-16"),
        ("16-05-2024", "2024-05-16"),
        ("16/05/2024", "2024-05-16"),
        ("5/16/2024", "2024-05-16"),
        ("05-May-2024", "2024-05-05"),
        ("2024-05-16 00:00:00", "2024-05-16"),
    ],
)
def test_dates_in_every_writing(tmp_path: Path, written: str, text: str) -> None:
    (event,) = streamed(write(tmp_path, table(written), "x.csv")).events
    assert event.when.text == text


@pytest.mark.parametrize(
    ("dates", "texts"),
    [
        (("03/04/2024", "13/04/2024"), ["2024-04-03", "2024-04-13"]),
        (("03/04/2024", "04/13/2024"), ["2024-03-04", "2024-04-13"]),
        (("04/04/2024", "13/04/2024"), ["2024-04-04", "2024-04-13"]),
    ],
)
def test_the_order_of_a_date_is_told_by_all_rows(tmp_path: Path, dates: tuple[str, ...], texts: list[str]) -> None:
    found = streamed(write(tmp_path, table(*dates), "x.csv"))
    assert [event.when.text for event in found.events] == texts


def test_the_order_is_told_by_rows_beyond_the_first_ones(tmp_path: Path) -> None:
    found = streamed(write(tmp_path, table(*["03/04/2024"] * 3_000, "04/13/2024"), "x.csv"))
    assert {event.when.text for event in found.events} == {"2024-03-04", "2024-04-13"}


def stamped(*dates_and_days: tuple[str, str]) -> str:
    rows = "".join(
        f"SUD{number},{date},Battles,Army,{plain_day_s(day)}\n" for number, (date, day) in enumerate(dates_and_days)
    )
    return f"event_id_cnty,event_date,event_type,actor1,timestamp\n{rows}"


def plain_day_s(day: str) -> str:
    return str(parse(day).start_earliest_s) if day else ""


@pytest.mark.parametrize(
    ("rows", "texts", "first"),
    [
        ((("03/04/2024", "2024-03-12"), ("05/06/2024", "2024-08-01")), ["2024-03-04", "2024-05-06"], "month"),
        ((("12/03/2024", "2024-03-12"), ("05/06/2024", "")), ["2024-03-12", "2024-06-05"], "day"),
    ],
)
def test_nothing_is_written_down_before_it_has_happened(
    tmp_path: Path, rows: tuple[tuple[str, str], ...], texts: list[str], first: str
) -> None:
    path = write(tmp_path, stamped(*rows), "x.csv")
    found = streamed(path)
    assert [event.when.text for event in found.events] == texts
    words = f"event_date: read with the {first} first, since {rows[0][0]} would else lie behind its timestamp"
    assert found.problems == [f"2 1 note: {words}"]
    assert propose(path).questions == ()
    assert in_short(read(path).problems[0]) == f"2:0 1 note: {words}"


def test_timestamps_that_contradict_each_other_decide_nothing(tmp_path: Path) -> None:
    rows = (("03/04/2024", "2024-03-12"), ("12/03/2024", "2024-03-12"))
    assert "fits both orders" in refusal_of(write(tmp_path, stamped(*rows), "x.csv"))


def test_where_every_date_fits_both_orders_the_user_is_asked(tmp_path: Path) -> None:
    path = write(tmp_path, table("03/04/2024", "05/06/2024"), "x.csv")
    question = "event_date: every date fits both orders of day and month, as 03/04/2024 does"
    remedy = "--map date_order=dmy or --map date_order=mdy tells which of them stands first"
    assert f"{question}; {remedy}" in refusal_of(path)
    for order, text in (("dmy", "2024-04-03"), ("mdy", "2024-03-04")):
        assert streamed(path, mapping={"date_order": order}).events[0].when.text == text


def test_what_is_asked_is_a_question_for_a_dialog_too(tmp_path: Path) -> None:
    path = write(tmp_path, table("03/04/2024", "05/06/2024"), "x.csv")
    found = propose(path)
    (question,) = found.questions
    assert (question.key, found.has_fixed_columns, found.fields) == ("date_order", True, ())
    assert [(choice.value, choice.sample) for choice in question.choices] == [
        ("dmy", "03/04/2024 is 3 April 2024"),
        ("mdy", "03/04/2024 is 4 March 2024"),
    ]
    told = propose(path, mapping={"date_order": "mdy"})
    assert (told.questions, dict(told.mapping), told.signature) == ((), {"date_order": "mdy"}, signature_of(path))
    assert [event.when.text for event in preview(path, told.mapping).events] == ["2024-03-04", "2024-05-06"]


@pytest.mark.parametrize("dates", [("2024-04-03",), ("03/04/2024", "13/04/2024"), ("13/02/2024", "02/13/2024")])
def test_nothing_is_asked_where_the_dates_tell_and_nothing_remembered_overrules_them(
    tmp_path: Path, dates: tuple[str, ...]
) -> None:
    path = write(tmp_path, table(*dates), "x.csv")
    assert (propose(path).questions, signature_of(path)) == ((), "")


def test_the_encoding_is_asked_for_before_the_order(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(table("03/04/2024").replace("Wire", "Fédération").encode("cp1252"))
    assert "--map encoding=" in refusal_of(path)
    assert [question.key for question in propose(path).questions] == ["encoding"]
    assert [one.key for one in propose(path, mapping={"encoding": "cp1252"}).questions] == ["date_order"]
    (event,) = read(path, mapping={"encoding": "cp1252", "date_order": "dmy"}).events
    assert (event.own_sources[0].key, event.when.text) == ("Fédération", "2024-04-03")


def test_where_the_orders_are_mixed_only_plain_dates_are_read(tmp_path: Path) -> None:
    found = streamed(write(tmp_path, table("13/02/2024", "02/13/2024", "03/04/2024"), "x.csv"))
    assert [event.when.text for event in found.events] == ["2024-02-13", "2024-02-13"]
    fault = "“03/04/2024” may have the day or the month first, and the column does not tell which"
    assert found.problems == [
        f"4 3 error: event_date: {fault}; the record is left out",
    ]


@pytest.mark.parametrize(
    ("date", "precision", "text"),
    [
        ("2024-02-01", "2", "[2024-01-29..2024-02-04]"),
        ("2024-01-02", "2", "[2023-12-30..2024-01-05]"),
        ("01 February 2024", "3", "2024-02"),
        ("2024-05", "2", "2024-05"),
        ("2024-02-01", "", "2024-02-01"),
    ],
)
def test_a_week_and_a_month(tmp_path: Path, date: str, precision: str, text: str) -> None:
    (event,) = streamed(write(tmp_path, table(date, precision=precision), "x.csv")).events
    assert event.when.text == text


@pytest.mark.parametrize("precision", ["1", "2", "3"])
def test_no_day_is_made_up(tmp_path: Path, precision: str) -> None:
    found = streamed(write(tmp_path, table("2024-02-30", "", "soon", precision=precision), "x.csv"))
    assert (len(found.events), found.rejected) == (0, 3)


def test_columns_of_old_releases(tmp_path: Path) -> None:
    head = "DATA_ID,ISO,EVENT_ID_CNTY,EVENT_DATE,TIME_PRECISION,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,INTER1,ACTOR2,INTER2,"
    row = "77,999,UTO9,02-March-2015,1,Riots/Protests,Rioters (Utopia),Students,5,,0,50,Utopia,Town,Paper,1,iso"
    path = write(tmp_path, f"{head}INTERACTION,COUNTRY,LOCATION,SOURCE,FATALITIES,ISO3\n{row}\n", "x.csv")
    (event,) = streamed(path).events
    assert (event.id, event.when.text) == ("UTO9", "2015-03-02")
    assert event.title == "Rioters (Utopia): riots/protests, 1 death, Town"
    assert [(actor.name, actor.role) for actor in event.actors] == [
        ("Rioters (Utopia)", "participant"),
        ("Students", "associated"),
    ]
    assert event.tags == ("rioters",)
    assert event.extra["data_id"] == "77"


def test_an_event_in_several_rows_keeps_ids_apart(tmp_path: Path) -> None:
    text = table("2024-05-16", "2024-05-16", "2024-05-17").replace("X2,", "X1,").replace("X3,", "X1,")
    dataset = read(write(tmp_path, text, "x.csv"))
    assert [event.id for event in dataset.events] == ["X1", "X1-3", "X1-2"]
    assert (dataset.more_of, dataset.report.more_rows) == ({1: 0}, 1)
    (problem,) = dataset.problems
    assert (problem.line, "is the id of an earlier event" in problem.message) == (4, True)


def test_only_the_order_of_dates_can_be_told(tmp_path: Path) -> None:
    path = write(tmp_path, table("2024-05-16"), "x.csv")
    with pytest.raises(ReadError, match="--reader csv maps"):
        read(path, reader="acled", mapping={"title": "notes"})
    with pytest.raises(ReadError, match="expected one of dmy, mdy, ymd"):
        read(path, mapping={"date_order": "ydm"})


def test_an_extract_of_few_columns_is_known_by_its_ids(tmp_path: Path) -> None:
    head = "event_id_cnty,event_date,country,latitude,longitude,fatalities,event_type,notes"
    dataset = read(write(tmp_path, f"{head}\nABC1,2024-05-16,Peru,-12,-77,3,Battles,Words\n", "x.csv"))
    (event,) = dataset.events
    assert (dataset.report.reader, event.id, event.type, event.title) == (
        *("acled", "ABC1", "battles"),
        "battles, 3 deaths, Peru",
    )
    assert (event.actors, event.excerpts[0].text) == ((), "Words")


def test_other_tables_are_not_taken_for_it(tmp_path: Path) -> None:
    path = write(tmp_path, "event_date,event_type,notes,source\n2024-05-16,a,b,c\n2024-05-17,a,b,c\n", "x.csv")
    assert choose(path).name == "csv"
    with pytest.raises(ReadError, match="expected the columns of ACLED"):
        read(path, reader="acled")


@pytest.mark.parametrize(
    ("kind", "sides", "roles"),
    [
        ("Violence against civilians", "Rebels,2,Civilians (Utopia)", ["attacker", "target"]),
        ("VIOLENCE AGAINST CIVILIANS", "CIVILIANS (UTOPIA),7,REBELS", ["target", "attacker"]),
        ("Violence against civilians", "Rebels,2,", ["attacker"]),
        ("Violence against civilians", "Rebels,2,Police", ["participant", "participant"]),
        ("Battles", "Rebels,2,Civilians (Utopia)", ["participant", "participant"]),
    ],
)
def test_violence_against_civilians_has_a_direction(tmp_path: Path, kind: str, sides: str, roles: list[str]) -> None:
    path = write(tmp_path, HEAD + f"X1,2024-05-16,1,{kind},Attack,{sides},0,Wire\n", "a.csv")
    (event,) = streamed(path).events
    assert [actor.role for actor in event.actors] == roles
