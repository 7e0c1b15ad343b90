"""A document laid open for reading: its tokens, blocks, sentences, and every known form in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from saksi.intake.document import Document
from saksi.languages.forms import Form
from saksi.languages.tokens import Tokens, tokenize, unglued
from saksi.reading.pages.blocks import SILENT, Block, read_blocks
from saksi.reading.pages.hits import find_hits
from saksi.reading.pages.sentences import read_sentences
from saksi.reading.pages.surnames import find_surnames
from saksi.reading.pages.wires import with_wire_dateline
from saksi.reading.values import Span
from saksi.reading.vocabulary import Vocabulary

LONGEST_SENTENCE = 250  # tokens; the longest of 30,000 sentences of news and reports has 222
SHORTEST_VERB = 4  # an unknown word that looks like a verb is longer
NOUN_VOICES = frozenset(("noun", "noun_after", "result", "toll"))
OPENERS = frozenset(("determiner", "all"))  # small words that a noun group may begin with
# of two meanings of one word the thing comes first, then the noun that takes what it counts
NOUN_RANK = {"": 3, "result": 2, "toll": 2, "noun_after": 1, "noun": 0}


class Sentence(NamedTuple):
    """A sentence: its characters [start, end), its tokens [i, j), and the number of its block."""

    start: int
    end: int
    i: int
    j: int
    block: int


class Page:
    """One document with its vocabulary. Everything the stages share; nothing here is guessed."""

    def __init__(self, document: Document, vocabulary: Vocabulary, *, quoted: bool = False) -> None:
        """`quoted`: the text is a piece of one, whose beginning makes it no byline and no list of links."""
        self.document = document
        self.text = document.text
        # where the document does not say it, date_by_dateline of reading/mentions/times.py does
        self.published = document.published
        self.published_basis = document.published_basis
        self.vocabulary = vocabulary
        tokens = tokenize(self.text)
        self.tokens: Tokens = unglued(self.text, tokens, vocabulary.glued_ends, vocabulary.name_ends)
        self.norms = self.tokens.norms
        self.shouted = in_capitals(self.text)
        self.small = without_capitals(self.text)
        self.hits = find_hits(self, vocabulary)
        # whether each token begins with a capital
        self.capitals = [self.text[start].isupper() for start in self.tokens.starts]
        self.layered: defaultdict[str, dict[int, tuple[int, Form]]] = defaultdict(dict)
        self.ended: dict[str, dict[int, int]] = {}  # by layer, where its shortest form begins that ends there
        self.meant: dict[int, dict[str, tuple[int, Form]]] = {}
        self.functions: dict[int, dict[str, int]] = {}
        self.nouns: dict[int, tuple[int, Form]] = {}
        self.verbs: set[int] = set()
        self.particles: set[int] = set()  # where a small word stands that means nothing else and opens no noun group
        self.index_hits()
        self.blocks: list[Block] = [Block("paragraph", 0, len(self.text), 0)]
        if not quoted:
            blocks = read_blocks(self.text, vocabulary)
            self.blocks = with_wire_dateline(self.text, blocks, vocabulary.gazetteer)
        abbreviations = frozenset(map(str, vocabulary.data["language"]["abbreviations"]))
        self.sentences = list(with_speakers(self, find_sentences(self, abbreviations)))
        self.openings = frozenset(s.i for s in self.sentences)
        self.surnames = frozenset(find_surnames(self))

    def index_hits(self) -> None:
        """Sorts the longest forms by layer and by token, and small words by their part."""
        for i, hits in self.hits.items():
            meant = self.meant[i] = {}
            for hit in hits:
                j = hit.j
                for form in hit.forms:
                    if form.layer not in meant:
                        meant[form.layer] = self.layered[form.layer][i] = j, form
                    if form.layer == "function":
                        self.functions.setdefault(i, {}).setdefault(form.value, j)
                    elif form.layer == "object" or form.voice in NOUN_VOICES:
                        self.index_noun(i, j, form)
                    elif form.layer == "event" and form.voice != "headline":
                        self.verbs.add(i)
            if len(meant) == 1 and "function" in meant and OPENERS.isdisjoint(self.functions[i]):
                self.particles.add(i)

    def index_noun(self, i: int, j: int, form: Form) -> None:
        """Keeps the longest noun of a token; a thing wins a tie with a happening."""
        best = self.nouns.get(i)
        if best is None or (j, NOUN_RANK[form.voice]) > (best[0], NOUN_RANK[best[1].voice]):
            self.nouns[i] = j, form

    def span(self, i: int, j: int) -> Span:
        """The characters of tokens [i, j)."""
        start, end = self.tokens.starts[i], self.tokens.ends[j - 1]
        return Span(start, end, self.text[start:end])

    def at(self, start: int, end: int) -> Span:
        """The characters [start, end)."""
        return Span(start, end, self.text[start:end])

    def word(self, i: int) -> str:
        """The characters of token i as they stand in the text."""
        return self.text[self.tokens.starts[i] : self.tokens.ends[i]]

    def block_at(self, i: int) -> Block:
        """The block that token i stands in."""
        return self.blocks[bisect_right(self.block_ends, self.tokens.starts[i])]

    @cached_property
    def block_ends(self) -> list[int]:
        """Where each block ends, in order."""
        return [b.end for b in self.blocks]

    @cached_property
    def headline_end(self) -> int:
        """Where the headline ends; 0 on a page without one."""
        return self.blocks[0].end if self.blocks[0].kind == "headline" else 0

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that are named, by name, adjective, or through an actor that belongs to one."""
        named, actors = set(), self.vocabulary.registers.actors
        begun = self.tokens_of("country", "demonym", "actor")
        for form in (form for i in begun for hit in self.hits[i] for form in hit.forms):
            if form.layer in ("country", "demonym"):
                named.add(form.value)
            elif form.layer == "actor":
                named.add(actors[form.value].country or "")
        return frozenset(named - {""})

    @cached_property
    def sentence_starts(self) -> dict[int, Sentence]:
        """The sentences by the character they begin at."""
        return {s.start: s for s in self.sentences}

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens [i, j) that begin at the characters [start, end)."""
        return bisect_left(self.tokens.starts, start), bisect_left(self.tokens.starts, end)

    @cached_property
    def naming(self) -> list[bool]:
        """Which tokens may begin or go on with a name: by their capital, or in a text that has none."""
        if not self.small:
            return self.capitals
        return [self.capitals[i] or (i not in self.functions and len(n) > 2) for i, n in enumerate(self.norms)]

    def tokens_of(self, *layers: str) -> set[int]:
        """The tokens at which forms of these layers begin."""
        return set().union(*(self.layered[layer].keys() for layer in layers))

    def opens_group(self, i: int) -> bool:
        """Whether a noun group without a number may begin at token i."""
        if i in self.nouns:
            return True
        roles = self.functions.get(i)
        if roles is not None:
            return not OPENERS.isdisjoint(roles)
        return i in self.hits and any(i in self.layered[layer] for layer in ("actor", "demonym", "country", "forces"))

    def possessive(self, i: int) -> bool:
        """Whether token i is the "'s" of an owner; folding has taken its apostrophe away."""
        if not 0 < i < len(self.norms) or self.norms[i] != "s":
            return False
        return "'" in (text := self.text[self.tokens.ends[i - 1] : self.tokens.ends[i]]) or "’" in text

    def marks_owner(self, i: int) -> bool:
        """Whether token i is the mark of an owner: the "'s" of one, the bare apostrophe of several."""
        return self.possessive(i) or (i < len(self.norms) and self.norms[i] in ("'", "’"))

    def gap(self, i: int) -> str:
        """What stands between token i and the one before it, a space at either end; no name runs over a sentence."""
        if not 0 < i < len(self.norms):
            return " "
        if i in self.openings:
            return "\n"
        gap = self.text[self.tokens.ends[i - 1] : self.tokens.starts[i]]
        return " " if gap.isspace() else gap  # a line may be cut anywhere

    @cached_property
    def hyphened(self) -> frozenset[int]:
        """The tokens that nothing but a hyphen ties to the one before: the "Hasakah" of "Al-Hasakah"."""
        starts, ends = self.tokens.starts, self.tokens.ends
        apart = (k for k in range(1, len(starts)) if starts[k] - ends[k - 1] == 1 and k not in self.openings)
        return frozenset(k for k in apart if self.text[ends[k - 1]] == "-")

    @cached_property
    def lowered(self) -> frozenset[str]:
        """The words that stand in small letters somewhere on a page that uses capitals: they are words, not names."""
        if self.small or self.shouted:
            return frozenset()
        return frozenset(norm for norm, capital in zip(self.norms, self.capitals, strict=True) if not capital)

    @cached_property
    def places_of_words(self) -> dict[str, list[int]]:
        """The tokens at which each word stands, in order."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for k, norm in enumerate(self.norms):
            found[norm].append(k)
        return dict(found)

    def tokens_among(self, words: Collection[str], i: int, j: int) -> list[int]:
        """The tokens of [i, j) that are one of these words, in order, without looking at the others."""
        if j - i <= len(words):
            return [k for k in range(i, min(j, len(self.norms))) if self.norms[k] in words]
        held = (self.places_of_words[w] for w in words if w in self.places_of_words)
        return sorted(k for tokens in held for k in tokens[bisect_left(tokens, i) : bisect_left(tokens, j)])

    def any_at(self, i: int, phrases: Iterable[str]) -> bool:
        """Whether one of these phrases begins at token i."""
        begin = self.vocabulary.phrases(phrases).by_first.get(self.norms[i]) if i < len(self.norms) else None
        return begin is not None and any(self.norms[i : i + len(words)] == words for words in begin)

    def phrase_end(self, i: int, phrases: Iterable[str]) -> int | None:
        """Where the longest of these phrases ends that begins at token i; None where none begins."""
        begin = self.vocabulary.phrases(phrases).by_first.get(self.norms[i], ()) if i < len(self.norms) else ()
        return max((i + len(words) for words in begin if self.norms[i : i + len(words)] == words), default=None)

    def begun(self, phrases: Iterable[str], i: int, j: int) -> list[int]:
        """The tokens of [i, j) at which one of these phrases begins, in order, without looking at the others."""
        first = self.tokens_among(self.vocabulary.phrases(phrases).by_first, i, j)
        return [k for k in first if self.any_at(k, phrases)]

    def any_before(self, i: int, phrases: Iterable[str]) -> bool:
        """Whether one of these phrases ends right before token i."""
        end = self.vocabulary.phrases(phrases).by_last.get(self.norms[i - 1]) if 0 < i <= len(self.norms) else None
        return end is not None and any(self.norms[max(0, i - len(words)) : i] == words for words in end)

    def ends_so(self, i: int, name: str) -> bool:
        """Whether a word has one of the endings that the language's file lists under a name."""
        return self.norms[i].endswith(tuple(map(str, self.vocabulary.data["language"].get(name, ()))))

    def is_acting(self, i: int) -> bool:
        """Whether an unknown word looks like a verb of its language: "marched", "berunjuk"."""
        norm, shapes = self.norms[i], self.vocabulary.data["language"].get("acting", {})
        ends, begins = (tuple(shapes.get(key, ())) for key in ("ends", "begins"))
        return len(norm) > SHORTEST_VERB and (norm.endswith(ends) or norm.startswith(begins))

    def form(self, i: int, layer: str, *others: str) -> tuple[int, Form] | None:
        """The longest form of one of these layers at token i: where it ends, and what it means."""
        meant = self.meant.get(i)
        if meant is None:
            return None
        best = meant.get(layer)
        for other in others:
            found = meant.get(other)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        return best

    def ending_at(self, j: int, layer: str) -> int | None:
        """Where the shortest form of a layer begins that ends right before token j; None where none does."""
        ended = self.ended.get(layer)
        if ended is None:
            ended = self.ended[layer] = {end: i for i, (end, _) in sorted(self.layered[layer].items())}
        return ended.get(j)

    def means(self, i: int, layers: frozenset[str]) -> bool:
        """Whether any form of these layers begins at token i."""
        return i in self.meant and not layers.isdisjoint(self.meant[i])

    def function(self, i: int, *roles: str) -> int | None:
        """Where a small word of one of these roles ends that begins at token i."""
        found = self.functions.get(i)
        if found is None:
            return None
        best = None
        for role in roles:
            if role in found and (best is None or found[role] > best):
                best = found[role]
        return best


