"""How numbers are told: a bound that lies just above a round number is told as the text had it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saksi.figures import figure, just_over, some


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (12, 12, "12"),
        (2000, 9999, "2000-9999"),
        (None, 15, "up to 15"),
        (0, 15, "up to 15"),
        (12, None, "12 or more"),
        (11, None, "11 or more"),
        (180_001, None, "more than 180000"),
        (901, None, "more than 900"),
        (1_311, None, "1311 or more"),
        (None, None, "unknown"),
    ],
)
def test_bounds_are_told_as_people_write_them(low: int | None, high: int | None, told: str) -> None:
    assert figure(low, high) == told


@given(st.integers(0, 10**9))
def test_what_is_told_as_more_than_a_number_is_the_next_one(low: int) -> None:
    over = just_over(low)
    assert over is None or (over + 1 == low and over % 10 == 0)


def test_a_noun_agrees_with_its_number() -> None:
    assert [some(n, "claim") for n in (0, 1, 2, 2000)] == ["0 claims", "1 claim", "2 claims", "2,000 claims"]
