"""Which number belongs to which act: the best assignment of a sentence, and the weights it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi import Document, Reader, rows_of
from saksi.evaluation.learning.fitting import learned
from saksi.evaluation.learning.heldback import PENALTY, assigned, by_sentence
from saksi.evaluation.learning.labels import Label, Labelled, sentences, short_label
from saksi.evaluation.learning.rows import candidates, choices
from saksi.ledger.columns import Row
from saksi.reading.weights import Terms, best_path, weigh
from tests.conftest import ROOT

SCORES = st.lists(
    st.dictionaries(st.sampled_from([None, 0, 1, 2]), st.integers(-9, 9).map(float), min_size=1), min_size=1, max_size=4
)


def told(text: str, reader: Reader, language: str = "en") -> list[tuple[str, int | None]]:
    """The kinds and numbers of a text's counted claims whose number stands in words."""
    rows: list[Row] = rows_of(reader.read(Document(text=text, language=language)), {})
    return [(r.kind, r.low) for r in rows if any(e.field == "number" and not e.inferred for e in r.evidence)]


def test_a_weight_that_was_never_learned_says_nothing() -> None:
    assert weigh(["known", "new"], {"known": 1.5}) == 1.5


def test_what_a_part_is_worth_is_looked_up_once_and_added_sign_by_sign() -> None:
    asked: list[str] = []

    def told(*words: str) -> Iterator[str]:
        asked.append("told")
        return iter(words)

    terms = Terms({"a": 0.1, "b": 0.2, "c": 0.3}, {"told": told})
    parts = [("told", "a"), ("told", "b", "c", "never learned"), ("told", "a")]
    assert terms.of(parts) == 0.1 + 0.2 + 0.3 + 0.1 != 0.1 + (0.2 + 0.3) + 0.1
    assert len(asked) == 2


def test_going_on_with_an_act_can_outweigh_a_nearer_one() -> None:
    """Alone the second number would choose act 1; after the first it goes on with act 0."""
    scores = [{None: 0.0, 0: 2.0}, {None: 0.0, 0: 1.0, 1: 1.5}]
    assert best_path(scores, [(0.0, 0.0), (0.0, 0.0)]) == [0, 1]
    assert best_path(scores, [(0.0, 0.0), (1.0, -1.0)]) == [0, 0]


@given(SCORES)
def test_without_links_each_takes_its_own_best(scores: list[dict[int | None, float]]) -> None:
    path = best_path(scores, [(0.0, 0.0)] * len(scores))
    assert [own[c] for own, c in zip(scores, path, strict=True)] == [max(own.values()) for own in scores]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Forty people were hurt, six of them badly, and nine were killed when a shell hit a queue in Bunia.",
            [("injure", 40), ("injure", 6), ("kill", 9)],
        ),
        (
            "Two officers said gunmen in three cars had killed a clerk and wounded four others.",
            [("kill", 1), ("injure", 4)],
        ),
        ("Two men were kidnapped and killed in Mosul.", [("abduct", 2), ("kill", 2)]),
        ("Over 300 soldiers were killed or wounded in the battle.", [("casualty", 301)]),
    ],
)
def test_a_number_belongs_to_its_act(text: str, claims: list[tuple[str, int]], reader: Reader) -> None:
    assert told(text, reader) == claims


def test_an_act_goes_on_in_the_next_sentence(reader: Reader) -> None:
    """The kind is inferred then, from the word that told it."""
    text = "Nine people were killed in the market. Four of them were children."
    rows = rows_of(reader.read(Document(text=text, language="en")), {})
    kinds = [(r.kind, r.low, next(e.inferred for e in r.evidence if e.field == "kind")) for r in rows]
    assert kinds == [("kill", 9, False), ("kill", 4, True)]


LESSONS = [
    ("Three men were killed by two gunmen.", ["kill 3"]),
    ("Five boys were killed by four soldiers.", ["kill 5"]),
    ("Six women were killed by seven rebels.", ["kill 6"]),
    ("Eight people were killed by nine militants.", ["kill 8"]),
]


def lessons() -> list[Labelled]:
    """Sentences in which the doers are counted too."""
    return [
        Labelled(Document(text=text, language="en", ref=str(n)), [short_label(claim) for claim in says])
        for n, (text, says) in enumerate(LESSONS)
    ]


def test_weights_are_learned_from_gold_alone() -> None:
    """From four sentences: whoever is killed counts, whoever stands behind "by" does not; twice the same weights."""
    found = list(candidates(lessons()))
    weights = learned(choices(found), PENALTY)
    assert weights == learned(choices(candidates(lessons())), PENALTY)
    assert weights["behind by"] < 0 < weights["behind start"]
    held = list(candidates([Labelled(Document(text="Ten men were killed by eleven gunmen.", language="en"), [])]))
    assert [[act is not None for act in assigned(s, weights)] for s in by_sentence(held)] == [[True, False]]


def test_labels_without_a_place_are_met_in_the_order_of_the_text() -> None:
    """Two twos, of which the second was seized."""
    labelled = Labelled(
        Document(text="Two gunmen fled. Police seized two rifles.", language="en"), [short_label("seize 2")]
    )
    assert [c.counts for c in candidates([labelled])] == [False, True]


def test_an_unsure_number_teaches_nothing() -> None:
    unsure = Labelled(
        Document(text="Three men were killed.", language="en"), [Label(frozenset(("kill",)), 0, 5, unsure=True)]
    )
    assert learned(choices(candidates([unsure])), PENALTY) == {}


def test_written_sentences_are_labelled_by_what_they_say() -> None:
    """Nine in ten of their numbers are met, and have an act of their kind in the reader's words."""
    found = [label for labelled in sentences(ROOT / "evaluate") for label in labelled.labels]
    met = [c for c in candidates(sentences(ROOT / "evaluate")) if c.counts]
    assert len(met) > 0.95 * len(found)
    assert sum(bool(c.right) for c in met) > 0.85 * len(met)


def test_a_project_may_bring_weights_of_its_own(tmp_path: Path) -> None:
    """They take the place of ours: with a weight against all numbers, none is bound."""
    (tmp_path / "weights.yml").write_text('numbers: {"any": -100.0}\n', "utf-8")
    assert told("Nine people were killed in Kabul.", Reader(tmp_path)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ten people, three of them children, were killed."),
        ("en", "Of the 10 people killed, three were children."),
        ("en", "Three children were among the 10 people killed."),
        ("en", "At least 10 people were killed, three of whom were children."),
        ("en", "Some 10 people (3 children) were killed."),
        ("en", "The blast injured 10 people, three critically."),
        ("en", "Ten people are in hospital, three in intensive care."),
        ("id", "Sepuluh orang, tiga di antaranya anak-anak, tewas."),
        ("id", "Sebanyak 10 orang (3 anak-anak) tewas."),
        ("id", "Ledakan itu melukai 10 orang, tiga luka berat."),
        ("id", "Dari 10 korban tewas, tiga anak-anak."),
        ("id", "Tiga anak termasuk di antara 10 orang yang tewas."),
    ],
)
def test_a_part_is_tied_to_its_whole_and_added_to_nothing(language: str, text: str, reader: Reader) -> None:
    """Thirteen dead would be three more than anybody told of."""
    rows = {r.low: r for r in rows_of(reader.read(Document(text=text, language=language)), {})}
    whole = max(rows.values(), key=lambda r: r.low or 0)
    assert len(rows) == 2
    assert [(tie.type, tie.claim) for tie in rows[3].relations] == [("part_of", whole.id)]
    assert whole.relations == []
