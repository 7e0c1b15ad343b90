"""How quick the pages are: a synthetic ledger of 200,000 claims, eight people at once.

    python -m benchmarks.serve [--claims 200000] [--keep FOLDER] [--ledger ADDRESS]

The ledger is made by a fixed recipe: 50,000 documents of four claims, 400 towns in five countries, ten years,
eight speakers; one claim in twenty spans a week. It is reconciled once, as a served ledger is. Then a server of its
own is asked for every kind of page, each with many different questions, by eight clients; times are whole answers.
With --ledger a ledger that is there is served as it is, a file or postgresql://user@host/database.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from saksi import Ledger
from saksi.ledger.coded import Coder, Raw, row_ids
from saksi.registers.load import load_registers

SPEAKERS = ("coalition", "sdf", "taliban", "tni", "tpnpb", "houthis", "afghan-mod", "russian-mod")
COUNTRIES = {"SY": (35.0, 38.5), "IQ": (33.0, 43.5), "AF": (34.0, 66.0), "ID": (-4.0, 137.0), "YE": (15.5, 46.0)}
KINDS = ("kill", "injure", "airstrike", "destroy", "clash", "attack")
FIRST, DAYS, TOWNS, PER_DOCUMENT = date(2014, 1, 1), 3650, 400, 4
PEOPLE, SECONDS, PORT = 8, 40, 8765
Pages = dict[str, Callable[[random.Random], str]]  # for each page an address, another one each time


def made(number: int, chance: random.Random) -> dict[str, Any]:
    """One claim."""
    town = chance.randrange(TOWNS)
    country = sorted(COUNTRIES)[town % len(COUNTRIES)]
    lat, lon = COUNTRIES[country]
    where = random.Random(town)
    place = {"name": f"Town {town}", "country": country, "level": "city", "admin1": f"Province {town % 40}",
             "lat": round(lat + where.uniform(-2, 2), 3), "lon": round(lon + where.uniform(-3, 3), 3)}  # fmt: skip
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    kind, low = chance.choice(KINDS), chance.randrange(1, 20)
    speaker = chance.choice(SPEAKERS)
    claim = {"id": str(number), "kind": kind, "low": low, "high": low if chance.random() < 0.6 else None,
             "places": [place], "start": str(day), "end": str(day), "said_on": str(day), "speaker_org": speaker,
             "document": {"ref": str(number // PER_DOCUMENT), "publisher": f"Outlet {number % 30}", "language": "en",
                          "title": f"Report {number // PER_DOCUMENT}", "published": str(day)}}  # fmt: skip
    if kind in ("kill", "injure"):
        claim["target"] = chance.choice(("soldier", "fighter", "person"))
    if kind == "destroy":
        claim["target"] = chance.choice(("vehicle", "tunnel", "building"))
    if chance.random() < 0.05:
        claim |= {"end": str(day + timedelta(days=6)), "places": [{"country": country}], "scope": "tally"}
    return {k: v for k, v in claim.items() if v is not None}


def make(path: Path, size: int) -> None:
    """Makes the ledger, and reconciles it."""
    chance = random.Random(size)
    ledger, registers = Ledger.open(path), load_registers()
    for begin in range(0, size, 20_000):
        raws = [Raw(str(n), made(n, chance)) for n in range(begin, min(begin + 20_000, size))]
        groups: dict[str, list[tuple[Raw, str]]] = {}
        for raw, id in zip(raws, row_ids(raws, "synthetic"), strict=True):
            groups.setdefault(raw.values["document"]["ref"], []).append((raw, id))
        coder = Coder("synthetic", registers, {})
        ledger.add_coded("synthetic", [coder.document(ref, rows) for ref, rows in groups.items()])
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "saksi", "reconcile", "--retell", "--ledger", str(path)], check=True)
    print(f"reconciled and told in {time.perf_counter() - started:.0f} s", flush=True)


def questions(documents: list[str], claims: list[str], incidents: list[str]) -> Pages:
    """For each page an address, another one each time."""

    def some(chance: random.Random) -> dict[str, str]:
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        asked = {"country": chance.choice(sorted(COUNTRIES)), "kind": chance.choice(KINDS),
                 "speaker": chance.choice(SPEAKERS), "from": str(day),
                 "to": str(day + timedelta(days=200))}  # fmt: skip
        return {k: v for k, v in asked.items() if chance.random() < 0.5}

    def month(chance: random.Random) -> dict[str, str]:
        day = date(2014 + chance.randrange(9), chance.randrange(1, 13), 1)
        return {"kind": chance.choice(KINDS), "country": chance.choice(sorted(COUNTRIES)), "from": str(day),
                "to": str(day + timedelta(days=29))}  # fmt: skip

    def at(path: str, ask: Callable[[random.Random], dict[str, str]]) -> Callable[[random.Random], str]:
        return lambda chance: path + "?" + urlencode(ask(chance))

    return {
        "overview": at("/", some), "claims": at("/claims", some),
        "claims with words": at("/claims", lambda c: {**some(c), "words": f"Town {c.randrange(TOWNS)}"}),
        "claims, deep page": at("/claims", lambda c: {"page": str(c.randrange(1, 2000)), "sort": "day"}),
        "documents": at("/documents", lambda c: {"page": str(c.randrange(1, 500))}),
        "document": lambda c: f"/documents/{c.choice(documents)}", "claim": lambda c: f"/claims/{c.choice(claims)}",
        "tally of a month": at("/tally", month), "contradictions": at("/contradictions", lambda c: {"page": "1"}),
        "incidents": at("/incidents", lambda c: {"page": "1"}), "map": at("/map", some), "review": at("/review", some),
        "agreement": lambda c: "/agreement",
        **({"incident": lambda c: f"/incidents/{c.choice(incidents)}"} if incidents else {}),
    }  # fmt: skip


def visit(base: str, pages: Pages, seed: int, times: dict[str, list[float]]) -> None:
    """One person, going from page to page."""
    chance = random.Random(seed)
    with httpx.Client(base_url=base, timeout=60) as client:
        until = time.perf_counter() + SECONDS
        while time.perf_counter() < until:
            name = chance.choice(sorted(pages))
            begin = time.perf_counter()
            answer = client.get(pages[name](chance))
            times[name].append(time.perf_counter() - begin)
            assert answer.status_code == 200, (name, answer.status_code, answer.text[:300])


def memory(pid: int) -> float:
    """What a process has in memory at most so far, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


