"""The command that shows which documents tell one text."""

from __future__ import annotations

from typing import Literal

from saksi.commands.options import open_ledger
from saksi.figures import some


def copies(*, ledger: str | None = None, format: Literal["table", "jsonl"] = "table") -> None:
    """Documents that tell one text: the same words, copies that other outlets took over, updates of one story.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    format
        table for people, jsonl for programs: a line a group.
    """
    import msgspec

    from saksi.inquiry.copies import copies_in

    store = open_ledger(ledger)
    groups = copies_in(store)
    for group in groups:
        if format == "jsonl":
            print(msgspec.json.encode(group).decode())
            continue
        print(f"{len(group)} documents tell one text")
        for each in group:
            near = each.how in ("copy", "update")
            how = f"{each.how}, {each.share:.0%} the same" if near else each.how
            who = each.publisher or "publisher not known"
            print(
                f"    {each.id}  {each.published or 'day not known'}  {how:<22} {who}: {each.title or each.url or ''}"
            )
    if format == "table":
        documents = sum(map(len, groups))
        print(f"{store.name}: {documents} documents tell {some(len(groups), 'text')} more than once" if groups
              else f"{store.name}: no two documents tell one text")  # fmt: skip
