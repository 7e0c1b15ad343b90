"""What `saksi tally`, `check` and `incidents` print, once their options are parsed."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from saksi.circles import uncollected
from saksi.commands.broad import Asking, print_aside, print_broad, print_parts
from saksi.commands.lines import write_lines
from saksi.commands.tallies import Shown, known_by, print_tallies
from saksi.commands.terminal import is_watched, say
from saksi.figures import figure, some
from saksi.inquiry.explain import days, figure_of
from saksi.inquiry.queries import asked_of, check, incidents, may_contradict, retell
from saksi.ledger import derived
from saksi.ledger.cells import cell
from saksi.ledger.columns import Row
from saksi.ledger.store import Ledger
from saksi.reconcile.asking import split
from saksi.reconcile.broad.parts import Broadly, every_row
from saksi.reconcile.contradictions import Contradiction
from saksi.reconcile.incidents import Incident
from saksi.reconcile.links import Link
from saksi.reconcile.refresh import Progress, contradictions, refresh
from saksi.reconcile.speakers.gathering import speakers_of
from saksi.reconcile.speakers.known import Speakers
from saksi.reconcile.tallies import Tally
from saksi.reconcile.tensions import Strain
from saksi.reconcile.terms import Term
from saksi.registers.load import Registers

if TYPE_CHECKING:
    from saksi.inquiry.selection import Selection


def progress() -> Progress | None:
    """On a terminal, what shows how far a refresh is."""
    if not is_watched():
        return None

    def step(done: int, of: int) -> None:
        if done % 100 == 0 or done == of:
            sys.stderr.write(f"\rreconciling: {done:,} of {of:,} components" + ("\r" if done == of else ""))
            sys.stderr.flush()

    return step


def reconcile_command(ledger: Ledger, registers: Registers, *, told: bool = False) -> None:
    """Says what a refresh did."""
    done = refresh(ledger, registers, progress())
    if told:
        retell(ledger, registers)
    found = len(contradictions(ledger))
    say(
        f"{ledger.name}: {some(done.changed, 'claim')} new or changed, {done.assessed} assessed in "
        f"{some(done.components, 'component')}; {some(found, 'contradiction')} in all"
    )


@uncollected()
def tally_command(
    ledger: Ledger, registers: Registers, told: Selection, days: tuple[date | None, date | None], shown: Shown
) -> None:
    """Prints the tallies of a question; by day also what running totals said."""
    asked, question = asked_of(ledger, told, days, registers)
    shown, broadly = known_by(shown, asked.speakers), Broadly(asked, question)
    if shown.aside is not None:
        print_aside(ledger, broadly.three(broadly.told, question)[1], shown.aside)
        return
    if broadly.is_broad and not shown.speakers:
        broad_command((ledger, registers), broadly, (told, days), shown)
        return
    whole = shown.shape != "table" or shown.everybody
    running = [row for row in asked.running(question) if shown.names(row)] if "day" in told.by else []
    parts = split(asked, question, told.by) if whole or not running else []  # else only totals are shown
    sides = whole or not asked.in_all  # a page of totals leaves them out
    found = [row for q in parts for row in asked.rows(q, sides=sides)]
    found = [row for row in found if (row.claims or not told.by) and shown.names(row)]
    if shown.shape == "json":
        tally_json([*running, *found])
    elif shown.shape == "csv":
        tally_csv([*running, *found])
    else:
        print_tallies((ledger, registers), (running, found), told.by, shown)


def broad_command(sources: tuple[Ledger, Registers], broadly: Broadly, about: Asking, shown: Shown) -> None:
    """Prints the three figures of a question that too many claims bear on, or of its parts as they come."""
    told = about[0]
    running = broadly.asked.running(broadly.question) if "day" in told.by else []
    if running and shown.shape == "table" and not shown.everybody:
        print_tallies(sources, (running, []), told.by, shown)
        return
    parts = broadly.parts(told.by) if told.by else iter([every_row(broadly) if shown.everybody else broadly.rows()])
    if shown.shape == "json":
        tally_json([*running, *(row for rows in parts for row in rows)])
    elif shown.shape == "csv":
        tally_csv(row for rows in ([running], parts) for some in rows for row in some)
    elif told.by:
        print_parts(parts, told.by)
    else:
        rows = next(parts)
        print_broad(sources, rows, about)
        if shown.everybody:
            print_tallies(sources, ([], rows[3:]), (), shown)


def tally_json(rows: Sequence[Tally]) -> None:
    """Prints rows as one JSON array."""
    print(msgspec.json.format(msgspec.json.encode(rows), indent=1).decode())


def tally_csv(rows: Iterable[Tally]) -> None:
    """Prints rows as CSV; claims as JSON text."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(Tally.__struct_fields__)
    for row in rows:
        writer.writerow([cell(getattr(row, f)) for f in Tally.__struct_fields__])


