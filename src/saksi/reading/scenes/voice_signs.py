"""The signs of a voice, as texts that a person can read: what each part of the evidence says for or against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from saksi.reading.scenes.ground import SHARED, also_under, apart_signs, turns_signs
from saksi.reading.weights import Signs

OWN = "own voice"


def own_signs(where: str, quoted: bool, first_person: str, *counts: int) -> Iterator[str]:
    """The signs of the outlet's own voice; `counts` of sayings, sources and other tellings are those of `own_part`."""
    here, sources, again, beside, source_again = counts
    yield OWN
    yield f"{OWN}, in {where}"
    yield f"{OWN}, {first_person}"
    yield f"{OWN}, {'quoted' if quoted else 'plain'}"
    yield f"{OWN}, {here} sayings here"
    yield f"{OWN}, {sources} sources"
    yield f"{OWN}, told again {again}, {where}"
    yield f"{OWN}, {beside} sources in the paragraph"
    if source_again:
        yield f"{OWN}, a source where it is told again, {where}"


def again_signs(telling: str, other: str) -> Iterator[str]:
    """The signs of a source that tells a claim's figure again: as new, or as known already."""
    yield f"told again, {telling} and {other}"


def own_telling_signs(telling: str, again: str) -> Iterator[str]:
    """The signs of how the outlet tells a figure, and a source tells it again."""
    yield f"{OWN}, told as {telling}"
    if again:
        yield f"{OWN}, told as {telling}, again as {again}"


def own_among_signs(between: bool, where: str, sibling: bool, quoted_by: str) -> Iterator[str]:
    """The signs of the outlet's voice among the sources of its page."""
    yield f"{OWN}, between one voice {between}"
    yield f"{OWN}, between one voice {between}, {where}"
    if sibling:
        yield f"{OWN}, a source tells its sentence's other figure"
    if quoted_by:
        yield f"{OWN}, quotation of {quoted_by}"


def quotation_signs(spoken: str, elsewhere: bool) -> Iterator[str]:
    """The signs of who speaks the quotation that a claim stands in."""
    yield f"quotation, {spoken}"
    yield f"quotation, {spoken}, {'elsewhere' if elsewhere else 'here'}"


def around_signs(before: bool, after: bool, where: str) -> Iterator[str]:
    """The signs of who speaks last before a claim and next behind it."""
    how = "both" if before and after else "before" if before else "after" if after else "neither"
    yield f"speaks around {how}"
    yield f"speaks around {how}, {where}"


def sibling_signs(where: str) -> Iterator[str]:
    """The signs of a source that tells another figure of a claim's sentence."""
    yield "where another figure of its sentence is heard"
    yield f"where another figure of its sentence is heard, {where}"


def apart_voice_signs(_: str, *apart: Any) -> Iterator[str]:
    """The signs of how far a source stands from a claim, for what is quoted apart too."""
    *far, quoted = apart
    return also_under(quoted, apart_signs(*far), "sentences", "paragraphs")


def elsewhere_signs(here: int, quoted: bool) -> Iterator[str]:
    """The signs of a source in another sentence, where the claim's own has some or none."""
    yield f"elsewhere, {here} sayings here"
    yield f"elsewhere, {here} sayings here, {'quoted' if quoted else 'plain'}"


def voice_turns_signs(before: bool, nearer: int, first: str, quoted: str) -> Iterator[str]:
    """The signs of which other sources stand nearer, for what is quoted apart too."""
    return also_under(quoted, turns_signs(before, nearer, first), "")


def rules_signs(how: str, rule: str, own: str) -> Iterator[str]:
    """The signs of what the constructions gave a claim."""
    if how == "agree":
        yield f"rules agree, {rule}"
    elif how == "none":
        yield f"rules none, {own}"
    else:
        yield f"rules {how}, {rule}, {own}"


def publisher_signs(quoted: str) -> Iterator[str]:
    """The signs of the publisher as the speaker of its page."""
    yield f"publisher, {quoted}"


def total_signs(scope: str, own: str) -> Iterator[str]:
    """The signs of who tells what is no single incident."""
    yield f"{scope}, {own}"


SIGNS: dict[str, Signs] = SHARED | {
    OWN: own_signs, "voice apart": apart_voice_signs, "voice turns": voice_turns_signs, "voice rules": rules_signs,
    "voice again": again_signs, "own telling": own_telling_signs, "voice elsewhere": elsewhere_signs,
    "publisher": publisher_signs, "voice of": total_signs, "own among": own_among_signs,
    "quotation": quotation_signs, "voices around": around_signs, "sibling": sibling_signs,
}  # fmt: skip
