"""Give every test a machine of its own: no display, none of the user's folders, no log record that nobody expected."""

from __future__ import annotations

import ast
import gc
import importlib.util
import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

FOLDER_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
    "APPDATA": "data",
    "LOCALAPPDATA": "local-data",
}
DISPLAY_VARIABLES = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_QPA_PLATFORMTHEME",
    "QT_STYLE_OVERRIDE",
    "QT_SCALE_FACTOR",
    "QT_LOGGING_RULES",
)
QT_MODULES = ("PySide6", "pytestqt", "timeline_app.ui", "timeline_app.app", "timeline_app.start")
HOME_KEY = pytest.StashKey[Path]()

settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=5000, deadline=None)
# Enough to go through all that a property calls: whether it holds is for the run with Qt.
settings.register_profile("without-qt", max_examples=10, derandomize=True, deadline=None)


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the run that shows that everything but the window works without Qt."""
    parser.addoption("--without-qt", action="store_true", help="run what needs no Qt; PySide6 must not be installed")
    if not pluginmanager.has_plugin("pytest-qt"):
        # The settings of pytest-qt stand in pyproject.toml and would be unknown, thus an error, without the plug-in.
        for name in ("qt_api", "qt_log_level_fail"):
            parser.addini(name, "a setting of pytest-qt")
        parser.addini("qt_log_ignore", "a setting of pytest-qt", type="linelist")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many random examples are tried, and move the user's folders before anything is imported."""
    if config.getoption("--without-qt") and importlib.util.find_spec("PySide6") is not None:
        raise pytest.UsageError("--without-qt shows nothing here: PySide6 can be imported in this environment")
    usual = "without-qt" if config.getoption("--without-qt") else "gate"
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", usual))
    home = Path(tempfile.mkdtemp(prefix="conflict-timeline-test-"))
    config.stash[HOME_KEY] = home
    for variable, folder in FOLDER_VARIABLES.items():
        path = home / folder
        path.mkdir(mode=0o700, exist_ok=True)
        os.environ[variable] = str(path)
    for variable in DISPLAY_VARIABLES:
        os.environ.pop(variable, None)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the temporary folders of the user, and let go of what was kept from collections.

    DuckDB would report that as leaks when the process ends.
    """
    gc.unfreeze()
    gc.collect()
    home = config.stash.get(HOME_KEY, None)
    if home is not None:
        shutil.rmtree(home, ignore_errors=True)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the test modules that import Qt in the run without Qt."""
    if not config.getoption("--without-qt") or collection_path.suffix != ".py":
        return None
    return True if _imports_qt(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that are marked as needing Qt, or a single run, in the run without Qt."""
    if not config.getoption("--without-qt"):
        return
    left_out = [item for item in items if item.get_closest_marker("qt") or item.get_closest_marker("once")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def unexpected_log_records(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test on each log record of level WARNING or above that its `expects_log` marks do not name."""
    patterns = [re.compile(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    keeper = _RecordKeeper()
    root = logging.getLogger()
    root.addHandler(keeper)
    try:
        yield
    finally:
        root.removeHandler(keeper)
    unexpected = [text for text in keeper.texts if not any(pattern.search(text) for pattern in patterns)]
    missing = [pattern.pattern for pattern in patterns if not any(pattern.search(text) for text in keeper.texts)]
    if unexpected:
        pytest.fail("unexpected log records:\n" + "\n".join(unexpected), pytrace=False)
    if missing:
        pytest.fail("no log record matched: " + ", ".join(missing), pytrace=False)


@pytest.fixture(scope="module", autouse=True)
def only_what_is_new_is_collected() -> None:
    """Let collections look at what the tests of a module make alone: to go through all else takes longer than most."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def qt_garbage_in_main_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect cycles of Qt objects between tests only: collected by chance in a worker thread, they end the process."""
    if "qapp" not in request.fixturenames:
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def windows_closed_at_the_end() -> Iterator[None]:
    """Close what is still open before the application object goes, since Qt may crash at exit otherwise."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or application is None:
        return
    for widget in widgets.QApplication.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    widgets.QApplication.clipboard().clear()
    application.processEvents()
    gc.collect()


class _RecordKeeper(logging.Handler):
    """Keeps the texts of the records of level WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def _imports_qt(path: Path) -> bool:
    """Tell whether a test module imports Qt, or a part of the program that does, when it is loaded."""
    for node in ast.parse(path.read_bytes()).body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        if any(name == module or name.startswith(f"{module}.") for name in names for module in QT_MODULES):
            return True
    return False
