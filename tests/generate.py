"""Writes the pages that are made from data: `make docs`. A test compares them with what is committed."""

from __future__ import annotations

import json
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from saksi.languages.files import known_languages, load_language
from saksi.ledger.columns import Row, json_schema
from saksi.proposing.schema import json_schema as proposals_schema
from saksi.reconcile.tallies import Tally
from saksi.registers.load import load_registers
from tests.conftest import ROOT


def schema() -> str:
    """The JSON Schema of a row."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def codebook() -> str:
    """The codebook: columns, kinds, classes, soft numbers, tolerances, parts of the day, geo precision."""
    parts = [HEAD, columns(), tallies(), kinds(), classes(), numbers(), times(), PRECISION]
    return "\n".join(parts)


HEAD = """# Codebook

Made from the data files by `make docs`; change those, not this page.
"""

PRECISION = """## Geo precision

A place has a `level` (country, region, admin1, admin2, city, village, site, water) and a `precision`:
`exact` is the named place itself, `near` is its surroundings ("near", "di dekat", "north of").
Coordinates are WGS 84; provinces and countries have the centre of their population.
"""


def columns() -> str:
    """The table of columns."""
    hints = get_type_hints(Row, include_extras=True)
    lines = ["## Columns of a claim\n", "| column | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {meaning(hints[name])} |" for name in Row.__struct_fields__]
    return "\n".join(lines) + "\n"


def tallies() -> str:
    """The table of a tally's fields."""
    hints = get_type_hints(Tally, include_extras=True)
    lines = ["## Fields of a tally\n", "What `saksi tally --format json` prints, one object a row.\n"]
    lines += ["| field | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {meaning(hints[name])} |" for name in Tally.__struct_fields__]
    return "\n".join(lines) + "\n"


def meaning(hint: Any) -> str:
    """The sentence a column is declared with."""
    return get_args(hint)[1].description if get_origin(hint) is Annotated else ""


def kinds() -> str:
    """The tree of kinds."""
    lines = ["## Kinds of event\n", "| kind | under | counts | English | Indonesian | ACLED | CAMEO |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for name, kind in load_registers().kinds.items():
        label = (kind.label.get("en", ""), kind.label.get("id", ""))
        cells = (f"`{name}`", kind.parent, kind.counts, *label, kind.acled, kind.cameo)
        lines.append("| " + " | ".join(c or "" for c in cells) + " |")
    return "\n".join(lines) + "\n"


def classes() -> str:
    """The tree of classes."""
    lines = [
        "## Classes of things and people\n",
        "| class | under | English | Indonesian |",
        "| --- | --- | --- | --- |",
    ]
    for name, entry in load_registers().classes.items():
        lines.append(f"| `{name}` | {entry.parent or ''} | {entry.label['en']} | {entry.label['id']} |")
    return "\n".join(lines) + "\n"


def numbers() -> str:
    """Ranges of soft words and tolerances."""
    lines = ["## Soft numbers\n", "| language | word | low | high |", "| --- | --- | --- | --- |"]
    for code in known_languages():
        for word, (low, high) in load_language(code)["numbers"]["vague"].items():
            lines.append(f"| {code} | {word} | {low} | {'open' if high is None else high} |")
    lines.append(
        '\n"About" and its like mean a tenth either way, at least one; "nearly" a tenth below up to the number.'
    )
    lines.append("A bare noun is one or more, a bare plural two or more, marked as inferred.")
    return "\n".join(lines) + "\n"


def times() -> str:
    """Parts of the day."""
    lines = ["## Parts of the day\n", "| language | word | from | to |", "| --- | --- | --- | --- |"]
    for code in known_languages():
        for word, (start, end) in load_language(code)["times"]["times_of_day"].items():
            lines.append(f"| {code} | {word} | {start} | {end} |")
    return "\n".join(lines) + "\n"


def proposal_schema() -> str:
    """The JSON Schema of an answer, versioned by its content."""
    return json.dumps(proposals_schema(), indent=1, ensure_ascii=False) + "\n"


PAGES = {
    "docs/claim.schema.json": schema, "docs/codebook.md": codebook, "docs/proposal.schema.json": proposal_schema,
}  # fmt: skip


if __name__ == "__main__":
    for path, make in PAGES.items():
        (ROOT / path).write_text(make(), encoding="utf-8")
        print(path)
