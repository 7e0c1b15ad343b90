"""Why a request of the right form may still make no sense (422), in the words of the OpenAPI document.

What depends on the ledger, on a project's registers or on two parameters together is no matter of form, so that no
schema can say it.
"""

from __future__ import annotations

from typing import Any

DOCUMENT = "no document of this ledger has this id, or it was forgotten"
NO_WORDS = "start and end hold no words of the document"
ASKED = {
    "kind": "the kind is none of the codebook or of the project's registers",
    "target": "the target is no class of the codebook or of the project's registers",
    "without": "a class to leave out is none of the codebook or of the project's registers",
    "stance": "the stance is none of the codebook",
    "place": "no claim names this place",
    "trust": "no claim has this speaker",
    "start": f"{NO_WORDS}, or too many",
}
MADE = {
    "judge": (
        "a correction comes without its field and value, or another verdict with them",
        f"start and end come alone, or {NO_WORDS}",
        "the value is none that its field may have",
        "the verdict does not fit this many claims",
        "this person has made no judgement of these claims that could be undone",
    ),
    "judge_speakers": (
        "no speaker of the ledger goes by one of the names",
        "this person has judged nothing of these names that could be undone",
    ),
    "add": (
        DOCUMENT,
        "no mark says what happened",
        "a mark holds no words of the document",
        "the value of a mark is none that its field may have",
        "the claim was added before",
    ),
    "sign": (DOCUMENT,),
    "read": (
        "the language is none that is known, or cannot be told from the text",
        "the source is none of the registers",
        "the text is empty, or was forgotten",
    ),
    "forget": (DOCUMENT,),
    "redact": (DOCUMENT, NO_WORDS),
}


def reasons_asked(asks: type[Any]) -> tuple[str, ...]:
    """The reasons why a question of these parameters may be refused."""
    return tuple(told for name, told in ASKED.items() if name in asks.__struct_fields__)


def described(reasons: tuple[str, ...]) -> str:
    """The description of the answer 422."""
    return "it has the right form and makes no sense here" + (": " + "; or ".join(reasons) if reasons else "")