def check_command(ledger: Ledger, registers: Registers, shape: str) -> int:
    """Prints every contradiction, then every tension; returns 1 if there are any."""
    found, tensions = check(ledger, registers, progress())
    if shape == "jsonl":
        write_lines(iter([*({"sort": "contradiction", **msgspec.to_builtins(c)} for c in found),
                          *({"sort": "tension", **msgspec.to_builtins(t)} for t in tensions)]))  # fmt: skip
    else:
        print_findings((ledger, registers), found, tensions)
        if open_pairs := len(may_contradict(ledger, registers)):
            print(f"{some(open_pairs, 'pair')} would contradict, if of one happening. Decide them: saksi incidents")
    return 1 if found or tensions else 0


def print_findings(
    sources: tuple[Ledger, Registers], found: Sequence[Contradiction], tensions: Sequence[Strain]
) -> None:
    """Prints contradictions and tensions with their sentences."""
    ledger, registers = sources
    speakers = speakers_of(ledger, registers)
    ids = {id for c in found for id in c.claims} | {id for t in tensions for id in (*t.status, *t.claims)}
    rows = {row.id: row for row in derived.rows_by_id(ledger, ids)}
    for n, each in enumerate(found, 1):
        within = {"document": "in one document", "speaker": "of one speaker", "speakers": "between speakers"}[
            each.within
        ]
        off = f": off by {each.gap}" if each.gap else ""
        print(f"{n}. contradiction, {each.type}, {within}{off}" + (f" ({each.says})" if each.says else ""))
        for id in each.claims:
            print(
                cited(rows[id], speakers, "*" if id in each.smallest and len(each.smallest) < len(each.claims) else " ")
            )
    for n, strain in enumerate(tensions, len(found) + 1):
        print(f"{n}. tension since {strain.since}: {strain.says}")
        for id in (*strain.status, *strain.claims):
            print(cited(rows[id], speakers, " "))
    marked = any(len(c.smallest) < len(c.claims) for c in found)
    counts = f"{some(len(found), 'contradiction')}, {some(len(tensions), 'tension')}"
    print(counts + (" (* a smallest set)" if marked else ""))


def cited(row: Row, speakers: Speakers, mark: str) -> str:
    """A claim with its number, who says it, and its sentence."""
    org, known = row.speaker_org or row.speaker, speakers.of(row)
    says = known.name if known else org.text if org else (row.document.publisher or "the outlet")
    number = "none" if row.negated else figure_of(row)
    return f"  {mark} {row.id}  {row.kind} {number}, {days(row)}, says {says}: {short(row.sentence.text, 160)}"


def short(text: str, width: int) -> str:
    """A text in one line, cut with an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1] + "…"


def incidents_command(ledger: Ledger, registers: Registers, shape: str, misses: bool) -> None:
    """Prints the incidents, then the pairs that nobody has decided yet."""
    told = incidents(ledger, registers, progress())
    found, by = told.incidents, told.terms
    open_pairs = [*told.undecided, *(sorted(told.misses) if misses else ())]
    if shape == "jsonl":
        write_lines(iter([*({"sort": "incident", **msgspec.to_builtins(i)} for i in found),
                          *({"sort": "pair", **msgspec.to_builtins(k)} for k in open_pairs)]))  # fmt: skip
        return
    for each in found:
        print_incident(each, by)
    for link in open_pairs:
        print_pair(link, by, link in told.undecided)
    undecided = len(told.undecided)
    print(f"{some(len(found), 'incident')} told more than once, {some(undecided, 'pair')} undecided")
    if undecided:
        first = told.undecided[0]
        print(f"Decide one: saksi judge {first.a} {first.b} same|different|unsure --by NAME --note WHY")


def print_incident(each: Incident, by: dict[str, Term]) -> None:
    """One incident: its claims, why they are one, and how figures were revised."""
    days = str(each.start) if each.start == each.end else f"{each.start} to {each.end}"
    print(f"{each.id}  {', '.join(each.kinds)}  {', '.join(each.places) or 'place not said'}  {days}")
    for id in each.claims:
        print(f"    {told_line(by[id])}")
    for link in each.links:
        print(f"    one happening, by {link.by}: {link.a} {link.b} ({', '.join(link.reasons) or 'no reason given'})")
    for series in each.series:
        steps = " -> ".join(f"{figure(low, high)} ({day})" for day, low, high, _ in series.reports)
        added = ", ".join("?" if a is None else f"{a:+d}" for a in series.added)
        print(f"    revised by {by[series.reports[-1][3]].speaker_name}: {steps}; added between reports: {added}")


def print_pair(link: Link, by: dict[str, Term], asked: bool) -> None:
    """An undecided pair, or a near miss, with its reasons."""
    word = "perhaps one happening" if asked else "near miss"
    print(f"{word} ({', '.join(link.reasons)}):")
    for id in (link.a, link.b):
        print(f"    {told_line(by[id])}")


def told_line(term: Term) -> str:
    """A claim in one line."""
    number = "none" if term.negated else (figure(term.low, term.high) if term.counts and term.counted else "no number")
    return f"{term.id}  {term.kind} {number}, says {term.speaker_name}: {short(term.sentence, 120)}"
