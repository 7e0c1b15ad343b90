"""Things that hang together in groups: texts that are copies, names of one speaker, claims of one happening."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Together(Generic[T]):
    """Groups that grow together as their members are tied; each is known by one of its members."""

    def __init__(self, members: Iterable[T]) -> None:
        self.above = {member: member for member in members}

    def __contains__(self, member: T) -> bool:
        return member in self.above

    def of(self, member: T) -> T:
        """The member by which a member's group is known."""
        above = self.above
        while above[member] != member:
            above[member] = above[above[member]]  # the way is shorter the next time
            member = above[member]
        return member

    def tie(self, one: T, other: T) -> None:
        """Makes one group of two members' groups, known as that of the first was."""
        self.above[self.of(other)] = self.of(one)

    def groups(self) -> list[list[T]]:
        """The groups, in the order of their first members, each in the order of its members."""
        found: dict[T, list[T]] = {}
        for member in list(self.above):
            found.setdefault(self.of(member), []).append(member)
        return list(found.values())
