"""What `saksi add`, `judge` and `judgements` do once their options are parsed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import msgspec

from saksi.commands.terminal import say
from saksi.errors import UsageError
from saksi.figures import some
from saksi.ledger import derived
from saksi.ledger.coded import coded_documents
from saksi.ledger.judgements import (
    OF_NAMES,
    OF_ONE,
    OF_TWO,
    SPEAKER,
    UNDONE,
    Judgement,
    judge,
    judge_speakers,
    judgements,
)
from saksi.ledger.store import Ledger
from saksi.reconcile.speakers.gathering import speakers_of
from saksi.reconcile.speakers.said import plain
from saksi.registers.load import Registers, load_registers


def add_command(ledger: Ledger, files: list[Path], name: str, registers: Registers) -> None:
    """Adds rows coded elsewhere; nothing of any file is kept where one row is wrong."""
    read = [(path, *coded_documents(path, name, registers)) for path in files]
    added = ledger.add_coded(name, [d for _, documents, _ in read for d in documents])
    rows = sum(len(d.rows) for _, documents, _ in read for d in documents)
    known = f", {rows - added} already there" if added < rows else ""
    say(f"{ledger.name}: {some(rows, 'row')} of {name}, {some(added, 'claim')} added{known}")
    for path, _, ignored in read:
        for column, count in sorted(ignored.items()):
            sys.stderr.write(f"saksi: {path}: the column {column!r} of {some(count, 'row')} was ignored\n")


def judge_command(ledger: Ledger, words: list[str], fields: list[str], said: tuple[str, date, str | None]) -> None:
    """Keeps a judgement: claims, then the verdict; corrections need no verdict."""
    by, on, note = said
    verdict = words[-1] if words and words[-1] in (*OF_TWO, *OF_ONE, UNDONE) else None
    ids = words[:-1] if verdict else words
    if verdict is None and not fields:
        raise UsageError(f"say what you judge: saksi judge CLAIM CLAIM {'|'.join(OF_TWO)}, CLAIM wrong|right|accepted, "
                         "CLAIM --field low=12, or CLAIM... undone")  # fmt: skip
    if verdict is not None and fields:
        raise UsageError(f"--field corrects a claim, it does not go with {verdict!r}")
    rows = [ledger.claim(id) for id in ids]
    claims, readings = tuple(r.id for r in rows), tuple(r.reading for r in rows)
    made = []
    for each in fields or [""]:
        name, equals, value = each.partition("=")
        if fields and not equals:
            raise UsageError(f"--field {each!r} must be NAME=VALUE, like low=12")
        made.append(Judgement(verdict=verdict or "corrected", claims=claims, readings=readings, by=by, on=on, note=note,
                              field=name or None, value=value if fields else None))  # fmt: skip
    judge(ledger, rows, made)
    say(f"{ledger.name}: {' '.join(claims)} judged {made[0].verdict} by {by}, {on}")


def judge_speakers_command(ledger: Ledger, words: list[str], said: tuple[str, date, str | None]) -> None:
    """Keeps a judgement of two names: "MoH" different "Lebanese MoH"; of one name, whether it is one over all pages."""
    by, on, note = said
    verdict = next((w for w in words[1:] if w in (*OF_NAMES, UNDONE)), None)
    names = [w for w in words if w != verdict]
    if verdict is None or not 1 <= len(names) <= 2:
        raise UsageError('say what you judge: saksi judge speaker "MoH" same|different|undone "Lebanese MoH"')
    a, b = plain(names[0]), plain(names[-1])
    known = {n for s in speakers_of(ledger, load_registers()).every for n in s.plain_names}
    for name, written in zip((a, b), (names[0], names[-1]), strict=True):
        if name not in known and verdict != UNDONE:
            raise UsageError(f"{written!r} is no speaker's name in {ledger.name}. Those are: saksi speakers")
    judge_speakers(ledger, (a, b), Judgement(verdict=verdict, claims=(), readings=(), by=by, on=on, note=note))
    say(f"{ledger.name}: {names[0]!r} and {names[-1]!r} judged {verdict} by {by}, {on}")


def judgements_command(ledger: Ledger) -> None:
    """Lists all judgements; those made on values that have changed since are marked."""
    lines = judgement_lines(ledger)
    for line in lines:
        print(line)
    print(some(len(lines), "judgement"))


def judgement_lines(ledger: Ledger, claim: str | None = None) -> list[str]:
    """The judgements, or those of one claim, a line each, oldest first."""
    made = [j for j in judgements(ledger) if claim is None or claim in j.claims]
    now = {row.id: row.reading for row in derived.rows_by_id(ledger, {c for j in made for c in j.claims})}
    lines = []
    for each in made:
        changed = [c for c, r in zip(each.claims, each.readings, strict=True) if now.get(c) != r]
        field = f" {each.field}={each.value}" if each.field else ""
        again = f"  LOOK AGAIN: {' '.join(changed)} reads otherwise now" if changed else ""
        note = f": {each.note}" if each.note else ""
        if each.field == SPEAKER and each.value:
            names = " and ".join(map(repr, msgspec.json.decode(each.value, type=list[str])))
            lines.append(f"{each.on}  {each.by}  speakers {each.verdict}  {names}{note}")
            continue
        lines.append(f"{each.on}  {each.by}  {each.verdict}{field}  {' '.join(each.claims)}{note}{again}")
    return lines
