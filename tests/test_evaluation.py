"""The scorer and the floors: what counts as found, and that an exam cannot be changed unseen."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from saksi import Document, Reader, rows_of
from saksi.errors import EvaluationError
from saksi.evaluation.command import evaluate_command
from saksi.evaluation.floors import Measure, check_floors, check_other_floors, write_floors, write_other_floors
from saksi.evaluation.gold import GoldClaim, GoldDocument, fingerprint, load_gold
from saksi.evaluation.score import Outcome, compare
from saksi.evaluation.sets import SETS, muc4, muc4_keys
from saksi.evaluation.sets.flash import flash_figures
from saksi.evaluation.sets.isaf import isaf_figures
from saksi.evaluation.sets.lines import Line
from saksi.evaluation.sets.narasipal import agrees
from saksi.evaluation.sets.real import real_figures
from tests.conftest import ROOT
from tests.test_cli import saksi

GOLD = ROOT / "evaluate"
TEXT = "Dua prajurit tewas di Nduga. Tiga warga terluka."


def outcome(claims: list[GoldClaim], excluded: tuple[str, ...] = ()) -> Outcome:
    """The reader's claims of the text above against gold claims."""
    gold = GoldDocument(text=TEXT, language="id", genre="test", claims=claims, excluded=list(excluded))
    reader = Reader()
    return compare(gold, rows_of(reader.read(gold.document()), {}))


def test_a_claim_is_found_when_kind_and_number_agree() -> None:
    done = outcome([GoldClaim(quote="Dua prajurit", kind="kill", low=2, high=2, target="soldier")])
    assert [p.found for p in done.pairs] == [True]
    assert [row.kind for row in done.wrong] == ["injure"]


def test_a_wrong_number_is_not_found() -> None:
    done = outcome([GoldClaim(quote="Dua prajurit", kind="kill", low=3, high=3)])
    assert [p.found for p in done.pairs] == [False]


def test_one_claim_serves_one_gold_claim() -> None:
    same = GoldClaim(quote="Dua prajurit", kind="kill", low=2, high=2)
    assert sum(p.row is not None for p in outcome([same, same]).pairs) == 1


def test_claims_in_excluded_words_are_told() -> None:
    done = outcome([], excluded=("Tiga warga terluka.",))
    assert [row.kind for row in done.excluded] == ["injure"]


def test_the_gold_is_broad_enough() -> None:
    """Forty documents and more, both languages, each with its traps, none with another's text."""
    golds = load_gold(GOLD)
    assert len(golds) >= 40
    assert {g.language for g in golds} == {"id", "en"}
    assert all(g.traps for g in golds)
    assert len({g.text for g in golds}) == len(golds)


def test_the_floors_hold() -> None:
    assert evaluate_command(GOLD, floors=True, raise_floors=False, misses=0) == 0


def test_a_changed_corpus_is_noticed(tmp_path: Path) -> None:
    copy = tmp_path / "evaluate"
    shutil.copytree(GOLD, copy)
    before = fingerprint(copy)
    path = next(iter(sorted((copy / "corpus").glob("*.yml"))))
    path.write_text(path.read_text("utf-8") + "# changed\n", encoding="utf-8")
    assert fingerprint(copy) != before
    with pytest.raises(EvaluationError, match="look, then"):
        check_floors(copy / "floors.json", copy, {})


def test_floors_are_only_raised(tmp_path: Path) -> None:
    copy = tmp_path / "evaluate"
    shutil.copytree(GOLD, copy)
    path = copy / "floors.json"
    write_floors(path, copy, {"id.f1": 0.95})
    write_floors(path, copy, {"id.f1": 0.5})
    assert json.loads(path.read_text())["floors"]["id.f1"] >= 0.95
    assert check_floors(path, copy, {"id.f1": 0.5}) == 1


