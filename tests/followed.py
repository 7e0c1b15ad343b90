"""Fuzzing that follows the branches which inputs take: `make followed`, ten minutes for each parser.

`python -m tests.followed NAME SECONDS` tries one parser of `tests/parsers.py`; without a name it tells them. It needs
Atheris, which has wheels for Linux and some Pythons alone; `tests/test_fuzz.py` needs nothing of the kind.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

SLOW = 2.0  # seconds of a processor for up to 100 KB


def main() -> None:
    """Tries one parser from sound bytes on, until the time is over or something breaks."""
    import atheris

    with atheris.instrument_imports(include=["saksi"]):
        from tests.parsers import PARSERS

    if len(sys.argv) < 3:
        print("\n".join(sorted(PARSERS)))
        return
    name, seconds = sys.argv[1:3]
    parse, sound = PARSERS[name]
    parse(sound)

    def one(data: bytes) -> None:
        begun = time.process_time()
        parse(data)
        assert time.process_time() - begun < SLOW, f"{name} takes long"

    with tempfile.TemporaryDirectory() as corpus:
        (Path(corpus) / "sound").write_bytes(sound)
        limits = [f"-max_total_time={seconds}", "-max_len=100000", "-verbosity=1"]
        atheris.Setup([sys.argv[0], *limits, corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
