"""Parties told of in passing: countries that act ("the UK has condemned"), peoples ("Syrians").

They are mentions of the actors layer; who did what stands in the claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from saksi.reading.clauses.items import Item
from saksi.reading.mentions.actors import ActorMention
from saksi.reading.mentions.found import Found
from saksi.reading.values import ActorRef

HELPERS = frozenset(("have", "future", "duty", "be", "adverb", "continue", "negation", "manage"))
BARRED = frozenset(("in", "of", "from", "to", "near", "by", "on", "with", "for", "against", "and", "or"))


def parties_in_passing(found: Found, items: list[Item]) -> Iterator[ActorMention]:
    """The parties of one sentence that no clause reading has made an actor."""
    for k, item in enumerate(items):
        if item.place is not None and item.place.place.level == "country" and acts(found, items, k):
            ref = ActorRef(None, found.page.span(item.i, item.j).text, "government", item.place.place.country)
            yield ActorMention(item.i, item.j, ref, "reading/parties:subject", False)
        for i in range(item.i, item.j):
            if (people := people_at(found, i) or people_of(found, i)) is not None:
                yield people


def acts(found: Found, items: list[Item], k: int) -> bool:
    """Whether a country is the subject of a verb: nothing places it, and a helping or unknown verb follows."""
    item = items[k]
    before = next((i for i in reversed(items[:k]) if i.name not in ("determiner", "article")), None)
    placed = item.place is not None and item.place.cue is not None
    barred = before is not None and before.kind == "function" and before.name in BARRED
    if placed or barred or k + 1 >= len(items):
        return False
    after = items[k + 1]
    if after.kind == "function":
        return after.name in HELPERS
    return after.kind == "word" and not found.page.capitals[after.i]


def people_at(found: Found, i: int) -> ActorMention | None:
    """A people at token i: "Syrians", "the Syrian people"."""
    page = found.page
    form = page.layered["demonym"].get(i)
    if form is None or i in found.actors:
        return None
    j, meaning = form
    people = page.form(j, "peoples") if j < len(page.norms) else None
    opens_name = j < len(page.norms) and page.capitals[j] and page.gap(j) == " "
    if people is None and (
        opens_name or not page.norms[j - 1].endswith(str(page.vocabulary.data["language"]["plural"]))
    ):
        return None
    j = people[0] if people is not None else j
    ref = ActorRef(None, page.span(i, j).text, "people", meaning.value)
    return ActorMention(i, j, ref, meaning.rule, False)


def people_of(found: Found, i: int) -> ActorMention | None:
    """The people of a place at token i: "the people of Mosul"."""
    page = found.page
    form = page.form(i, "peoples")
    of = page.function(form[0], "of") if form is not None and form[0] < len(page.norms) else None
    place = found.places.get(page.function(of, "determiner", "article") or of) if of is not None else None
    if place is None or i in found.actors:
        return None
    ref = ActorRef(None, page.span(i, place.j).text, "people", place.place.country)
    return ActorMention(i, place.j, ref, "reading/parties:people", False)
