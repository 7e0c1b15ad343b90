"""Who does it: the subject of an active verb, the agent of a passive one."""

from __future__ import annotations

from typing import Any

from saksi.reading.clauses.borders import PREPOSITIONS, ends_clause
from saksi.reading.clauses.items import Item
from saksi.reading.mentions.actors import ActorMention

TELLERS = frozenset(("agency", "outlet", "monitor"))  # they tell of acts and do none
FIGHTING = frozenset(("state_force", "rebel", "militia", "coalition"))  # what they tell of may be their own


def subject_of(items: list[Item], at: int) -> ActorMention | None:
    """Who does an active verb: the nearest actor before it in the sentence, phrases left out.

    The subject serves every verb of the sentence: "A strike by X killed two and wounded three".
    """
    happening = told = False  # it did what is told: "The Red Crescent said shelling destroyed two schools"
    for k in range(at - 1, -1, -1):
        item = items[k]
        happening = happening or (item.group is not None and bool(item.group.event))
        told = told or (item.kind == "say" and happening)
        if (item.kind == "function" and item.name in ("that", "while", "after", "before")) or item.name == ";":
            return None
        group = item.group if item.kind == "group" else None
        if group is not None and group.owner and (group.event or group.object_class in ("fighter", "soldier")):
            return group.owner  # "Taliban gunmen stormed"
        if item.kind != "actor" or item.actor is None or item.actor.actor.kind in TELLERS:
            continue
        before = items[k - 1] if k else None
        phrase = before is not None and before.kind == "function" and before.name in PREPOSITIONS - {"by"}
        taken = before is not None and before.kind == "verb"
        if not phrase and not taken:
            return item.actor if not told or item.actor.actor.kind in (*FIGHTING, "police") else None
    return None


def agent_of(items: list[Item], at: int, constructions: dict[str, Any]) -> ActorMention | None:
    """Who does a passive verb: after "by", or, in Indonesian, just after the verb."""
    for k in range(at + 1, min(at + 12, len(items))):
        item = items[k]
        if ends_clause(item):
            return None
        before = items[k - 1]
        by = before.kind == "function" and before.name == "by"
        reached = k == at + 1 or (k == at + 2 and before.kind in ("word", "role"))  # "diculik kelompok Abu Sayyaf"
        beside = reached and not constructions["passive_by"]
        if item.kind == "actor" and (by or beside):
            return item.actor
    return None