@contextmanager
def served(ledger: str) -> Iterator[tuple[str, int]]:
    """A server of a ledger that answers, its address and the number of its process; stopped at the end."""
    server = subprocess.Popen([sys.executable, "-m", "saksi", "serve", "--ledger", ledger, "--port", str(PORT)],
                              stdout=subprocess.DEVNULL)  # fmt: skip
    base = f"http://127.0.0.1:{PORT}"
    try:
        for _ in range(300):
            try:
                httpx.get(base + "/api/openapi.json")
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield base, server.pid
    finally:
        server.terminate()
        server.wait()


def asked_of(base: str) -> tuple[Pages, list[str]]:
    """What is asked of a server, by page, and some of its claims."""
    found = httpx.get(base + "/claims.json?size=500", timeout=60).json()["items"]
    stories = httpx.get(base + "/incidents.json?size=100", timeout=60).json()["items"]
    documents, claims = sorted({c["document"]["id"] for c in found}), [c["id"] for c in found]
    return questions(documents, claims, [s["incident"]["id"] for s in stories]), claims


def measure(ledger: str) -> None:
    """Starts the server, visits it, and prints the figures."""
    with served(ledger) as (base, pid):
        pages, _ = asked_of(base)
        times: dict[str, list[float]] = {name: [] for name in pages}
        people = [threading.Thread(target=visit, args=(base, pages, n, times)) for n in range(PEOPLE)]
        for person in people:
            person.start()
        for person in people:
            person.join()
        print(f"{'page':<20} {'asked':>6} {'median ms':>10} {'p95 ms':>8}")
        for name, took in [*sorted(times.items()), ("all", [t for some in times.values() for t in some])]:
            p95 = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
            print(f"{name:<20} {len(took):>6} {1000 * statistics.median(took):>10.0f} {1000 * p95:>8.0f}")
        print(f"memory of the server: {memory(pid):.0f} MB at most")


def main() -> None:
    """Makes the ledger, unless it was kept, and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--ledger", default=None)
    given = parser.parse_args()
    if given.ledger is not None:
        return measure(given.ledger)
    with tempfile.TemporaryDirectory() as folder:
        path = (given.keep or Path(folder)) / f"page-{given.claims}.db"
        if not path.exists():
            make(path, given.claims)
        measure(str(path))


if __name__ == "__main__":
    main()
