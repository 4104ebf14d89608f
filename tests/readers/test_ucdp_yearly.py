"""Years of violence without a government and against civilians, of UCDP: sides, deaths, versions, older names."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.streams import streamed
from tests.readers.timelines import DATA, write
from timeline_app.core.event import ActorRef, Claim
from timeline_app.readers import choose, read

NON_STATE = DATA / "sample.ucdp-yearly.csv"
ONE_SIDED = DATA / "sample.ucdp-onesided.csv"


def test_the_small_file_loads_or_says_why_not() -> None:
    dataset = read(NON_STATE)
    assert (dataset.report.reader, dataset.report.read, dataset.report.loaded) == ("ucdp-yearly", 3, 2)
    assert [(one.line, one.message) for one in dataset.problems] == [
        (4, 'year: expected four digits; found "20x1"; the record is left out')
    ]


def test_a_year_between_two_groups() -> None:
    first, second = streamed(NON_STATE).events
    assert (first.id, first.title) == ("9101-1990", "Hill League – Harbour Guild: 112 deaths, 1990")
    assert (first.when.text, first.type, first.importance) == ("1990-01-01/1990-12-31", "non-state", 4)
    assert [(one.name, one.role) for one in first.actors] == [
        ("Hill League", "participant"),
        ("Harbour Guild", "participant"),
    ]
    assert first.tags == ("organised groups", "Africa")
    name = "UCDP Non-State Conflict Dataset"
    assert first.claims[0] == Claim("deaths", ("UCDP",), "112", "100", "150", "people", source=name)
    assert [(one.about, one.when.text) for one in first.claims[1:] if one.when is not None] == [
        ("first death of the conflict", "1990-02-03"),
        ("start of the episode", "1990-02-03~"),
    ]
    assert (first.own_sources[0].published, second.place) == ("2024", "Utopia, Ruritania")
    assert second.claims[-1].about == "end of the episode"


def test_a_year_of_violence_against_civilians_by_older_names_of_columns() -> None:
    first, second = streamed(ONE_SIDED).events
    assert (choose(ONE_SIDED).name, first.id, first.type) == ("ucdp-yearly", "9301-2015", "one-sided")
    assert first.title == "Utopia – Civilians: 2,200 deaths, 2015"
    attacker = "Government of Utopia"
    assert first.actors == (ActorRef(attacker, "attacker", attacker), ActorRef("Civilians", "target", "Civilians"))
    assert (first.tags, first.importance) == (("by a government", "Middle East", "Africa"), 5)
    assert first.own_sources[0].published == "2016"
    assert (second.claims[0].value, second.claims[0].high, second.importance) == ("25", "", 3)
    assert "-99" not in second.extra.values()


def test_deaths_that_are_not_known_are_no_claim(tmp_path: Path) -> None:
    head, row, *_ = ONE_SIDED.read_text(encoding="utf-8").splitlines()
    unknown = row.replace("2200,2100,3000", "-99,-99,-99")
    (event,) = streamed(write(tmp_path, f"{head}\n{unknown}\n", "years.csv")).events
    assert (event.title, event.claims, event.importance) == ("Utopia – Civilians: one-sided, 2015", (), 3)
