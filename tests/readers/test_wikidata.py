"""Results of queries: dates as exact as their precision, rows of one item joined, and what the variables hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, in_short, real_file, refusal_of, write
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Event, Location
from timeline_app.core.when import parse
from timeline_app.readers import choose, line_file, read, wikidata_rows
from timeline_app.readers.sparql_roles import roles_of
from timeline_app.readers.wikidata_dates import NOTE_MONTH, NOTE_YEAR, wikidata_date

SAMPLE = DATA / "sample.sparql.json"
ENTITY = "http://www.wikidata.org/entity/"


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(SAMPLE)


def by_id(dataset: Dataset) -> dict[str, Event]:
    return {event.id: event for event in dataset.events}


@pytest.mark.parametrize(
    ("written", "precision", "when"),
    [
        ("2020-05-06T07:08:09Z", 14, "2020-05-06T07:08:09Z"),
        ("2020-05-06T07:08:00Z", 13, "2020-05-06T07:08Z"),
        ("2020-05-06T07:00:00Z", 12, "2020-05-06T07Z"),
        ("1807-06-22T00:00:00Z", 11, "1807-06-22"),
        ("1807-06-01T00:00:00Z", 11, "1807-06-01"),
        ("1807-06-01T00:00:00Z", 10, "1807-06"),
        ("-0232-01-01T00:00:00Z", 9, "-0232"),
        ("1990-01-01T00:00:00Z", 8, "199X"),
        ("12005-01-01T00:00:00Z", 8, "[Y12000..Y12009]"),
        ("-0044-01-01T00:00:00Z", 8, "[-0048..-0039]"),
        ("0000-01-01T00:00:00Z", 8, "[-0008..0000]"),
        ("1900-01-01T00:00:00Z", 7, "[1801..1900]"),
        ("1801-01-01T00:00:00Z", 7, "[1801..1900]"),
        ("0000-01-01T00:00:00Z", 7, "[-0099..0000]"),
        ("-0100-01-01T00:00:00Z", 7, "[-0199..-0100]"),
        ("2000-01-01T00:00:00Z", 6, "[1001..2000]"),
        ("-1999-01-01T00:00:00Z", 6, "[-1999..-1000]"),
        ("-4000-01-01T00:00:00Z", 5, "-4000~"),
        ("-40000-01-01T00:00:00Z", 5, "Y-40000S1"),
        ("-13798000000-01-01T00:00:00Z", 3, "Y-13798000000S5"),
        ("+2010-00-00T00:00:00Z", 9, "2010"),
        ("+2010-05-00T00:00:00Z", 11, "2010-05"),
    ],
)
def test_a_date_is_as_exact_as_its_precision(written: str, precision: int, when: str) -> None:
    assert wikidata_date(written, precision) == (when, "")
    assert parse(when).text == when


@pytest.mark.parametrize(
    ("written", "when", "note"),
    [
        ("1807-06-22T00:00:00Z", "1807-06-22", ""),
        ("1807-06-22T10:00:00Z", "1807-06-22T10:00:00Z", ""),
        ("1807-01-01T00:00:00Z", "1807", NOTE_YEAR),
        ("1807-06-01T00:00:00Z", "1807-06", NOTE_MONTH),
        ("1815", "1815", ""),
        ("1815-06", "1815-06", ""),
        ("soon", "soon", ""),
        ("9" * 1_000, "9" * 1_000, ""),
    ],
)
def test_without_a_precision_a_date_is_read_as_what_it_may_mean_at_most(written: str, when: str, note: str) -> None:
    assert wikidata_date(written, None) == (when, note)


def test_dates_of_a_result(sample: Dataset) -> None:
    assert {event.id: event.when.text for event in sample.events} == {
        "Q48314": "1815-06-18",
        "Q48314-2": "1815",
        "Q1": "191X/1918-11-11",
        "Q2": "/-0043-03-15",
        "Q3": "1807",
        "Q4": "1807-05",
        "Q6": "1914-06-28",
    }
    assert by_id(sample)["Q6"].extra == {"end": "1913-11-11T00:00:00Z"}


def test_rows_of_one_item_and_date_are_one_event(sample: Dataset) -> None:
    event = by_id(sample)["Q48314"]
    assert (event.title, event.summary, event.type) == ("Battle of Waterloo", "battle of 1815", "battle")
    assert [actor.name for actor in event.actors] == ["United Kingdom", "Prussia", "Nassau"]
    assert (event.place, event.location) == ("Waterloo", Location(50.68, 4.4))
    assert event.tags == ("Belgium", "Hundred Days")
    assert [(one.publisher, one.url) for one in event.own_sources] == [
        ("en.wikipedia.org", "https://en.wikipedia.org/wiki/Battle_of_Waterloo"),
        ("Wikidata", f"{ENTITY}Q48314"),
    ]
    assert event.extra == {
        "participant": f"{ENTITY}Q145 | {ENTITY}Q27306",
        "image": "http://commons.wikimedia.org/w.jpg",
    }
    assert (event.origin.line, event.origin.record) == (3, 1)


def test_what_a_date_without_a_precision_may_mean_is_noted(sample: Dataset) -> None:
    assert by_id(sample)["Q3"].basis_note == NOTE_YEAR
    assert by_id(sample)["Q4"].basis_note == NOTE_MONTH
    assert by_id(sample)["Q4"].title == "Q4"


def test_every_event_is_counted_and_what_is_left_out_is_told(sample: Dataset) -> None:
    assert (sample.report.read, sample.report.loaded, sample.report.rejected) == (10, 7, 3)
    nothing = "date: the service says that this date is not known; the event is left out"
    assert [in_short(problem) for problem in sample.problems] == [
        "3:3 1 note: rows joined to others of the same item and date: 1",
        f"3:3 1 note: {NOTE_YEAR}: 1 of the dates",
        f"3:3 1 note: {NOTE_MONTH}: 1 of the dates",
        f"27:3 7 error: {nothing}",
        "29:3 8 warning: end: ends before it starts: 1913-11-11 lies before 1914-06-28; read as having no end",
        "31:3 9 error: expected a label; found nothing; the event is left out",
        '32:3 10 error: expected a row; found "not a row"; it is left out',
    ]


def test_the_plain_form_of_the_query_page(tmp_path: Path) -> None:
    row = {"item": f"{ENTITY}Q9", "itemLabel": "a", "time": "2024-06-19T00:00:00Z", "belligerents": "A||B", "x": "y"}
    path = write(tmp_path, json.dumps([row]), "query.json")
    assert choose(path).name == "sparql"
    (event,) = read(path).events
    assert (event.id, event.title, event.when.text) == ("Q9", "a", "2024-06-19")
    assert [actor.name for actor in event.actors] == ["A", "B"]
    assert event.extra == {"x": "y"}


def test_what_variables_hold_is_told_from_their_names() -> None:
    entity = f"{ENTITY}Q1"
    roles = roles_of(dict.fromkeys(("who", "label", "when_precision", "when", "lat", "lon"), "") | {"thing": entity})
    assert (roles.item, roles.title, roles.date) == ("thing", "label", "when")
    assert (roles.latitude, roles.longitude, roles.precisions) == ("lat", "lon", {"when": "when_precision"})
    assert roles_of({"a": "x", "b": "2024-06-19T00:00:00Z"}).date == "b"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"value": "b"}}]}}', ":1:51: no variable is known"),
        ('{"head": {"vars": []}, "boolean": true}', ":1:1: expected the rows of a result; found a mapping"),
        ('{"head": {"vars": ["date"]}, "results": {"bindings": [', ":1:55: this is not JSON"),
    ],
)
def test_what_is_no_result_with_dates_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = write(tmp_path, content, "a.json")
    assert choose(path).name == "sparql"
    assert refusal_of(path).startswith(message)


def test_a_result_without_rows_is_empty(tmp_path: Path) -> None:
    path = write(tmp_path, '{"head": {"vars": ["date"]}, "results": {"bindings": []}}', "a.json")
    assert (read(path).report.read, read(path).events) == (0, ())


_ROWS = st.fixed_dictionaries(
    {
        "item": st.sampled_from([f"{ENTITY}Q1", f"{ENTITY}Q2", f"{ENTITY}Q1", "words", ""]),
        "date": st.sampled_from(["1815-06-18T00:00:00Z", "1815-01-01T00:00:00Z", "_:b0", "soon", ""]),
    },
    optional={
        "itemLabel": st.sampled_from(["A", "B", ""]),
        "end": st.sampled_from(["1815-06-19T00:00:00Z", "1800-01-01T00:00:00Z"]),
        "participantLabel": st.sampled_from(["Prussia", "Nassau", "Prussia||Hanover"]),
        "coord": st.sampled_from(["Point(4.4 50.68)", "here"]),
        "article": st.just("https://en.wikipedia.org/wiki/A"),
        "x": st.sampled_from(["y", "z", "é\\u00e9"]),
    },
)


def _result(rows: list[object], *, is_verbose: bool) -> str:
    if not is_verbose:
        return json.dumps(rows, indent=1)
    values = [
        {k: {"type": "literal", "value": v} for k, v in row.items()} if isinstance(row, dict) else row for row in rows
    ]
    return json.dumps({"head": {"vars": ["item", "date"]}, "results": {"bindings": values}}, ensure_ascii=False)


@given(
    rows=st.lists(st.one_of(_ROWS, _ROWS, _ROWS, st.sampled_from(["x", None])), max_size=9), is_verbose=st.booleans()
)
def test_any_rows_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[object], *, is_verbose: bool
) -> None:
    first = {"item": f"{ENTITY}Q3", "date": "1815-06-18T00:00:00Z", "itemLabel": "First"}
    content = _result([first, *rows], is_verbose=is_verbose)
    assert_streamed_as_whole(write(tmp_path_factory.mktemp("rows"), content, "a.json"))


@given(rows=st.lists(_ROWS, max_size=7), prefix=st.sampled_from(["", "s:"]))
def test_any_rows_in_xml_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]], prefix: str
) -> None:
    lines = [
        f'<{prefix}sparql xmlns="urn:a" xmlns:s="urn:a"><{prefix}head><{prefix}variable name="date"/></{prefix}head>'
    ]
    lines.append(f"<{prefix}results>")
    for row in [{"item": f"{ENTITY}Q3", "date": "1815"}, *rows]:
        values = "".join(
            f'<{prefix}binding name="{name}"><{prefix}literal>{value}</{prefix}literal></{prefix}binding>'
            for name, value in row.items()
        )
        lines.append(f"<{prefix}result>{values}</{prefix}result>")
    lines.append(f"</{prefix}results></{prefix}sparql>")
    assert_streamed_as_whole(write(tmp_path_factory.mktemp("rows"), "\n".join(lines), "a.srx"))


def test_rows_of_one_event_are_joined_however_far_apart_they_stand(tmp_path: Path) -> None:
    told = {"date": "1815-06-18T00:00:00Z", "itemLabel": "A"}
    named = [(number % 7, f"Army {number % 5}") for number in range(60)]
    rows: list[object] = [{"item": f"{ENTITY}Q{item}", **told, "participantLabel": name} for item, name in named]
    dataset = assert_streamed_as_whole(write(tmp_path, _result(rows, is_verbose=True), "a.json"))
    assert (dataset.report.read, {len(event.actors) for event in dataset.events}) == (7, {5})


@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_rows_of_a_table_are_read_one_by_one_as_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    assert_streamed_as_whole(DATA / f"sample.sparql.{ending}")
    mark = "\t" if ending == "tsv" else ","
    header = mark.join(
        ("?item", "?itemLabel", "?date", "?participantLabel")
        if ending == "tsv"
        else ("item", "itemLabel", "date", "participantLabel")
    )
    cells = [
        (f"{ENTITY}Q1", '"Siege\nof ""X"""', "1815-06-18T00:00:00Z", "Army"),
        (f"{ENTITY}Q2", 'A 5" gun', "1816-06-18T00:00:00Z", "é"),
        (f"{ENTITY}Q1", '"Siege\nof ""X"""', "1815-06-18T00:00:00Z", "Rebels"),
        (f"{ENTITY}Q1", "Siege again", "1817-06-18T00:00:00Z", "Rebels"),
        (f"{ENTITY}Q3", "No date", "", ""),
        (f"{ENTITY}Q4", "Too long", "1817-06-18T00:00:00Z", "x", "y"),
    ]
    text = "\r\n".join([header, *map(mark.join, cells[:2]), "", *map(mark.join, cells[2:])])
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", 7)
    dataset = assert_streamed_as_whole(write(tmp_path, text, f"a.{ending}"))
    assert (dataset.report.reader, dataset.report.read, dataset.report.rejected) == ("sparql", 5, 2)
    assert [actor.name for actor in dataset.events[0].actors] == ["Army", "Rebels"]


