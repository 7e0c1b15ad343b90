"""Every word of the page is there in Indonesian: those of the templates, and those of the ledger's vocabulary."""

from __future__ import annotations

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from saksi.ledger.judgements import FIELDS, OF_ONE, OF_TWO, UNDONE
from saksi.publish.web.texts import LOCALES, chosen_language, label, number, translations
from saksi.reading.claims.claim import STANCES
from saksi.reconcile.contradictions import TYPES
from saksi.reconcile.one_page import COUNTERED, REFERRED
from saksi.reconcile.reasons import POINTS
from saksi.registers.load import load_registers

PUBLISH = LOCALES.parent.parent
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
EVIDENCE = ("kind", "number", "target", "owner", "actor", "place", "period", "speaker", "said_on", "carrier", "stance",
            "relation")  # fmt: skip
REASONS = ("the same text in two documents", "one statement, carried twice", "no claim holds this number", REFERRED,
           COUNTERED)  # fmt: skip
LEVELS = ("country", "region", "admin1", "admin2", "city", "village", "site", "water")


def catalogue() -> dict[str, str]:
    """The Indonesian words by the English ones."""
    with (LOCALES / "id/LC_MESSAGES/saksi.po").open("rb") as stream:
        found = read_po(stream, locale="id")
    return {first(m.id): first(m.string) for m in found if m.id}


def first(words: str | list[str] | tuple[str, ...] | None) -> str:
    """The words, or of several forms the first."""
    return words if isinstance(words, str) else words[0] if words else ""


def in_templates() -> set[str]:
    """The English words of the templates and the code."""
    found = extract_from_dir(str(PUBLISH), METHODS, {"**.html": {"trimmed": "true"}})
    return {message[0] if isinstance(message, tuple) else str(message) for _, _, message, _, _ in found}


def test_every_word_of_the_page_is_translated() -> None:
    known = catalogue()
    wanted = in_templates()
    assert len(wanted) > 150
    assert sorted(w for w in wanted if not known.get(w)) == []


def test_every_word_of_the_vocabulary_is_translated() -> None:
    words = {
        w.replace("_", " ")
        for w in (*STANCES, *FIELDS, *OF_ONE, *OF_TWO, UNDONE, *TYPES, *EVIDENCE, *LEVELS, *POINTS, REFERRED, COUNTERED)
    }
    known = catalogue()
    assert sorted(w for w in words if not known.get(w)) == []
    registers = load_registers()
    for table in (registers.kinds, registers.classes):
        assert [k for k, entry in table.items() if not entry.label.get("id")] == []


def test_what_stands_in_braces_is_kept() -> None:
    """A translation that loses a number would hide it."""
    import re

    for english, indonesian in catalogue().items():
        assert set(re.findall(r"%\(\w+\)s", indonesian)) == set(re.findall(r"%\(\w+\)s", english)), english


def test_nothing_is_translated_that_is_nowhere() -> None:
    """Words that fell out of the templates leave the catalogue too."""
    code = "".join(p.read_text("utf-8") for p in sorted(PUBLISH.rglob("*.py")))
    made = ("its own", *POINTS, *REASONS)  # parts that a template puts together, and words of the ledger
    gone = [w for w in sorted(catalogue().keys() - in_templates()) if len(w.split()) > 4 and w not in code]
    assert [w for w in gone if not any(part in w for part in made)] == []


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [(None, "id-ID,id;q=0.9,en;q=0.8", "id"), (None, "en-GB,en", "en"), (None, "fr-FR,fr", "en"), ("id", "en", "id"),
     ("xx", "id", "id"), (None, "", "en")],
)  # fmt: skip
def test_the_browser_says_the_language(cookie: str | None, accepted: str, language: str) -> None:
    assert chosen_language(cookie, accepted) == language


def test_words_and_numbers_in_both_languages() -> None:
    registers = load_registers()
    assert [label("airstrike", code, registers) for code in ("en", "id")] == ["air strike", "serangan udara"]
    assert [label("asserts", code, registers) for code in ("en", "id")] == ["asserts", "menyatakan"]
    assert [number(1234567, code) for code in ("en", "id")] == ["1,234,567", "1.234.567"]
    assert translations("id").ngettext("%(num)s claim", "%(num)s claims", 5) == "%(num)s klaim"
