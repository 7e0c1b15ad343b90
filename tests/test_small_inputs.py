"""The small inputs of `tests/cases/`: each passes, or stands in the list of known failures, which may only shrink."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from saksi import Reader
from saksi.evaluation.sets.cases import Case, Pattern, faults, fits, load_cases, rows_of_case
from tests.conftest import ROOT

FOLDER = ROOT / "tests/cases"
FILES = ("cases", "siblings", "members", "told", "asides", "denied", "news", "second", "befalling", "everyday")
KNOWN = yaml.safe_load((FOLDER / "known_failures.yml").read_text("utf-8"))
CASES = [(name, case) for name in FILES for case in load_cases(FOLDER / f"{name}.yml")]


@pytest.mark.parametrize(("name", "case"), CASES, ids=lambda v: v if isinstance(v, str) else v.id)
def test_a_small_input_yields_its_claims(name: str, case: Case, reader: Reader) -> None:
    """One that is known to fail and passes is to be struck off the list."""
    wrong = list(faults(case, rows_of_case(case, reader)))
    if case.id in KNOWN[name]:
        assert wrong, f"{case.id} passes now: strike it off known_failures.yml"
    else:
        assert not wrong


@pytest.mark.parametrize("name", FILES)
def test_known_failures_are_cases(name: str) -> None:
    """No entry outlives its case, and each stands once."""
    ids = [case.id for of, case in CASES if of == name]
    assert len(set(KNOWN[name])) == len(KNOWN[name])
    assert set(KNOWN[name]) <= set(ids)
    assert len(set(ids)) == len(ids)


def test_a_pattern_fits_only_where_all_its_fields_do(reader: Reader) -> None:
    case = Case("x", "en", "Three soldiers were killed in Kabul on Tuesday, police said.")
    (row,) = rows_of_case(case, reader)
    right = {"kind": ["kill", "casualty"], "low": 3, "place": "abul", "start": date(2024, 10, 8), "speaker": "olice"}
    assert fits(Pattern(**right), row)
    for field, value in {"high": None, "speaker": None, "country": "PK", "start_in": "2023", "about": 5}.items():
        assert not fits(Pattern(**{**right, field: value}), row)


def test_faults_name_what_lacks_and_what_is_too_many(reader: Reader) -> None:
    text = "Three soldiers were killed and four were wounded in Kabul."
    case = Case("x", "en", text, must=[Pattern(kind="kill", low=4)], never=[Pattern(kind="injure")], only=["kill"])
    told = list(faults(case, rows_of_case(case, reader)))
    assert [t.split()[0] for t in told] == ["must", "never", "one"]
