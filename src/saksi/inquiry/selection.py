"""What a tally is asked for, as people and programs give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Parameter

from saksi.ledger.grounds import Ground


@Parameter(name="*")
@dataclass(frozen=True)
class Selection:
    """What a question is about; each option narrows it."""

    kind: Annotated[str | None, Parameter(help="A kind of event, with the kinds under it: destroy, kill.")] = None
    target: Annotated[str | None, Parameter(help="A class of things or people, with those under it: vehicle.")] = None
    without: Annotated[tuple[str, ...], Parameter(name="--not", help="Leave out a class. May be repeated.")] = ()
    age: Annotated[Literal["child", "adult"] | None, Parameter(help="Of the victims, where claims say it.")] = None
    sex: Annotated[Literal["female", "male"] | None, Parameter(help="Of the victims, where claims say it.")] = None
    status: Annotated[
        Literal["civilian", "combatant"] | None, Parameter(help="Of the victims, where claims say it.")
    ] = None
    country: Annotated[str | None, Parameter(help="ISO code of the country: SY, IQ, ID.")] = None
    place: Annotated[str | None, Parameter(help="A place, by a name that some claim has.")] = None
    actor: Annotated[str | None, Parameter(help="Who did it, by id. Left open: all that the claims name.")] = None
    owner: Annotated[str | None, Parameter(help="Whose the target was, by id of the register.")] = None
    trust: Annotated[tuple[str, ...], Parameter(help="Only what this speaker says. May be repeated.")] = ()
    grounds: Annotated[
        Ground | None,
        Parameter(
            help="The weakest ground on which a claim's place, days and speaker may rest; all where not given. "
            "Stronger than proposed: as no second reader had read anything."
        ),
    ] = None
    by: Annotated[
        tuple[str, ...],
        Parameter(help="Split by day, week, month, year, country, place, actor, target. May be repeated."),
    ] = ()
