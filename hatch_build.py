"""Refuses to build a wheel or sdist that would lack the gazetteer or the scripts of the map."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE = {
    Path("src/saksi/registers/places/gazetteer.marisa"): "make gazetteer",
    Path("src/saksi/publish/web/static/map.js"): "make web (with Node 18 or newer)",
}


class RequireArtifacts(BuildHookInterface):  # type: ignore[type-arg]
    """Stops with one line when a declared artifact has not been built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for path, way in MADE.items():
            if version != "editable" and not (Path(self.root) / path).exists():
                raise SystemExit(f"{path} is missing: run `{way}` first")
