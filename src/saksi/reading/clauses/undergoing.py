"""What an act can be done to, by the classes of the registers: no house flees, and no man is demolished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saksi.languages.forms import Form
from saksi.reading.clauses.groups import Group
from saksi.reading.clauses.items import Item, head_before
from saksi.reading.pages.page import Page
from saksi.registers.load import Registers


def suffers(registers: Registers, kind: str, to: Mapping[str, str] | None, group: Group) -> bool:
    """Whether a kind of event can befall a group; of a number alone nobody knows what it counts."""
    if group.unit_i < 0 and group.object_class is None:
        return True
    classes = registers.ancestors(group.object_class) if group.object_class is not None else ()
    return registers.may_befall(kind_of_target(kind, to, classes), group.object_class)


def kind_of_target(kind: str, to: Mapping[str, str] | None, classes: Sequence[str]) -> str:
    """The kind that a word makes of what it is done to, by its classes, the narrowest first.

    "Captured" people are detained, a captured town is taken: `to` says it in the language's events.yml.
    """
    return next((str(to[c]) for c in classes if c in to), kind) if to else kind


def tells_of(form: Form, name: str | None, registers: Registers) -> bool:
    """Whether a word tells of a class at all: who was received at a hospital dead is a body, and no telephone call."""
    only, over = form.data.get("only"), registers.ancestors(name) if name is not None else []
    return only is None or (not set(only).isdisjoint(over) and set(form.data.get("spares", ())).isdisjoint(over))


def owns_a_thing(page: Page, j: int, people: frozenset[str]) -> bool:
    """Whether those who end before token j only own what an act is done to: "snatched a woman's bag"."""
    if not page.possessive(j) or j + 1 >= len(page.norms) or page.form(j + 1, "number", "adjective") is not None:
        return False
    noun = page.nouns.get(j + 1)
    kin = noun is not None and noun[1].layer == "object" and noun[1].value in people
    return page.norms[j + 1][0].isalpha() and not page.capitals[j + 1] and not kin


def is_about(page: Page, items: list[Item], at: int, form: Form) -> bool:
    """Whether a word that also means "about" does so: "laporan mengenai korban", but "peluru mengenai dua orang"."""
    if not form.data.get("by_arms") or (at and items[at - 1].name == "have"):
        return False  # "berhasil mengenai sasaran"
    before = head_before(items, at)
    return before is None or not (before.event or before.object_class in page.vocabulary.arms)
