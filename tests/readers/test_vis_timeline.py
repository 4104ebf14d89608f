"""Items of vis-timeline: dates in all their forms, groups as types, HTML in contents, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import DATA, event_of, in_short, refusal_of, write
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError
from timeline_app.readers import choose, read, vis_timeline

SAMPLE = DATA / "sample.vis.json"
SCRIPT = DATA / "sample.vis.js"


@pytest.fixture(scope="module")
def sample() -> Dataset:
    return read(SAMPLE)


def test_dates_of_items(sample: Dataset) -> None:
    assert {event.title: event.when.text for event in sample.events} == {
        "item 1": "2014-04-20",
        "Landing & advance": "2014-04-16/2014-04-19",
        "epoch": "2013-10-07",
        "epoch with a time": "2013-10-07T10:34:56.789Z/2013-10-07T10:34:57Z",
        "zone": "2014-04-20T12:30Z/2014-04-21T00:00Z",
        "server": "2007-12-29T06:11:57Z",
        "year": "2014/2015-03",
        "before": "-0399-01-01",
        "ends early": "2014-04-20",
        "tip alone": "2014-04-20",
    }


def test_dates_of_a_script() -> None:
    assert {event.title: event.when.text for event in read(SCRIPT).events} == {
        "Conversation": "2010-08-23",
        "Mail": "2010-08-23T23:00/2010-08-24T00:00",
        "Month alone": "2001-10",
    }


def test_more_of_a_script_is_told_and_belongs_to_no_record() -> None:
    told = "7:1 0 note: here is the script of a page around the items; of it only sets of groups are read"
    assert [in_short(problem) for problem in read(SCRIPT).problems] == [told]


def test_an_item_gives_all_that_it_has(sample: Dataset) -> None:
    event = event_of(sample, "Landing & advance")
    assert (event.id, event.type, event.summary) == ("b", "Army", "Landing & advance\n\nAt dawn\n\nA tip")
    assert [one.url for one in event.own_sources] == ["https://example.org/l"]
    assert event.extra == {"className": "red"}
    assert (event.origin.line, event.origin.record) == (5, 2)
    assert (event_of(sample, "epoch").type, event_of(sample, "epoch").tags) == ("Navy", ("fleet", "Army"))
    assert [event_of(sample, title).type for title in ("year", "before", "item 1")] == ["background", "9", ""]


def test_what_is_beside_the_items_is_kept(sample: Dataset) -> None:
    assert set(sample.extra) == {"groups", "options"}
    assert event_of(sample, "year").extra == {"item_type": "background"}
    assert event_of(sample, "ends early").extra == {"end": "2014-04-19"}


def test_every_record_is_counted_and_what_is_left_out_is_told(sample: Dataset) -> None:
    assert (sample.report.read, sample.report.loaded, sample.report.rejected) == (15, 10, 5)
    nothing = "date: expected a date such as 2024, 2024-06 or 2024-06-19, but nothing is written; the event is left out"
    assert [in_short(problem) for problem in sample.problems] == [
        "12:61 9 warning: end: ends before it starts: 2014-04-19 lies before 2014-04-20; read as having no end",
        "14:5 11 error: content: expected a text; found nothing; the event is left out",
        f"15:5 12 error: {nothing}",
        "16:37 13 error: date: expected a year of four digits, as in 2024 or -0043; the event is left out",
        "17:37 14 warning: start: expected a text; found a mapping",
        f"17:37 14 error: {nothing}",
        '18:5 15 error: expected an item; found "5"; it is left out',
    ]


@pytest.mark.parametrize(
    ("start", "when"),
    [
        ("0", "1970-01-01"),
        ("1000", "1970-01-01T00:00:01Z"),
        ("-1", "1969-12-31T23:59:59.999Z"),
        ("1" * 17, "Y354067-02-04T01:05:11.111Z"),
        ('"2014-04-20 08:05"', "2014-04-20T08:05"),
        ('"20140420"', "2014-04-20"),
        ('"+012014-04-20"', "Y12014-04-20"),
    ],
)
def test_forms_of_dates(tmp_path: Path, start: str, when: str) -> None:
    path = write(tmp_path, f'[{{"content": "a", "start": {start}}}]', "a.json")
    assert read(path).events[0].when.text == when


def test_items_are_recognised_by_their_fields_and_not_by_their_ending(tmp_path: Path) -> None:
    for original in (SAMPLE, SCRIPT):
        assert choose(write(tmp_path, original.read_bytes(), "renamed.txt")).name == "vis-timeline"
    with pytest.raises(ReadError, match="the format of the file is not known"):
        choose(write(tmp_path, '{"content": "a", "start": "2014"}\n', "other.json"))
    assert choose(write(tmp_path, '[{"content": "a"}, {"start": "b"}]', "other.json")).name == "json"


@pytest.mark.parametrize("content", ['{"items": {"content": "a", "start": "2014"}}', "5", '{"content": 1}'])
def test_what_is_no_list_of_items_is_refused(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, content, "a.json")
    with pytest.raises(ReadError, match="expected a list of items; found"):
        read(path, reader="vis-timeline")


def test_items_may_stand_in_the_middle_of_a_script(tmp_path: Path) -> None:
    script = """var box = document.getElementById("a");
