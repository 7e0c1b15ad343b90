"""Kills a command of a ledger at a random moment, runs it again, and holds the ledger against an undisturbed one.

usage: python -m tests.killed.rounds ROUNDS FOLDER [postgresql://USER@HOST:PORT]

Each round is a process of its own whose writing is slowed, so that the kill falls into it. The moments are random
numbers of a fixed seed. A line that begins with `wrong:` is a failure.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from saksi import Ledger
from saksi.cli import app
from saksi.ledger.judgements import judgements
from saksi.ledger.removal import removals
from saksi.reconcile.refresh import contradictions, links
from tests.killed.places import Databases, Files, Place, soundness

SLOW = 0.002  # seconds that each statement takes longer
TOWNS = ("Kabul", "Kunduz", "Herat", "Ghazni", "Zabul", "Khost")
ROW = {"id": "coded", "kind": "kill", "target": "soldier", "low": 3, "high": 3, "start": "2024-05-01",
       "end": "2024-05-01", "places": [{"name": "Kabul", "country": "AF"}], "speaker_org": "taliban"}  # fmt: skip


def lines(numbers: range) -> str:
    """Reports as JSON lines."""
    told = ({"id": str(n), "published": "2024-05-03",
             "text": f"{n % 7 + 2} soldiers were killed in {TOWNS[n % 6]} on Thursday, police said."}
            for n in numbers)  # fmt: skip
    return "".join(json.dumps(each) + "\n" for each in told)


def run(*words: str) -> None:
    """A command in this process, its output thrown away."""
    with Path(os.devnull).open("w") as nowhere:
        held, sys.stdout = sys.stdout, nowhere
        try:
            app(list(words), exit_on_error=False, print_error=False)
        except SystemExit:
            pass
        finally:
            sys.stdout = held


def slowed(*words: str) -> int:
    """A process that runs a command with every statement slowed; returns its number."""
    child = os.fork()
    if child:
        return child
    sa.event.listen(sa.Engine, "before_cursor_execute", lambda *_: time.sleep(SLOW))
    try:
        run(*words)
    finally:
        os._exit(0)


def killed(delay: float, *words: str) -> bool:
    """Runs a slowed command and kills it after a delay; whether it was killed before it ended."""
    child = slowed(*words)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def state(address: str) -> dict[str, Any]:
    """All that a ledger says."""
    ledger = Ledger.open(address, create=False)
    try:
        return {
            "sound": soundness(ledger),
            "tombstones": [(r.document, r.by) for r in removals(ledger)], "counts": ledger.counts(),
            "claims": sorted(json.dumps({"id": r.id, "low": r.low, "text": r.sentence.text}) for r in ledger.claims()),
            "judgements": [(j.claims, j.verdict) for j in judgements(ledger)],
            "links": sorted((k.a, k.b, k.verdict) for k in links(ledger)), "found": contradictions(ledger),
        }  # fmt: skip
    finally:
        ledger.close()


class Rounds:
    """A ledger to begin with, and the commands that are killed over copies of it."""

    def __init__(self, folder: Path, place: Place) -> None:
        self.place = place
        (folder / "first.jsonl").write_text(lines(range(12)), "utf-8")
        (folder / "more.jsonl").write_text(lines(range(12, 30)), "utf-8")
        (folder / "rows.jsonl").write_text("".join(json.dumps(ROW | {"id": str(n)}) + "\n" for n in range(20)), "utf-8")
        run("read", str(folder / "first.jsonl"), "--ledger", place.base)
        ledger = Ledger.open(place.base)
        rows = list(ledger.claims())
        ledger.close()
        self.commands: dict[str, tuple[str, ...]] = {
            "read": ("read", str(folder / "more.jsonl")),
            "add": ("add", str(folder / "rows.jsonl"), "--source", "mine"),
            "judge": ("judge", rows[0].id, rows[7].id, "same", "--by", "rina", "--on", "2026-01-02"),
            "reconcile": ("reconcile",),
            "forget": ("forget", rows[0].document.id, "--by", "rina", "--on", "2026-01-02", "--note", "asked"),
        }
        self.whole = {name: self.undisturbed(name) for name in self.commands}

    def undisturbed(self, name: str) -> tuple[dict[str, Any], float]:
        """The ledger after a command that nobody disturbs, and how long it takes when it is slowed."""
        address = self.place.copy()
        begin = time.perf_counter()
        os.waitpid(slowed(*self.commands[name], "--ledger", address), 0)
        return state(address), time.perf_counter() - begin

    def round(self, name: str, share: float) -> tuple[bool, str | None]:
        """Kills a command at a share of its time and runs it again: whether it was killed, and what is wrong."""
        address, (whole, seconds) = self.place.copy(), self.whole[name]
        early = killed(share * seconds, *self.commands[name], "--ledger", address)
        self.place.calm()
        after = state(address)
        done = {f: after[f] for f in ("claims", "judgements", "tombstones")}
        wanted = {f: whole[f] for f in ("claims", "judgements", "tombstones")}
        if after["sound"] != "ok":
            return early, f"wrong: {name} at {share:.3f}: {after['sound']}"
        if not early and done != wanted:
            return early, f"wrong: {name} at {share:.3f}: it had ended, and something is lost"
        if name in ("judge", "forget") and done == wanted:
            return early, None  # it was acknowledged or just about to be; a second time would be a second judgement
        run(*self.commands[name], "--ledger", address)
        again = state(address)
        differs = [f for f in whole if again[f] != whole[f]]
        return early, f"wrong: {name} at {share:.3f}: {', '.join(differs)} differ" if differs else None


def main() -> None:
    """So many rounds, the commands in turn."""
    number, folder = int(sys.argv[1]), Path(sys.argv[2])
    place = Databases(sys.argv[3]) if len(sys.argv) > 3 else Files(folder)
    chance, rounds, early = random.Random(number), Rounds(folder, place), 0
    for n in range(number):
        name = list(rounds.commands)[n % len(rounds.commands)]
        was_early, wrong = rounds.round(name, chance.random())
        early += was_early
        if wrong:
            print(wrong, flush=True)
    print(f"{number} rounds, {early} killed before they ended")


if __name__ == "__main__":
    main()
