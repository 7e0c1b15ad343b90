"""The words of a possible source: widened to their whole noun phrase, and what each of them is.

"official Israeli sources", "Committee to Protect Journalists", "spokesman for the local branch".
"""

from __future__ import annotations

from saksi.reading.clauses.items import Item
from saksi.reading.mentions.actors import ActorMention
from saksi.reading.mentions.found import Found
from saksi.reading.voices.nouns import nouns_of
from saksi.reading.voices.sources import Run

OPENS = frozenset(("article", "determiner"))  # what begins a noun phrase
NOUNS = frozenset(("word", "group", "name", "role", "actor", "place", "place_type", "back_reference"))
JOINS = frozenset(("of", "for", "to"))  # inside the name of an office: "Committee to Protect Journalists"
LOOK = 9  # tokens a phrase may be widened by


class SourceWords:
    """The words of a possible source, widened to the whole noun phrase they stand in."""

    def __init__(self, found: Found, items: list[Item], run: Run, *, certain: bool) -> None:
        self.found, self.page = found, found.page
        self.nouns = nouns_of(found.page.vocabulary)
        near = items[max(0, run[0] - LOOK) : run[1] + LOOK]
        self.at = {k: item for item in near for k in range(item.i, item.j)}
        self.first, self.last = near[0].i, near[-1].j
        self.sentence = items[0].i, items[-1].j
        self.certain = certain
        self.i = self.leftmost(items[run[0]].i)
        self.j = self.rightmost(items[run[1] - 1].j)

    def titled(self) -> bool:
        """Whether the sentence is written as titles are, whatever its block, so that capitals say nothing."""
        words = [k for k in range(*self.sentence) if self.page.norms[k].isalpha()]
        written = 3 * sum(map(self.page.capitals.__getitem__, words)) > 2 * len(words)
        return (written and len(words) > 3) or self.page.block_at(self.first).titled

    def kind(self, k: int) -> str:
        """The kind of item that token k stands in; of a small word the part it plays."""
        item = self.at.get(k)
        if item is None:
            return ""
        return item.name if item.kind in ("function", "mark") else item.kind

    def short(self, k: int) -> bool:
        """Whether token k is the stop of an abbreviation or a title: "Capt.", "U.S.", "Mr."."""
        page = self.page
        if page.norms[k] != "." or k == self.first:
            return False
        known = page.norms[k - 1] in page.vocabulary.data["language"]["abbreviations"]
        return known or len(page.norms[k - 1]) < 2 or page.form(k - 1, "titles", "roles", "country") is not None

    def leftmost(self, i: int) -> int:
        """Where the noun phrase begins that token i stands in."""
        k = i
        while k > self.first and i - k < LOOK and self.kind(k) not in OPENS and (left := self.left_of(k)) is not None:
            k = left
        return k

    def left_of(self, k: int) -> int | None:
        """The token to the left that a noun phrase goes on with from token k, or None where it begins there."""
        before = k - 1
        if self.kind(before) in NOUNS or self.short(before):
            return before
        if (over := self.bracket_before(before) or self.office_before(before)) is not None:
            return over
        verb = self.kind(before) == "verb" and self.kind(before - 1) == "name"  # "Blue Star rescue service"
        if verb or self.joins(before) or self.placed_noun(before):
            return before - 1
        if self.page.vocabulary.head_first and self.kind(before) == "relative":
            return before - (self.kind(before - 1) == ",")  # "kementerian itu, yang dikelola ..."
        return None

    def placed_noun(self, k: int) -> bool:
        """Whether a word of place at token k goes on from one who can say: "dokter di rumah sakit itu"."""
        small = self.page.vocabulary.head_first and self.kind(k) in ("in", "from")
        return small and k > self.first and self.kind(k - 1) in NOUNS and self.can_say(k - 1)

    def bracket_before(self, k: int) -> int | None:
        """Where the bracket opens that token k closes: "Al Awda Hospital (Middle Area) said"."""
        if self.page.norms[k] != ")":
            return None
        return next((n for n in range(k - 1, max(self.first, k - LOOK), -1) if self.page.norms[n] == "("), None)

    def office_before(self, k: int) -> int | None:
        """The noun before "of the" whose last token is k, where it can say something: "spokesman for the ..."."""
        small = self.page.vocabulary.head_first or self.page.function(k, "determiner", "article") != k + 1
        if small or k - 2 < self.first or self.page.function(k - 1, "of", "for") is None:
            return None
        return k - 2 if self.kind(k - 2) in NOUNS and self.can_say(k - 2) else None

    def joins(self, k: int) -> bool:
        """Whether "of" or "for" at token k joins a noun before it and a name after it."""
        page = self.page
        if page.function(k, *JOINS) is None or k <= self.first or k + 1 >= self.last:
            return False
        after = page.function(k + 1, "determiner", "article") or k + 1
        capital = page.capitals[k - 1] and after < self.last and page.capitals[after]
        return self.kind(k - 1) in NOUNS and (capital or self.kind(k - 1) == "role")

    def rightmost(self, j: int) -> int:
        """Where the noun phrase ends whose words end before token j."""
        k = j
        while k < self.last and k - j < LOOK:
            item = self.at[k]
            counted = item.group is not None and item.group.number is not None
            from_owner = self.kind(k) in ("from", "by") and self.page.norms[k - 1] in self.nouns.documents
            if item.kind == "word" and not self.page.capitals[k] and self.page.is_acting(k):
                break  # "the envoy urged"
            stop = self.short(k) and k + 1 < self.last and self.kind(k + 1) in NOUNS
            if not ((self.kind(k) in NOUNS and not counted) or self.joins(k) or from_owner or stop):
                break
            k += 1
        return k

    def segments(self) -> list[tuple[int, int]]:
        """The parts of the phrase between commas and brackets."""
        cuts = [(k, k + 1) for k in range(self.i, self.j) if self.kind(k) in (",", "(", ")", ";", ":", "–", "—")]
        cuts += [(k, k) for k in range(self.i + 1, self.j) if self.counted(k)]
        cuts.sort()
        begins, ends = [self.i, *(b for _, b in cuts)], [*(a for a, _ in cuts), self.j]
        inside = {b for a, b in cuts if self.kind(a) == "(" and b > a}
        return [(i, j) for i, j in zip(begins, ends, strict=True) if i < j and i not in inside]

    def counted(self, k: int) -> bool:
        """Whether a counted noun begins at token k, which is no part of a source before it."""
        item = self.at[k]
        return item.i == k and item.group is not None and item.group.number is not None

    def opens(self, i: int) -> bool:
        """Whether token i only opens a noun phrase: "the", "seorang", "dua"."""
        group = self.at[i].group
        if group is not None and group.number is not None and group.number.i <= i < group.number.j:
            return True
        acronym = self.kind(i) == "actor" and self.page.word(i).isupper()  # "WHO" is no "who"
        small = self.at[i].kind in ("function", "mark") or (i in self.page.functions and not acronym)
        return small or self.page.norms[i] in self.nouns.skipped

    def adjective(self, k: int) -> bool:
        """Whether token k is an adjective of a country, which needs its noun: "Israeli", but not "Israelis"."""
        plural = str(self.page.vocabulary.data["language"]["plural"])
        return self.page.form(k, "demonym") is not None and not self.page.norms[k].endswith(plural)

    def office(self, k: int) -> bool:
        """Whether token k has the shape of an office and not of a person's name: "Keuangan"."""
        norm = self.page.norms[k]
        return any(norm.startswith(a) and norm.endswith(b) for a, b in self.nouns.offices)

    def after_title(self, k: int) -> bool:
        """Whether a title stands before token k: "Dr. Amal Nasser"."""
        before = k - 2 if self.page.norms[k - 1] == "." else k - 1
        return before >= self.first and self.page.form(before, "titles") is not None

    def unknown(self, k: int) -> bool:
        """Whether no list has token k, so that it can be a name where capitals say nothing."""
        return k not in self.page.hits

    def last_role(self, i: int, j: int) -> tuple[int, int] | None:
        """The last role in tokens [i, j)."""
        roles = [self.at[k] for k in range(i, j) if self.kind(k) == "role"]
        return (roles[-1].i, roles[-1].j) if roles else None

    def can_say(self, k: int) -> bool:
        """Whether the noun at token k is of people, bodies or documents."""
        norm, nouns, item = self.page.norms[k], self.nouns, self.at[k]
        if norm in nouns.never:
            return False
        if nouns.says(norm) or (nouns.endings and norm.endswith(nouns.endings)):
            return True
        if item.kind == "role" or self.page.form(k, "roles") is not None:
            return True
        group = item.group
        return group is not None and group.event is None and self.of_people(group.object_class)

    def of_people(self, name: str | None) -> bool:
        """Whether a class of the register is one of people."""
        classes = self.page.vocabulary.registers.classes
        while name is not None and name != "person":
            name = classes[name].parent if name in classes else None
        return name == "person"

    def placed(self, i: int) -> bool:
        """Whether a word of place stands before a name at token i, so that it says where: "across the West Bank"."""
        if any(self.kind(k) == "," for k in range(self.i, i)):
            return False
        k = self.i - 1
        while k > self.first and self.kind(k) in ("determiner", "article"):
            k -= 1
        return self.kind(k) in ("in", "near", "from", "to", "on", "of")

    def actor_in(self, i: int, j: int) -> ActorMention | None:
        """The party told of in tokens [i, j): one of the register before any other."""
        told = [item.actor for k in range(i, j) if (item := self.at[k]).actor is not None and (k == item.i or k == i)]
        return next((a for a in told if a is not None and a.named), told[0] if told else None)
