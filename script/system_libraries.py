"""Find the system libraries that Qt lacks on this machine, and install or name the packages that hold them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from say import SetUpError, say

# The Debian and Ubuntu package of each library that the wheel of Qt expects from the system.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
FILES_FOR_PICTURES = ("libQt6Gui.so.6", "libQt6Widgets.so.6", "libQt6Svg.so.6", "libqoffscreen.so")
FILES_FOR_WINDOWS = ("libqxcb.so", "libqwayland.so")
# Latin, Greek and Cyrillic come with the program; a font with Hangul has Han as well, those with Arabic many more.
FONT_PACKAGES = {"Korean": "fonts-noto-cjk", "Arabic": "fonts-noto-core"}
# Asked of Qt and not of fontconfig's own tools, which a small machine may not have.
FONT_QUESTION = """
import sys
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
print(*[name for name in sys.argv[1:] if not QFontDatabase.families(QFontDatabase.WritingSystem[name])])
"""


def provide(environment: Path) -> None:
    """Install what Qt lacks where that is allowed, and name it in one line where it is not."""
    libraries = missing_libraries(environment)
    if libraries:
        packages = packages_of(libraries)
        try:
            install_packages(packages, f"Qt lacks {', '.join(libraries)}")
        except SetUpError as error:
            # Lists and exports of text work without Qt: the program itself says what it cannot do.
            say(str(error))
            return
    scripts = missing_scripts(environment)
    if scripts:
        try:
            install_packages(
                [FONT_PACKAGES[name] for name in scripts], f"No font here has {' or '.join(scripts)} letters"
            )
        except SetUpError as error:
            # Everything but these letters is drawn all the same.
            say(str(error))


def missing_libraries(environment: Path) -> list[str]:
    """List the libraries that the system's linker does not find for Qt's pictures and windows."""
    linker = shutil.which("ldd")
    if linker is None:
        return []
    wanted = FILES_FOR_PICTURES + FILES_FOR_WINDOWS
    files = [
        str(path) for path in environment.glob("lib/python3.*/site-packages/PySide6/Qt/**/*.so*") if path.name in wanted
    ]
    answer = subprocess.run([linker, *files], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return parse_missing(answer.stdout.decode())


def parse_missing(answer: str) -> list[str]:
    """Read the names of the libraries that ldd reports as not found."""
    return sorted(set(re.findall(r"^\s*(\S+) => not found", answer, re.MULTILINE)))


def packages_of(libraries: Iterable[str]) -> list[str]:
    """Name the packages that hold the libraries; a library that is not known is given by its own name."""
    return sorted({PACKAGES.get(library, library) for library in libraries})


def install_packages(packages: Sequence[str], reason: str) -> None:
    """Install packages of Debian or Ubuntu as root; raise SetUpError with the line to paste otherwise."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SetUpError(f"{reason}; this brings it: {command_line(packages)}")
    say(f"{reason}; installing {', '.join(packages)}.")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # An index that cannot be refreshed is no reason to stop: the installation tells whether it was needed.
    subprocess.run(
        ["apt-get", "-qq", "update"], stdout=sys.stderr, stdin=subprocess.DEVNULL, env=environment, check=False
    )
    command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages]
    done = subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, env=environment, check=False)
    if done.returncode:
        raise SetUpError(f"{reason}, and apt-get could not install it: {command_line(packages)}")


def command_line(packages: Sequence[str]) -> str:
    """Write the line that a person pastes to install packages."""
    prefix = "" if os.geteuid() == 0 else "sudo "
    return f"{prefix}apt-get install -y {' '.join(packages)}"


def missing_scripts(environment: Path) -> list[str]:
    """Ask Qt which of the scripts that the program leaves to the system no font of this machine has."""
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    question = [str(environment / "bin" / "python"), "-c", FONT_QUESTION, *FONT_PACKAGES]
    asked = subprocess.run(question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=variables, check=False)
    return [name for name in asked.stdout.decode().split() if name in FONT_PACKAGES]
