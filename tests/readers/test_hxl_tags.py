"""Tags of HXL below a header: what columns hold whose names do not say it."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.books import row, write_book
from tests.helpers.streams import streamed
from tests.readers.timelines import write
from timeline_app.readers import read
from timeline_app.readers.hxl_tags import are_hxl_tags, tagged_fields
from timeline_app.readers.proposal import Reason
from timeline_app.readers.propose import propose

TABLE = """Moment,Happening,Sort,Spot,PCode,N,S,Reporter,Title of report
#date+occurred,#event+description,#event+type,#adm2+name,#adm2+code,#geo+lat,#geo+lon,#meta+source,#x_title
2019-05-01,Market is hit,air strike,Alpha,A01,33.5,36.3,UN,Weekly
2019-05-03,School is hit,shelling,Beta,B02,33.6,36.4,NGO,Weekly
"""


def test_tags_tell_what_names_do_not(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE, "table.csv")
    dataset = read(path)
    event = dataset.events[0]
    assert (event.title, event.when.text, event.type, event.place) == (
        *("Market is hit", "2019-05-01"),
        *("air strike", "Alpha"),
    )
    assert event.location is not None
    assert (event.own_sources[0].publisher, event.extra) == ("UN", {"PCode": "A01", "Title of report": "Weekly"})
    assert (dataset.report.read, [problem.line for problem in dataset.problems]) == (2, [2])
    assert [event.title for event in streamed(path).events] == ["Market is hit", "School is hit"]
    found = {one.field: (one.reason, one.words) for one in propose(path).fields}
    assert found["title"] == (Reason.NAME, "the HXL tag of “Happening” says so")
    assert read(path, mapping=propose(path).mapping).events == dataset.events


def test_names_and_the_user_go_before_tags(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE.replace("Moment", "Date").replace("#date+occurred", "#date+start"), "table.csv")
    assert read(path).events[0].when.text == "2019-05-01"
    assert read(path, mapping={"title": "Sort"}).events[0].title == "air strike"


def test_what_tags_are() -> None:
    assert are_hxl_tags(["#date", "", "#adm1 +name"])
    assert not are_hxl_tags(["#date", "2024"])
    assert are_hxl_tags(["#Date+Occurred", "#ADM1 +name"])
    assert not are_hxl_tags(["#one"])
    assert tagged_fields(["a", "b", "c"], ["#country+code", "#Country", "#Date"]) == {"when": "c", "place": "b"}
    assert tagged_fields(["a", "b", "c"], ["#date", "#date+end", "#adm1+code"]) == {"end": "b", "when": "a"}


def test_a_spreadsheet_may_have_them_too(tmp_path: Path) -> None:
    lines = [line.split(",") for line in TABLE.splitlines()]
    path = write_book(tmp_path / "table.xlsx", {"Data": row("Attacks") + "".join(row(*cells) for cells in lines)})
    dataset = read(path)
    assert (dataset.report.read, dataset.report.rejected) == (2, 0)
    assert [(one.title, one.place, one.origin.line) for one in dataset.events] == [
        ("Market is hit", "Alpha", 4),
        ("School is hit", "Beta", 5),
    ]
    assert [(one.line, one.message) for one in dataset.problems] == [
        (2, "the table begins in row 2; what stands above is no record"),
        (3, "a row of HXL tags below the header was skipped"),
    ]