def with_speakers(page: Page, sentences: Iterator[Sentence]) -> Iterator[Sentence]:
    """The sentences, a quotation that ends in a stop joined with the words that say whose it is."""
    last: Sentence | None = None
    for sentence in sentences:
        quoted = last is not None and last.block == sentence.block and page.text[last.end - 1] in '"”'
        if last is not None and quoted and says_who(page, sentence):
            last = Sentence(last.start, sentence.end, last.i, sentence.j, last.block)
            continue
        if last is not None:
            yield last
        last = sentence
    if last is not None:
        yield last


def says_who(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence begins with a short source and a word of saying, and holds little more."""
    say = next((k for k in range(sentence.i, min(sentence.i + 5, sentence.j)) if page.form(k, "say")), None)
    if say is None or say == sentence.i or page.text[sentence.start] in '"“':
        return False
    return page.capitals[say - 1] or page.function(say - 1, "pronoun", "one_person", "many_persons") is not None


def in_capitals(text: str) -> bool:
    """Whether a text is written in capitals, as old wire copy is, so that capitals say nothing."""
    sample = text[:2000]
    upper = sum(map(str.isupper, sample))
    return upper > 20 and upper > 4 * sum(map(str.islower, sample))


def without_capitals(text: str) -> bool:
    """Whether a text is written in small letters throughout, as posts are, so that names have no capital."""
    sample = text[:2000]
    return sample.islower() and sum(map(str.islower, sample)) > 20


def find_sentences(page: Page, abbreviations: frozenset[str]) -> Iterator[Sentence]:
    """The sentences of every block that may speak, in order."""
    starts, i = page.tokens.starts, 0
    count = len(starts)
    inside = tuple(page.vocabulary.data["language"]["blocks"].get("inside", ()))
    for number, block in enumerate(page.blocks):
        if block.kind in SILENT:
            continue
        spans = read_sentences(page.text, block.text_start, block.end, abbreviations, inside)
        for start, end in spans:
            while i < count and starts[i] < start:
                i += 1
            j = i
            while j < count and starts[j] < end:
                j += 1
            yield from stretches(page, Sentence(start, end, i, j, number))
            i = j


def stretches(page: Page, sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, or one that has no end in stretches up to its commas, so that time grows with length alone."""
    i, tokens = sentence.i, page.tokens
    while sentence.j - i > LONGEST_SENTENCE:
        marks = (k for k in range(i + LONGEST_SENTENCE - 1, i, -1) if page.norms[k] in (",", ";", ":"))
        cut = next(marks, i + LONGEST_SENTENCE - 1) + 1
        yield Sentence(tokens.starts[i], tokens.ends[cut - 1], i, cut, sentence.block)
        i = cut
    if sentence.j > i:
        yield sentence if i == sentence.i else sentence._replace(start=tokens.starts[i], i=i)
