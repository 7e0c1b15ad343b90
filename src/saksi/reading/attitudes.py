"""What parties think and want: "urged", "condemned", "supports". A layer of its own kind of attribution.

Words of attitude take for granted what they are about ("condemned the attack that killed 12"), so that
no claim takes its speaker from them; they are attributions of the layer, with source and sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from saksi.reading.discourse import Told
from saksi.reading.groups import Found
from saksi.reading.sources import head_run, noun_run, source_run
from saksi.reading.values import Span


def attitudes_of(found: Found, told: Told) -> Iterator[tuple[Span, Span, str]]:
    """Each word of attitude of a sentence with the words of its source and its rule."""
    page = found.page
    said = {k for a in told.attributions for k in range(*a.items)}
    for k, item in enumerate(told.items):
        form = page.layered["attitude"].get(item.i)
        if form is None or k in said or (k and told.items[k - 1].name in ("article", "determiner", "of")):
            continue
        items = told.items
        run = source_run(items, k, "left") or head_run(items, k) or noun_run(items, k, before=False)
        if run is not None and run[1] > run[0]:
            source = page.span(items[run[0]].i, items[run[1] - 1].j)
            yield page.span(item.i, form[0]), source, form[1].rule
