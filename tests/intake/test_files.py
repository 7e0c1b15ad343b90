"""Each kind of file becomes documents that keep where they came from."""

from __future__ import annotations

import email.message
import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from saksi import Document
from saksi.intake.document import Given, page_of
from saksi.intake.files import Refused, read_files
from tests.intake import made
from tests.test_cli import saksi

NIGHT = "Two soldiers were killed in Goma on Tuesday night, the army said."


def documents(path: Path, given: Given | None = None) -> list[Document]:
    """The documents of a file, none of them refused."""
    found = list(read_files([str(path)], given or Given()))
    assert not [d for d in found if isinstance(d, Refused)], found
    return [d for d in found if isinstance(d, Document)]


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_pdf_keeps_its_pages_and_loses_heads_feet_and_split_words(tmp_path: Path) -> None:
    pages = [
        ["Ministry of Example - Weekly report 7", NIGHT, "Page 1 of 3"],
        [
            "Ministry of Example - Weekly report 7",
            "The spokesman added that twelve more soldiers of the bri-",
            "gade were injured in the same attack and that air-to-",
            "air missiles were not used by anybody in that night.",
            "Page 2 of 3",
        ],
        ["Ministry of Example - Weekly report 7", "Five rebels were detained near Sake on Friday.", "Page 3 of 3"],
    ]
    (document,) = documents(put(tmp_path, "week.pdf", made.pdf(pages, "Weekly report of the ministry", packed=True)))
    assert document.text.split("\f") == [
        NIGHT,
        "The spokesman added that twelve more soldiers of the brigade were injured in the same attack and that air-to-"
        "air missiles were not used by anybody in that night.",
        "Five rebels were detained near Sake on Friday.",
    ]
    assert (document.title, document.taken_from) == ("Weekly report of the ministry", "week.pdf")
    assert page_of(document.text, document.text.index("Five")) == 3


def test_a_claim_of_a_pdf_says_its_page(tmp_path: Path) -> None:
    pages = [[NIGHT], ["Five rebels were killed near Sake on Friday."]]
    path = put(tmp_path, "week.pdf", made.pdf(pages))
    saksi("read", path, "--ledger", tmp_path / "war.db", "--published", "2024-05-17")
    rows = [
        json.loads(r) for r in saksi("claims", "--ledger", tmp_path / "war.db", "--format", "jsonl").stdout.splitlines()
    ]
    shown = {r["low"]: saksi("explain", r["id"], "--ledger", tmp_path / "war.db").stdout.splitlines()[-1] for r in rows}
    assert shown == {2: "week.pdf, page 1", 5: "week.pdf, page 2"}


def test_a_number_that_only_looks_like_a_page_stays(tmp_path: Path) -> None:
    """Lines alike on each page whose numbers do not count the pages tell something."""
    pages = [[f"{n} soldiers were killed in Goma.", NIGHT] for n in (4, 9, 2)]
    (document,) = documents(put(tmp_path, "days.pdf", made.pdf(pages)))
    assert [p.split(" ")[0] for p in document.text.split("\f")] == ["4", "9", "2"]


def test_a_word_file_keeps_paragraphs_rows_and_what_was_put_in(tmp_path: Path) -> None:
    struck = "<w:p><w:r><w:t>Three</w:t></w:r><w:del><w:r><w:delText>Four</w:delText></w:r></w:del></w:p>"
    body = made.paragraph("Two sold", "iers were killed.") + made.table(["Goma", "12"], ["Sake", "3"]) + struck
    path = put(tmp_path, "note.docx", made.docx(body, "Note for the press"))
    (document,) = documents(path)
    assert document.text == "Two soldiers were killed.\n\nGoma | 12\n\nSake | 3\n\nThree"
    assert (document.title, document.taken_from) == ("Note for the press", "note.docx")


def test_a_mail_gives_its_words_and_each_attachment(tmp_path: Path) -> None:
    mail = email.message.EmailMessage()
    mail["Subject"], mail["From"] = "Serangan di Nduga", "Pena <pena@example.org>"
    mail["Date"] = datetime(2024, 5, 17, 23, 30, tzinfo=UTC)
    mail["Message-ID"] = "<17@example.org>"
    mail.set_content("Dua prajurit tewas di Nduga, Kamis (16/5).\n")
    mail.add_attachment(made.pdf([[NIGHT]]), maintype="application", subtype="pdf", filename="week.pdf")
    mail.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="logo.png")
    said, attached = documents(put(tmp_path, "press.eml", mail.as_bytes()))
    assert said.text.strip() == "Dua prajurit tewas di Nduga, Kamis (16/5)."
    assert (said.title, said.ref, said.publisher) == ("Serangan di Nduga", "<17@example.org>", None)
    assert (said.published, said.published_basis) == (date(2024, 5, 17), "mail")
    assert (attached.text, attached.taken_from) == (NIGHT, "press.eml, week.pdf")


