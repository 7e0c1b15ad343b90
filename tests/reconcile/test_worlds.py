"""Random small worlds with a hidden truth: what claims made from it allow always contains it, and lies are found."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, product
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from saksi.reconcile import cells
from saksi.reconcile.boxes import Question
from saksi.reconcile.contradictions import failing
from saksi.reconcile.figures import Ties
from saksi.reconcile.lists import with_wholes
from saksi.reconcile.tallies import Situation, accepted
from saksi.reconcile.terms import Spot, Term
from tests.reconcile.claims import (
    IRAQ,
    SYRIA,
    bounds,
    contradictions,
    country,
    joint,
    named,
    registers,
    tallies,
    terms,
    town,
)
from tests.reconcile.worlds import (
    DAYS,
    FIRST,
    OWNERS,
    QUICK,
    SPEAKERS,
    TOWNS,
    WIDE,
    World,
    day,
    questions,
    told,
    truth,
    worlds,
)


@QUICK
@given(told(), questions())
def test_a_tally_always_contains_the_truth(
    story: tuple[World, list[dict[str, Any]]], asked: tuple[Question, set[str], range, str]
) -> None:
    world, claims = story
    question, towns, days, target = asked
    row = joint(question, *claims)
    owners = [None] if row.owners is None else [o for o in OWNERS if o.lower() in row.owners]
    real = sum(truth(world, towns, days, target, owner) for owner in owners)
    assert row.state != "contested"
    assert row.low <= real
    assert row.high is None or real <= row.high


@QUICK
@given(
    told(),
    st.lists(st.sampled_from(["start", "places", None]), min_size=12, max_size=12),
    st.integers(4, 16),
    st.sampled_from([(), (SYRIA,), (IRAQ,)]),
)
def test_a_question_too_broad_to_cut_has_a_lower_low_at_worst(
    story: tuple[World, list[dict[str, Any]]], lost: list[str | None], most: int, spots: tuple[Spot, ...]
) -> None:
    """Some claims without day or place; however few cells may be cut, what is told of the least stays true."""
    world, claims = story
    gone = {"start": ("start", "end"), "places": ("places",), None: ()}
    hazy = [{k: v for k, v in c.items() if k not in gone[w]} for c, w in zip(claims, cycle(lost), strict=False)]
    asked = Question(kind="destroy", spots=spots)
    exact = joint(asked, *hazy)
    assume(exact.state != "contested")  # without their places, two parts may be taken for one statement
    with patch.multiple(cells, FEW=most, EACH=0):
        rough = joint(asked, *hazy)
    assert rough.state != "contested"
    towns = {t for t, c in TOWNS.items() if not spots or c == spots[0].country}
    assert rough.low <= exact.low <= truth(world, towns, range(DAYS), None)
    assert rough.low == exact.low or rough.aside
    assert rough.high is None or rough.high == exact.high


@pytest.mark.parametrize("few", [2, 3_000])
def test_what_does_not_add_up_elsewhere_contests_nothing(few: int) -> None:
    """Twelve of ten dead in a town of no known country say nothing of Iraq, where three died."""
    dead = {"kind": "kill", "document": {"ref": "a"}, "places": [{"name": "Nowhere"}]}
    claims = [
        {**dead, "id": "whole", "low": 10, "high": 10},
        {**dead, "id": "part", "target_age": "child", "low": 12, "high": 12,
         "relations": [{"type": "part_of", "claim": "whole"}]},
        {"kind": "kill", "low": 3, "high": 3, "places": [town("Timur", "IQ")], "start": day(0), "end": day(0)},
    ]  # fmt: skip
    with patch.multiple(cells, FEW=few, EACH=0):
        row, all_over = (joint(Question(kind="kill", spots=s), *claims) for s in ((IRAQ,), ()))
    assert (row.low, row.high, row.state) == (3, None, "open")
    assert all_over.state == "contested"


@QUICK
@given(told())
def test_a_consistent_world_has_no_contradiction(story: tuple[World, list[dict[str, Any]]]) -> None:
    assert contradictions(*story[1]) == []


@st.composite
def small(draw: Any) -> list[dict[str, Any]]:
    """Claims, true or not, over two towns and two days, for brute force."""
    made = []
    for _ in range(draw(st.integers(1, 4))):
        towns = draw(st.sampled_from([["Utara"], ["Selatan"], ["SY"]]))
        begin, end = draw(st.sampled_from([(0, 0), (1, 1), (0, 1)]))
        low = draw(st.integers(0, 3))
        high = draw(st.one_of(st.none(), st.integers(low, low + 1)))
        made.append({"kind": "destroy", "target": "tunnel", "low": low, "high": high, "scope": "tally",
                     "places": [country(t) if len(t) == 2 else town(t) for t in towns], "towns": towns,
                     "days": (begin, end), "start": day(begin), "end": day(end), "speaker_org": draw(SPEAKERS),
                     "complete": draw(st.sampled_from([True, None]))})  # fmt: skip
    return made


def brute(claims: list[dict[str, Any]], towns: set[str], days: set[int]) -> tuple[int, int | None] | None:
    """The least and the most by trying all worlds; None where no world fits. `rest` is elsewhere in Syria."""
    points = list(product(("Utara", "Selatan", "rest"), (0, 1)))
    held = [
        [
            n
            for n, (t, d) in enumerate(points)
            if (t in c["towns"] or "SY" in c["towns"]) and c["days"][0] <= d <= c["days"][1]
        ]
        for c in claims
    ]
    cap = 5
    asked = [n for n, (t, d) in enumerate(points) if t in towns and d in days]
    sums = set()
    for x in product(range(cap + 1), repeat=len(points)):
        for within, c in zip(held, claims, strict=True):
            total = sum(x[n] for n in within)
            if total < c["low"] or (c["complete"] and c["high"] is not None and total > c["high"]):
                break
        else:
            sums.add(sum(x[n] for n in asked))
    if not sums:
        return None
    closing = [cells for c, cells in zip(claims, held, strict=True) if c["complete"] and c["high"] is not None]
    covered = all(any(n in cells for cells in closing) for n in asked)
    return min(sums), max(sums) if covered else None


@settings(
    max_examples=int(WIDE or 40), derandomize=WIDE is None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(small(), st.sampled_from([{0}, {0, 1}]), st.sampled_from(["Utara", "SY"]))
def test_bounds_equal_brute_force(claims: list[dict[str, Any]], days: set[int], where: str) -> None:
    """The same bounds as trying every world; where no world fits, a contradiction is found."""
    expected = brute(claims, {"Utara"} if where == "Utara" else {"Utara", "Selatan", "rest"}, days)
    plain = [{k: v for k, v in c.items() if k not in ("towns", "days")} for c in claims]
    if expected is None:
        assert contradictions(*plain)
        return
    spots = (SYRIA,) if where == "SY" else terms({"kind": "kill", "places": [town("Utara")]})[0].spots
    last = FIRST + timedelta(days=max(days))
    asked = Question(kind="destroy", target="tunnel", spots=spots, first=FIRST, last=last)
    assert bounds(asked, *plain) == expected


@st.composite
def hazy(draw: Any) -> tuple[list[Term], Ties]:
    """Claims of a world, some altered, some without their day or place, some tied at random."""
    _, claims = draw(told())
    made = []
    for each in claims:
        off = draw(st.sampled_from([0, 0, 0, 1]))
        lost = draw(st.sampled_from([(), (), ("start", "end"), ("places",), ("start", "end", "places")]))
        bounds = {k: v + off for k in ("low", "high") if isinstance(v := each[k], int)}
        made.append({k: v for k, v in (each | bounds).items() if k not in lost})
    some = with_wholes(accepted(terms(*made)))
    pairs = st.frozensets(st.sampled_from([(a.id, b.id) for a in some for b in some if a.id < b.id] or [("", "")]))
    return some, Ties(draw(pairs), draw(pairs), draw(pairs)) if draw(st.booleans()) else Ties()


@QUICK
@given(hazy())
def test_what_nothing_bounds_need_not_be_cut(case: tuple[list[Term], Ties]) -> None:
    """Claims can hold together in the few cells of a search for contradictions just when they can in all cells."""
    some, ties = case
    whole = Situation(some, ties, registers(), Question(kind="destroy"))
    hold = next(failing(some, ties, registers()), None) is None
    assert hold == (whole.model().program.solve({}, False) is not None)


REPORT = {"kind": "kill", "target": "person", "low": 12, "high": 12, "places": [town("Utara")], "start": day(1),
          "end": day(1), "speaker_org": "alpha", "said_on": day(2), "id": "first"}  # fmt: skip


@QUICK
@given(st.integers(1, 30), st.lists(st.sampled_from(["words", "outlet", "day", "place"]), min_size=1, max_size=4))
def test_repeating_a_report_changes_nothing(number: int, ways: list[str]) -> None:
    """In other words, in another outlet, a day off, or placed more widely: the low takes the larger, not the sum."""
    first = REPORT | {"low": number, "high": number}
    again = {
        "words": first | {"target_text": "people"},
        "outlet": first | {"document": {"publisher": "Another Daily"}},
        "day": first | {"start": day(2), "end": day(2), "speaker_org": "beta"},
        "place": first | {"places": [country("SY")]},
    }
    asked = Question(kind="kill", spots=(SYRIA,), first=FIRST, last=FIRST + timedelta(days=6))
    retold = [first, *(again[w] | {"id": f"{w} {n}"} for n, w in enumerate(ways))]
    assert bounds(asked, *retold) == bounds(asked, first) == (number, None)


@QUICK
@given(worlds, st.sampled_from([-2, -1, 1, 2]), st.data())
def test_a_wrong_total_or_part_is_found(world: World, off: int, data: st.DataObject) -> None:
    """A release that tells each town and the whole in full: one number altered, and the claims that miss are named."""
    release = {"kind": "destroy", "target": "tunnel", "complete": True, "start": day(0), "end": day(DAYS - 1),
               "speaker_org": "alpha", "document": {"ref": "release"}}  # fmt: skip
    parts = [
        release | {"id": name, "places": [town(name)], "relations": [{"type": "partition_of", "claim": "total"}],
                   "low": (real := truth(world, {name}, range(DAYS), "tunnel")), "high": real}
        for name in ("Utara", "Selatan")
    ]  # fmt: skip
    whole = sum(int(str(p["low"])) for p in parts)
    total = {**parts[0], "id": "total", "places": [country("SY")], "low": whole, "high": whole, "relations": []}
    claims = [*parts, total]
    wrong = data.draw(st.sampled_from(range(3)))
    assume(int(str(claims[wrong]["low"])) + off >= 0)
    assert contradictions(*claims) == []
    lie = int(str(claims[wrong]["low"])) + off
    claims[wrong] = {**claims[wrong], "low": lie, "high": lie}
    found = contradictions(*claims)
    assert [(c.type, c.within, c.gap) for c in found] == [("internal arithmetic", "document", abs(off))]
    assert wrong in named(found[0], *claims)


@QUICK
@given(st.integers(0, 20), st.integers(0, 20))
def test_two_parties_tolls_of_one_incident_contradict_when_they_differ(a: int, b: int) -> None:
    one = REPORT | {"low": a, "high": a, "id": "a"}
    other = REPORT | {"low": b, "high": b, "id": "b", "speaker_org": "beta"}
    found = contradictions(one, other)
    assert [named(c, one, other) for c in found] == ([] if a == b else [[0, 1]])


@QUICK
@given(st.lists(st.integers(0, 9), min_size=2, max_size=5))
def test_running_totals_that_are_corrected_do_not_contradict(totals: list[int]) -> None:
    """Upward and downward: the newest counts, the others are a series."""
    claims = [
        {"kind": "kill", "target": "person", "scope": "cumulative", "low": n, "high": n, "complete": True,
         "id": f"t{k}", "places": [country("SY")], "start": day(0), "end": day(k), "said_on": day(k),
         "speaker_org": "ministry"}
        for k, n in enumerate(totals)
    ]  # fmt: skip
    assert contradictions(*claims) == []
    asked = Question(kind="kill", spots=(SYRIA,), first=FIRST, last=FIRST + timedelta(days=len(totals) - 1))
    assert bounds(asked, *claims) == (totals[-1], totals[-1])


SPOTS = {"SY": country("SY"), "Utara": town("Utara"), "Selatan": town("Selatan")}
WAR = 8  # days of a war that is reported day by day


@st.composite
def war(draw: Any) -> tuple[dict[str, list[int]], list[dict[str, Any]]]:
    """A war of some days in two towns, and what speakers report of it: days, running totals, corrections.

    A correction is a total that was too high and was taken back in a later one. Some totals do not say since when
    they run.
    """
    dead = {place: draw(st.lists(st.integers(0, 40), min_size=WAR, max_size=WAR)) for place in ("Utara", "Selatan")}
    dead["SY"] = [a + b for a, b in zip(dead["Utara"], dead["Selatan"], strict=True)]
    claims: list[dict[str, Any]] = []
    for n in range(draw(st.integers(1, 8))):
        place = draw(st.sampled_from(["SY", "Utara", "Selatan"]))
        until, speaker = draw(st.integers(0, WAR - 1)), draw(st.sampled_from(["alpha", "beta"]))
        made = {"id": f"w{n}", "kind": "kill", "target": "person", "places": [SPOTS[place]], "speaker_org": speaker,
                "end": day(until), "said_on": day(until)}  # fmt: skip
        sort = draw(st.sampled_from(["total", "total", "vague", "day"]))
        number = dead[place][until] if sort == "day" else sum(dead[place][: until + 1])
        scope = "incident" if sort == "day" else "cumulative"
        begin = {"total": day(0), "vague": None, "day": day(until)}[sort]
        claims.append(made | {"low": number, "high": number, "scope": scope, "start": begin})
    for total in [c for c in claims if c["scope"] == "cumulative" and c["start"] == day(0)]:
        if total["end"] != day(WAR - 1) and draw(st.booleans()):
            whole = sum(dead[next(p for p, spot in SPOTS.items() if [spot] == total["places"])])
            later = {"end": day(WAR - 1), "said_on": day(WAR - 1), "low": whole, "high": whole, "id": total["id"] + "+"}
            claims += [total | later]
            total |= {"low": whole + 5, "high": whole + 5}
    return dead, claims


@QUICK
@given(war())
def test_no_sum_of_days_and_running_totals_is_above_the_truth(
    story: tuple[dict[str, list[int]], list[dict[str, Any]]],
) -> None:
    """However totals, vague ones, days and corrections are mixed, no row's low is above what really happened."""
    dead, claims = story
    for first, last in ((None, None), (FIRST, FIRST + timedelta(days=2))):
        real = sum(dead["SY"] if first is None else dead["SY"][:3])
        for row in tallies(Question(kind="kill", spots=(SYRIA,), first=first, last=last), *claims):
            assert row.low <= real, row
            assert row.high is None or real <= row.high


