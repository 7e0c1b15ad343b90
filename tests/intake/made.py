"""Files of each kind, made from words by the tests, so that none lies in the repository."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(pages: Iterable[list[str]], title: str | None = None, packed: bool = False) -> bytes:
    """A PDF file with these lines on its pages; a page without lines is a picture's."""
    bodies: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    bodies.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        bodies += page_objects(lines, len(bodies) + 1, packed)
        kids.append(f"{len(bodies) - 1} 0 R")
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    bodies.append(f"<< /Title ({title or ''}) >>".encode("latin-1"))
    return file_of(bodies)


def page_objects(lines: list[str], number: int, packed: bool) -> list[bytes]:
    """A page and its contents; `number` is the page's."""
    marks = {"\\": "\\\\", "(": "\\(", ")": "\\)"}
    shown = ("".join(marks.get(c, c) for c in line) for line in lines)
    drawn = "BT /F1 11 Tf 14 TL 60 780 Td " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
    data = drawn.encode("cp1252") if lines else b"0 0 612 792 re f"
    packing = b" /Filter /FlateDecode" if packed else b""
    data = zlib.compress(data) if packed else data
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] /Contents {number + 1} 0 R "
        "/Resources << /Font << /F1 3 0 R >> >> >>"
    )
    return [page.encode(), b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(data), packing, data)]


def file_of(bodies: list[bytes]) -> bytes:
    """Objects numbered from 1, with the table that says where each begins."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(bodies) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, size - 1, len(out))
    )


def docx(body: str, title: str | None = None, **parts: bytes) -> bytes:
    """A Word file with this body; `paragraph` and `table` make bodies."""
    head = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}{body}</w:body></w:document>")
        if title:
            core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
            dc = "http://purl.org/dc/elements/1.1/"
            archive.writestr(
                "docProps/core.xml",
                f'<c:p xmlns:c="{core}" xmlns:d="{dc}"><d:title>{escape(title)}</d:title></c:p>',
            )
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def paragraph(*runs: str) -> str:
    """A paragraph of runs, as Word cuts them."""
    return "<w:p>" + "".join(f"<w:r><w:t>{escape(run)}</w:t></w:r>" for run in runs) + "</w:p>"


def table(*rows: list[str]) -> str:
    """A table of rows."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def record(kind: str, heads: dict[str, str], body: bytes) -> bytes:
    """One record of a web archive."""
    every = {"WARC-Type": kind, **heads, "Content-Length": str(len(body))}
    lines = "".join(f"{k}: {v}\r\n" for k, v in every.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + body + b"\r\n\r\n"


def fetched(address: str, body: bytes, kind: str = "text/html", status: str = "200 OK", **heads: str) -> bytes:
    """The record of a page that was fetched."""
    said = {"Content-Type": kind, **{k.replace("_", "-"): v for k, v in heads.items()}}
    http = f"HTTP/1.1 {status}\r\n" + "".join(f"{k}: {v}\r\n" for k, v in said.items()) + "\r\n"
    about = {
        "WARC-Record-ID": f"<urn:uuid:{zlib.crc32(address.encode()):032x}>",
        "WARC-Target-URI": address,
        "WARC-Date": "2024-06-09T04:05:06Z",
        "Content-Type": "application/http; msgtype=response",
    }
    return record("response", about, http.encode() + body)


def page(title: str, *sentences: str, day: str | None = None, heads: str = "") -> bytes:
    """A page of a news site, with a menu and related links around its article."""
    told = f'<meta property="article:published_time" content="{day}T08:00:00+07:00">' if day else ""
    body = "".join(f"<p>{escape(s)}</p>" for s in sentences)
    return (
        f"<!doctype html><html><head><title>{escape(title)}</title>{told}{heads}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<article><h1>{escape(title)}</h1>{body}</article><footer>All rights reserved</footer></body></html>"
    ).encode()
