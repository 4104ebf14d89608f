"""The gate fails a test on every warning, Qt message, log record and lost exception that the test does not name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

SLOT_CASE = """
def test_it(qtbot):
    QtCore.QTimer.singleShot(0, lambda: 1 / 0)
    QtCore.QCoreApplication.processEvents()
"""
GATE_CASES = {
    "qt_warning": ("def test_it(qtbot):\n    QtCore.qWarning('a message of Qt')\n", "a message of Qt"),
    "exception_in_a_slot": (SLOT_CASE, "ZeroDivisionError"),
    "python_warning": ("def test_it():\n    warnings.warn('a warning of Python')\n", "a warning of Python"),
    "log_record": ("def test_it():\n    logging.getLogger('a').warning('a record')\n", "unexpected log records"),
    "missing_log_record": ("@pytest.mark.expects_log('never')\ndef test_it():\n    pass\n", "no log record matched"),
}

IMPORTS = "import logging\nimport warnings\nimport pytest\nfrom PySide6 import QtCore\n"


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run all cases under the project's own settings, and give by its name what is said of each that failed."""
    project = tmp_path_factory.mktemp("project")
    folder = Path(__file__).parent
    for settings in (folder / "conftest.py", folder.parent / "pyproject.toml"):
        shutil.copy(settings, project)
    for case, (body, _) in GATE_CASES.items():
        (project / f"test_{case}.py").write_text(IMPORTS + body, encoding="utf-8")
    names = [f"test_{case}.py" for case in GATE_CASES]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "--junit-xml=it.xml", *names]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    said: dict[str, str] = {}
    for test in ET.parse(project / "it.xml").iter("testcase"):
        failed = [*test.iter("failure"), *test.iter("error")]
        said[test.get("classname", "")] = "".join(ET.tostring(one, encoding="unicode") for one in failed)
    return said


@pytest.mark.qt
@pytest.mark.parametrize("case", GATE_CASES)
def test_the_gate_fails_a_test_on(case: str, complaints: dict[str, str]) -> None:
    # A gate that has stopped working passes everything: each of these tests must fail.
    _, complaint = GATE_CASES[case]
    assert complaint in complaints[f"test_{case}"]
