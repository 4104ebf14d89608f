"""Records of coded datasets in JSON, as the APIs of ACLED and UCDP reply, and in spreadsheets: read by their rules."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

from tests.helpers.books import row, write_book
from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, refusal_of, write
from timeline_app.readers import choose, nearly_as_likely, read
from timeline_app.readers.propose import preview, propose

REPLY = DATA / "sample.acled-reply.json"


def acled(*dates: str) -> str:
    """Return a reply with an event at each date."""
    kind = {"event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "A", "time_precision": 1}
    records = [{"event_id_cnty": f"X{number}", "event_date": date, **kind} for number, date in enumerate(dates, 1)]
    return json.dumps({"success": True, "data": [{**one, "fatalities": 0} for one in records]})


def test_a_reply_of_acled_is_read_as_its_exports_are() -> None:
    dataset, table = read(REPLY), read(DATA / "sample.acled.csv")
    assert (choose(REPLY).name, nearly_as_likely(REPLY, "json")) == ("json", ())
    report = dataset.report
    assert (dataset.title, dataset.summary) == (table.title, table.summary)
    assert (report.read, report.loaded, report.rejected) == (4, 2, 2)
    first, second = dataset.events
    assert (first.id, first.title) == (table.events[0].id, table.events[0].title)
    assert (first.when, first.actors, first.excerpts) == (
        table.events[0].when,
        table.events[0].actors,
        table.events[0].excerpts,
    )
    assert first.own_sources[-1].published == "2024-05-20T16:33:51Z"
    assert (second.when.text, second.claims[0].value) == ("[2024-05-15..2024-05-21]", "0")
    assert dict(dataset.extra) == {"status": "200", "success": "true", "count": "4"}
    assert [(one.line, one.record, one.message) for one in dataset.problems] == [
        (20, 3, "when: 30 is not a day: February 2024 has 29 days; the record is left out"),
        (21, 4, "event_date: expected a date; found nothing; the record is left out"),
    ]


def test_the_order_of_dates_is_told_by_all_or_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, acled("03/04/2024", "13/04/2024"), "told.json")
    assert [event.when.text for event in read(path).events] == ["2024-04-03", "2024-04-13"]
    path = write(tmp_path, acled("03/04/2024"), "open.json")
    assert "--map date_order=dmy" in refusal_of(path)
    found = propose(path)
    assert ([one.key for one in found.questions], found.has_fixed_columns) == (["date_order"], True)
    answered = propose(path, mapping={"date_order": "mdy"})
    assert answered.is_sure
    (event,) = read(path, mapping=answered.mapping).events
    assert event.when.text == "2024-03-04"


def test_columns_that_are_mapped_are_taken_as_they_are_said(tmp_path: Path) -> None:
    (event,) = read(write(tmp_path, acled("2024-05-16"), "x.json"), mapping={"title": "actor1"}).events
    assert (event.title, event.actors) == ("A", ())


def test_a_spreadsheet_of_acled_is_read_as_its_exports_are(tmp_path: Path) -> None:
    rows = list(csv.reader((DATA / "sample.acled.csv").read_text().splitlines()))
    readme = row("About", "this") + row("file", "only")
    path = write_book(tmp_path / "acled.xlsx", {"Readme": readme, "Data": "".join(row(*cells) for cells in rows)})
    found, table = streamed(path), streamed(DATA / "sample.acled.csv")
    assert (len(found.events), found.rejected) == (3, 1)
    for event, own in zip(found.events, table.events, strict=True):
        assert replace(event, origin=own.origin) == own
    whole, export = read(path), read(DATA / "sample.acled.csv")
    assert (whole.title, whole.summary) == (export.title, export.summary)


def test_a_spreadsheet_of_acled_has_real_dates_or_is_asked_for_their_order(tmp_path: Path) -> None:
    head = row("EVENT_ID_CNTY", "EVENT_DATE", "TIME_PRECISION", "EVENT_TYPE", "SUB_EVENT_TYPE", "ACTOR1", "FATALITIES")
    cells = ("1", "Battles", "Armed clash", "A", "2")
    path = write_book(tmp_path / "dates.xlsx", {"S": head + row("X1", '<c s="1"><v>45462</v></c>', *cells)})
    (event,) = streamed(path).events
    assert (event.title, event.when.text) == ("A: armed clash, 2 deaths", "2024-06-19")
    path = write_book(tmp_path / "open.xlsx", {"S": head + row("X1", "03/04/2024", *cells)})
    assert "--map date_order=dmy" in refusal_of(path)
    answered = propose(path, mapping={"date_order": "dmy"})
    assert ([one.key for one in propose(path).questions], answered.is_sure) == (["date_order"], True)
    assert [one.when.text for one in preview(path, answered.mapping).events] == ["2024-04-03"]


def test_lines_of_acled_are_read_as_its_exports_are(tmp_path: Path) -> None:
    rows = csv.DictReader((DATA / "sample.acled.csv").read_text().splitlines())
    kept = [{key: cell for key, cell in one.items() if cell} for one in rows]
    # Keys that the first lines do not have are known all the same.
    first = {key: cell for key, cell in kept[0].items() if key not in {"fatalities", "assoc_actor_1"}}
    lines = [json.dumps(one) + "\n" for one in (*[{**first, "event_id_cnty": f"X{n}"} for n in range(60)], *kept)]
    path = write(tmp_path, "".join(lines), "acled.jsonl")
    assert choose(path).name == "jsonl"
    found, table = streamed(path), streamed(DATA / "sample.acled.csv")
    assert (len(found.events), found.rejected) == (63, 1)
    for event, own in zip(found.events[60:], table.events, strict=True):
        assert replace(event, origin=own.origin) == own
    path = write(tmp_path, json.dumps({**kept[0], "event_date": "03/04/2024"}) + "\n", "open.jsonl")
    assert [one.key for one in propose(path, reader="jsonl").questions] == ["date_order"]


def test_a_reply_of_ucdp_is_read_as_its_table_is(tmp_path: Path) -> None:
    record = {
        "conflict_id": "200",
        "location": "Utopia",
        "side_a": "Government of Utopia",
        "side_b": "Rebels",
        "incompatibility": 2,
        "year": 1999,
        "intensity_level": 2,
        "cumulative_intensity": 1,
        "type_of_conflict": 3,
    }
    reply = {"TotalCount": 2, "Result": [record, {**record, "year": "soon"}]}
    dataset = read(write(tmp_path, json.dumps(reply), "x.json"))
    (event,) = dataset.events
    assert (event.id, event.title) == ("200-1999", "Utopia – Rebels: war over government, 1999")
    assert (event.when.text, event.type, event.importance) == ("1999-01-01/1999-12-31", "intrastate", 5)
    assert [one.message for one in dataset.problems] == [
        'year: expected four digits; found "soon"; the record is left out',
    ]


def test_an_order_of_dates_that_nothing_hangs_on_is_not_told(tmp_path: Path) -> None:
    dataset = read(write(tmp_path, acled("2024-05-16"), "x.json"))
    assert dict(dataset.report.mapping) == {"records": "data"}
