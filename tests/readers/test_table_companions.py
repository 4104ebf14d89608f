"""The tables of sources and of actors beside a table of events are read as far as they can be, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.tables import make_event
from timeline_app.core.actors import ActorEntry
from timeline_app.core.dataset import Level
from timeline_app.core.event import Source
from timeline_app.core.memberships import Membership
from timeline_app.readers.companions import companion_paths
from timeline_app.readers.table_companions import LARGEST_BYTES, TableCompanions, read_table_companions


def beside(folder: Path, events: str = "events.csv", **files: str) -> TableCompanions:
    """Read what lies beside a table of events: files by their names, a double underscore for a point."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return read_table_companions(folder / events)


def told(found: TableCompanions) -> list[str]:
    assert {problem.level for problem in found.problems} <= {Level.WARNING}
    return [f"{Path(problem.file).name}:{problem.line}: {problem.message}" for problem in found.problems]


ENDINGS = ("csv", "tsv", "json", "jsonl")
JSON_FIRST = ("json", "csv", "tsv", "jsonl")
LINES_FIRST = ("jsonl", "csv", "tsv", "json")


def names_of(prefix: str = "", endings: tuple[str, ...] = ENDINGS) -> list[str]:
    return [f"{prefix}{kind}.{ending}" for kind in ("sources", "actors", "associations") for ending in endings]


@pytest.mark.parametrize(
    ("events", "names"),
    [
        ("events.csv", names_of()),
        ("events.xlsx", names_of()),
        ("syria-events.tsv", names_of("syria-")),
        ("a_events.jsonl", names_of("a_", LINES_FIRST)),
        ("events.json", names_of(endings=JSON_FIRST)),
        ("20240516143000.export.CSV", ["20240516143000.mentions.CSV", "20240516143000.mentions.csv"]),
        (
            "20240516143000.translation.export.csv",
            [f"20240516143000.translation.mentions{ending}" for ending in (".csv", ".CSV")],
        ),
        ("20240516.export.CSV", []),
        ("20240516143000.mentions.CSV", []),
        ("myevents.csv", []),
        ("events.csv.bak", []),
        ("sources.csv", []),
    ],
)
def test_companions_have_fixed_names_in_the_same_folder(tmp_path: Path, events: str, names: list[str]) -> None:
    assert [path.name for path in companion_paths(tmp_path / events)] == names
    assert {path.parent for path in companion_paths(tmp_path / events)} <= {tmp_path}


def test_members_may_join_and_leave(tmp_path: Path) -> None:
    members = (
        '[{"name": "Iran", "since": "2024-01-01"}, {"name": "Brazil"}, "India", {"name": "Chile", "until": "soon"}]'
    )
    cell = members.replace('"', '""')
    found = beside(tmp_path, actors__csv=f'name,members\nBRICS,"{cell}"\nAlliance,Peru;Peru\nItself,Itself\n')
    assert [entry.members for entry in found.actors] == [
        (Membership("Iran", "2024-01-01"), Membership("Brazil"), Membership("India"), Membership("Chile")),
        (Membership("Peru"),),
        (Membership("Itself"),),
    ]
    assert found.actors[0].extra == {"members": members}
    bad_date, circle = told(found)
    assert bad_date.startswith("actors.csv:2: members: until: ")
    assert bad_date.endswith("; it bounds nothing")
    assert circle == "actors.csv:4: members: Itself cannot belong to itself"


def test_sources_have_all_that_their_columns_tell(tmp_path: Path) -> None:
    text = (
        "ID;Title;Authors;Outlet;Link;Published;Accessed;Lang;Shelf;file\n"
        's1;"A; report";Jane Doe;The Paper;https://a.example/1;2024-02;2024-03-01;en;A3;x.txt\n'
    )
    found = beside(tmp_path, sources__csv=text)
    assert found.sources["s1"] == Source(
        "s1",
        title="A; report",
        author="Jane Doe",
        publisher="The Paper",
        url="https://a.example/1",
        language="en",
        published="2024-02",
        retrieved="2024-03-01",
        extra={"Shelf": "A3", "file-2": "x.txt"},
    )
    assert (found.files, found.actors, told(found)) == ((str(tmp_path / "sources.csv"),), (), [])


