"""Who acts, owns and speaks: names of the register, groups without a name, and people's names."""

from __future__ import annotations

from typing import NamedTuple

from saksi.reading.mentions.organisations import organisation_at
from saksi.reading.pages.page import Page
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
        titled = page.blocks[sentence.block].titled
        while i < sentence.j:
            mention = actor_at(page, i, sentence.j) if i in begun and i not in taken else None
            if mention is None and i not in taken and not titled and (page.capitals[i] or page.norms[i].isdigit()):
                mention = by_name(page, i, sentence.j)
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
        longer = None if page.vocabulary.head_first else organisation_at(page, i, end)
        if longer is not None and longer[0] > named[0]:
            return by_name(page, i, end)  # "Taliban Supreme Court" is no Taliban
        text = page.span(i, named[0]).text
        ref = ActorRef(named[1].value, text, actor.kind, actor.country)
        return ActorMention(i, named[0], ref, named[1].rule, True)
    return national_force(page, i, end)


def by_name(page: Page, i: int, end: int) -> ActorMention | None:
    """An organisation that only its name tells."""
    found = organisation_at(page, i, end)
    if found is None:
        return None
    ref = ActorRef(None, page.span(i, found[0]).text, found[1])
    return ActorMention(i, found[0], ref, "reading/organisations:name", False)


def national_force(page: Page, i: int, end: int) -> ActorMention | None:
    """A country's force by two words: "Iraqi troops", "tentara Irak"."""
    country = page.form(i, "demonym", "country")
    after = country[0] if country else end
    after += after < end and page.possessive(after)  # "Israel's military"
    if country and after < end and (force := page.form(after, "forces")) and force[0] <= end:
        ref = ActorRef(None, page.span(i, force[0]).text, "state_force", country[1].value)
        return ActorMention(i, force[0], ref, "actors:forces", False)
    force = page.form(i, "forces")
    if force and force[0] < end:
        at = force[0] if page.vocabulary.head_first else after_of(page, force[0])
        owner = page.form(at, "country")
        if owner and owner[0] <= end:
            ref = ActorRef(None, page.span(i, owner[0]).text, "state_force", owner[1].value)
            return ActorMention(i, owner[0], ref, "actors:forces", False)
    return None


def after_of(page: Page, k: int) -> int:
    """The token after "of" or "of the": "the government of Iraq"; past the text where there is none."""
    of = page.function(k, "of")
    return len(page.norms) if of is None else (page.function(of, "determiner") or of)


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
