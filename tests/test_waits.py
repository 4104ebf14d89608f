"""Tests wait for what they say they wait for."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

# What pytest-qt waits for at the end of a `with`: called alone, these wait for nothing.
ENTERED = {"waitSignal", "waitSignals", "waitExposed", "waitActive", "waitCallback", "assertNotEmitted"}
TESTS = sorted(Path(__file__).parent.rglob("*.py"))

pytestmark = pytest.mark.once


def idle_waits(source: str) -> list[int]:
    """Return the lines on which something is called to be waited for, and is not."""
    calls = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr)]
    return [
        call.lineno
        for call in calls
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ENTERED
    ]


def test_every_wait_waits() -> None:
    found = [f"{path}:{line}" for path in TESTS for line in idle_waits(path.read_text(encoding="utf-8"))]
    assert not found


def test_a_wait_that_is_not_entered_is_found() -> None:
    assert idle_waits("window.show()\nqtbot.waitExposed(window)\n") == [2]
    assert idle_waits("with qtbot.waitExposed(window):\n    window.show()\n") == []
