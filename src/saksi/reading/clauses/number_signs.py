"""The signs of a number, as texts that a person can read, for each part of what speaks for it (`signs.py`)."""

from __future__ import annotations

from collections.abc import Iterator

from saksi.reading.weights import Signs


def counted_signs(kind: str, counts: str) -> Iterator[str]:
    """The signs of what a number counts."""
    yield "any"
    yield f"counts {counts}"
    yield f"{kind} of {counts}"


def beside_signs(kind: str, before: str, after: str) -> Iterator[str]:
    """The signs of the items on either side of a number."""
    yield f"behind {before}"
    yield f"{kind} behind {before}"
    yield f"then {after}"


def told_signs(block: str, acts: int) -> Iterator[str]:
    """The signs of a number's block, and how many acts its sentence has."""
    yield f"block {block}"
    yield f"acts {acts}"


def group_signs(free: str, *marks: str) -> Iterator[str]:
    """The signs of a number's group; `free` is the kind of a number that no construction took."""
    yield from marks
    if free:
        yield f"rules none, {free}"


def word_signs(where: str, stem: str) -> Iterator[str]:
    """The sign of one word, or of what it is."""
    yield f"{where} {stem}"


def over_signs(side: str, *parts: str) -> Iterator[str]:
    """The signs of what stands between a number and an act."""
    return (f"{side} over {part}" for part in parts)


def way_signs(side: str, voice: str, distance: str, then: str) -> Iterator[str]:
    """The signs of where an act stands."""
    yield f"{side} {voice}"
    yield f"{side} {voice} at {distance}"
    if then:
        yield f"{side} {voice}, then {then}"


def done_signs(kind: str, people: str, counts: str, thing: bool) -> Iterator[str]:
    """The signs of what is done to what."""
    yield f"kind {kind}"
    yield f"{people} and {counts}"
    yield f"{kind} and {counts}"
    if thing:
        yield "blood of a thing"  # "killed a mechanic, and four shells fell"


def nearer_signs(side: str, acts: int, numbers: int, whole: bool) -> Iterator[str]:
    """The signs of what else could be meant."""
    yield f"{side}, {acts} acts between"
    yield f"{side}, {numbers} numbers between"
    if whole:
        yield f"{side}, a whole between"


def earlier_signs(acts: int, counts: str, first: bool) -> Iterator[str]:
    """The signs of going on with the act of an earlier sentence."""
    yield f"earlier, {acts} acts of its own"
    yield f"earlier, {counts}"
    yield f"earlier, first {first}"


def act_signs(side: str, behind: str, of_part: bool, only_describes: bool, with_subject: str) -> Iterator[str]:
    """The signs of what an act is told of, by what stands before its word; of a passive that has its subject, how."""
    if of_part:
        yield "told of this part alone"
    if behind:
        yield f"act behind {behind}"
    if with_subject:
        yield f"{with_subject} that has its subject"
    if only_describes:
        yield f"{side}, act that only says which are meant"


def at_large_signs(side: str, kind: str) -> Iterator[str]:
    """The signs of those who were not caught."""
    yield f"at large, {side}"
    yield f"at large, {kind}"


def rules_signs(how: str, way: str, has_its_object: bool) -> Iterator[str]:
    """The signs of what the constructions gave a number and an act, or another object of its verb."""
    if has_its_object:
        yield f"{way} with an object"
    if how == "none":
        yield f"no construction, {way}"
    elif how == "have another":
        yield f"act has another, {way}"
    elif how:
        yield f"rules {how}"


def chain_signs(word: str, distance: str, part: bool, act_between: bool, *joined: str) -> Iterator[str]:
    """The signs of a number that belongs to the "same" act as the number before it, or to an "other"."""
    yield from (f"{word} act over {role}" for role in joined)
    yield f"{word} act at {distance}"
    if part:
        yield f"{word} act, a part by its words"
    yield f"{word} act, {'with' if act_between else 'without'} one between"


SIGNS: dict[str, Signs] = {
    "counted": counted_signs, "beside": beside_signs, "told": told_signs, "group": group_signs,
    "word": word_signs, "way": way_signs, "over": over_signs, "done": done_signs, "nearer": nearer_signs,
    "earlier": earlier_signs, "act": act_signs, "rules": rules_signs, "chain": chain_signs, "at large": at_large_signs,
}  # fmt: skip
