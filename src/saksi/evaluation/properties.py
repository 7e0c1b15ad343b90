"""What must hold of the claims of any text: properties that need no gold, and every violation of them.

- on one number no two claims of one kind, unless one tells the other again;
- no number inside a place, a date, a name of a person or a unit, an address, a section number or a list marker;
- no part above its whole;
- no speaker that is not a noun phrase of people, bodies or documents.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec

from saksi.figures import some
from saksi.intake.document import Given
from saksi.intake.files import Refused, read_files
from saksi.languages.files import load_yaml
from saksi.languages.tokens import fold
from saksi.ledger.columns import Evidence, Row, rows_of
from saksi.reading.pages.page import Page
from saksi.reading.read import Reading
from saksi.reading.reader import Reader
from saksi.reading.voices.nouns import nouns_of

MARKER = re.compile(r"[ \t]*\(?(\d{1,2}|[ivx]{1,4}|[a-z])[.)]\s")  # "1. ", "(b) ", "iv) "
SECTION = re.compile(r"[ \t]*(\d{1,2}(\.\d{1,2})+)\.?\s")  # "2.1 "


class Violation(msgspec.Struct, frozen=True):
    """One property that a claim breaks, in words."""

    sort: str
    claim: str
    words: str


def measure_properties(path: Path, misses: int) -> None:
    """Prints how many claims of a file break each property, and some of them."""
    found, rows = violations_of(path)
    counts = Counter(v.sort for v in found)
    print(f"{path.name}: {some(rows, 'claim')}, {some(len(found), 'violation')}")
    for sort, count in sorted(counts.items()):
        print(f"  {sort:<34} {count:6}")
    for violation in found[:misses]:
        print(f"  {violation.sort}: {violation.words}")


def violations_of(path: Path) -> tuple[list[Violation], int]:
    """Every violation in the documents of a file, and the number of claims read."""
    reader, count = Reader(), 0
    found: list[Violation] = []
    for document in read_files([str(path)], Given()):
        if isinstance(document, Refused):
            continue
        reading = reader.read(document)
        rows = rows_of(reading, reader.actor_names(reading.found.page.vocabulary.code))
        found += violations(reading, rows)
        count += len(rows)
    return found, count


def violations(reading: Reading, rows: list[Row]) -> Iterator[Violation]:
    """The violations of one document."""
    yield from doubled(rows)
    yield from above_whole(rows)
    for row in rows:
        number = number_of(row)
        if number is not None and (inside := lies_inside(reading, number)) is not None:
            yield Violation(f"number inside {inside}", row.id, f"{number.text!r} in {brief(row)}")
        speaker = speaker_of(row)
        if speaker is not None and (wrong := no_source(reading.found.page, speaker)) is not None:
            yield Violation("speaker", row.id, f"{speaker.text!r} ({wrong}) of {brief(row)}")


def brief(row: Row) -> str:
    """A claim and its sentence in a line."""
    return f"{row.kind} {row.low}..{row.high}: {' '.join(row.sentence.text.split())[:140]}"


def number_of(row: Row) -> Evidence | None:
    """The words of a claim's number."""
    told = (e for e in row.evidence if e.field == "number" and not e.inferred and e.start is not None)
    return next(told, None)


def speaker_of(row: Row) -> Evidence | None:
    """The words a claim's speaker was read from, where he is no entry of the register."""
    if row.speaker is None or row.speaker.id is not None:
        return None
    return next((e for e in row.evidence if e.field == "speaker" and not e.inferred and e.start is not None), None)


def doubled(rows: list[Row]) -> Iterator[Violation]:
    """Claims of one kind on one number, none of which tells the other again."""
    by_number: dict[tuple[str, int | None], list[Row]] = defaultdict(list)
    for row in rows:
        if (number := number_of(row)) is not None:
            by_number[row.kind, number.start].append(row)
    for same in by_number.values():
        for a, b in combinations(same, 2):
            if not (restates(a, b) or restates(b, a)):
                yield Violation("two claims on one number", b.id, brief(b))


def restates(a: Row, b: Row) -> bool:
    """Whether a claim tells another again."""
    return any(tie.type == "restates" and tie.claim == b.id for tie in a.relations)


def above_whole(rows: list[Row]) -> Iterator[Violation]:
    """Parts that are more than their whole."""
    by_id = {row.id: row for row in rows}
    for row in rows:
        for tie in row.relations:
            whole = by_id.get(tie.claim) if tie.type == "part_of" else None
            if whole is not None and whole.high is not None and row.low is not None and row.low > whole.high:
                yield Violation("part above its whole", row.id, f"of {whole.high}: {brief(row)}")


