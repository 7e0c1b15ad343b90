"""The OpenAPI document, made from the table of addresses and the records they ask for and answer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from saksi.publish.refusals import MADE, described, reasons_asked
from saksi.publish.routes import CHANGES, QUESTIONS, Change, Question
from saksi.version import __version__

PREFIX = "/api"
OPENAPI = "/openapi.json"
WHERE = "#/components/schemas/{name}"
REFUSALS = {
    "400": "what was sent has not the form told here",
    "401": "nobody has logged in",
    "403": "this person may not",
    "404": "there is no such thing",
    "503": "too many long questions at once",
}


class Problem(msgspec.Struct, frozen=True):
    """An error as RFC 9457 writes it."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"


@lru_cache(maxsize=1)
def openapi() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    records = [Problem, *(q.gives for q in QUESTIONS), *(t for c in CHANGES for t in (c.asks, c.gives))]
    asked = [q.asks for q in QUESTIONS]
    _, components = msgspec.json.schema_components([*dict.fromkeys([*records, *asked])], ref_template=WHERE)
    paths: dict[str, Any] = {}
    for question in QUESTIONS:
        paths.setdefault(address(question), {})["get"] = asked_operation(question, components)
    for change in CHANGES:
        paths.setdefault(PREFIX + change.path, {})["post"] = change_operation(change)
    names = {q.asks.__name__ for q in QUESTIONS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Saksi", "version": __version__,
                 "description": "A ledger of claims. The columns of a claim are those of `saksi read --format jsonl`."},
        "paths": paths,
        "components": {
            "schemas": {k: v for k, v in components.items() if k not in names},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }  # fmt: skip


def address(question: Question) -> str:
    """The address of a question in the API."""
    return PREFIX + ("/overview" if question.path == "/" else question.path)


def asked_operation(question: Question, components: dict[str, Any]) -> dict[str, Any]:
    """A question as an operation."""
    record = components[question.asks.__name__]
    parameters = []
    for name, schema in record.get("properties", {}).items():
        within = "path" if f"{{{name}}}" in question.path else "query"
        told = {k: v for k, v in schema.items() if k not in ("default", "description")}
        parameter = {"name": name, "in": within, "schema": told, "required": within == "path" or name in
                     record.get("required", ())}  # fmt: skip
        if "description" in schema:
            parameter["description"] = schema["description"]
        parameters.append(without_null(parameter))
    return {
        "operationId": question.name, "summary": question.says, "parameters": parameters,
        "responses": {"200": answer(question.gives.__name__, "the answer"),
                      **refusals(reasons_asked(question.asks))},
    }  # fmt: skip


def without_null(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter of an address is left out, never null."""
    schema = parameter["schema"]
    if "anyOf" in schema:
        kinds = [s for s in schema["anyOf"] if s.get("type") != "null"]
        parameter["schema"] = kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if "enum" in parameter["schema"]:
        parameter["schema"] = {**parameter["schema"], "enum": [v for v in parameter["schema"]["enum"] if v is not None]}
    return parameter


def change_operation(change: Change) -> dict[str, Any]:
    """A change as an operation."""
    body = {"$ref": WHERE.format(name=change.asks.__name__)}
    return {
        "operationId": change.name, "summary": f"{change.says} (takes a {change.role})",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"201": answer(change.gives.__name__, "what was kept"),
                      **refusals(MADE[change.name], "413", "415")},
    }  # fmt: skip


def answer(name: str, says: str) -> dict[str, Any]:
    """An answer of a record's form."""
    return {"description": says, "content": {"application/json": {"schema": {"$ref": WHERE.format(name=name)}}}}


def refusals(reasons: tuple[str, ...], *more: str) -> dict[str, Any]:
    """The answers that are problems, with the reasons why what has the right form may be refused."""
    others = {"422": described(reasons), **dict.fromkeys(more, "the body is too large, or no JSON")}
    problem = {"application/problem+json": {"schema": {"$ref": WHERE.format(name="Problem")}}}
    return {status: {"description": says, "content": problem} for status, says in {**REFUSALS, **others}.items()}
