"""Releases: made twice they are the same bytes, they follow from their own claims, and a changed byte is found."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from saksi import Ledger, Reader, Selection, tally
from saksi.errors import UsageError
from saksi.ledger.judgements import judge
from saksi.ledger.removal import forget, redact
from saksi.registers.load import load_registers
from saksi.releasing.choice import Asking, Chosen, Credits
from saksi.releasing.differing import changes
from saksi.releasing.opened import Release
from saksi.releasing.release import publish
from saksi.releasing.verifying import failures
from tests.releasing.made import TEXTS, judgement, made_ledger
from tests.test_cli import saksi

REGISTERS = load_registers()
WHOLE = Asking(Chosen())


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Ledger:
    """The ledger of this folder."""
    return made_ledger(tmp_path, reader)


def released(ledger: Ledger, out: Path, asking: Asking = WHOLE, *, texts: bool = False) -> Path:
    """A release in a folder."""
    publish(ledger, out, asking, Credits("Nduga, Juli", ("Rumah Data",), "CC-BY-4.0", texts), REGISTERS)
    return out


@pytest.fixture
def release(ledger: Ledger, tmp_path: Path) -> Path:
    """A release of the whole ledger."""
    return released(ledger, tmp_path / "one")


def wrong(folder: Path, ledger: Ledger | None = None) -> list[str]:
    """What verifying finds."""
    return list(failures(Release(folder), REGISTERS, ledger))


def test_made_twice_a_release_is_the_same_bytes_and_all_is_as_it_was_made(
    ledger: Ledger, release: Path, tmp_path: Path
) -> None:
    again = released(ledger, tmp_path / "two")
    names = sorted(p.name for p in release.iterdir())
    assert names == sorted(p.name for p in again.iterdir())
    assert [n for n in names if (release / n).read_bytes() != (again / n).read_bytes()] == []
    assert wrong(release) == wrong(release, ledger) == []


def test_claims_are_as_read_and_tallies_are_those_of_the_ledger(ledger: Ledger, release: Path) -> None:
    kill = next(r for r in ledger.claims() if r.kind == "kill" and r.low == 3)
    judge(ledger, [kill], [judgement("corrected", kill, field="low", value="4")])
    made = Release(released(ledger, release.parent / "judged"))
    assert made.claims() == list(ledger.claims())
    mine = [t for t in made.tallies() if (t.kind, t.target, t.place) == ("kill", None, "IQ")]
    theirs = [t for t in tally(ledger, Selection(kind="kill", country="IQ")) if t.claims]
    assert [(t.of, t.low, t.high) for t in mine] == [(t.of, t.low, t.high) for t in theirs]
    assert {t.low for t in mine} == {4}


def test_nobody_who_judged_is_named_and_texts_stay_unless_asked_for(ledger: Ledger, tmp_path: Path) -> None:
    without = released(ledger, tmp_path / "without")
    said = b"".join(p.read_bytes() for p in without.iterdir()).decode()
    assert '"verdict":"same"' in said
    assert [word for word in ("Rina", "Bima") if word in said] == []
    assert [d.text for d in Release(without).documents()] == [None] * len(TEXTS)
    given = Release(released(ledger, tmp_path / "with", texts=True)).documents()
    assert [d.text for d in given] == [text for *_, text in TEXTS]


def test_a_selection_takes_its_claims_and_documents_alone(ledger: Ledger, tmp_path: Path) -> None:
    asking = Asking(Chosen(country="ID"), date(2022, 7, 1), date(2022, 7, 31))
    made = Release(released(ledger, tmp_path / "some", asking))
    assert {r.document.publisher for r in made.claims()} == {"Harian Satu", "Suara Dua"}
    assert len(made.documents()) == 2
    assert made.asking == asking
    assert wrong(tmp_path / "some") == []


def test_every_single_file_that_is_changed_missing_or_added_is_named(release: Path, tmp_path: Path) -> None:
    for path in sorted(release.iterdir()):
        if path.name == "manifest.json":
            continue
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(release, copy)
        (copy / path.name).write_bytes(path.read_bytes() + b" ")
        assert any(line.startswith(f"{path.name}: its SHA-256") for line in wrong(copy)), path.name
        (copy / path.name).unlink()
        assert f"{path.name}: is missing" in wrong(copy)
    (release / "more.txt").write_text("x")
    assert wrong(release) == ["more.txt: is not of the release"]


def forged(folder: Path, name: str, before: str, after: str) -> Path:
    """A release in which a file was changed and its hash in the manifest with it."""
    path, manifest = folder / name, folder / "manifest.json"
    content = path.read_text("utf-8")
    assert before in content
    path.write_text(content.replace(before, after, 1), encoding="utf-8")
    told = json.loads(manifest.read_text("utf-8"))
    told["files"][name] = [hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size]
    manifest.write_text(json.dumps(told), encoding="utf-8")
    return folder


def test_a_forged_value_is_found_though_its_hashes_fit(ledger: Ledger, release: Path, tmp_path: Path) -> None:
    ways = [
        ("claims.jsonl", '"low":10,"high":10', '"low":90,"high":90', "is not as in claims.jsonl"),
        ("claims.jsonl", '"text":"Sepuluh"', '"text":"Seratus"', "number is not at 0-7"),
        ("claims.jsonl", '"kind":"kill"', '"kind":7', "claims.jsonl:1: Expected `str`"),
        ("tallies.jsonl", '"low":10,', '"low":11,', "is not what the claims of the release give"),
        ("incidents.jsonl", '"documents":2', '"documents":3', "incidents.jsonl:1: is not what the claims"),
        ("documents.jsonl", '{"id":"d_', '{"id":"d_x', "is missing"),
    ]
    for n, (name, before, after, says) in enumerate(ways):
        copy = shutil.copytree(release, tmp_path / f"forged{n}")
        found = wrong(forged(copy, name, before, after))
        assert any(says in line for line in found), (name, found)


def test_words_are_held_against_the_texts_of_a_ledger(ledger: Ledger, release: Path) -> None:
    """A sentence that was moved as a whole fits itself, and not its document."""
    path = release / "claims.jsonl"
    row = json.loads(path.read_text("utf-8").splitlines()[-1])
    row["sentence"] |= {"start": row["sentence"]["start"] + 1, "end": row["sentence"]["end"] + 1}
    before = path.read_text("utf-8").splitlines()[-1]
    forged(release, "claims.jsonl", before, json.dumps(row, ensure_ascii=False))
    assert any("its sentence is not at" in line for line in wrong(release, ledger))


def test_differences_are_told_with_their_reasons(ledger: Ledger, release: Path, tmp_path: Path) -> None:
    rows = list(ledger.claims())
    struck = next(r for r in rows if r.kind == "detain")
    fixed = next(r for r in rows if r.kind == "kill" and r.low == 3)
    gone = next(r for r in rows if r.document.publisher == "Wire Three")
    judge(ledger, [struck], [judgement("wrong", struck)])
    judge(ledger, [fixed], [judgement("corrected", fixed, field="low", value="4")])
    forget(ledger, gone.document.id, ("Rina", date(2024, 1, 2), "asked for"))
    found = changes(Release(release), Release(released(ledger, tmp_path / "two")))
    told = {(c.sort, c.of): c.says for c in found}
    assert told["struck", struck.id] == "people struck it through"
    assert told["corrected", fixed.id] == "low 4"
    assert told["gone", gone.id] == "its document was erased"
    assert told["erased", gone.document.id] == "the document"
    assert any(c.sort == "tally" and "kill" in c.of and "3.. open → 4.. open" in c.says for c in found)
    back = changes(Release(tmp_path / "two"), Release(release))
    assert {c.of for c in back if c.sort == "added"} == {c.of for c in found if c.sort == "gone"}
    assert {c.of for c in back if c.sort == "restored"} == {struck.id}


def test_what_a_newer_reading_tells_otherwise_is_revised(ledger: Ledger, release: Path, tmp_path: Path) -> None:
    row = next(r for r in ledger.claims() if r.low == 3)
    better = msgspec.structs.replace(row, target_status=None, reading="r_better")
    from saksi import Document

    text = next(text for publisher, *_, text in TEXTS if publisher == row.document.publisher)
    names = ("ref", "url", "title", "publisher", "language", "published", "published_basis")
    document = Document(text=text, **{f: getattr(row.document, f) for f in names})
    ledger.add(document, "r_new", [better], [])
    found = changes(Release(release), Release(released(ledger, tmp_path / "two")))
    assert [(c.of, c.says) for c in found if c.sort == "revised"] == [(row.id, "target_status combatant → null")]
    assert {c.says for c in found if c.sort == "gone"} == {"a newer reading does not tell it"}


def test_redacted_words_are_in_no_file_and_the_release_holds(ledger: Ledger, tmp_path: Path) -> None:
    document = next(r.document.id for r in ledger.claims() if r.document.publisher == "Suara Dua")
    text = ledger.text(document)
    start = text.index("Kenyam")
    redact(ledger, document, (start, start + 6), ("Rina", date(2024, 1, 2), None))
    made = released(ledger, tmp_path / "redacted", texts=True)
    assert wrong(made) == []
    assert [(t.document, t.whole) for t in Release(made).tombstones()] == [(document, False)]


def test_the_citation_and_the_package_say_what_they_must(release: Path) -> None:
    cited = yaml.safe_load((release / "CITATION.cff").read_text("utf-8"))
    assert cited["authors"] == [{"name": "Rumah Data"}]
    assert (cited["cff-version"], cited["title"], cited["license"]) == ("1.2.0", "Nduga, Juli", "CC-BY-4.0")
    package = json.loads((release / "datapackage.json").read_text("utf-8"))
    assert (package["name"], package["version"]) == ("nduga-juli", cited["version"])
    for each in package["resources"]:
        content = (release / each["path"]).read_bytes()
        assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        if "schema" in each:
            with (release / each["path"]).open(encoding="utf-8", newline="") as stream:
                header = next(csv.reader(stream))
            assert header == [field["name"] for field in each["schema"]["fields"]]
    names = [each["name"] for each in package["resources"]]
    assert len(set(names)) == len(names) == len(list(release.iterdir())) - 2  # itself and the manifest


def test_a_full_folder_is_refused_and_nothing_is_left_of_a_release_that_fails(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="is not empty"):
        released(ledger, full)
    before = sorted(tmp_path.iterdir())

    def stop(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", stop)
        with pytest.raises(OSError, match="No space"):
            released(ledger, tmp_path / "half")
    assert sorted(tmp_path.iterdir()) == before


def test_the_commands_say_it_in_lines_with_their_exit_codes(ledger: Ledger, tmp_path: Path) -> None:
    address = tmp_path / "war.db"
    made = saksi("publish", "--ledger", address, "--title", "Juli", "--country", "ID", "--out", "one", cwd=tmp_path)
    digest = hashlib.sha256((tmp_path / "one/manifest.json").read_bytes()).hexdigest()
    assert (made.returncode, made.stdout.splitlines()[1]) == (0, f"SHA-256 of manifest.json: {digest}")
    good = saksi("verify", "one", "--ledger", address, cwd=tmp_path)
    assert (good.returncode, good.stdout) == (0, f"one: all is as it was made; manifest {digest}\n")
    same = saksi("diff", "one", "one", cwd=tmp_path)
    assert (same.returncode, same.stdout) == (0, "0 changes from one to one\n")
    again = saksi("publish", "--ledger", address, "--title", "Juli", "--out", "one", cwd=tmp_path)
    assert (again.returncode, again.stderr.count("\n")) == (2, 1)
    (tmp_path / "one/method.md").write_text("x")
    bad = saksi("verify", "one", cwd=tmp_path)
    assert bad.returncode == 1
    assert bad.stdout.startswith("method.md: its SHA-256 is not the manifest's")
    for args in (("diff", "one", "one"), ("verify", "."), ("verify", "nowhere")):
        done = saksi(*args, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), args
