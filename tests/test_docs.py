"""The docs tell the truth: commands run and print what they say, generated pages are fresh, words are bound."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import saksi as package
from saksi.cli import app, registers_app
from saksi.ledger.columns import Row
from tests.conftest import ROOT
from tests.generate import PAGES
from tests.test_cli import saksi

DOCS = sorted((ROOT / "docs").glob("*.md"))


def examples(page: Path) -> list[tuple[str, str]]:
    """(command, printed output) of each console block that shows its output."""
    blocks = re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.S)
    found = []
    for block in blocks:
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", ROOT / "docs/tutorial.md", ROOT / "CONTRIBUTING.md"], ids=lambda p: p.name
)
def test_console_blocks_print_what_they_show(page: Path, tmp_path: Path) -> None:
    """Each page's commands run in order in an empty folder that holds the examples."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    shown = examples(page)
    assert shown
    for command, output in shown:
        words = shlex.split(command)
        if words[0] == "cat":
            assert (tmp_path / words[1]).read_text("utf-8").rstrip() == output.rstrip()
            continue
        if words[0] == "echo":
            (tmp_path / words[-1]).write_text(words[1] + "\n", encoding="utf-8")
            continue
        assert words[0] == "saksi"
        done = saksi(*words[1:], cwd=tmp_path)
        assert done.stderr == ""
        assert done.stdout.rstrip() == output.rstrip(), command


@pytest.mark.parametrize("path", sorted(PAGES))
def test_generated_pages_are_fresh(path: str) -> None:
    assert (ROOT / path).read_text("utf-8") == PAGES[path](), "run `make docs`"


def test_every_command_is_documented() -> None:
    told = [p for p in DOCS if p.name != "commands.md"]  # which is made from the commands and names them all
    text = "".join(p.read_text("utf-8") for p in [*told, ROOT / "README.md"])
    names = [n for n in app if not n.startswith("-")] + [
        f"registers {n}" for n in registers_app if not n.startswith("-")
    ]
    assert [n for n in names if f"saksi {n}" not in text] == []


def test_every_column_is_described() -> None:
    text = (ROOT / "docs/codebook.md").read_text("utf-8")
    assert [f for f in Row.__struct_fields__ if f"| `{f}` |" not in text] == []


def test_public_names_are_there_and_listed() -> None:
    assert package.__all__ == sorted(package.__all__)
    assert all(getattr(package, name) for name in package.__all__)


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*DOCS, *ROOT.glob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_each_promise_of_security_names_tests_that_are_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", (ROOT / "docs/security.md").read_text("utf-8"))
    assert len(named) > 8
    assert [path for path in named if not (ROOT / path).exists()] == []
