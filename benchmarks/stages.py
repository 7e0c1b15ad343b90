"""What each stage of a batch takes: `python -m benchmarks.stages`; beside spaCy's small pipeline where it is installed.

The documents are web pages with menus and related links around articles of ordinary news, half English and half
Indonesian, made from templates and our own gold texts. Each stage is timed on all of them in one process, in processor
time, the best of three runs: extract (page to text), detect (which language), read (claims), write (Parquet). From the
sum of the stages it reckons what an archive takes: pages x seconds a page / (processes x 0.9), where 0.9 allows for
what several processes of one machine lose (`python -m benchmarks.batch` measures that).
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TypeVar

from benchmarks.batch import ROOT
from saksi import Document, Reader
from saksi.batch.parts import Parts
from saksi.batch.unit import Done
from saksi.evaluation.gold import load_gold
from saksi.intake.document import Given
from saksi.intake.pages import read_page
from saksi.ledger.columns import Read, rows_of
from saksi.reading.pages.detect import detect_language

T = TypeVar("T")
ARCHIVE = 100_000_000  # pages
KEPT = 0.9  # of a process's speed where several share a machine
PLAIN = {
    "en": (
        "The minister visited the market and spoke with traders about the price of rice and the state of the road.",
        "Officials said that the road had been repaired and that schools would open again after the holiday.",
        "A new bridge over the river will be built next year, according to the department of public works.",
        "Farmers in the valley have complained for months about the lack of water for their fields.",
        "The hospital of the town has been given two ambulances by an association of former students.",
        "Nobody could say when the trains between the port and the capital would run as they used to.",
        "The mayor thanked the volunteers who had cleaned the beach and planted trees along the shore.",
        "Prices of fuel have hardly changed since the spring, the office of statistics said in its report.",
        "A festival of music and dance brought visitors from all the islands to the old harbour.",
        "The team lost its last match of the season at home, and its trainer said that he would stay.",
        "Teachers asked the government to pay their wages on time and to repair the roofs of their schools.",
        "Rain is expected in the mountains, while the coast will stay dry for the rest of the week.",
    ),
    "id": (
        "Menteri mengunjungi pasar itu dan berbicara dengan para pedagang tentang harga beras dan keadaan jalan.",
        "Pejabat setempat menyebut jalan itu sudah diperbaiki dan sekolah akan dibuka lagi setelah liburan.",
        "Jembatan baru di atas sungai akan dibangun tahun depan, menurut dinas pekerjaan umum.",
        "Para petani di lembah itu sudah lama mengeluhkan kurangnya air untuk sawah mereka.",
        "Rumah sakit di kota itu menerima mobil ambulans dari perkumpulan para alumni.",
        "Belum ada yang tahu kapan kereta antara pelabuhan dan ibu kota akan berjalan seperti biasa.",
        "Wali kota berterima kasih kepada para relawan yang membersihkan pantai dan menanam pohon.",
        "Harga bahan bakar hampir tidak berubah sejak awal musim, kata badan statistik dalam laporannya.",
        "Festival musik dan tari mendatangkan pengunjung dari semua pulau ke pelabuhan lama.",
        "Tim itu kalah dalam pertandingan terakhir musim ini, dan pelatihnya menyatakan akan bertahan.",
        "Para guru meminta pemerintah membayar gaji tepat waktu dan memperbaiki atap sekolah mereka.",
        "Hujan diperkirakan turun di pegunungan, sedangkan daerah pantai akan tetap kering pekan ini.",
    ),
}
MENU = "".join(f'<li><a href="/{k}">Section {k}</a></li>' for k in range(40))
RELATED = "".join(f'<li><a href="/story/{k}">Another story of the day, number {k}</a></li>' for k in range(12))


def pages(number: int) -> list[bytes]:
    """Web pages: a gold text of ours before six paragraphs of plain words, and what sites put around."""
    chance = random.Random(20)
    gold = {c: [g.text for g in load_gold(ROOT / "evaluate") if g.language == c] for c in PLAIN}
    made = []
    for k in range(number):
        code = "id" if k % 2 else "en"
        told = [p for p in chance.choice(gold[code])[:350].split("\n") if p.strip()]
        plain = chance.sample(PLAIN[code], 12)
        paragraphs = [*told, *(" ".join(plain[n : n + 2]) for n in range(0, 12, 2))]
        body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
        made.append(
            f'<!doctype html><html lang="{code}"><head><title>Page {k}</title>'
            f'<meta property="article:published_time" content="2024-05-{k % 28 + 1:02}T08:00:00Z"></head><body>'
            f"<nav><ul>{MENU}</ul></nav><article><h1>News of the day, page {k}</h1>{body}</article>"
            f"<aside><ul>{RELATED}</ul></aside><footer>All rights reserved</footer></body></html>".encode()
        )
    return made


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The least processor time of three runs, and what the last gave."""
    best, made = float("inf"), None
    for _ in range(3):
        begun = time.process_time()
        made = work()
        best = min(best, time.process_time() - begun)
    assert made is not None
    return best, made


