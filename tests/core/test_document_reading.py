"""What events take from a document is found by its file, and in a document that has changed looked up anew."""

from __future__ import annotations

from pathlib import Path

from timeline_app.core.actors import Gazetteer
from timeline_app.core.build import build_table
from timeline_app.core.document_reading import coverage_words, event_documents, excerpts_from, reading_of
from timeline_app.core.event import Verified
from timeline_app.core.table import EventTable
from timeline_app.readers import read

TEXT = "One thing happened.\n\nThen another did.\n\nNothing else."
TIMELINE = """timeline_format: 1
sources: {a: {file: doc.txt}, b: {file: doc.txt}, c: {title: none}, d: {file: other.txt}}
events:
- {title: First, when: 2024-01, excerpts: [{source: b, text: another did}, {source: a, text: One thing}]}
- {title: Second, when: 2024-02, excerpts: [{source: c, text: x}, {source: a, text: not there}, {source: d, text: y}]}
"""


def table(folder: Path) -> EventTable:
    (folder / "doc.txt").write_text(TEXT, encoding="utf-8")
    (folder / "other.txt").write_text("y", encoding="utf-8")
    path = folder / "timeline.yaml"
    path.write_text(TIMELINE, encoding="utf-8")
    return build_table([read(path)], Gazetteer(()))


def test_all_sources_of_one_document_are_read_together(tmp_path: Path) -> None:
    opened = table(tmp_path)
    for key in ("a", "b"):
        excerpts = excerpts_from(opened, opened.source_by_key[key])
        assert [(one.title, one.text) for one in excerpts] == [
            ("First", "another did"), ("First", "One thing"), ("Second", "not there")
        ]  # fmt: skip
    assert excerpts_from(opened, opened.source_by_key["c"]) == ()
    documents = event_documents(opened.event(1), opened)
    assert [(source.key, excerpt.text) for source, excerpt in documents] == [("a", "not there"), ("d", "y")]


def test_the_words_of_claims_are_read_too_each_once(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "timeline.yaml").write_text(
        "timeline_format: 1\nsources: {a: {file: doc.txt}}\nevents:\n"
        "- title: First\n  when: 2024-01\n  excerpts: [{source: a, text: One thing happened.}]\n  claims:\n"
        "  - {about: n, value: 1, source: a, excerpt: One thing}\n"
        "  - {about: n, value: 2, source: a, excerpt: another did}\n"
        "  - {about: m, value: 2, source: a, excerpt: another did}\n"
        "- title: Second\n  when: 2024-02\n  claims: [{about: n, value: 3, source: a, excerpt: Nothing at all}]\n",
        encoding="utf-8",
    )
    opened = build_table([read(tmp_path / "timeline.yaml")], Gazetteer(()))
    source = opened.source_by_key["a"]
    reading = reading_of(TEXT, excerpts_from(opened, source), is_as_before=True)
    assert [(one.row, one.text, one.verified) for one in reading.excerpts] == [
        (0, "One thing happened.", Verified.EXACT),
        (0, "another did", Verified.EXACT),
        (1, "Nothing at all", Verified.MISSING),
    ]
    assert reading.quoted == {0, 1}
    assert [(one.key, words.text) for one, words in event_documents(opened.event(1), opened)] == [
        ("a", "Nothing at all")
    ]


def test_excerpts_stand_in_the_order_of_the_text_and_lost_ones_last(tmp_path: Path) -> None:
    opened = table(tmp_path)
    reading = reading_of(TEXT, excerpts_from(opened, opened.source_by_key["a"]), is_as_before=True)
    assert [one.text for one in reading.excerpts] == ["One thing", "another did", "not there"]
    assert reading.quoted == {0, 1}
    assert coverage_words(reading) == "2 of 3 paragraphs quoted"


def test_in_a_document_that_has_changed_excerpts_are_looked_up_anew(tmp_path: Path) -> None:
    opened = table(tmp_path)
    excerpts = excerpts_from(opened, opened.source_by_key["a"])
    reading = reading_of("It is not  there.", excerpts, is_as_before=False)
    assert [(one.text, one.verified) for one in reading.excerpts] == [
        ("not there", Verified.NORMALISED),
        ("another did", Verified.MISSING),
        ("One thing", Verified.MISSING),
    ]
    assert coverage_words(reading) == "1 of 1 paragraph quoted"
