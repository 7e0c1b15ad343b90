"""How many proposals are grounded a second: `make benchmarks`, after the rules have read the page and with them.

The proposals are those of the prompts' own examples, each text once as it is and then with its fields exchanged, so
that half of what is proposed is refused.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import msgspec

from saksi.intake.document import Document
from saksi.languages.files import known_languages
from saksi.proposing.laid import Laid
from saksi.proposing.prompt import load_prompt
from saksi.proposing.reader import settle_laid
from saksi.proposing.schema import Proposal
from saksi.reading.reader import Reader

ROUNDS = 30


def texts() -> list[tuple[Document, list[Proposal]]]:
    """The examples with twice as many proposals as are right of them."""
    made = []
    for code in known_languages():
        for example in load_prompt(code).examples:
            document = Document(text=example.text, language=code, published=example.published)
            wrong = [msgspec.structs.replace(c, number=c.counted or "x", place=c.days, days=c.place)
                     for c in example.claims]  # fmt: skip
            made.append((document, [*example.claims, *wrong]))
    return made


def main() -> None:
    """Prints both figures."""
    reader = Reader()
    told = texts()
    every = sum(len(p) for _, p in told) * ROUNDS
    laid = [Laid(d, reader.vocabulary(str(d.language))) for d, _ in told]
    names = reader.actor_names("en")

    def grounded() -> None:
        for page, (_, proposals) in zip(laid, told, strict=True):
            settle_laid(page, "m", proposals, names)

    def whole() -> None:
        for document, proposals in told:
            page = Laid(document, reader.vocabulary(str(document.language)))
            settle_laid(page, "m", proposals, names)

    refused: Counter[str] = Counter()
    for page, (_, proposals) in zip(laid, told, strict=True):
        made = settle_laid(page, "m", proposals, names)
        refused.update(r.field for r in made.refused)
    print(
        f"{every // ROUNDS} proposals, half of them with number, place and days exchanged for other words of the text"
    )
    print(f"refused: {refused['number']} whole, and of the others {sum(refused.values()) - refused['number']} fields")
    print(f"grounded and settled      {every / timed(grounded):8.0f} proposals/s")
    print(f"with the rules' reading   {every / timed(whole):8.0f} proposals/s")


def timed(run: Callable[[], None]) -> float:
    """Seconds that all rounds take."""
    run()
    begin = time.perf_counter()
    for _ in range(ROUNDS):
        run()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
