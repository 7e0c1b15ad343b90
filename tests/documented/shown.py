"""The commands of a page, and a folder in which they run.

Names that stand for something of the reader's own (a host, an id) are replaced by what is there; nothing else is.
"""

from __future__ import annotations

import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.conftest import ROOT

FENCED = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.S | re.M)
PROGRAMS = {"saksi": [sys.executable, "-m", "saksi"], "python": [sys.executable]}
ENDED = (0, 130)  # in order, or by Ctrl-C as a shell says it
STARTS = tuple(f"{name} " for name in (*PROGRAMS, "curl", "echo"))


def pages() -> list[str]:
    """All pages of the docs, by their paths."""
    found = [*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "evaluate/README.md"]
    return sorted(str(path.relative_to(ROOT)) for path in found)


def shown(page: str) -> list[list[str]]:
    """The commands in the blocks of a page, word by word, without what is said of them behind #."""
    lines = (
        line.strip().removeprefix("$ ")
        for language, block in FENCED.findall((ROOT / page).read_text("utf-8"))
        if language in ("", "sh", "console")
        for line in block.splitlines()
    )
    return [shlex.split(line, comments=True) for line in lines if line.startswith(STARTS)]


def run(folder: Path, words: list[str], swaps: Mapping[str, str] | None = None, typed: str = "") -> str:
    """Runs a command in a folder, with some names replaced; it must go well and complain of nothing."""
    told = swapped(words, swaps or {})
    if told[0] == "echo":
        (folder / told[-1]).write_text(told[1] + "\n", encoding="utf-8")
        return ""
    command = [*PROGRAMS.get(told[0], told[:1]), *told[1:]]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, input=typed, timeout=300)
    assert done.returncode == 0, (done.returncode, told, done.stderr, done.stdout[-500:])
    assert not re.search("^(saksi:|Traceback)", done.stderr, re.M), (told, done.stderr)  # a sum may stand there
    return done.stdout


def swapped(words: list[str], swaps: Mapping[str, str]) -> list[str]:
    """Words with the names of a page replaced."""
    found = []
    for word in words:
        for name, there in swaps.items():
            word = word.replace(name, there)
        found.append(word)
    return found


@contextmanager
def running(folder: Path, words: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A command that goes on until it is interrupted; it must then end in order."""
    command = [*PROGRAMS[words[0]], *words[1:]]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
        process.send_signal(signal.SIGINT)
        _, complaints = process.communicate(timeout=30)
        assert process.returncode in ENDED, (words, process.returncode)
        assert complaints == "", words
    finally:
        process.kill()
        process.communicate()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answers(address: str, seconds: float = 30) -> int:
    """What a server answers, as soon as it does."""
    for _ in range(int(seconds * 10)):
        try:
            return httpx.get(address, timeout=10).status_code
        except httpx.ConnectError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")
