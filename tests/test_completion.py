"""What a shell completes at the Tab key."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from saksi.cli import COMMANDS
from tests.conftest import missing
from tests.test_cli import saksi


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_command(shell: str) -> None:
    told = saksi("completion", shell).stdout
    assert all(name in told for named in COMMANDS.values() for name in named)


def test_a_shell_completes_commands_and_options(tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        missing("bash")
    script = tmp_path / "saksi.bash"
    script.write_text(saksi("completion", "bash").stdout)
    ask = f"""source {script}
        completed() {{ COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
        $(complete -p saksi | sed 's/.*-F \\([^ ]*\\).*/\\1/') saksi "${{@: -1}}" "${{@: -2:1}}"
        echo "${{COMPREPLY[*]}}"; }}
        completed saksi tal; completed saksi claims --coun"""
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["tally", "--country"], done.stderr
