"""Commands that are killed at random moments lose nothing and halve nothing (`make kills` tries two hundred)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.stores.conftest import server

__all__ = ["server"]  # the fixture that starts PostgreSQL

ROUNDS = os.environ.get("SAKSI_KILLS", "10")


@pytest.mark.parametrize("place", ["file", "server"])
def test_a_killed_command_is_made_good_by_running_it_again(
    place: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Reading, adding, judging, reconciling and forgetting, each with its writing slowed, so that it is cut short."""
    where = [request.getfixturevalue("server")] if place == "server" else []
    command = [sys.executable, "-m", "tests.killed.rounds", ROUNDS, str(tmp_path), *where]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()
    assert [line for line in told if line.startswith("wrong")] == []
    early = re.fullmatch(r"\d+ rounds, (\d+) killed before they ended", told[-1])
    assert early is not None
    assert int(early[1]) >= int(ROUNDS) // 3
