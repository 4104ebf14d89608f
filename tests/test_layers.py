"""Each package imports only what the table in docs/architecture.md allows; text of files reaches Qt at one place."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import timeline_app

pytestmark = pytest.mark.once

PACKAGE = Path(timeline_app.__file__).parent
NAME = "timeline_app"
STANDARD_LIBRARY = sys.stdlib_module_names

# What a package may import, itself and the standard library apart.
MAY_IMPORT = {
    "core": {"numpy", "dateutil"},
    "query": {"numpy", "dateutil", f"{NAME}.core"},
    "readers": {"numpy", "dateutil", "yaml", "duckdb", "pyarrow", "pypdf", f"{NAME}.core"},
    "writers": {"numpy", "dateutil", "yaml", "duckdb", f"{NAME}.core"},
    "store": {"numpy", f"{NAME}.core"},
    "scene": {"numpy", "dateutil", f"{NAME}.core"},
    "ui": {
        *("numpy", "dateutil", "PySide6", "shiboken6"),
        *(f"{NAME}.{package}" for package in ("core", "query", "readers", "writers", "scene")),
    },
}
# These join the packages, so they may import everything of the program; Qt itself only where the window is built.
JOINING = {"__init__", "__main__", "app", "cli", "commands", "loading", "paths", "pictures", "runtime", "start"}
JOINING |= {
    "opening",
    "indexing",
    "ingest_job",
    "ingest_child",
    "ingest_process",
    "rest_child",
    "rest_job",
    "saved_mappings",
}
MODULES_WITH_QT = {"app"}

# The one module through which text of files and of users reaches those parts of Qt that read it as markup.
SAFE_MODULE = "ui/safe_widgets.py"
MARKUP_CALLS = {
    *("QLabel", "QMessageBox", "QProgressDialog", "QStaticText", "QTextBrowser", "QTextDocument", "QGraphicsTextItem"),
    *("setHtml", "insertHtml", "setMarkdown", "fromHtml", "fromMarkdown"),
    *("setToolTip", "setWhatsThis", "setSubTitle", "setInformativeText", "setLabelText"),
}
MARKUP_CLASSES = {"QMessageBox", "QInputDialog", "QToolTip", "QWhatsThis"}  # their static functions show text as well
HARMLESS_MEMBERS = {"hideText", "StandardButton", "isVisible", "font", "palette"}

HEAVY = (
    "PySide6",
    "shiboken6",
    "duckdb",
    "polars",
    "pyarrow",
    "pypdf",
    "icalendar",
    "openpyxl",
    "sqlite3",
    "asyncio",
    "multiprocessing",
)


class Import(NamedTuple):
    """One import of a module: what, where, and in which circumstances."""

    name: str
    line: int
    is_in_function: bool
    is_for_types: bool


def modules() -> list[Path]:
    """List every module of the program."""
    return sorted(PACKAGE.rglob("*.py"))


def relative(path: Path) -> str:
    """Write a module's path as it stands in the package."""
    return path.relative_to(PACKAGE).as_posix()


def area_of(path: Path) -> str:
    """Name the package, or the module at the top, that a module belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(tree: ast.AST, *, is_in_function: bool = False, is_for_types: bool = False) -> Iterator[Import]:
    """Find every import below a node, those in functions and under TYPE_CHECKING included."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno, is_in_function, is_for_types)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = f"{'.' * node.level}{node.module or ''}.{alias.name}"
                yield Import(name, node.lineno, is_in_function, is_for_types)
        else:
            is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            is_type_block = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            yield from imports(
                node,
                is_in_function=is_in_function or is_function,
                is_for_types=is_for_types or is_type_block,
            )


@cache
def imports_of(source: str) -> tuple[Import, ...]:
    """Return the imports of a module, which several tests look at."""
    return tuple(imports(ast.parse(source)))


