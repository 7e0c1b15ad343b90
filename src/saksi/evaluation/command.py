"""`saksi evaluate`: figures of our own gold by language, kind and field, and their floors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from saksi.errors import UsageError
from saksi.evaluation.floors import (
    Figures,
    check_floors,
    check_other_floors,
    other_measures,
    write_floors,
    write_other_floors,
)
from saksi.evaluation.gold import SEEN, UNSEEN, GoldDocument, fingerprint, load_gold
from saksi.evaluation.score import FIELDS, Outcome, compare
from saksi.evaluation.sets.lines import print_shares
from saksi.figures import some
from saksi.ledger.columns import rows_of
from saksi.reading.reader import Reader


def evaluate_command(folder: Path, *, floors: bool, raise_floors: bool, misses: int, shared: Path | None = None) -> int:
    """Prints the figures of our own gold; with floors, fails where one of any measure is missed."""
    outcomes = [read_gold(gold) for gold in load_gold(folder)]
    figures = print_part(folder, SEEN, outcomes)
    print_kinds(outcomes)
    print_misses(outcomes, misses)
    unseen = [read_gold(gold) for gold in load_gold(folder, UNSEEN)]
    if unseen:
        print_part(folder, UNSEEN, unseen)
    path, others = folder / "floors.json", other_measures(folder, shared)
    if raise_floors:
        write_floors(path, folder, figures)
        write_other_floors(path, others)
    if not floors:
        return 0
    under = check_floors(path, folder, figures) | check_other_floors(path, others)
    if not under:
        print("all floors held")
    return under


def print_part(folder: Path, part: str, outcomes: list[Outcome]) -> Figures:
    """Prints the figures of one part by language, and gives them."""
    golds = [o.gold for o in outcomes]
    claims = sum(len(g.claims) for g in golds)
    print(f"{part}: {len(golds)} gold documents, {some(claims, 'claim')}, fingerprint {fingerprint(folder, part)}")
    figures: Figures = {}
    for language in sorted({g.language for g in golds}):
        own = [o for o in outcomes if o.gold.language == language]
        figures |= {f"{language}.{k}": v for k, v in figures_of(own).items()}
    print_shares(figures)
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


def evaluate_proposals(files: list[Path], gold: Path | None, answers: Path | None, misses: int) -> int:
    """Prints how a second reader's answers ground, and what they and the rules make of the documents."""
    from saksi.evaluation.sets.proposals import measure_proposals

    if len(files) != 1 or gold is None or answers is None:
        form = "saksi evaluate --set proposals FILE --gold GOLD --answers ANSWERS"
        raise UsageError(f"give the documents, their gold and the answers: {form}")
    measure_proposals(files[0], gold, answers, misses)
    return 0


def evaluate_set(name: str, files: list[Path], misses: int, gold: Path | None = None) -> int:
    """Prints the figures of another corpus."""
    from saksi.evaluation.sets import SETS, WITH_GOLD

    if name not in SETS and name not in WITH_GOLD:
        raise UsageError(f"--set {name!r} is not known. Known are: {' '.join(sorted({*SETS, *WITH_GOLD}))}")
    form = f"saksi evaluate --set {name} FILE" + (" --gold GOLD" if name in WITH_GOLD else ".jsonl")
    if len(files) != 1 or (gold is None) != (name in SETS):
        raise UsageError(f"give the one file of the corpus{' and its gold' if name in WITH_GOLD else ''}: {form}")
    if gold is not None:
        WITH_GOLD[name](files[0], gold, misses)
    else:
        SETS[name](files[0], misses)
    return 0
