"""What is written in the native format, as YAML or JSON, reads back as the same timeline."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.tables import make_dataset, make_event, make_table
from timeline_app.core.actors import ActorEntry, Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.dataset import Dataset
from timeline_app.core.errors import ReadError, UsageError, WriteError
from timeline_app.core.event import ActorRef, Basis, Claim, Event, Excerpt, Link, Location, Origin, Source
from timeline_app.core.filter import Filter
from timeline_app.core.records import RecordList
from timeline_app.core.table import EventTable
from timeline_app.core.when import parse
from timeline_app.paths import bundled_timeline
from timeline_app.readers import read
from timeline_app.writers import choose_writer, export
from timeline_app.writers.native_tree import event_tree
from timeline_app.writers.options import WriteOptions
from timeline_app.writers.records import source_keys

FULL = """\
timeline_format: 1
title: Everything
summary: "Two\\nlines"
maintainer: {name: Somebody, since: 2024}
sources:
  paper: {title: The Paper, author: A, publisher: P, url: "https://example.org", language: en, published: 2024-11~,
    retrieved: 2024-11-05, file: paper.txt, pages: "12"}
  unused: {title: Cited by nothing}
  bare: {}
actors:
  Storm Corps: {kind: armed-force, aliases: [11th Corps], part_of: Home Army, motto: onward}
  Home Army: {kind: armed-force, part_of: [{name: Iran, until: 2001}, {name: Brazil, since: 2002}]}
  Club: {kind: organisation, members: [{name: Iran, since: 2024-01-01}, Brazil], note: a club}
events:
  - id: late
    title: Late
    when: 2024-10-08/..
    actors: [11th Corps, {name: DPRK, role: host}]
    location: {lat: 39.03, lon: -125.75}
    claims:
      - {about: troops, low: 10000, high: "19,000", unit: people, by: [NATO], source: paper, excerpt: words,
          reported: 2024-10}
      - {about: date, when: 2024-10-08, by: [Ukraine], confidence: low}
  - id: early
    title: "no"
    when: "[2024-06-01,2024-06-19]"
    basis: inferred
    basis_note: because
    type: agreement
    place: Pyongyang
    importance: 5
    summary: Short.
    tags: [a, "b: c"]
    links: [{to: late, kind: leads-to}]
    excerpts:
      - {source: paper, text: "the exact words", locator: par. 4, language: en, translation: die Worte, page: "3"}
    colour: red
    nested: {deep: [1, {two: three}], empty: ""}
