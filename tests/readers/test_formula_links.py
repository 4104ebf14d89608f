"""Links that formulas make are their words and an address; nothing of a formula is computed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.books import row, write_book
from tests.helpers.streams import streamed
from timeline_app.core.event import Event
from timeline_app.readers.formula_links import FormulaLink, formula_link
from timeline_app.readers.propose import propose

LINK = '=HYPERLINK("https://post.example/raid","Raid on the ""old"" port")'
WORDS = 'Raid on the "old" port'


@pytest.mark.parametrize(
    ("cell", "address", "words"),
    [
        (LINK, "https://post.example/raid", WORDS),
        ('= hyperlink( "http://a.example" ; "A" ) ', "http://a.example", "A"),
        ('=HYPERLINK("https://a.example/")', "https://a.example/", "https://a.example/"),
        ('=HYPERLINK("https://a.example/",B2)', "https://a.example/", "https://a.example/"),
    ],
)
def test_the_words_and_the_address_of_a_formula(cell: str, address: str, words: str) -> None:
    link = formula_link(cell)
    assert link == FormulaLink(address, words)
    assert link is not None
    assert formula_link(str(link)) == link


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("https://a.example/"&A2,"A")',
        '=HYPERLINK(A2,"A")',
        '=HYPERLINK("file:///etc/passwd","A")',
        '=HYPERLINK("#Sheet2!A1","A")',
        '=IF(TRUE,HYPERLINK("https://a.example/","A"))',
        '=HYPERLINK("https://a.example/","A")&"b"',
        '=HYPERLINK("https://a.example/"' + '""' * 50_000,
        '"=HYPERLINK',
        "",
    ],
)
def test_what_would_have_to_be_computed_is_no_link(cell: str) -> None:
    assert formula_link(cell) is None


def quoted(*cells: str) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


def in_csv(folder: Path, *rows: tuple[str, ...]) -> list[Event]:
    path = folder / "links.csv"
    path.write_text("".join(quoted(*cells) for cells in rows), encoding="utf-8")
    return streamed(path).events


def test_a_title_that_is_a_link_is_its_words_and_leads_to_a_source(tmp_path: Path) -> None:
    raid, fire = in_csv(tmp_path, ("title", "date"), (LINK, "2016-04-27"), ("Fire", "2016-04-28"))
    assert (raid.title, [one.url for one in raid.own_sources], raid.extra) == (WORDS, ["https://post.example/raid"], {})
    assert (fire.title, fire.own_sources) == ("Fire", ())
    assert propose(tmp_path / "links.csv").mapping["url"] == "title"


def test_a_source_that_is_a_link_has_its_name_and_address(tmp_path: Path) -> None:
    rows = (("A", "2016-04-27", '=HYPERLINK("https://post.example/","Post")'), ("B", "2016-04-28", "Herald"))
    first, second = in_csv(tmp_path, ("title", "date", "source"), *rows)
    assert [(one.key, one.url) for one in first.own_sources] == [("Post", "https://post.example/")]
    assert [(one.key, one.url) for one in second.own_sources] == [("Herald", "")]


def test_an_address_that_is_a_link_has_its_words_for_the_source(tmp_path: Path) -> None:
    rows = (
        ("A", "2016-04-27", '=HYPERLINK("https://post.example/","Post")'),
        ("B", "2016-04-28", "https://b.example/"),
    )
    first, second = in_csv(tmp_path, ("title", "date", "url"), *rows)
    assert [(one.key, one.url) for one in first.own_sources] == [("Post", "https://post.example/")]
    assert [(one.key, one.url) for one in second.own_sources] == [("b.example", "https://b.example/")]


def test_what_no_field_takes_of_links_is_kept(tmp_path: Path) -> None:
    date = '=HYPERLINK("https://d.example/","2016-04-27")'
    head = ("title", "date", "source", "url", "shelf")
    link = '=HYPERLINK("https://u.example/","Words")'
    (event,) = in_csv(tmp_path, head, (LINK, date, "Post", link, link.replace("u.", "s.")))
    assert (event.title, event.when.text) == (WORDS, "2016-04-27")
    assert [(one.key, one.url) for one in event.own_sources] == [("Post", "https://u.example/")]
    assert event.extra == {
        "title (link)": "https://post.example/raid",
        "date (link)": "https://d.example/",
        "url": "Words",
        "shelf": "Words",
        "shelf (link)": "https://s.example/",
    }


def linked(place: str, formula: str, value: str) -> str:
    escaped = formula.replace('"', "&quot;")
    return f'<c r="{place}" t="str"><f>{escaped}</f>{value}</c>'


def test_links_by_formulas_in_a_spreadsheet_show_the_value_that_was_last_computed(tmp_path: Path) -> None:
    first = linked("A2", 'HYPERLINK("https://post.example/raid",B9)', "<v>Raid</v>")
    second = linked("A3", 'HYPERLINK("https://post.example/fire","Fire")', "")
    third = linked("A4", 'HYPERLINK(B9,"Flood")', "<v>Flood</v>")
    rows = row("title", "date") + "".join(
        f'<row r="{number}">{cell}<c r="B{number}" t="inlineStr"><is><t>2016-04-2{number}</t></is></c></row>'
        for number, cell in ((2, first), (3, second), (4, third))
    )
    events = streamed(write_book(tmp_path / "links.xlsx", {"Events": rows})).events
    assert [event.title for event in events] == ["Raid", "Fire", "Flood"]
    assert [[one.url for one in event.own_sources] for event in events] == [
        ["https://post.example/raid"],
        ["https://post.example/fire"],
        [],
    ]


def test_a_link_far_behind_the_first_records_is_found_too(tmp_path: Path) -> None:
    plain = tuple((f"Event {number}", "2016-04-26") for number in range(300))
    events = in_csv(tmp_path, ("title", "date"), *plain, (LINK, "2016-04-27"))
    assert (events[-1].title, [one.url for one in events[-1].own_sources]) == (WORDS, ["https://post.example/raid"])
    cells = (f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>E</t></is></c>{{}}</row>' for n in range(2, 302))
    date = '<c r="B{}" t="inlineStr"><is><t>2016-04-26</t></is></c>'
    rows = row("title", "date") + "".join(one.format(date.format(n)) for n, one in enumerate(cells, start=2))
    last = linked("A302", 'HYPERLINK("https://post.example/fire","Fire")', "")
    rows += f'<row r="302">{last}{date.format(302)}</row>'
    event = streamed(write_book(tmp_path / "links.xlsx", {"Events": rows})).events[-1]
    assert (event.title, [one.url for one in event.own_sources]) == ("Fire", ["https://post.example/fire"])
