"""What an act can be done to, by the classes of the registers: no house flees, and no man is demolished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from saksi.reading.clauses.groups import Group
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