def test_a_mail_of_html_alone_is_read(tmp_path: Path) -> None:
    mail = email.message.EmailMessage()
    mail["Subject"] = "Note"
    mail.set_content(made.page("Note", NIGHT, "Nobody else was hurt in the attack.").decode(), subtype="html")
    (document,) = documents(put(tmp_path, "note.eml", mail.as_bytes()))
    assert NIGHT in document.text


def test_an_archive_gives_its_pages_and_counts_the_rest(tmp_path: Path) -> None:
    first = made.page("Two killed in Goma", NIGHT, "Nobody else was hurt in the attack.", day="2024-06-08")
    second = made.page("Five killed in Sake", "Five soldiers were killed in Sake.", "Nobody was detained after it.")
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(second), second)
    records = [
        made.record("warcinfo", {"Content-Type": "application/warc-fields"}, b"software: test\r\n"),
        made.fetched("https://news.example/goma", gzip.compress(first), Content_Encoding="gzip"),
        made.fetched("https://news.example/sake", chunks, Transfer_Encoding="chunked"),
        made.fetched("https://news.example/old", b"", status="301 Moved"),
        made.fetched("https://news.example/map.png", b"\x89PNG", "image/png"),
        made.fetched("https://army.example/week.pdf", made.pdf([[NIGHT]]), "application/pdf"),
    ]
    given = Given()
    path = put(tmp_path, "crawl.warc.gz", b"".join(gzip.compress(r) for r in records))
    goma, sake, week = documents(path, given)
    assert (goma.url, goma.published, goma.published_to) == ("https://news.example/goma", date(2024, 6, 8), None)
    assert (sake.published, sake.published_to) == (None, date(2024, 6, 9))
    assert goma.taken_from is not None
    assert goma.taken_from.startswith("crawl.warc.gz, record urn:uuid:")
    assert "Nobody was detained" in sake.text
    assert (week.text, week.url) == (NIGHT, "https://army.example/week.pdf")
    assert list(given.ignored.values()) == [2]
    plain = put(tmp_path, "crawl.warc", b"".join(records))
    assert [d.id for d in documents(plain)] == [goma.id, sake.id, week.id]


ROWS: list[dict[str, str | None]] = [
    {"id": "7", "body": "Two soldiers were killed in Goma.\nOne was hurt.", "day": "2024-05-17", "sort": "x"},
    {"id": "8", "body": "Lima orang, termasuk anak, tewas di Sake.", "day": None, "sort": "y"},
]


@pytest.mark.parametrize("name", ["rows.csv", "semicolons.csv", "rows.tsv", "rows.parquet", "rows.jsonl"])
def test_rows_of_every_table_are_the_same_documents(name: str, tmp_path: Path) -> None:
    found = documents(table(tmp_path, name), Given(text_column="body", date_column="day"))
    assert [(d.ref, d.text) for d in found] == [(r["id"], r["body"]) for r in ROWS]
    assert [d.published for d in found] == [date(2024, 5, 17), None]
    first = 1 if name in ("rows.parquet", "rows.jsonl") else 2
    word = "line" if name == "rows.jsonl" else "row"
    assert [d.taken_from for d in found] == [f"{name}, {word} {n}" for n in (first, first + 1)]


def table(folder: Path, name: str) -> Path:
    """The rows as a table of one kind."""
    import csv

    path = folder / name
    if name.endswith(".parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = {k: [r[k] for r in ROWS] for k in ROWS[0]}
        columns["day"] = [date.fromisoformat(d) if d else None for d in columns["day"]]  # type: ignore[misc]
        pq.write_table(pa.table(columns), path)
    elif name.endswith(".jsonl"):
        path.write_text("".join(json.dumps(r) + "\n" for r in ROWS))
    else:
        mark = "\t" if name.endswith(".tsv") else ";" if "semi" in name else ","
        with path.open("w", newline="", encoding="utf-8-sig") as lines:
            writer = csv.DictWriter(lines, list(ROWS[0]), delimiter=mark)
            writer.writeheader()
            writer.writerows(ROWS)
            lines.write(mark * 3 + "\n")
    return path


def test_columns_are_named_on_the_command_line(tmp_path: Path) -> None:
    options = ("--text-column", "body", "--date-column", "day", "--format", "jsonl")
    done = saksi("read", table(tmp_path, "rows.parquet"), *options)
    cells = [json.loads(line)["document"] for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert {c["taken_from"] for c in cells} == {"rows.parquet, row 1", "rows.parquet, row 2"}
    assert cells[0]["published"] == "2024-05-17"
