"""How tallies are printed for people: one sober screen, what is said in all before what is said of single days."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby

import msgspec

from saksi.figures import figure, some
from saksi.ledger import derived
from saksi.ledger.columns import Row
from saksi.ledger.store import Ledger
from saksi.reconcile.asking import STEPS
from saksi.reconcile.speakers.known import Speakers
from saksi.reconcile.tallies import Tally
from saksi.registers.load import Registers
from saksi.registers.places.folding import fold

WIDTH = 14
SCREEN = 12  # speakers on one screen
BINDING = 12  # figures that a speaker's row may add up and still be looked through for a total
Rows = Sequence[Tally]


class Shown(msgspec.Struct, frozen=True):
    """How much is printed and how: the shape, every speaker's row or those that say a total, or some speakers' only.

    `aside` asks for the claims that stand aside for one reason, or for the pairs to judge.
    """

    shape: str = "table"
    everybody: bool = False
    speakers: tuple[str, ...] = ()
    aside: str | None = None

    def names(self, row: Tally) -> bool:
        """Whether a row is of a speaker that is asked for: by id, or by name or a part of it."""
        if not self.speakers:
            return True
        wanted = [fold(s) for s in self.speakers]
        return row.speaker in self.speakers or any(w in fold(row.speaker_name or "") for w in wanted)


def known_by(shown: Shown, speakers: Speakers) -> Shown:
    """The same with the keys of the speakers that go by the names asked for; a name that nobody has stays a part."""
    found: list[str] = []
    for name in shown.speakers:
        whole = [s.key for s in speakers.named(name)]
        found += whole or [name, *(s.key for s in speakers.called(name))]
    return msgspec.structs.replace(shown, speakers=tuple(found))


def print_tallies(sources: tuple[Ledger, Registers], found: tuple[Rows, Rows], by: Sequence[str], shown: Shown) -> None:
    """Prints running totals day by day, then the rows of a question."""
    running, rows = found
    for (_, name), some_rows in groupby(running, lambda r: (r.speaker, r.speaker_name)):
        print_running(str(name), list(some_rows))
    if running and not shown.everybody:
        print("What is told of single days beside these totals: --all-speakers")
        return
    totals = totals_of(rows, *sources) if not by and not shown.everybody and not shown.speakers else []
    if totals:
        print_totals(rows, totals)
        return
    print_rows(rows, by)
    for doubt in dict.fromkeys(d for row in rows for d in row.doubts) if shown.everybody else ():
        print(f"left out: {doubt}")


def print_running(name: str, rows: Rows) -> None:
    """Prints one speaker's running total: as of each day, what it says and what it grew by."""
    begun = min((r.start for r in rows if r.start is not None and r.start != r.end), default=None)
    print(f"{name} tells in all" + (f" since {begun}" if begun else "") + ", as of:")
    for row in rows:
        added = "" if row.added is None else f"{row.added:+d}"
        print(f"{row.end}  {figure(row.low, row.high):>{WIDTH}}  {added:>8}   {row.claims[0]}")
    print()


def totals_of(rows: Rows, ledger: Ledger, registers: Registers) -> list[tuple[Tally, Row]]:
    """The rows of speakers that tell a running total of what is asked, with its claim; the greatest total first.

    Beside a total some figures of elsewhere may be in a row's low; it still is what the speaker tells in all.
    """
    some = [row for row in rows if row.of == "speaker" and 0 < len(row.binding) <= BINDING]
    theme = {row.target or registers.kinds[row.kind].theme for row in rows if row.kind}
    known = {r.id: r for r in derived.rows_by_id(ledger, dict.fromkeys(id for row in some for id in row.binding))}
    told = [(row, [known[id] for id in row.binding if id in known]) for row in some]  # some may be forgotten meanwhile
    found = [(row, max(claims, key=lambda r: r.low or 0)) for row, claims in told if claims]
    whole = [(row, r) for row, r in found if is_total(r, theme) and 2 * (r.low or 0) > row.low]
    return sorted(whole, key=lambda pair: (-(pair[1].low or 0), pair[0].speaker or ""))


def is_total(claim: Row, theme: Collection[str | None]) -> bool:
    """Whether a claim tells all of what is asked so far, not of the children or the women among them."""
    of_all = not claim.target or claim.target in theme
    return claim.scope == "cumulative" and of_all and not claim.target_age and not claim.target_sex


def print_totals(rows: Rows, totals: Sequence[tuple[Tally, Row]]) -> None:
    """Prints what speakers tell in all, each from its one report; the others are counted."""
    shown = print_totals_told(totals)
    others = [r for r in rows if r.of == "speaker" and r.claims and r.speaker not in shown]
    if others:
        most = max(r.low for r in others)
        told = "of less, of parts or of other days, the largest figure"
        print(f"{some(len(others), 'more speaker')} {told} {most}: --all-speakers")
    joint = next(r for r in rows if r.of == "joint")
    if len(shown) + len(others) > 1:
        print("   ".join([f"{figure(joint.low, joint.high):<{WIDTH - 1}} if all of them are right", *remarks(joint)]))


