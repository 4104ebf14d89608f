"""A native timeline reads as it is written, in YAML and in JSON."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.readers.timelines import DATA, GOOD_EVENT, HEAD, in_short, read_text, write
from timeline_app.core.actors import ActorEntry
from timeline_app.core.dataset import Dataset
from timeline_app.core.event import (
    ActorRef,
    Basis,
    Claim,
    Event,
    Excerpt,
    Link,
    Location,
    Origin,
    Source,
    Verified,
)
from timeline_app.core.memberships import Membership
from timeline_app.core.when import parse
from timeline_app.readers import read

FULL = DATA / "full.yaml"


@pytest.fixture(scope="module")
def full() -> Dataset:
    return read(FULL)


def test_report_counts_the_records_and_names_the_file_as_it_was_given(full: Dataset) -> None:
    report = full.report
    assert (report.path, report.reader) == (str(FULL), "native")
    assert (report.read, report.loaded, report.rejected) == (2, 2, 0)
    assert report.sha256 == hashlib.sha256(FULL.read_bytes()).hexdigest()
    assert [in_short(problem) for problem in full.problems] == []


def test_head_of_the_timeline(full: Dataset) -> None:
    assert (full.title, full.summary, full.extra) == ("Korean troops", "One paragraph.", {})
    assert list(full.sources) == ["article", "radio"]
    assert full.sources["article"] == Source(
        "article",
        title="A new escalation",
        author="A. Author",
        publisher="A Paper",
        url="https://example.org/a",
        language="en",
        published="2024-11",
        retrieved="2024-11-05",
        origin="radio",
        file="sources/article.txt",
        sha256=hashlib.sha256((DATA / "sources/article.txt").read_bytes()).hexdigest(),
    )


def test_actors_that_the_file_defines(full: Dataset) -> None:
    assert full.actors == (
        ActorEntry("Storm Corps", kind="armed-force", aliases=("11th Corps",), part_of=(Membership("North Korea"),)),
        ActorEntry(
            "BRICS",
            kind="organisation",
            iso=("XB",),
            demonyms=("Bricsian",),
            metonyms=("Emerging Ones",),
            since="2009",
            until="2030",
            note="Grew twice.",
            members=(Membership("Iran", "2024-01-01", "2025"), Membership("Brazil")),
        ),
    )


def test_event_with_every_field(full: Dataset) -> None:
    assert full.events[0] == Event(
        id="pact",
        title="Mutual assistance pact",
        when=parse("2024-06"),
        basis=Basis.INFERRED,
        basis_note="from the dateline",
        phrase="in June",
        anchor="article",
        type="agreement",
        actors=(ActorRef("Russia", "", "Russia"), ActorRef("North Korea", "signatory", "North Korea")),
        place="Pyongyang",
        location=Location(39.03, -125.75),
        importance=5,
        summary="They agree.",
        tags=("defence", "treaty"),
        links=(Link("deployment", "leads-to"),),
        excerpts=(
            Excerpt("the exact words", "article", "par. 1", "en", "die genauen Worte", Verified.EXACT),
            Excerpt('"quoted" words -\nwith a dash', "article", verified=Verified.NORMALISED),
            Excerpt("heard only", "radio", verified=Verified.NO_DOCUMENT),
        ),
        claims=(
            Claim(
                "troops sent",
                by=("United States", "NATO"),
                value="10000",
                unit="people",
                source="article",
                excerpt="the exact words",
                reported="2024-10",
            ),
            Claim("troops sent", by=("South Korea",), low="10000", high="1.9e4"),
            Claim("date", by=("Ukraine",), when=parse("2024-10-08")),
        ),
        origin=Origin("full.yaml", 30, 1),
    )


def test_event_with_the_least_that_it_needs(full: Dataset) -> None:
    expected = Event("deployment", "Deployment", parse("2024-10-08/.."), origin=Origin("full.yaml", 57, 2))
    assert full.events[1] == expected


def test_json_twin_gives_the_same_timeline(full: Dataset, tmp_path: Path) -> None:
    tree = yaml.load(FULL.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    tree["timeline_format"] = 1
    tree["events"][0]["importance"] = 5
    tree["events"][0]["location"] = {"lat": 39.03, "lon": -125.75}
    tree["events"][0]["claims"][0]["value"] = 10000
    tree["events"][1]["summary"] = None
    (tmp_path / "sources").mkdir()
    write(tmp_path / "sources", (DATA / "sources/article.txt").read_bytes(), "article.txt")
    for layout in ({"indent": 2}, {"indent": "\t", "ensure_ascii": False}, {"separators": (",", ":")}):
        twin = read_text(tmp_path, json.dumps(tree, **layout), "twin.json")
        assert without_places(twin) == without_places(full)


def without_places(dataset: Dataset) -> tuple[object, ...]:
    events = [replace(event, origin=Origin()) for event in dataset.events]
    return dataset.title, dataset.summary, events, dict(dataset.sources), dataset.actors, dataset.problems


def test_every_scalar_is_the_text_that_was_written(tmp_path: Path) -> None:
    written = ["no", "010", "1_000", "0x1F", "2024-06-01", "12:30:45", "~", "null", "1e3", ".inf", "=", "true"]
    events = "".join(f"- {{title: {text}, when: 2024, place: {text}}}\n" for text in written)
    dataset = read_text(tmp_path, HEAD + events)
    assert [event.title for event in dataset.events] == written
    assert [event.place for event in dataset.events] == written


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks_of_every_system(tmp_path: Path, line_break: str) -> None:
    dataset = read_text(tmp_path, (HEAD + GOOD_EVENT + "- {title: Late, when: 2025, x: y}\n").replace("\n", line_break))
    assert [event.origin.line for event in dataset.events] == [3, 4]
    assert [(problem.line, problem.column) for problem in dataset.problems] == [(4, 29)]


def test_a_byte_order_mark_moves_nothing(tmp_path: Path) -> None:
    dataset = read_text(tmp_path, "\ufeff" + HEAD + GOOD_EVENT)
    assert [event.origin.line for event in dataset.events] == [3]
    assert dataset.problems == ()


def test_lines_are_those_of_an_editor_and_columns_count_characters(tmp_path: Path) -> None:
    dataset = read_text(tmp_path, HEAD + '- {title: "a\u2028b 😀", when: 2024, x: y}\n')
    assert [(problem.line, problem.column) for problem in dataset.problems] == [(3, 32)]


def test_a_timeline_without_a_title_is_called_after_its_file(tmp_path: Path) -> None:
    assert read_text(tmp_path, HEAD + GOOD_EVENT, "winter war.yaml").title == "winter war"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("flow.yaml", "{timeline_format: 1, events: [{title: Good, when: 2024}]}"),
        ("quoted.yml", '"timeline_format": "1"\nevents: [{title: Good, when: 2024}]'),
        ("marked.yaml", "%YAML 1.1\n---\ntimeline_format: 1\nevents: [{title: Good, when: 2024}]\n...\n"),
        ("last.yaml", "events: [{title: Good, when: 2024}]\ntimeline_format: 1\n"),
        ("no ending", '\ufeff \n{"timeline_format": 1, "events": [{"title": "Good", "when": "2024"}]}'),
        ("yaml.json", "timeline_format: 1\nevents: [{title: Good, when: 2024}]"),
    ],
)
def test_other_ways_to_write_the_same(tmp_path: Path, name: str, content: str) -> None:
    dataset = read_text(tmp_path, content, name)
    assert [event.id for event in dataset.events] == ["good"]
    assert dataset.problems == ()


def test_the_file_is_opened_once_to_read_and_never_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, HEAD + GOOD_EVENT)
    path.chmod(0o444)
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted(tmp_path.iterdir()))
    opened: list[tuple[str, int]] = []
    real_open = os.open

    def recording_open(file: Path, flags: int) -> int:
        opened.append((str(file), flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)))
        return real_open(file, flags)

    monkeypatch.setattr("timeline_app.readers.source_file.os.open", recording_open)
    read(path)
    assert opened == [(str(path), 0)]
    assert (path.read_bytes(), path.stat().st_mtime_ns, sorted(tmp_path.iterdir())) == before


def test_an_event_may_be_taken_from_sources_as_a_whole(tmp_path: Path) -> None:
    text = (
        "timeline_format: 1\nsources:\n  paper: {title: The Paper}\n  radio: {}\nevents:\n"
        "- {title: Told, when: 2024, sources: [radio, paper]}\n- {title: Single, when: 2024, sources: paper}\n"
        "- {title: Strange, when: 2024, sources: [paper, papre]}\n"
    )
    dataset = read_text(tmp_path, text)
    paper, radio = Source("paper", title="The Paper"), Source("radio")
    assert [event.own_sources for event in dataset.events] == [(radio, paper), (paper,), (paper,)]
    assert dataset.events[2].extra == {"sources": ["paper", "papre"]}
    assert [in_short(problem) for problem in dataset.problems] == [
        '7:40 2 warning: sources: expected a list; found "paper"; read as a list of one',
        '8:49 3 warning: sources: expected a key of sources, paper, radio; found "papre"',
    ]
