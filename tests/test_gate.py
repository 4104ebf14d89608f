"""The gate fails a test on every warning, Qt message, log record and lost exception that the test does not name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


@pytest.mark.qt
@pytest.mark.parametrize("case", GATE_CASES)
def test_the_gate_fails_a_test_on(case: str, tmp_path: Path) -> None:
    # A gate that has stopped working passes everything: these tests must fail, under the project's own settings.
    body, complaint = GATE_CASES[case]
    folder = Path(__file__).parent
    project = folder.parent
    (tmp_path / "conftest.py").write_text((folder / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text((project / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    imports = "import logging\nimport warnings\nimport pytest\nfrom PySide6 import QtCore\n"
    (tmp_path / "test_case.py").write_text(imports + body, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", "test_case.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    assert complaint in done.stdout
