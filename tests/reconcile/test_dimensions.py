"""What the parts of each dimension keep: what lies in a place lies in all that surely hold it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.reconcile.dimensions import Places, holds, kind_holds, place_atoms
from saksi.reconcile.terms import Spot
from saksi.registers.load import load_registers

PALESTINE = Spot("PS", "Palestinian Territories", "PS", None, "country")
GAZA = Spot("PS/gaza strip", "Gaza Strip", "PS", "Gaza Strip", "admin1")
EGYPT = Spot("EG", "Egypt", "EG", None, "country")
HAMLET = Spot("karm zeituna", "Karm Zeituna", None, None, "city")
REGION = Spot("sinai", "Sinai", None, None, "region")
BANK = Spot("PS/west bank", "West Bank", "PS", "West Bank", "admin1")
DISTRICT = Spot("PS/wadi", "Wadi", "PS", "West Bank", "admin1")
VILLAGE = Spot("PS//ayn tina", "Ayn Tina", "PS", None, "village")


@given(st.sets(st.sampled_from([EGYPT, HAMLET, REGION])))
def test_what_may_lie_in_the_strip_lies_in_its_country(beside: set[Spot]) -> None:
    """A hamlet of no known country may lie in the Gaza Strip: then it lies in Palestine, and not in Egypt."""
    spots = [GAZA, PALESTINE, *sorted(beside, key=lambda s: s.key)]
    values = [Places((spot,), sure=True) for spot in spots]
    for outer, inner in place_atoms(values):
        if 0 in outer:
            assert 1 in inner
            assert not any(spots[n] == EGYPT for n in outer)


def test_a_village_of_no_known_province_lies_in_one_at_most() -> None:
    """It may lie in the Strip or in the Bank, never in both at once; what lies in one lies in it for every claim."""
    values = [Places((spot,), sure=True) for spot in (GAZA, BANK, VILLAGE, BANK)]
    for outer, inner in place_atoms(values):
        assert not {0, 1} <= set(outer)
        assert (1 in inner) == (1 in outer) == (3 in inner)


@pytest.mark.parametrize("province", [None, "Gaza Strip"])
def test_each_part_of_a_region_lies_in_one_province(province: str | None) -> None:
    valley = Spot("PS/valley", "Valley", "PS", province, "region")
    values = [Places((spot,), sure=True) for spot in (GAZA, BANK, valley, BANK)]
    for outer, inner in place_atoms(values):
        assert not {0, 1} <= set(outer)
        assert (1 in inner) == (1 in outer) == (3 in inner)


def test_a_village_of_a_province_may_lie_in_a_district_of_it() -> None:
    village = Spot("#1", "Ayn Tina", "PS", "West Bank", "village")
    assert [holds(wider, village) for wider in (BANK, DISTRICT, GAZA)] == [2, 1, 0]
    assert holds(BANK, DISTRICT) == 2


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
