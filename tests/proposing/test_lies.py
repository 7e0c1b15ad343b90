"""Whatever is proposed: no value enters that its slice of the text does not say, and no tally without `proposed` moves.

`SAKSI_LIES=10000` tries so many corrupted proposals, as the full check does; without it a few of them.
"""

from __future__ import annotations

import os
import re
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saksi import Ledger, Reader, rows_of
from saksi.inquiry.queries import tally
from saksi.inquiry.selection import Selection
from saksi.intake.document import Document
from saksi.languages.tokens import fold
from saksi.ledger.columns import Read, Row, check_row
from saksi.ledger.judgements import Judgement, judge
from saksi.ledger.readers import as_ruled
from saksi.proposing.answers import Broken, answers_in
from saksi.proposing.laid import Laid
from saksi.proposing.reader import read_with, settle_laid
from saksi.proposing.schema import KINDS, Proposal
from saksi.reading.mentions.numbers import read_numbers
from saksi.reading.mentions.soft import read_loose
from saksi.reading.pages.page import Page
from saksi.registers.places.folding import fold as place_fold
from tests.proposing.models import documents, lying, right

WORDS = ("number", "around", "counted", "place", "days", "running_total_since", "speaker", "part_of")
READER = Reader()
TEXTS = documents()
SNARES: list[tuple[str, str, list[dict[str, str | None]]]] = [  # what is easily read for what it is not
    (
        "en",
        "Rebels killed 2003 guards in Homs. They burned nine cars in a city nearby, one with the plate AB 2002 XY.",
        [{"number": "2003", "around": "Rebels killed 2003 guards", "kind": "kill", "days": "2002"},
         {"number": "nine", "around": "burned nine cars", "kind": "destroy", "place": "a city", "days": "2002"}],
    ),
    (
        "en",
        "Rebels left Homs and killed no more than 5 guards. No. 5 Brigade fled to another city. No one was hurt there.",
        [{"number": "no", "around": "killed no more than 5 guards", "kind": "kill", "place": "Homs"},
         {"number": "No", "around": "No. 5 Brigade", "kind": "displace", "place": "another city"},
         {"number": "No one", "around": "No one was hurt there", "kind": "injure", "place": "Homs"}],
    ),
    (
        "id",
        "Bom Bali 2002 Rahmat Amin menewaskan 202 orang di kota itu. Mobil B 2002 XY milik dua orang dibakar.",
        [{"number": "202", "around": "menewaskan 202 orang", "kind": "kill", "place": "kota itu", "days": "2002"},
         {"number": "dua", "around": "milik dua orang", "kind": "destroy", "days": "2002"}],
    ),
]  # fmt: skip
SNARED = TEXTS + [
    (f"snare-{n}", Document(text=text, ref=f"snare-{n}", language=code, published=date(2024, 5, 8)))
    for n, (code, text, _) in enumerate(SNARES)
]


@lru_cache(maxsize=16)
def laid(n: int) -> Laid:
    """One of the texts laid open once."""
    vocabulary = READER.vocabulary(str(SNARED[n][1].language))
    return Laid(SNARED[n][1], vocabulary)


@st.composite
def corrupted(draw: st.DrawFn) -> tuple[int, list[Proposal]]:
    """Right proposals of a text with fields swapped, cut, moved, made up, or taken from anywhere in any text."""
    n = draw(st.integers(0, len(SNARED) - 1))
    text = SNARED[n][1].text
    told = right(text) or SNARES[n - len(TEXTS)][2]
    made = []
    for _ in range(draw(st.integers(1, 3))):
        fields = dict.fromkeys(WORDS) | draw(st.sampled_from(told))
        for name in draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)):
            fields[name] = draw(lie(text, fields))
        if draw(st.booleans()):
            fields["kind"] = draw(st.sampled_from(KINDS))
        fields["number"], fields["around"] = fields["number"] or "", fields["around"] or ""
        made.append(msgspec.convert(fields, Proposal))
    return n, made


def lie(text: str, fields: dict[str, str | None]) -> st.SearchStrategy[str | None]:
    """Something else to say of a field."""
    words = text.split()
    slices = st.tuples(st.integers(0, len(words) - 1), st.integers(1, 9)).map(
        lambda t: " ".join(words[t[0] : t[0] + t[1]])
    )
    pieces = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 40)).map(lambda t: text[t[0] : t[0] + t[1]])
    others = st.sampled_from([v for v in fields.values() if v] or ["x"])
    foreign = st.sampled_from([w for _, d in SNARED for w in d.text.split()])
    digits = st.integers(0, 99_999).map(str)
    left_open = slices.map(lambda s: f"{s} ...")
    return st.one_of(slices, left_open, pieces, others, foreign, digits, st.text(max_size=20), st.none())


