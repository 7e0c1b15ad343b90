"""Languages as data, the registers, and a project's own words laid over them."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from saksi import Document, Reader, rows_of
from saksi.errors import VocabularyError
from saksi.languages.files import FILES, HERE, known_languages, load_language
from saksi.languages.forms import make_forms
from saksi.languages.tokens import fold
from saksi.reading.mentions.times import of_birth
from saksi.reading.mentions.unlisted import borders_on
from saksi.reading.pages.page import Page
from saksi.registers.load import load_registers
from saksi.registers.places.build import DIGEST, TARGET
from saksi.registers.places.gazetteer import Gazetteer
from tests.test_cli import saksi


@pytest.mark.parametrize("code", known_languages())
def test_every_language_has_the_same_files(code: str) -> None:
    names = {p.stem for p in (HERE / code).glob("*.yml")}
    assert names == {*FILES, "examples", "pages", "prompt", "tables"}
    assert (HERE / code / "NOTES.md").exists()


@pytest.mark.parametrize("code", known_languages())
def test_every_kind_and_class_a_language_names_is_in_the_registers(code: str) -> None:
    registers = load_registers()
    kinds = set(load_language(code)["events"]["kinds"])
    assert kinds <= set(registers.kinds)
    forms = make_forms(code, load_language(code))
    classes = {f.value for found in forms.values() for f in found if f.layer == "object"}
    assert classes <= set(registers.classes)


@pytest.mark.parametrize(
    ("form", "kind", "voice"),
    [
        ("menyerang", "attack", "active"),
        ("diserang", "attack", "passive"),
        ("penyerangan", "attack", "noun"),
        ("menembak", "shoot", "active"),
        ("tertembak", "casualty", "theme"),
        ("menghancurkan", "destroy", "active"),
        ("dihancurkan", "destroy", "passive"),
        ("penghancuran", "destroy", "noun"),
        ("menewaskan", "kill", "active"),
        ("melukai", "injure", "active"),
        ("menangkap", "detain", "active"),
        ("merebut", "capture_place", "active"),
        ("mengepung", None, None),
        ("menyita", "seize", "active"),
    ],
)
def test_indonesian_forms_are_made_from_roots(form: str, kind: str | None, voice: str | None) -> None:
    found = [(f.value, f.voice) for f in make_forms("id", load_language("id")).get(form, []) if f.layer == "event"]
    assert ((kind, voice) in found) if kind else found == []


def own_registers(folder: Path) -> Path:
    """A project's own actor, place, source and words."""
    (folder / "actors").mkdir(parents=True)
    (folder / "sources").mkdir()
    (folder / "languages/en").mkdir(parents=True)
    (folder / "actors/mine.yml").write_text(
        "actors:\n  blue-band: {name: Blue Band, kind: rebel, country: SY, names: {en: [Blue Band]}}\n"
    )
    (folder / "sources/band.yml").write_text("name: Band bulletins\nspeaker: blue-band\nactor: blue-band\n")
    (folder / "places.yml").write_text(
        "places:\n  - {name: Tell Example, country: SY, level: village, lat: 36.1, lon: 37.2, aliases: [Tal Example]}\n"
    )
    (folder / "languages/en/objects.yml").write_text("boat: [skiff]\n")
    return folder


def test_a_projects_own_words_are_read(tmp_path: Path) -> None:
    reader = Reader(own_registers(tmp_path / "registers"), "band")
    document = Document(text="Near Tal Example, Blue Band destroyed two skiffs.", language="en")
    (row,) = rows_of(reader.read(document), reader.actor_names("en"))
    assert (row.target, row.actors[0].id, row.places[0].name) == ("boat", "blue-band", "Tell Example")
    assert row.speaker_org is not None
    assert row.speaker_org.id == "blue-band"


def test_lists_of_words_hold_phrases_too(tmp_path: Path) -> None:
    """What stands before a birthday, and for a border, may be more than one word."""
    folder = own_registers(tmp_path / "registers")
    (folder / "languages/en/times.yml").write_text("births: [date of birth]\n")
    (folder / "languages/en/places.yml").write_text("borders: [line of control]\n")
    text = "A man whose date of birth is 4 May 1988 was killed on the line of control with Pakistan on Wednesday."
    found = Reader(folder).read(Document(text=text, language="en")).found
    page, norms = found.page, found.page.norms
    assert [of_birth(page, t) for t in sorted(found.times.values())] == [True, False]
    line, country = norms.index("line"), norms.index("pakistan")
    assert borders_on(page, line, country)
    assert not borders_on(page, line + 1, country - 2)


def test_own_registers_are_part_of_the_readings_identity(tmp_path: Path) -> None:
    document = Document(text="Two people were killed in Kabul.", language="en")
    assert Reader().version(document) != Reader(own_registers(tmp_path / "registers")).version(document)


