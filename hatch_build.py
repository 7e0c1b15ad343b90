"""Refuses to build a wheel or sdist that would lack the gazetteer."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

GAZETTEER = Path("src/saksi/registers/places/gazetteer.marisa")


class RequireArtifacts(BuildHookInterface):  # type: ignore[type-arg]
    """Stops with one line when a declared artifact has not been built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and not (Path(self.root) / GAZETTEER).exists():
            raise SystemExit(f"{GAZETTEER} is missing: run `make gazetteer` first")
