"""A page as scenes are looked for on it: how far one word lies from another, in sentences and paragraphs.

What speaks for an option is told in parts, short tuples of what is the case ("place apart", "spot", 2, ...). Each
part stands for some signs, texts that a person can read and whose weights are learned (registers/weights.yml), so
that the weight of a part is looked up where it was met before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import msgspec

from saksi.reading.claims.claim import Claim
from saksi.reading.claims.discourse import Told, inferred
from saksi.reading.clauses.signs import near
from saksi.reading.mentions.found import Found
from saksi.reading.pages.blocks import Block
from saksi.reading.pages.quotations import Quotations
from saksi.reading.scenes.announced import announced
from saksi.reading.values import Span, Value
from saksi.reading.weights import Part, Signs

SINGLE = frozenset(("incident", "increment"))  # scopes of what happened once; sums and stocks have days of their own
STEPS = (0, 1, 2, 3, 5, 8)
BETWEEN = frozenset(
    (",", ";", "and", "while", "after", "before", "relative", "that", "verb", "say", "group", "place", "time")
) | frozenset(("(", '"', ":"))
REACH = 12  # items between, and options on either side of a claim, that are looked at; a long page has many
FIRST = 8  # options at the head of a page, where scenes are set
FEW = 16  # sentences that a set of them is copied for


class Option(msgspec.Struct, gc=False):
    """One mention that may give a claim its place, days or speaker; mentions of one `key` mean the same."""

    key: Hashable
    value: Any
    span: Span | None
    at: int  # its first token, -1 where no words of the page say it
    own: tuple[str, ...]  # signs of itself, whatever the claim
    rank: int = -1  # its number among the page's options of its sort
    sentence: int = -1
    block: int = -1
    order: int = -1  # of its block among those that speak
    where: str = ""
    scene: int = 0  # how many others open on the page up to its sentence
    sort: str = ""  # in one word what it is, for signs of it together with where it stands
    known: Any = None  # what else is the case of it whatever the claim


class Elsewhere(msgspec.Struct, frozen=True):
    """Many sentences but one; the set is shared by all who leave out one of it."""

    sentences: set[int]
    but: int

    def __contains__(self, sentence: int) -> bool:
        return sentence != self.but and sentence in self.sentences

    def __len__(self) -> int:
        return len(self.sentences) - (self.but in self.sentences)


def elsewhere(sentences: set[int], but: int) -> frozenset[int] | Elsewhere:
    """Sentences but one; few are copied, so that a page that tells one figure in all of them stays linear."""
    return Elsewhere(sentences, but) if len(sentences) > FEW else frozenset(sentences) - {but}


class Asked(msgspec.Struct, gc=False):
    """A claim as a scene is asked for it: where it stands on the page."""

    claim: Claim
    at: int  # its first token
    sentence: int
    block: int
    order: int
    item: int  # of its sentence
    where: str  # title, lead or body
    scene: int  # how many others open on the page up to its sentence
    scope: str
    quoted: bool  # inside quotation marks
    again: frozenset[int] | Elsewhere  # other sentences that tell the same figure of the same kind
    number: frozenset[int] | Elsewhere  # other sentences that tell the same figure


class Ground:
    """Where on a page each word stands."""

    def __init__(self, found: Found, told: list[Told], claims: Sequence[Claim]) -> None:
        self.found, self.page, self.told, self.claims = found, found.page, told, claims
        self.opens = [t.sentence.i for t in told]
        self.block_starts = [b.start for b in self.page.blocks]
        speaking = sorted({t.sentence.block for t in told})
        self.titles = frozenset(b for b in speaking if self.page.blocks[b].kind == "headline")
        body = [b for b in speaking if b not in self.titles and self.page.blocks[b].kind != "heading"]
        self.lead = body[0] if body else -1
        self.order = {b: n for n, b in enumerate(speaking)}
        self.announced = tuple(announced(self.page))
        self.item_starts: dict[int, list[int]] = {}
        self.item_names: dict[int, list[str]] = {}

    def sentence(self, token: int) -> int:
        """The number of the sentence of a token."""
        return max(0, bisect_right(self.opens, token) - 1)

    def block(self, token: int) -> int:
        """The number of the block of a token."""
        return bisect_right(self.block_starts, self.page.tokens.starts[token]) - 1

    def where(self, block: int) -> str:
        """Whether a block is a title, the lead, or body."""
        return "title" if block in self.titles else "lead" if block == self.lead else "body"

    def placed(self, option: Option, sort: str) -> Option:
        """An option with where it stands."""
        option.sort = sort
        if option.at >= 0:
            option.sentence, option.block = self.sentence(option.at), self.block(option.at)
            option.where, option.order = self.where(option.block), self.order.get(option.block, option.block)
            option.scene = self.scene(option.sentence)
        return option

    def item(self, sentence: int, token: int) -> int:
        """The number of the item of a sentence that holds a token."""
        starts = self.item_starts.get(sentence)
        if starts is None:
            starts = self.item_starts[sentence] = [i.i for i in self.told[sentence].items]
        return max(0, bisect_right(starts, token) - 1)

    @cached_property
    def changes(self) -> list[int]:
        """The sentences that open another scene: "Separately, ...", "Sementara itu di ..."."""
        words = self.page.vocabulary.data["language"].get("scene_changes", ())
        said = {n for n, i in enumerate(self.opens) if self.page.any_at(i, words)}
        return sorted(said.union(self.reports) | {n for n, told in enumerate(self.told) if opens_with_place(told)})

    @cached_property
    def reports(self) -> list[int]:
        """In order the sentences that a dateline opens, but the first: a page may hold the reports of several towns."""
        blocks = self.page.blocks
        opened = [n for n, i in enumerate(self.opens) if self.dateline_before(blocks[self.block(i)], i)]
        return opened[1:]

    def near(self, row: OptionRow, asked: Asked) -> list[Option]:
        """The options that a claim may mean: those at the head of the page and those around it, of its own report."""
        options, reports = row.near(asked), self.reports
        if not reports:
            return options
        own = bisect_right(reports, asked.sentence)
        return [o for o in options if bisect_right(reports, o.sentence) == own]

    def dateline_before(self, block: Block, token: int) -> bool:
        """Whether a block has a dateline and a sentence begins behind it at a token."""
        dated = block.kind in ("paragraph", "dateline") and block.text_start > block.start
        return dated and self.page.tokens.starts[token] == block.text_start

    def scene(self, sentence: int) -> int:
        """The number of the scene of a sentence: how many others open on the page up to it."""
        return bisect_right(self.changes, sentence)

    @cached_property
    def figures(self) -> dict[tuple[Any, ...], set[int]]:
        """The sentences that tell a figure, of a kind and of any."""
        found: dict[tuple[Any, ...], set[int]] = {}
        for claim in self.claims:
            if claim.quantity is not None and (claim.stance is None or claim.stance.value != "denies"):
                at = self.page.between(claim.anchor.start, claim.anchor.end)[0]
                for figure in (figure_of(claim), figure_of(claim)[1:]):
                    found.setdefault(figure, set()).add(self.sentence(at))
        return found

    @cached_property
    def quotations(self) -> Quotations:
        """What stands in quotation marks on the page."""
        return Quotations(self.page)

    def quoted(self, token: int) -> bool:
        """Whether a token stands inside quotation marks."""
        return self.quotations.at(token) is not None

    def asked(self, claim: Claim) -> Asked:
        """A claim as a scene is asked for it."""
        at = self.page.between(claim.anchor.start, claim.anchor.end)[0]
        sentence = self.sentence(at)
        block = self.told[sentence].sentence.block
        figure = figure_of(claim)
        again, number = (elsewhere(self.figures.get(f, set()), sentence) for f in (figure, figure[1:]))
        return Asked(
            claim, at, sentence, block, self.order.get(block, block), self.item(sentence, at), self.where(block),
            self.scene(sentence), claim.scope or "none", self.quoted(at), again, number,
        )  # fmt: skip

    def apart(self, name: str, asked: Asked, option: Option) -> list[Part]:
        """How far a mention stands from a claim, and what lies between in one sentence."""
        away = option.sentence - asked.sentence
        same = option.block == asked.block
        told = retold(asked, option) if asked.number else ""
        paragraphs = STEPPED[option.order - asked.order]
        parts: list[Part] = [(name, option.sort, STEPPED[away], paragraphs, same, asked.where, option.where, told)]
        if option.scene != asked.scene:
            parts.append(("scene", "changed since" if option.scene < asked.scene else "changes before"))
        if away == 0 and same:
            parts.append(self.within(asked, option))
        return parts

    def within(self, asked: Asked, option: Option) -> Part:
        """What lies between a claim and a mention in its own sentence."""
        item = self.item(option.sentence, option.at)
        a, b = sorted((asked.item, item))
        between = dict.fromkeys(self.names(option.sentence)[a + 1 : min(b, a + REACH)])
        between.pop("", None)
        side = "before" if item < asked.item else "after"
        return "within", side, near(b - a), *between

    def names(self, sentence: int) -> list[str]:
        """What each item of a sentence is in one word, where that may say something of what lies on its sides."""
        names = self.item_names.get(sentence)
        if names is None:
            words = (i.name or i.kind for i in self.told[sentence].items)
            names = self.item_names[sentence] = [w if w in BETWEEN else "" for w in words]
        return names


class OptionRow:
    """The options of one sort in their order on the page."""

    def __init__(self, options: Sequence[Option]) -> None:
        self.options = sorted(options, key=lambda o: o.at)
        self.starts = [o.at for o in self.options]
        self.last = -1, 0  # the token asked for last, and how many options stand before it
        for k, option in enumerate(self.options):
            option.rank = k

    def before(self, asked: Asked) -> int:
        """How many options stand before a claim, looked up once for all that is asked of it."""
        if self.last[0] != asked.at:
            self.last = asked.at, bisect_left(self.starts, asked.at)
        return self.last[1]

    def near(self, asked: Asked) -> list[Option]:
        """The options at the head of the page, and those around a claim."""
        at = self.before(asked)
        begin = max(FIRST, at - REACH)
        return [*self.options[:FIRST], *self.options[begin : max(begin, at + REACH)]]

    def turns(self, asked: Asked, option: Option) -> Part:
        """How many others stand nearer, and whether it is the first of the page."""
        at = self.before(asked)
        before = option.rank < at
        away = at - 1 - option.rank if before else option.rank - at
        return "turns", before, away if away < 3 else 3, asked.where if option.rank == 0 else ""


def opens_with_place(told: Told) -> bool:
    """Whether a sentence begins by saying where: "In Tikrit, two men ..."."""
    return bool(told.phrases) and told.phrases[0].first == 1 and told.items[0].name == "in"


def retold(asked: Asked, option: Option) -> str:
    """How a mention stands to another telling of a claim's figure, in words; "" where it stands to none."""
    sentence = option.sentence
    if sentence in asked.again:
        return "where it is told again"
    if sentence in asked.number:
        return "where its number is told again"
    if sentence - 1 in asked.again:
        return "behind where it is told again"
    return "before where it is told again" if sentence + 1 in asked.again else ""