def test_a_mark_that_never_closes_is_one_of_its_text(tmp_path: Path) -> None:
    rows = "".join(f"{ENTITY}Q{number},A,1815-06-18T00:00:00Z\n" for number in range(300))
    text = f'item,itemLabel,date\n{rows}{ENTITY}Q1000,"B,1815-06-18T00:00:00Z\n{rows.replace("/Q", "/Q2000")}'
    dataset = assert_streamed_as_whole(write(tmp_path, text, "a.csv"))
    assert (dataset.report.read, dataset.report.rejected, by_id(dataset)["Q1000"].title) == (601, 0, '"B')


def test_rows_that_stand_too_far_apart_are_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wikidata_rows, "_MOST_HELD_BYTES", 1000)
    rows: list[object] = [{"item": f"{ENTITY}Q{number % 2}", "date": "1815"} for number in range(20)]
    path = write(tmp_path, _result(rows, is_verbose=True).replace("}}, {", "}},\n{"), "a.json")
    with pytest.raises(ReadError, match=r"a.json:\d+:1: rows of one item stand far apart, .* as ORDER BY puts"):
        streamed(path)


def test_a_variable_that_stands_twice_in_a_further_row_is_told(tmp_path: Path) -> None:
    row = f'{{"item": "{ENTITY}Q1", "date": "1815-06-18T00:00:00Z", "x": "y", "x": "z"}}'
    other = row.replace("Q1", "Q2")
    for content in (f"[{row},\n{row}]", f"[{row},\n{other},\n{row}]"):
        dataset = streamed(write(tmp_path, content, "a.json"))
        told = {problem.message for problem in dataset.problems if problem.line == 1 and problem.level == "warning"}
        assert told == {
            '"x" is given twice here; the first, on line 1, is used',
            '"x" is given twice in a further row of this event; the first is used',
        }
        assert dataset.events[0].extra == {"x": "y"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"head": {"vars": ["a"]}, "results": {"bindings": [\n{"a": {"value": "b"}}]}}', ":2:1: no variable is known"),
        ('{"head": {"vars": []}, "boolean": true}', ": expected the rows of a result; found a mapping"),
        ('{"results": {"bindings": [], "bindings": []}}', ":1:42: “bindings” stands here a second time"),
        ("item,label\nQ1,A\n", ":2:1: no variable is known"),
        ("item\nQ1\n", ":1:1: expected the result of a query as JSON, XML or a table"),
    ],
)
def test_what_is_no_large_result_with_dates_is_refused(tmp_path: Path, content: str, message: str) -> None:
    assert refusal_of(write(tmp_path, content, "a.json"), "sparql", streamed).startswith(message)


@pytest.mark.once
def test_real_file() -> None:
    dataset = read(real_file("wikidata", "wikidata_historicEvents.json"))
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("sparql", 9125, 9125)
    assert sum(event.when.end_latest_s < parse("0001").start_earliest_s for event in dataset.events) == 390
    cannae = next(event for event in dataset.events if event.id == "Q179591")
    assert (cannae.title, cannae.when.text) == ("Battle of Cannae", "-0215-07-29")


def test_names_that_a_query_joined_with_commas_are_taken_apart(tmp_path: Path) -> None:
    row = {"item": f"{ENTITY}Q1", "itemLabel": "Raid", "date": "2024-01-02T00:00:00Z", "place": "Kyiv, Ukraine"}
    names = {"participants": "Nazi Germany, Soviet Union", "commander": "John Smith, Jr."}
    path = write(tmp_path, json.dumps([row | names]), "query.json")
    (raid,) = assert_streamed_as_whole(path).events
    assert choose(path).name == "sparql"
    assert [actor.name for actor in raid.actors] == ["Nazi Germany", "Soviet Union", "John Smith, Jr."]
    assert raid.place == "Kyiv, Ukraine"
