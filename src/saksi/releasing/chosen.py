"""Which claims leave the ledger, and as whom people judged them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from saksi.errors import UsageError
from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judged, corrected_row
from saksi.ledger.query import Query
from saksi.ledger.store import Ledger
from saksi.reading.claims.claim import STANCES
from saksi.reconcile.speakers.gathering import speakers_of
from saksi.registers.countries import country_code
from saksi.registers.load import Registers, must_know
from saksi.registers.places.folding import fold
from saksi.releasing.choice import Asking


def rows_chosen(ledger: Ledger, asking: Asking, registers: Registers) -> Iterator[Row]:
    """The newest claims that were chosen, as they were read, in the order of the ledger."""
    chosen, query = asking.chosen, query_of(asking, registers)
    rows = ledger.claims(query)
    if chosen.place is not None:
        rows = placed_at(rows, chosen.place, ledger, query)
    return told_by(rows, ledger, chosen.trust, registers) if chosen.trust else rows


def query_of(asking: Asking, registers: Registers) -> Query:
    """What was chosen as a query; kinds and classes take the narrower ones along. Raises UsageError."""
    chosen = asking.chosen
    if chosen.stance is not None and chosen.stance not in STANCES:
        raise UsageError(f"--stance {chosen.stance!r} is not one of: {' '.join(STANCES)}")
    return Query(
        kinds=under(chosen.kind, registers.kinds, registers, "--kind"),
        targets=under(chosen.target, registers.classes, registers, "--target"),
        country=country_code(chosen.country),
        actor=chosen.actor, stance=chosen.stance, grounds=chosen.grounds, first=asking.first, last=asking.last,
    )  # fmt: skip


def under(name: str | None, table: Mapping[str, object], registers: Registers, option: str) -> tuple[str, ...] | None:
    """A kind or class with all narrower ones."""
    if name is None:
        return None
    must_know(name, table, option)
    return tuple(sorted(each for each in table if registers.is_a(each, name)))


def placed_at(rows: Iterator[Row], place: str, ledger: Ledger, query: Query) -> Iterator[Row]:
    """The claims at a place or in a province. Raises UsageError where there is none."""
    name = fold(place)
    if not any(is_at(row, name) for row in ledger.claims(query)):
        raise UsageError(f"--place: no claim of this sort is placed at {place!r}. Places: saksi claims")
    return (row for row in rows if is_at(row, name))


def is_at(row: Row, name: str) -> bool:
    """Whether a claim names a place, or a place in a province, of that folded name."""
    return any(name in (fold(p.name), fold(p.admin1 or ""), fold(p.text or "")) for p in row.places)


def told_by(rows: Iterator[Row], ledger: Ledger, names: tuple[str, ...], registers: Registers) -> Iterator[Row]:
    """The claims of some speakers, by any of their names. Raises UsageError for one who does not speak."""
    speakers = speakers_of(ledger, registers)
    wanted: set[str] = set()
    for name in names:
        found = {each.key for each in speakers.called(name)}
        if not found:
            raise UsageError(f"--trust: nobody called {name!r} speaks in {ledger.name}. Who does: saksi speakers")
        wanted |= found
    return (row for row in rows if (who := speakers.of(row)) is not None and who.key in wanted)


def as_judged(rows: Iterator[Row], judged: Judged) -> Iterator[Row | str]:
    """Rows as people corrected them; of one that was struck through only its id."""
    for row in rows:
        if row.id in judged.struck:
            yield row.id
        elif row.id in judged.corrected:
            yield corrected_row(row, judged.corrected[row.id])
        else:
            yield row
