"""The wheel carries the program whole, and what is installed from it works away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

pytestmark = pytest.mark.once

PROJECT = Path(__file__).resolve().parent.parent
PROGRAMS = "Scripts" if sys.platform == "win32" else "bin"


class Installed(NamedTuple):
    """The wheel, and the fresh environment that it was installed into."""

    wheel: Path
    environment: Path

    @property
    def site_packages(self) -> Path:
        """Give the folder of the environment's packages."""
        return Path(sysconfig.get_path("purelib", "venv", {"base": str(self.environment)}))


def run(command: Sequence[str | Path], folder: Path) -> str:
    """Run a command in a folder, with nothing of the checkout in its environment, and give what it prints."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "PIP_"))}
    done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel and install it, without a network: its dependencies are those of the environment of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder], PROJECT)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    run([sys.executable, "-m", "venv", "--without-pip", environment], folder)
    found = Installed(wheel, environment)
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", environment / PROGRAMS / "python"]
    run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], folder)
    (found.site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return found


def test_nothing_but_the_package_lands_at_the_top_of_site_packages(installed: Installed) -> None:
    found = {path.name for path in installed.site_packages.iterdir()} - {"dependencies.pth"}
    (metadata,) = (name for name in found if name.endswith(".dist-info"))
    assert found == {"timeline_app", metadata}


@pytest.mark.parametrize("folder", ["events", "resources"])
def test_every_file_of_a_data_folder_is_inside_the_package(installed: Installed, folder: str) -> None:
    expected = {path.relative_to(PROJECT).as_posix() for path in (PROJECT / folder).rglob("*") if path.is_file()}
    assert expected
    with zipfile.ZipFile(installed.wheel) as archive:
        names = {name.removeprefix("timeline_app/") for name in archive.namelist()}
    assert expected <= names


def test_the_parts_of_the_html_page_are_inside_the_package(installed: Installed) -> None:
    parts = {path.name for path in (PROJECT / "timeline_app/writers/page").iterdir()}
    found = {path.name for path in (installed.site_packages / "timeline_app/writers/page").iterdir()}
    assert "page.html" in parts
    assert found == parts


def test_the_licence_goes_along(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        names = archive.namelist()
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "timeline_app/resources/fonts/OFL.txt" in names


def test_the_installed_command_lists_the_bundled_timeline_from_another_folder(
    installed: Installed, tmp_path: Path
) -> None:
    command = installed.environment / PROGRAMS / "conflict-timeline"
    lines = run([command, "list", "--format", "jsonl"], tmp_path).splitlines()
    assert len(lines) >= 18
    assert all({"id", "title", "when"} <= json.loads(line).keys() for line in lines)


def test_the_installed_package_is_not_the_checkout(installed: Installed, tmp_path: Path) -> None:
    question = "import timeline_app; print(timeline_app.__file__)"
    answer = run([installed.environment / PROGRAMS / "python", "-c", question], tmp_path)
    assert Path(answer.strip()).is_relative_to(installed.site_packages)
