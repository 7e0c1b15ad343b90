"""Broken, empty and hostile files: one clear line each, bounded memory and time, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import os
import random
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from saksi import Document
from saksi.intake.bounds import UNPACKED
from saksi.intake.document import Given
from saksi.intake.files import Refused, read_files
from tests.conftest import missing
from tests.intake import made
from tests.intake.test_files import NIGHT, put
from tests.test_cli import saksi

GOOD_PAGE = made.page("Two killed in Goma", NIGHT, "Nobody else was hurt in the attack.")
BILLION = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><w:document xmlns:w="' + made.WORD + '"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:body></w:document>'
)  # fmt: skip


def zipped(**parts: bytes) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF file that asks for a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(made.pdf([[NIGHT]]))))
    writer.encrypt("secret", "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.pdf": (lambda: b"", "is empty"),
    "scan.pdf": (lambda: made.pdf([[], []]), "has no text: its pages are pictures"),
    "half.pdf": (lambda: made.pdf([[NIGHT]])[:200], "half.pdf is damaged"),
    "words.pdf": (lambda: NIGHT.encode(), "words.pdf is damaged"),
    "locked.pdf": (locked_pdf, "locked.pdf is encrypted: open it with its password"),
    "half.docx": (lambda: made.docx(made.paragraph(NIGHT))[:150], "half.docx is damaged"),
    "broken.docx": (lambda: zipped(word__document_xml=b"<w:document"), "broken.docx is damaged"),
    "sheet.docx": (lambda: zipped(xl__workbook_xml=b"<x/>"), "is a zip file, and no Word file"),
    "pictures.docx": (lambda: made.docx("<w:p/>"), "has no text: what it shows are pictures"),
    "laughs.docx": (lambda: zipped(word__document_xml=BILLION.encode()), "declares XML entities"),
    "bomb.docx": (lambda: zipped(word__document_xml=b" " * (UNPACKED + 2)), "unpacks to more than 64,000,000 bytes"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "is a file of an old Office"),
    "sheet.xlsx": (lambda: zipped(xl__workbook_xml=b"<x/>"), "is a zip file: unpack it"),
    "photo.jpg": (lambda: b"\xff\xd8\xff\xe0" + bytes(99), "is a picture"),
    "notes.txt.gz": (lambda: gzip.compress(b"two"), "is packed: unpack it"),
    "none.eml": (lambda: b"\n\njust words\n", "is no mail"),
    "bare.eml": (lambda: b"Subject: nothing\n\n", "says nothing"),
    "none.warc": (lambda: NIGHT.encode() * 50, "is no web archive"),
    "no.csv": (lambda: b"a,b\n1,2\n", "has no column 'text'; its columns are a, b. Name the one meant: --text-column"),
    "hole.csv": (lambda: b"id,text\n1,\n", "hole.csv: row 2: `text` is empty"),
    "day.csv": (lambda: b"text,published\nTwo died.,17/5/2024\n", "row 2: `published` '17/5/2024' is not a date"),
    "latin.csv": (lambda: "text\nTwo died in Côte.\n".encode("latin-1"), "Say which encoding it is"),
    "half.parquet": (lambda: b"PAR1" + bytes(40), "is no sound Parquet file"),
}


def refusals(path: Path) -> list[str]:
    """The reasons for which a file's documents are refused."""
    return [d.reason for d in read_files([str(path)], Given()) if isinstance(d, Refused)]


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_one_line_that_names_it_and_the_way_out(name: str, tmp_path: Path) -> None:
    make, message = BAD[name]
    path = put(tmp_path, name, make())
    (reason,) = refusals(path)
    assert message in reason
    assert str(path) in reason
    assert "\n" not in reason


def test_bad_files_leave_the_good_ones_read(tmp_path: Path) -> None:
    bad = [put(tmp_path, name, BAD[name][0]()) for name in ("scan.pdf", "half.docx", "none.warc", "no.csv")]
    good = put(tmp_path, "good.pdf", made.pdf([[NIGHT]]))
    done = saksi("read", *bad, good, "--ledger", tmp_path / "war.db")
    assert (done.returncode, done.stderr.count("\n")) == (2, 4)
    assert "1 document read, 1 claim added, 4 refused" in done.stdout


