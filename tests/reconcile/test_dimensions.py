"""What the parts of each dimension keep: what lies in a place lies in all that surely hold it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saksi.reconcile.dimensions import Places, place_atoms
from saksi.reconcile.terms import Spot

PALESTINE = Spot("PS", "Palestinian Territories", "PS", None, "country")
GAZA = Spot("PS/gaza strip", "Gaza Strip", "PS", "Gaza Strip", "admin1")
EGYPT = Spot("EG", "Egypt", "EG", None, "country")
HAMLET = Spot("karm zeituna", "Karm Zeituna", None, None, "city")
REGION = Spot("sinai", "Sinai", None, None, "region")


@given(st.sets(st.sampled_from([EGYPT, HAMLET, REGION])))
def test_what_may_lie_in_the_strip_lies_in_its_country(beside: set[Spot]) -> None:
    """A hamlet of no known country may lie in the Gaza Strip: then it lies in Palestine, and not in Egypt."""
    spots = [GAZA, PALESTINE, *sorted(beside, key=lambda s: s.key)]
    values = [Places((spot,), sure=True) for spot in spots]
    for outer, inner in place_atoms(values):
        if 0 in outer:
            assert 1 in inner
            assert not any(spots[n] == EGYPT for n in outer)
