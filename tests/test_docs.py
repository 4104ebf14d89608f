"""What the documentation says is true: its tables are the program's own, its examples run, what it names is there."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import struct
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

import timeline_app
from tests.helpers.guide_tables import TABLES, USUAL_TYPES
from tests.helpers.markdown import anchor, code_blocks, headings, marked, rows, section, without_code
from tests.helpers.tables import row_of
from tests.test_layers import MAY_IMPORT
from timeline_app.cli import main
from timeline_app.commands import arguments
from timeline_app.commands.inputs import wanted_filter
from timeline_app.commands.pictures import PICTURE_FORMATS
from timeline_app.commands.window import is_plain
from timeline_app.core.citation import citation
from timeline_app.core.edtf_date import SEASONS
from timeline_app.core.errors import WhenError
from timeline_app.core.event import Basis, Verified
from timeline_app.core.pairs import DIRECTED_ROLES
from timeline_app.core.when import PAST_S, bounds_iso, in_words, parse
from timeline_app.loading import load_table
from timeline_app.readers import native, native_actors, native_event, native_sources, read, readers
from timeline_app.writers import writers

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent
PACKAGE = Path(timeline_app.__file__).parent
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
TEXTS = (*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md")), *sorted((ROOT / "resources").rglob("*.md")))
LARGEST_PICTURE_BYTES = 300_000
LARGEST_REAL_PICTURE_BYTES = 150_000
LICENCES = ("CC0", "CC BY", "BSD", "MPL", "MIT", "free to use with this citation")
WINDOW_SIZE_PX = (1440, 900)
FEWEST_COLOURS = 10  # letters have smooth edges, an empty pane has one colour or two

KEYS_BY_HEADING = {
    "The file": native.KEYS,
    "Sources": native_sources._KEYS,
    "Actors": native_actors._KEYS,
    "Events": native_event.EVENT_KEYS,
    "Excerpts": native_event._EXCERPT_KEYS,
    "Claims": native_event._CLAIM_KEYS,
}
SMALL_MAPPINGS = {
    "Actors": native_actors._MEMBERSHIP_KEYS,
    "Events": native_event._ACTOR_KEYS | native_event._LOCATION_KEYS | native_event._LINK_KEYS,
}


class Example(NamedTuple):
    """A command line of a document, and the exit status that it says."""

    words: tuple[str, ...]
    status: int


def title(path: Path) -> str:
    """Name a document by its path in the project."""
    return path.relative_to(ROOT).as_posix()


def text_of(name: str) -> str:
    """Read a document of docs/."""
    return (DOCS / name).read_text(encoding="utf-8")


def examples(text: str) -> Iterator[Example]:
    """Give the command lines of the program that stand in blocks of shell; `# exit 1` after one tells its status."""
    for line in "".join(code_blocks(text, "sh")).splitlines():
        command = re.match(r"(?:conflict-timeline|script/run)(?: |$)", line)
        if command:
            status = re.search(r"# exit (\d)", line)
            yield Example(tuple(shlex.split(line[command.end() :], comments=True)), int(status[1]) if status else 0)


# The guide


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_guide_is_the_programs_own(name: str) -> None:
    remedy = "python -m tests.helpers.guide_tables brings the guide up to date"
    assert marked(text_of("guide.md"), name) == TABLES[name](), remedy


def test_the_usual_types_are_told() -> None:
    told = re.findall(r"`([a-z]+)`", section(text_of("file-format.md"), "Types"))
    assert tuple(told) == USUAL_TYPES


def test_the_roles_that_give_a_direction_are_told() -> None:
    told = [
        [re.findall(r"`([a-z]+)`", cell) for cell in row] for row in rows(section(text_of("file-format.md"), "Roles"))
    ]
    assert [[list(side) for side in sides] for sides in DIRECTED_ROLES] == [row for row in told if all(row)]


def test_every_format_stands_in_the_guide_and_on_the_page_of_the_command_line() -> None:
    for name in ("guide.md", "command-line.md"):
        cells = {row[0].strip("`"): row for row in rows(text_of(name))}
        endings = {one.name: one.endings for one in readers()} | {one.name: one.endings for one in writers()}
        for one, own_endings in endings.items():
            assert one in cells, f"{name} has no row for the format {one}"
            assert all(f"`{ending}`" in cells[one][1] for ending in own_endings), name
        assert {*PICTURE_FORMATS} <= set(cells), name


# The command line


def usages(action: argparse.Action) -> list[str]:
    """Write how an option is given, once for each of its names, as in a table."""
    if action.metavar:
        value = f" {action.metavar}"
    elif action.choices:
        value = " " + "\\|".join(map(str, action.choices))
    else:
        value = ""
    return [f"`{option}{value}`" for option in action.option_strings]


@pytest.mark.parametrize("command", ["", *arguments.COMMANDS])
def test_every_option_of_a_command_stands_on_its_page_and_no_other(command: str) -> None:
    page = text_of("command-line.md")
    own = section(page, f"`{command}`" if command else "The window")
    told = own + "".join(section(page, shared) for shared in ("Files", "Filters") if f"(#{shared.lower()})" in own)
    parser = arguments._parser(command)
    options = [action for action in parser._actions if action.option_strings and action.dest != "help"]
    missing = [usage for action in options for usage in usages(action) if usage not in told]
    assert missing == []
    known = {name for action in options for name in action.option_strings}
    named = {name for row in rows(told) for name in re.findall(r"`(--?[\w-]+)", row[0])}
    assert named <= known


def document_examples() -> list[object]:
    """List the examples of all documents, each named by its document and its words."""
    found = {(title(path), example): None for path in TEXTS for example in examples(path.read_text(encoding="utf-8"))}
    return [pytest.param(example, id=f"{name}: {' '.join(example.words)[:60]}") for name, example in found]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder to work in, with the timelines and the example of the file format where examples look for them."""
    (tmp_path / "events").symlink_to(ROOT / "events")
    (tmp_path / "my-timeline.yaml").write_text(code_blocks(text_of("file-format.md"), "yaml")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("example", document_examples())
def test_an_example_runs(example: Example, capsys: pytest.CaptureFixture[str]) -> None:
    words = example.words
    if words and words[-1] in {"--help", "--version"}:
        with pytest.raises(SystemExit, match="0"):
            main(words)
    elif not words or words[0] not in arguments.COMMANDS:  # The window stays open: only what it is asked for is read.
        _, given = arguments.parse_arguments(words)
        assert is_plain(given) or wanted_filter(given) is not None
    elif {Path(word).suffix for word in words} & {f".{kind}" for kind in PICTURE_FORMATS}:
        run_apart(words)
    else:
        assert main(words) == example.status, capsys.readouterr().err


def run_apart(words: Sequence[str]) -> None:
    """Run the program in a process of its own, since a picture takes the application object and styles it."""
    variables = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "timeline_app", *words]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_object_that_the_page_shows_is_the_one_that_list_writes(capsys: pytest.CaptureFixture[str]) -> None:
    lines = re.search(r"^ {4}\{.*?[\]}]\}$", section(text_of("command-line.md"), "`list`"), re.MULTILINE | re.DOTALL)
    assert lines
    told = json.loads(lines[0])
    main(["list", "--find", told["title"], "--format", "jsonl"])
    written = json.loads(capsys.readouterr().out)
    for record in (told, written):  # The words are left out on the page, and lines move when the timeline is edited.
        record["excerpts"] = [{**excerpt, "text": ""} for excerpt in record["excerpts"]]
        record["origin"] = sorted(record["origin"])
    assert list(told.items()) == list(written.items())


