"""A time as TIMEX3 writes it: 2013-03-22, 2013-W12, 2013-Q1, P2Y, PRESENT_REF.

TIMEX3 is the standard of the corpora that mark times; the times layer gives it beside the days.
"""

from __future__ import annotations

from saksi.reading.mentions.seasons import timex_of_part
from saksi.reading.mentions.times import Time
from saksi.reading.values import Period

UNITS = {1: "D", 7: "W", 30: "M", 365: "Y"}
LENGTHS = ("last_units", "last_days", "last_hours")  # readers of stretches up to publication


def timex_of(time: Time, days: Period, part: str | None) -> str | None:
    """The TIMEX3 value of a time with these days; `part` is the part of the day its words name (MO, NI, 07:30)."""
    if time.reader in LENGTHS:
        return timex_of_stretch(time)
    start = days.start
    if start is None:
        return None
    week = f"{start.isocalendar().year:04d}-W{start.isocalendar().week:02d}"
    if time.reader == "weekend":
        return f"{week}-WE"
    if time.reader == "overnight":
        return f"{start.isoformat()}TNI"
    if days.precision == "day":
        return start.isoformat() + (f"T{part}" if part else "")
    plain = {"week": week, "month": f"{start:%Y-%m}", "year": f"{start:%Y}"}
    return plain.get(days.precision) or timex_of_part(days)


def timex_of_stretch(time: Time) -> str:
    """How long a stretch up to publication is: "the past two months" is P2M."""
    if time.reader == "last_hours":
        return f"PT{time.parts.get('n') or 24}H"
    if time.reader == "last_units":
        return f"P{time.parts.get('n') or 1}{UNITS[time.parts.get('unit') or 1]}"
    days = time.parts.get("days") or 1
    return next((f"P{days // u}{UNITS[u]}" for u in (365, 30, 7) if days % u == 0), f"P{days}D")
