"""Who says it: in one sentence, and who speaks a quotation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from saksi.intake.document import Document
from saksi.languages.files import load_yaml
from saksi.reading.read import draft_document
from saksi.reading.reader import Reader
from saksi.reading.scenes.voices import VoiceOptions
from tests.conftest import ROOT

CASES = load_yaml(ROOT / "tests/cases/voices.yml")


def names(cases: list[dict[str, Any]]) -> list[str]:
    """What each case shows, and a word to tell it from others that show the same."""
    return [f"{case.get('language', 'en')}: {case['shows']}" for case in cases]


@pytest.mark.parametrize("case", CASES["sentences"], ids=names(CASES["sentences"]))
def test_a_sentence_gives_its_number_to_who_says_it(reader: Reader, case: dict[str, Any]) -> None:
    reading = reader.read(Document(text=case["text"], language=case["language"], published=date(2025, 1, 4)))
    claims = {c.quantity.value.low: c for c in reading.claims if c.quantity is not None}
    for number, speaker in case.get("speakers", {}).items():
        told = claims[number].speaker
        assert (told.value.text if told is not None else None) == speaker
    for number, stance in case.get("stances", {}).items():
        held = claims[number].stance
        assert held is not None
        assert held.value == stance
    for number, org in case.get("orgs", {}).items():
        body = claims[number].speaker_org
        assert (body.value.text if body is not None else None) == org
    for number, carriers in case.get("carriers", {}).items():
        assert [c.value.text for c in claims[number].carriers] == carriers


@pytest.mark.parametrize("case", CASES["quotations"], ids=names(CASES["quotations"]))
def test_a_quotation_is_spoken_by_the_source_beside_it(reader: Reader, case: dict[str, Any]) -> None:
    vocabulary = reader.vocabulary("en")
    drafted = draft_document(Document(text=case["text"], language="en"), vocabulary, reader.source(vocabulary))
    voices = drafted.scenes().sorts["voices"]
    assert isinstance(voices, VoiceOptions)
    option = next(o for o in voices.row.options if o.span is not None and o.span.text == case["source"])
    token = voices.page.norms.index(case["words"].lower())
    assert voices.spoken.by(token, option) == case["spoken"]


@pytest.mark.parametrize("words", ["kata dia", "ujar dia", "katanya", "kata mereka"])
def test_a_pronoun_speaks_for_who_spoke_before(reader: Reader, words: str) -> None:
    text = f"Kolonel Yonas Kambu mengatakan kota itu ditembaki.\n\nDalam 24 jam terakhir, {words}, empat tentara tewas."
    vocabulary = reader.vocabulary("id")
    drafted = draft_document(Document(text=text, language="id"), vocabulary, reader.source(vocabulary))
    assert [a.pronoun for told in drafted.told for a in told.attributions] == [False, True]