@settings(
    max_examples=int(os.environ.get("SAKSI_LIES", "400")) // 2, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(corrupted())
def test_no_value_enters_that_its_slice_does_not_say(told: tuple[int, list[Proposal]]) -> None:
    n, proposals = told
    page = laid(n)
    made = settle_laid(page, "m", proposals, READER.actor_names(page.page.vocabulary.code))
    entered = len({id(r.proposal) for r in made.refused if r.field in ("number", "kind")}) + len(made.second)
    assert entered == len(proposals)  # each is a claim, or refused
    for row in [*made.second, *made.rows]:
        assert check_row(row, page.page.text) is None
    for row in made.second:
        says_its_number(row, page)
        says_its_days(row, page)
        says_its_place(row, page)
        says_its_speaker(row, page)


def words_of(row: Row, field: str) -> list[str]:
    """The words that a field of a row stands on."""
    return [e.text or "" for e in row.evidence if e.field == field]


def says_its_number(row: Row, page: Laid) -> None:
    """The words of the number, read before any noun, are the number, and stand in no date."""
    (words,) = words_of(row, "number")
    entry = next(e for e in row.evidence if e.field == "number")
    if row.negated:
        says_nobody(row, page)
        return
    read = [
        number
        for noun in ("xyz", "people", "orang")  # "both" is a number before people alone
        for number in read_numbers(
            Page(Document(text=f"{words} {noun}", language=page.page.document.language), page.page.vocabulary), set()
        ).values()
    ]
    assert (row.low, row.high) in [(n.quantity.low, n.quantity.high) for n in read], words
    assert not any(
        t.span.start < (entry.end or 0) and (entry.start or 0) < t.span.end for t in page.found.times.values()
    )


def says_nobody(row: Row, page: Laid) -> None:
    """The words are a "no" that stands in no number, and opens no label: "no more than 5", "No. 5"."""
    (entry,) = (e for e in row.evidence if e.field == "number")
    start, end = entry.start or 0, entry.end or 0
    language = page.page.vocabulary.data
    nobody = language["language"]["function"].get("nobody", ())
    assert fold(entry.text or "") in (*language["numbers"]["none"], *nobody)
    assert (row.low, row.high) == (0, 0)
    assert fold(entry.text or "") in nobody or not any(a < end and start < b for a, b, _ in figures_in(page))
    assert not re.match(r"\.?\s*\d", page.page.text[end:])


def figures_in(page: Laid) -> list[tuple[int, int, str]]:
    """The numbers of a page: where each begins and ends, and what the page takes it for."""
    spans = [(page.page.span(n.i, n.j), n.kind) for n in page.found.numbers.values()]
    return [(span.start, span.end, kind) for span, kind in spans]


def says_its_days(row: Row, page: Laid) -> None:
    """The days are those of times that the page tells at these words, of a year, or of words like "now"."""
    for entry in (e for e in row.evidence if e.field == "period" and e.start is not None and e.end is not None):
        start, end, text = entry.start or 0, entry.end or 0, entry.text or ""
        here = [t for t in page.found.times.values() if start < t.span.end and t.span.start < end]
        assert here or is_year_of(row, page, (start, end)) or is_loose(page, (start, end)), text


def is_year_of(row: Row, page: Laid, words: tuple[int, int]) -> bool:
    """Whether words are the year with which a row's days begin, and neither count nor label."""
    as_ = [kind for a, b, kind in figures_in(page) if a < words[1] and words[0] < b]
    begins = row.start is not None and (row.start.month, row.start.day) == (1, 1)
    return begins and page.at(words) == str(row.start and row.start.year) and as_ == ["year"]


def is_loose(page: Laid, words: tuple[int, int]) -> bool:
    """Whether words, and not a figure alone, tell days only loosely: "now", "the last couple of days"."""
    found = page.alone(words)
    loose = list(read_loose(found.page, found.dated(), found.counted()))
    return bool(loose) and any(letter.isalpha() for letter in page.at(words))


def says_its_place(row: Row, page: Laid) -> None:
    """A place is one that a list has under the words, that the rules read there, or the words themselves."""
    known = {page.page.span(m.i, m.j).text: m.place.name for m in page.places}
    for place, entry in zip(row.places, (e for e in row.evidence if e.field == "place"), strict=True):
        words = entry.text or ""
        gazetteer = page.page.vocabulary.gazetteer
        alone = gazetteer.alone(place_fold(words))  # "Gaza" by itself is the Strip
        listed = {r.name for r in (*gazetteer.named(place_fold(words)), *([alone] if alone else []))}
        own = place.geonames_id is None and place_fold(place.name) == place_fold(words)
        people = [f for k, (_, f) in page.page.layered["demonym"].items() if fold(page.page.word(k)) in fold(words)]
        assert place.name in listed or known.get(words) == place.name or own or people or place.level == "country", (
            words
        )


def says_its_speaker(row: Row, page: Laid) -> None:
    """Who speaks is named in the text by words that stand there."""
    if row.speaker is not None:
        assert " ".join(row.speaker.text.split()) in " ".join(page.page.text.split())
        assert words_of(row, "speaker")


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
@settings(max_examples=100, deadline=None)
def test_any_text_is_an_answer_or_is_told_in_one_line(text: str) -> None:
    for answer in answers_in(text, "here", "x"):
        assert not isinstance(answer, Broken) or "\n" not in str(answer.where)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["document", "claims", "number", "around", "kind", "place", "x"]), inner, max_size=5),
    max_leaves=12,
))  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_any_json_is_an_answer_or_is_told(value: object) -> None:
    for answer in answers_in(msgspec.json.encode(value).decode(), "here"):
        assert isinstance(answer, Broken) or all(isinstance(c, Proposal) for c in answer.claims)