def test_the_citation_that_the_guide_shows_is_the_one_that_is_copied() -> None:
    table = load_table([])
    excerpt = table.event(row_of(table, "mutual-assistance-pact")).excerpts[0]
    quoted = re.search(r"^> (.+)$", section(text_of("guide.md"), "Citing"), re.MULTILINE)
    assert quoted
    assert quoted[1] == citation(excerpt, table.source_by_key[excerpt.source])


def test_the_exit_statuses_are_told() -> None:
    told = {row[0] for row in rows(section(text_of("command-line.md"), "Exit status"))}
    assert told == {"`0`", "`1`", "`2`", "`130`"}


# The file format


@pytest.mark.parametrize("number", range(len(code_blocks(text_of("file-format.md"), "yaml"))))
def test_an_example_of_the_file_format_is_read_without_a_problem(number: int, tmp_path: Path) -> None:
    path = tmp_path / "example.yaml"
    path.write_text(code_blocks(text_of("file-format.md"), "yaml")[number], encoding="utf-8")
    dataset = read(path)
    assert dataset.events
    assert dataset.problems == ()


@pytest.mark.parametrize("heading", KEYS_BY_HEADING)
def test_every_key_of_the_file_format_is_told_and_no_other(heading: str) -> None:
    part = section(text_of("file-format.md"), heading).partition("\n### ")[0]
    assert {row[0].strip("`") for row in rows(part)} == set(KEYS_BY_HEADING[heading])
    inside = set(re.findall(r"\w+", " ".join(re.findall(r"`[^`]+`", part))))
    assert SMALL_MAPPINGS.get(heading, frozenset()) <= inside


