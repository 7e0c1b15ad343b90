"""The options that choose which claims leave a ledger, light enough for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from cyclopts import Parameter

from saksi.ledger.grounds import Ground


@Parameter(name="*")
@dataclass(frozen=True)
class Chosen:
    """Which claims are taken; each option narrows them."""

    kind: Annotated[str | None, Parameter(help="A kind of event, with the kinds under it: destroy, kill.")] = None
    target: Annotated[str | None, Parameter(help="A class of things or people, with those under it: vehicle.")] = None
    country: Annotated[str | None, Parameter(help="ISO code of the country: SY, IQ, ID.")] = None
    place: Annotated[str | None, Parameter(help="A place or province, by a name that some claim has.")] = None
    actor: Annotated[str | None, Parameter(help="Who did it, by id of the register.")] = None
    stance: Annotated[str | None, Parameter(help="reports, asserts, claims, confirms, denies, estimates, …")] = None
    trust: Annotated[
        tuple[str, ...],
        Parameter(name=("--trust", "--speaker"), help="Only what this speaker says. May be repeated."),
    ] = ()
    grounds: Annotated[
        Ground | None, Parameter(help="The weakest ground on which place, days and speaker may rest.")
    ] = None


@dataclass(frozen=True)
class Asking:
    """What was chosen, with its days: what a release and the notes of an export say of their selection."""

    chosen: Chosen
    first: date | None = None
    last: date | None = None

    def told(self) -> dict[str, Any]:
        """The options that were given, by name."""
        days = {"from": self.first, "to": self.last}
        given = {**vars(self.chosen), **{name: day.isoformat() for name, day in days.items() if day}}
        return {name: value for name, value in given.items() if value not in (None, ())}


@Parameter(name="*")
@dataclass(frozen=True)
class Credits:
    """What a release is called, who is to be cited, and under what terms."""

    title: Annotated[str, Parameter(help="What the release is called.")]
    author: Annotated[tuple[str, ...], Parameter(help="Who is to be cited. May be repeated.")] = ()
    license: Annotated[str | None, Parameter(help="SPDX name of the terms: CC-BY-4.0.")] = None
    texts: Annotated[bool, Parameter(help="Put the texts in: only where their rights allow it.", negative=())] = False
    on: Annotated[str | None, Parameter(help="Day of the release, YYYY-MM-DD; none is put in by itself.")] = None
