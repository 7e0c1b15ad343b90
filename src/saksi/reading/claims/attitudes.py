"""What parties think and want: "urged", "condemned", "supports". A layer of its own kind of attribution.

Words of attitude take for granted what they are about ("condemned the attack that killed 12"), so that
no claim takes its speaker from them; they are attributions of the layer, with source and sentence. What a
quotation thinks and wants is what its speaker says, so that only words outside quotations are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from saksi.reading.claims.discourse import Told
from saksi.reading.clauses.items import Item
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page
from saksi.reading.pages.quotations import Quotations
from saksi.reading.values import Span
from saksi.reading.voices.nouns import nouns_of
from saksi.reading.voices.sayers import known_name
from saksi.reading.voices.sources import NOUN_ITEMS, Run, doer_run, head_run, noun_run, shared_run, source_run


def attitudes_of(found: Found, told: Told, quotations: Quotations) -> Iterator[tuple[Span, Span, str]]:
    """Each word of attitude of a sentence, outside quotations, with the words of its source and its rule."""
    page = found.page
    items = told.items
    said = {k for a in told.attributions for k in range(*a.items)}
    for k, item in enumerate(items):
        form = page.layered["attitude"].get(item.i)
        if form is None or k in said or quotations.at(item.i) is not None or (k and items[k - 1].name in BEFORE_NOUNS):
            continue
        near = (
            doer_run(page, items, k)
            or relative_run(items, k)
            or source_run(found, items, k, "left")
            or shared_run(found, items, k)
        )
        run = near or noun_run(found, items, k, before=False) or head_run(page, items, k)
        if run is not None and run[1] > run[0] and quotations.at(items[run[0]].i) is None:
            source = page.span(items[run[0]].i, items[run[1] - 1].j)
            yield page.span(item.i, form[0]), source, form[1].rule
    yield from swallowed(page, items, quotations)
    yield from owners_of_nouns(found, told, quotations)


def relative_run(items: list[Item], k: int) -> Run | None:
    """The noun that a verb of attitude behind "that" goes back to: "nations that oppose the plan"."""
    behind = k > 1 and items[k - 1].name == "that" and items[k - 2].kind in NOUN_ITEMS
    return (k - 2, k) if behind else None


def swallowed(page: Page, items: list[Item], quotations: Quotations) -> Iterator[tuple[Span, Span, str]]:
    """Verbs of attitude that a group of unknown nouns runs over: "several experts cautioned"."""
    unknown = [i for i in items if i.group is not None and i.group.object_class is None]
    for item in unknown if not page.vocabulary.head_first else ():
        for k in range(item.i + FIRST_VERB, item.j):
            form = page.layered["attitude"].get(k)
            if form is not None and is_verb(page, item, k, form[0]) and quotations.at(k) is None:
                yield page.span(k, form[0]), page.span(item.i, k), form[1].rule
                break


def is_verb(page: Page, item: Item, k: int, behind: int) -> bool:
    """Whether a word of attitude in a group is its verb: no noun stands behind it, and it agrees with its noun."""
    small = page.function(behind, "article", "determiner", "that", "pronoun", "one_person") is not None
    if behind < item.j and not small:
        return False
    plural = str(page.vocabulary.data["language"]["plural"])
    norm = page.norms[k]
    if norm.endswith(plural) or norm == page.layered["attitude"][k][1].value:
        return small and norm.endswith(plural) != page.norms[k - 1].endswith(plural)
    return page.is_acting(k)


FIRST_VERB = 2  # words into a group: what counts or names it, and its noun
BEFORE_NOUNS = frozenset(("article", "determiner", "of"))  # what stands behind these is a noun: "the support"
NAME = r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}"
# a quotation signed after a dash, and the lines of an interview
SIGNED = re.compile(rf"[”\"]\s*(?P<cue>―|—|–|--)\s*(?P<source>{NAME})")
INTERVIEW = re.compile(r"[“\"]?(?P<source>[A-Z]{3,}(?: [A-Z]{2,}){0,2})(?P<cue>:)\s")
LABEL = re.compile(rf"(?P<source>{NAME})(?P<cue>:)\s")  # who speaks in the first line of a page


def signed(page: Page) -> Iterator[tuple[Span, Span, Span, str]]:
    """Quotations with their speaker's name after a dash, and lines of an interview: cue, source, content, rule."""
    for block in page.blocks:
        content = page.at(block.start, block.end)
        found = [*SIGNED.finditer(page.text, block.start, block.end)]
        if (line := INTERVIEW.match(page.text, block.start, block.end)) is not None and block.kind != "headline":
            found.append(line)
        if block is page.blocks[0] and (label := labelled(page)) is not None:
            found.append(label)
        for match in found:
            cue, source = (page.at(*match.span(name)) for name in ("cue", "source"))
            yield cue, source, content, "reading/attitudes:signed"


def labelled(page: Page) -> re.Match[str] | None:
    """The name before a colon that opens a page, if it is of somebody the page knows or of who can say something."""
    label = LABEL.match(page.text, page.blocks[0].start, page.blocks[0].end)
    if label is None:
        return None
    last = page.between(*label.span("source"))[1] - 1
    says = nouns_of(page.vocabulary).says(page.norms[last])
    return label if says or known_name(page, page.norms[last], last) else None


def owners_of_nouns(found: Found, told: Told, quotations: Quotations) -> Iterator[tuple[Span, Span, str]]:
    """The source of a noun of saying, where it owns it: "the mayor's claim", "his refusal"."""
    page, sentence = found.page, told.sentence
    for i in range(sentence.i + 1, sentence.j):
        form = page.layered["saying_noun"].get(i)
        if form is None or quotations.at(i) is not None:
            continue
        if page.possessive(i - 1) and i > sentence.i + 1:
            begin = i - 2
            while begin > sentence.i and page.capitals[begin - 1] and page.gap(begin) == " ":
                begin -= 1
            yield page.span(i, form[0]), page.span(begin, i), form[1].rule
        elif page.norms[i - 1] in page.vocabulary.data["saying"].get("possessives", ()):
            yield page.span(i, form[0]), page.span(i - 1, i), form[1].rule
