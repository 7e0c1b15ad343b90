"""Who acts, owns and speaks: names of the register, groups without a name, and people's names."""

from __future__ import annotations

from typing import NamedTuple

from saksi.reading.page import Page
from saksi.reading.values import ActorRef


class ActorMention(NamedTuple):
    """An actor at tokens [i, j)."""

    i: int
    j: int
    actor: ActorRef
    rule: str
    named: bool  # a name of the register, not a group in passing


def read_actors(page: Page, taken: set[int]) -> dict[int, ActorMention]:
    """All actors by their first token."""
    found: dict[int, ActorMention] = {}
    begun = page.tokens_of("actor", "demonym", "country", "forces")
    for sentence in page.sentences:
        i = sentence.i
        while i < sentence.j:
            mention = actor_at(page, i, sentence.j) if i in begun and i not in taken else None
            if mention is None:
                i += 1
                continue
            mention = with_alias(page, mention, sentence.j)
            found[mention.i] = mention
            i = mention.j
    return found


def actor_at(page: Page, i: int, end: int) -> ActorMention | None:
    """The actor that begins at token i."""
    named = page.form(i, "actor")
    if named and named[0] <= end:
        actor = page.vocabulary.registers.actors[named[1].value]
        text = page.span(i, named[0]).text
        ref = ActorRef(named[1].value, text, actor.kind, actor.country)
        return ActorMention(i, named[0], ref, named[1].rule, True)
    return national_force(page, i, end)


def national_force(page: Page, i: int, end: int) -> ActorMention | None:
    """A country's force by two words: "Iraqi troops", "tentara Irak"."""
    country = page.form(i, "demonym", "country")
    after = country[0] if country else end
    after += after < end and page.norms[after] in ("'s", "’s")  # "Israel's military"
    if country and after < end and (force := page.form(after, "forces")) and force[0] <= end:
        ref = ActorRef(None, page.span(i, force[0]).text, "state_force", country[1].value)
        return ActorMention(i, force[0], ref, "actors:forces", False)
    force = page.form(i, "forces")
    if force and page.vocabulary.head_first and force[0] < end:
        owner = page.form(force[0], "country")
        if owner and owner[0] <= end:
            ref = ActorRef(None, page.span(i, owner[0]).text, "state_force", owner[1].value)
            return ActorMention(i, owner[0], ref, "actors:forces", False)
    return None


def with_alias(page: Page, mention: ActorMention, end: int) -> ActorMention:
    """The mention with its short name in brackets: "Pasukan Demokratik Suriah (SDF)"."""
    j = mention.j
    if j + 2 < end and page.norms[j] == "(":
        again = page.form(j + 1, "actor")
        if again and again[1].value == mention.actor.id and page.norms[again[0]] == ")":
            return mention._replace(j=again[0] + 1)
    return mention


def group_without_name(page: Page, i: int, end: int) -> ActorMention | None:
    """A group such as "militants" or "aparat keamanan" at token i."""
    found = page.form(i, "group")
    if not found or found[0] > end:
        return None
    kind = None if found[1].value == "person" else found[1].value
    ref = ActorRef(None, page.span(i, found[0]).text, kind)
    return ActorMention(i, found[0], ref, found[1].rule, False)
