"""The page's words in English and Indonesian: gettext catalogues in `locales/`, and labels from the registers."""

from __future__ import annotations

import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from saksi.registers.load import Registers

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = {"en": "English", "id": "Bahasa Indonesia"}


@lru_cache(maxsize=8)
def translations(code: str) -> NullTranslations:
    """The catalogue of a language; English is the language of the templates."""
    path = LOCALES / code / "LC_MESSAGES" / "saksi.po"
    if code == "en" or not path.exists():
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=code)
    made = io.BytesIO()
    write_mo(made, catalogue)
    made.seek(0)
    return GNUTranslations(made)


def chosen_language(cookie: str | None, accepted: str) -> str:
    """The language of the page: as switched to, else the first that the browser asks for and that we have."""
    if cookie in LANGUAGES:
        return str(cookie)
    for part in accepted.split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return "en"


def label(word: str | None, code: str, registers: Registers) -> str:
    """A kind or class as people of a language say it; other words of the ledger's vocabulary are in the catalogue."""
    if not word:
        return ""
    known = registers.kinds.get(word) or registers.classes.get(word)
    if known is not None:
        return known.label.get(code) or known.label.get("en") or word
    return translations(code).gettext(word.replace("_", " "))


@lru_cache(maxsize=8)
def language_names(code: str) -> dict[str, str]:
    """The names of languages in a language, by ISO 639 code (Unicode CLDR)."""
    from babel import Locale

    return {str(k): str(v) for k, v in Locale.parse(code).languages.items()}


@lru_cache(maxsize=8)
def territories(code: str) -> dict[str, str]:
    """The names of countries in a language, by ISO 3166-1 alpha-2 code (Unicode CLDR)."""
    from babel import Locale

    return {str(k): str(v) for k, v in Locale.parse(code).territories.items() if len(k) == 2}


def number(value: int, code: str) -> str:
    """A number with its thousands set apart, as the language writes them."""
    return f"{value:,}".replace(",", ".") if code == "id" else f"{value:,}"