def ledgers(folder: Path) -> tuple[Ledger, Ledger]:
    """A ledger of the rules alone, and one in which a lying model has read the same texts too."""
    plain, seconded = Ledger.open(folder / "rules.db"), Ledger.open(folder / "both.db")
    model = lying()
    for name, document in TEXTS:
        reading = READER.read(document)
        names = READER.actor_names(str(document.language))
        plain.add(reading.document, reading.version, rows_of(reading, names), reading.unread)
        body = msgspec.json.decode(model.answer({"messages": [{"content": document.text}]})[1])
        (answer,) = answers_in(body["choices"][0]["message"]["content"], name, name)
        assert not isinstance(answer, Broken)
        made = read_with(READER, document, "liar", answer.claims)
        assert made.refused
        seconded.keep(Read(made.document, made.version, made.rows, made.unread))
    return plain, seconded


def figures(ledger: Ledger, kind: str, grounds: str | None) -> list[tuple[object, ...]]:
    """The rows of a tally, as far as numbers and claims go."""
    selection = Selection(kind=kind, grounds=grounds)  # type: ignore[arg-type]
    rows = tally(ledger, selection, first=date(2010, 1, 1), last=date(2025, 1, 1))
    return [(r.of, r.speaker, r.low, r.high, r.state, r.claims, r.presumed) for r in rows]


def test_a_lying_model_changes_no_tally_without_proposed(tmp_path: Path) -> None:
    plain, seconded = ledgers(tmp_path)
    for kind in ("kill", "injure", "detain", "attack", "destroy", "find"):
        for grounds in ("presumed", "carried", "stated"):
            assert figures(seconded, kind, grounds) == figures(plain, kind, grounds)
        assert figures(seconded, kind, "presumed") == figures(plain, kind, None)
    assert figures(seconded, "kill", None) != figures(plain, "kill", None)  # the lies that are right quotes, misused


def test_the_rules_reading_comes_back_whole(tmp_path: Path) -> None:
    plain, seconded = ledgers(tmp_path)
    before = {r.id: msgspec.structs.replace(r, reading="") for r in plain.claims()}
    ruled = (as_ruled(r) for r in seconded.claims())
    assert {r.id: msgspec.structs.replace(r, reading="") for r in ruled if r is not None} == before


def test_what_a_person_accepts_is_no_longer_a_proposal(tmp_path: Path) -> None:
    _, seconded = ledgers(tmp_path)
    row = next(r for r in seconded.claims() if r.claim_grounds == "proposed" and r.kind == "kill" and r.low and r.start)
    assert row.start
    known = {id for f in figures(seconded, "kill", "presumed") for id in f[5]}  # type: ignore[attr-defined]
    assert row.id not in known
    said = Judgement(verdict="accepted", claims=(row.id,), readings=(row.reading,), by="Rina", on=date(2025, 1, 2))
    judge(seconded, [row], [said])
    assert row.id in {id for f in figures(seconded, "kill", "presumed") for id in f[5]}  # type: ignore[attr-defined]
