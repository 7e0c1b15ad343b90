"""Daily reports as one ledger: does a tally say what their user's table says, and no sum that nobody made.

Asked as a user asks: how many were killed in the table's area since its first day, until the last report of each month.
*told*: a speaker's total is the table's figure of that day. *proven*: how near the low that is surely proven for the
country comes to the greatest single total told; a sum of totals, or a total that was lost, is far from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import mean

from saksi.evaluation.sets.ledgers import answers, nearness, together
from saksi.ledger.columns import Row
from saksi.reconcile.boxes import Question
from saksi.reconcile.tallies import Tally
from saksi.reconcile.terms import country_spot

KIND, COUNTRY = "kill", country_spot("PS")


def tally_shares(rows: Sequence[Row], area: str, begun: date, table: Mapping[date, int]) -> dict[str, float]:
    """The figures of these reports' tallies; `table` is what was told killed in the area since a day, by day."""
    asked = together(rows, KIND)
    spots = tuple(sorted({s for t in asked.told for s in t.spots if s.name == area}, key=str))
    lows = {t.id: t.low for t in asked.told}
    told, proven = [], []
    for day in ends_of_months(table):
        of_area, of_country = (
            answers(asked, Question(kind=KIND, first=begun, last=day, spots=some)) for some in (spots, (COUNTRY,))
        )
        told.append(any(lows.get(id) == table[day] for r in of_area if r.of == "speaker" for id in r.binding))
        proven.append(nearness(least_of(of_country), greatest_of(of_country)))
    return {"told": mean(told), "proven": mean(proven)} if told else {}


def ends_of_months(table: Iterable[date]) -> list[date]:
    """The last of some days in each month."""
    last = {(day.year, day.month): day for day in sorted(table)}
    return sorted(last.values())


def least_of(rows: Iterable[Tally]) -> int:
    """What is proven at least: of a broad question what is surely apart, else the row of all."""
    return next(row.low for row in rows if row.of in ("sure", "joint"))


def greatest_of(rows: Iterable[Tally]) -> int:
    """The most that one speaker tells."""
    return max((row.low for row in rows if row.of == "speaker"), default=0)
