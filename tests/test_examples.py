"""Each language's examples.yml: a sentence for each phenomenon, and the claims it must yield."""

from __future__ import annotations

from typing import Any

import pytest

from saksi import Document, Reader, Row, rows_of
from saksi.languages.files import HERE, known_languages, load_yaml
from saksi.reading.layers import LAYERS, layer_rows

SHOWN_STANCES = frozenset(("denies", "plans", "fears", "estimates", "confirms", "claims"))


def examples() -> list[Any]:
    """Every example of every language; those known to be wrong must fail."""
    found = []
    for code in known_languages():
        for entry in load_yaml(HERE / code / "examples.yml")["examples"]:
            marks = [pytest.mark.xfail(strict=True)] if entry.get("known") == "wrong" else []
            found.append(pytest.param(code, entry, marks=marks, id=f"{code}: {entry['shows']}"))
    return found


def said(row: Row, stances: bool) -> str:
    """A row in the short form of the examples: kind number class @COUNTRY !stance."""
    parts = [row.kind, number(row)]
    parts += [row.target] if row.target else []
    parts += [f"@{c}" for c in sorted({p.country for p in row.places if p.country})]
    parts += [f"!{row.stance}"] if stances and row.stance in SHOWN_STANCES else []
    return " ".join(parts)


def number(row: Row) -> str:
    """The number in the short form."""
    if row.counts is None or (row.low is None and row.high is None):
        return "-"
    if row.low == row.high:
        return str(row.low)
    if row.high is None:
        return f"{row.low}+"
    return f"..{row.high}" if row.low is None else f"{row.low}-{row.high}"


@pytest.mark.parametrize(("code", "entry"), examples())
def test_an_example_yields_its_claims(code: str, entry: dict[str, Any], reader: Reader) -> None:
    rows = rows_of(reader.read(Document(text=entry["text"], language=code)), {})
    stances = any("!" in claim for claim in entry["says"])
    told = [said(r, stances) for r in rows if r.kind != "statement"]
    assert told == entry["says"]


def layered() -> list[Any]:
    """Every example that lists what a layer must find."""
    return [p for p in examples() if any(layer in LAYERS for layer in p.values[1])]


@pytest.mark.parametrize(("code", "entry"), layered())
def test_an_example_shows_its_layers(code: str, entry: dict[str, Any], reader: Reader) -> None:
    reading = reader.read(Document(text=entry["text"], language=code))
    for layer in (k for k in entry if k in LAYERS):
        assert [row.text for row in layer_rows(reading, layer)] == entry[layer], layer


@pytest.mark.parametrize("code", known_languages())
def test_examples_show_each_phenomenon_once(code: str) -> None:
    shows = [entry["shows"] for entry in load_yaml(HERE / code / "examples.yml")["examples"]]
    assert len(shows) == len(set(shows))
