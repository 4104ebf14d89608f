"""Setting up keeps what is whole, makes again what is not, and deletes nothing that it did not make."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import environment
import system_libraries
from say import SetUpError

pytestmark = pytest.mark.once

PROJECT = Path(__file__).resolve().parent.parent
SCRIPTS = ("run", "test")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that looks like an environment which a set-up has finished."""
    made = tmp_path / "environment"
    site_packages = made / "lib" / "python3.11" / "site-packages"
    site_packages.mkdir(parents=True)
    (made / "bin").mkdir()
    (made / "bin" / "python").symlink_to(sys.executable)
    (site_packages / environment.LINK_NAME).write_text(str(PROJECT), encoding="utf-8")
    monkeypatch.setenv("CONFLICT_TIMELINE_VENV", str(made))
    monkeypatch.delenv("PYTHON", raising=False)
    environment.write_stamp(made, list(sys.version_info[:3]), {"run": environment.lock_hash("run")})
    return made


def test_a_finished_environment_is_used_as_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert environment.main(["run"]) == 0
    assert capsys.readouterr() == (f"{folder / 'bin' / 'python'}\n", "")


def test_one_kind_does_not_stand_for_another(folder: Path) -> None:
    assert environment.is_current(folder, "run")
    assert not environment.is_current(folder, "dev")


def test_a_changed_lock_file_is_noticed(folder: Path) -> None:
    environment.write_stamp(folder, list(sys.version_info[:3]), {"run": "another"})
    assert not environment.is_current(folder, "run")


def test_a_moved_environment_is_noticed(folder: Path) -> None:
    moved = folder.rename(folder.with_name("moved"))
    assert not environment.is_current(moved, "run")


def test_a_broken_environment_is_noticed(folder: Path) -> None:
    (folder / "bin" / "python").unlink()
    assert not environment.is_current(folder, "run")


def test_an_emptied_environment_is_noticed(folder: Path) -> None:
    next(folder.glob(f"lib/*/site-packages/{environment.LINK_NAME}")).unlink()
    assert not environment.is_current(folder, "run")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"locks": 1}'])
def test_a_damaged_stamp_is_no_stamp(folder: Path, content: str) -> None:
    (folder / environment.STAMP_NAME).write_text(content, encoding="utf-8")
    assert not environment.is_current(folder, "run")


def test_an_environment_of_another_python_is_noticed_when_one_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.write_stamp(folder, [3, 99, 0], {"run": environment.lock_hash("run")})
    assert environment.is_current(folder, "run")
    monkeypatch.setenv("PYTHON", sys.executable)
    assert not environment.is_current(folder, "run")


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    monkeypatch.setenv("CONFLICT_TIMELINE_VENV", str(tmp_path))
    assert environment.main(["run"]) == 2
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_an_environment_behind_a_link_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.rglob("*"))
    link = folder.with_name("link")
    link.symlink_to(folder)
    monkeypatch.setenv("CONFLICT_TIMELINE_VENV", str(link))
    assert environment.main(["run"]) == 2
    assert "is a link to an environment of another checkout" in capsys.readouterr().err
    assert sorted(folder.rglob("*")) == before


def test_an_unsupported_python_that_was_asked_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON", "python3.10")
    monkeypatch.setattr(environment, "NEWEST_PYTHON", (3, 0))
    with pytest.raises(SetUpError, match=r"the program needs Python 3\.11 to"):
        environment.use_supported_python()


def test_the_environment_without_qt_stands_beside_the_other(folder: Path) -> None:
    assert environment.environment_folder("core") == folder.with_name("environment-core")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_python_that_is_not_there_is_named_in_one_sentence(script: str) -> None:
    variables = {**os.environ, "PYTHON": "python-that-is-not-there"}
    done = subprocess.run([PROJECT / "script" / script], env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("python-that-is-not-there is not there")


def test_missing_libraries_are_read_from_the_linker() -> None:
    answer = (
        "libqxcb.so:\n\tlibxcb-cursor.so.0 => not found\n\tlibEGL.so.1 => /usr/lib/libEGL.so.1 (0x7f00)\n"
        "libQt6Gui.so.6:\n\tlibEGL.so.1 => not found\n\tlibxcb-cursor.so.0 => not found\n"
    )
    assert system_libraries.parse_missing(answer) == ["libEGL.so.1", "libxcb-cursor.so.0"]


def test_libraries_are_named_by_their_packages() -> None:
    libraries = ["libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1", "libnew.so.7"]
    assert system_libraries.packages_of(libraries) == ["libegl1", "libglib2.0-0", "libnew.so.7"]


def test_a_user_gets_the_line_to_paste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetUpError, match=r"Qt lacks it; this brings it: sudo apt-get install -y libegl1 libgl1$"):
        system_libraries.install_packages(["libegl1", "libgl1"], "Qt lacks it")


def test_missing_libraries_do_not_stop_what_needs_no_qt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda _environment: ["libEGL.so.1"])
    system_libraries.provide(tmp_path)
    assert capsys.readouterr().err == "Qt lacks libEGL.so.1; this brings it: sudo apt-get install -y libegl1\n"


@pytest.mark.parametrize("kind", ["run", "dev", "core"])
def test_a_lock_file_pins_and_hashes_everything_and_names_no_server(kind: str) -> None:
    text = environment.lock_file(kind).read_text(encoding="utf-8")
    entries = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert entries
    assert all("==" in line and line.endswith("\\") for line in entries)
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert ("pyside6-essentials==" in text) == (kind != "core")


def test_the_lock_files_agree_with_each_other() -> None:
    run, dev, core = (pinned(kind) for kind in ("run", "dev", "core"))
    assert run <= dev
    assert core <= dev


def pinned(kind: str) -> set[str]:
    """List the versions that a lock file names."""
    text = environment.lock_file(kind).read_text(encoding="utf-8")
    return {
        line.split("\\")[0].strip() for line in text.splitlines() if "==" in line and not line.startswith((" ", "#"))
    }
