"""Records as lines of JSON on standard output, as `--format jsonl` of every command prints them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import msgspec


def write_lines(rows: Iterable[Any]) -> None:
    """Prints records as lines of JSON."""
    for row in rows:
        sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
