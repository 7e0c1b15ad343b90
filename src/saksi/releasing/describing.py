"""What a release says of itself: its method, how to cite it, and its data package."""

from __future__ import annotations

import re
from datetime import date
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
import yaml

from saksi.ledger.columns import Row
from saksi.reconcile.tallies import Tally
from saksi.registers.places.folding import fold
from saksi.releasing.choice import Credits
from saksi.releasing.codebook import meaning
from saksi.releasing.notes import UNSURE, WEAK
from saksi.version import __version__

NOBODY = "Those who keep this ledger"
TYPES = ((bool, "boolean"), (int, "integer"), (float, "number"), (str, "string"), (date, "date"))
MEDIA = {"jsonl": "application/jsonl", "csv": "text/csv", "md": "text/markdown", "json": "application/json"}


def citation(credits: Credits, version: str) -> bytes:
    """CITATION.cff."""
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below, with the version.",
        "type": "dataset",
        "title": credits.title,
        "authors": [{"name": name} for name in credits.author or (NOBODY,)],
        "version": version,
        **({"license": credits.license} if credits.license else {}),
        **({"date-released": credits.on} if credits.on else {}),
    }
    return yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=1000).encode()


def datapackage(credits: Credits, version: str, files: dict[str, tuple[str, int]]) -> bytes:
    """datapackage.json: every file with its hash and bytes, tables with their columns."""
    schemas: dict[str, Any] = {"claims.csv": Row, "tallies.csv": Tally}
    resources = []
    for path, (digest, size) in files.items():
        name, _, ending = path.lower().rpartition(".")
        about: dict[str, Any] = {"name": slug(f"{name}-{ending}" if path not in schemas else name), "path": path,
                                 "format": ending, "mediatype": MEDIA.get(ending, "text/plain"),
                                 "encoding": "utf-8", "hash": f"sha256:{digest}", "bytes": size}  # fmt: skip
        if ending == "json" or not size:
            about["type"] = "json" if size else "file"  # no table: one document, or nothing at all
        if path in schemas:
            about |= {"profile": "tabular-data-resource", "schema": table_schema(schemas[path])}
        resources.append(about)
    told: dict[str, Any] = {
        "profile": "data-package", "name": slug(credits.title), "title": credits.title, "version": version,
        "contributors": [{"title": name, "role": "author"} for name in credits.author or (NOBODY,)],
        **({"licenses": [{"name": credits.license}]} if credits.license else {}),
        "resources": resources,
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def slug(text: str) -> str:
    """A name of small letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "release"


def table_schema(record: Any) -> dict[str, Any]:
    """The columns of a record as a Table Schema."""
    hints = get_type_hints(record, include_extras=True)
    fields = [{"name": f, "type": field_type(hints[f]), "description": meaning(hints[f])} for f in hints]
    return {"fields": fields, "missingValues": [""]}


def field_type(hint: Any) -> str:
    """The type of a column: of what is nested, array or object, as JSON text."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, UnionType):
        hint = next(a for a in get_args(hint) if a is not type(None))
    if get_origin(hint) in (list, tuple):
        return "array"
    return next((name for type, name in TYPES if hint is type), "object")


def method(credits: Credits, about: dict[str, Any], rows: list[Row]) -> bytes:
    """method.md: what was chosen, by what it was read, and how to take the files."""
    selection = ", ".join(f"{name} {value}" for name, value in about["selection"].items()) or "everything"
    counts = "\n".join(f"| `{name}` | {many} |" for name, many in about["counts"].items())
    presumed = "\n".join(
        f"| {field} | "
        + " | ".join(str(sum(getattr(row, column) == ground for row in rows)) for ground in UNSURE)
        + " |"
        for column, field in WEAK.items()
    )
    readings = "\n".join(f"- `{reading}`" for reading in about["readings"]) or "- none"
    return METHOD.format(title=credits.title, version=__version__, registers=about["registers"], selection=selection,
                         counts=counts, claims=len(rows), presumed=presumed, readings=readings).encode()  # fmt: skip


METHOD = """# {title}

Made with Saksi {version} from a ledger of claims. Chosen: {selection}.

| file | records |
| --- | --- |
{counts}

- `claims.jsonl` and `claims.csv` hold the same: each claim **as it was read**, with the words it stands on. A claim is
  one speaker, in one document, saying that one thing happened; it is no fact.
- `judgements.jsonl` is what people judged of claims: struck through (`wrong`), corrected, accepted, same, different.
  Nobody is named. Claims are never changed by it.
- `tallies.jsonl` and `tallies.csv`, `incidents.jsonl` and `contradictions.jsonl` are **reconciled**: they follow from
  the claims and judgements here, corrections applied, those struck through left out. `saksi verify` makes them again.
- `documents.jsonl` names each document by the SHA-256 of its text; the text is there only where whoever published says
  that it may be. Offsets count code points of that text.
- `tombstones.jsonl` names documents that were erased, or of which words were.
- `codebook.md` and `claim.schema.json` say what each column means. Texts in CSV that begin with = + - @ have an
  apostrophe before them.

Of {claims} claims these fields are presumed, which no words of the page give, or proposed, which a second reader alone
takes from them:

| field | presumed | proposed |
| --- | --- | --- |
{presumed}

Readers (hashes of reader, language and register versions), and registers `{registers}`:

{readings}
"""