def test_actors_have_all_that_their_columns_tell(tmp_path: Path) -> None:
    text = (
        "name\tkind\taliases\tpart_of\tmembers\tsince\tnote\trank\n"
        "Storm Corps\tarmed-force\t11th Corps; Pokpung|11th Corps\tNorth Korea\t\t\tElite\t1\n"
        "BRICS\torganisation\t\t\tIran;Brazil\t2009\t\t\n"
    )
    found = beside(tmp_path, "a-events.jsonl", **{"a-actors__tsv": text})
    assert found.actors == (
        ActorEntry(
            "Storm Corps",
            kind="armed-force",
            aliases=("11th Corps", "Pokpung"),
            part_of=(Membership("North Korea"),),
            note="Elite",
            extra={"rank": "1"},
        ),
        ActorEntry("BRICS", kind="organisation", members=(Membership("Iran"), Membership("Brazil")), since="2009"),
    )
    assert told(found) == []


def test_bad_records_cost_themselves_alone(tmp_path: Path) -> None:
    text = "key,title,published\ns1,One,yesterday\ns1,Two,\n,Three,\ns2\ns3,Four,2024\n"
    found = beside(tmp_path, sources__csv=text)
    assert list(found.sources) == ["s1", "s3"]
    assert found.sources["s1"].extra == {"published as written": "yesterday"}
    lines = told(found)
    assert [line.partition(": ")[0] for line in lines] == [f"sources.csv:{line}" for line in (2, 3, 4, 5)]
    assert lines[0].endswith("it is kept as it is written")
    assert lines[1:3] == [
        'sources.csv:3: key: expected one of its own; found "s1" again; the record is left out',
        "sources.csv:4: key: expected one of its own; found nothing; the record is left out",
    ]
    assert "expected 3 fields" in lines[3]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "expected a table"),
        ("title,url\nOne,https://a.example/\n", "expected a column that is called key, id,"),
        ('key,title\n"s1,One\n', "never closes"),
        ("k" * (LARGEST_BYTES + 1), "the file is too large"),
    ],
)
def test_a_companion_that_cannot_be_read_is_told(tmp_path: Path, text: str, words: str) -> None:
    found = beside(tmp_path, sources__csv=text, actors__csv="name,kind\nA,state\n")
    (line,) = told(found)
    assert line.startswith("sources.csv:")
    assert words in line
    assert line.endswith("; the file is not read")
    assert [Path(name).name for name in found.files] == ["actors.csv"]
    assert (dict(found.sources), [actor.name for actor in found.actors]) == ({}, ["A"])


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text("key,title\ns1,Secret\n")
    (folder / "inside.csv").write_text("name,kind\nA,state\n")
    (folder / "sources.csv").symlink_to(tmp_path / "secret.csv")
    (folder / "actors.csv").symlink_to(folder / "inside.csv")
    found = beside(folder)
    (line,) = told(found)
    assert line == (
        "sources.csv:0: this is a link that leads out of the folder; expected a file inside it; the file is not read"
    )
    assert (dict(found.sources), [actor.name for actor in found.actors]) == ({}, ["A"])


def test_of_two_tables_of_a_kind_the_first_is_read(tmp_path: Path) -> None:
    found = beside(tmp_path, sources__csv="key,title\ns1,One\n", sources__tsv="key\ttitle\ns1\tTwo\n")
    assert found.sources["s1"].title == "One"
    assert found.files == (str(tmp_path / "sources.csv"),)


