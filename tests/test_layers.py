"""The house rules that keep the code readable: imports point one way, and nothing grows past a size one can hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src"
FILES = sorted((SRC / "hearsay").rglob("*.py"))

BASE = frozenset({"model", "errors", "data", "settings", "calendar", "naming", "wording"})
STEPS = frozenset({"ingest", "extract", "link"})
# Layer -> the layers it may import, besides itself.
MAY_IMPORT: dict[str, frozenset[str]] = {
    "model": frozenset(),
    "errors": frozenset(),
    "data": frozenset({"errors"}),
    "settings": frozenset({"errors"}),
    "calendar": frozenset({"model", "errors", "data"}),
    "naming": frozenset({"model", "errors", "data"}),
    "wording": frozenset({"model"}),
    **dict.fromkeys(STEPS, BASE),
    "store": BASE,
    "export": BASE,
    "dossier": BASE | {"store"},
    "pile": BASE | {"store"},
    "pipeline": BASE | STEPS | {"store", "dossier", "pile"},
    "upkeep": BASE | {"ingest", "store", "pile", "pipeline", "lookup"},
    "lookup": BASE,
    "ask": BASE | {"link", "lookup"},
    "explain": BASE | {"lookup"},
    "doctor": BASE | {"ingest", "extract", "store"},
    "terminal": BASE | {"lookup", "ask", "explain", "doctor"},
    "shell": BASE | {"store", "dossier", "export", "pile"},
    "cli": BASE
    | STEPS
    | {
        "store",
        "dossier",
        "export",
        "pipeline",
        "lookup",
        "ask",
        "explain",
        "doctor",
        "terminal",
        "shell",
        "upkeep",
        "pile",
    },
    "": BASE | STEPS | {"store", "dossier", "export", "pipeline"},  # hearsay/__init__.py gathers the public names
}
MAX_LINES, MAX_FUNCTION_LINES, MAX_PARAMETERS = 600, 60, 8

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(SRC))


def layer_of(path: Path) -> str:
    """hearsay/link/dates.py and hearsay/link/__init__.py are of layer link, hearsay/__init__.py of layer ""."""
    parts = path.relative_to(SRC / "hearsay").with_suffix("").parts
    return "" if parts == ("__init__",) else parts[0]


def imported_layers(tree: ast.Module, path: Path) -> Iterator[tuple[str, int]]:
    """Layers of this package that the module imports anywhere, lazily or for types only as well, with the line."""
    package = list(path.relative_to(SRC).parent.parts)
    for node in ast.walk(tree):
        names: list[list[str]] = []
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base += node.module.split(".") if node.module else []
            names = [base] if len(base) > 1 else [[*base, alias.name] for alias in node.names]
        for name in names:
            if name != ["hearsay", "__version__"] and name[0] == "hearsay" and isinstance(node, ast.stmt):
                yield (name[1] if len(name) > 1 else ""), node.lineno


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def parameters(function: Function) -> int:
    return len(function.args.posonlyargs + function.args.args + function.args.kwonlyargs)


def is_command(function: Function) -> bool:
    """Is it a command of the command line? Its parameters are its options."""
    return any(ast.unparse(decorator).startswith("app.command(") for decorator in function.decorator_list)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    layer = layer_of(path)
    assert layer in MAY_IMPORT, f"{name_of(path)} stands in no known layer; say in MAY_IMPORT what it may import"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed = MAY_IMPORT[layer] | {layer}
    wrong = [f"line {line}: hearsay.{other}" for other, line in imported_layers(tree, path) if other not in allowed]
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") < MAX_LINES
    long = [f.name for f in functions(tree) if (f.end_lineno or f.lineno) - f.lineno + 1 >= MAX_FUNCTION_LINES]
    assert not long
    assert not [f.name for f in functions(tree) if parameters(f) >= MAX_PARAMETERS and not is_command(f)]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body  # an empty __init__.py has nothing to say


@pytest.mark.parametrize(
    ("code", "folder", "found"),
    [
        ("from hearsay.store import open_store", "hearsay/link/x.py", ["store"]),
        ("from hearsay import store, model", "hearsay/link/x.py", ["store", "model"]),
        ("import hearsay.extract.reader as r", "hearsay/link/x.py", ["extract"]),
        ("def f():\n    from ..store import sqlite", "hearsay/link/x.py", ["store"]),
        ("from .pairwise import cluster", "hearsay/link/x.py", ["link"]),
        ("from ... import model", "hearsay/ingest/formats/x.py", ["model"]),
        ("import json\nfrom pathlib import Path", "hearsay/link/x.py", []),
    ],
)
def test_the_check_sees_every_kind_of_import(code: str, folder: str, found: list[str]) -> None:
    assert [layer for layer, _ in imported_layers(ast.parse(code), SRC / folder)] == found
