"""Answers as JSON, CSV and problems; an answer that the asker has already is not sent again."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from saksi.ledger.cells import cell
from saksi.publish.api import Problem

VARY = "cookie, accept-language"
TITLES = {400: "Bad request", 401: "Not logged in", 403: "Not allowed", 404: "Not found", 405: "Method not allowed",
          413: "Too large", 415: "No JSON", 422: "Makes no sense", 429: "Too many requests",
          500: "Our fault", 503: "Too much at once"}  # fmt: skip


def tagged(request: Request, body: bytes, media_type: str, status: int = 200) -> Response:
    """An answer with its tag; 304 and no body where the asker has it."""
    tag = '"' + hashlib.sha256(body).hexdigest()[:32] + '"'
    told = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if status == 200 and tag in told:
        return Response(status_code=304, headers={"etag": tag, "vary": VARY})
    headers = {"etag": tag, "vary": VARY}
    return Response(body, status, media_type=media_type, headers=headers)


def as_json(request: Request, answer: Any, status: int = 200) -> Response:
    """An answer as JSON."""
    return tagged(request, msgspec.json.encode(answer), "application/json", status)


def as_csv(request: Request, name: str, rows: list[Any]) -> Response:
    """The rows of an answer as CSV, nested columns as JSON text; no cell is a formula (OWASP, CSV injection)."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    if rows:
        fields = rows[0].__struct_fields__
        writer.writerow(fields)
        for row in rows:
            writer.writerow([cell(getattr(row, f)) for f in fields])
    disposition = f'attachment; filename="{name}.csv"'
    answer = tagged(request, made.getvalue().encode(), "text/csv; charset=utf-8")
    answer.headers["content-disposition"] = disposition
    return answer


def problem(status: int, detail: str, **headers: str) -> Response:
    """An error as problem+json (RFC 9457)."""
    body = msgspec.json.encode(Problem(TITLES.get(status, "Error"), status, detail))
    return Response(body, status, media_type="application/problem+json", headers=headers)