def lies_inside(reading: Reading, number: Evidence) -> str | None:
    """What a number is only a part of, or None."""
    found, page = reading.found, reading.found.page
    i, j = page.between(number.start or 0, number.end or 0)
    spans: list[tuple[str, Any]] = [("a place", found.places), ("a date", found.times)]
    for name, layer in spans:
        if any(m.i <= i and j <= m.j for m in layer.values()):
            return name
    named = (a for a in found.actors.values() if a.named or a.rule.startswith("reading/organisations"))
    if any(a.i <= i and j <= a.j for a in named):
        return "a unit's name"
    return beside(page, i, j) or marks(page, number.start or 0)


def beside(page: Page, i: int, j: int) -> str | None:
    """Whether the words beside a number make it an address, a section or a name."""
    words = label_words(page.vocabulary.code)
    begin = next((k for k in range(i, j) if page.norms[k][0].isdecimal()), None)
    if begin is not None and begin > 0 and page.gap(begin) == " " and page.norms[begin - 1] in words["before"]:
        return "an address, section or name"
    if begin is not None and any(page.norms[k] in words["after"] for k in named_after(page, j)):
        return "an address, section or name"
    return "a name" if begin is None and in_name(page, i, j) else None


def named_after(page: Page, j: int) -> range:
    """The token after a figure, and those that a name between goes on with: "14 Palm Street"."""
    end = j
    while end < min(j + 3, len(page.norms)) and page.gap(end).strip() == "" and (end == j or page.capitals[end]):
        end += 1
        if not page.capitals[end - 1]:
            break
    return range(j, end)


def in_name(page: Page, i: int, j: int) -> bool:
    """Whether a number word is part of a name: a capital on it and after it, inside a sentence of small letters."""
    if page.shouted or i in page.openings or page.block_at(i).titled or j >= len(page.norms) or i == 0:
        return False
    capitals = page.capitals[i] and page.capitals[j] and page.gap(j) == " " and page.norms[i - 1].isalnum()
    line = page.text[max(0, page.tokens.starts[i] - 60) : page.tokens.ends[j] + 60].split()
    return capitals and 2 * sum(word[0].isupper() for word in line) < len(line)


def marks(page: Page, start: int) -> str | None:
    """Whether a number is the marker of a list or the number of a section that opens its line."""
    line = page.text.rfind("\n", 0, start) + 1
    for name, pattern in (("a list marker", MARKER), ("a section number", SECTION)):
        match = pattern.match(page.text, line)
        if match is not None and match.start(1) <= start < match.end(1):
            return name
    return None


@lru_cache(maxsize=8)
def label_words(code: str) -> dict[str, frozenset[str]]:
    """The words that make a number beside them a label, of a language."""
    listed = load_yaml(Path(__file__).with_name("properties.yml")).get(code, {})
    return {side: frozenset(fold(str(w)) for w in listed.get(side, ())) for side in ("before", "after")}


def no_source(page: Page, speaker: Evidence) -> str | None:
    """Why the words of a speaker are no noun phrase of people, bodies or documents, or None."""
    i, j = page.between(speaker.start or 0, speaker.end or 0)
    if i >= j:
        return "no words"
    for k, where in ((i, "begins"), (j - 1, "ends")):
        if page.function(k, "and", "or", "while", "after", "before", "that", "be", "have", "negation") is not None:
            return f"{where} with a small word"
    if page.small or (any(page.capitals[k] for k in range(i, j)) and not page.shouted):
        return "a plain word with a capital" if j - i == 1 and is_plain(page, i) else None
    return None if page.shouted or any(says(page, k) for k in range(i, j)) else "no noun of people, bodies or documents"


def is_plain(page: Page, i: int) -> bool:
    """Whether a single word mostly stands in small letters on its page, and is no noun of those who say."""
    written = [page.capitals[k] for k, norm in enumerate(page.norms) if norm == page.norms[i]]
    return 2 * sum(written) < len(written) and not says(page, i)


def says(page: Page, k: int) -> bool:
    """Whether the word at token k is a noun of people, bodies or documents, by the lists of its language."""
    nouns, norm = nouns_of(page.vocabulary), page.norms[k]
    listed = norm in nouns.people or norm in nouns.others or (bool(nouns.endings) and norm.endswith(nouns.endings))
    thing = page.form(k, "object")
    people = thing is not None and page.vocabulary.registers.is_a(thing[1].value, "person")
    return listed or people or page.form(k, "roles", "group", "actor", "forces", "country") is not None
