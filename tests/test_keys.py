"""Answer keys as gold for days: what fits them, and which reports are left to the measure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from saksi.evaluation.learning.keys import key_cases
from saksi.evaluation.learning.settings import Case

KEY = {
    "INCIDENT: DATE": ["- 14 MAR 91"],
    "INCIDENT: TYPE": ["ATTACK"],
    "HUM TGT: NUMBER": ['2: "NURSES"'],
    "HUM TGT: EFFECT OF INCIDENT": ['DEATH: "NURSES"'],
}
SPOKEN_OF = "MERELIN, 14 MAR 91 -- A judge said today that the murder of two nurses must be solved.\n"
TOLD = "MERELIN, 14 MAR 91 -- Two nurses were killed in a raid on the clinic on 12 March.\n"
BY_WEEKDAY = "MERELIN, 14 MAR 91 -- Two nurses were killed in a raid on the clinic on Tuesday.\n"


def learned_from(folder: Path, text: str, key: dict[str, Any] | None = None, name: str = "DEV-1") -> list[Case]:
    """The choices of one report with one template."""
    gold = {"templates": [KEY | (key or {})]}
    line = {"id": name, "lang": "en", "published": "1991-03-14", "text": text, "gold": gold}
    file = folder / "keys.jsonl"
    file.write_text(json.dumps(line) + "\n", "utf-8")
    return list(key_cases(file))


def test_no_day_is_right_where_a_report_only_speaks_of_what_happened(tmp_path: Path) -> None:
    (case,) = learned_from(tmp_path, SPOKEN_OF)
    assert case.sort == "days"
    assert case.choice.none


def test_the_day_of_a_key_is_right(tmp_path: Path) -> None:
    (case,) = learned_from(tmp_path, TOLD, {"INCIDENT: DATE": ["12 MAR 91"]})
    right = [key for key, fits in zip(case.keys, case.choice.right, strict=True) if fits]
    assert {start.isoformat() for start, _ in right} >= {"1991-03-12"}
    assert case.finer is not None


def test_a_weekday_that_keys_look_up_in_no_calendar_teaches_nothing(tmp_path: Path) -> None:
    assert learned_from(tmp_path, BY_WEEKDAY) == []


def test_what_became_of_others_is_another_target(tmp_path: Path) -> None:
    hurt = {"HUM TGT: EFFECT OF INCIDENT": ['INJURY: "NURSES"']}
    assert learned_from(tmp_path, TOLD, hurt) == []


def test_reports_of_the_tests_are_left_to_the_measure(tmp_path: Path) -> None:
    assert learned_from(tmp_path, TOLD, name="TST1-1") == []
