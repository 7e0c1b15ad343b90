"""What people judge of claims: rows of their own, added and never changed, that outlive a better reader.

`same`, `different` and `unsure` are of two claims or more; `wrong` strikes one through, `right` takes that
back with all corrections, `corrected` gives one of its fields another value, `accepted` says that the claim as
it stands, corrections included, is right. The newest judgement of the same claims (and field) holds; `undone`
withdraws the newest one that the same person made of the same claims. `same` and `different` are said of the names
of two speakers too.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import msgspec
import sqlalchemy as sa

from saksi.errors import UsageError
from saksi.ledger import derived, schema
from saksi.ledger.columns import Row
from saksi.ledger.readers import CHOICE, chosen
from saksi.ledger.store import Ledger

OF_TWO = ("same", "different", "unsure")
OF_ONE = ("wrong", "right", "corrected", "accepted")
OF_NAMES = ("same", "different")
UNDONE = "undone"
SPEAKER = "speaker"  # the field of a judgement on two names of speakers, which its value holds
LISTS = ("claims", "readings")
FIELDS = (
    "kind", "counts", "low", "high", "target", "target_age", "target_sex", "target_status", "target_owner", "start",
    "end", "date_precision", "stance", "negated", "scope", "complete", "includes_perpetrators",
)  # fmt: skip


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Who judged what of which claims, on what day and why; `readings` are the values it was made on.

    A correction may name the words of the document that say so: [start, end) in code points.
    """

    verdict: str
    claims: tuple[str, ...]
    readings: tuple[str, ...]
    by: str
    on: date
    note: str | None = None
    field: str | None = None
    value: str | None = None
    start: int | None = None
    end: int | None = None


class Judged(msgspec.Struct):
    """The judgements that hold: pairs of claims, claims struck through, fields corrected."""

    pairs: dict[tuple[str, str], Judgement]
    struck: dict[str, Judgement]
    corrected: dict[str, dict[str, Judgement]]


def judge(ledger: Ledger, rows: list[Row], made: list[Judgement]) -> None:
    """Keeps judgements on some claims of the ledger, all or none, checked first."""
    for each in made:
        if each.verdict in OF_TWO and len({r.id for r in rows}) < 2:
            raise UsageError(f"{each.verdict} is said of two claims or more")
        if each.verdict in OF_ONE and len(rows) != 1:
            raise UsageError(f"{each.verdict} is said of one claim")
        if each.verdict == UNDONE and not any(told_of(each, other) for other in upheld(judgements(ledger))):
            raise UsageError(f"{each.by} has judged nothing of {' '.join(each.claims)} that could be undone")
    corrections = {each.field: each for each in made if each.field is not None}
    if corrections:
        before = judged(judgements(ledger)).corrected.get(rows[0].id, {})
        corrected_row(rows[0], before | corrections)
    with ledger.writing("The judgement was not kept") as db:
        db.execute(schema.judgements.insert(), [cells_of(each) for each in made])
        if any(each.verdict != "accepted" for each in made):
            derived.open_again(db, {r.id for r in rows})


def judge_speakers(ledger: Ledger, names: tuple[str, str], made: Judgement) -> Judgement:
    """Keeps what somebody says of two names of speakers, plain as they are compared: same, different, or undone."""
    value = msgspec.json.encode(sorted(names)).decode()
    kept = msgspec.structs.replace(made, field=SPEAKER, value=value)
    if made.verdict == UNDONE and not any(told_of(kept, other) for other in upheld(judgements(ledger))):
        raise UsageError(f"{made.by} has judged nothing of {' and '.join(names)} that could be undone")
    with ledger.writing("The judgement was not kept") as db:
        db.execute(schema.judgements.insert(), [cells_of(kept)])
        derived.open_again(db, ())
    return kept


def cells_of(judgement: Judgement) -> dict[str, object]:
    """A judgement as SQL values."""
    cells = {f: getattr(judgement, f) for f in Judgement.__struct_fields__}
    return cells | {f: msgspec.json.encode(cells[f]).decode() for f in LISTS}


