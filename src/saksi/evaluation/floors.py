"""Floors: figures that are reached and may not be lost, of our own gold, of small inputs and of texts kept beside.

`floors.json` holds, for our own gold, the corpus' fingerprint and the floors; under `others` the same for each of the
other measures. Texts that may not be handed on lie in a folder beside the project; where it is missing, that is said.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import EvaluationError
from saksi.evaluation.gold import fingerprint
from saksi.evaluation.sets.cases import cases_figures
from saksi.evaluation.sets.flash import flash_figures
from saksi.evaluation.sets.isaf import isaf_figures
from saksi.evaluation.sets.pages import FOLDER, page_figures
from saksi.evaluation.sets.real import real_figures

Figures = dict[str, float]


class Measure(msgspec.Struct, frozen=True):
    """A measure with floors: its name, the files it needs, and what it makes of them."""

    name: str
    files: tuple[Path, ...]
    figures: Callable[..., Figures]


def other_measures(folder: Path, shared: Path | None) -> list[Measure]:
    """The measures beside our own gold: small inputs of the tests, and texts kept beside the project."""
    cases = folder.resolve().parent / "tests" / "cases"
    made = [Measure(name, (cases / f"{name}.yml",), shares_of_cases) for name in ("cases", "siblings")]
    made.append(Measure("pages", (folder / FOLDER,), page_figures))
    if shared is not None:
        data = shared / "data"
        real, flash = ("real_dev.jsonl", "real_dev_gold.jsonl"), ("ocha_flash.jsonl", "ocha_west_bank.csv")
        made.append(Measure("real", tuple(data / name for name in real), real_figures))
        made.append(Measure("flash", tuple(data / name for name in flash), flash_figures))
        made.append(Measure("isaf", (data / "isaf.jsonl",), isaf_figures))
    return made


def shares_of_cases(path: Path) -> Figures:
    """The share of small inputs that pass, by language."""
    found = cases_figures(path)
    return {name.removeprefix("cases "): found.right[name] / asked for name, asked in found.asked.items()}


def write_floors(path: Path, folder: Path, figures: Figures) -> None:
    """Raises the floors to these figures; a floor over an unchanged corpus is never lowered."""
    kept = read_floors(path)
    kept |= raised(kept, fingerprint(folder), figures, "corpus")
    path.write_text(json.dumps(kept, indent=1) + "\n")


def write_other_floors(path: Path, measures: list[Measure]) -> None:
    """Raises the floors of the other measures whose files are here."""
    kept = read_floors(path)
    others = kept.setdefault("others", {})
    for measure in present(measures):
        old = others.get(measure.name, {"floors": {}})
        others[measure.name] = raised(old, digest(measure.files), measure.figures(*measure.files), "of")
    path.write_text(json.dumps(kept, indent=1) + "\n")


def read_floors(path: Path) -> dict[str, Any]:
    """The floors as kept; none where the file is new."""
    return json.loads(path.read_text()) if path.exists() else {"floors": {}}


def raised(old: dict[str, Any], exam: str, figures: Figures, key: str) -> dict[str, Any]:
    """The floors over an exam: the higher of old and new where it is the same exam, else the new."""
    kept = old["floors"] if old.get(key) == exam else {}
    return {key: exam, "floors": {n: max(floor_of(v), kept.get(n, 0.0)) for n, v in figures.items()}}


def floor_of(value: float) -> float:
    """A figure rounded down to a tenth of a percent."""
    return int(value * 1000) / 1000


def digest(files: tuple[Path, ...]) -> str:
    """A digest of the files of a measure, or of those in its folder, so that an exam is not changed unseen."""
    told = hashlib.sha256()
    for path in (p for each in files for p in (sorted(each.glob("*.yml")) if each.is_dir() else [each])):
        told.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()[:16]


def present(measures: list[Measure]) -> list[Measure]:
    """The measures whose files are here; of the others it is said that they are not."""
    here = [m for m in measures if all(path.exists() for path in m.files)]
    for measure in measures:
        if measure not in here:
            missing = next(path for path in measure.files if not path.exists())
            print(f"{measure.name}: {missing} is not here, its floors are not checked")
    return here


def check_floors(path: Path, folder: Path, figures: Figures) -> int:
    """Fails where a figure of our own gold is under its floor, or where the floors are of another corpus."""
    if not path.exists():
        raise EvaluationError(f"{path} does not exist: saksi evaluate --raise-floors makes it")
    kept = read_floors(path)
    if kept["corpus"] != fingerprint(folder):
        raise EvaluationError(
            f"{path} is of corpus {kept['corpus']}, this one is {fingerprint(folder)}: look, then --raise-floors"
        )
    return missed(kept["floors"], figures, "")


def check_other_floors(path: Path, measures: list[Measure]) -> int:
    """Fails where a figure of another measure is under its floor, or where the floors are of other files."""
    others, under = read_floors(path).get("others", {}), 0
    for measure in present(measures):
        kept = others.get(measure.name)
        if kept is None or kept["of"] != digest(measure.files):
            raise EvaluationError(f"{path} has no floors of these files of {measure.name}: look, then --raise-floors")
        figures = measure.figures(*measure.files)
        print(f"{measure.name}: " + ", ".join(f"{n} {100 * v:.1f}" for n, v in figures.items()))
        under |= missed(kept["floors"], figures, f"{measure.name}.")
    return under


def missed(floors: Figures, figures: Figures, of: str) -> int:
    """1 where a figure is under its floor, each of which is printed; else 0."""
    under = {n: f for n, f in floors.items() if figures.get(n, 0.0) < f}
    for name, floor in sorted(under.items()):
        print(f"under its floor: {of}{name} {100 * figures.get(name, 0.0):.1f} % < {100 * floor:.1f} %")
    return int(bool(under))
