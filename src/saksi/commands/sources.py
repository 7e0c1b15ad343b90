"""The commands about sources."""

from __future__ import annotations

from cyclopts import App

from saksi.commands.options import WHOLE, Extent, chosen_registers, ledger_address
from saksi.figures import some

sources_app = App(name="sources", help="Who publishes, and whether they deliver what is expected of them.")


@sources_app.command
def check(extent: Extent = WHOLE) -> int:
    """Holds each source's expectations against what it delivered; what is wrong is a signal, and exit code 1.

    The expectations are in registers/sources: all of a project's own are checked, of Saksi's those that ever
    delivered. Without --to, the last day is that of the ledger's last document.
    """
    from saksi.errors import UsageError
    from saksi.inquiry.deliveries import Days, check_sources

    ledger = extent.opened()
    own = chosen_registers(extent.registers, ledger_address(extent.ledger))
    wanted = [path.stem for path in (own / "sources").glob("*.yml")] if own else []
    checked = check_sources(ledger, extent.known(), Days(*extent.days()), wanted)
    if not checked:
        raise UsageError("no source that has expectations delivered anything: write `expects` into registers/sources")
    for each in checked:
        days = f", {each.first} to {each.last}" if each.first and each.last else ""
        print(f"{each.source}: expected {each.expected}; {some(each.documents, 'document')}{days}")
        for signal in each.signals:
            print(f"    {signal.sort}: {signal.said}")
    wrong = sum(len(each.signals) for each in checked)
    print(f"{ledger.name}: {some(len(checked), 'source')} checked, {wrong} wrong deliveries")
    return 1 if wrong else 0
