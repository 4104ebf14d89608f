"""Excerpts are looked up in the documents of their sources, and no other file is ever opened."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tests.readers.timelines import in_short, read_text, write
from timeline_app.core.dataset import Dataset
from timeline_app.core.event import Verified
from timeline_app.core.source_document import DocumentState
from timeline_app.readers import documents

ARTICLE = "“We won’t go,” he said — twice.\n\nThen  he\u00a0went to Ke\u0301pi."


def timeline(folder: Path, file: str, *, sha256: str = "", words: str = "he said") -> Dataset:
    source = f"{{file: '{file}', sha256: '{sha256}'}}"
    event = f"- {{title: A, when: 2024, excerpts: [{{source: s, text: '{words}'}}]}}"
    return read_text(folder, f"timeline_format: 1\nsources:\n  s: {source}\nevents:\n{event}\n")


def verified(dataset: Dataset) -> Verified:
    return dataset.events[0].excerpts[0].verified


def test_an_excerpt_that_is_missing_is_named_with_its_place(tmp_path: Path) -> None:
    write(tmp_path, ARTICLE, "article.md")
    dataset = timeline(tmp_path, "article.md", words="he lied")
    assert verified(dataset) is Verified.MISSING
    assert [in_short(problem) for problem in dataset.problems] == [
        "5:55 1 warning: text: expected words that stand in the document of the source; not found"
    ]


def test_an_excerpt_that_is_nearly_there_is_named_with_what_differs(tmp_path: Path) -> None:
    write(tmp_path, ARTICLE, "article.md")
    dataset = timeline(tmp_path, "article.md", words="Then he ran to Képi")
    excerpt = dataset.events[0].excerpts[0]
    assert excerpt.verified is Verified.NEAR
    assert excerpt.found is not None
    assert ARTICLE[excerpt.found.start : excerpt.found.end] == "Then  he\u00a0went to Ke\u0301pi"
    assert [in_short(problem) for problem in dataset.problems] == [
        (
            "5:55 1 warning: text: expected words that stand in the document of the source; found nearly the same: "
            "“ran” is “went” in the document"
        )
    ]


def test_comparing_words_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_STEPS", 0)
    write(tmp_path, ARTICLE, "article.md")
    assert verified(timeline(tmp_path, "article.md", words="Then he ran to Képi")) is Verified.MISSING


def test_the_words_of_a_claim_are_looked_up_too(tmp_path: Path) -> None:
    write(tmp_path, ARTICLE, "article.txt")
    dataset = read_text(
        tmp_path,
        "timeline_format: 1\nsources: {s: {file: article.txt}}\nevents:\n"
        "- {title: A, when: 2024, claims: [{about: a, value: 1, source: s, excerpt: he lied}]}\n",
    )
    assert [in_short(problem) for problem in dataset.problems] == [
        "4:76 1 warning: excerpt: expected words that stand in the document of the source; not found"
    ]
    (claim,) = dataset.events[0].claims
    assert (claim.verified, claim.found) == (Verified.MISSING, None)


def test_a_document_that_has_changed_is_reported_and_still_used(tmp_path: Path) -> None:
    content = ARTICLE.encode()
    write(tmp_path, content, "article.txt")
    right = hashlib.sha256(content).hexdigest()
    assert timeline(tmp_path, "article.txt", sha256=right.upper()).problems == ()
    dataset = timeline(tmp_path, "article.txt", sha256="0" * 64)
    assert verified(dataset) is Verified.EXACT
    assert [in_short(problem) for problem in dataset.problems] == [
        f"3:36 0 warning: sha256: article.txt has changed since this hash was recorded; it has {right} now"
    ]


@pytest.mark.parametrize(
    "file",
    [
        "../outside.txt",
        "sub/../../outside.txt",
        "/etc/hosts.txt",
        "C:\\outside.txt",
        "\\\\host\\share\\a.txt",
        "..\\outside.txt",
    ],
)
def test_a_path_out_of_the_folder_is_refused_and_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    write(tmp_path, ARTICLE, "outside.txt")
    opened = opened_files(monkeypatch)
    dataset = timeline(folder, file)
    assert verified(dataset) is Verified.NO_DOCUMENT
    assert [in_short(problem) for problem in dataset.problems] == [
        f'3:13 0 warning: file: expected a path below the timeline\'s folder; found "{file}"'
    ]
    assert opened == [str(folder / "timeline.yaml")]


def test_a_symbolic_link_out_of_the_folder_is_refused_and_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    (folder / "link.txt").symlink_to(write(tmp_path, ARTICLE, "outside.txt"))
    (folder / "here").symlink_to(tmp_path)
    opened = opened_files(monkeypatch)
    for file in ("link.txt", "here/outside.txt"):
        dataset = timeline(folder, file)
        assert [in_short(problem) for problem in dataset.problems] == [
            f'3:13 0 warning: file: "{file}" leads out of the timeline\'s folder; expected a file inside it'
        ]
    assert set(opened) == {str(folder / "timeline.yaml")}


def test_a_symbolic_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(write(tmp_path, ARTICLE, "article.txt"))
    assert verified(timeline(tmp_path, "link.txt")) is Verified.EXACT


def test_a_link_that_goes_round_in_circles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    dataset = timeline(tmp_path, "a.txt")
    assert verified(dataset) is Verified.NO_DOCUMENT
    assert [(problem.line, problem.column) for problem in dataset.problems] == [(3, 13)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "article.txt: there is no such file"),
        (b"a\nb\xff", "article.txt:2:2: byte 4 (0xFF) is not UTF-8; expected a text file in UTF-8"),
    ],
)
def test_a_document_that_cannot_be_read(tmp_path: Path, content: bytes | None, message: str) -> None:
    if content is not None:
        write(tmp_path, content, "article.txt")
    dataset = timeline(tmp_path, "article.txt")
    assert verified(dataset) is Verified.NO_DOCUMENT
    assert [in_short(problem) for problem in dataset.problems] == [f"3:13 0 warning: file: {message}"]


def test_a_folder_and_a_pipe_are_not_documents(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    dataset = timeline(tmp_path, "folder.txt")
    assert dataset.problems[0].message == "file: folder.txt: this is a folder; expected a file"
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        assert timeline(tmp_path, "pipe.txt").problems[0].message == "file: pipe.txt: this is a pipe; expected a file"


def test_other_kinds_of_documents_are_noted_and_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "PK", "article.docx")
    opened = opened_files(monkeypatch)
    dataset = timeline(tmp_path, "article.docx")
    assert verified(dataset) is Verified.NO_DOCUMENT
    assert [in_short(problem) for problem in dataset.problems] == [
        (
            "3:13 0 note: file: expected a document ending in .txt, .text, .md, .markdown, .html, .htm, .xhtml, .eml, "
            '.pdf; found "article.docx", in which excerpts are not looked up'
        )
    ]
    assert opened == [str(tmp_path / "timeline.yaml")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.HTML", "<h1>A</h1><p>There <b>he</b> said:"),
        ("a.htm", "<p>he\nsaid"),
        ("a.eml", "Subject: a\nContent-Type: text/html\n\n<p>he <i>said</i></p>"),
        ("a.markdown", "# A\n\nhe said"),
    ],
)
def test_pages_and_mails_are_looked_up_in(tmp_path: Path, name: str, content: str) -> None:
    write(tmp_path, content, name)
    assert verified(timeline(tmp_path, name)) in {Verified.EXACT, Verified.NORMALISED}


def test_a_document_whose_words_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, "no mail", "a.eml")
    dataset = read_text(
        tmp_path,
        "timeline_format: 1\nsources: {s: {file: a.eml}}\nevents:\n- title: A\n  when: 2024\n"
        "  excerpts: [{source: s, text: one}, {source: s, text: two}]\n",
    )
    assert [excerpt.verified for excerpt in dataset.events[0].excerpts] == [Verified.NO_DOCUMENT] * 2
    assert [in_short(problem) for problem in dataset.problems] == [
        "2:21 0 warning: file: a.eml: expected an e-mail that begins with lines such as “From:” and “Subject:”"
    ]
    document = dataset.sources["s"].document
    assert document is not None
    assert (document.state, document.file) == (DocumentState.UNREADABLE, "a.eml")
    assert document.why.startswith("a.eml: expected an e-mail")


def test_a_source_says_what_became_of_its_document(tmp_path: Path) -> None:
    content = ARTICLE.encode()
    write(tmp_path, content, "article.txt")
    right = hashlib.sha256(content).hexdigest()
    states = {}
    for sha256 in ("", right, "0" * 64):
        document = timeline(tmp_path, "article.txt", sha256=sha256).sources["s"].document
        assert document is not None
        assert (document.folder, document.sha256, document.why) == (str(tmp_path), right, "")
        states[sha256] = document.state
    assert list(states.values()) == [DocumentState.NO_HASH, DocumentState.UNCHANGED, DocumentState.CHANGED]
    gone = timeline(tmp_path, "gone.txt").sources["s"].document
    assert gone is not None
    assert (gone.state, gone.why) == (DocumentState.UNREADABLE, "gone.txt: there is no such file")


def test_a_document_of_several_sources_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, ARTICLE, "article.txt")
    opened = opened_files(monkeypatch)
    sources = "sources: {a: {file: article.txt}, b: {file: article.txt}}"
    excerpts = "[{source: a, text: he said}, {source: b, text: twice.}]"
    dataset = read_text(
        tmp_path, f"timeline_format: 1\n{sources}\nevents: [{{title: A, when: 2024, excerpts: {excerpts}}}]\n"
    )
    assert [excerpt.verified for excerpt in dataset.events[0].excerpts] == [Verified.EXACT] * 2
    assert opened == [str(tmp_path / "timeline.yaml"), str(tmp_path / "article.txt")]


def test_looking_up_is_bounded_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_CHARACTERS_SEARCHED", len(ARTICLE))
    write(tmp_path, ARTICLE, "article.txt")
    excerpts = ", ".join("{source: s, text: he said}" for _ in range(4))
    dataset = read_text(
        tmp_path,
        "timeline_format: 1\nsources: {s: {file: article.txt}}\n"
        f"events: [{{title: A, when: 2024, excerpts: [{excerpts}]}}]\n",
    )
    found = [excerpt.verified for excerpt in dataset.events[0].excerpts]
    assert found == [Verified.EXACT] * 2 + [Verified.NO_DOCUMENT] * 2
    assert [problem.message for problem in dataset.problems] == [
        "from here on excerpts are not looked up: documents and excerpts are too many"
    ]


def opened_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that every file which a reader opens is added to."""
    opened: list[str] = []
    real_open = os.open

    def recording_open(file: Path, flags: int) -> int:
        opened.append(str(file))
        return real_open(file, flags)

    monkeypatch.setattr("timeline_app.readers.source_file.os.open", recording_open)
    return opened