def bound_words(bound: str | None, bound_s: int) -> str:
    """Write one bound of a date as the page does."""
    return bound or ("−∞" if bound_s == PAST_S else "∞")


def date_row(text: str) -> list[str]:
    """Write what a date means as a row of the page: two equal bounds are one text."""
    when = parse(text)
    start, end = bounds_iso(when)
    began = map(bound_words, start, (when.start_earliest_s, when.start_latest_s))
    ended = map(bound_words, end, (when.end_earliest_s, when.end_latest_s))
    return [f"`{text}`", in_words(when), *(" … ".join(dict.fromkeys(bounds)) for bounds in (began, ended))]


def test_every_date_means_what_the_page_says() -> None:
    told = rows(marked(text_of("file-format.md"), "dates"))
    assert len(told) >= 30
    assert told == [date_row(row[0].strip("`")) for row in told]


def test_every_refused_date_is_refused_with_the_reason_told() -> None:
    told = rows(marked(text_of("file-format.md"), "refused"))
    assert len(told) >= 10
    for written, reason in told:
        with pytest.raises(WhenError, match=re.escape(reason)):
            parse(written.strip("`"))


def test_every_season_and_quarter_is_told() -> None:
    told = rows(marked(text_of("file-format.md"), "seasons"))
    codes = [int(code) for row in told for code in re.findall(r"\d+", row[0])]
    assert sorted(codes) == sorted(SEASONS)
    for numbers, _, months in told:
        for code, written in zip(re.findall(r"\d+", numbers), months.split(", "), strict=True):
            start, end = bounds_iso(parse(f"2024-{code}"))
            first, last = (int(str(bound)[5:7]) for bound in (start[0], end[1]))
            assert written == f"{first:02}–{last:02}"


def test_the_words_for_how_a_date_is_known_and_how_an_excerpt_was_checked_are_told() -> None:
    page = text_of("file-format.md")
    assert {row[0].strip("`") for row in rows(section(page, "How a date is known"))} == set(Basis)
    assert {row[0].strip("`") for row in rows(section(page, "How excerpts are checked"))} == set(Verified)


# The architecture


