"""Fills where and when of what happened, and who of what is counted, from the whole page, or leaves them empty.

What the claim's own sentence gave is one option among the others, with its rule as a sign.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from functools import lru_cache

from saksi.reading.claims.bare import BARE_NOUN
from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import Told
from saksi.reading.claims.speakers import Speakers
from saksi.reading.mentions.found import Found
from saksi.reading.scenes import days, place_signs, voice_signs
from saksi.reading.scenes.agreeing import heard_together
from saksi.reading.scenes.choice import Weighed
from saksi.reading.scenes.days import DayOptions, give_days, keeps_days
from saksi.reading.scenes.ground import SINGLE, Asked, Ground, Option, figure_of
from saksi.reading.scenes.issuer import issuer_of
from saksi.reading.scenes.parts import join_parts, join_told_of
from saksi.reading.scenes.places import PlaceOptions, give_places, keeps_places
from saksi.reading.scenes.voices import VoiceOptions, give_voice, keeps_voice
from saksi.reading.vocabulary import Vocabulary
from saksi.reading.weights import Part, Worth, signs_of

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
    page, issuer = scenes.ground.page, issuer_of(scenes.ground.page)
    dated: list[tuple[Claim, Asked, Weighed]] = []
    for claim in filter(happened, claims):
        asked, counted = scenes.ground.asked(claim), asks(claim)
        if not (keeps_places(claim) or (claim.places and (scenes.formal or not counted))):
            countries, places = scenes.weighed(asked, "countries", "places")
            give_places(claim, countries, places, page)
        if not (keeps_days(claim) or (claim.period and (scenes.formal or not counted))):
            dated.append((claim, asked, scenes.weighed(asked, "days")[0]))
        if counted and not (keeps_voice(claim) or (scenes.formal and claim.speaker)):
            give_voice(claim, scenes.weighed(asked, "voices")[0], page, issuer)
    heard_together((told_in(scenes.ground, asked), weighed) for _, asked, weighed in dated if asked.scope in SINGLE)
    for claim, asked, weighed in dated:
        give_days(claim, weighed, alone=scenes.days.of_one_happening(asked))
    join_parts(claims)
    join_told_of(claims)


def told_in(ground: Ground, asked: Asked) -> Hashable:
    """What is the same where one report of a page tells a figure again; a claim without a figure is told once."""
    figure = figure_of(asked.claim) if asked.claim.quantity is not None else asked.claim.id
    return bisect_right(ground.reports, asked.sentence), figure


def happened(claim: Claim) -> bool:
    """Whether a claim is of what happened: plans and words said keep what their own sentence gave."""
    planned = claim.stance is not None and claim.stance.value in ("plans", "fears")
    return claim.kind.value != "statement" and not planned


def asks(claim: Claim) -> bool:
    """Whether a claim gives a number: one without, and bare nouns, keep what their own sentence gave."""
    return claim.quantity is not None and claim.quantity.rule != BARE_NOUN
