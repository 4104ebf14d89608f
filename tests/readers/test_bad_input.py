"""Whatever is wrong with a file is named with its place and what was expected, and the good events still load."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.readers.timelines import GOOD_EVENT, HEAD, in_short, read_text, write
from timeline_app.core.errors import ReadError
from timeline_app.core.event import Basis
from timeline_app.readers import read, readers, source_file

ALL_ARE_LISTED = "“conflict-timeline formats” lists all that can be read"
NATIVE = f"expected a timeline with the line “timeline_format: 1”; {ALL_ARE_LISTED}"
ANY_TIMELINE = (
    "expected a timeline, a table whose columns name a title and a date, or the file of another program of dates; "
    + ALL_ARE_LISTED
)
NOT_KNOWN = "the format of the file is not known"

# What cannot be read at all: the file's name, its bytes, and the message after the file.
UNREADABLE = [
    ("empty.yaml", b"", f": the file is empty; {NATIVE}"),
    ("blank.yaml", b" \n\n", f": the file is empty; {NATIVE}"),
    ("notes.diary", b"Dear diary,\n", f":1:1: {NOT_KNOWN}; {ANY_TIMELINE}"),
    ("other.json", b'{"type": "Topology"}', f":1:1: {NOT_KNOWN}; {ANY_TIMELINE}"),
    (
        "binary.yaml",
        b"timeline_format: 1\nev\x00ents: []\n",
        ":2:3: byte 22 is NUL: this is a binary file; expected a text file in UTF-8",
    ),
    (
        "picture.png",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        ": this is a picture (PNG); expected a timeline or a table of events",
    ),
    (
        "latin.yaml",
        b"timeline_format: 1\ntitle: \xc3\xa9t\xe9\n",
        ":2:10: byte 30 (0xE9) is not UTF-8; expected a text file in UTF-8",
    ),
    (
        "utf-16.yaml",
        "timeline_format: 1".encode("utf-16"),
        ":1:1: the file is in UTF-16; expected UTF-8: save it again in that encoding",
    ),
    (
        "utf-16-unmarked.yaml",
        "timeline_format: 1".encode("utf-16-le"),
        ":1:1: the file is in UTF-16; expected UTF-8: save it again in that encoding",
    ),
    (
        "no-format.yaml",
        b"events:\n- title: a\n",
        ":1:1: expected timeline_format: 1, which says how the file is to be read",
    ),
    (
        "later.yaml",
        b'title: a\ntimeline_format: "2"\n',
        ':2:18: timeline_format: expected 1, the only format that this version reads; found "2"',
    ),
    (
        "nested.yaml",
        b"- a\n- {timeline_format: 1}\n",
        ":1:1: expected a timeline, beginning with timeline_format: 1; found a list",
    ),
    (
        "bracket.yaml",
        b"timeline_format: 1\nevents: [{title: a\n",
        ":3:1: expected “,” or “}”: a mapping in braces is not closed (begun on line 2, column 10)",
    ),
    (
        "colon.yaml",
        b"timeline_format: 1\ntitle: a: b\n",
        (
            ":2:9: a colon stands where no field can begin; put a text that contains “: ” in quotes, "
            "and check the indentation"
        ),
    ),
    (
        "quote.yaml",
        b"timeline_format: 1\ntitle: 'a\n",
        ":3:1: expected the closing quotation mark; the file ends before it (begun on line 2, column 8)",
    ),
    (
        "tab.yaml",
        b"timeline_format: 1\nevents:\n\t- title: a\n",
        ":3:1: a value cannot begin with this character; put it in quotes, and indent with spaces, not with tabs",
    ),
    (
        "indent.yaml",
        b"timeline_format: 1\nevents:\n  - title: a\n when: 2024\n",
        (
            ":4:2: expected the name of a field; check the indentation and the quotes before it "
            "(begun on line 1, column 1)"
        ),
    ),
    (
        "escape.yaml",
        b'timeline_format: 1\ntitle: "C:\\qa"\n',
        ":2:11: unknown escape; inside double quotes write “\\\\” for a backslash (begun on line 2, column 8)",
    ),
    (
        "value.yaml",
        b"timeline_format: 1\nevents: [,]\n",
        ":2:10: expected a value",
    ),
    ("alias.yaml", b"timeline_format: 1\ntitle: *x\n", ":2:8: “*x” is an alias; write out what it stands for"),
    ("key.yaml", b"timeline_format: 1\n? [a]\n: b\n", ":2:3: expected the name of a field; found a list"),
    (
        "bell.yaml",
        b"timeline_format: 1\ntitle: \x07\n",
        ":2:8: the character U+0007 cannot stand in YAML; expected text",
    ),
    (
        "two.yaml",
        b"timeline_format: 1\n---\ntimeline_format: 1\n",
        ":2:1: a second document begins here; expected one timeline",
    ),
    (
        "comma.json",
        b'{"timeline_format": 1,\n "title": "a",}',
        ':2:15: this is not JSON: expected the name of a field in double quotes; found "}"',
    ),
    (
        "cut.json",
        b'{"timeline_format": 1, "events": [',
        ":1:35: this is not JSON: expected a value; found the end of the file",
    ),
]


@pytest.mark.parametrize(("name", "content", "message"), UNREADABLE, ids=[case[0] for case in UNREADABLE])
def test_what_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = write(tmp_path, content, name)
    with pytest.raises(ReadError) as refused:
        read(path)
    assert str(refused.value) == f"{path}{message}"


# One thing that is wrong: the events of the file, the problems with line, column, record and level, how many load.
PROBLEMS: list[tuple[str, str, list[str], int]] = [
    (
        "unknown-field",
        "- title: A\n  when: 2024\n  titel: B\n  mood: sad\n",
        [
            '5:3 1 warning: unknown field "titel" in an event; did you mean "title"?',
            (
                '6:3 1 warning: unknown field "mood" in an event; expected one of actors, anchor, basis, '
                "basis_note, claims, excerpts, id, importance, links, location, note, phrase, place, sources, "
                "summary, tags, title, type, when"
            ),
        ],
        2,
    ),
    (
        "duplicate-field",
        "- title: A\n  when: 2024\n  title: B\n",
        ['5:3 1 warning: "title" is given twice here; the first, on line 3, is used'],
        2,
    ),
    (
        "duplicate-id",
        "- {id: a, title: A, when: 2024}\n- {id: a, title: B, when: 2024}\n",
        ['4:8 2 error: id: "a" is the id of an earlier event; expected an id of its own; loaded as "a-2"'],
        3,
    ),
    (
        "impossible-date",
        "- {title: A, when: 2024-02-30}\n",
        ["3:28 1 error: when: 30 is not a day: February 2024 has 29 days; the event is left out"],
        1,
    ),
    (
        "impossible-date-in-quotes",
        '- {title: A, when: "2024-13-01"}\n',
        [
            (
                "3:26 1 error: when: 13 is not a month: expected 01 to 12, or 21 to 41 for a season or quarter; "
                "the event is left out"
            ),
        ],
        1,
    ),
    (
        "end-before-start",
        "- {title: A, when: 2024-10-22/2024-02-01}\n",
        [
            "3:31 1 error: when: ends before it starts: 2024-02-01 lies before 2024-10-22; the event is left out",
        ],
        1,
    ),
    (
        "no-date",
        "- {title: A}\n- {title: B, when: }\n- {title: C, when: [2024]}\n",
        [
            "3:3 1 error: when: expected a date such as 2024-06-19; found nothing; the event is left out",
            "4:20 2 error: when: expected a date such as 2024-06-19; found nothing; the event is left out",
            "5:20 3 error: when: expected a date such as 2024-06-19; found a list; the event is left out",
        ],
        1,
    ),
    (
        "no-title",
        "- {when: 2024}\n- {title: [a], when: 2024}\n",
        [
            "3:3 1 error: title: expected a text; found nothing; the event is left out",
            "4:11 2 error: title: expected a text; found a list; the event is left out",
        ],
        1,
    ),
    (
        "no-event",
        "- just words\n- [a]\n-\n",
        [
            '3:3 1 error: expected an event with title and when; found "just words"',
            "4:3 2 error: expected an event with title and when; found a list",
            "5:2 3 error: expected an event with title and when; found nothing",
        ],
        1,
    ),
    (
        "time-that-is-moved",
        "- {title: A, when: 2024-01-01T24:00}\n",
        ["3:20 1 note: when: 24:00 is read as 00:00 of the next day"],
        2,
    ),
    (
        "bad-basis",
        "- {title: A, when: 2024, basis: guess}\n",
        ['3:33 1 warning: basis: expected one of stated, inferred, background; found "guess"; taken as inferred'],
        2,
    ),
    (
        "wrong-types",
        "- {title: A, when: 2024, id: {}, basis: [], summary: [a], place: {a: b}, tags: {a: b}}\n",
        [
            "3:30 1 warning: id: expected a text; found a mapping; made from the title",
            "3:41 1 warning: basis: expected a text; found a list",
            "3:54 1 warning: summary: expected a text; found a list",
            "3:66 1 warning: place: expected a text; found a mapping",
            "3:80 1 warning: tags: expected a list; found a mapping; read as a list of one",
            "3:80 1 warning: tags: expected a text; found a mapping",
        ],
        2,
    ),
    (
        "importance",
        "- {title: A, when: 2024, importance: 6}\n- {title: B, when: 2024, importance: ⁵}\n",
        [
            '3:38 1 warning: importance: expected a whole number from 1 to 5; found "6"; taken as 3',
            '4:38 2 warning: importance: expected a whole number from 1 to 5; found "⁵"; taken as 3',
        ],
        3,
    ),
    (
        "location",
        (
            "- {title: A, when: 2024, location: {lat: 91, lon: NaN}}\n"
            "- {title: B, when: 2024, location: {lat: 1e999}}\n"
            "- {title: C, when: 2024, location: Kyiv}\n"
        ),
        [
            '3:42 1 warning: lat: expected a number from -90 to 90; found "91"',
            '3:51 1 warning: lon: expected a number from -180 to 180; found "NaN"',
            "4:36 2 warning: location: expected {lat, lon} in degrees; found no lon",
            '4:42 2 warning: lat: expected a number from -90 to 90; found "1e999"',
            '5:36 3 warning: location: expected {lat, lon} in degrees; found "Kyiv"',
        ],
        4,
    ),
    (
        "actors",
        "- {title: A, when: 2024, actors: Russia}\n- {title: B, when: 2024, actors: [{role: host}, [], '']}\n",
        [
            '3:34 1 warning: actors: expected a list; found "Russia"; read as a list of one',
            "4:35 2 warning: actors: expected a name, or {name, role}; found a mapping",
            "4:49 2 warning: actors: expected a name, or {name, role}; found a list",
            "4:53 2 warning: actors: expected a name, or {name, role}; found nothing",
        ],
        3,
    ),
    (
        "links",
        (
            "- {title: A, when: 2024, links: [{to: good}, {to: lost}, {to: left-out}, good, {kind: a}]}\n"
            "- {id: left-out, title: B}\n"
        ),
        [
            '3:51 1 warning: to: expected the id of an event of this file; found "lost"',
            '3:63 1 warning: to: expected the id of an event of this file; found "left-out"',
            '3:74 1 warning: links: expected {to, kind} with the id of an event; found "good"',
            "3:80 1 warning: links: expected {to, kind} with the id of an event; found a mapping",
            "4:3 2 error: when: expected a date such as 2024-06-19; found nothing; the event is left out",
        ],
        2,
    ),
    (
        "excerpts",
        "- {title: A, when: 2024, excerpts: [words, {source: nobody, text: words}, {text: }]}\n",
        [
            '3:37 1 warning: excerpts: expected {source, text, …}; found "words"',
            '3:53 1 warning: source: expected a key of sources, of which there are none; found "nobody"',
            "3:75 1 note: source: expected the key of the source that these words are taken from; found nothing",
            "3:75 1 warning: excerpts: expected the words of the source under text; found nothing",
        ],
        2,
    ),
    (
        "claims",
        (
            "- {title: A, when: 2024, claims: [{about: a}, {low: 1}, {about: b, low: '10,000', high: inf}, "
            "{about: c, low: 3, high: 2}, d,\n"
            "   {about: e, when: soon, reported: lately, source: nobody}]}\n"
        ),
        [
            "3:35 1 warning: claims: expected one of value, low, high, when; found none of them",
            "3:47 1 warning: about: expected what the claim is about; found nothing",
            '3:73 1 warning: low: expected a number without thousands separators; found "10,000"',
            '3:89 1 warning: high: expected a number without thousands separators; found "inf"',
            "3:120 1 warning: high: expected a number from 3 up; found 2",
            '3:124 1 warning: claims: expected {about, value, by, …}; found "d"',
            "4:21 1 warning: when: expected a year of four digits, as in 2024 or -0043",
            "4:37 1 warning: reported: expected a year of four digits, as in 2024 or -0043",
            '4:53 1 warning: source: expected a key of sources, of which there are none; found "nobody"',
        ],
        2,
    ),
    (
        "tag",
        "- {title: A, when: 2024, importance: !!int 3}\n",
        ["3:38 1 warning: the tag tag:yaml.org,2002:int is ignored; every value is read as text"],
        2,
    ),
]


@pytest.mark.parametrize(
    ("events", "problems", "loaded"), [case[1:] for case in PROBLEMS], ids=[case[0] for case in PROBLEMS]
)
def test_a_bad_value_is_named_and_the_good_events_load(
    tmp_path: Path, events: str, problems: list[str], loaded: int
) -> None:
    path = write(tmp_path, HEAD + events + GOOD_EVENT)
    dataset = read(path)
    assert [in_short(problem) for problem in dataset.problems] == problems
    assert {problem.file for problem in dataset.problems} == {str(path)}
    assert dataset.events[-1].title == "Good"
    report = dataset.report
    assert (report.loaded, len(dataset.events)) == (loaded, loaded)
    assert report.read == report.loaded + report.rejected


# The same for what stands outside the events.
HEAD_PROBLEMS = [
    (
        "events: []\nextra: {a: [b]}\n",
        [
            (
                '3:1 0 warning: unknown field "extra" in a timeline; expected one of actors, events, sources, '
                "stories, summary, timeline_format, title"
            )
        ],
    ),
    ("title: a\n", ["1:1 0 error: events: expected a list of events; found nothing"]),
    ("events:\n", ["2:8 0 error: events: expected a list of events; found nothing"]),
    ("events: none\n", ['2:9 0 error: events: expected a list of events; found "none"']),
    ("events: []\nsources: [a]\n", ["3:10 0 warning: sources: expected sources by key; found a list"]),
    ("events: []\nsources: {a: b}\n", ['3:14 0 warning: sources: expected {title, author, …}; found "b"']),
    (
        "events: []\nsources: {a: {published: Nov, retrieved: [x], name: b}}\n",
        [
            "3:26 0 warning: published: expected a year of four digits, as in 2024 or -0043",
            "3:42 0 warning: retrieved: expected a text; found a list",
            (
                '3:47 0 warning: unknown field "name" in a source; expected one of author, file, language, '
                "origin, published, "
                "publisher, retrieved, sha256, title, url"
            ),
        ],
    ),
    ("events: []\nactors: [a]\n", ["3:9 0 warning: actors: expected actors by name; found a list"]),
    (
        "events: []\nactors: {A: b, '': {}, C: {members: [{since: 2024}, [], {name: D, until: x}]}}\n",
        [
            '3:13 0 warning: actors: expected {kind, aliases, …}; found "b"',
            "3:16 0 warning: actors: expected the name of an actor, once; found it twice or empty",
            "3:38 0 warning: members: expected a name, or {name, since, until}; found a mapping",
            "3:53 0 warning: members: expected a name, or {name, since, until}; found a list",
            "3:74 0 warning: until: expected a year of four digits, as in 2024 or -0043",
        ],
    ),
    ("events: []\ntitle: [a]\n", ["3:8 0 warning: title: expected a text; found a list"]),
]


@pytest.mark.parametrize(("head", "problems"), HEAD_PROBLEMS)
def test_a_bad_value_outside_the_events(tmp_path: Path, head: str, problems: list[str]) -> None:
    dataset = read_text(tmp_path, f"timeline_format: 1\n{head}")
    assert [in_short(problem) for problem in dataset.problems] == problems


def test_what_cannot_be_typed_is_kept_as_it_was_written(tmp_path: Path) -> None:
    dataset = read_text(
        tmp_path,
        "timeline_format: 1\nmaintainer: {name: M}\nsources: {s: text}\nactors: {A: text}\n"
        "events:\n- {title: A, when: 2024, basis: guess, importance: many, mood: [sad, {very: yes}], "
        "actors: [{name: B, rank: high}, []], tags: [a, {}]}\n",
    )
    assert dataset.extra == {"maintainer": {"name": "M"}, "sources": {"s": "text"}, "actors": {"A": "text"}}
    event = dataset.events[0]
    assert (event.basis, event.importance, event.tags) == (Basis.INFERRED, 3, ("a",))
    assert [actor.name for actor in event.actors] == ["B"]
    assert event.extra == {
        "basis": "guess",
        "importance": "many",
        "mood": ["sad", {"very": "yes"}],
        "actors": [{"name": "B", "rank": "high"}, []],
        "tags": ["a", {}],
    }


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.yaml: there is no such file$"):
        read(tmp_path / "none.yaml")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as refused:
        read(str(tmp_path))
    assert str(refused.value) == (
        f"{tmp_path}: this is a folder without events; expected files in Markdown that hold an event each"
    )


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path, flags: int) -> int:
        raise PermissionError(13, "Permission denied", str(file))

    monkeypatch.setattr("timeline_app.readers.source_file.os.open", refuse)
    with pytest.raises(ReadError, match=r"the file may not be read: permission denied$"):
        read_text(tmp_path, HEAD)


def test_a_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: Path, flags: int) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("timeline_app.readers.source_file.os.open", fail)
    with pytest.raises(ReadError, match=r"the file cannot be read: Input/output error$"):
        read_text(tmp_path, HEAD)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only Unix has named pipes")
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(ReadError, match=r"this is a pipe; expected a file$"):
        read(tmp_path / "pipe.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only Unix has named pipes")
def test_a_pipe_put_in_the_place_of_a_file_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    path = write(tmp_path, HEAD)
    real_open = os.open
    monkeypatch.setattr(
        "timeline_app.readers.source_file.os.open", lambda _, flags: real_open(tmp_path / "pipe.yaml", flags)
    )
    with pytest.raises(ReadError, match=r"this is a pipe; expected a file$"):
        read(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_a_device() -> None:
    with pytest.raises(ReadError, match=r"this is a device; expected a file$"):
        read("/dev/zero")


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(ReadError, match=r"this cannot be the name of a file$"):
        read("a\0b.yaml")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD)
    with pytest.raises(ReadError, match=r"the file is too large; expected at most 10 bytes$"):
        source_file.read_source_file(path, largest_bytes=10)


def test_a_reader_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(
        ReadError,
        match=r'no reader is called "xml"; there is native, ucdp-ged, [a-z0-9, -]+, csv, [a-z0-9, -]+ and [a-z0-9-]+$',
    ):
        read(write(tmp_path, HEAD), reader="xml")


@pytest.mark.parametrize("reader", [None, "native"])
def test_a_mapping_of_columns_is_refused(tmp_path: Path, reader: str | None) -> None:
    with pytest.raises(ReadError, match=r"columns cannot be mapped: the fields of the native format have fixed names$"):
        read(write(tmp_path, HEAD), reader=reader, mapping={"title": "headline"})


def test_a_named_reader_reads_whatever_the_file_is_called(tmp_path: Path) -> None:
    dataset = read(write(tmp_path, HEAD + GOOD_EVENT, "notes.txt"), reader="native", mapping={})
    assert len(dataset.events) == 1


def test_every_reader_says_what_it_reads() -> None:
    names = [reader.name for reader in readers()]
    assert "native" in names
    assert len(set(names)) == len(names)
    for reader in readers():
        assert reader.description
        assert reader.recognised_by
        assert all(ending.startswith(".") for ending in reader.endings)
