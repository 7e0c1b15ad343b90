"""How long the parts of a request may be: what is asked for is checked before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from msgspec import Meta
from numpy.typing import NDArray

Id = Annotated[str, Meta(min_length=1, max_length=40)]
Text = Annotated[str, Meta(max_length=200)]
Title = Annotated[str, Meta(max_length=2000)]
Note = Annotated[str, Meta(max_length=2000)]
Code = Annotated[str, Meta(max_length=8)]
Offset = Annotated[int, Meta(ge=0, le=2**31 - 1)]  # in code points
PageNumber = Annotated[int, Meta(ge=1, le=1_000_000, description="which page, from 1")]
Items = TypeVar("Items", bound=Sequence[Any] | NDArray[Any])


def cut(items: Items, page: int, size: int) -> tuple[Items, int]:
    """A page of a list, and how many pages there are."""
    return items[(page - 1) * size : page * size], max(1, -(-len(items) // size))  # type: ignore[return-value]
