"""Fills where and when of what happened, and who of what is counted, from the whole page, or leaves them empty.

What the claim's own sentence gave is one option among the others, with its rule as a sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import Told
from saksi.reading.claims.speakers import Speakers
from saksi.reading.mentions.found import Found
from saksi.reading.scenes import days, place_signs, voice_signs
from saksi.reading.scenes.choice import Weighed
from saksi.reading.scenes.days import DayOptions, give_days, keeps_days
from saksi.reading.scenes.ground import Asked, Ground, Option, carried
from saksi.reading.scenes.places import PLACE, PlaceOptions, country_of, give_places, keeps_places
from saksi.reading.scenes.voices import VoiceOptions, give_voice, keeps_voice
from saksi.reading.values import Mention
from saksi.reading.vocabulary import Vocabulary
from saksi.reading.weights import Part, Worth, signs_of

BARE_NOUN = "reading/draft:bare-noun"
Options = PlaceOptions | DayOptions | VoiceOptions


class Scenes:
    """The places, days and voices of one page, to be asked for each of its claims."""

    def __init__(self, found: Found, told: list[Told], claims: Sequence[Claim], speakers: Speakers) -> None:
        self.ground = Ground(found, told, claims)
        places, self.days = PlaceOptions(self.ground), DayOptions(self.ground)
        self.sorts: dict[str, Options] = {
            "countries": places,
            "places": places, "days": self.days,
            "voices": VoiceOptions(self.ground, speakers.made, speakers.by_source()),
        }  # fmt: skip
        source = speakers.source
        self.formal = source is not None and bool(source.habits.get("release"))  # written as its source file says
        self.scales = {name: scale_of(found.page.vocabulary, name) for name in self.sorts}

    def weighed(self, asked: Asked, *names: str) -> list[Weighed]:
        """The options of one sort for a claim, with their shares; once for each of its choices."""
        sort = self.sorts[names[0]]
        options = sort.of(asked)
        parts = [sort.parts(asked, o) for o in options]
        return [Weighed(options, self.scored(name, options, parts), empty=sort.may_be_empty) for name in names]

    def scored(self, name: str, options: Sequence[Option], parts: Sequence[Sequence[Part]]) -> list[float]:
        """The sum of what speaks for each option."""
        owns, worth = self.scales[name]
        return [owns[o.own] + sum(map(worth.__getitem__, told)) for o, told in zip(options, parts, strict=True)]

    def signs(self, name: str, asked: Asked, option: Option) -> list[str]:
        """All signs of an option for a claim."""
        return [*option.own, *signs_of(self.sorts[name].parts(asked, option), SIGNS[name])]


SIGNS = {"countries": place_signs.SIGNS, "places": place_signs.SIGNS, "days": days.SIGNS, "voices": voice_signs.SIGNS}


@lru_cache(maxsize=64)
def scale_of(vocabulary: Vocabulary, name: str) -> tuple[Worth, Worth]:
    """What the options of one sort are worth in a language, by their own signs and by what speaks for them."""
    weights = vocabulary.weights(name)
    signs = SIGNS[name]
    return Worth(weights, lambda own: own), Worth(weights, lambda part: signs[part[0]](*part[1:]))


def settle(scenes: Scenes, claims: Sequence[Claim]) -> None:
    """Gives each claim of what happened the likeliest place and days, and each that counts it the likeliest voice."""
    page = scenes.ground.page
    for claim in filter(happened, claims):
        asked, counted = scenes.ground.asked(claim), asks(claim)
        if not (keeps_places(claim) or (claim.places and (scenes.formal or not counted))):
            countries, places = scenes.weighed(asked, "countries", "places")
            give_places(claim, countries, places, page)
        if not (keeps_days(claim) or (claim.period and (scenes.formal or not counted))):
            give_days(claim, scenes.weighed(asked, "days")[0], alone=scenes.days.of_one_happening(asked))
        if counted and not (keeps_voice(claim) or (scenes.formal and claim.speaker)):
            give_voice(claim, scenes.weighed(asked, "voices")[0], page)
    join_parts(claims)


def join_parts(claims: Sequence[Claim]) -> None:
    """Puts a part where its whole is, where one sentence tells both and no place of the part's own but a country.

    "3,431 Palestinians were injured, including 535 children": whatever is chosen for the one holds for the other.
    """
    by = {c.id: c for c in claims}
    for claim in claims:
        ties = (by[r.claim] for r in claim.relations if r.type == "part_of" and r.claim in by)
        whole = next((c for c in ties if c.sentence == claim.sentence), None)
        own = any(isinstance(p, Mention) and p.value.level != "country" for p in claim.places)
        if (
            whole is not None
            and whole.places
            and not own
            and country_of(claim.places) in ((), country_of(whole.places))
        ):
            claim.places = tuple(carried(p, claim, PLACE) for p in whole.places)


def happened(claim: Claim) -> bool:
    """Whether a claim is of what happened: plans and words said keep what their own sentence gave."""
    planned = claim.stance is not None and claim.stance.value in ("plans", "fears")
    return claim.kind.value != "statement" and not planned


def asks(claim: Claim) -> bool:
    """Whether a claim gives a number: one without, and bare nouns, keep what their own sentence gave."""
    return claim.quantity is not None and claim.quantity.rule != BARE_NOUN