def test_companions_may_be_json_as_a_list_or_by_their_ids(tmp_path: Path) -> None:
    sources = (
        '[{"id": "s1", "title": "A video", "url": "https://a.example/1", "date": "2/25/2022", "paths": ["a.mp4"]},\n'
        ' {"title": "no id"}, "none", {"id": "s2", "link": "https://b.example/2", "date": "3/4/2022", "notes": ""}]'
    )
    found = beside(
        tmp_path,
        "events.json",
        sources__json=sources,
        actors__json='{"actors": [{"name": "BRICS", "members": [{"name": "Iran", "since": "2024"}, "India"]}]}',
        associations__json='{"a1": {"title": "Shelling", "mode": "FILTER"}, "a2": {"title": ""}, "a3": 5}',
    )
    assert found.sources == {
        "s1": Source(
            "s1",
            title="A video",
            url="https://a.example/1",
            published="2022-02-25",
            extra={"paths": ["a.mp4"]},
        ),
        "s2": Source("s2", publisher="b.example", url="https://b.example/2", published="2022-03-04"),
    }
    assert [entry.members for entry in found.actors] == [(Membership("Iran", "2024"), Membership("India"))]
    assert found.tag_titles == {"a1": "Shelling"}
    assert [Path(name).name for name in found.files] == ["sources.json", "actors.json", "associations.json"]
    assert sorted(told(found)) == [
        'associations.json:1: associations: expected an object; found "5"; the record is left out',
        "sources.json:2: key: expected one of its own; found nothing; the record is left out",
        'sources.json:2: sources: expected an object; found "none"; the record is left out',
    ]


def test_companions_may_be_lines_of_json(tmp_path: Path) -> None:
    lines = '{"key": "s1", "title": "One"}\n{"key" "s9"}\n{"key": "s2", "title": 2}\n'
    found = beside(tmp_path, "events.jsonl", sources__jsonl=lines, sources__csv="key,title\ns1,Other\n")
    assert {key: source.title for key, source in found.sources.items()} == {"s1": "One", "s2": "2"}
    (line,) = told(found)
    assert line.startswith("sources.jsonl:2: this is not JSON")
    assert line.endswith("; the record is left out")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"title": "One"}]', "expected a column that is called key, id,"),
        ('[{"id": "s1"', "this is not JSON"),
        (f'{{"s1": {{"title": "{"t" * 2**20}"}}}}', "expected a record of at most a million characters"),
    ],
)
def test_json_beside_events_that_cannot_be_read_is_told(tmp_path: Path, text: str, words: str) -> None:
    (line,) = told(beside(tmp_path, sources__json=text))
    assert words in line
    assert line.endswith("; the file is not read")


def test_associations_tell_what_tags_are_called(tmp_path: Path) -> None:
    table = "id;title;mode\na1;Shelling;FILTER\na2;;FILTER\n"
    found = beside(tmp_path, associations__csv=table)
    assert (found.tag_titles, told(found)) == ({"a1": "Shelling"}, [])
    event = replace(make_event("Title", "2024"), tags=("a1", "a2", "Shelling"))
    assert found.told_sources.of(event).tags == ("Shelling", "a2")


def test_dates_of_sources_are_read_in_the_order_that_all_of_them_tell(tmp_path: Path) -> None:
    found = beside(tmp_path, sources__csv="key,published,retrieved\ns1,3/4/2022,\ns2,,25/4/2022\n")
    assert [(one.published, one.retrieved) for one in found.sources.values()] == [
        ("2022-04-03", ""),
        ("", "2022-04-25"),
    ]
    assert told(found) == []
    (line,) = told(beside(tmp_path, sources__csv="key,published\ns1,3/4/2022\n"))
    assert "may have the day or the month first" in line


def test_a_timeline_of_this_program_says_itself_what_its_sources_are(tmp_path: Path) -> None:
    (tmp_path / "events.json").write_text('{"timeline_format": "1", "events": []}')
    assert beside(tmp_path, "events.json", sources__json='[{"id": "s1"}]') == TableCompanions()


def test_nothing_lies_beside_most_tables(tmp_path: Path) -> None:
    assert beside(tmp_path) == TableCompanions()