def judgements(ledger: Ledger) -> list[Judgement]:
    """All judgements, oldest first."""
    table = schema.judgements
    with ledger.engine.connect() as db:
        found = db.execute(sa.select(table).order_by(table.c.number)).mappings().all()
    return [
        msgspec.convert({**row, **{f: msgspec.json.decode(row[f]) for f in LISTS}}, Judgement)
        for row in map(plain, found)
    ]


def plain(row: sa.RowMapping) -> dict[str, Any]:
    """A row of the table as a judgement's fields."""
    return {f: row[f] for f in Judgement.__struct_fields__}


def judged(made: list[Judgement]) -> Judged:
    """The judgements that hold: of the same claims and field, the newest."""
    found = Judged({}, {}, {})
    for each in upheld(made):
        if each.verdict in OF_TWO:
            for a, b in combinations(sorted(each.claims), 2):
                found.pairs[(a, b)] = each
        elif each.verdict == "wrong":
            found.struck[each.claims[0]] = each
        elif each.verdict == "right":
            found.struck.pop(each.claims[0], None)
            found.corrected.pop(each.claims[0], None)
        elif each.field is not None:
            found.corrected.setdefault(each.claims[0], {})[each.field] = each
    return found


def standings(made: list[Judgement]) -> dict[str, str]:
    """Of claims that were judged by themselves what stands, by id: struck, corrected or accepted."""
    found = {each.claims[0]: "accepted" for each in upheld(made) if each.verdict in OF_ONE}
    said = judged(made)
    return found | dict.fromkeys(said.corrected, "corrected") | dict.fromkeys(said.struck, "struck")


def upheld(made: list[Judgement]) -> list[Judgement]:
    """The judgements that nobody withdrew, oldest first."""
    kept: list[Judgement] = []
    for each in made:
        if each.verdict != UNDONE:
            kept.append(each)
            continue
        last = next((n for n in range(len(kept) - 1, -1, -1) if told_of(each, kept[n])), None)
        if last is not None:
            del kept[last]
    return kept


def told_of(one: Judgement, other: Judgement) -> bool:
    """Whether two judgements are of one person and the same claims, or the same two names."""
    alike = one.by == other.by and sorted(one.claims) == sorted(other.claims)
    return alike and (bool(one.claims) or (one.field, one.value) == (other.field, other.value))


def corrected_row(row: Row, corrections: dict[str, Judgement]) -> Row:
    """A row with its fields as corrected; an empty value makes a field null. An exact number stays one number.

    `reader:FIELD` settles a field that two readers read otherwise: its value is the reader who is right.
    """
    for name in sorted(n for n in corrections if n.startswith(CHOICE)):
        row = chosen(row, name.removeprefix(CHOICE), corrections[name].value or "")
    corrections = {n: each for n, each in corrections.items() if not n.startswith(CHOICE)}
    if not corrections:
        return row
    values = msgspec.to_builtins(row)
    for name, judgement in corrections.items():
        if name not in FIELDS:
            raise UsageError(f"--field {name!r} cannot be corrected; these can: {' '.join(FIELDS)}")
        values[name] = judgement.value or None
    try:
        corrected = msgspec.convert(values, Row, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"--field: {error}") from None
    if row.low is not None and row.low == row.high and len({"low", "high"} & set(corrections)) == 1:
        one = corrected.low if "low" in corrections else corrected.high
        if one is not None and (corrected.low or 0) > (corrected.high or 0):
            corrected = msgspec.structs.replace(corrected, low=one, high=one)
    if corrected.low is not None and corrected.high is not None and corrected.low > corrected.high:
        raise UsageError(f"--field: low {corrected.low} is above high {corrected.high}: correct both at once")
    return msgspec.structs.replace(corrected, exact=corrected.low is not None and corrected.low == corrected.high)
