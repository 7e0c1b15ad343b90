"""Why two claims may be of one happening, in words with points: days, places, doers, numbers, classes.

Windows of a day and some kilometres follow meltt's matching (Donnay et al. 2019).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from saksi.reconcile.dimensions import compatible, may_be_one, one_kind, overlap, traits_differ
from saksi.reconcile.terms import FINE, Spot, Term
from saksi.registers.load import Registers

SAME_DAY, SAME_PLACE = "the same day", "the same place"
OTHER_ACTOR, OTHER_CLASS = "different actors", "classes that exclude each other"
SAME_NUMBER, OTHER_NUMBER, FAR_NUMBER = "the same number", "different numbers", "numbers far apart"
UNLIKE_NUMBERS = frozenset((OTHER_NUMBER, FAR_NUMBER))  # of one happening they cannot both hold
POINTS = {
    SAME_DAY: 3.0, "a day apart": 1.5, "days that overlap": 1.0,
    SAME_PLACE: 3.0, "the same district": 2.0, "the same province": 1.0, "the same country": 0.5,
    "one place may hold the other": 1.5,
    "the same actor": 1.0, OTHER_ACTOR: -2.0,
    SAME_NUMBER: 1.5, "numbers that can agree": 1.0, OTHER_NUMBER: -0.5, FAR_NUMBER: -1.5,
    "the same class": 0.5, OTHER_CLASS: -3.0,
}  # fmt: skip
NEAR_KM, FAR_KM = 25.0, 60.0
EARTH_KM = 6371.0


def compared(a: Term, b: Term, registers: Registers) -> tuple[float, list[str]]:
    """The points of a pair and their reasons; no points where days or places cannot be one."""
    days = day_reason(a, b)
    if days is None or set_apart(a, b) or not related(a, b, registers):  # what is looked at quickly comes first
        return 0.0, []
    place = place_reason(a.spots, b.spots)
    if place is None:
        return 0.0, []
    who = actor_reason(a, b, registers)
    reasons = [r for r in (days, place, who, number_reason(a, b), class_reason(a, b, registers)) if r]
    near = [float(r.split()[0]) for r in reasons if r.endswith(" km apart")]
    score = sum(POINTS.get(r, 0.0) for r in reasons) + sum(2.0 if km <= NEAR_KM else 1.0 for km in near)
    return score, reasons


def related(a: Term, b: Term, registers: Registers) -> bool:
    """Whether two kinds are of one family and count the same."""
    if a.counts != b.counts and a.counted and b.counted:
        return False
    return one_kind(registers, a.kind, b.kind)


def set_apart(a: Term, b: Term) -> bool:
    """Whether one voice tells two claims as two: of different days, with figures of its own for each."""
    if not one_voice(a, b) or (a.start, a.end) == (b.start, b.end):
        return False
    return (a.low, a.high) != (b.low, b.high) or (a.complete is True and b.complete is True)


def one_voice(a: Term, b: Term) -> bool:
    """Whether one speaker tells two claims, or outlets that name nobody do."""
    return a.speaker == b.speaker and a.outlet == b.outlet


def day_reason(a: Term, b: Term) -> str | None:
    """How near two periods are; None where they cannot be one."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return None
    if a.start == a.end == b.start == b.end:
        return SAME_DAY
    if a.start <= b.end and b.start <= a.end:
        return "days that overlap"
    gap = max((b.start - a.end).days, (a.start - b.end).days)
    return "a day apart" if gap == 1 else None


def place_reason(a: Sequence[Spot], b: Sequence[Spot]) -> str | None:
    """How near two unions of places are; '' where one is not said, None where they cannot be one."""
    if not a or not b:
        return ""
    found = [r for s in a for t in b if (r := pair_reason(s, t)) is not None]
    return max(found, key=lambda r: (POINTS.get(r, 1.8), r)) if found else None


def pair_reason(s: Spot, t: Spot) -> str | None:
    """How near two places are."""
    if s.key == t.key:
        if s.level in FINE:
            return SAME_PLACE
        return {"admin2": "the same district", "admin1": "the same province"}.get(s.level, "the same country")
    km = distance(s, t)
    if s.level in FINE and t.level in FINE:
        return f"{km:.0f} km apart" if km is not None and km <= FAR_KM else None
    if overlap((s,), (t,)):
        far = km is not None and "country" not in (s.level, t.level) and km > 4 * FAR_KM
        return None if far else "one place may hold the other"
    return None


def distance(s: Spot, t: Spot) -> float | None:
    """Kilometres between two points on the sphere (haversine); None where a point is not known."""
    if s.lat is None or s.lon is None or t.lat is None or t.lon is None:
        return None
    p, q = math.radians(s.lat), math.radians(t.lat)
    h = math.sin((q - p) / 2) ** 2
    h += math.cos(p) * math.cos(q) * math.sin(math.radians(t.lon - s.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))


def actor_reason(a: Term, b: Term, registers: Registers) -> str:
    """Whether the same is said to have done it."""
    if not a.actors or not b.actors:
        return ""
    return "the same actor" if may_be_one(registers, a.actors, b.actors) else OTHER_ACTOR


def number_reason(a: Term, b: Term) -> str:
    """Whether two numbers can be one."""
    if not a.counted or not b.counted:
        return ""
    if (a.low, a.high) == (b.low, b.high):
        return SAME_NUMBER
    low, high = max(a.least, b.least), min(math.inf if t.most is None else t.most for t in (a, b))
    if low <= high:
        return "numbers that can agree"
    return FAR_NUMBER if low > 3 * max(high, 1) else OTHER_NUMBER


def class_reason(a: Term, b: Term, registers: Registers) -> str:
    """Whether two targets can be the same things or people."""
    if traits_differ(a, b):
        return OTHER_CLASS
    if a.target is None or b.target is None:
        return ""
    if not compatible(a.target, b.target, registers):
        return OTHER_CLASS
    return "the same class" if one_class(a, b) else ""


def one_class(a: Term, b: Term) -> bool:
    """Whether two claims count exactly the same class of people or things."""
    return (a.target, a.age, a.sex, a.status, a.perpetrators) == (b.target, b.age, b.sex, b.status, b.perpetrators)
