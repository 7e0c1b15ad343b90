"""The ledger that the tests of this folder share: two reports that somebody judged to be of one attack, two others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from saksi import Document, Ledger, Reader, Row, rows_of
from saksi.ledger.judgements import Judgement, judge

TEXTS = (
    ("Harian Satu", date(2022, 7, 18), "id",
     "Sepuluh warga sipil tewas ditembak TPNPB di Distrik Kenyam, Kabupaten Nduga, Sabtu (16/7), kata polisi. "
     "Dua orang terluka dalam serangan itu."),
    ("Suara Dua", date(2022, 7, 19), "id",
     "TPNPB mengaku menembak mati 12 warga di Distrik Kenyam, Kabupaten Nduga, Sabtu (16/7)."),
    ("Wire Three", date(2019, 4, 8), "en",
     "The coalition said it conducted 12 air strikes against ISIS in Syria and Iraq from April 1 to April 5, "
     "destroying 11 vehicles in Syria. The army said at least 20 fighters were killed near Raqqa on April 3."),
    ("=HYPERLINK Daily", date(2019, 4, 9), "en",
     "The army plans to detain 30 fighters in Raqqa. Three soldiers were killed in Mosul on Monday, the mayor said."),
)  # fmt: skip


def made_ledger(folder: Path, reader: Reader) -> Ledger:
    """A ledger of these reports."""
    ledger = Ledger.open(folder / "war.db")
    for publisher, day, language, text in TEXTS:
        document = Document(text=text, publisher=publisher, published=day, published_basis="given", language=language)
        reading = reader.read(document)
        rows = rows_of(reading, reader.actor_names(language))
        ledger.add(reading.document, reading.version, rows, reading.unread)
    deaths = [r for r in ledger.claims() if r.kind == "kill" and any(p.country == "ID" for p in r.places)]
    judge(ledger, deaths, [judgement("same", *deaths)])
    return ledger


def judgement(verdict: str, *rows: Row, field: str | None = None, value: str | None = None) -> Judgement:
    """What Rina says of some claims."""
    ids, readings = tuple(r.id for r in rows), tuple(r.reading for r in rows)
    return Judgement(
        verdict=verdict, claims=ids, readings=readings, by="Rina", on=date(2024, 1, 1), note="she knows Bima",
        field=field, value=value,
    )  # fmt: skip