def test_floors_of_other_measures_are_of_their_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A lower figure fails; other files have no floors yet; files that are missing are told and hold nobody up."""
    exam, path = tmp_path / "exam.yml", tmp_path / "floors.json"
    exam.write_text("one")
    path.write_text('{"floors": {}}')
    write_other_floors(path, [Measure("x", (exam,), lambda _: {"en": 0.5})])
    assert check_other_floors(path, [Measure("x", (exam,), lambda _: {"en": 0.5})]) == 0
    assert check_other_floors(path, [Measure("x", (exam,), lambda _: {"en": 0.4})]) == 1
    assert check_other_floors(path, [Measure("y", (tmp_path / "none",), lambda _: {"en": 0.4})]) == 0
    assert "is not here" in capsys.readouterr().out
    exam.write_text("two")
    with pytest.raises(EvaluationError, match="no floors of these files"):
        check_other_floors(path, [Measure("x", (exam,), lambda _: {"en": 0.5})])


REAL = {
    "at": [0, 5], "words": "Three", "kind": ["kill"], "low": 3, "high": 3, "country": ["AF"], "place": ["Kabul"],
    "start": "2024-10-08", "end": "2024-10-08", "who": ["Afghan police"],
}  # fmt: skip


def test_whole_documents_are_measured_claim_by_claim(tmp_path: Path) -> None:
    """Of three marked numbers one is right, one missed, one unsure; a number that nobody marked is wrong."""
    text = (
        "Three soldiers were killed in Kabul on Tuesday, police said. Two trucks were destroyed. One man was wounded."
    )
    two = {**REAL, "at": [text.index("soldiers"), text.index("were")], "words": "x", "kind": ["find"]}
    unsure = {**REAL, "at": [text.index("One"), text.index("One") + 3], "kind": ["kill"], "unsure": True}
    texts, gold = tmp_path / "texts.jsonl", tmp_path / "gold.jsonl"
    texts.write_text(json.dumps({"id": "a", "language": "en", "published": "2024-10-10", "text": text}) + "\n")
    gold.write_text(json.dumps({"id": "a", "language": "en", "claims": [REAL, two, unsure]}) + "\n")
    figures = real_figures(texts, gold)
    assert (figures["en.found"], figures["en.whole"], figures["en.who"]) == (0.5, 0.5, 0.5)
    assert figures["en.precision"] == pytest.approx(2 / 3)
    done = saksi("evaluate", "--set", "real", texts, "--gold", gold)
    assert (done.returncode, "en.who" in done.stdout) == (0, True)
    assert saksi("evaluate", "--set", "real", texts).returncode == 2


def test_running_totals_are_measured_against_a_table(tmp_path: Path) -> None:
    """The table's total is read; without a start it is not running."""
    texts, table = tmp_path / "texts.jsonl", tmp_path / "table.csv"
    texts.write_text(
        '{"id": "a", "language": "en", "published": "2023-12-01", "text": "In Hebron, 87 people were killed."}\n'
    )
    table.write_text(
        "report_date,killed_cum,killed_children_cum,injured_cum,injured_children_cum,settler_attacks\n"
        "2023-12-01,87,,,,\n"
    )
    figures = flash_figures(texts, table)
    assert figures == {"read": 1.0, "running": 0.0, "placed": 0.0, "told": 1.0, "proven": 1.0}


def test_tallies_of_daily_reports_are_measured_against_a_table(tmp_path: Path) -> None:
    """Each month's last total is told of the area; what is proven of the country is near the greatest total."""
    days = {"2023-10-30": 40, "2023-10-31": 45, "2023-11-30": 87}
    lines = [
        {"id": day, "language": "en", "published": day, "publisher": "Camp Monitor",
         "text": f"Since 7 October, {n} people have been killed in the West Bank. In the Gaza Strip the dead "
                 f"have reached {100 * n} since 7 October, the health ministry said."} for day, n in days.items()
    ]  # fmt: skip
    texts, table = tmp_path / "texts.jsonl", tmp_path / "table.csv"
    texts.write_text("".join(json.dumps(line) + "\n" for line in lines))
    columns = "report_date,killed_cum,killed_children_cum,injured_cum,injured_children_cum,settler_attacks\n"
    table.write_text(columns + "".join(f"{day},{n},,,,\n" for day, n in days.items()))
    figures = flash_figures(texts, table)
    assert (figures["placed"], figures["told"]) == (1.0, 1.0)
    assert 0.98 < figures["proven"] < 1.0


def test_a_quote_that_is_not_in_its_text_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus/bad.yml").write_text(
        'text: "Dua orang tewas."\nlanguage: id\ngenre: x\nclaims:\n  - {quote: "tiga", kind: kill}\n'
    )
    with pytest.raises(EvaluationError, match=r"bad\.yml:5: the quote 'tiga'"):
        load_gold(tmp_path)


