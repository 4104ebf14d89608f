"""Make the environment that a script needs, and print the path of its Python.

    python3 script/environment.py run|dev|core

`run` holds what the program needs, `dev` the tools and tests as well, both in `.venv`; `core` holds everything but Qt,
in `.venv-core`. CONFLICT_TIMELINE_VENV names another folder; PYTHON names an interpreter, which the scripts start
this file with. Standard output is the path alone, the rest goes to standard error. An interpreter too old for the
program gets a sentence and not a syntax error: what stands here runs since Python 3.8.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import system_libraries
from say import SetUpError, say

PROJECT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 13)
STAMP_NAME = "conflict-timeline.json"
LINK_NAME = "conflict_timeline_checkout.pth"


def main(arguments: Sequence[str]) -> int:
    """Make the environment named by the first argument, where it is not there yet, and print its Python."""
    kind = arguments[0]
    folder = environment_folder(kind)
    try:
        if not is_current(folder, kind):
            use_supported_python()
            folder.parent.mkdir(parents=True, exist_ok=True)
            with one_at_a_time(folder):
                # Whoever waited for the lock may find the work done.
                if not is_current(folder, kind):
                    set_up(folder, kind)
    except SetUpError as error:
        say(str(error))
        return 2
    except OSError as error:
        say(f"{folder} cannot be set up: {error}")
        return 2
    sys.stdout.write(f"{folder / 'bin' / 'python'}\n")
    return 0


def environment_folder(kind: str) -> Path:
    """Give the folder of an environment: in the project, or where CONFLICT_TIMELINE_VENV says."""
    folder = Path(os.environ.get("CONFLICT_TIMELINE_VENV") or PROJECT / ".venv").expanduser().absolute()
    return folder.with_name(f"{folder.name}-core") if kind == "core" else folder


def is_current(folder: Path, kind: str) -> bool:
    """Tell whether the environment is whole, in its place, and holds what its lock file names now."""
    stamp = read_stamp(folder)
    locks = stamp.get("locks")
    if not is_whole(folder, stamp) or not isinstance(locks, dict) or locks.get(kind) != lock_hash(kind):
        return False
    return any(folder.glob(f"lib/python3.*/site-packages/{LINK_NAME}"))


def is_whole(folder: Path, stamp: dict[str, object]) -> bool:
    """Tell whether the environment was made here, for this project, by a Python that is still the same one."""
    python = folder / "bin" / "python"
    made_for = (str(folder), str(PROJECT), str(python.resolve()))
    if not python.exists() or (stamp.get("folder"), stamp.get("project"), stamp.get("executable")) != made_for:
        return False
    return not os.environ.get("PYTHON") or stamp.get("version") == list(sys.version_info[:3])


def read_stamp(folder: Path) -> dict[str, object]:
    """Read what the last set-up wrote down; nothing when there was none."""
    try:
        stamp = json.loads((folder / STAMP_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def lock_hash(kind: str) -> str:
    """Hash the lock file of an environment."""
    return hashlib.sha256(lock_file(kind).read_bytes()).hexdigest()


def lock_file(kind: str) -> Path:
    """Give the file that names every package of an environment with its version and hashes."""
    return PROJECT / "requirements" / f"{kind}.lock"


@contextlib.contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a lock beside the folder, so that two runs at once do not set up into each other."""
    with folder.with_name(f"{folder.name}.lock").open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Waiting for another set-up of {folder} to finish.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def use_supported_python() -> None:
    """Go on with this interpreter or, where it is not supported and nobody asked for it, with another one."""
    if is_supported(sys.version_info[:2]):
        return
    if not os.environ.get("PYTHON"):
        for minor in range(NEWEST_PYTHON[1], OLDEST_PYTHON[1] - 1, -1):
            python = shutil.which(f"python3.{minor}")
            if python and subprocess.run([python, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0:
                os.execv(python, [python, "-E", "-s", *sys.argv])
    raise SetUpError(
        f"{sys.executable} is Python {version_text()}, and the program needs Python 3.{OLDEST_PYTHON[1]} to "
        f"3.{NEWEST_PYTHON[1]}: name one as PYTHON=/path/to/python3.{NEWEST_PYTHON[1]}"
    )


def is_supported(version: Sequence[int]) -> bool:
    """Tell whether the program is tested with a version of Python."""
    return OLDEST_PYTHON <= (version[0], version[1]) <= NEWEST_PYTHON


def version_text() -> str:
    """Write the version of this interpreter."""
    return ".".join(str(number) for number in sys.version_info[:3])


def set_up(folder: Path, kind: str) -> None:
    """Make or complete the environment; the stamp names the lock at the end, so what was interrupted is done again."""
    stamp = read_stamp(folder)
    version = usable_version(folder, stamp)
    if version is None:
        make_environment(folder, stamp)
        version = list(sys.version_info[:3])
        stamp = {}
    known = stamp.get("locks")
    locks = dict(known) if isinstance(known, dict) else {}
    locks.pop(kind, None)
    write_stamp(folder, version, locks)
    say(f"Installing what {'the program needs' if kind == 'run' else 'the tests need'} into {folder}.")
    install(folder, lock_file(kind))
    link_project(folder)
    if kind != "core":
        system_libraries.provide(folder)
    locks[kind] = lock_hash(kind)
    if kind == "dev":
        locks["run"] = lock_hash("run")  # the development set holds the same versions, and more
    write_stamp(folder, version, locks)


def usable_version(folder: Path, stamp: dict[str, object]) -> list[int] | None:
    """Give the version of an environment that can be completed where it stands; nothing for one that has to be made."""
    if stamp and not is_whole(folder, stamp):
        return None
    question = "import pip, sys; print(*sys.version_info[:3], sep='.')"
    try:
        answer = subprocess.run(
            [str(folder / "bin" / "python"), "-c", question],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    version = [int(number) for number in answer.stdout.decode().split(".")]
    wanted = list(sys.version_info[:3]) if os.environ.get("PYTHON") else version
    return version if is_supported(version) and version == wanted else None


def make_environment(folder: Path, stamp: dict[str, object]) -> None:
    """Make an empty environment with pip, in place of one of ours that is broken, moved, or of another Python."""
    if folder.is_symlink():
        # What it leads to would be emptied, and may serve other checkouts.
        raise SetUpError(
            f"{folder} is a link to an environment of another checkout: remove the link, or name a new folder as "
            "CONFLICT_TIMELINE_VENV"
        )
    is_ours = bool(stamp) or folder.parent == PROJECT
    if not is_ours and folder.exists() and any(folder.iterdir()):
        raise SetUpError(
            f"{folder} is not empty: CONFLICT_TIMELINE_VENV must name a new folder, or a working environment"
        )
    say(f"Making {folder} with Python {version_text()}; this is done once.")
    # A link to the interpreter of another environment would go with that environment.
    base = getattr(sys, "_base_executable", sys.executable)
    run([base, "-m", "venv", "--clear", "--without-pip", str(folder)])
    python = str(folder / "bin" / "python")
    if run([python, "-m", "ensurepip"], may_fail=True):
        return
    # Debian keeps ensurepip in a package of its own; the system's pip can put itself into an environment.
    if run([base, "-m", "pip", "--python", python, "install", "--quiet", "pip"], may_fail=True):
        return
    system_libraries.install_packages(["python3-venv"], "Python lacks its installer")
    run([python, "-m", "ensurepip"])


def install(folder: Path, lock: Path) -> None:
    """Install exactly the files that the lock names; the indexes and caches are pip's own settings."""
    pip = [
        str(folder / "bin" / "python"),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-input",
    ]
    run([*pip, "--require-hashes", "--only-binary=:all:", "--requirement", str(lock)])


def link_project(folder: Path) -> None:
    """Make the package importable in the environment from where it stands."""
    for site_packages in (folder / "lib").glob("python3.*/site-packages"):
        (site_packages / LINK_NAME).write_text(f"{PROJECT}\n", encoding="utf-8")


def write_stamp(folder: Path, version: list[int], locks: dict[str, str]) -> None:
    """Write down what the environment was made of, in one step."""
    stamp = {
        "folder": str(folder),
        "project": str(PROJECT),
        "executable": str((folder / "bin" / "python").resolve()),
        "version": version,
        "locks": locks,
    }
    unfinished = folder / f"{STAMP_NAME}.new"
    unfinished.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    unfinished.replace(folder / STAMP_NAME)


def run(command: Sequence[str], *, may_fail: bool = False) -> bool:
    """Run a command with its output on standard error; a failure that matters ends the set-up and names the command.

    What may fail runs without a word, since something else is tried after it.
    """
    output = subprocess.DEVNULL if may_fail else sys.stderr
    done = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, check=False)
    if done.returncode and not may_fail:
        raise SetUpError(f"this command failed with status {done.returncode}: {' '.join(command)}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
