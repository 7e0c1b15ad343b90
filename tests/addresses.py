"""A lint: no address of a package registry and no path of a machine in any tracked file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

REGISTRIES = ("pypi", "pythonhosted", "npmjs", "deb" + r"\.debian")
PATTERN = re.compile(
    rf"(?:{'|'.join(REGISTRIES)})\.(?:org|com)|--(?:extra-)?index-url|(?<![\w.])/(?:work|root|home)/\w"
)
SELF = Path("tests/addresses.py")


def offences() -> list[str]:
    """file:line of every address found in tracked text files."""
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=False)
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = Path(name)
        if path == SELF or not path.is_file() or b"\0" in (data := path.read_bytes()):
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if match := PATTERN.search(line):
                found.append(f"{name}:{number}: {match[0]}")
    return found


if __name__ == "__main__":
    lines = offences()
    print("\n".join(lines) if lines else "addresses: none")
    sys.exit(1 if lines else 0)