LINES = {
    "muc4": {"split": "dev", "templates": [{"optional": False, "INCIDENT: DATE": ["07 AUG 12"],
             "INCIDENT: LOCATION": ["IRAQ: HIT (CITY)"], "INCIDENT: TYPE": ["BOMBING"],
             "PHYS TGT: NUMBER": ['1: "VEHICLE"'], "PHYS TGT: EFFECT OF INCIDENT": ['DESTROYED: "VEHICLE"']}]},
    "oir": {"country": "Iraq", "place": "Hit", "place_refined": "Hit", "strikes": 2},
    "oir_tallies": {"country": "Iraq", "strikes": 2},
    "ecbplus": {"mentions": [{"class": "ACTION_OCCURRENCE", "chain": "ACT1"}]},
    "isaf": {"start_date": "2012-08-07", "event_type": ["detention"], "province": ["wardak"], "target_group": [],
             "min_killed": 0, "min_captured": 2},
    "polnear": {"split": "dev", "attributions": [{"source": [{"text": "x", "spans": [[0, 4]]}], "cue": [],
                "content": [{"text": "x", "spans": [[5, 8]]}]}]},
    "rdwti": {"fatalities": 1, "injuries": 0, "city": "Hit", "city_in_text": True},
    "re3d": {"entities": [{"start": 5, "end": 8, "label": "Location"}]},
    "id_ner": {"set": "nergrit", "spans": [{"start": 5, "end": 8, "label": "PLACE"}]},
    "id_facqa": {"question": "Di mana serangan itu ?", "start": 5, "end": 8},
    "geowebnews": {"toponyms": [{"start": 5, "end": 8, "type": "Literal", "lat": 33.6, "lon": 42.8}]},
    "trnews": {"toponyms": [{"start": 5, "end": 8, "type": None, "lat": 33.6, "lon": 42.8}]},
    "lgl": {"toponyms": [{"start": 5, "end": 8}]},
    "tempeval": {"times": [{"start": 5, "end": 8, "value": "2012-08-08"}, {"start": 0, "end": 4, "type": None}]},
    "indotimex": {"times": [{"start": 5, "end": 8, "type": "DATE", "value": "PRESENT_REF"}]},
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(SETS) - {"seed", "narasipal", "cases", "pages", "properties"}))
def test_other_corpora_are_measured(name: str, tmp_path: Path) -> None:
    """Each measure reads a line in its corpus's form and prints figures."""
    lang = "id" if name.startswith("id_") else "en"
    text = "Near Hit, two strikes destroyed an ISIL vehicle."
    line = {"id": "TST-x", "lang": lang, "published": "2012-08-08", "gold": LINES[name], "text": text}
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(line) + "\n")
    done = saksi("evaluate", "--set", name, path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_pages_are_measured_claim_by_claim(tmp_path: Path) -> None:
    """A page whose one claim is read in whole; a quote that its text lacks is named with its line."""
    page = """language: en
published: 2024-10-10
text: |
  Blast in Goma

  A bomb killed nine people in Goma on Wednesday, police said.
claims:
  - {quote: "nine people", kind: kill, low: 9, high: 9, country: CD, start: 2024-10-09, end: 2024-10-09,
     speaker: [police]}
genre: wire
"""
    (tmp_path / "en-a.yml").write_text(page)
    done = saksi("evaluate", "--set", "pages", tmp_path)
    assert "en.whole                100.0 %" in done.stdout
    (tmp_path / "en-a.yml").write_text(page.replace('quote: "nine', 'quote: "ten'))
    done = saksi("evaluate", "--set", "pages", tmp_path)
    assert (done.returncode, "en-a.yml:8" in done.stderr) == (2, True)


def test_a_broken_corpus_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('{"id": 1}\n')
    done = saksi("evaluate", "--set", "oir", path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "lines.jsonl:1" in done.stderr


def test_headlines_other_than_the_judged_ones_are_refused(tmp_path: Path) -> None:
    """The judgements are of certain ids: over another file they would say nothing."""
    path = tmp_path / "headlines.jsonl"
    path.write_text('{"id": "nar-x", "lang": "id", "published": "None", "text": "Tujuh Orang Tewas", "gold": {}}\n')
    done = saksi("evaluate", "--set", "narasipal", path)
    assert (done.returncode, "does not hold the 200 headlines" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("judged", "low", "high", "right"),
    [("kill 6", 6, 6, True), ("kill 61+", 61, None, True), ("kill 20-99", 20, 90, False)],
)
def test_a_judgement_agrees_by_kind_and_bounds(judged: str, low: int, high: int | None, right: bool) -> None:
    text = {
        6: "Enam orang tewas di Gaza.",
        61: "Lebih dari 60 orang tewas di Gaza.",
        20: "20 hingga 90 orang tewas di Gaza.",
    }[low]
    rows = rows_of(Reader().read(Document(text=text, language="id")), {})
    assert (agrees(rows[0], judged), rows[0].low, rows[0].high) == (right, low, high)


@pytest.mark.parametrize(
    ("told", "ours", "right"),
    [
        ("(22 MAY 91) / (- 22 MAY 91)", (None, date(1991, 5, 22)), True),
        ("- 22 MAY 91", (date(1991, 5, 22), date(1991, 5, 22)), False),
        ("21 MAY 91 - 22 MAY 91", (date(1991, 5, 21), date(1991, 5, 21)), True),
        ("21 MAY 91 - 22 MAY 91", (date(1991, 5, 22), date(1991, 5, 22)), False),
        ("01 NOV 89 - 30 NOV 89", (date(1989, 11, 1), date(1989, 11, 1)), False),
    ],
)
def test_days_of_templates(told: str, ours: muc4_keys.Days, right: bool) -> None:
    """Any of the days that a template gives is right, and a night by the day that it begins on."""
    assert any(muc4.same_days(wanted, ours) for wanted in muc4_keys.days_of(told)) == right


@pytest.mark.parametrize(
    ("text", "people", "things"),
    [
        ("Gunmen attacked the guards of the mill on Sunday.", [{"guard"}], []),
        ("The blast in the mill left 12 dead.", [{"dead"}], []),
        ("Rebels staged three bombings in Lima on Sunday.", [], []),
        ("Two nurses were killed in Lima. The two women were killed on Sunday.", [{"nurse", "women"}], []),
        ("Six people were killed in Lima on Sunday, including two nurses.", [{"people"}, {"nurse"}], []),
        ("The army denied killing two nurses. The two nurses were killed on Sunday.", [{"nurse"}], []),
        ("Two guards, Ana Lim and Jan Roe, were killed in Lima on Sunday.", [{"ana", "lim"}, {"jan", "roe"}], []),
        ("Two rebels and a nurse were killed in Lima on Sunday.", [{"nurse"}], []),
        ("A guard in Lima and a guard in Callao were killed on Sunday.", [{"guard"}, {"guard"}], []),
    ],
)
def test_whom_our_claims_count_for_templates(text: str, people: list[set[str]], things: list[set[str]]) -> None:
    """Those attacked are people, those named by what befell them have its word, and bombings are no things.

    A part is a target of its own, and no whole of named parts; what was only denied before is told first, two of a
    list are two, and rebels are no targets.
    """
    line = Line("one", "en", text, {}, "1990-05-20")
    reading = Reader().read(line.document())
    made = muc4.incidents_of(line, rows_of(reading, {}), reading)
    assert [t.words for i in made for t in i.human] == people
    assert [t.words for i in made for t in i.physical] == things


def test_places_of_templates() -> None:
    """The finest place of each that a template gives, told with its sort or without."""
    places = muc4_keys.finest("(PERU: LIMA (CITY): RIMAC (DISTRICT)) / (PERU)")
    assert places == ["rimac", "peru"]
    assert muc4.same_place("rimac", "rimac district")
    assert not muc4.same_place("rimac", "rimaco")


def test_releases_are_one_ledger_too(tmp_path: Path) -> None:
    """Each release is right by itself; together they tell as many killed as their coders added up."""
    told = {"2011-03-02": ("Three", "Ghazni", 3), "2011-03-09": ("Two", "Helmand", 2)}
    lines = [
        {"id": day, "lang": "en", "published": day,
         "text": f"{word} Taliban fighters were killed in {town} province on {date.fromisoformat(day):%-d %B}.",
         "gold": {"start_date": day, "event_type": ["insurgentskilled"], "province": [town.lower()],
                  "target_group": ["taliban"], "min_killed": n, "min_captured": 0}}
        for day, (word, town, n) in told.items()
    ]  # fmt: skip
    path = tmp_path / "releases.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    figures = isaf_figures(path)
    assert (figures["killed"], figures["province"], figures["added"]) == (1.0, 1.0, 1.0)