var groups = new vis.DataSet([{id: 1, content: "Army"}]);
var items = new vis.DataSet([{id: 2, content: "Landing", start: "2014-04"}]);
var view = new vis.Timeline(box, items);
"""
    dataset = read(write(tmp_path, script, "page.js"))
    assert [(event.title, event.when.text) for event in dataset.events] == [("Landing", "2014-04")]
    assert [in_short(problem) for problem in dataset.problems] == [
        "1:1 0 note: here is the script of a page around the items; of it only sets of groups are read",
        "4:1 0 note: here is the script of a page around the items; of it only sets of groups are read",
    ]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("const items = new vis.DataSet({type: {}});\ngroups.add([{id: 1, content: 'Army'}]);\nitems.add(", ");"),
        (
            "<!DOCTYPE html>\n<p>a</p><script>\nvar list = ",
            ",\n groups = [{id: 1, content: 'Army'}]; new vis.Timeline(box, list, groups);</script></html>",
        ),
        ("<html><script>{'x': {'items':", ", 'groups': [{'id': 1, 'content': 'Army'}]}}</script></html>"),
    ],
)
def test_items_of_a_page_may_be_added_later_or_have_any_name(tmp_path: Path, before: str, behind: str) -> None:
    items = "[{id: 2, group: 1, content: 'Landing', start: '2014-04'},\n{id: 3, content: 'Raid'}]"
    dataset = assert_streamed_as_whole(write(tmp_path, before + items + behind + "\n", "page.html"))
    assert [(event.title, event.type, event.when.text) for event in dataset.events] == [("Landing", "Army", "2014-04")]
    assert (dataset.report.read, dataset.report.rejected) == (2, 1)


@pytest.mark.parametrize("reading", [read, streamed])
def test_a_page_that_makes_its_items_is_refused(tmp_path: Path, reading: Callable[..., object]) -> None:
    page = "<html><script>var items = new vis.DataSet(); items.add({content: 'a' + i, start: now});</script></html>"
    told = refusal_of(write(tmp_path, page, "page.html"), reading=reading)
    assert told == ":1:1: expected a list of items; found a page whose items are made while its script runs"


@pytest.mark.parametrize("comes_first", [True, False])
def test_groups_of_a_script_may_be_a_set_of_their_own(tmp_path: Path, *, comes_first: bool) -> None:
    groups = 'var groups = new vis.DataSet([{id: 1, content: "Army"}, {id: "b", content: "<b>Rebels</b>"}]);\n'
    items = (
        'var items = new vis.DataSet([{id: 5, content: "Raid", start: "2024-01-02", group: 1},\n'
        '  {id: 6, content: "Truce", start: "2024-01-03", group: "b"},\n'
        '  {id: 7, content: "Rain", start: "2024-01-04", group: 9}]);\n'
    )
    script = groups + items if comes_first else f"var options = {{}};\n{items}{groups}"
    dataset = read(write(tmp_path, f"{script}new vis.Timeline(box, items, groups, {{}});\n", "page.js"))
    assert [(event.title, event.type) for event in dataset.events] == [
        ("Raid", "Army"),
        ("Truce", "Rebels"),
        ("Rain", "9"),
    ]


def test_a_set_of_groups_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    items = 'var items = new vis.DataSet([{id: 5, content: "Raid", start: "2024-01-02", group: 1}]);\n'
    script = f'{items}var groups = new vis.DataSet([{{id: 1, content: "Army"}}, {{id: : }}]);\n'
    dataset = read(write(tmp_path, script, "page.js"))
    assert [event.type for event in dataset.events] == ["1"]
    assert [problem.line for problem in dataset.problems if problem.message.startswith("groups: ")] == [2]


_ITEMS = st.dictionaries(
    st.sampled_from(["id", "content", "title", "start", "end", "group", "subgroup", "type", "className"]),
    st.one_of(
        st.sampled_from(["Talks", "2024", "2024-06-19", "2024-06-19T14:30", "<b>x</b>", "/Date(0)/", "", "background"]),
        st.integers(0, 10**13),
        st.none(),
    ),
    max_size=7,
)
_GROUPS = st.fixed_dictionaries({"id": st.integers(0, 3)}, optional={"content": st.sampled_from(["A", "<i>B</i>", 5])})


@given(
    items=st.lists(st.one_of(_ITEMS, _ITEMS, st.just(7)), max_size=6),
    groups=st.lists(st.one_of(_GROUPS, st.just("x")), min_size=1, max_size=3),
    is_list=st.booleans(),
)
def test_any_items_are_read_one_by_one_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, items: list[object], groups: list[object], *, is_list: bool
) -> None:
    first = {"id": "first", "content": "First", "start": "2024", "group": 1}
    whole = [first, *items] if is_list else {"groups": groups, "items": [first, *items], "more": [1, {"a": None}]}
    path = tmp_path_factory.mktemp("items") / "a.json"
    path.write_text(json.dumps(whole, indent=1))
    assert_streamed_as_whole(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"groups": []}', ":1:1: expected a list of items; found none"),
        ("{items: [{content: 'A' start: '2024'}]}", ":1:24: this is no data in JSON: expected “,” or “}”"),
        ('{"groups": [{"id": 1}, {"id": 2}], "items": []}', ":1: expected at most 1 groups; found more"),
    ],
)
def test_a_large_file_must_be_data_with_items(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    monkeypatch.setattr(vis_timeline, "_MOST_GROUPS", 1)
    assert refusal_of(write(tmp_path, content, "a.json"), "vis-timeline", streamed).startswith(message)


def test_a_zone_of_one_end_alone_is_told(tmp_path: Path) -> None:
    item = {"content": "Talks", "start": "2024-06-19T12:00:00+02:00", "end": "2024-06-20"}
    dataset = assert_streamed_as_whole(write(tmp_path, json.dumps([item], indent=1), "a.json"))
    (event,) = dataset.events
    assert (event.when.text, event.extra) == ("2024-06-19T12:00/2024-06-20", {"start": "2024-06-19T12:00:00+02:00"})
    assert [(one.line, one.message.partition(",")[0]) for one in dataset.problems] == [
        (4, "start: the zone is left out")
    ]


def test_groups_that_hold_others_are_tags(tmp_path: Path) -> None:
    data = {
        "items": [
            {"id": 1, "content": "A", "start": "2014-04-20", "group": 3},
            {"id": 2, "content": "B", "start": "1397952000000", "group": 1},
        ],
        "groups": [
            {"id": 1, "content": "Outer", "nestedGroups": [2]},
            {"id": 2, "content": "Inner", "nestedGroups": [3, 2]},
            {"id": 3, "content": "Innermost"},
        ],
    }
    found = assert_streamed_as_whole(write(tmp_path, json.dumps(data), "a.json")).events
    assert [(event.type, event.tags, event.when.text) for event in found] == [
        ("Innermost", ("Inner", "Outer"), "2014-04-20"),
        ("Outer", (), "2014-04-20"),
    ]


def test_what_is_drawn_behind_the_others_needs_no_words(tmp_path: Path) -> None:
    script = """<html><script>
        var items = new vis.DataSet({type: {start: 'ISODate'}});
        items.add([
          {id: 'A', start: '2014-01-20', end: '2014-01-22', type: 'background', group: 'foo'},
          {id: 0, content: 'one', start: '2014-01-20', group: 'foo'},
          {id: 1, start: '2014-01-20', group: 'foo'},
        ]);
    </script></html>"""
    found = read(write(tmp_path, script, "a.html"))
    assert [(event.title, event.type) for event in found.events] == [("background", "foo"), ("one", "foo")]
    assert [in_short(problem) for problem in found.problems if problem.record == 3] == [
        "6:11 3 error: content: expected a text; found nothing; the event is left out"
    ]
