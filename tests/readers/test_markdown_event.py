"""Events as Markdown: their fields, the words and links of their text, and several files on one timeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.timelines import DATA, in_short, read_text, write
from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.core.event import ActorRef, Link, Location
from timeline_app.readers import choose, read


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(DATA / "sample.event.md")


def event_text(fields: str, body: str = "") -> str:
    return f"---\n{fields}\n---\n{body}"


def test_fields(sample: Dataset) -> None:
    (event,) = sample.events
    assert (sample.report.reader, sample.title) == ("markdown", "A pact: *made up* for tests")
    assert (event.id, event.when.text) == ("1973-02-16--made-up-pact", "1973-02-16/1973-03-01")
    assert (event.type, event.tags, event.place) == ("Judicial capture", ("treaty", "Policy"), "Odesa")
    assert event.actors == (ActorRef("Ann Other", "", "Ann Other"), ActorRef("Harbour Ltd", "host", "Harbour Ltd"))
    assert event.links == (Link("1973-05-01--next", "related"),)
    assert (event.importance, event.extra["importance_of_10"]) == (5, "9")
    assert {key: event.extra[key] for key in ("draft", "status", "mood")} == {
        "draft": "false",
        "status": "validated",
        "mood": ["sad"],
    }


def test_words_and_sources(sample: Dataset) -> None:
    (event,) = sample.events
    assert event.summary == (
        "The two sides met, see the report and code.\n\nSources\n\n1. Another report\n2. Without an address\n\n"
        "Last updated: never"
    )
    told = [(one.title, one.publisher, one.url, one.published, one.retrieved) for one in event.own_sources]
    assert told == [
        ("The paper's report", "The Paper", "https://www.example.org/1", "1973-02-17", "2024-07-01"),
        ("Undated", "Others", "", "", ""),
        ("", "example.com", "https://example.com/plain", "", ""),
        ("A book", "", "", "", ""),
        ("the report", "", "https://example.net/a_(b)", "", ""),
        ("Another report", "", "https://example.org/2", "", ""),
    ]
    assert event.own_sources[0].extra == {"tier": "1", "archive_url": "https://archive.example/1"}
    assert event.own_sources[1].extra == {"date": "last week"}


def test_problems(sample: Dataset) -> None:
    assert (sample.report.read, sample.report.loaded) == (1, 1)
    assert [in_short(problem) for problem in sample.problems] == [
        "10:16 1 warning: tags: expected a text; found a mapping",
        "14:5 1 warning: actors: expected a name; found a list",
        "29:5 1 warning: sources: expected {url, title, …}; found a list",
    ]


@pytest.mark.parametrize(
    ("written", "importance"), [("1", 1), ("2", 1), ("5", 3), ("6", 3), ("10", 5), ("11", 3), ("high", 3)]
)
def test_importance(tmp_path: Path, written: str, importance: int) -> None:
    dataset = read_text(tmp_path, event_text(f"title: A\ndate: 2024\nimportance: {written}"), "a.md")
    assert dataset.events[0].importance == importance
    is_wrong = written in {"11", "high"}
    assert dataset.events[0].extra == {"importance" if is_wrong else "importance_of_10": written}
    assert len(dataset.problems) == is_wrong


def test_without_an_id_the_file_gives_its_name(tmp_path: Path) -> None:
    dataset = read_text(tmp_path, event_text("title: A\ndate: 2024-06-19T00:00:00Z\nactors: [B]"), "2024-06-19-a.md")
    assert (dataset.events[0].id, dataset.events[0].when.text) == ("2024-06-19-a", "2024-06-19")


@pytest.mark.parametrize(
    ("fields", "keys", "kind", "extra"),
    [
        ("url: https://a.example/1\ntype: battle", ["a-example-1"], "battle", {}),
        ("source: News\ncategory: battle\ntype: post", ["news"], "battle", {"type": "post"}),
        (
            "source: {title: News, url: https://a.example/1}\ncapture_lanes: [x]\ntype: post",
            ["news"],
            "x",
            {"type": "post"},
        ),
    ],
)
def test_a_source_and_a_type_alone(
    tmp_path: Path, fields: str, keys: list[str], kind: str, extra: dict[str, str]
) -> None:
    (event,) = read_text(tmp_path, event_text(f"title: A\ndate: 2024\n{fields}")).events
    assert [source.key for source in event.own_sources] == keys
    assert (event.type, event.extra) == (kind, extra)


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2024-05-06 00:00:00 +0000", "2024-05-06T00:00:00+00:00"),
        ("2024-05-06 10:00:00 +0300", "2024-05-06T10:00:00+03:00"),
        ("2024-05-06T00:00:00Z", "2024-05-06"),
        ("May 6, 2024", "2024-05-06"),
    ],
)
def test_dates_as_pages_of_the_web_have_them(tmp_path: Path, written: str, edtf: str) -> None:
    (event,) = read(write(tmp_path, event_text(f"title: A\ndate: {written}"), "a.md")).events
    assert event.when.text == edtf


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_lines_may_end_in_any_way(tmp_path: Path, line_end: str) -> None:
    content = event_text("title: A\ndate: 2024", "One.\n\nTwo.\n").replace("\n", line_end)
    path = tmp_path / "a.md"
    path.write_bytes(content.encode())
    (event,) = read(path).events
    assert (event.title, event.summary.split()) == ("A", ["One.", "Two."])


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (
            "title: A\nactors: [B]",
            (
                "2:1 1 error: date: expected a date such as 2024, 2024-06 or 2024-06-19, but nothing is written; "
                "the event is left out"
            ),
        ),
        (
            "title: A\ndate: soon",
            "3:7 1 error: date: expected a year of four digits, as in 2024 or -0043; the event is left out",
        ),
        ("title:\ndate: 2024", "2:7 1 error: title: expected a text; found nothing; the event is left out"),
    ],
)
def test_what_says_neither_what_nor_when_is_left_out(tmp_path: Path, fields: str, problem: str) -> None:
    dataset = read(write(tmp_path, event_text(fields), "a.md"), reader="markdown")
    assert (dataset.report.read, dataset.report.rejected) == (1, 1)
    assert [in_short(one) for one in dataset.problems] == [problem]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("# Title\n", ":1:1: expected the fields of an event between two lines of dashes; found none"),
        ("---\ntitle: A\n", ":1:1: expected a line --- that ends the fields; found none"),
        ("---\n- a\n---\n", ":2:1: expected the fields of an event, title and date; found a list"),
        ("---\na: &x b\nc: *x\n---\n", ":3:4: “*x” is an alias; write out what it stands for"),
    ],
)
def test_what_has_no_fields_is_refused(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(write(tmp_path, content, "a.md"), reader="markdown")
    assert str(refused.value).endswith(message)


def test_files_that_are_opened_together_are_linked(tmp_path: Path) -> None:
    first = write(tmp_path, event_text("title: A\ndate: 2024\nactors: [X]\nrelated_events: [b]"), "a.md")
    second = write(tmp_path, event_text("title: B\ndate: 2025\nactors: [X]"), "b.md")
    table = build_table([read(first), read(second)], Gazetteer(()))
    row = table.row_of("b")
    assert row is not None
    assert table.linking_rows("b") == (table.row_of("a"),)


def test_other_markdown_is_not_taken_for_it(tmp_path: Path) -> None:
    for content in ("# Notes\n\nSome words\n", "---\ntitle: A page\nlayout: post\n---\nWords\n"):
        with pytest.raises(ReadError, match="the format of the file is not known"):
            choose(write(tmp_path, content, "a.md"))


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "2022-02-24-invasion-begins.md",
            "---\nlayout: post\ncategories: [war, europe]\ntags: a, b\n---\nText.\n",
            ("Invasion begins", "2022-02-24", "war", ("a", "b", "europe")),
        ),
        (
            "a.md",
            "+++\ntitle = 'Hugo'\ndate = 2022-02-24T05:00:00+02:00\n[params]\ncategory = 'war'\n+++\nText.\n",
            ("Hugo", "2022-02-24T05:00:00+02:00", "war", ()),
        ),
        ("a.md", "---\nDate: 2022-02-24\n---\n# A heading #\nText.\n", ("A heading", "2022-02-24", "", ())),
        (
            "a.md",
            "---\ntitle: Note\ndate: [[2022-02-24]]\ntags: [a]\n---\n",
            ("Note", "2022-02-24", "", ("a",)),
        ),
        (
            "a.md",
            "---\ntitle: Span\nstart_date: 2022-02-24\nend_date: 2022-02-26\n---\n",
            ("Span", "2022-02-24/2022-02-26", "", ()),
        ),
    ],
)
def test_posts_of_other_programs(
    tmp_path: Path, name: str, content: str, expected: tuple[str, str, str, tuple[str, ...]]
) -> None:
    path = write(tmp_path, content, name)
    assert choose(path).name == "markdown"
    (event,) = read(path).events
    assert (event.title, event.when.text, event.type, event.tags) == expected


@pytest.mark.parametrize(
    "fields",
    ["location: {name: Kyiv, lat: 50.4, lon: 30.5}", "place: Kyiv\nlatitude: 50.4\nlng: 30.5"],
)
def test_a_place_with_its_point(tmp_path: Path, fields: str) -> None:
    (event,) = read_text(tmp_path, event_text(f"title: A\ndate: 2024\n{fields}"), "a.md").events
    assert (event.place, event.location, event.extra) == ("Kyiv", Location(50.4, 30.5), {})


def test_the_address_of_a_page_itself_is_no_source(tmp_path: Path) -> None:
    (event,) = read_text(tmp_path, event_text("title: A\ndate: 2024\nurl: /posts/a"), "a.md").events
    assert (event.own_sources, event.extra) == ((), {"url": "/posts/a"})


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ("+++\ntitle = 'A'\ndate = 2024-13-01\n+++\n", (3, 12), "this is not TOML: "),
        ("---\ntitle: A\ndate: 2024\n", (1, 1), "expected a line --- that ends the fields; found none"),
    ],
)
def test_broken_fields_are_told_with_their_place(
    tmp_path: Path, content: str, place: tuple[int, int], message: str
) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(tmp_path, content, "a.md")
    assert (caught.value.place.line, caught.value.place.column) == place
    assert caught.value.args[0].startswith(message)


def test_words_that_support_a_claim_are_excerpts(tmp_path: Path) -> None:
    fields = "\n".join(
        (
            "id: 2026-07-16--breach",
            "title: A",
            "date: 2026-07-16",
            "sources: [{title: Report, url: https://example.org/a}]",
            "claims:",
            "- {id: c0, type: date, value: July 9, span: 'July 9: it begins.', url: https://example.org/a}",
            "- {id: c1, type: quote, value: x, span: Other words, url: https://example.org/b}",
            "- {id: c2, type: quote, value: y}",
        )
    )
    body = "See [[2026-09-23--later|the later one]], [[2026-07-16--breach]] and [[A note]]."
    (event,) = read_text(tmp_path, event_text(fields, body), "a.md").events
    sources = {source.key: source.url for source in event.own_sources}
    assert [(one.text, sources[one.source]) for one in event.excerpts] == [
        ("July 9: it begins.", "https://example.org/a"),
        ("Other words", "https://example.org/b"),
    ]
    assert event.links == (Link("2026-09-23--later", "related"),)
    assert event.summary == "See the later one, 2026-07-16--breach and A note."
    assert "July 9: it begins." in str(event.extra)