def test_checking_registers_says_what_they_hold(tmp_path: Path) -> None:
    done = saksi("registers", "check", own_registers(tmp_path / "registers"))
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"{tmp_path}/registers: 4 files, no errors")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("actors/a.yml", "actors:\n  x: {name: X, kind: army, names: {}}\n", "a.yml:2: actor kind 'army'"),
        ("actors/a.yml", "actors:\n  x: {name: X, kind: rebel, nmes: {}}\n", "a.yml:"),
        ("actors/a.yml", "actors:\n  x: {name: [\n", "not valid YAML"),
        (
            "actors/a.yml",
            "actors:\n  x: {name: X, kind: rebel}\n  x: {name: Y, kind: rebel}\n",
            "a.yml:3: not valid YAML: 'x' stands twice",
        ),
        ("events.yml", "kinds:\n  raid: {label: {en: raid}, counts: cows}\n", "events.yml:2: raid must count"),
        ("objects.yml", "classes:\n  kayak: {label: {en: kayak}, parent: ship}\n", "unknown parent 'ship'"),
    ],
)
def test_a_broken_register_names_file_and_line(name: str, content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "registers" / name
    path.parent.mkdir(parents=True)
    path.write_text(content)
    done = saksi("registers", "check", tmp_path / "registers")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert message in done.stderr


def test_the_gazetteer_is_the_one_the_pins_give() -> None:
    """The digest in the repository is that of the built file."""
    assert hashlib.sha256(TARGET.read_bytes()).hexdigest() == DIGEST.read_text().strip()


@pytest.mark.parametrize(
    ("name", "country"),
    [("raqqa", "SY"), ("deir al zour", "SY"), ("kobani", "SY"), ("beiji", "IQ"), ("nduga", "ID"), ("sanaa", "YE"),
     ("hodeidah", "YE"), ("kyiv", "UA"), ("bulobarde", "SO"), ("suriah", "SY"), ("yerusalem", "IL"), ("marjah", "AF")],
)  # fmt: skip
def test_the_gazetteer_knows_spellings(name: str, country: str) -> None:
    assert country in {row.country for row in Gazetteer().named(name)}


def test_a_missing_gazetteer_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="make gazetteer"):
        Gazetteer(tmp_path / "none.marisa")


def test_own_registers_are_kept_with_the_ledger(tmp_path: Path) -> None:
    """The files that a reading was made with can be looked up beside its claims."""
    report = tmp_path / "report.txt"
    report.write_text("Near Tal Example, Blue Band destroyed two skiffs.")
    folder = own_registers(tmp_path / "mine")
    done = saksi("read", report, "--ledger", tmp_path / "war.db", "--registers", folder)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "war.db") as db:
        kept = dict(db.execute("SELECT path, content FROM vocabularies"))
    assert kept["actors/mine.yml"] == (folder / "actors/mine.yml").read_text()


def test_registers_beside_the_ledger_are_taken_without_asking(tmp_path: Path) -> None:
    own_registers(tmp_path / "registers")
    report = tmp_path / "report.txt"
    report.write_text("Blue Band destroyed two skiffs.")
    saksi("read", report, "--ledger", tmp_path / "war.db")
    listed = saksi("claims", "--ledger", tmp_path / "war.db", "--actor", "blue-band", "--format", "jsonl")
    assert listed.stdout.count("\n") == 1


@pytest.mark.parametrize("code", known_languages())
def test_each_name_belongs_to_one_actor(code: str) -> None:
    """Two actors may not share a name in one language: the reader could not tell them apart."""
    owners: dict[str, set[str]] = {}
    for key, actor in load_registers().actors.items():
        for name in (*actor.names.get("any", ()), *actor.names.get(code, ())):
            owners.setdefault(fold(name), set()).add(key)
    assert {name: keys for name, keys in owners.items() if len(keys) > 1} == {}


def test_the_register_is_broad_and_whole() -> None:
    """250 organisations and more; every parent is one of them."""
    actors = load_registers().actors
    assert len(actors) >= 250
    assert [k for k, a in actors.items() if a.parent is not None and a.parent not in actors] == []


def test_phrases_are_found_by_their_first_and_last_words() -> None:
    page = Page(Document(text="The army of the north, the army", language="en"), Reader().vocabulary("en"))
    phrases = ["army of the north", "the army"]
    assert [i for i in range(len(page.norms) + 1) if page.any_at(i, phrases)] == [0, 1, 6]
    assert [i for i in range(len(page.norms) + 2) if page.any_before(i, phrases)] == [2, 5, 8]
    assert not page.any_at(0, [])
    assert not page.any_before(8, ["an army", "army the"])
