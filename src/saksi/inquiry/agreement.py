"""How far the reader and the people agree, and the people among themselves; and how much the reader finds.

For each field of a claim: on how many of the claims that somebody reviewed the reader's value was kept, and
Krippendorff's alpha (nominal; 1 is perfect agreement, 0 is chance) between reviewers, and with the reader as
one of them. Reviewers see the reader's value before they judge, so agreement is an upper estimate. Recall is
measured on documents that somebody signed off as complete.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from saksi.ledger import derived
from saksi.ledger.added import signoffs
from saksi.ledger.columns import Row
from saksi.ledger.judgements import FIELDS, OF_ONE, Judgement, judged, judgements, upheld
from saksi.ledger.query import Query
from saksi.ledger.store import Ledger

READER = ""  # the rater that is no person
CLAIM = "claim"  # the field that says whether there is a claim at all
Votes = dict[str, dict[str, str]]  # of one field: claim, then rater, then the value in words


class FieldAgreement(msgspec.Struct, frozen=True):
    """Of one field: votes of people, those that kept the reader's value, and both alphas; None is not defined."""

    field: str
    votes: int
    kept: int
    alpha_with_reader: float | None
    doubly: int
    alpha_between: float | None


class Agreement(msgspec.Struct, frozen=True):
    """Agreement per field, who reviewed how many claims, and recall: claims read of those there are."""

    fields: list[FieldAgreement]
    reviewers: dict[str, int]
    signed_off: int
    found: int
    missed: int


def agreement(ledger: Ledger) -> Agreement:
    """The agreement of a ledger's reader and reviewers."""
    made = [each for each in upheld(judgements(ledger)) if each.verdict in OF_ONE]
    rows = {row.id: row for row in derived.rows_by_id(ledger, {each.claims[0] for each in made})}
    opinions: dict[tuple[str, str], list[Judgement]] = {}
    for each in made:
        if each.claims[0] in rows:
            opinions.setdefault((each.claims[0], each.by), []).append(each)
    fields: dict[str, Votes] = {field: {} for field in (CLAIM, *FIELDS)}
    reviewers: dict[str, int] = {}
    for (claim, by), told in sorted(opinions.items()):
        reviewers[by] = reviewers.get(by, 0) + 1
        for field, value in votes_of(rows[claim], told).items():
            reader = "there" if field == CLAIM else shown(getattr(rows[claim], field))
            fields[field].setdefault(claim, {READER: reader})[by] = value
    found, missed, documents = recall(ledger)
    told_fields = [of_field(field, votes) for field, votes in fields.items()]
    return Agreement([each for each in told_fields if each.votes], reviewers, documents, found, missed)


def votes_of(row: Row, told: Sequence[Judgement]) -> dict[str, str]:
    """What one person says of each field of a claim; of a claim struck through, only that it is not there."""
    values: dict[str, str] = {}
    for each in told:
        if each.verdict == "wrong":
            return {CLAIM: "not there"}
        if each.verdict == "right":
            values = {}
        elif each.field is not None:
            values[each.field] = each.value or ""
    return {CLAIM: "there", **{f: values.get(f, shown(getattr(row, f))) for f in FIELDS}}


def shown(value: Any) -> str:
    """A value in the words that a correction would use."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def of_field(field: str, votes: Votes) -> FieldAgreement:
    """The agreement on one field."""
    given = [(by, value, told[READER]) for told in votes.values() for by, value in told.items() if by != READER]
    kept = sum(value == reader for _, value, reader in given)
    between = {claim: {by: v for by, v in told.items() if by != READER} for claim, told in votes.items()}
    doubly = sum(len(told) > 1 for told in between.values())
    return FieldAgreement(field, len(given), kept, alpha(votes), doubly, alpha(between))


def alpha(votes: Votes) -> float | None:
    """Krippendorff's alpha of nominal values; None where nobody judged the same claim, or all say one thing.

    Computed by the library `krippendorff` (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability).
    """
    import krippendorff

    raters = sorted({by for told in votes.values() for by in told})
    units = [told for told in votes.values() if len(told) > 1]
    values = sorted({v for told in units for v in told.values()})
    if len(raters) < 2 or not units or len(values) < 2:
        return None
    codes = {value: float(n) for n, value in enumerate(values)}
    data = [[codes[told[by]] if by in told else float("nan") for told in units] for by in raters]
    found = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
    return round(float(found), 3)


def recall(ledger: Ledger) -> tuple[int, int, int]:
    """In the documents signed off: claims read and upheld, claims added by hand, and how many documents."""
    documents = sorted({each.document for each in signoffs(ledger)})
    struck = judged(judgements(ledger)).struck
    found = missed = 0
    for document in documents:
        for row in ledger.claims(Query(document=document)):
            by_hand = any(e.rule.startswith("person:") for e in row.evidence)
            if row.id not in struck:
                found, missed = found + (not by_hand), missed + by_hand
    return found, missed, len(documents)
