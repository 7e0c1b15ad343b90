"""How each claim's place, days and speaker are known, from the evidence that is kept."""

import msgspec
import sqlalchemy as sa
from alembic import op

revision, down_revision = "0005", "0004"
COLUMNS = ("place_grounds", "days_grounds", "speaker_grounds")
AT_ONCE = 10_000


def upgrade() -> None:
    """Adds the columns and fills them."""
    for name in COLUMNS:
        op.add_column("claims", sa.Column(name, sa.Text))
    claims = sa.table("claims", *(sa.column(n) for n in ("number", "evidence", "sentence", "start", "end", *COLUMNS)))
    db = op.get_bind()
    change = sa.update(claims).where(claims.c.number == sa.bindparam("at"))
    change = change.values({n: sa.bindparam(f"of_{n}") for n in COLUMNS})
    last = -1
    while rows := db.execute(
        sa.select(claims.c.number, claims.c.evidence, claims.c.sentence, claims.c.start, claims.c.end)
        .where(claims.c.number > last).order_by(claims.c.number).limit(AT_ONCE)
    ).all():  # fmt: skip
        db.execute(change, [{"at": n, **grounds(*told)} for n, *told in rows])
        last = rows[-1][0]


def grounds(evidence: str, sentence: str, start: object, end: object) -> dict[str, str | None]:
    """The values of one claim."""
    from saksi.ledger.columns import Evidence
    from saksi.ledger.grounds import grounds_of

    told = msgspec.json.decode(evidence, type=list[Evidence])
    place = msgspec.json.decode(sentence)
    dated = start is not None or end is not None
    found = grounds_of(told, place["start"], place["end"], dated=dated)
    return {f"of_{n}": g for n, g in found.items()}
