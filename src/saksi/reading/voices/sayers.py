"""Who can say something: a noun phrase of people, bodies or documents, with the name, role and office in it.

"Israeli media", "Committee to Protect Journalists", "Capt. Jeff Davis, a Pentagon spokesman". What is no such
phrase says nothing ("the deadliest incidents reported", "safety concerns"): no speaker is better than a wrong one.
"""

from __future__ import annotations

import msgspec

from saksi.reading.clauses.items import Item
from saksi.reading.clauses.saying_words import is_adverb
from saksi.reading.mentions.actors import ActorMention
from saksi.reading.mentions.found import Found
from saksi.reading.pages.page import Page
from saksi.reading.voices.short_names import short_name
from saksi.reading.voices.source_words import JOINS, NOUNS, SourceWords
from saksi.reading.voices.sources import Run

NAMED = frozenset(("name", "place", "group"))
AFTER_HEAD = frozenset(("of", "for", "to", "in", "from", "on", "with", "by", "near", "against", "relative", "that"))
DISTRICTS = frozenset(("admin1", "admin2"))
STATES = frozenset(("country",))  # a place of this level speaks as its government


class Sayer(msgspec.Struct):
    """A source as read: its words, and of these the person's name, the role and the party."""

    i: int
    j: int
    name: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    actor: ActorMention | None = None


def sayer_of(found: Found, items: list[Item], run: Run, *, certain: bool = False) -> Sayer | None:
    """The source that a run of items holds, or None where it is of nobody who can say something.

    `certain`: it stands at a word that only says, so that a word no list has is a name there: "Barrios said".
    """
    short = short_name(found.page, items, run[1])
    if short is not None:
        return Sayer(short.i, short.j, actor=short)
    phrase = Sayers(found, items, run, certain=certain)
    told = [s for i, j in phrase.segments() if (s := phrase.sayer_in(i, j)) is not None]
    told = [s for s in told if found.page.function(s.i - 1, "to") is None] or told  # "in a letter to Reuters, the bank"
    if not told:
        return None
    if found.page.vocabulary.head_first:  # "laporan sejumlah media": not the paper but who wrote it
        told = [s for s in told if found.page.norms[s.i] not in phrase.nouns.documents] or told
    best = next((s for s in told if s.name is not None and phrase.after_title(s.name[0])), None)
    best = best or next((s for s in told if s.name is not None and s.role is not None), None)
    best = best or next((s for s in told if s.name is not None), told[0])
    ranked = best.role is None or found.page.form(best.role[0], "titles") is not None
    if ranked and best.name is not None:  # "the director of public relations, Brigadier General ..."
        best.role = next((s.role for s in told if s.role is not None and s.name is None), best.role)
    best.actor = best.actor or next((s.actor for s in told if s.actor is not None), None)
    return best


