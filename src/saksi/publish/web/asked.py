"""From a request to the record that a question or a change asks for; what is wrong is said with its name."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec

from saksi.errors import UsageError

KNOWN: dict[type[Any], dict[str, msgspec.structs.FieldInfo]] = {}  # working them out takes longer than an answer
CLAIM = re.compile(r"c_[0-9a-f]{6,}")


class MalformedError(UsageError):
    """What was sent has not the form that the OpenAPI document tells."""


def asked_of(asks: type[Any], given: Iterable[tuple[str, str]], path: Mapping[str, Any], *, strict: bool) -> Any:
    """The parameters of an address as a record. Raises MalformedError that names the parameter.

    A page's form sends its empty fields along: they are left out, unless `strict`.
    """
    fields = fields_of(asks)
    values: dict[str, Any] = {k: v for k, v in path.items() if k in fields}
    for name, value in given:
        if name not in fields or name in path or (not value.strip() and not strict):
            continue
        if value == "null" and not is_text(fields[name].type):
            raise MalformedError(f"{name}: leave it out where there is nothing to say")
        if is_list(fields[name].type):
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    return converted(asks, values)


def form_of(asks: type[Any], given: Sequence[tuple[str, str]]) -> Any:
    """The fields of a form as a record.

    Marks of a claim stand as span_FIELD = START-END and mark_FIELD = what the words mean; a claim may be named by
    the address of its page.
    """
    fields = fields_of(asks)
    values: dict[str, Any] = {}
    spans = {name.removeprefix("span_"): value for name, value in given if name.startswith("span_")}
    for name, value in given:
        if name.startswith("mark_") and value.strip() and "marks" in fields:
            field = name.removeprefix("mark_")
            values.setdefault("marks", []).append(mark_of(field, spans.get(field, ""), value))
        elif name not in fields:
            continue
        elif is_list(fields[name].type):
            values.setdefault(name, []).append(claim_in(value) if name == "claims" else value)
        elif value.strip() or name == "value":
            values[name] = value
    return converted(asks, values)


def fields_of(asks: type[Any]) -> dict[str, msgspec.structs.FieldInfo]:
    """The fields of a record by the names they are sent under."""
    if asks not in KNOWN:
        KNOWN[asks] = {f.encode_name: f for f in msgspec.structs.fields(asks)}
    return KNOWN[asks]


def mark_of(field: str, span: str, meaning: str) -> dict[str, str]:
    """A mark as a form sends it: the words 12-20, and what they mean."""
    start, _, end = span.partition("-")
    return {"field": field, "start": start.strip(), "end": end.strip(), "value": meaning.strip()}


def claim_in(value: str) -> str:
    """The id of a claim, from itself or from an address that names it."""
    found = CLAIM.findall(value)
    return str(found[-1]) if found else value


def converted(asks: type[Any], values: dict[str, Any]) -> Any:
    """Texts as a record."""
    try:
        return msgspec.convert(values, asks, strict=False)
    except msgspec.ValidationError as error:
        raise MalformedError(plainly(error)) from None


def decoded(asks: type[Any], body: bytes) -> Any:
    """A JSON body as a record. Raises MalformedError that names the field."""
    try:
        return msgspec.convert(whole(msgspec.json.decode(body)), asks)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MalformedError(plainly(error)) from None


def whole(value: Any) -> Any:
    """A decoded body with numbers like 3.0 as the whole numbers that they are in JSON."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {k: whole(v) for k, v in value.items()}
    return [whole(v) for v in value] if isinstance(value, list) else value


def plainly(error: Exception) -> str:
    """An error of a record with the name of the field before it."""
    message, _, where = str(error).partition(" - at `$")
    name = where.strip("`.")
    return f"{name}: {message}" if name else message


def is_list(hint: Any) -> bool:
    """Whether a field holds several values."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, types.UnionType):
        return any(is_list(part) for part in get_args(hint))
    return get_origin(hint) in (tuple, list)


def is_text(hint: Any) -> bool:
    """Whether a field holds words."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return hint is str or any(is_text(part) for part in get_args(hint) if part is not Ellipsis)
