"""The notebook of the docs is run: its cells of code, in their order, in a process of their own.

No Jupyter is needed for that: a notebook is JSON, and its cells are Python without any of Jupyter's own commands.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.conftest import ROOT

NOTEBOOK = ROOT / "docs" / "from-texts-to-a-figure.ipynb"
RUN = """
import json, sys
cells = json.load(open(sys.argv[1], encoding="utf-8"))["cells"]
for cell in cells:
    if cell["cell_type"] == "code":
        exec(compile("".join(cell["source"]), cell["id"], "exec"), globals())
"""


def notebook() -> dict[str, Any]:
    """The notebook as JSON."""
    found: dict[str, Any] = json.loads(NOTEBOOK.read_text("utf-8"))
    return found


def test_its_cells_lead_from_texts_to_a_figure(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(NOTEBOOK)], cwd=tmp_path, capture_output=True, text=True, timeout=300,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "error::DeprecationWarning:saksi"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "12 documents" in done.stdout
    assert "contested" in done.stdout
    figure = ElementTree.parse(tmp_path / "nduga.svg").getroot()
    words = [text.text or "" for text in figure.iter("{http://www.w3.org/2000/svg}text")]
    assert {"10 or more", "11 or more"} <= set(words)
    assert any(word.startswith("Source: 3 claims in 2 documents") for word in words)


def test_it_holds_no_outputs_and_no_numbers_of_runs() -> None:
    """What was printed on one machine is no part of it; so it changes only where its text or code does."""
    made = notebook()
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in made["cells"]}) == len(made["cells"])
    code = [cell for cell in made["cells"] if cell["cell_type"] == "code"]
    assert code
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert not any(line.startswith(("!", "%")) for cell in code for line in cell["source"])


def test_the_tutorial_leads_to_it() -> None:
    assert f"]({NOTEBOOK.name})" in (ROOT / "docs" / "tutorial.md").read_text("utf-8")