def requirements() -> set[str]:
    """Name everything that pyproject.toml asks for, to run, to build and to develop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    asked = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    asked += [one for extra in project["project"].get("optional-dependencies", {}).values() for one in extra]
    asked += [one for group in groups for one in group if isinstance(one, str)]
    return {re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in asked}


def test_every_dependency_is_explained_and_no_other() -> None:
    told = rows(section(text_of("architecture.md"), "Dependencies"))
    assert {row[0].strip("`") for row in told} == requirements()
    assert all(len(row[-1]) > 20 for row in told)


def test_the_table_of_imports_is_the_one_that_is_tested() -> None:
    told = {
        row[0].strip("`"): set(re.findall(r"`([\w.]+)`", row[1]))
        for row in rows(section(text_of("architecture.md"), "Rooms"))
    }
    for package, allowed in MAY_IMPORT.items():
        assert told[package] == {name.removeprefix("timeline_app.") for name in allowed}
    packages = {path.parent.relative_to(PACKAGE).parts[0] for path in PACKAGE.glob("*/__init__.py")}
    assert packages <= set(told)


@pytest.mark.parametrize("path", TEXTS, ids=title)
def test_every_module_script_and_test_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    packages = "|".join(sorted(one.parent.name for one in PACKAGE.glob("*/__init__.py")))
    modules = re.findall(rf"(?<![\w/])((?:{packages})/[\w/]+\.py|(?:app|cli|loading|paths|runtime|__main__)\.py)", text)
    assert [name for name in modules if not (PACKAGE / name).is_file()] == []
    others = re.findall(r"(?<![\w/.])((?:timeline_app|tests|script|events|requirements|resources)/[\w/.-]*\w)", text)
    assert [name for name in others if not (ROOT / name).exists()] == []


# All documents


@pytest.mark.parametrize("path", TEXTS, ids=title)
def test_links_lead_somewhere_and_pictures_say_what_they_show(path: Path) -> None:
    text = without_code(path.read_text(encoding="utf-8"))
    for is_picture, words, target in re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)", text):
        assert words or not is_picture, f"the picture {target} has no words for those who do not see it"
        if "://" in target:
            continue
        file, _, fragment = target.partition("#")
        linked = (path.parent / file).resolve() if file else path
        assert linked.exists(), target
        if fragment:
            assert fragment in map(anchor, headings(linked.read_text(encoding="utf-8"))), target


@pytest.mark.parametrize("path", TEXTS, ids=title)
def test_no_path_of_a_single_machine_is_named(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.~/])/(?:home|work|tmp|root|usr|opt|var|mnt|Users)/\S*|\b[A-Z]:\\\S*", text) == []


def picture_size_px(path: Path) -> tuple[int, int]:
    """Read the width and the height of a PNG."""
    head = path.read_bytes()[:24]
    assert head.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", head[16:])
    return width, height


def test_the_pictures_are_shown_and_small() -> None:
    shown = {name for path in TEXTS for name in re.findall(r"pictures/([\w-]+\.png)", path.read_text(encoding="utf-8"))}
    assert shown == {path.name for path in PICTURES.iterdir()}
    assert [name for name in sorted(shown) if (PICTURES / name).stat().st_size > LARGEST_PICTURE_BYTES] == []
    for theme in ("light", "dark"):
        assert picture_size_px(PICTURES / f"window-{theme}.png") == WINDOW_SIZE_PX


def test_pictures_of_real_files_are_small_and_say_whose_they_are() -> None:
    text = (DOCS / "formats.md").read_text(encoding="utf-8")
    real = sorted(path.name for path in PICTURES.glob("real-*.png"))
    captions = {name: text.partition(f"(pictures/{name})")[2].split("\n\n")[1] for name in real}
    assert len(real) >= 5
    assert [name for name in real if (PICTURES / name).stat().st_size > LARGEST_REAL_PICTURE_BYTES] == []
    assert [name for name, caption in captions.items() if "Data: " not in caption] == []
    assert [name for name, caption in captions.items() if not any(one in caption for one in LICENCES)] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_of_the_window_shows_all_its_panes(theme: str) -> None:
    image = QImage(str(PICTURES / f"window-{theme}.png"))
    width, height = WINDOW_SIZE_PX
    strips = {
        "menu": QRect(0, 0, 240, 30),
        "actors": QRect(0, 80, 240, 500),
        "timeline": QRect(300, 130, 700, 500),
        "excerpt": QRect(width - 340, 130, 320, 500),
        "status": QRect(0, height - 28, 240, 28),
    }
    blank = [name for name, strip in strips.items() if len(_colours(image.copy(strip))) < FEWEST_COLOURS]
    assert blank == []


def _colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}


def test_the_changelog_ends_at_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", text, re.MULTILINE)
    assert versions[0] == timeline_app.__version__
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_tests_that_hold_the_evidence_features_to_their_promises_are_there() -> None:
    text = (DOCS / "evidence.md").read_text(encoding="utf-8")
    for heading in headings(text)[1:]:
        promises = rows(section(text, heading))
        assert promises, heading
        for promise, named in promises:
            tests = re.findall(r"`([\w/]+)::(\w+)`", named)
            assert tests or "script/bench" in named, promise
            for file, name in tests:
                source = (ROOT / "tests" / f"{file}.py").read_text(encoding="utf-8")
                assert f"def test_{name}(" in source, f"{promise}: {file}::{name}"