def read_all(reader: Reader, documents: list[Document]) -> list[Read]:
    """The readings of documents, as the batch keeps them."""
    found = []
    for document in documents:
        reading = reader.read(document)
        found.append(Read(reading.document, reading.version, rows_of(reading, {}), reading.unread))
    return found


def write_all(folder: Path, reads: list[Read]) -> int:
    """Writes readings as one unit of a batch; how many bytes."""
    for name in ("claims", "documents", "aside", "done"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    Parts(folder).keep(0, [Done(reads=reads)])
    return sum(path.stat().st_size for path in folder.rglob("*.parquet"))


def told(name: str, took: float, number: int, whole: float) -> None:
    """Prints the line of a stage."""
    print(f"| {name:<8} | {number / took:11,.0f} | {1000 * took / number:6.2f} | {took / whole:6.0%} |")


def archive(seconds: float, size: float) -> None:
    """Prints what an archive takes on so many processes, and what it comes to."""
    print(f"\n{ARCHIVE:,} pages, {1000 * seconds:.1f} ms each:")
    for processes in (1, 8, 100, 1000):
        hours = ARCHIVE * seconds / (processes * (KEPT if processes > 1 else 1)) / 3600
        print(f"  {processes:5} processes  {hours:9,.1f} hours" + (f" ({hours / 24:,.1f} days)" if hours > 48 else ""))
    print(f"  {ARCHIVE * size / 1e9:,.0f} GB of Parquet, {1000 * size / 1000:,.0f} bytes a page")


def beside_spacy(reads: list[Read], reader: Reader) -> None:
    """Prints how fast spaCy's small English pipeline goes over the English texts, beside our reading of the same."""
    try:
        import spacy

        nlp = spacy.load(next(m for m in spacy.util.get_installed_models() if m.startswith("en_core_web_sm")))
    except (ImportError, OSError, StopIteration):
        print("\nspaCy's small English pipeline is not installed: make peers")
        return
    documents = [r.document for r in reads if r.document.language == "en"]
    ours, _ = timed(lambda: read_all(reader, documents))
    theirs, _ = timed(lambda: list(nlp.pipe(d.text for d in documents)))
    print(f"\nthe {len(documents)} English texts: Saksi reads {len(documents) / ours:,.0f} a second, spaCy "
          f"{spacy.__version__} en_core_web_sm {nlp.meta['version']} {len(documents) / theirs:,.0f}: "
          f"{theirs / ours:.1f} times as long")  # fmt: skip


def main() -> None:
    """Prints the table, the archive and the peer."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    made, reader = pages(number), Reader()
    read_all(reader, [read_page(p, "page", Given(), None) for p in made[:8]])  # what is loaded once
    extracted, documents = timed(lambda: [read_page(p, "page", Given(), None) for p in made])
    detected, codes = timed(lambda: [detect_language(d.text) for d in documents])
    known = [reader.prepared(d) for d in documents]
    assert [d.language for d in known] == codes
    reading, reads = timed(lambda: read_all(reader, known))
    with tempfile.TemporaryDirectory() as folder:
        writing, size = timed(lambda: write_all(Path(folder), reads))
    whole = extracted + detected + reading + writing
    letters, claims = sum(len(d.text) for d in documents) / number, sum(len(r.rows) for r in reads) / number
    print(f"{number:,} pages of {sum(map(len, made)) / number:,.0f} bytes, {letters:,.0f} characters of text, "
          f"{claims:.1f} claims each; one process\n")  # fmt: skip
    print("| stage    | documents/s | ms each | share |\n| -------- | ----------- | ------- | ----- |")
    for name, took in (("extract", extracted), ("detect", detected), ("read", reading), ("write", writing)):
        told(name, took, number, whole)
    told("all", whole, number, whole)
    archive(whole / number, size / number)
    beside_spacy(reads, reader)


if __name__ == "__main__":
    main()
