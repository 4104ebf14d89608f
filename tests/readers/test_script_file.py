"""Data of scripts, gone through record by record: the same events as when the whole script is read."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzz.files import mutant
from tests.helpers.streamed import assert_streamed_as_whole, streamed
from tests.readers.timelines import write
from timeline_app.core.errors import ReadError
from timeline_app.readers import choose, json_reading, line_file, read, script_file
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.loose_json import read_loose_json
from timeline_app.readers.script_file import ScriptFile
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.tree import raw

SCRIPTS = {
    "timelinejs": """storyjs_jsonp_data( {
  // What Knight Lab calls a title slide.
  'title': {text: {headline: 'A war'}},
  events: [
    {start_date: {year: 2024, month: 6, day: '19'}, text: {headline: "Pact", text: `in <b>two</b>
lines`}, group: 'Talks',},
    {start_date: {year: 0x7E8}, text: {headline: 'no year'}, text: {headline: 'twice'}},
    /* } */ {"start_date": {"year": "2024"}, "text": {"headline": "As JSON"}, "more": {"a": [1, null, true]}},
    {start_date: {year: 2024}, text: {headline: 'it\\'s // no comment'}, unique_id: 'x'},
    7,
  ],
  eras: [{start_date: {year: 2020}, end_date: {year: 2024}, text: {headline: 'Era'}}],
  more: {scale: 'human', nothing: undefined},
});
draw();
""",
    "vis-timeline": """var container = document.getElementById('x');
var items = new vis.DataSet([
  {id: 1, content: 'Talks', start: new Date(2024, 5, 19), group: 1},
  {id: 2, content: 'Year', start: '2024', group: 2, title: 'All of <i>it</i>'},
  {id: 3, content: '', start: 1718755200000},
  {id: 4, content: 'Raid', start: 1718755200000, end: '2024-06-20', type: 'background'},
]);
var groups = new vis.DataSet([{id: 1, content: 'Talks'}, {id: 2, content: 'Army'}]);
new vis.Timeline(container, items, groups, {});
""",
    "simile": """{ // loose
  'dateTimeFormat': 'iso8601', 'wikiURL': 'http://example.org/',
  'events': [
    {'start': '1914-06-28', 'title': 'Murder', 'description': 'in <a href="http://example.org/1">Sarajevo</a>'},
    {'start': new Date(1914, 6, 28), 'end': '1918', 'isDuration': true, 'title': 'War', 'link': 'http://example.org/2'},
    {'start': 'some day', 'title': 'Nowhere'},
  ],
}
""",
    "geojson": """var fires = {
  type: 'FeatureCollection', 'name': 'Fires', crs: {type: 'name'},
  features: [
    {type: 'Feature', id: 'f1', geometry: {type: 'Point', coordinates: [37.5, 48.1]},
     properties: {title: 'Fire', date: '2024-06-19', actor: 'Army'}},
    {type: 'Feature', geometry: null, properties: {title: "Flood", date: '2024-07'}},
    {type: 'Feature', geometry: null, properties: {title: "None"}},
  ],
};
map.add(fires);
""",
    "json": """import x from './x';
const reds = [{name: 'a'}];
const events: Event[] = [
  {title: 'Raid', date: new Date("2024-06-19"), actors: ['Ukraine'], dead: 3,}, // first
  {"title": "As JSON", "date": "2024-06-20", "actors": ["Russia"], "dead": null},
  {title: `Talks
in Minsk`, date: '2015-02', nothing: undefined, title: 'Twice'},
  8,
] as const;
run(events);
""",
}
NAMES = {"vis-timeline": "page.js", "geojson": "layers.js", "json": "data.ts", "timelinejs": "a.jsonp"}


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("block_bytes", [line_file._BLOCK_BYTES, 97, 1])
def test_a_script_is_read_record_by_record_as_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, block_bytes: int
) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", block_bytes)
    monkeypatch.setattr(script_file, "_MOST_BEFORE", 450)
    path = write(tmp_path, SCRIPTS[name], NAMES.get(name, "a.js"))
    assert choose(path).name == name
    dataset = assert_streamed_as_whole(path)
    assert len(dataset.events) >= 2
    assert dataset.report.rejected >= 1


def _fault(path: Path, name: str, reading: Callable[..., object]) -> str | None:
    """Return why a file is refused, None where it is read."""
    try:
        reading(path, reader=name)
    except ReadError as error:
        return str(error)
    return None


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_damaged_script_is_read_or_refused_as_it_is_whole(tmp_path: Path, name: str) -> None:
    chance = random.Random(name)
    compared = 0
    for number in range(60):
        content = mutant(SCRIPTS[name].encode(), chance)
        path = tmp_path / f"{number}-{NAMES.get(name, 'a.js')}"
        path.write_bytes(content)
        fault = _fault(path, name, read)
        assert (fault is None) == (_fault(path, name, streamed) is None)
        if fault is not None:
            continue
        if choose(path).name == name:
            assert_streamed_as_whole(path)
            compared += 1
    assert compared


def test_a_comment_may_end_in_another_piece_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "/* first */ [1, // a ] in here\r /* and , here \n **/ {a: 'b' /**/}, //\n] // last"
    path = write(tmp_path, text, "a.js")
    monkeypatch.setattr(script_file, "_MOST_BEFORE", 1)
    for size in range(1, len(text)):
        monkeypatch.setattr(line_file, "_BLOCK_BYTES", size)
        monkeypatch.setattr(line_file, "_FIRST_BLOCK_BYTES", size)
        script = ScriptFile(LineFile.at(path, "a.js"))
        assert [(value.value, value.line) for value in script.values()] == [("1", 1), ({"a": "b"}, 3)]


def test_what_is_read_of_a_script_stands_where_it_stands_in_the_tree(tmp_path: Path) -> None:
    text = SCRIPTS["timelinejs"]
    script = ScriptFile(LineFile.at(write(tmp_path, text, "a.js"), "a.js"))
    root = raw(read_loose_json(SourceText(text)).root)
    assert isinstance(root, dict)
    items = [value for value in script.values() if value.is_item]
    lines = text.splitlines()
    for item in items:
        assert lines[item.line - 1][item.column - 1 :].startswith(item.text.partition("\n")[0])
    assert len(items) == len(root["events"]) + len(root["eras"])
    assert [(one.line, one.column) for one in script.notes] == [(text.count("\n"), 1)]


def test_a_comment_that_does_not_end_is_refused_before_all_of_the_file_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_reading, "LONGEST_ITEM", 50)
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", 20)
    monkeypatch.setattr(script_file, "_MOST_BEFORE", 1)
    script = ScriptFile(LineFile.at(write(tmp_path, f"[1, /* {'x ' * 100}", "a.js"), "a.js"))
    with pytest.raises(ReadError, match=r"a.js:1:5: expected a value of at most 50 characters"):
        list(script.values())
    script = ScriptFile(LineFile.at(write(tmp_path, f"[1, {' ' * 200}2 // y", "b.js"), "b.js"))
    with pytest.raises(ReadError, match=r"b.js:1:211: this is no data in JSON: expected"):
        list(script.values())
