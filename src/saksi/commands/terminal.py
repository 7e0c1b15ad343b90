"""What is printed to a terminal: words of documents and names of files never command it."""

from __future__ import annotations

import os
import sys
from typing import TextIO

QUIETLY = "SAKSI_QUIET"  # of the environment: commands say what went wrong and what was asked, not what they did

# each control character is shown as its picture (U+2400 and on), except what lays out lines
SHOWN = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t\r"} | {0x7F: 0x2421}
SHOWN |= dict.fromkeys(range(0x80, 0xA0), 0xFFFD)


def say(line: str) -> None:
    """Prints what a command has done, unless it is to be quiet."""
    if not os.environ.get(QUIETLY):
        print(line, flush=True)


def is_watched() -> bool:
    """Whether somebody at a terminal sees how far a command is."""
    return sys.stderr.isatty() and not os.environ.get(QUIETLY)


class Plain:
    """A stream whose control characters are shown and not obeyed, so that no text clears or colours a screen."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Writes text; how many characters it had."""
        self.stream.write(text.translate(SHOWN))
        return len(text)

    def __getattr__(self, name: str) -> object:
        """All else is the stream's own."""
        return getattr(self.stream, name)
