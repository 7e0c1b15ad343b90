"""Random small worlds with a hidden truth, claims that are true of them, and questions to ask."""

from __future__ import annotations

import os
from datetime import date, timedelta
from itertools import product
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from saksi.reconcile.boxes import Question
from tests.reconcile.claims import IRAQ, SYRIA, country, town

FIRST = date(2019, 4, 1)
TOWNS = {"Utara": "SY", "Selatan": "SY", "Timur": "IQ"}
CLASSES = ("tank", "truck", "tunnel")
UNDER = {"vehicle": ("tank", "truck"), **{c: (c,) for c in CLASSES}}
OWNERS = ("ISIS", "Hezbollah")
DAYS = 3
POINTS = list(product(TOWNS, range(DAYS), CLASSES, OWNERS))
World = dict[tuple[str, int, str, str], int]
WIDE = os.environ.get("SAKSI_WORLDS")  # how many worlds to try; without it always the same few
QUICK = settings(
    max_examples=int(WIDE or 60),
    derandomize=WIDE is None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

SPEAKERS = st.sampled_from(["a", "b"])
worlds = st.builds(
    lambda some: dict.fromkeys(POINTS, 0) | some,
    st.dictionaries(st.sampled_from(POINTS), st.integers(1, 5), max_size=8),
)


def day(n: int) -> str:
    """A day of the world."""
    return (FIRST + timedelta(days=n)).isoformat()


def truth(world: World, towns: set[str], days: range, target: str | None, owner: str | None = None) -> int:
    """How many there really were."""
    classes = UNDER.get(target or "", CLASSES) if target else CLASSES
    return sum(
        n for (t, d, c, o), n in world.items() if t in towns and d in days and c in classes and owner in (None, o)
    )


@st.composite
def areas(draw: Any) -> tuple[list[dict[str, str]], set[str]]:
    """Places of a claim, and the towns they hold."""
    some = draw(st.sampled_from([["Utara"], ["Selatan"], ["Timur"], ["Utara", "Timur"], ["SY"], ["IQ"], ["SY", "IQ"]]))
    places = [country(s) if len(s) == 2 else town(s, TOWNS[s]) for s in some]
    return places, {t for t, c in TOWNS.items() if t in some or c in some}


@st.composite
def claim(draw: Any, world: World, number: int) -> dict[str, Any]:
    """A true claim of any scope about a world."""
    places, towns = draw(areas())
    begin = draw(st.integers(0, DAYS - 1))
    end = draw(st.integers(begin, DAYS - 1))
    target = draw(st.sampled_from([*CLASSES, "vehicle"]))
    owner = draw(st.sampled_from([None, *OWNERS]))
    real = truth(world, towns, range(begin, end + 1), target, owner)
    made: dict[str, Any] = {
        "id": f"c{number}", "kind": "destroy", "places": places, "start": day(begin), "end": day(end), "target": target,
        "speaker_org": draw(st.sampled_from(["alpha", "beta", "gamma"])), "low": real, "high": real,
        "said_on": day(end + 1),
    }  # fmt: skip
    if owner is not None:
        made["target_owner"] = owner
    sort = draw(st.sampled_from(["whole", "whole", "least", "range", "part", "incident", "increment"]))
    if real == 0 and draw(st.booleans()):
        return made | {"negated": True}
    if sort == "whole":
        return made | {"complete": True, "scope": "tally"}
    if sort == "least":
        return made | {"low": draw(st.integers(0, real)), "high": None, "scope": "tally"}
    if sort == "range":
        wide = {"low": max(0, real - draw(st.integers(0, 2))), "high": real + draw(st.integers(0, 2))}
        return made | wide | {"stance": "estimates", "complete": draw(st.sampled_from([None, True])), "scope": "tally"}
    if sort == "incident" and begin == end and len(towns) == 1 and owner is not None and target != "vehicle":
        return vaguer(draw, made | {"scope": "incident"})
    some = draw(st.integers(0, real))
    if sort == "increment":
        return vaguer(draw, made | {"low": some, "high": some, "scope": "increment"})
    return made | {"low": some, "high": some, "complete": False, "scope": "tally"}


def vaguer(draw: Any, made: dict[str, Any]) -> dict[str, Any]:
    """A claim that may be silent on its days or its places: still true, since it says less."""
    silent = draw(st.sampled_from([(), (), (), ("start", "end"), ("places",)]))
    return {field: value for field, value in made.items() if field not in silent}


@st.composite
def told(draw: Any) -> tuple[World, list[dict[str, Any]]]:
    """A world and true claims about it."""
    world = draw(worlds)
    claims = [draw(claim(world, n)) for n in range(draw(st.integers(1, 6)))]
    for n in range(draw(st.integers(0, 2))):
        claims += draw(listed(world, n))
    return world, claims


@st.composite
def listed(draw: Any, world: World, number: int) -> list[dict[str, Any]]:
    """A list of one release, told in full or in part: vehicles, tanks counted beside them, and tunnels."""
    places, towns = draw(areas())
    begin = draw(st.integers(0, DAYS - 1))
    release = {"kind": "destroy", "places": places, "start": day(begin), "end": day(DAYS - 1), "scope": "tally",
               "speaker_org": draw(SPEAKERS), "said_on": day(DAYS), "document": {"ref": f"list {number}"},
               "complete": draw(st.sampled_from([True, None]))}  # fmt: skip
    beside = draw(st.booleans())
    made: list[dict[str, Any]] = []
    for target, classes in (
        ("vehicle", ("truck",) if beside else ("tank", "truck")),
        ("tank", ("tank",)),
        ("tunnel", ("tunnel",)),
    ):
        if target == "tank" and not beside:
            continue
        real = sum(truth(world, towns, range(begin, DAYS), c) for c in classes)
        ties = [{"type": "apart_from", "claim": m["id"]} for m in made]
        made.append(
            release | {"id": f"l{number} {target}", "target": target, "low": real, "high": real, "relations": ties}
        )
    if draw(st.booleans()):
        made += parted(world, release, made[-1], towns, begin)
    return made


def parted(
    world: World, release: dict[str, Any], whole: dict[str, Any], towns: set[str], begin: int
) -> list[dict[str, Any]]:
    """The tunnels of a list town by town: a partition."""
    return [
        release | {"id": f"{whole['id']} {t}", "target": "tunnel", "places": [town(t, TOWNS[t])],
                   "relations": [{"type": "partition_of", "claim": whole["id"]}],
                   "low": (real := truth(world, {t}, range(begin, DAYS), "tunnel")), "high": real}
        for t in sorted(towns)
    ]  # fmt: skip


@st.composite
def questions(draw: Any) -> tuple[Question, set[str], range, str]:
    """A question, with its towns, days and class."""
    spots, towns = draw(
        st.sampled_from([((SYRIA,), {"Utara", "Selatan"}), ((IRAQ,), {"Timur"}), ((SYRIA, IRAQ), set(TOWNS))])
    )
    begin = draw(st.integers(0, DAYS - 1))
    end = draw(st.integers(begin, DAYS - 1))
    target = draw(st.sampled_from([*CLASSES, "vehicle"]))
    asked = Question(
        kind="destroy",
        target=target,
        spots=spots,
        first=FIRST + timedelta(days=begin),
        last=FIRST + timedelta(days=end),
    )
    return asked, towns, range(begin, end + 1), target
