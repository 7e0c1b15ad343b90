"""What the weights of place, days and voice are worth on documents they were not learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from saksi.evaluation.learning.fitting import Choice, Weights, learned
from saksi.evaluation.learning.heldback import folds
from saksi.evaluation.learning.settings import SORTS, Case
from saksi.reading.scenes.choice import Weighed, likeliest, likeliest_days
from saksi.reading.scenes.days import LEAST, LEAST_HERE
from saksi.reading.scenes.ground import Option
from saksi.reading.weights import weigh

PENALTIES = {"countries": 2.0, "places": 6.0, "days": 4.0, "voices": 4.0}  # as good as any on documents held back
HERE = "same sentence"  # the sign of what stands in the claim's own sentence
# families of signs by what they hold (reading/scenes/)
FAMILIES = {
    "what the constructions gave": ("rules",),
    "how far apart": ("sentences", "paragraphs", "same sentence", "same paragraph", "from "),
    "what lies between in one sentence": (" at ", " over "),
    "which others stand nearer": ("nearer", "first of the page"),
    "where the figure is told again": ("told again",),
    "another scene between": ("the scene",),
    "where a time stands with its kind": (": ",),
    "what stands beside a mention": (
        "behind ",
        "before nothing",
        "before act",
        "before saying",
        "possessive",
        "act near",
    ),
    "the words of the mention itself": ("level", "behind", "precision", "read ", "stance", "named", "role"),
    "how much of the page speaks of it": ("country has", "country first", "times"),
    "how long before publication": ("age",),
    "an inquiry in its sentence": ("inquiry",),
    "quotation marks": ("quoted", "plain"),
    "who speaks around it": (
        "speaks around",
        "between one voice",
        "quotation",
        "other figure",
        "another figure",
        "speaks beside",
    ),
}


# families that a sort does without: the finest place is not the one that a page names most, as its country is
LEFT_OUT = {"places": FAMILIES["how much of the page speaks of it"]}


def settings_judged(real: Sequence[Case], own: Sequence[Case]) -> str:
    """How often place, days and voice of documents held back are right, of the claims that are read."""
    tally: Counter[tuple[str, str, str]] = Counter()
    for held in folds(c.choice.document for c in real):
        weights = settings_learned([*(c for c in real if c.choice.document not in held), *own])
        for case in real:
            if case.choice.document in held:
                tally[case.sort, case.language, "all"] += 1
                tally[case.sort, case.language, chosen(case, weights)] += 1
    names = sorted({(s, language) for s, language, _ in tally})
    return "; ".join(f"{language} {s} {told_shares(tally, s, language)}" for s, language in names)


def told_shares(tally: Counter[tuple[str, str, str]], sort: str, language: str) -> str:
    """The figures of one sort in words."""
    every = tally[sort, language, "all"]
    right, wrong = (tally[sort, language, name] / max(1, every) for name in ("right", "wrong"))
    return f"right {right:.1%}, wrong {wrong:.1%} of {every}"


def settings_learned(cases: Sequence[Case]) -> dict[str, Weights]:
    """The weights of each sort."""
    return {
        sort: learned(taught([c for c in cases if c.sort == sort]), PENALTIES[sort], empty=sort != "voices")
        for sort in SORTS
    }


def taught(cases: Sequence[Case]) -> list[Choice]:
    """What the cases of a sort teach: each choice, and beside it the narrower one."""
    kept = [weighed_signs(c) for c in cases]
    return [*map(in_language, kept), *(c.finer for c in kept if c.finer is not None)]


def weighed_signs(case: Case) -> Case:
    """A case without the signs that its sort does without."""
    return without(case, LEFT_OUT[case.sort]) if case.sort in LEFT_OUT else case


def in_language(case: Case) -> Choice:
    """A choice with the signs that are learned for its sort, once more as those of its language where they differ."""
    case = weighed_signs(case)
    if case.sort != "voices":
        return case.choice
    options = [[*signs, *(f"{case.language}: {s}" for s in signs)] for signs in case.choice.options]
    return msgspec.structs.replace(case.choice, options=options)


def chosen(case: Case, weights: dict[str, Weights]) -> str:
    """What the weights make of one choice: right, wrong or empty."""
    choice = in_language(case)
    options = [Option(key, None, None, -1, ()) for key in case.keys]
    scores = [weigh(signs, weights[case.sort]) for signs in choice.options]
    weighed = Weighed(options, scores, empty=case.sort != "voices")
    shares = (weighed.highest if case.sort == "voices" else weighed.by)(case.keys)
    key, share = likeliest_days(shares) if case.sort == "days" and shares else likeliest(shares)
    here = any(k == key and HERE in signs for k, signs in zip(case.keys, choice.options, strict=True))
    if share <= weighed.none or (case.sort == "days" and share < (LEAST_HERE if here else LEAST)):
        return "empty"
    return "right" if any(r for r, k in zip(choice.right, case.keys, strict=True) if k == key) else "wrong"


def settings_ablated(real: Sequence[Case], own: Sequence[Case]) -> Iterator[tuple[str, str]]:
    """The figures without each family of signs, learned anew."""
    for family, parts in FAMILIES.items():
        yield family, settings_judged([without(c, parts) for c in real], [without(c, parts) for c in own])


def without(case: Case, parts: tuple[str, ...]) -> Case:
    """A choice without the signs that hold one of these words."""

    def kept(choice: Choice) -> Choice:
        options = [[s for s in signs if not any(p in s for p in parts)] for signs in choice.options]
        return msgspec.structs.replace(choice, options=options)

    return msgspec.structs.replace(case, choice=kept(case.choice), finer=case.finer and kept(case.finer))
