"""The wheel alone, in an empty environment, reads a page offline; a build without gazetteer or map script fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT, missing


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        missing(f"what a build needs ({done.stderr.strip().splitlines()[-1]})")
    return next(folder.glob("*.whl"))


def test_the_wheel_reads_a_page_offline(wheel: Path, tmp_path: Path) -> None:
    """Installed with its pinned dependencies and nothing else, far from the repository."""
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env/bin/python"
    pins = ["-c", str(ROOT / "constraints.txt")]
    install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *pins, str(wheel)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        missing("the dependencies of the wheel")
    page = shutil.copy(ROOT / "examples/page.html", tmp_path / "page.html")
    command = [str(tmp_path / "env/bin/saksi"), "read", str(page), "--format", "table"]
    read = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert read.returncode == 0, read.stderr
    assert "kill" in read.stdout
    assert "Intan Jaya" in read.stdout


def test_the_wheel_holds_the_page(wheel: Path) -> None:
    """Templates, styles, words, outlines and the built script, without a file of the build itself."""
    names = set(zipfile.ZipFile(wheel).namelist())
    page = "saksi/publish/web/"
    wanted = {f"{page}templates/base.html", f"{page}static/saksi.css", f"{page}static/map.js",
              f"{page}locales/id/LC_MESSAGES/saksi.po", "saksi/registers/places/shapes.json",
              "saksi/ledger/migrations/versions/0001_first.py"}  # fmt: skip
    assert wanted <= names
    assert not [n for n in names if "node_modules" in n]


@pytest.mark.parametrize(
    ("left_out", "way"), [("gazetteer.marisa", "make gazetteer"), ("map.js", "make web (with Node 18 or newer)")]
)
def test_a_build_without_what_is_made_is_refused(tmp_path: Path, left_out: str, way: str) -> None:
    """One line says what is missing and how to make it."""
    copy = tmp_path / "saksi"
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns(left_out, "__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, copy / name)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert f"run `{way}` first" in done.stderr + done.stdout