"""


@pytest.fixture
def original(tmp_path: Path) -> Path:
    (tmp_path / "paper.txt").write_text("Here are the exact words.", encoding="utf-8")
    path = tmp_path / "original.yaml"
    path.write_text(FULL, encoding="utf-8")
    return path


@pytest.fixture
def known() -> Gazetteer:
    return Gazetteer([ActorEntry("North Korea", aliases=("DPRK",)), ActorEntry("Iran"), ActorEntry("Brazil")])


def content(dataset: Dataset) -> dict[str, object]:
    """Return everything of a dataset but where in which file it stood."""
    return {
        "title": dataset.title,
        "summary": dataset.summary,
        "sources": dataset.sources,
        "actors": dataset.actors,
        "extra": dataset.extra,
        "events": [without_origin(event) for event in dataset.events],
    }


def without_origin(event: Event) -> Event:
    return replace(event, origin=Origin())


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_everything_comes_back_in_the_same_order(original: Path, known: Gazetteer, ending: str) -> None:
    again = original.with_name(f"again.{ending}")
    before = read(original)
    assert [event.id for event in before.events] == ["late", "early"]
    export(build_table([before], known), Filter(), again)
    after = read(again)
    assert content(after) == content(before)
    assert Counter(problem.message for problem in after.problems) == Counter(
        problem.message for problem in before.problems
    )


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_the_bundled_timeline_comes_back(tmp_path: Path, known: Gazetteer, ending: str) -> None:
    again = tmp_path / f"again.{ending}"
    before = read(bundled_timeline())
    export(build_table([before], known), Filter(), again)
    assert content(read(again)) == content(before)


def test_what_is_written_again_is_the_same_to_the_byte(original: Path, known: Gazetteer) -> None:
    first, second = original.with_name("first.yaml"), original.with_name("second.yaml")
    export(build_table([read(original)], known), Filter(), first)
    export(build_table([read(first)], known), Filter(), second)
    assert second.read_bytes() == first.read_bytes()


def test_a_part_takes_along_only_what_it_needs(original: Path, known: Gazetteer) -> None:
    part = original.with_name("part.yaml")
    table = build_table([read(original)], known)
    export(table, Filter(actors=("Storm Corps",)), part)
    after = read(part)
    assert [event.id for event in after.events] == ["late"]
    assert list(after.sources) == ["paper"]
    assert [entry.name for entry in after.actors] == ["Storm Corps", "Home Army"]
    export(table, Filter(types=("agreement",)), part, force=True)
    after = read(part)
    assert [event.id for event in after.events] == ["early"]
    assert after.actors == ()


def test_several_files_are_written_one_after_the_other(tmp_path: Path, known: Gazetteer) -> None:
    for name, dates in (("b.yaml", ("2025", "2023")), ("a.yaml", ("2024", "2022"))):
        events = "".join(f"  - {{title: {name} {date}, when: {date}}}\n" for date in dates)
        (tmp_path / name).write_text(f"timeline_format: 1\ntitle: {name}\nevents:\n{events}", encoding="utf-8")
    table = build_table([read(tmp_path / "b.yaml"), read(tmp_path / "a.yaml")], known)
    export(table, Filter(), tmp_path / "both.yaml")
    both = read(tmp_path / "both.yaml")
    assert both.title == "b.yaml + a.yaml"
    assert [event.title for event in both.events] == ["b.yaml 2025", "b.yaml 2023", "a.yaml 2024", "a.yaml 2022"]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(
    lambda text: text == text.strip()
)
DATES = st.sampled_from(("", "2024", "2024-06-20"))
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
EVENTS = st.builds(
    Event,
    id=st.just("event"),
    title=WORDS,
    when=st.sampled_from(["2024", "2024-06~", "2024-06-19T14:30Z", "/2024", "-0043", "[2024,2026]"]).map(parse),
    basis=st.sampled_from(Basis),
    basis_note=LINES,
    type=WORDS,
    actors=st.lists(st.builds(ActorRef, WORDS, st.one_of(st.just(""), WORDS)), max_size=2).map(
        lambda actors: tuple(replace(actor, written=actor.name) for actor in actors)
    ),
    place=WORDS,
    location=st.one_of(st.none(), st.builds(Location, st.floats(-90, 90), st.floats(-180, 180))),
    importance=st.integers(1, 5),
    summary=LINES,
    tags=st.lists(WORDS, max_size=3, unique=True).map(tuple),
    links=st.lists(st.builds(Link, st.just("event"), WORDS), max_size=1).map(tuple),
    excerpts=st.lists(st.builds(Excerpt, LINES, st.just("key"), WORDS), max_size=2).map(tuple),
    claims=st.lists(st.builds(Claim, WORDS, st.tuples(WORDS), st.integers().map(str), unit=WORDS), max_size=2).map(
        tuple
    ),
    own_sources=st.just((Source("other", "Other"),)) | st.just(()),
)


@pytest.mark.parametrize("ending", ["yaml", "json"])
@given(event=EVENTS)
def test_any_event_comes_back(tmp_path_factory: pytest.TempPathFactory, ending: str, event: Event) -> None:
    path = tmp_path_factory.mktemp("written") / f"one.{ending}"
    dataset = make_dataset([event], sources=[Source("key", "Title"), Source("other", "Other")])
    export(build_table([dataset], Gazetteer()), Filter(), path)
    after = read(path)
    assert without_origin(after.events[0]) == event
    assert after.sources == dataset.sources


OWN_SOURCES = st.lists(
    st.builds(Source, st.sampled_from(("source 1", "source 2", "key")), title=WORDS, publisher=WORDS, published=DATES),
    max_size=2,
    unique_by=lambda source: source.key,
).map(tuple)
CODED_EVENTS = st.lists(
    st.builds(
        make_event,
        own_sources=OWN_SOURCES,
        excerpts=st.lists(st.builds(Excerpt, WORDS, st.sampled_from(("source 1", "source 2", "key"))), max_size=3),
        claims=st.lists(st.builds(Claim, WORDS, value=st.just("5"), source=st.just("source 1")), max_size=1),
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("ending", ["yaml", "json"])
@given(events=CODED_EVENTS)
def test_sources_of_single_events_come_back_as_what_their_words_are_from(
    tmp_path_factory: pytest.TempPathFactory, ending: str, events: list[Event]
) -> None:
    path = tmp_path_factory.mktemp("written") / f"coded.{ending}"
    numbered = [replace(event, id=f"e{number}") for number, event in enumerate(events)]
    table = build_table([make_dataset(numbered, sources=[Source("key", "Title")])], Gazetteer())
    export(table, Filter(), path)
    after = read(path)
    before = {event.id: event for event in table}
    again = build_table([after], Gazetteer())
    for event in again:
        assert meant_sources(event, again) == meant_sources(before[event.id], table)
    second = path.with_name(f"second.{ending}")
    export(again, Filter(), second)
    assert second.read_bytes() == path.read_bytes()


def meant_sources(event: Event, table: EventTable) -> tuple[list[Source | None], set[str]]:
    """Return what the keys of an event mean, whatever they are called."""

    def meant(key: str) -> Source | None:
        source = table.source_of(event, key)
        return replace(source, key="") if source else None

    cited = [excerpt.source for excerpt in event.excerpts] + [claim.source for claim in event.claims]
    return [meant(key) for key in cited], {repr(meant(key)) for key in source_keys(event)}


@pytest.mark.parametrize("name", ["yaml", "json"])
def test_no_more_than_one_event_is_held(name: str) -> None:
    table = make_table([make_event(f"e{day}", f"2024-06-{day:02}") for day in range(1, 6)])
    writer = choose_writer(Path("out"), name)
    assert writer is not None
    with mock.patch.object(RecordList, "event", autospec=True, side_effect=RecordList.event) as read_event:
        texts = writer.render(table, Filter(), WriteOptions())
        text = next(text for text in texts if "e2" in text)
    assert "e3" not in text
    assert [call.args[1] for call in read_event.call_args_list] == [0, 1, 2, 3, 4, 0, 1]


def test_line_separators_within_a_text_stay_as_they_are(tmp_path: Path) -> None:
    title = "one\u2028two\x85three\x0cfour"
    export(make_table([make_event(title, "2024")]), Filter(), tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["events"][0]["title"] == title


def test_json_is_laid_out_as_one_tree(tmp_path: Path) -> None:
    for events in ([], [make_event("a", "2024"), make_event("b", "2025")]):
        path = tmp_path / f"{len(events)}.json"
        export(make_table(events), Filter(), path)
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


def test_actors_that_come_with_the_program_are_not_written(tmp_path: Path, known: Gazetteer) -> None:
    table = replace(make_table([make_event(actors=["Iran"])]), gazetteer=known)
    export(table, Filter(), tmp_path / "out.json")
    assert "actors" not in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))


def test_numbers_are_numbers_in_json(original: Path, known: Gazetteer) -> None:
    again = original.with_name("again.json")
    export(build_table([read(original)], known), Filter(), again)
    tree: Mapping[str, object] = json.loads(again.read_text(encoding="utf-8"))
    assert tree["timeline_format"] == 1
    late, early = json.loads(again.read_text(encoding="utf-8"))["events"]
    assert early["importance"] == 5
    assert late["location"] == {"lat": 39.03, "lon": -125.75}
    assert (late["claims"][0]["low"], late["claims"][0]["high"]) == (10000, "19,000")


def test_defaults_are_left_out() -> None:
    assert event_tree(make_event("Plain", "2024")) == {"id": "plain", "title": "Plain", "when": "2024"}


def test_a_column_of_another_format_that_is_called_like_a_field_hides_none() -> None:
    event = replace(make_event("Plain", "2024"), extra={"title": "Mr", "place": "x", "links": ["not read"]})
    tree = event_tree(event)
    assert (tree["title"], tree["title-2"], tree["place"], tree["links"]) == ("Plain", "Mr", "x", ["not read"])


def test_half_a_character_is_refused_and_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.yaml"
    path.write_text("mine", encoding="utf-8")
    table = build_table([make_dataset([make_event("half \ud800", event_id="half")])], Gazetteer())
    for name in ("yaml", "json", "jsonl", "csv"):
        with pytest.raises(WriteError, match=r"U\+D800"):
            export(table, Filter(), path, name=name, force=True)
    assert path.read_text(encoding="utf-8") == "mine"
    assert [left.name for left in tmp_path.iterdir()] == ["out.yaml"]


def test_a_format_nobody_knows_is_refused(tmp_path: Path) -> None:
    table = build_table([make_dataset()], Gazetteer())
    with pytest.raises(UsageError, match="choose one of yaml, json, jsonl, csv"):
        export(table, Filter(), tmp_path / "out.doc")


@pytest.mark.parametrize(
    ("file", "name", "chosen"),
    [("a.YML", None, "yaml"), ("a.ndjson", None, "jsonl"), ("a.csv", "json", "json"), ("a", None, None)],
)
def test_a_writer_is_chosen_by_name_or_ending(file: str, name: str | None, chosen: str | None) -> None:
    writer = choose_writer(Path(file), name)
    assert (writer.name if writer else None) == chosen


@pytest.mark.parametrize("name", ["yaml", "json", "jsonl", "csv"])
def test_events_that_cannot_be_read_any_more_leave_the_old_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / "out"
    path.write_text("mine", encoding="utf-8")
    table = make_table([make_event(f"e{day}", f"2024-06-{day:02}") for day in range(1, 6)])

    def gone(records: RecordList, row: int) -> Event:
        if row == 3:
            raise ReadError("gone", "table.csv")
        return records.events[row]

    with mock.patch.object(RecordList, "event", gone), pytest.raises(ReadError, match="gone"):
        export(table, Filter(), path, name=name, force=True)
    assert path.read_text(encoding="utf-8") == "mine"
    assert [left.name for left in tmp_path.iterdir()] == ["out"]


def test_a_date_told_by_other_events_is_written_as_it_was_told(tmp_path: Path) -> None:
    path = tmp_path / "between.yaml"
    path.write_text(
        "timeline_format: 1\nevents:\n- {id: a, title: A, when: 2024-06-19}\n"
        "- {id: b, title: B, when: {after: a, before: c}}\n- {id: c, title: C, when: 2024-11-05, type: vote}\n",
        encoding="utf-8",
    )
    table = build_table([read(path)], Gazetteer())
    both = {"after": "a", "before": "c"}
    for wanted, told in ((Filter(), both), (Filter(until="2024-07"), "[2024-06-19..2024-11-05]")):
        copy = tmp_path / f"copy-{bool(wanted.until)}.json"
        export(table, wanted, copy)
        assert json.loads(copy.read_text(encoding="utf-8"))["events"][1]["when"] == told
        again = build_table([read(copy)], Gazetteer())
        assert again.event(1).when == table.event(1).when
