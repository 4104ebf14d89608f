"""What is seen becomes a filter, what is asked for a picture, and samples tell what a file would hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.scenes import synthetic_table
from tests.helpers.tables import make_event, make_table
from timeline_app.core.filter import Filter, evaluate
from timeline_app.core.when import parse
from timeline_app.scene.axis_words import EnglishWords
from timeline_app.ui.export_subject import ExportSubject, within
from timeline_app.ui.export_wish import ExportWish, What, Which
from timeline_app.ui.look import Look

TABLE = make_table(
    [make_event("Caesar", "-0043-03-15"), make_event("Pact", "2024-06"), make_event("Bang", "Y-13800000000")]
)
WISH = ExportWish(What.TIMELINE, "pdf", Path("a.pdf"), 800, 500, 2, "light", replaces=False)


def subject(first: str, last: str, wanted: Filter | None = None) -> ExportSubject:
    seen = (parse(first).start_earliest_s, parse(last).end_latest_s)
    return ExportSubject(TABLE, wanted or Filter(), seen, EnglishWords())


@pytest.mark.parametrize(
    ("first", "last", "titles"),
    [
        ("2024-06-10", "2024-06-12", ["Pact"]),
        ("-0044", "-0042", ["Caesar"]),
        ("Y-20000000000", "-0001", ["Bang", "Caesar"]),
        ("2025", "Y30000", []),
    ],
)
def test_what_is_seen_is_what_possibly_lies_within_the_view(first: str, last: str, titles: list[str]) -> None:
    wanted = subject(first, last).filter_of(Which.SEEN)
    assert TABLE.titles_of(evaluate(wanted, TABLE).rows.tolist()) == titles


def test_the_narrower_of_filter_and_view_counts() -> None:
    june = (parse("2024-06").start_earliest_s, parse("2024-06").end_latest_s)
    assert within(Filter(since="2024-06-10", until="2024-06-12"), june) == Filter(
        since="2024-06-10", until="2024-06-12"
    )
    assert within(Filter(since="2020"), june) == Filter(since="2024-06-01T00:00:00", until="2024-06-30T23:59:59")


def test_a_picture_of_everything_has_neither_view_nor_filter() -> None:
    asked = subject("2024", "2025", Filter(types=("x",)))
    assert asked.picture_wish(WISH).view_s == asked.view_s
    everything = replace(WISH, which=Which.ALL)
    assert asked.picture_wish(everything).view_s is None
    assert asked.picture_filter(Which.ALL) == Filter()
    assert asked.picture_filter(Which.PASSING) == Filter(types=("x",))


def test_paper_takes_the_place_of_pixels_and_scale() -> None:
    asked = subject("2024", "2025")
    picture = asked.picture_wish(replace(WISH, sheet="a4", pages=2))
    assert (picture.width_px, picture.height_px, picture.scale, picture.pages) == (1123, 794, 1.0, 2)
    wide = asked.picture_wish(replace(WISH, pages=3, is_wide=True))
    assert (wide.width_px, wide.height_px, wide.scale, wide.pages) == (2400, 500, 2, 1)


@pytest.mark.parametrize("name", ["yaml", "json", "markdown", "geojson", "html"])
def test_a_sample_of_a_large_table_reads_a_few_events_alone(qapp: object, name: str) -> None:
    table = synthetic_table(20_001)
    large = ExportSubject(table, Filter(), (0, 1), EnglishWords())
    wish = replace(WISH, what=What.EVENTS, format=name, which=Which.PASSING)
    sample = large.sample(wish, Look(table, "light"), (400, 300), 1.0)
    assert sample.note == "20,001 events; the first of them are shown"
    assert 0 < len(sample.text) < 7_000
