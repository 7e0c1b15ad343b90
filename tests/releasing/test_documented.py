"""Every command that docs/publish.md shows runs as it stands there."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from saksi import Reader
from tests.conftest import ROOT
from tests.releasing.made import made_ledger
from tests.test_cli import saksi

AREA = {"type": "Polygon", "coordinates": [[[137, -5], [139, -5], [139, -3], [137, -5]]]}
NAMED = {"type": "Feature", "properties": {"name": "Papua Pegunungan"}, "geometry": AREA}


def shown(page: Path) -> list[list[str]]:
    """The commands of a page, word by word, without those that need a person at a browser."""
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.S)
    return [shlex.split(line) for block in blocks for line in block.splitlines() if line.startswith("saksi ")]


def test_every_command_shown_runs(tmp_path: Path, reader: Reader) -> None:
    ledger = made_ledger(tmp_path, reader)
    claim = next(row.id for row in ledger.claims() if row.kind == "kill")
    (tmp_path / "provinces.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [NAMED]}))
    (tmp_path / "release").mkdir()
    saksi("publish", "--ledger", "war.db", "--title", "Nduga, June 2022", "--out", "release/2022-06", cwd=tmp_path)
    commands = shown(ROOT / "docs/publish.md")
    assert len(commands) > 8
    for words in commands:
        done = saksi(*(claim if word == "c_1a2b" else word for word in words[1:]), cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), words
        outs = [words[n + 1] for n, word in enumerate(words) if word == "--out"]
        assert all((tmp_path / out).exists() for out in outs), words
