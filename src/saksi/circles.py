"""Work on very many claims, and on a page, with Python's search for circular garbage turned off."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Turns the garbage collector off: claims hold each other in no circle, and among millions a search takes long.

    A question about many claims takes half the time, a page a twentieth less. Memory that is in no circle is freed as
    ever. The switch is the process's: other threads go without the search for as long.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
