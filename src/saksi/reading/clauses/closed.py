"""Whether a small word is of a relative clause that ends before an act, so that it says nothing of the act.

"Two who tried to flee were killed", "three men who could not run were found", "a man who had no papers was arrested".
"""

from __future__ import annotations

from saksi.reading.clauses.items import Item
from saksi.reading.clauses.saying_words import is_adverb
from saksi.reading.pages.page import Page

WITHIN = 3  # items from the word that opens a relative clause to the small words of its verb
JOINS = frozenset(("and", "or"))  # behind which the clause may go on to the act: "who did not see and kill"


def closed_in(page: Page, items: list[Item], k: int, at: int) -> bool:
    """Whether the relative clause of the small word at item k has a verb of its own before the act at item `at`."""
    opens = next((n for n in range(k - 1, max(-1, k - 1 - WITHIN), -1) if items[n].name == "relative"), None)
    between = items[k + 1 : at]
    if opens is None or any(i.name in JOINS for i in between):
        return False
    if any(i.kind == "verb" for i in between):
        return k - opens <= WITHIN - 1
    helped = all(i.kind == "function" for i in items[opens + 1 : k])
    first = page.vocabulary.head_first
    if items[k].name == "negation" and k == opens + 1 and not first:
        return False  # "in which no one died"
    return helped and (not first or items[k].name == "negation") and ends_before(page, items, k, at)


def ends_before(page: Page, items: list[Item], k: int, at: int) -> bool:
    """Whether words of another verb follow a small word, and then the verb of the clause around it begins anew."""
    own = [n for n in range(k + 1, at) if items[n].kind != "function" and not is_adverb(page, items[n].i)]
    if not own:
        return False
    if page.vocabulary.head_first:  # "yang tidak berhenti ditembak"
        return any(items[n].kind == "word" and page.is_acting(items[n].i) for n in own)
    finite = page.vocabulary.data["language"].get("finite", ())
    anew = any(page.norms[items[n].i] in finite for n in range(own[0] + 1, at + 1))
    told = items[at].name == "either" or page.is_acting(items[at].i)  # no bare form: "did not let them kill"
    return anew or (own[-1] == at - 1 and told)