def print_totals_told(totals: Sequence[tuple[Tally, Row]]) -> set[str | None]:
    """Prints one screen of what speakers tell in all, each with the day and the report; returns who they are.

    Voices that have no name and are one page's each ("Israeli sources" of twenty reports) take one line: the newest.
    """
    alike: dict[tuple[str, str], list[tuple[Tally, Row]]] = {}
    for row, claim in totals:
        name, _, page = (row.speaker or "").partition(" @")
        alike.setdefault((name, str(claim.document.publisher) if page else ""), []).append((row, claim))
    screen = list(alike.values())[:SCREEN]
    for told in screen:
        row, claim = max(told, key=lambda pair: str(told_as_of(*pair) or ""))
        number = f"{figure(claim.low or 0, claim.high):<{WIDTH - 1}}"
        as_of = f", as of {day}" if (day := told_as_of(row, claim)) else ""
        print(f"{number} says {row.speaker_name}{as_of}   from {source_of(claim)}{elsewhere(told)}")
    return {row.speaker for told in screen for row, _ in told}


def told_as_of(row: Tally, claim: Row) -> date | None:
    """The day as of which a total stands."""
    return row.as_of or claim.end or claim.said_on


def elsewhere(told: Sequence[tuple[Tally, Row]]) -> str:
    """In how many reports voices of one name tell a total, and from which least to which most."""
    if len(told) == 1:
        return ""
    least, most = (f"{pick(claim.low or 0 for _, claim in told):,}" for pick in (min, max))
    return f"   in {len(told)} reports " + (f"{least} to {most}" if least != most else f"as much, {most}")


def source_of(row: Row) -> str:
    """The claim with the report that it is from."""
    document = row.document
    name = document.title or document.publisher or document.url or document.id
    parts = [name, document.ref, document.published]
    return f"{row.id}: " + ", ".join(str(p) for p in dict.fromkeys(parts) if p)


def print_rows(rows: Rows, by: Sequence[str]) -> None:
    """Prints rows for people; the envelope and the joint row only where more than one speaks."""
    heading = None
    for n, row in enumerate(rows):
        alone = sum(r.of == "speaker" for r in rows if heading_of(r, by) == heading_of(row, by)) < 2
        if row.of in ("envelope", "joint") and alone and (row.claims or row.of == "joint"):
            continue
        if by and heading_of(row, by) != heading:
            heading = heading_of(row, by)
            print(("\n" if n else "") + heading)
        print(tally_line(row))


def heading_of(row: Tally, by: Sequence[str]) -> str:
    """What sets a row's question apart from the others."""
    days = str(row.start) if row.start == row.end else f"{row.start} to {row.end}"
    parts = [days] if any(p in STEPS for p in by) else []
    parts += [
        str(v) for p, v in (("country", row.place), ("place", row.place), ("target", row.target)) if p in by and v
    ]
    parts += [row.actor] if "actor" in by and row.actor and row.of not in ("conceded", "alleged") else []
    return ", ".join(parts)


def tally_line(row: Tally) -> str:
    """A row in one line: the number, who says it, its state where it is not agreed, its sum, its claims."""
    who = {
        "speaker": f"says {row.speaker_name}" + (f", of {row.voice}" if row.voice else ""),
        "conceded": f"conceded by {row.speaker_name} of its {row.voice}",
        "alleged": f"alleged by others of the {(row.voice or '').removeprefix('own ')} of {row.speaker_name}",
        "envelope": "whichever of them is right", "joint": "if all of them are right",
    }[row.of]  # fmt: skip
    if not row.claims:
        kind = f" --kind {row.kind}" if row.kind is not None else ""
        return f"no claim bounds this question: 0 or more   what there is: saksi claims{kind}"
    parts = [f"{figure(row.low, row.high):<{WIDTH - 1}} {who}", *remarks(row)]
    shown = row.binding or row.claims
    among = " (others would do)" if row.low_from is not None and row.low_from.unique is False else ""
    parts.append(" ".join(shown[:8]) + (f" and {len(shown) - 8} more" if len(shown) > 8 else "") + among)
    return "   ".join(parts)


def remarks(row: Tally) -> Iterator[str]:
    """What has to be said beside a row's number."""
    if row.apart is not None and row.high is None and row.apart > row.low:
        yield f"{row.apart} if no two reports are of one happening"
    if row.aside:
        yield f"{some(row.aside, 'figure')} not added: not proven to be of others"
    if row.presumed:
        yield f"{row.presumed} of {some(len(row.claims), 'claim')} with presumed place, days or speaker"
    if row.proposed:
        yield f"{row.proposed} of {some(len(row.claims), 'claim')} on a second reader's word alone"
    if row.doubts:
        yield f"{some(len(row.doubts), 'figure')} left out as misread"
    if row.state == "contested":
        yield f"contested: {' '.join(row.conflict[:8])} cannot all hold"
    if row.derived:
        yield f"derived: {row.derived}"