def is_within(name: str, prefixes: set[str]) -> bool:
    """Tell whether a dotted name is one of the prefixes or below it."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def forbidden_imports(source: str, area: str) -> list[str]:
    """List the imports of a module that its area may not make."""
    found = []
    for item in imports_of(source):
        if item.name.startswith("."):
            found.append(f"{item.line}: relative import {item.name}")
        elif item.name.split(".")[0] in STANDARD_LIBRARY:
            continue
        elif area in JOINING:
            if not is_within(item.name, {NAME, "numpy", "dateutil", "yaml"} | ({"PySide6"} & _qt_of(area))):
                found.append(f"{item.line}: {item.name}")
        elif not is_within(item.name, MAY_IMPORT[area] | {f"{NAME}.{area}"}) and item.name != f"{NAME}.__version__":
            found.append(f"{item.line}: {item.name}")
    return found


def _qt_of(area: str) -> set[str]:
    return {"PySide6"} if area in MODULES_WITH_QT else set()


def unexplained_imports(source: str) -> list[str]:
    """List the imports inside functions that no comment explains, on the same line or right above."""
    lines = source.splitlines()
    found = []
    for item in imports_of(source):
        own, above = lines[item.line - 1], lines[item.line - 2].strip() if item.line > 1 else ""
        if item.is_in_function and "#" not in own and not above.startswith("#"):
            found.append(f"{item.line}: {item.name}")
    return found


def markup_calls(source: str) -> list[str]:
    """List the calls that could hand text of a file to a part of Qt that reads markup, and the files named in it."""
    tree = ast.parse(source)
    safe_module = f"{NAME}.{SAFE_MODULE.removesuffix('.py').replace('/', '.')}."
    safe = {item.name.removeprefix(safe_module) for item in imports(tree) if item.name.startswith(safe_module)}
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = _markup_function(node.func)
        texts = _texts(node)
        if called and not (texts and all(_is_harmless(text, safe) for text in texts)):
            found.append(f"{node.lineno}: {called}(…)")
    return found


def _markup_function(function: ast.expr) -> str | None:
    """Name the function that is called when it is one of those that read markup."""
    if isinstance(function, ast.Name):
        return function.id if function.id in MARKUP_CALLS else None
    if not isinstance(function, ast.Attribute):
        return None
    if function.attr in MARKUP_CALLS:
        return function.attr
    owner = function.value
    is_static = isinstance(owner, ast.Name) and owner.id in MARKUP_CLASSES and function.attr not in HARMLESS_MEMBERS
    return ast.unparse(function) if is_static else None


def _texts(call: ast.Call) -> list[ast.expr]:
    """Give the arguments that can be text: not the parent, the position, or a member of one of Qt's enumerations."""
    if isinstance(call.func, ast.Attribute) and call.func.attr == "showText":
        return call.args[1:2]
    written = {argument: ast.unparse(argument) for argument in call.args}
    return [
        argument
        for argument, source in written.items()
        if not source.startswith(("Qt.", "QMessageBox.")) and source not in {"self", "parent"}
    ]


def _is_harmless(argument: ast.expr, safe: set[str]) -> bool:
    """Tell whether an argument is text that stands in the source, or that the safe module has made harmless."""
    if isinstance(argument, ast.IfExp):
        return _is_harmless(argument.body, safe) and _is_harmless(argument.orelse, safe)
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr == "tr":
        return all(_is_harmless(inner, safe) for inner in argument.args)
    if isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name):
        return argument.func.id in safe
    return isinstance(argument, ast.Constant)


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_a_module_imports_only_what_its_package_may(path: Path) -> None:
    area = area_of(path)
    assert area in MAY_IMPORT.keys() | JOINING, f"{relative(path)} belongs to no package that is known here"
    assert forbidden_imports(path.read_text(encoding="utf-8"), area) == []


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_an_import_inside_a_function_says_why(path: Path) -> None:
    assert unexplained_imports(path.read_text(encoding="utf-8")) == []


def test_modules_do_not_import_each_other_in_a_circle() -> None:
    names = {_dotted(path): path for path in modules()}
    graph = {}
    for name, path in names.items():
        wanted = set()
        for item in imports_of(path.read_text(encoding="utf-8")):
            if not item.is_for_types and item.name.startswith(NAME):
                # `from package import name` names a module or something in the package.
                wanted.add(item.name if item.name in names else item.name.rpartition(".")[0])
        graph[name] = wanted - {name}
    order = list(graphlib.TopologicalSorter(graph).static_order())
    assert set(names) <= set(order)


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", sorted((PACKAGE / "ui").rglob("*.py")), ids=relative)
def test_only_one_module_hands_text_to_what_reads_markup(path: Path) -> None:
    if relative(path) != SAFE_MODULE:
        assert markup_calls(path.read_text(encoding="utf-8")) == []


