"""The columns of a table agree with its records, and nobody can change them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from tests.helpers.tables import NO_ACTORS, make_dataset, make_event, make_table
from timeline_app.core.build import build_table
from timeline_app.core.event import ActorRef, Claim, Excerpt, Source
from timeline_app.core.table import NO_CODE, EventTable
from timeline_app.core.when import Precision, WhenFlag, flags_of, parse

TABLE = make_table(
    [
        make_event("summit", "2024-10-22/2024-10-24", type_="summit", actors=["Russia", "Iran"], place="Kazan"),
        make_event(
            "pact",
            "2024-06",
            type_="agreement",
            actors=[ActorRef("Russia", "host"), ActorRef("Russia", "signatory"), "North Korea"],
            importance=5,
            summary="In SUMMARY",
            tags=["b", "a", "b"],
            excerpts=[Excerpt("Exact Words", "news", translation="Übersetzung"), Excerpt("more", "news")],
            claims=[Claim("troops", source="agency")],
        ),
        make_event("war", "2022-02-24/..", type_="summit", place="Kazan"),
    ]
)


def test_rows_are_in_time_order_and_columns_agree_with_records() -> None:
    assert [event.title for event in TABLE] == ["war", "pact", "summit"]
    assert TABLE.titles_of([2, 0]) == ["summit", "war"]
    assert len(TABLE) == len(TABLE.records) == 3
    for row, event in enumerate(TABLE):
        assert TABLE.event(row) is event
        assert TABLE.row_of(event.id) == row
        when = event.when
        bounds_s = (when.start_earliest_s, when.start_latest_s, when.end_earliest_s, when.end_latest_s)
        assert TABLE.times.bounds_of(row) == bounds_s
        assert TABLE.precision[row] == event.when.precision
        assert TABLE.importance[row] == event.importance
        assert TABLE.types[TABLE.type_codes[row]] == event.type
    assert TABLE.precision.tolist() == [Precision.DAY, Precision.MONTH, Precision.DAY]


def test_codes_share_names_and_say_where_there_is_none() -> None:
    assert (TABLE.types, TABLE.type_codes.tolist()) == (("summit", "agreement"), [0, 1, 0])
    assert (TABLE.places, TABLE.place_codes.tolist()) == (("Kazan",), [0, NO_CODE, 0])


def test_postings_of_actors_sources_and_tags_come_from_the_records() -> None:
    assert {name: TABLE.actors.rows_of(name).tolist() for name in TABLE.actors.names} == {
        "Russia": [1, 2],
        "North Korea": [1],
        "Iran": [2],
    }
    assert {name: TABLE.sources.rows_of(name).tolist() for name in TABLE.sources.names} == {"news": [1], "agency": [1]}
    assert {name: TABLE.tags.rows_of(name).tolist() for name in TABLE.tags.names} == {"b": [1], "a": [1]}
    assert TABLE.actor_names(1) == ("Russia", "North Korea")


def test_a_key_means_the_events_own_source_before_that_of_the_table() -> None:
    own, other = Source("news", title="Own"), Source("only here")
    event = make_event(excerpts=[Excerpt("words", "news")], own_sources=[own, other, Source("news", title="Second")])
    plain = make_event("plain", excerpts=[Excerpt("words", "news")])
    of_table = Source("news", title="Of the table")
    table = build_table([make_dataset([event, plain], sources=[of_table])], NO_ACTORS)
    assert table.source_of(event, "news") == own
    assert table.source_of(event, "only here") == other
    assert table.source_of(plain, "news") == of_table
    assert table.source_of(plain, "only here") is None


def test_own_sources_are_listed_by_their_publishers() -> None:
    own = [Source("source 1", publisher="Reuters"), Source("source 2", publisher="AFP")]
    table = make_table([make_event(excerpts=[Excerpt("words", "source 1")], own_sources=own)])
    assert table.sources.names == ("Reuters", "AFP")
    assert table.sources.rows_of("source 1").tolist() == []


def test_search_looks_through_title_summary_place_tags_actors_and_excerpts() -> None:
    for words in ("pact", "in summary", "agreement", "north korea", "exact words", "übersetzung"):
        assert list(TABLE.records.rows_with([words], range(3))) == [1], words


def test_extent_leaves_unbounded_ends_out() -> None:
    assert TABLE.extent_s == (parse("2022-02-24").start_earliest_s, parse("2024-10-24").end_latest_s)
    assert TABLE.extent_of(np.array([1])) == (
        parse("2024-06").start_earliest_s,
        parse("2024-06").end_latest_s,
    )
    assert TABLE.extent_of(np.array([0])) == (
        parse("2022-02-24").start_earliest_s,
        parse("2022-02-24").end_latest_s,
    )
    assert TABLE.extent_of(np.zeros(0, np.int64)) is None
    assert make_table().extent_s is None


@pytest.mark.parametrize(
    ("when", "flags"),
    [
        ("2024-06", WhenFlag(0)),
        ("2024-06~", WhenFlag.APPROXIMATE),
        ("2024-06?", WhenFlag.UNCERTAIN),
        ("2024-06%", WhenFlag.APPROXIMATE | WhenFlag.UNCERTAIN),
        ("2024/2025", WhenFlag.SPAN),
        ("2024/..", WhenFlag.SPAN | WhenFlag.OPEN_END),
        ("../2024", WhenFlag.SPAN | WhenFlag.OPEN_START),
        ("2024/", WhenFlag.SPAN | WhenFlag.UNKNOWN_END),
        ("/2024", WhenFlag.SPAN | WhenFlag.UNKNOWN_START),
        ("2024-06-19T14:30Z", WhenFlag.ZONED),
    ],
)
def test_flags_say_what_the_date_says_beyond_its_bounds(when: str, flags: WhenFlag) -> None:
    assert make_table([make_event(when=when)]).flags.tolist() == [int(flags)]
    assert int(flags_of(parse(when))) == int(flags)


def arrays_of(table: EventTable) -> dict[str, npt.NDArray[np.generic]]:
    times = table.times
    found: dict[str, npt.NDArray[np.generic]] = {
        "start_earliest_s": times.start_earliest_s,
        "shape_codes": times.shape_codes,
        "shapes": times.shapes,
        "flags": table.flags,
        "precision": table.precision,
        "importance": table.importance,
        "type_codes": table.type_codes,
        "place_codes": table.place_codes,
    }
    for name, postings in (("actors", table.actors), ("sources", table.sources), ("tags", table.tags)):
        found |= {f"{name}.offsets": postings.offsets, f"{name}.rows": postings.rows}
    return found


@pytest.mark.parametrize("table", [TABLE, make_table()], ids=["three", "none"])
def test_no_array_can_be_written_to(table: EventTable) -> None:
    writeable = [name for name, array in arrays_of(table).items() if array.flags.writeable]
    assert writeable == []
    assert not table.actors.rows_of("Russia").flags.writeable


def test_columns_are_as_narrow_as_they_say() -> None:
    assert {name: array.dtype.name for name, array in arrays_of(TABLE).items()} == {
        "start_earliest_s": "int64",
        "shape_codes": "int8",
        "shapes": "int64",
        "flags": "uint8",
        "precision": "uint8",
        "importance": "uint8",
        "type_codes": "int8",
        "place_codes": "int8",
        "actors.offsets": "int64",
        "actors.rows": "int32",
        "sources.offsets": "int64",
        "sources.rows": "int32",
        "tags.offsets": "int64",
        "tags.rows": "int32",
    }
