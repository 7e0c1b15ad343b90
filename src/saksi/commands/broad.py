"""How three figures are printed for people: sentences to be read aloud, then what stands aside and what settles it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from saksi.commands.tallies import heading_of, print_totals_told, totals_of
from saksi.figures import some
from saksi.inquiry.explain import headline
from saksi.inquiry.selection import Selection
from saksi.ledger import derived
from saksi.ledger.store import Ledger
from saksi.publish.charts.words import several
from saksi.reconcile.broad.asides import REASONS
from saksi.reconcile.tallies import Tally
from saksi.registers.load import Registers

CITED = 6  # claims named below a sentence
COLUMNS = ("", "surely", "as linked", "as told", "aside")
PAIRS = "pairs"
Three = Sequence[Tally]
Asking = tuple[Selection, tuple[date | None, date | None]]  # what was asked, of which days


def print_broad(sources: tuple[Ledger, Registers], rows: Sequence[Tally], asked: Asking) -> None:
    """Prints the three figures, what stands aside, and what speakers tell in all."""
    ledger, registers = sources
    sure, linked, every = three = rows[:3]
    what = counted_things(sure, registers)
    for row, sentence in zip(three, (surely(sure, what), as_linked(linked, what), as_told(every, what)), strict=True):
        print(sentence)
        print(f"    {cited(row)}")
    again = asking_again(*asked)
    for line in left_open(linked, again):
        print(line)
    totals = totals_of(rows[3:], ledger, registers)
    if totals:
        print("Told in all, by who tells it:")
        print_totals_told(totals)
    print(f"Who says how much: {again} --by speaker. Every row of every speaker: --all-speakers")


def counted_things(row: Tally, registers: Registers) -> str:
    """What a row counts, as a noun with its deed: people killed, vehicles destroyed, air strikes."""
    kind = registers.kinds[row.kind]
    if kind.counts == "events":
        return several(kind.label["en"], "en")
    known = registers.classes.get(row.target or kind.theme or "thing")
    return f"{several(known.label['en'] if known else 'thing', 'en')} {kind.label['en']}"


def surely(row: Tally, what: str) -> str:
    """The low that is proven, as a sentence."""
    if row.low == 0:
        return (
            f"Surely: no number of {what} is proven; the claims may all be of other days, places or people than asked."
        )
    if row.figures == 1:
        return f"Surely: at least {row.low:,} {what}, the highest single figure."
    contested = " Some claims contradict each other: saksi check lists them." if row.conflict else ""
    return (
        f"Surely: at least {row.low:,} {what}; {row.figures:,} figures say so, no two of them of the same.{contested}"
    )


def as_linked(row: Tally, what: str) -> str:
    """The incidents that links make, each counted once, as a sentence."""
    number = f"{row.low:,}" if row.low == row.high else f"{row.low:,} to {row.high:,}"
    if not row.figures:
        return f"As linked: no incident is known by day and place; {number} {what} is what is proven."
    incidents, pairs = some(row.figures, "incident"), some(row.undecided, "undecided pair")
    said = f"As linked: {number} {what}, in {incidents} of a known day and place, each counted once."
    return said + (f" The low takes {pairs} of reports as one incident each, the high as two." if row.undecided else "")


def as_told(row: Tally, what: str) -> str:
    """All claims added up, as a sentence."""
    return (
        f"As told: {row.low:,} {what}, if no two of {some(row.figures or 0, 'claim')} count the same; "
        "what is told again is left out."
    )


def cited(row: Tally) -> str:
    """The claims that a figure rests on, the first by name."""
    claims = row.binding or row.claims
    more = len(claims) - CITED
    return " ".join(claims[:CITED]) + (f" and {more:,} more" if more > 0 else "") if claims else "no claim"


def left_open(row: Tally, again: str) -> Iterator[str]:
    """What stands aside, by reason, and which judgements settle most."""
    if row.asides:
        parts = ", ".join(f"{len(a.claims):,} {REASONS[a.reason]}" for a in row.asides)
        most = max(row.asides, key=lambda a: len(a.claims))
        yield f"Aside of the incidents stand {some(sum(len(a.claims) for a in row.asides), 'claim')}: {parts}."
        yield f"    List them: {again} --aside {most.reason}" + (
            f" (or {', '.join(a.reason for a in row.asides if a is not most)})" if len(row.asides) > 1 else ""
        )
    if row.pairs:
        settled = sum(p.settles for p in row.pairs)
        yield (
            f"To settle up to {settled:,} between low and high, judge "
            + (f"these {len(row.pairs)} pairs" if len(row.pairs) > 1 else "this pair") + f": {again} --aside {PAIRS}"
        )  # fmt: skip


def asking_again(told: Selection, days: tuple[date | None, date | None]) -> str:
    """The command that asks the same question, to be added to."""
    words = ["saksi", "tally"]
    for option, value in (
        ("kind", told.kind), ("target", told.target), *(("not", w) for w in told.without), ("age", told.age),
        ("sex", told.sex), ("status", told.status), ("country", told.country), ("place", told.place),
        ("actor", told.actor), ("owner", told.owner), *(("trust", t) for t in told.trust), ("grounds", told.grounds),
        ("from", days[0] and days[0].isoformat()), ("to", days[1] and days[1].isoformat()),
    ):  # fmt: skip
        words += [f"--{option}", value] if value else []
    return shlex.join(words)


def print_parts(parts: Iterable[Three], by: Sequence[str]) -> None:
    """Prints the three figures of each part on one line, as they come."""
    print("{:<32} {:>12} {:>19} {:>12} {:>8}".format(*COLUMNS))
    for sure, linked, told in parts:
        name = ", ".join(p for p in (heading_of(sure, by), sure.speaker_name or "") if p)
        number = f"{linked.low:,}" if linked.low == linked.high else f"{linked.low:,}-{linked.high:,}"
        aside = sum(len(a.claims) for a in linked.asides)
        print(f"{shortened(name):<32} {sure.low:>12,} {number:>19} {told.low:>12,} {aside:>8,}", flush=True)


def shortened(name: str) -> str:
    """A name that fits its column."""
    return name if len(name) <= 32 else name[:31] + "…"


def print_aside(ledger: Ledger, linked: Tally, reason: str) -> None:
    """Lists the claims that stand aside for one reason, or the pairs whose judgement settles most."""
    if reason == PAIRS:
        print_pairs(ledger, linked)
        return
    chosen = next((a.claims for a in linked.asides if a.reason == reason), ())
    rows = {row.id: row for row in derived.rows_by_id(ledger, chosen)}
    for id in chosen:
        if id in rows:
            print(headline(rows[id]))
    print(f"{some(len(chosen), 'claim')}: {REASONS[reason]}")


def print_pairs(ledger: Ledger, linked: Tally) -> None:
    """Lists pairs of claims, those first that settle most, each with the command that judges it."""
    rows = {row.id: row for row in derived.rows_by_id(ledger, {id for p in linked.pairs for id in (p.a, p.b)})}
    for pair in linked.pairs:
        print(f"{pair.settles:,} between low and high: saksi judge {pair.a} {pair.b} same|different --by NAME")
        for id in (pair.a, pair.b):
            print(f"    {headline(rows[id])}: {' '.join(rows[id].sentence.text.split())[:120]}")
    print(f"{len(linked.pairs)} of {some(linked.undecided, 'undecided pair')}")
