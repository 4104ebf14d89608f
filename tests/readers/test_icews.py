"""Coded events of ICEWS: sides by name or country, words of CAMEO, what is not known."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, write
from timeline_app.readers import read

FILE = DATA / "sample.icews.tab"


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(FILE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("icews", 3, 2)
    assert any("Event Date: " in one.message and one.line == 4 for one in dataset.problems)


def test_who_did_what_to_whom() -> None:
    event = streamed(FILE).events[0]
    assert event.title == "Dissident (Utopia) → Ada Lovelace: praise or endorse, Harbour"
    assert (event.when.text, event.type, event.tags) == ("1995-01-01", "diplomatic cooperation", ("praise or endorse",))
    assert [(one.name, one.role) for one in event.actors] == [
        ("Dissident (Utopia)", "initiator"),
        ("Ada Lovelace", "target"),
    ]
    assert (event.place, event.own_sources[0].publisher) == ("Harbour", "The Harbour Gazette")
    assert (event.location is not None, event.extra["Source Sectors"]) == (True, "Dissident,Social")


def test_one_id_in_several_rows_and_what_is_not_known() -> None:
    event = read(FILE).events[1]
    assert (event.id, event.title) == ("901-2", "Ruritania → Citizen (Utopia): use conventional military force")
    assert (event.type, event.place, event.location) == ("fighting", "Utopia", None)
    assert (event.own_sources[0].key, "NULL" in event.extra.values()) == ("ICEWS", False)


def test_a_day_may_have_no_hyphens(tmp_path: Path) -> None:
    content = FILE.read_text(encoding="utf-8").replace("1995-01-01", "19950101")
    assert streamed(write(tmp_path, content, "events.tab")).events[0].when.text == "1995-01-01"