def test_a_file_that_only_its_owner_may_change_is_read(tmp_path: Path) -> None:
    """Many offices lock their PDF files against change; they open without a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(made.pdf([[NIGHT]]))))
    writer.encrypt("", "owner", algorithm="AES-256")
    with (tmp_path / "office.pdf").open("wb") as out:
        writer.write(out)
    assert refusals(tmp_path / "office.pdf") == []


def test_pages_that_are_scans_are_named_and_the_others_read(tmp_path: Path) -> None:
    given = Given()
    (document,) = read_files([str(put(tmp_path, "part.pdf", made.pdf([[NIGHT], [], []])))], given)
    assert isinstance(document, Document)
    assert document.text.count("\f") == 2
    assert [line.partition(": ")[2] for line in given.ignored] == [
        "no text on page 2, 3; where these are scans, run text recognition on it (OCR)"
    ]


def test_an_extra_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("pypdf", "pyarrow", "pyarrow.parquet", "fastwarc.warc"):
        monkeypatch.setitem(sys.modules, library, None)
    for name, data in (("a.pdf", made.pdf([[NIGHT]])), ("a.parquet", b"PAR1"), ("a.warc", b"WARC/1.0")):
        (reason,) = refusals(put(tmp_path, name, data))
        assert "pip install 'saksi[files]'" in reason


def test_a_place_without_rights_is_one_line(tmp_path: Path) -> None:
    """The process gives its rights away first, since the superuser may open everything."""
    closed = tmp_path / "closed"
    closed.mkdir()
    put(closed, "a.txt", NIGHT.encode())
    closed.chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    code = (
        "import os, sys\nfrom saksi.intake.files import read_files\nfrom saksi.intake.document import Given\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "print([d.reason for d in read_files([sys.argv[1]], Given())])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(closed / "a.txt")], capture_output=True, text=True, check=False
    )
    closed.chmod(0o700)
    assert "a.txt cannot be read: Permission denied" in done.stdout, done.stderr


def test_a_damaged_record_of_an_archive_leaves_the_others(tmp_path: Path) -> None:
    packed = b"\x1f\x8b" + bytes(random.Random(7).randbytes(60))
    records = [
        made.fetched("https://news.example/a", GOOD_PAGE),
        made.fetched("https://news.example/b", packed, Content_Encoding="gzip"),
        made.fetched("https://news.example/c", b"<html></html>"),
        made.fetched("https://news.example/d", GOOD_PAGE),
    ]
    path = put(tmp_path, "crawl.warc.gz", b"".join(gzip.compress(r) for r in records))
    found = list(read_files([str(path)], Given()))
    assert [type(d).__name__ for d in found] == ["Document", "Refused", "Refused", "Document"]
    torn = put(tmp_path, "torn.warc.gz", path.read_bytes()[:-80])
    assert isinstance(next(iter(read_files([str(torn)], Given()))), Document)


def test_bombs_do_not_fill_the_memory(tmp_path: Path) -> None:
    """A gigabyte behind a megabyte, as a record, a page of a PDF file and a part of a Word file."""
    if not Path("/proc/self/status").exists():
        missing("/proc")
    huge = gzip.compress(bytes(1_000_000_000), 9)
    put(tmp_path, "bomb.warc", made.fetched("https://news.example/a", huge, Content_Encoding="gzip"))
    put(tmp_path, "bomb.warc.gz", gzip.compress(made.fetched("https://news.example/a", bytes(400_000_000))))
    put(tmp_path, "bomb.docx", zipped(word__document_xml=bytes(400_000_000)))
    code = (
        "import pathlib, re, sys\nfrom saksi.intake.files import read_files\nfrom saksi.intake.document import Given\n"
        "assert all(type(d).__name__ == 'Refused' for d in read_files(sys.argv[1:], Given()))\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])"
    )
    names = [str(tmp_path / n) for n in ("bomb.warc", "bomb.warc.gz", "bomb.docx")]
    done = subprocess.run([sys.executable, "-c", code, *names], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 500_000  # kilobytes


def parquet() -> bytes:
    """A Parquet file of two rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.table({"id": ["1", "2"], "text": ["Two died.", "Five died."]}), out)
    return out.getvalue()


SOUND: dict[str, Callable[[], bytes]] = {
    "a.pdf": lambda: made.pdf([[NIGHT], ["Five were killed."]], packed=True),
    "a.docx": lambda: made.docx(made.paragraph(NIGHT) + made.table(["Goma", "12"])),
    "a.warc": lambda: made.fetched("https://news.example/a", GOOD_PAGE),
    "a.warc.gz": lambda: gzip.compress(made.fetched("https://news.example/a", GOOD_PAGE)),
    "inside.docx": lambda: zipfile.ZipFile(io.BytesIO(SOUND["a.docx"]())).read("word/document.xml"),
    "inside.warc.gz": lambda: SOUND["a.warc"](),
    "plain.pdf": lambda: made.pdf([[NIGHT], ["Five were killed."], ["Page 3 of 3"]], "A report of the army"),
    "a.html": lambda: GOOD_PAGE,
    "a.jsonl": lambda: b'{"id": "1", "text": "Two died.", "published": "2024-05-17"}\n{"text": "Five died."}\n',
    "a.parquet": parquet,
    "a.csv": lambda: b'id,text\n1,"Two died."\n',
    "a.eml": lambda: b"Subject: =?utf-8?q?Two?=\nDate: Fri, 17 May 2024 10:00:00 +0700\n\nTwo died.\n",
}


PACKING: dict[str, Callable[[bytes], bytes]] = {  # what is changed before it is packed, to come further in
    "inside.docx": lambda data: zipped(word__document_xml=data),
    "inside.warc.gz": lambda data: gzip.compress(data, 1),
}


def changed(sound: bytes, name: str) -> Iterator[bytes]:
    """Sixty changed copies of some bytes, the same each time (`make fuzz`: many more)."""
    chance = random.Random(name)
    for _ in range(int(os.environ.get("SAKSI_FUZZ", "60"))):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 12)):
            at = chance.randrange(len(data))
            kind = chance.random()
            if kind < 0.6:
                data[at] = chance.randrange(256)
            elif kind < 0.8:  # a stretch told again
                data[at:at] = data[chance.randrange(len(data)) :][: chance.randint(1, 200)]
            else:  # a number grows
                data[at:at] = bytes(chance.choice(b"0123456789") for _ in range(chance.randint(1, 9)))
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        yield bytes(data or b"x")


@pytest.mark.parametrize("name", sorted(SOUND))
def test_bytes_changed_at_random_never_crash_or_hang(name: str, tmp_path: Path) -> None:
    pack = PACKING.get(name, bytes)
    for data in changed(SOUND[name](), name):
        path = put(tmp_path, name, pack(data))
        begun = time.process_time()
        for each in read_files([str(path)], Given()):
            assert isinstance(each, (Document, Refused))
        assert time.process_time() - begun < 2
