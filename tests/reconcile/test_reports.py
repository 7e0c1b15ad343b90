"""From words to findings: short reports read and reconciled, as a user would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import saksi
from saksi import Ledger, Reader
from saksi.inquiry.selection import Selection
from saksi.ledger.columns import rows_of
from tests.reconcile.claims import registers

Report = tuple[str, str, str]  # language, day of publication, text


def ledger_of(folder: Path, *reports: Report, source: str | None = None) -> Ledger:
    """A ledger of some reports."""
    ledger, reader = Ledger.open(folder / "war.db"), Reader(source=source)
    for n, (language, day, text) in enumerate(reports):
        published = date.fromisoformat(day)
        document = saksi.Document(
            text=text, ref=str(n), language=language, published=published, published_basis="given"
        )
        reading = reader.read(document)
        ledger.add(reading.document, reading.version, rows_of(reading, reader.actor_names(language)), reading.unread)
    return ledger


RELEASE = (
    "SOUTHWEST ASIA, November 6, 2015 - On November 5, the coalition conducted {total} strikes in Iraq.\n\n"
    "- Near Makhmur, two strikes destroyed four bunkers.\n\n- Near Haditha, four strikes damaged a bridge."
)


@pytest.mark.parametrize(("total", "gap"), [("six", None), ("seven", 1), ("five", 1), ("nine", 3)])
def test_a_release_is_checked_against_itself(tmp_path: Path, total: str, gap: int | None) -> None:
    ledger = ledger_of(tmp_path, ("en", "2015-11-06", RELEASE.format(total=total)), source="cjtf-oir")
    found, _ = saksi.check(ledger)
    assert [(c.type, c.within, c.gap) for c in found] == ([("internal arithmetic", "document", gap)] if gap else [])


def test_equal_lines_of_one_release_are_two_strikes(tmp_path: Path) -> None:
    line = "- Near Hit, one strike destroyed an ISIL truck."
    ledger = ledger_of(tmp_path, ("en", "2015-11-06", line), ("en", "2015-11-06", line), source="cjtf-oir")
    assert saksi.tally(ledger, Selection(kind="airstrike", country="IQ"))[-1].low == 2


def test_what_is_reported_late_comes_on_top(tmp_path: Path) -> None:
    late = "On November 5, two strikes occurred in Iraq that were previously unreported."
    lines = [("en", "2015-11-06", "- Near Hit, three strikes destroyed an ISIL truck."), ("en", "2015-11-08", late)]
    ledger = ledger_of(tmp_path, *lines, source="cjtf-oir")
    assert saksi.check(ledger)[0] == []
    row = saksi.tally(
        ledger, Selection(kind="airstrike", country="IQ"), first=date(2015, 11, 5), last=date(2015, 11, 5)
    )[-1]
    assert (row.low, row.high) == (5, 5)


def test_victory_and_later_strikes_are_a_tension(tmp_path: Path) -> None:
    text = (
        "Koalisi mengumumkan 14 serangan udara terhadap ISIS di Suriah antara 3 dan 9 April. "
        "Serangan itu dilancarkan setelah SDF mengumumkan kemenangan penuh atas ISIS di Suriah."
    )
    _, tensions = saksi.check(ledger_of(tmp_path, ("id", "2019-04-15", text)))
    assert [(t.rule, t.since, len(t.status), len(t.claims)) for t in tensions] == [
        ("declare_victory", date(2019, 4, 3), 1, 1)
    ]


def test_full_control_and_later_attacks_by_others_are_a_tension(tmp_path: Path) -> None:
    first = "The Taliban are in full control of Kunduz, their spokesman said on Friday."
    later = "The Afghan army launched three airstrikes in Kunduz on Thursday, the Afghan defense ministry said."
    ledger = ledger_of(tmp_path, ("en", "2021-05-02", first), ("en", "2021-05-07", later))
    assert [t.rule for t in saksi.check(ledger)[1]] == ["full_control"]


def test_a_ceasefire_and_later_attacks_by_one_who_agreed_are_a_tension(tmp_path: Path) -> None:
    first = "KABUL - The Taliban declared a ceasefire in Kunduz on Friday."
    later = "KABUL - Taliban fighters ambushed a convoy in Kunduz on Thursday."
    ledger = ledger_of(tmp_path, ("en", "2021-05-02", first), ("en", "2021-05-07", later))
    assert [t.rule for t in saksi.check(ledger)[1]] == ["declare_ceasefire"]


def test_figures_that_rise_are_a_series_and_the_newest_counts(tmp_path: Path) -> None:
    rise = [
        (
            "id",
            f"2023-10-{day}",
            f"Jumlah korban tewas di Gaza sejak 7 Oktober naik menjadi {n}, kata Kementerian Kesehatan Gaza.",
        )
        for day, n in ((14, "2.215"), (16, "2.750"), (19, "3.785"))
    ]
    ledger = ledger_of(tmp_path, *rise)
    told = saksi.incidents(ledger, registers()).incidents
    assert [[low for _, low, _, _ in s.reports] for each in told for s in each.series] == [[2215, 2750, 3785]]
    assert [s.added for each in told for s in each.series] == [(535, 1035)]
    assert saksi.tally(ledger, Selection(kind="kill"))[-1].low == 3785
    assert saksi.check(ledger)[0] == []


def test_the_dead_of_one_people_are_not_two_for_being_told_in_two_languages(tmp_path: Path) -> None:
    reports = [
        ("en", "2023-11-02", "JENIN, Nov 2 - At least 12 Palestinians were killed in Jenin on Wednesday, medics said."),
        ("id", "2023-11-02", "Sedikitnya 12 warga Palestina tewas di Jenin pada Rabu, kata petugas medis."),
    ]
    assert saksi.tally(ledger_of(tmp_path, *reports), Selection(kind="kill", country="PS"))[-1].low == 12


def test_soldiers_of_a_state_are_of_its_people(tmp_path: Path) -> None:
    """Two soldiers among five Turks are no two more, wherever they were killed."""
    text = "In all of March five Turks, among them two soldiers of the Turkish Armed Forces, were killed in Idlib."
    ledger = ledger_of(tmp_path, ("en", "2020-04-02", text))
    assert saksi.tally(ledger, Selection(kind="kill"))[-1].low == 5


def test_copies_of_one_text_are_one_report(tmp_path: Path) -> None:
    text = "KABUL - Gunmen killed 12 people in a market in Kunduz on Sunday, witnesses and two local officials said."
    ledger = ledger_of(tmp_path, ("en", "2021-05-10", text), ("en", "2021-05-11", text))
    row = saksi.tally(ledger, Selection(kind="kill"))[-1]
    assert (row.low, row.high, row.apart) == (12, None, 12)
