"""What a second reader is asked: the rules and worked examples of a language, then the document.

The words stand in `languages/<code>/prompt.yml`; a project's own folder of registers may hold its own.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from saksi.intake.document import Document, content_hash
from saksi.languages.files import HERE, load_as
from saksi.proposing.schema import KINDS, Proposal
from saksi.proposing.windows import Window

FILE = "prompt.yml"
ELSE = "en"  # the language that a text is asked about in where its own has no prompt


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text of our own with the claims that are right of it."""

    text: str
    claims: list[Proposal]
    published: date | None = None


class Heads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The headings of an example."""

    examples: str
    text: str
    answer: str


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one language."""

    asks: str
    document: str
    unknown: str
    again: str
    heads: Heads
    examples: list[Example]


@lru_cache(maxsize=8)
def load_prompt(code: str, overlay: Path | None = None) -> Prompt:
    """The prompt of a language: a project's own, else Saksi's, else the English one."""
    own = overlay / "languages" / code / FILE if overlay is not None else None
    paths = [p for p in (own, HERE / code / FILE, HERE / ELSE / FILE) if p is not None and p.exists()]
    return load_as(paths[0], Prompt)


def instructions(prompt: Prompt) -> str:
    """The task, the rules and the examples: the same for every document of a language."""
    parts = [prompt.asks.replace("{kinds}", " | ".join(KINDS)).rstrip(), prompt.heads.examples]
    for number, each in enumerate(prompt.examples, 1):
        answer = json.dumps({"document": f"example-{number}", "claims": claims_of(each)}, ensure_ascii=False)
        parts += [f"{prompt.heads.text} (example-{number}, {each.published})", each.text.rstrip(),
                  prompt.heads.answer, answer]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def claims_of(example: Example) -> list[dict[str, Any]]:
    """The claims of an example as an answer has them."""
    return [msgspec.to_builtins(claim) for claim in example.claims]


def asked_of(prompt: Prompt, document: Document, name: str, window: Window, known: str = "") -> str:
    """A document, or a part of it, as it is shown: between two lines that its text cannot know."""
    fence = f"----- {content_hash([document.id, window.start], 12)} -----"
    published = document.published.isoformat() if document.published is not None else prompt.unknown
    opening = prompt.document.format(name=name, fence=fence, published=published)
    parts = [opening]
    if window.start:
        parts.append(prompt.again.format(title=window.title, lead=window.lead, known=known or "—").rstrip())
    return "\n\n".join([*parts, "\n".join([fence, document.text[window.start : window.end].strip("\n"), fence])]) + "\n"
