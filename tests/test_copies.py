"""Which documents tell one text: the same words, copies, updates; and never two that only sound alike."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from saksi import Document, Ledger, Reader
from saksi.inquiry.copies import NEAR, copies_in
from saksi.ledger.taking import take_in
from saksi.reconcile.copied import runs_of
from tests.reconcile.test_commands import add
from tests.test_cli import saksi

STORY = (
    "Two soldiers were killed near Goma on Tuesday night, the army said. Their convoy came under fire on the road to "
    "Sake, where fighting has gone on for weeks. A spokesman told reporters that three more were wounded and taken to "
    "a hospital in the town. Nobody has said who the attackers were. The governor of the province called for calm. "
)
MORE = "On Wednesday morning the army raised the number of dead to three."


def put(ledger: Ledger, reader: Reader, text: str, publisher: str, day: int) -> str:
    """Reads a document into a ledger."""
    document = Document(text=text, publisher=publisher, published=date(2024, 6, day), language="en")
    return take_in(ledger, reader, document).document.id


def test_copies_and_updates_are_told_apart_and_begin_with_the_first(tmp_path: Path, reader: Reader) -> None:
    ledger = Ledger.open(tmp_path / "war.db")
    update = put(ledger, reader, STORY + MORE, "Goma Post", 5)
    again = put(ledger, reader, STORY, "Suara Contoh", 5)
    first = put(ledger, reader, STORY, "Goma Post", 4)
    copy = put(
        ledger, reader, "GOMA (Contoh News) - " + STORY.replace("Nobody has said", "No one has said"), "Contoh", 5
    )
    put(ledger, reader, "Five rebels were killed near Kutum on Friday, the police said after the raid.", "Goma Post", 7)
    (group,) = copies_in(ledger)
    assert [(c.id, c.how) for c in group] == [
        (first, "first"), (update, "update"), (again, "same text"), (copy, "copy"),
    ]  # fmt: skip
    assert [c.share for c in group if c.how in ("first", "same text")] == [1, 1]
    assert all(NEAR <= c.share < 1 for c in group if c.how in ("copy", "update"))
    shown = saksi("copies", "--ledger", tmp_path / "war.db").stdout.splitlines()
    assert (shown[0], shown[-1]) == (
        "4 documents tell one text",
        f"{tmp_path / 'war.db'}: 4 documents tell 1 text more than once",
    )


def test_what_is_near_is_found_and_what_is_not_is_never_joined(tmp_path: Path, reader: Reader) -> None:
    """Random texts with copies of known nearness: the pairs are those that comparing all with all gives."""
    chance = random.Random(3)
    texts = []
    for _ in range(40):
        words = [f"w{chance.randint(1, 400)}" for _ in range(120)]
        for changes in (0, 1, 3, 8):
            copy = list(words)
            for _ in range(changes):
                copy[chance.randrange(len(copy))] = f"x{chance.randint(1, 9999)}"
            texts.append(" ".join(copy))
    ledger = Ledger.open(tmp_path / "war.db")
    ids = {put(ledger, reader, text, str(n), 1): runs_of(text) for n, text in enumerate(texts)}
    found = {frozenset(c.id for c in group) for group in copies_in(ledger)}
    groups: list[set[str]] = []
    for one, runs in ids.items():
        near = [g for g in groups if any(len(runs & ids[o]) / len(runs | ids[o]) >= NEAR for o in g)]
        groups = [g for g in groups if g not in near] + [{one}.union(*near)]
    assert found == {frozenset(g) for g in groups if len(g) > 1}
    assert len(found) == 40


LONG = (
    "Two soldiers were killed near Goma on Tuesday night when their convoy came under fire on the road to Sake, the "
    "town where fighting has gone on for weeks, residents there said. The governor of the province called for calm."
)
EDITS = (("", ""), ("when their", "after their"), ("called for", "has called for"), ("for weeks", "for many weeks"))


def test_one_statement_in_many_outlets_is_one_speaker_and_explain_names_them(tmp_path: Path, reader: Reader) -> None:
    ledger = Ledger.open(tmp_path / "war.db")
    for day, (word, other) in enumerate(EDITS, 5):
        put(ledger, reader, LONG.replace(word, other) if word else LONG, f"Outlet {day}", min(day, 8))
    assert saksi("reconcile", "--ledger", tmp_path / "war.db").returncode == 0
    told = saksi("tally", "--kind", "kill", "--ledger", tmp_path / "war.db").stdout
    assert "(Outlet 5" in told
    assert [name for name in ("Outlet 6", "Outlet 7", "Outlet 8") if name in told] == []
    (first, *others) = [r for r in ledger.claims() if r.kind == "kill"]
    shown = saksi("explain", first.id, "--ledger", tmp_path / "war.db").stdout
    assert "Told again in 3 other documents, and counted once:" in shown
    assert all(f"{r.id}  {r.document.published}  {r.document.publisher}" in shown for r in others)


def test_another_number_or_another_place_is_no_copy(tmp_path: Path, reader: Reader) -> None:
    ledger = Ledger.open(tmp_path / "war.db")
    for n, text in enumerate((LONG, LONG.replace("Two", "Nine"), LONG.replace("Goma", "Bukavu"))):
        put(ledger, reader, text, f"Outlet {n}", 5)
    told = saksi("tally", "--kind", "kill", "--ledger", tmp_path / "war.db").stdout
    assert [name for name in ("Outlet 0", "Outlet 1", "Outlet 2") if name not in told] == []


def test_rows_of_a_table_are_no_copies_however_alike_they_are_written(tmp_path: Path) -> None:
    """A row made by people says who speaks; two bodies that count the same are two."""
    row = {"kind": "kill", "target": "person", "low": 4, "high": 4, "start": "2019-04-03", "end": "2019-04-03",
           "said_on": "2019-04-05", "places": [{"name": "Manbij", "country": "SY", "admin1": "Aleppo"}],
           "target_text": "people of the quarter by the river who had gone out early to fetch water"}  # fmt: skip
    ledger = add(tmp_path, row | {"id": "a", "speaker_org": "sdf"}, row | {"id": "b", "speaker_org": "houthis"})
    told = saksi("tally", "--kind", "kill", "--ledger", ledger).stdout
    assert [name for name in ("Syrian Democratic Forces", "Houthis") if name not in told] == []


def test_nothing_twice_is_said_so(tmp_path: Path, reader: Reader) -> None:
    put(Ledger.open(tmp_path / "war.db"), reader, STORY, "Goma Post", 4)
    assert saksi("copies", "--ledger", tmp_path / "war.db").stdout.endswith("no two documents tell one text\n")