@QUICK
@given(
    st.lists(st.integers(20, 60), min_size=WAR, max_size=WAR),
    st.lists(st.integers(3, WAR - 1), min_size=1, max_size=4),
    st.lists(st.sampled_from(["alpha", "beta"]), min_size=4, max_size=4),
)
def test_totals_read_as_the_dead_of_a_day_are_not_added(dead: list[int], slips: list[int], speakers: list[str]) -> None:
    """One speaker tells a total each day; some of them, and another's like them, are read as incidents of that day."""
    so_far = [sum(dead[: n + 1]) for n in range(WAR)]
    report = {"kind": "kill", "target": "person", "places": [country("SY")]}
    claims = [
        report | {"id": f"t{n}", "scope": "cumulative", "start": day(0), "end": day(n), "said_on": day(n),
                  "speaker_org": "alpha", "low": so_far[n], "high": so_far[n]}
        for n in range(WAR)
    ]  # fmt: skip
    claims += [
        report | {"id": f"s{k}", "start": day(n), "end": day(n), "said_on": day(n), "speaker_org": speakers[k],
                  "low": so_far[n], "high": so_far[n]}
        for k, n in enumerate(slips) if so_far[n] >= 100
    ]  # fmt: skip
    claims.append(report | {"id": "d", "start": day(1), "end": day(1), "speaker_org": "beta", "low": dead[1]})
    asked = Question(kind="kill", spots=(SYRIA,))
    assert all(row.low <= so_far[-1] for row in tallies(asked, *claims))
    for n in {1, *slips}:
        when = msgspec.structs.replace(asked, first=FIRST + timedelta(days=n), last=FIRST + timedelta(days=n))
        assert all(row.low <= dead[n] for row in tallies(when, *claims)), n
