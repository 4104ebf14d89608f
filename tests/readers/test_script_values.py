"""Tests of lists of records in scripts: which data is read, and that nothing is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.streams import streamed
from tests.readers.timelines import in_short, refusal_of, write
from timeline_app.readers import choose, read, script_values
from timeline_app.readers.propose import propose

RECORDS = """[
  // The first of them.
  {title: 'Raid', date: new Date("2024-06-19"), people: ['Ukraine'], dead: 3,},
  {"title": `Talks
in Minsk`, date: '2015-02', nothing: undefined},
]"""
SCRIPTS = {
    "alone": RECORDS,
    "const": f"const events = {RECORDS};\n",
    "typed": f"export const events: ReadonlyArray<Event> = {RECORDS} as const;\n",
    "satisfied": f"export const events = {RECORDS} satisfies Event[];",
    "default": f"/* all */\nexport default {RECORDS}",
    "module": f"'use strict';\nmodule.exports = {{ events: {RECORDS} }};\n",
    "second": f"import x from './x';\nconst reds = [{{name: 'a'}}];\nwindow.DATA = {{ events: {RECORDS} }}\nrun(DATA);",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_data_of_a_script_is_a_table(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, SCRIPTS[name], "events.ts")
    assert choose(path).name == "json"
    raid, talks = streamed(path).events
    assert (raid.title, raid.when.text, raid.actors[0].name, raid.extra) == (
        *("Raid", "2024-06-19", "Ukraine"),
        {"dead": "3"},
    )
    assert (talks.title, talks.when.text) == ("Talks\nin Minsk", "2015-02")
    line = SCRIPTS[name].splitlines()[raid.origin.line - 1]
    assert "Raid" in line
    assert propose(path).mapping["records"] in {".", "events"}


def test_what_of_a_script_is_not_read_is_told(tmp_path: Path) -> None:
    dataset = read(write(tmp_path, SCRIPTS["second"], "events.js"))
    assert [in_short(one) for one in dataset.problems] == [
        "1:1 0 warning: what begins here is the script around the data and is not read",
        "9:1 0 warning: what follows here is more of the script and is not read; expected data alone",
    ]


def test_keys_that_are_not_known_are_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "const data = [{gist: 'A', spot: 'B', on: '2024-06-19'}];", "data.js")
    assert [question.key for question in propose(path).questions] == ["title"]
    mapping = {"title": "gist", "place": "spot"}
    assert [(event.title, event.place) for event in read(path, mapping=mapping).events] == [("A", "B")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("const events = [{title: 'A' + 'B', date: '2024'}];", ":1:29: this is no data in JSON"),
        ("const events = [{title: `A ${name}`, date: '2024'}];", "without ${…}, which would have to be run"),
        ("const events = [{title: 'A', date: '2024'}", ":1:43: this is no data in JSON"),
        ("const events = load();", "is no"),
    ],
)
def test_what_would_have_to_be_run_is_refused(tmp_path: Path, content: str, said: str) -> None:
    assert said in refusal_of(write(tmp_path, content, "events.js"), "json")


@pytest.mark.parametrize(
    "content", ["x = 1\n", "def f():\n    return {'a': 1}\n", "function f() { return 1 }\n", "a,b\n1,2\n"]
)
def test_other_texts_are_no_data(content: str) -> None:
    assert not script_values.is_script(content)