class Sayers(SourceWords):
    """Finds in the words of a possible source who can say something."""

    def sayer_in(self, i: int, j: int) -> Sayer | None:
        """The source that a segment names, its head where the language gives it."""
        if self.page.function(i, "negation") or self.page.function(self.i - 1, "negation"):
            return None  # "no group has claimed"
        while i < j and self.opens(i):
            i += 1
        while j > i and self.kind(j - 1) not in NOUNS:
            j -= 1
        if i >= j:
            return None
        return self.head_first(i, j) if self.page.vocabulary.head_first else self.head_last(i, j)

    def head_last(self, i: int, j: int) -> Sayer | None:
        """The source whose noun stands last before "of" and the like: "Israeli media", "head of the clinic"."""
        cut = next((k for k in range(i + 1, j) if self.kind(k) in AFTER_HEAD), j)
        while cut > i + 1 and not self.page.capitals[cut - 1] and is_adverb(self.page, cut - 1):
            cut -= 1
        actor = self.actor_in(i, j)
        if self.kind(i) == "one_person" and self.kind(cut) == "of":
            return self.head_last(cut + 1, j)
        begin = cut if self.opening_noun(i, cut) else self.name_before(i, cut)
        role = self.last_role(i, begin if begin < cut else cut)
        if begin < cut:
            return self.named(i, (begin, cut), j, role, actor)
        owned = self.page.norms[cut - 1] in self.nouns.documents and self.kind(cut) in ("from", "by")
        if owned and (owner := self.sayer_in(cut + 1, j)) is not None:  # "a report from the ministry"
            return owner
        if self.modifies(i, cut) or (self.page.capitals[cut - 1] and self.placed(i)):
            return None
        if (role is not None and role[1] == cut) or self.can_say(cut - 1):
            end = j if cut < j and self.page.function(cut, *JOINS) else cut
            whole = actor if actor is not None and actor.j >= cut else None
            return Sayer(i, end, role=(i, end), actor=whole or actor)
        actor = self.at[cut - 1].actor or actor
        if actor is not None and actor.i < cut <= actor.j and (actor.named or not self.placed(i)):
            return Sayer(actor.i, actor.j, actor=actor)
        return None

    def opening_noun(self, i: int, cut: int) -> bool:
        """Whether a capital only opens a sentence, with a noun of people who can say something: "Prosecutors"."""
        return cut == i + 1 and i in self.page.openings and self.kind(i) == "group" and self.can_say(i)

    def named(
        self, i: int, name: tuple[int, int], j: int, role: tuple[int, int] | None, actor: ActorMention | None
    ) -> Sayer | None:
        """The source that ends with a name: a person after a role, a body or a person without one."""
        begin, end = name
        page = self.page
        if actor is not None and actor.i <= begin and actor.j >= end:
            return Sayer(actor.i, actor.j, actor=actor) if actor.named or not self.placed(i) else None
        whole = j if end < j and page.function(end, *JOINS) and page.capitals[j - 1] else end
        if page.norms[end - 1] in self.nouns.others:  # "the Britain-based Observatory", "Press"
            return Sayer(i, whole, role=(i, whole), actor=actor)
        before = begin - 2 if begin - 1 > i and page.norms[begin - 1] == "." else begin - 1
        placed = self.at[end - 1].kind != "name"
        titled = begin > i and (role is not None or self.can_say(before) or page.form(before, "titles") is not None)
        if begin > i and placed and not titled:
            return None
        whole = end if titled else whole  # a person's name ends there: "Superintendent Adan Morales of the police"
        if end - begin == 1 and self.adjective(begin):
            return None
        if begin == i and not self.may_be_named(begin, end):
            return None
        role = role or ((i, begin) if titled and self.can_say(before) else None)
        return Sayer(i, whole, name=(begin, whole), role=role, actor=actor)

    def head_first(self, i: int, j: int) -> Sayer | None:
        """The source whose noun stands first: "pejabat keamanan", "juru bicara TNI Andi Wijaya"."""
        page = self.page
        cut = next((k for k in range(i + 1, j) if self.kind(k) in ("relative", "in", "from", "to", "on", "by")), j)
        while cut > i + 1 and not page.capitals[cut - 1] and page.capitals[cut - 2] and not self.can_say(cut - 2):
            cut -= 1  # "Lee bahkan"
        actor = self.actor_in(i, j)
        role = (self.at[i].i, self.at[i].j) if self.kind(i) == "role" else None
        begin = self.past_office(self.name_before(i, cut), cut, role)
        heads = role is not None or self.can_say(i) or page.form(i, "titles") is not None
        body = page.norms[i] in self.nouns.others
        if begin < cut and (heads or actor is not None) and not (body or self.is_of(i, begin, cut)):
            state = page.form(begin, "country") is not None
            if not state and not (actor is not None and actor.i <= begin < actor.j):
                return Sayer(i, cut, name=(begin, cut), role=role, actor=actor)
        if actor is not None and actor.i == i:
            return Sayer(actor.i, actor.j, actor=actor)
        if page.norms[i] in self.nouns.documents and (owner := self.sayer_in(i + 1, j)) is not None:
            return owner  # "laporan sejumlah media"
        if heads:
            return Sayer(i, cut, role=(i, cut), actor=actor)
        if begin == i and self.may_be_named(i, cut):
            return Sayer(i, cut, name=(i, cut), actor=actor)
        return None

    def is_of(self, i: int, begin: int, end: int) -> bool:
        """Whether a name only says of where an office is: "wali kota Odesa"."""
        if begin <= i:
            return False
        place = self.at[begin].place
        whole = place is not None and (place.i, place.j) == (begin, end) and self.kind(i) == "role"
        return whole or self.heads_district(i, begin, end)

    def heads_district(self, i: int, begin: int, end: int) -> bool:
        """Whether a name right behind the office of a district is that of one: "kata Bupati Nduga"."""
        offices = self.page.vocabulary.data["saying"].get("district_offices", ())
        if " ".join(self.page.norms[i:begin]) not in offices:
            return False
        rows = self.page.vocabulary.gazetteer.named(" ".join(self.page.norms[begin:end]))
        return any(row.level in DISTRICTS for row in rows)

    def past_office(self, begin: int, end: int, role: tuple[int, int] | None) -> int:
        """Where the person's name begins after the word of an office: "Menteri Keuangan Sri Mulyani"."""
        if role is None or begin != role[1]:
            return begin
        while begin < end - 1 and (self.office(begin) or self.at[begin].kind == "place"):
            begin += 1
        while begin < end and (self.office(begin) or self.page.norms[begin] in self.nouns.others):
            begin += 1
        return begin

    def modifies(self, i: int, cut: int) -> bool:
        """Whether a bare singular only describes a noun of saying: "eyewitness reports"."""
        page, norm = self.page, self.page.norms[cut - 1]
        bare = self.i == i and page.function(i - 1, "determiner", "article") is None and not self.counted(i)
        singular = norm in self.nouns.people or page.form(cut - 1, "roles") is not None
        plural = str(page.vocabulary.data["language"]["plural"])
        ends = norm.endswith(plural) and not norm.endswith(2 * plural)
        return not self.certain and cut == self.j and bare and singular and not ends and not self.opens(self.i)

    def name_before(self, i: int, j: int) -> int:
        """Where the run of capitalised words begins that ends before token j; j where there is none."""
        k = j
        while k > i and self.in_name(k - 1, j):
            k -= 1
        while k < j and (self.page.norms[k] == "." or self.page.form(k, "titles")):
            k += 1
        return k

    def in_name(self, k: int, end: int) -> bool:
        """Whether token k can be a word of a name that ends before token `end`."""
        page = self.page
        if page.norms[k] == ".":
            return k + 1 < end and self.short(k)
        named = self.kind(k) in NAMED or (page.shouted and self.kind(k) == "word" and self.unknown(k))
        named = named or (self.kind(k) == "actor" and self.after_title(k) and self.kind(k + 1) == "name")
        joined = k + 1 < end and k + 1 in page.hyphened and self.kind(k) == "word"  # "al-Rub"
        if not joined and not (named and page.capitals[k]):
            return False
        if k + 1 < end and page.norms[k + 1] != "." and page.gap(k + 1).strip(" -'’.") != "":
            return False
        if k + 1 < end and page.norms[k] in self.nouns.people:
            return False  # "Humanitarian Coordinator Lynn Hastings"
        return page.form(k, "roles") is None and not (page.shouted and page.form(k, "object"))

    def may_be_named(self, i: int, j: int) -> bool:
        """Whether words that only capitals make a name are one: not a plain word that opens a sentence or a title."""
        page = self.page
        if any(page.form(k, "place_type") for k in (i, j - 1)) or self.placed(i):
            return False
        if self.at[i].kind == "place" and self.at[i].j >= j:
            place = self.at[i].place
            state = place is not None and place.place.level in STATES
            after = self.certain and self.page.vocabulary.head_first and known_name(page, page.norms[j - 1], j - 1)
            return page.norms[j - 1] in page.surnames or state or after
        titled = not page.shouted and self.titled()
        if not page.shouted and not titled and (i not in page.openings or j - i > 1):
            return True
        if self.certain and not titled and j == self.j and self.unknown(j - 1) and not is_adverb(page, j - 1):
            return True
        return any(known_name(page, page.norms[k], k) for k in range(i, j))


def known_name(page: Page, norm: str, at: int) -> bool:
    """Whether a word stands as a name elsewhere on the page, where its capital is no rule of writing."""
    if norm in page.surnames:
        return True
    for k in range(1, len(page.norms)):
        if page.norms[k] != norm or k == at:
            continue
        if page.shouted:
            if page.form(k - 1, "titles"):
                return True
        elif page.capitals[k] and page.norms[k - 1].isalnum() and page.gap(k) == " " and not page.block_at(k).titled:
            return True
    return False
