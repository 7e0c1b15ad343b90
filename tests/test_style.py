"""House rules that no linter knows: short modules and functions, no drawer for leftovers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.addresses import offences
from tests.conftest import ROOT

MODULES = sorted(path for folder in ("src", "manual") for path in (ROOT / folder).rglob("*.py"))
FORBIDDEN = frozenset(("utils", "helpers", "common", "misc", "manager"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.stem)
def test_modules_and_functions_stay_short(path: Path) -> None:
    """400 lines a module, 50 a function; every function says what it does."""
    text = path.read_text("utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert isinstance(node, ast.ClassDef) or length <= 50, f"{node.name}: {length} lines"
            assert node.name.startswith("__") or ast.get_docstring(node) or is_nested(node, text), (
                f"{node.name} has no docstring"
            )


def is_nested(node: ast.AST, text: str) -> bool:
    """Whether a function stands inside another, where its name must do."""
    for outer in ast.walk(ast.parse(text)):
        if isinstance(outer, ast.FunctionDef):
            names = [n.name for n in ast.walk(outer) if isinstance(n, ast.FunctionDef) and n is not outer]
            if getattr(node, "name", "") in names:
                return True
    return False


def test_no_module_is_a_drawer() -> None:
    assert [p for p in MODULES if p.stem in FORBIDDEN] == []


def test_no_address_of_a_registry_is_tracked() -> None:
    assert offences() == []