def apart_signs(away: str, paragraphs: str, same: bool, *where: str) -> Iterator[str]:
    """The signs of how far a mention stands from a claim; `where` the two stand, and how the figure is told again."""
    asked, option, again = where
    yield f"sentences {away}"
    yield f"paragraphs {paragraphs}"
    yield f"from {asked} to {option}"
    if again:
        yield f"{again}, {asked}"
    if same:
        yield "same sentence" if away == "+0" else f"same paragraph {away}"


def also_under(name: str, signs: Iterable[str], *begins: str) -> Iterator[str]:
    """Signs, and those that begin so once more under a name: of areas, of an age, of what is quoted."""
    for sign in signs:
        yield sign
        if sign.startswith(begins):
            yield f"{name} {sign}"


def sorted_signs(sort: str, *apart: Any) -> Iterator[str]:
    """The signs of how far a mention stands from a claim, for each sort of mention apart too."""
    return also_under(sort, apart_signs(*apart), "sentences", "same", "paragraphs")


def within_signs(side: str, distance: str, *between: str) -> Iterator[str]:
    """The signs of what lies between a claim and a mention in its own sentence."""
    yield f"{side} at {distance}"
    yield from (f"{side} over {name}" for name in between)


def turns_signs(before: bool, nearer: int, first: str) -> Iterator[str]:
    """The signs of which others stand nearer."""
    yield f"{'before' if before else 'after'}, {nearer if nearer < 3 else 'many'} nearer"
    if first:
        yield f"first of the page, {first}"


