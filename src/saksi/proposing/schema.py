"""A proposal: a claim told by quotes of the text. Its JSON Schema is published as docs/proposal.schema.json."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec

from saksi.intake.document import content_hash
from saksi.ledger.columns import says

Kind = Literal[
    "kill", "injure", "casualty", "missing", "detain", "abduct", "release", "displace", "surrender", "neutralize",
    "destroy", "damage", "hit", "seize", "find", "intercept", "launch", "attack", "airstrike", "clash", "operation",
    "capture_place", "withdraw", "strength", "deploy", "other",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
OTHER = "other"  # what is of none of the kinds: proposed, kept among the refused


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """One counted claim, every field but its kind in words of the text."""

    number: Annotated[str, says("the exact words of the number; no: that there were none")]
    around: Annotated[str, says("up to eight words of the text, exactly as they stand, that contain the number")]
    kind: Annotated[Kind, says("what is said to have happened")]
    counted: Annotated[str | None, says("the exact words of what is counted")] = None
    place: Annotated[
        str | None,
        says("the exact words, anywhere in the text, of the place where it happened; several: with ... between"),
    ] = None
    days: Annotated[
        str | None,
        says(
            "the exact words, anywhere in the text, that tell when it happened; from ... to: with ... between; "
            "until publication: with ... behind"
        ),
    ] = None
    running_total_since: Annotated[str | None, says("the exact words that tell since when, for a running total")] = None
    speaker: Annotated[
        str | None, says("the exact words, anywhere in the text, of who says this number; null: the outlet itself")
    ] = None
    part_of: Annotated[str | None, says("the exact words of the number that this one is a part of")] = None


class Proposals(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody proposes for one document; `document` is the id or file name it was asked under."""

    document: str
    claims: list[Proposal]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an answer, its version in `$id`: the schema's own content, hashed."""
    schema = msgspec.json.schema(Proposals)
    return {"$id": f"saksi:proposal:{content_hash(schema, 12)}", **schema}


def strict_schema() -> dict[str, Any]:
    """The schema of the claims alone, closed, for servers that hold a model to one: every field asked, nothing else."""
    claim = dict(msgspec.json.schema(Proposal)["$defs"]["Proposal"])
    claim["required"], claim["additionalProperties"] = list(claim["properties"]), False
    claim["properties"] = {k: {n: v for n, v in p.items() if n != "default"} for k, p in claim["properties"].items()}
    listed = {"type": "array", "items": claim}
    return {"type": "object", "properties": {"claims": listed}, "required": ["claims"], "additionalProperties": False}
