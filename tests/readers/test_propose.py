"""Tests of what is proposed for tables that are not known, and of reading them as proposed or told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.timelines import write
from timeline_app.core.dataset import Level
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Location
from timeline_app.readers import read
from timeline_app.readers.column_kinds import ColumnKind
from timeline_app.readers.column_names import SYNONYMS, field_names
from timeline_app.readers.proposal import Reason
from timeline_app.readers.propose import preview, propose, signature_of

GERMAN = "Titel;Datum;Ort\nSchlacht;03.04.2024;Kiew\nRückzug;25.04.2024;Bonn\n"
RUSSIAN = "Название;Дата;Место\nБитва;3 марта 2024 г.;Киев\nМир;5 мая 2024 г.;Рига\n"


def whens(path: Path, **mapping: str) -> list[str]:
    return [event.when.text for event in read(path, mapping=mapping).events]


@pytest.mark.parametrize(
    "head",
    [
        "titre,date de l'événement,lieu,source",
        "título,fecha,lugar,fuente",
        "Titel,Datum,Ort,Quelle",
        "Название,Дата,Место,Источник",
        "Назва,Дата,Місце,Джерело",
        "العنوان,التاريخ,المكان,المصدر",
        "제목,날짜,장소,출처",
        "标题,日期,地点,来源",
        "Event Title,Event Date,Location,Source",
        "Nom de l’événement,Date,Lieu,Source",
        "Назва події,Дата,Місце,Джерело",
        "اسم الحدث,التاريخ,المكان,المصدر",
        "Object Name,Date made,Place,Source",
        "What happened,Date(s),Location,Source",
        "사건 내용,발생일,지역,출처",
        "事件,发生日期,国家,来源",
        "Entry,Day,Town,Source",
    ],
)
def test_heads_in_nine_languages_are_understood(tmp_path: Path, head: str) -> None:
    (event,) = read(write(tmp_path, f"{head}\nA,2024-06-19,B,C\n", "table.csv")).events
    assert (event.title, event.when.text, event.place, event.own_sources[0].key) == ("A", "2024-06-19", "B", "C")


@pytest.mark.parametrize(
    "head",
    [
        "Event,Beginning,End,Combatants,Description",
        "Nom,Date de début,Date de fin,Belligérants,Commentaire",
        "Suceso,Desde,Hasta,Beligerantes,Resumen",
        "Ereignis,Von,Bis,Konfliktparteien,Bemerkung",
        "Наименование,С,По,Стороны конфликта,Содержание",
        "Найменування,Початок,Завершення,Сторони конфлікту,Зміст",
        "الاسم,تاريخ البداية,تاريخ النهاية,الجهات الفاعلة,الملخص",
        "명칭,시작 날짜,종료 날짜,참가자,상세",
        "標題,開始日期,結束日期,參與者,簡介",
        "事件名称,起始日期,终止日期,交战方,简介",
    ],
)
def test_beginning_end_and_sides_are_understood_in_nine_languages(tmp_path: Path, head: str) -> None:
    (event,) = read(write(tmp_path, f"{head}\nA,2024-06-19,2024-06-21,B; C,D\n", "table.csv")).events
    assert (event.title, event.when.text, event.summary) == ("A", "2024-06-19/2024-06-21", "D")
    assert [actor.name for actor in event.actors] == ["B", "C"]


def test_no_name_of_a_column_means_two_fields() -> None:
    names = [name for field in SYNONYMS for name in field_names(field)]
    fields = {name: [field for field in SYNONYMS if name in field_names(field)] for name in names}
    assert {name: found for name, found in fields.items() if len(found) > 1} == {}


def test_a_missing_value_in_both_coordinates_is_no_point(tmp_path: Path) -> None:
    rows = "title,date,lat,lon\nA,2024,-9,-9\nB,2024,-9,13.2\nC,2024,NA,NA\n"
    dataset = read(write(tmp_path, rows, "table.csv"))
    assert [event.location for event in dataset.events] == [None, Location(-9.0, 13.2), None]


def test_a_proposal_says_which_column_is_which_and_why(tmp_path: Path) -> None:
    path = write(tmp_path, GERMAN, "table.csv")
    found = propose(path)
    assert found.is_sure
    assert found.reader == "csv"
    assert found.mapping == {
        "delimiter": "semicolon",
        "header": "yes",
        "title": "Titel",
        "when": "Datum",
        "place": "Ort",
        "date_order.when": "dmy",
    }
    assert [(column.name, column.kind) for column in found.columns] == [
        ("Titel", ColumnKind.NAME),
        ("Datum", ColumnKind.DATE),
        ("Ort", ColumnKind.NAME),
    ]
    assert found.columns[0].values == ("Schlacht", "Rückzug")
    assert [(one.field, one.columns, one.reason) for one in found.fields] == [
        ("title", "Titel", Reason.NAME),
        ("when", "Datum", Reason.NAME),
        ("place", "Ort", Reason.NAME),
    ]
    assert found.fields[0].words == "“Titel” is a usual name for it"


def test_what_is_proposed_reads_as_it_would_without(tmp_path: Path) -> None:
    path = write(tmp_path, GERMAN, "table.csv")
    dataset = read(path)
    again = read(path, mapping=propose(path).mapping)
    assert again.events == dataset.events
    columns = {"title": "Titel", "when": "Datum", "place": "Ort", "date_order.when": "dmy"}
    assert dataset.report.mapping == columns
    assert again.report.mapping == {"delimiter": "semicolon", "header": "yes", **columns}


def test_the_mapping_that_is_told_reads_the_file_again_whatever_was_asked_of_it(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("Название;Дата\nБой;13.08.2024\n".encode("cp1251"))
    asked = {"encoding": "cp1251", "delimiter": "semicolon"}
    dataset = read(path, mapping=asked)
    assert dataset.report.mapping == {**asked, "title": "Название", "when": "Дата", "date_order.when": "dmy"}
    assert read(path, mapping=dataset.report.mapping).events == dataset.events


def test_a_column_is_known_by_what_stands_in_it(tmp_path: Path) -> None:
    rows = "".join(f"Fall {number},2024-06-{number:02},https://example.org/{number},\n" for number in range(1, 9))
    path = write(tmp_path, f"gist,moment,more,\n{rows}", "table.csv")
    found = propose(path)
    kinds = {one.field: (one.columns, one.reason, one.words) for one in found.fields}
    assert kinds["when"] == ("moment", Reason.KIND, "“moment” holds dates")
    assert kinds["url"] == ("more", Reason.KIND, "“more” holds addresses")
    (question,) = found.questions
    assert (question.key, question.choices[0].value) == ("title", "gist")
    assert question.choices[0].sample == "Fall 1 · Fall 2 · Fall 3"
    with pytest.raises(ReadError, match=r"no column is known to hold a title; .*; --map title=gist tells which does"):
        read(path)


def test_a_table_without_a_header_is_seen_as_one(tmp_path: Path) -> None:
    path = write(tmp_path, "A,2024-03-01,51.5\nB,2024-03-02,51.5\n", "table.csv")
    found = propose(path)
    assert found.mapping == {"delimiter": "comma", "header": "no", "when": "column 2"}
    events = read(path, mapping={"title": "column 1"}).events
    assert [(event.title, event.when.text) for event in events] == [("A", "2024-03-01"), ("B", "2024-03-02")]


def test_the_header_and_the_delimiter_may_be_told(tmp_path: Path) -> None:
    path = write(tmp_path, "title;when, more\nA;2024\nB;2023\n", "table.csv")
    assert whens(path, header="yes", delimiter="semicolon", when="when, more") == ["2024", "2023"]
    path = write(tmp_path, "title,when\n2024,2024\n", "other.csv")
    assert whens(path, header="no", title="column 1", when="column 2") == ["2024"]


@pytest.mark.parametrize(
    ("rows", "order", "read_as"),
    [
        ("25/04/2024 03/04/2024", "dmy", ["2024-04-25", "2024-04-03"]),
        ("04/25/2024 03/04/2024", "mdy", ["2024-04-25", "2024-03-04"]),
    ],
)
def test_the_order_of_a_column_is_told_by_all_of_its_rows(
    tmp_path: Path, rows: str, order: str, read_as: list[str]
) -> None:
    early = "".join(f"{row},05/05/2020\n" for row in range(300))
    text = early + "".join(f"x,{row}\n" for row in rows.split())
    path = write(tmp_path, f"title,when\ny,01/02/2021\n{text}", "table.csv")
    assert propose(path).mapping["date_order.when"] == order
    assert whens(path)[-2:] == read_as


def test_an_order_that_no_row_tells_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "title,date\nA,03/04/2024\nB,05/06/2024\n", "table.csv")
    (question,) = propose(path).questions
    assert question.key == "date_order.when"
    assert [(choice.value, choice.sample) for choice in question.choices] == [
        ("dmy", "03/04/2024 is 3 April 2024"),
        ("mdy", "03/04/2024 is 4 March 2024"),
    ]
    with pytest.raises(ReadError, match=r"--map date_order\.when=dmy or --map date_order\.when=mdy tells it"):
        read(path)
    assert whens(path, date_order="mdy") == ["2024-03-04", "2024-05-06"]
    assert propose(path, mapping={"date_order.when": "dmy"}).is_sure


@pytest.mark.parametrize("column", ["end", "verified on"])
@pytest.mark.parametrize(("other", "order", "start"), [("25/05/2024", "dmy", "04-03"), ("05/25/2024", "mdy", "03-04")])
def test_a_column_that_tells_its_order_decides_for_one_that_fits_both(
    tmp_path: Path, column: str, other: str, order: str, start: str
) -> None:
    early = "".join(f"x,03/04/2024,04/06/2024,{day}\n" for day in range(300))
    path = write(tmp_path, f"title,start,{column},note\n{early}A,03/04/2024,{other},\n", "table.csv")
    found = propose(path)
    assert found.is_sure
    assert found.mapping["date_order.start"] == order
    dataset = read(path)
    assert not dataset.problems
    assert dataset.events[-1].when.text.partition("/")[0] == f"2024-{start}"
    assert dataset.report.mapping["date_order.start"] == order


@pytest.mark.parametrize("others", ["25/05/2024,05/25/2024", "05/06/2024,07/08/2024"])
def test_columns_that_contradict_each_other_or_tell_nothing_decide_for_no_other(tmp_path: Path, others: str) -> None:
    path = write(tmp_path, f"title,start,end,verified\nA,03/04/2024,{others}\n", "table.csv")
    assert "date_order.start" in [question.key for question in propose(path).questions]


def test_columns_that_each_tell_another_order_keep_their_own(tmp_path: Path) -> None:
    path = write(tmp_path, "title,start,end\nA,13/04/2024,05/25/2024\nB,03/04/2024,05/06/2024\n", "table.csv")
    assert whens(path) == ["2024-04-13/2024-05-25", "2024-04-03/2024-05-06"]


def test_an_order_is_told_for_a_column_that_is_known_by_its_dates_alone(tmp_path: Path) -> None:
    path = write(tmp_path, "title,moment\nA,03/04/2024\nB,05/06/2024\n", "table.csv")
    assert whens(path, date_order="dmy") == ["2024-04-03", "2024-06-05"]


def test_both_orders_in_one_column_are_a_list_of_problems_and_no_guess(tmp_path: Path) -> None:
    path = write(tmp_path, "title,date\nA,13/02/2024\nB,02/13/2024\nC,03/04/2024\n", "table.csv")
    dataset = read(path)
    assert [event.title for event in dataset.events] == ["A", "B"]
    odd, problem = dataset.problems
    assert (odd.line, odd.record, odd.level) == (3, 2, Level.WARNING)
    assert (
        odd.message
        == "when: “02/13/2024” can only have the month first, and “13/02/2024” of the same column only the day"
    )
    assert (problem.line, problem.record) == (4, 3)
    assert "may have the day or the month first" in problem.message
    dataset = read(path, mapping={"date_order": "dmy"})
    assert [event.when.text for event in dataset.events] == ["2024-02-13", "2024-04-03"]
    assert "expected the day first; found “02/13/2024”" in dataset.problems[0].message


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16-le", "utf-16-be"])
def test_an_encoding_that_nothing_tells_is_asked_for(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, RUSSIAN.encode(encoding), "table.csv")
    with pytest.raises(ReadError, match="--map encoding="):
        read(path)
    dataset = read(path, mapping={"encoding": encoding})
    assert [(event.title, event.when.text) for event in dataset.events] == [
        ("Битва", "2024-03-03"),
        ("Мир", "2024-05-05"),
    ]


def test_the_encoding_is_asked_for_before_the_order_of_dates_and_in_an_export_of_our_own(tmp_path: Path) -> None:
    german = "Vorfall;Datum\nÜberfall;03.04.1917\nGefecht;05.06.1917\n"
    path = write(tmp_path, german.encode("cp1252"), "table.csv")
    assert [question.key for question in propose(path).questions] == ["encoding"]
    assert [question.key for question in propose(path, mapping={"encoding": "cp1252"}).questions] == ["date_order.when"]
    own = "title,when,start_earliest,end_latest,excerpt_sources,match\nÜberfall,1917,1917-01-01,1917-12-31,,certain\n"
    [question] = propose(write(tmp_path, own.encode("cp1252"), "own.csv")).questions
    assert question.key == "encoding"


def test_the_choices_of_an_encoding_are_shown_by_a_line(tmp_path: Path) -> None:
    path = write(tmp_path, RUSSIAN.encode("cp1251"), "table.csv")
    (question,) = propose(path).questions
    assert question.key == "encoding"
    assert ("cp1251", "Название;Дата;Место") in [(choice.value, choice.sample) for choice in question.choices]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, RUSSIAN.encode(encoding), "table.csv")
    assert [event.title for event in read(path).events] == ["Битва", "Мир"]


def test_a_wrong_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, b"title,when\nA,2024\nB\x98,2023\n", "table.csv")
    with pytest.raises(ReadError, match="byte 0x98 is not cp1251") as refused:
        read(path, mapping={"encoding": "cp1251"})
    assert refused.value.place.line == 3


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"encoding": "klingon"}, "--map encoding: expected one such as"),
        ({"encoding": "rot13"}, "--map encoding: expected one such as"),
        ({"delimiter": "space"}, "--map delimiter: expected one of comma, tab"),
        ({"header": "perhaps"}, "--map header: expected one of yes"),
        ({"date_order": "ydm"}, "--map date_order: expected one of dmy"),
        ({"date_order.place": "dmy"}, 'there is no setting "date_order.place"'),
        ({"date_numbers": "hours"}, "--map date_numbers: expected one of excel-1900"),
        ({"colour": "title"}, "and of settings encoding"),
        ({"when": "title+nothing"}, 'there is no column "nothing"'),
    ],
)
def test_a_wrong_setting_is_told(tmp_path: Path, mapping: dict[str, str], said: str) -> None:
    with pytest.raises(ReadError, match=said):
        read(write(tmp_path, "title,when\nA,2024\n", "table.csv"), mapping=mapping)


def test_year_month_and_day_may_stand_in_three_columns(tmp_path: Path) -> None:
    rows = "A,2024,3,0\nB,2023,,\nC,2022,2,5\nD,,,\nE,2021,March,9\nF,2020,13,1\n"
    dataset = read(write(tmp_path, f"title,Year,Month,Day\n{rows}", "table.csv"))
    assert [event.when.text for event in dataset.events] == ["2024-03", "2023", "2022-02-05", "2021-03-09"]
    assert [problem.record for problem in dataset.problems] == [4, 6]


def test_a_column_called_year_holds_years_of_any_length_and_era(tmp_path: Path) -> None:
    path = write(tmp_path, "Year;Battle\n-490;A\n-1274;B\n79;C\n1066;D\n0;E\n-9;F\n", "table.csv")
    dataset = read(path)
    assert [event.when.text for event in dataset.events] == ["-0489", "-1273", "0079", "1066"]
    assert [problem.record for problem in dataset.problems] == [5, 6]
    path = write(tmp_path, "Year,Month,Day,Battle\n-490,9,12,A\n79,8,24,B\n", "parts.csv")
    assert whens(path) == ["-0489-09-12", "0079-08-24"]


def test_what_was_made_or_entered_dates_a_table_without_another_date(tmp_path: Path) -> None:
    path = write(tmp_path, "Name,Date Designated,Last Updated\nA,2022-02-24,2023-01-01\n", "table.csv")
    assert whens(path) == ["2022-02-24"]
    path = write(tmp_path, "name,created_at,start,end\nA,1700000000,2022-02,2022-03\n", "other.csv")
    assert whens(path) == ["2022-02/2022-03"]


def test_what_describes_is_offered_as_a_title_before_words_that_are_none(tmp_path: Path) -> None:
    text = f"date,state,description\n2024-06-01,Bihar,{'All that happened on this long day. ' * 19}\n"
    question = propose(write(tmp_path, text, "table.csv")).questions[0]
    assert (question.key, [choice.value for choice in question.choices]) == ("title", ["description", "state"])


def test_a_time_of_day_may_stand_beside_the_date(tmp_path: Path) -> None:
    path = write(tmp_path, "title,date,time\nA,2024-03-01,14:30\nB,2024-03-02,\nC,2024-03-03,2:05 pm\n", "table.csv")
    assert whens(path) == ["2024-03-01T14:30", "2024-03-02", "2024-03-03T14:05"]
    path = write(tmp_path, "title,date,time\nA,2024-03-01,0\nB,2024-03-02,3\n", "other.csv")
    assert whens(path) == ["2024-03-01", "2024-03-02"]


@pytest.mark.parametrize(
    ("head", "rows", "dates"),
    [
        ("date,time", "2024-03-01,9 am;2024-03-02,1430;2024-03-03,9h", ("T09", "T14:30", "T09")),
        ("date,Time (UTC)", "2024-03-01,14:30;2024-03-02,9:05:20;2024-03-03,", ("T14:30Z", "T09:05:20Z", "")),
        ("Datum,Uhrzeit", "2024-03-01,14.30 Uhr;2024-03-02,;2024-03-03,24:00", ("T14:30", "", "T24:00")),
        ("date,local time", "2024-03-01,14:30 +0300;2024-03-02,;2024-03-03,25:00", ("T14:30+03:00", "", "")),
    ],
)
def test_times_of_day_are_understood(tmp_path: Path, head: str, rows: str, dates: tuple[str, ...]) -> None:
    lines = [f"title,{head}", *(f"A,{row}" for row in rows.split(";"))]
    written = whens(write(tmp_path, "\n".join(lines), "table.csv"))
    assert written == [f"2024-03-0{day}{time}" for day, time in enumerate(dates, start=1)]


@pytest.mark.parametrize(
    ("row", "date"),
    [
        ("2024-03-01,14:30,15:00", "2024-03-01T14:30/2024-03-01T15:00"),
        ("2024-03-01,14:30,", "2024-03-01T14:30"),
        ("2024-03-01,,", "2024-03-01"),
    ],
)
@pytest.mark.parametrize("head", ["date,start_time,end_time", "date,time,end_time"])
def test_times_of_a_start_and_an_end_may_be_of_one_day(tmp_path: Path, head: str, row: str, date: str) -> None:
    path = write(tmp_path, f"title,{head}\nA,{row}\nB,2024-03-05,08:00,09:00\n", "table.csv")
    assert whens(path) == [date, "2024-03-05T08:00/2024-03-05T09:00"]


def test_a_start_and_an_end_have_their_own_times(tmp_path: Path) -> None:
    head = "title,start_date,start_time,end_date,end_time"
    path = write(tmp_path, f"{head}\nA,2024-03-01,14:30,2024-03-02,09:00\nB,2024-03-01,,2024-03-02,\n", "table.csv")
    assert whens(path) == ["2024-03-01T14:30/2024-03-02T09:00", "2024-03-01/2024-03-02"]


def test_what_a_date_cannot_say_stays_with_the_event(tmp_path: Path) -> None:
    content = "title,date,time\nA,late 2023,\nB,2024-03-01,at night\nC,2024-03-02,14:30\nD,2024-03-03,15:00\n"
    events = read(write(tmp_path, content, "table.csv")).events
    assert [(event.when.text, dict(event.extra)) for event in events] == [
        ("2023", {"date": "late 2023"}),
        ("2024-03-01", {"time": "at night"}),
        ("2024-03-02T14:30", {}),
        ("2024-03-03T15:00", {}),
    ]


def test_which_part_of_a_month_is_meant_stays_with_the_event(tmp_path: Path) -> None:
    path = write(tmp_path, "标题,日期\nA,2024年12月中旬\nB,2024年12月8日\n", "table.csv")
    first, second = read(path).events
    assert (first.when.text, first.extra, second.extra) == ("2024-12", {"日期": "2024年12月中旬"}, {})


def test_a_date_with_an_end_beside_it_is_a_start(tmp_path: Path) -> None:
    path = write(tmp_path, "title,date,end date\nA,1 March 2024,ongoing\nB,March 2024,April 2024\nC,2024,\n", "t.csv")
    assert whens(path) == ["2024-03-01/..", "2024-03/2024-04", "2024"]


def test_constants_joined_columns_and_separators(tmp_path: Path) -> None:
    path = write(tmp_path, 'name,year,a,b,where\nX,2024,"P, Q; R",S,Y\nZ,2023,NA,,W\n', "table.csv")
    mapping = {"when": "year", "type": "=attack", "actors": "a+b", "separator": "comma", "place": "="}
    first, second = read(path, mapping=mapping).events
    assert [actor.name for actor in first.actors] == ["P", "Q; R", "S"]
    assert (first.type, first.place, first.extra) == ("attack", "", {"where": "Y"})
    assert second.actors == ()


def test_the_two_sides_are_actors(tmp_path: Path) -> None:
    (event,) = read(write(tmp_path, "title,when,side_a,side_b\nA,2024,X,Y; Z\n", "table.csv")).events
    assert [actor.name for actor in event.actors] == ["X", "Y", "Z"]


def test_what_stands_for_a_missing_value_is_none(tmp_path: Path) -> None:
    rows = "NA,2024,-99,N/A,nan,null\nB,-9,,,,\n"
    dataset = read(write(tmp_path, f"title,when,type,place,actor,source\n{rows}", "table.csv"))
    (event,) = dataset.events
    assert (event.title, event.type, event.place, event.actors, event.own_sources) == ("NA", "", "", (), ())
    assert dataset.report.rejected == 1


@pytest.mark.parametrize(
    ("head", "row", "location"),
    [
        ("lat;lon", "51,5;-0,12", Location(51.5, -0.12)),
        ("coordinates;more", "48.1, 37.5;x", Location(48.1, 37.5)),
        ("geometry;more", "POINT(37.5 48.1);x", Location(48.1, 37.5)),
        ("lat;lon", "95;10", None),
        ("geo.lat;geo.lng", "50.1;30.2", Location(50.1, 30.2)),
    ],
)
def test_coordinates_are_read(tmp_path: Path, head: str, row: str, location: Location | None) -> None:
    (event,) = read(write(tmp_path, f"title;when;{head}\nA;2024;{row}\n", "table.csv")).events
    assert event.location == location


def test_a_preview_has_the_first_records_with_their_problems(tmp_path: Path) -> None:
    rows = "".join(f"{number},{'x' if number == 2 else 2000 + number}\n" for number in range(1, 50))
    path = write(tmp_path, f"title,when\n{rows}", "table.csv")
    found = preview(path, {}, 5)
    assert [event.title for event in found.events] == ["1", "3", "4", "5"]
    assert [problem.record for problem in found.problems] == [2]
    assert (found.report.read, found.report.loaded, found.report.rejected) == (5, 4, 1)


def test_a_signature_stays_whatever_is_mapped(tmp_path: Path) -> None:
    path = write(tmp_path, RUSSIAN.encode("cp1251"), "table.csv")
    other = write(tmp_path, (RUSSIAN + "Ещё;2023;\n").encode("cp1251"), "other.csv")
    assert signature_of(path) == signature_of(other) == propose(path, mapping={"encoding": "cp1251"}).signature
    assert signature_of(path) != signature_of(write(tmp_path, GERMAN, "german.csv"))
    assert signature_of(write(tmp_path, "timeline_format: 1\ntitle: A\nevents: []\n", "own.yaml")) == ""


def test_a_file_of_fixed_fields_has_no_proposal(tmp_path: Path) -> None:
    path = write(tmp_path, "timeline_format: 1\ntitle: A\nevents: []\n", "own.yaml")
    with pytest.raises(ReadError, match="fixed names"):
        propose(path)
