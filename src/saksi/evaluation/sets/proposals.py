"""Answers of a second reader on whole documents: how many of its right proposals ground, and what both make of them.

A proposal is *right* where a marked number lies in its quote and is of its kind: then its words are in the text, and
grounding has to find them. The figures of the claims are those of `real.py`: of the second reader alone, and of both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from saksi.evaluation.sets.lines import print_shares
from saksi.evaluation.sets.real import MarkedDocument, figures_of, marked_documents, overlap, score, told_of
from saksi.intake.document import Document, Given
from saksi.intake.files import Refused, read_files
from saksi.proposing.answers import Broken, read_answers
from saksi.proposing.quotes import Quotable
from saksi.proposing.reader import Proposed, read_with
from saksi.proposing.schema import Proposal
from saksi.reading.reader import Reader

NAME = "second"
Counts = Counter[str]


def measure_proposals(path: Path, gold: Path, answers: Path, misses: int) -> None:
    """Prints the shares that ground, and the claims of the second reader alone and of both readers."""
    documents, told = marked_documents(gold), proposals_of(answers)
    read = (d for d in read_files([str(path)], Given()) if not isinstance(d, Refused))
    chosen = [(d, documents[str(d.ref)]) for d in read if str(d.ref) in documents and str(d.ref) in told]
    counts: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    both: Counter[str] = Counter()
    missed: list[str] = []
    reader = Reader()
    for document, marked in chosen:
        made = read_with(reader, document, NAME, told[marked.id])
        missed += grounding_of(marked, document, told[marked.id], made, counts)
        missed += [f"second {m}" for m in score(marked, list(told_of(made.second)), alone)]
        missed += [f"both {m}" for m in score(marked, list(told_of(made.rows)), both)]
    shares = grounded_shares(counts)
    shares |= {f"second.{k}": v for k, v in figures_of(alone).items()}
    shares |= {f"both.{k}": v for k, v in figures_of(both).items()}
    print_shares(shares, missed[:misses])


def proposals_of(path: Path) -> dict[str, list[Proposal]]:
    """The proposals of a file of answers by document; what is broken is left out."""
    found: dict[str, list[Proposal]] = {}
    for answer in read_answers(path):
        if not isinstance(answer, Broken):
            found.setdefault(answer.document, []).extend(answer.claims)
    return found


def grounding_of(
    marked: MarkedDocument, document: Document, proposals: list[Proposal], made: Proposed, counts: Counts
) -> Iterator[str]:
    """Counts the right proposals of a document and those of them that entered; tells what was refused."""
    refused = {id(r.proposal) for r in made.refused if r.field in ("number", "kind")}
    quotable = Quotable(document.text)
    for each in proposals:
        right = is_right(marked, quotable, each)
        counts["proposed"] += 1
        counts["right"] += right
        counts["right grounded"] += right and id(each) not in refused
        counts["entered"] += id(each) not in refused
    for r in made.refused:
        counts[f"refused {r.field}"] += 1
        right = is_right(marked, quotable, r.proposal)
        yield f"{marked.id}: refused {'right' if right else 'other'} {r.field} {r.quote!r}: {r.reason}"


def is_right(marked: MarkedDocument, quotable: Quotable, proposal: Proposal) -> bool:
    """Whether a proposal is of a marked number and of its kind."""
    text = quotable.text
    places = quotable.places(proposal.around)
    sure = [m for m in marked.claims if not m.unsure and proposal.kind in m.kind]
    if places:
        return any(overlap(m.at, p) and meets(m.words, proposal.number) for m in sure for p in places)
    # its words around are not in the text as they stand: the number alone must tell
    return any(meets(text[m.at[0] : m.at[1]], proposal.number) for m in sure)


def meets(a: str, b: str) -> bool:
    """Whether one number's words hold the other's."""
    a, b = a.casefold(), b.casefold()
    return a in b or b in a


def grounded_shares(counts: Counts) -> dict[str, float]:
    """The shares of proposals, and of right ones, that entered."""
    shares = {"proposals that enter": counts["entered"] / max(1, counts["proposed"])}
    shares["right proposals that ground"] = counts["right grounded"] / max(1, counts["right"])
    return shares