def scene_signs(how: str) -> Iterator[str]:
    """The sign of another scene that opens between a claim and a mention."""
    yield f"the scene {how}"


SHARED: dict[str, Signs] = {"within": within_signs, "turns": turns_signs, "scene": scene_signs}


def carried(value: Value[Any], claim: Claim, rule: str) -> Value[Any]:
    """A value as a claim holds it: the words of its own sentence, else an inference from words elsewhere."""
    span = value.span
    return value if span is None or stands_in(span, claim.sentence) else inferred(value, rule)


def stands_in(span: Span | None, sentence: Span) -> bool:
    """Whether words stand in a sentence."""
    return span is not None and sentence.start <= span.start < sentence.end


def figure_of(claim: Claim) -> tuple[Any, ...]:
    """What is the same where a figure is told again: kind, low and high."""
    quantity = claim.quantity
    return claim.kind.value, quantity and quantity.value.low, quantity and quantity.value.high


def step(n: int) -> str:
    """A signed distance in a few steps: "-2", "+0", "+far"."""
    size = next((str(s) for s in STEPS if abs(n) <= s), "far")
    return ("-" if n < 0 else "+") + size


class Stepped(dict[int, str]):
    """Signed distances in a few steps, looked up; what lies far is not kept."""

    def __missing__(self, n: int) -> str:
        return step(n)


STEPPED = Stepped({n: step(n) for n in range(-64, 65)})
