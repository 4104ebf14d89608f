"""Where cells of a spreadsheet lead that show other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.books import row, write_book
from tests.helpers.streams import streamed
from timeline_app.readers import read
from timeline_app.readers.propose import propose

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def linked_book(folder: Path, rows: str, links: dict[str, str]) -> Path:
    """Write a book of one sheet whose cells, by their places, lead to addresses."""
    named = "".join(f'<hyperlink ref="{place}" r:id="r{place[:2]}"/>' for place in links)
    relations = "".join(
        f'<Relationship Id="r{place[:2]}" Type="hyperlink" Target="{address}" TargetMode="External"/>'
        for place, address in links.items()
    )
    sheet = (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{rows}</sheetData>'
        f"<hyperlinks>{named}</hyperlinks></worksheet>"
    )
    parts = {
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
    }
    return write_book(folder / "linked.xlsx", {"Events": ""}, parts=parts)


@pytest.mark.parametrize("column", ["source", "title", "url"])
def test_the_cells_of_a_source_an_address_or_a_title_lead_to_where_the_event_is_told(
    tmp_path: Path, column: str
) -> None:
    head = row("title", "date", "source", *(["url"] if column == "url" else []))
    rows = (
        row("Raid", "2016-04-27", "Post", *(["read"] if column == "url" else [])),
        row("Fire", "2016-04-28", "Herald", *(["read"] if column == "url" else [])),
    )
    letter = {"source": "C", "title": "A", "url": "D"}[column]
    path = linked_book(tmp_path, head + "".join(rows), {f"{letter}2": "https://post.example/raid"})
    raid, fire = streamed(path).events
    assert [(one.key, one.url) for one in raid.own_sources] == [("Post", "https://post.example/raid")]
    assert [(one.key, one.url) for one in fire.own_sources] == [("Herald", "")]
    assert propose(path).mapping["url"] == f"{column} (link)"


def test_what_other_cells_lead_to_is_kept_beside(tmp_path: Path) -> None:
    rows = row("title", "date", "place") + row("Raid", "2016-04-27", "Port") + row("Fire", "2016-04-28", "Hill")
    path = linked_book(tmp_path, rows, {"C2:C3": "https://maps.example/port"})
    events = streamed(path).events
    assert [event.extra for event in events] == [{"place (link)": "https://maps.example/port"}] * 2
    assert [event.own_sources for event in events] == [(), ()]


def test_an_address_that_leads_to_itself_makes_no_column(tmp_path: Path) -> None:
    rows = row("title", "date", "url") + row("Raid", "2016-04-27", "post.example/raid")
    path = linked_book(tmp_path, rows, {"C2": "http://www.post.example/raid/"})
    assert [one.name for one in propose(path).columns] == ["title", "date", "url"]


def test_what_leads_elsewhere_than_to_the_web_is_no_address(tmp_path: Path) -> None:
    rows = row("title", "date") + row("Raid", "2016-04-27")
    path = linked_book(tmp_path, rows, {"A2": "file:///etc/hosts"})
    assert [one.name for one in propose(path).columns] == ["title", "date"]


def test_a_row_with_too_many_cells_is_left_out_as_without_links(tmp_path: Path) -> None:
    rows = row("title", "date") + row("Raid", "2016-04-27") * 2
    long = "".join(row(f"Fire {number}", "2016-04-28") for number in range(200)) + row("Far", "2016-04-29", "beyond")
    path = linked_book(tmp_path, rows + long, {"A2": "https://post.example/raid"})
    dataset = read(path)
    assert (dataset.report.loaded, dataset.report.rejected) == (202, 1)
