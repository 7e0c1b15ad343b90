"""`saksi evaluate`: figures of our own gold by language, kind and field, and their floors."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from saksi.errors import EvaluationError, UsageError
from saksi.evaluation.gold import SEEN, UNSEEN, GoldDocument, fingerprint, load_gold
from saksi.evaluation.score import FIELDS, Outcome, compare
from saksi.ledger.columns import rows_of
from saksi.reading.reader import Reader

Figures = dict[str, float]


def evaluate_command(folder: Path, *, floors: bool, raise_floors: bool, misses: int) -> int:
    """Prints the figures of our own gold; with floors, fails where one is missed."""
    outcomes = [read_gold(gold) for gold in load_gold(folder)]
    figures = print_part(folder, SEEN, outcomes)
    print_kinds(outcomes)
    print_misses(outcomes, misses)
    unseen = [read_gold(gold) for gold in load_gold(folder, UNSEEN)]
    if unseen:
        print_part(folder, UNSEEN, unseen)
    path = folder / "floors.json"
    if raise_floors:
        write_floors(path, folder, figures)
    return check_floors(path, folder, figures) if floors else 0


def print_part(folder: Path, part: str, outcomes: list[Outcome]) -> Figures:
    """Prints the figures of one part by language, and gives them."""
    golds = [o.gold for o in outcomes]
    claims = sum(len(g.claims) for g in golds)
    print(f"{part}: {len(golds)} gold documents, {claims} claims, fingerprint {fingerprint(folder, part)}")
    figures: Figures = {}
    for language in sorted({g.language for g in golds}):
        own = [o for o in outcomes if o.gold.language == language]
        figures |= {f"{language}.{k}": v for k, v in figures_of(own).items()}
    print_figures(figures)
    return figures


def read_gold(gold: GoldDocument) -> Outcome:
    """The reader's claims of a gold document against its gold."""
    reader = Reader(source=gold.source)
    reading = reader.read(gold.document())
    return compare(gold, rows_of(reading, reader.actor_names(gold.language)))


def figures_of(outcomes: list[Outcome]) -> Figures:
    """Precision, recall and F1 of claims, and the accuracy of each field among pairs."""
    pairs = [p for o in outcomes for p in o.pairs]
    found = sum(p.found for p in pairs)
    needed = sum(not p.gold.optional for p in pairs)
    hit = sum(p.found and not p.gold.optional for p in pairs)
    said = sum(p.row is not None for p in pairs) + sum(len(o.wrong) for o in outcomes)
    figures = {"precision": ratio(found, said), "recall": ratio(hit, needed)}
    p, r = figures["precision"], figures["recall"]
    figures["f1"] = 2 * p * r / (p + r) if p + r else 0.0
    figures["clean"] = 1.0 - ratio(sum(len(o.excluded) for o in outcomes), max(said, 1))
    for field in FIELDS:
        asked = [pair.agree[field] for pair in pairs if field in pair.agree]
        if asked:
            figures[f"field.{field}"] = ratio(sum(asked), len(asked))
    return figures


def ratio(part: int, whole: int) -> float:
    """A share; one where nothing was asked."""
    return part / whole if whole else 1.0


def print_figures(figures: Figures) -> None:
    """Prints the figures, a line each."""
    for name, value in figures.items():
        print(f"  {name:<22} {100 * value:6.1f} %")


def print_kinds(outcomes: Iterable[Outcome]) -> None:
    """Prints recall by kind of event."""
    counts: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        for pair in outcome.pairs:
            if not pair.gold.optional:
                counts[pair.gold.kind].append(pair.found)
    print("  found by kind:")
    for kind, found in sorted(counts.items()):
        print(f"    {kind:<20} {sum(found):3} of {len(found)}")


def print_misses(outcomes: Iterable[Outcome], limit: int) -> None:
    """Prints what was missed or wrong, to learn from."""
    lines = [line for o in outcomes for line in misses_of(o)]
    for line in lines[:limit]:
        print(line)
    if limit and len(lines) > limit:
        print(f"  ... and {len(lines) - limit} more")


def misses_of(outcome: Outcome) -> Iterable[str]:
    """The misses of one document, a line each."""
    name = outcome.gold.id
    for pair in outcome.pairs:
        if pair.row is None:
            yield f"  {name}: missed {pair.gold.kind} {pair.gold.quote!r}"
        for field, right in pair.agree.items():
            if not right:
                wanted, read = getattr(pair.gold, field), shown(pair.row, field)
                yield f"  {name}: {pair.gold.quote!r} {field}: wanted {wanted}, read {read}"
    for row in outcome.wrong:
        yield f"  {name}: not in gold: {row.kind} {row.low}-{row.high} {row.unit} ({row.sentence.text[:60]!r})"
    for row in outcome.excluded:
        yield f"  {name}: grounded in excluded words: {row.kind} {row.unit}"


def shown(row: Any, field: str) -> str:
    """What the row holds for a field of the gold."""
    names = {"country": "places", "place": "places", "precision": "date_precision", "age": "target_age",
             "status": "target_status", "owner": "target_owner", "actor": "actors",
             "relation": "relations"}  # fmt: skip
    value = getattr(row, names.get(field, field))
    if field == "speaker":
        value = (row.speaker, row.speaker_org)
    return str([getattr(v, "name", v) for v in value] if isinstance(value, list) else value)[:150]


def write_floors(path: Path, folder: Path, figures: Figures) -> None:
    """Raises the floors to these figures; a floor over an unchanged corpus is never lowered."""
    old = json.loads(path.read_text()) if path.exists() else {"floors": {}}
    corpus = fingerprint(folder)
    kept = old["floors"] if old.get("corpus") == corpus else {}
    fresh = {name: max(floor_of(value), kept.get(name, 0.0)) for name, value in figures.items()}
    path.write_text(json.dumps({"corpus": corpus, "floors": fresh}, indent=1) + "\n")


def floor_of(value: float) -> float:
    """A figure rounded down to a tenth of a percent."""
    return int(value * 1000) / 1000


def check_floors(path: Path, folder: Path, figures: Figures) -> int:
    """Fails where a figure is under its floor, or where the corpus is not the one the floors are of."""
    if not path.exists():
        raise EvaluationError(f"{path} does not exist: saksi evaluate --raise-floors makes it")
    kept = json.loads(path.read_text())
    if kept["corpus"] != fingerprint(folder):
        raise EvaluationError(
            f"{path} is of corpus {kept['corpus']}, this one is {fingerprint(folder)}: look, then --raise-floors"
        )
    missed = {n: (figures.get(n, 0.0), f) for n, f in kept["floors"].items() if figures.get(n, 0.0) < f}
    for name, (value, floor) in sorted(missed.items()):
        print(f"under its floor: {name} {100 * value:.1f} % < {100 * floor:.1f} %")
    if missed:
        return 1
    print("all floors held")
    return 0


def evaluate_set(name: str, files: list[Path], misses: int) -> int:
    """Prints the figures of another corpus."""
    from saksi.evaluation.sets import SETS

    if name not in SETS:
        raise UsageError(f"--set {name!r} is not known. Known are: {' '.join(sorted(SETS))}")
    if len(files) != 1:
        raise UsageError(f"give the one file of the corpus: saksi evaluate --set {name} FILE.jsonl")
    measure: Callable[[Path, int], None] = SETS[name]
    measure(files[0], misses)
    return 0
