"""Records cut out of XML: the elements at a place as they are written, wherever pieces of the file end."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from tests.readers.timelines import write
from timeline_app.core.errors import ReadError
from timeline_app.readers import line_file, xml_records
from timeline_app.readers.line_file import LineFile
from timeline_app.readers.source_text import SourceText
from timeline_app.readers.xml_records import ElementPath, beside_records, xml_file
from timeline_app.readers.xml_tree import read_xml

NOTHING: dict[str, str] = {}
PLACES: dict[ElementPath, dict[str, str]] = {("data", "event"): NOTHING, ("data", "eras", "era"): {"kind": "era"}}


def opened(folder: Path, content: str | bytes) -> LineFile:
    path = write(folder, content, "a.xml")
    return xml_file(LineFile.at(path, str(path)))


def cut(folder: Path, content: str | bytes) -> list[tuple[str, int, int, dict[str, str]]]:
    """Return the records of a file, with where each begins and what stands beside it."""
    found = xml_records.xml_records(opened(folder, content), PLACES)
    return [(one.text, one.line, one.column, dict(one.beside)) for one in found]


@pytest.mark.parametrize("block_bytes", [1, 2, 7, 1000])
def test_records_are_cut_as_they_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_bytes: int) -> None:
    monkeypatch.setattr(line_file, "_BLOCK_BYTES", block_bytes)
    content = (
        "<data>\n <event/><event a='>' >é</event >\r\n<event><event/></event><!-- <event/> -->"
        "<event><![CDATA[</event>]]></event><other><event>no</event></other>\n<eras> <era>&lt;</era></eras></data>\n"
    )
    expected = [
        ("<event/>", 2, 2, NOTHING),
        ("<event a='>' >é</event >", 2, 10, NOTHING),
        ("<event><event/></event>", 3, 1, NOTHING),
        ("<event><![CDATA[</event>]]></event>", 3, 41, NOTHING),
        ("<era>&lt;</era>", 4, 8, {"kind": "era"}),
    ]
    assert cut(tmp_path, content) == expected
    beside = beside_records(opened(tmp_path, content), PLACES)
    assert read_xml(beside).child("other") is not None
    assert beside.text == ("<data>\n <!-- <event/> --><other><event>no</event></other>\n<eras> </eras></data>\n")


def test_a_file_is_cut_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    content = '<?xml version="1.0" encoding="windows-1251"?><data><event>Київ</event></data>'
    assert cut(tmp_path, content.encode("cp1251"))[0][0] == "<event>Київ</event>"
    assert cut(tmp_path, content.replace("windows-1251", "utf-16").encode("utf-16"))[0][0] == "<event>Київ</event>"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<data><event>", ":1:14: the file ends within <event>: it is cut off"),
        ("<data>\n<event></data>", ":2:10: this is not XML: mismatched tag"),
        ("", ":1:1: this is not XML: no element found"),
        ("<!DOCTYPE data [<!ENTITY a 'b'>]><data>&a;</data>", ":1:16: a document type definition"),
        ("<data>&a;</data>", ":1:7: this is not XML: undefined entity"),
        ("<data>" + "<a>" * 64, ":1:196: nested deeper than 64 levels"),
        ("<data><event>" + "<a>" * 64, ":1:200: nested deeper than 64 levels"),
        ("<data><event>" + "x" * 200, ":1:7: expected a record of at most 100 bytes; found a longer one"),
        ("<data>" + "x" * 200, ":1:207: expected a record of at most 100 bytes"),
    ],
)
def test_what_cannot_be_cut_is_refused_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, message: str
) -> None:
    if "x" * 200 in content:
        monkeypatch.setattr(xml_records, "LONGEST_ITEM", 100)
    file = opened(tmp_path, content)
    for reading in (lambda: list(xml_records.xml_records(file, PLACES)), lambda: beside_records(file, PLACES)):
        with pytest.raises(ReadError) as refused:
            reading()
        assert str(refused.value).startswith(f"{file.name}{message}")


def test_too_much_beside_the_records_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_records, "_MOST_BESIDE_BYTES", 100)
    spaced = "<data>" + "<event/>\n      " * 100 + "</data>"
    assert beside_records(opened(tmp_path, spaced), PLACES).text == "<data></data>"
    with pytest.raises(ReadError, match="expected at most 100 bytes beside the records; found more"):
        beside_records(opened(tmp_path, spaced.replace("\n", "<!-- -->")), PLACES)


@pytest.mark.parametrize("content", ["<event><a>b</a></event>", "<event>"])
def test_a_record_that_was_read_leaves_nothing_for_the_garbage_collector(content: str) -> None:
    gc.collect()
    gc.disable()
    try:
        for _ in range(10):
            try:
                read_xml(SourceText(content))
            except ReadError:
                assert content == "<event>"
        assert gc.collect() == 0
    finally:
        gc.enable()
