"""Commands that are killed at random moments lose nothing and halve nothing (`make kills` tries two hundred)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

ROUNDS = os.environ.get("SAKSI_KILLS", "15")


def test_a_killed_command_is_made_good_by_running_it_again(tmp_path: Path) -> None:
    """Reading, adding, judging, reconciling and forgetting, each with its writing slowed, so that it is cut short."""
    command = [sys.executable, "-m", "tests.killed.rounds", ROUNDS, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()
    assert [line for line in told if line.startswith("wrong")] == []
    early = re.fullmatch(r"\d+ rounds, (\d+) killed before they ended", told[-1])
    assert early is not None
    assert int(early[1]) >= int(ROUNDS) // 3