def test_listing_the_bundled_timeline_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from timeline_app.cli import main\n"
        "status = main(['list', '--format', 'jsonl'])\n"
        f"heavy = {HEAVY!r}\n"
        "loaded = [name for name in heavy if name in sys.modules]\n"
        "loaded += [name for name in sys.modules if name.startswith(('timeline_app.ui', 'timeline_app.app'))]\n"
        "print(status, loaded, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PACKAGE.parent, capture_output=True, text=True, check=False
    )
    assert done.stderr == "0 []\n"
    assert done.stdout.count("\n") >= 18


@pytest.mark.parametrize(
    ("area", "statement"),
    [
        ("core", "import PySide6"),
        ("core", "from timeline_app.query import parse_query"),
        ("core", "import yaml"),
        ("core", "def function():\n    from timeline_app import paths"),
        ("scene", "from timeline_app.ui import style"),
        ("query", "from timeline_app.readers import read"),
        ("readers", "from timeline_app.writers import registry"),
        ("readers", "if TYPE_CHECKING:\n    from timeline_app.writers import registry"),
        ("writers", "from timeline_app.scene.frame import Frame"),
        ("store", "from timeline_app.readers import read"),
        ("ui", "from timeline_app import paths"),
        ("ui", "from timeline_app.app import create_window"),
        ("commands", "from PySide6.QtCore import QObject"),
        ("cli", "import PySide6.QtWidgets"),
        ("scene", "from .frame import Frame"),
        ("ui", "import requests"),
    ],
)
def test_what_the_table_does_not_name_is_found(area: str, statement: str) -> None:
    assert len(forbidden_imports(statement, area)) == 1


@pytest.mark.parametrize(
    ("area", "statement"),
    [
        ("core", "import numpy as np"),
        ("query", "from timeline_app.core.filter import Filter"),
        ("ui", "from PySide6.QtCore import QObject"),
        ("app", "from PySide6.QtWidgets import QApplication"),
        ("commands", "from timeline_app.ui.picture import write_picture"),
        ("readers", "import yaml, json"),
    ],
)
def test_what_the_table_names_is_allowed(area: str, statement: str) -> None:
    assert forbidden_imports(statement, area) == []


@pytest.mark.parametrize(
    "call",
    [
        "view.setHtml(text)",
        "view.setToolTip(event.title)",
        'view.setToolTip(f"{title}")',
        "QLabel(title)",
        "QLabel()",
        "QLabel(self)",
        "QtWidgets.QLabel(title, self)",
        'QMessageBox.warning(self, "Title", problem.text)',
        "QToolTip.showText(position, text)",
        'view.setToolTip("a" + title)',
        'view.setToolTip("a" if title else title)',
        "view.setToolTip(tooltip(title))",
    ],
)
def test_a_call_that_reads_markup_is_found(call: str) -> None:
    assert len(markup_calls(call)) == 1


@pytest.mark.parametrize(
    "call",
    [
        'QLabel("Nothing to show", self)',
        'view.setToolTip(self.tr("Zoom in"))',
        'view.setToolTip("Next" if forward else "Previous")',
        "from timeline_app.ui.safe_widgets import tooltip\nQToolTip.showText(place, tooltip(text), self)",
        "QToolTip.hideText()",
        "edit.setPlainText(text)",
    ],
)
def test_a_call_that_reads_no_markup_is_allowed(call: str) -> None:
    assert markup_calls(call) == []


def test_an_import_in_a_function_is_explained_by_a_comment() -> None:
    assert unexplained_imports("def f():\n    import yaml\n") == ["2: yaml"]
    assert unexplained_imports("def f():\n    # Heavy, and rarely needed.\n    import yaml\n") == []
    assert unexplained_imports("def f():\n    import yaml  # heavy\n") == []
