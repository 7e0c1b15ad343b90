"""The codebook's tables, made from the declarations: columns of a claim, fields of a tally, kinds, classes."""

from __future__ import annotations

from typing import Annotated, Any, get_args, get_origin, get_type_hints

from saksi.ledger.columns import Row
from saksi.reconcile.tallies import Tally
from saksi.registers.load import Registers


def columns() -> str:
    """The table of columns."""
    return described("## Columns of a claim", [], Row)


def tallies() -> str:
    """The table of a tally's fields."""
    told = ["What `saksi tally --format json` prints, one object a row.\n"]
    return described("## Fields of a tally", told, Tally, "field")


def described(title: str, told: list[str], record: Any, word: str = "column") -> str:
    """A table of the fields of a record with their meanings."""
    hints = get_type_hints(record, include_extras=True)
    lines = [f"{title}\n", *told, f"| {word} | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {meaning(hints[name])} |" for name in record.__struct_fields__]
    return "\n".join(lines) + "\n"


def meaning(hint: Any) -> str:
    """The sentence a column is declared with."""
    return get_args(hint)[1].description if get_origin(hint) is Annotated else ""


def kinds(registers: Registers) -> str:
    """The tree of kinds."""
    lines = ["## Kinds of event\n", "| kind | under | counts | English | Indonesian | ACLED | CAMEO |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for name, kind in registers.kinds.items():
        label = (kind.label.get("en", ""), kind.label.get("id", ""))
        cells = (f"`{name}`", kind.parent, kind.counts, *label, kind.acled, kind.cameo)
        lines.append("| " + " | ".join(c or "" for c in cells) + " |")
    return "\n".join(lines) + "\n"


def classes(registers: Registers) -> str:
    """The tree of classes."""
    lines = [
        "## Classes of things and people\n",
        "| class | under | English | Indonesian |",
        "| --- | --- | --- | --- |",
    ]
    for name, entry in registers.classes.items():
        label = (entry.label.get("en", ""), entry.label.get("id", ""))
        lines.append(f"| `{name}` | {entry.parent or ''} | {label[0]} | {label[1]} |")
    return "\n".join(lines) + "\n"


def codebook(registers: Registers) -> str:
    """The codebook of a release."""
    return "\n".join(["# Codebook\n", columns(), tallies(), kinds(registers), classes(registers)])
