"""Takes answers made by anything: lines of JSON, one object or a list, with or without fences around.

A line is `{"document": ..., "claims": [...]}`; what is no such thing is one clear line, and the rest goes on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from saksi.errors import IntakeError
from saksi.proposing.schema import Proposal, Proposals

FENCE = re.compile(r"^\s*```[a-zA-Z]*\s*$", re.MULTILINE)
THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)  # what some models write before they answer
OBJECT = re.compile(r"\{\s*\"")
CLAIMS = re.compile(r'"claims"\s*:\s*\[')
NAMED = re.compile(r'"document"\s*:\s*("(?:[^"\\]|\\.)*")')
LONGEST = 2_000  # characters of a quote that are looked at; the prompt asks for eight words
MOST = 5_000  # claims of one document


class Broken(msgspec.Struct, frozen=True):
    """Something of an answer that cannot be used: where it stands, and why."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


Answer = Proposals | Broken


def read_answers(path: Path) -> Iterator[Answer]:
    """The answers of a file in their order, and what of it is broken. Raises IntakeError where it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="strict")
    except (OSError, UnicodeDecodeError) as error:
        raise IntakeError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    yield from answers_in(text, str(path), path.stem)


def answers_in(text: str, where: str, name: str | None = None) -> Iterator[Answer]:
    """The answers in a text; `name` is the document's where an answer names none."""
    text = FENCE.sub("", THOUGHT.sub("", text))
    whole = value_of(text)
    if whole is not None:
        for number, each in enumerate(whole if listed(whole) else [whole], 1):
            yield from answer_of(each, where if not listed(whole) else f"{where}, answer {number}", name)
    elif any(isinstance(value_of(line), (dict, list)) for line in text.splitlines()):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield from line_answer(line, f"{where}:{number}", name)
    else:
        yield from inside(text, where, name)


def line_answer(line: str, where: str, name: str | None) -> Iterator[Answer]:
    """The answer of one line; of one that is cut short, its whole claims."""
    value = value_of(line)
    if isinstance(value, (dict, list)):
        yield from answer_of(value, where, name)
    else:
        yield from inside(line, where, name)


def inside(text: str, where: str, name: str | None) -> Iterator[Answer]:
    """The answer that a text holds among other words; of one that is cut short, its whole claims."""
    for begin in (m.start() for m in OBJECT.finditer(text)):
        try:
            value, _ = json.JSONDecoder().raw_decode(text, begin)
        except (ValueError, RecursionError):
            break
        yield from answer_of(value, where, name)
        return
    claims = list(whole_claims(text))
    if not claims:
        yield Broken(where, f"no JSON, or cut short: {text.strip()[:60]!r}")
        return
    yield Broken(where, f"cut short; the {len(claims)} claims before that are taken")
    named = NAMED.search(text)
    yield from answer_of({"document": json.loads(named[1]) if named else name, "claims": claims}, where, name)


def whole_claims(text: str) -> Iterator[Any]:
    """The claims of an answer that breaks off, up to the last whole one."""
    opened = CLAIMS.search(text)
    at, decoder = opened.end() if opened else len(text), json.JSONDecoder()
    while at < len(text):
        if text[at] in " \n\r\t,":
            at += 1
            continue
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value


def value_of(text: str) -> Any:
    """The JSON value of a text, None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def listed(value: Any) -> bool:
    """Whether a value is a list of answers rather than of claims."""
    return isinstance(value, list) and all(isinstance(v, dict) and "claims" in v for v in value) and bool(value)


def answer_of(value: Any, where: str, name: str | None) -> Iterator[Answer]:
    """One answer, its claims checked one by one."""
    if isinstance(value, list):
        value = {"claims": value}
    if not isinstance(value, dict) or not isinstance(value.get("claims"), list):
        yield Broken(where, 'no answer: it has no list "claims"')
        return
    document = value.get("document", name)
    if not isinstance(document, (str, int)) or isinstance(document, bool):
        yield Broken(where, 'names no "document"')
        return
    for key in value:
        if key not in Proposals.__struct_fields__:
            yield Broken(where, f"unknown field {str(key)!r}, ignored")
    claims: list[Proposal] = []
    for number, each in enumerate(value["claims"][:MOST], 1):
        for found in proposal_of(each, f"{where}, claim {number}"):
            if isinstance(found, Broken):
                yield found
            else:
                claims.append(found)
    if len(value["claims"]) > MOST:
        yield Broken(where, f"more than {MOST} claims; the rest is left out")
    yield Proposals(document=str(document), claims=claims)


def proposal_of(value: Any, where: str) -> Iterator[Proposal | Broken]:
    """One claim of an answer, and what is wrong with it."""
    if not isinstance(value, dict):
        yield Broken(where, "no object")
        return
    known = {k: plain(v) for k, v in value.items() if k in Proposal.__struct_fields__}
    for key in value:
        if key not in known:
            yield Broken(where, f"unknown field {str(key)!r}, ignored")
    long = next((k for k, v in known.items() if isinstance(v, str) and len(v) > LONGEST), None)
    if long is not None:
        yield Broken(where, f"{long} is longer than {LONGEST} characters")
        return
    try:
        yield msgspec.convert(known, Proposal)
    except msgspec.ValidationError as error:
        yield Broken(where, str(error))


def plain(value: Any) -> Any:
    """A figure as its words, and words of nothing as nothing."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return None if isinstance(value, str) and not value.strip() else value
