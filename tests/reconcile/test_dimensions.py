"""What the parts of each dimension keep: what lies in a place lies in all that surely hold it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from saksi.reconcile.dimensions import Places, kind_holds, place_atoms
from saksi.reconcile.terms import Spot
from saksi.registers.load import load_registers

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


def test_a_count_holds_what_lies_under_its_kind_and_under_what_that_covers() -> None:
    registers = load_registers()
    for wider, entry in registers.kinds.items():
        tops = (wider, *entry.covers)
        held = {kind for kind in registers.kinds if any(registers.is_a(kind, top) for top in tops)}
        assert {kind for kind in registers.kinds if kind_holds(registers, wider, kind)} == held
        assert all(registers.family(kind) == registers.family(wider) for kind in held)


def test_a_kind_that_no_register_knows_is_held_by_none() -> None:
    registers = load_registers()
    assert not kind_holds(registers, "unheard of", "kill")
    assert not kind_holds(registers, "kill", "unheard of")
    assert registers.family("unheard of") == "unheard of"
