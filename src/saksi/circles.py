"""Work on very many claims, and on a page, without looks for circles among what is held."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looks for circles among what is held: claims make none, and among millions of cells a look takes long.

    A question about many claims takes half the time, a page a twentieth less. What has no circles is given back
    as ever.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
