"""Each page's commands, in their order, in a folder that holds what the page speaks of.

Pages with printed output (README, tutorial, contributing) are in `tests/test_docs.py`, that of exports and releases in
`tests/releasing/test_documented.py`.
"""

from __future__ import annotations

import json
import re
import shutil
from importlib.util import find_spec
from pathlib import Path

from saksi import Ledger, Reader
from tests.conftest import ROOT, missing
from tests.documented.shown import answers, free_port, pages, run, running, shown, swapped
from tests.fetching.server import serving
from tests.intake import made
from tests.proposing.models import documents, right, saying, served
from tests.releasing.made import made_ledger
from tests.stores.conftest import new_database
from tests.stores.conftest import server as server  # PostgreSQL, where it is installed

ELSEWHERE = {
    **dict.fromkeys(("README.md", "CONTRIBUTING.md", "docs/tutorial.md"), "tests/test_docs.py"),
    "docs/publish.md": "tests/releasing/test_documented.py",
}  # fmt: skip
HERE = {
    "docs/intake.md", "docs/models.md", "docs/scale.md", "docs/page.md", "docs/adding-a-source-or-actor.md",
}  # fmt: skip
KILLED = "Two soldiers were killed near Goma on 1 June 2024, the army said."
SECRET = "a long enough secret"


def test_every_page_that_shows_commands_is_run() -> None:
    assert {page for page in pages() if shown(page)} == HERE | set(ELSEWHERE)
    for page, test in ELSEWHERE.items():
        assert Path(page).name in (ROOT / test).read_text("utf-8"), page


def test_taking_things_in(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(made.pdf([[KILLED]]))
    (tmp_path / "note.docx").write_bytes(made.docx(made.paragraph("Five rebels were killed in Sake on 2 June 2024.")))
    (tmp_path / "press.eml").write_text(f"Date: Sun, 2 Jun 2024 08:00:00 +0000\nSubject: Sake\n\n{KILLED} In Sake.\n")
    page = made.page("Kutum", "Four people were killed in Kutum on Monday, police said.", day="2024-06-04")
    (tmp_path / "crawl.warc.gz").write_bytes(made.fetched("https://kutum.example/a", page))
    (tmp_path / "rows.csv").write_text("body,date\nThree soldiers were killed in Marib.,2024-06-03\n")
    with serving() as site:
        site.says("/goma", made.page("Two killed in Goma", KILLED, day="2024-06-01"))
        site.says("/week.pdf", made.pdf([["Six fighters were killed in Baquba, the army said."]]), "application/pdf")
        site.says("/a", made.page("Nine killed in Djugu", "Nine people were killed in Djugu."))
        site.says("/releases/latest", made.page("Week", "Seven insurgents were killed in Kunduz on 3 June 2024."))
        newsroom(tmp_path, site.base)
        item = f"<item><title>Djugu</title><link>{site.base}/a</link></item>"
        site.says("/rss.xml", f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "application/rss+xml")
        hosts = {"https://news.example": site.base, "https://army.example": site.base}
        for words in shown("docs/intake.md"):
            asking = "://" in " ".join(words) or words[1] == "watch"
            told = [*swapped(words, hosts), *(["--allow-private"] if asking else [])]
            if words[1] == "sources":
                expected(tmp_path)
            if words[1] == "watch" and "--once" not in words:
                with running(tmp_path, told) as process:
                    assert process.stdout is not None
                    lines = [process.stdout.readline()[18:].split("  ")[0] for _ in range(2)]
                    assert sorted(lines) == ["army", "goma-post"]
            else:
                run(tmp_path, told)
    assert Ledger.open(tmp_path / "war.db").counts()["documents"] == 9 + 4


def expected(folder: Path) -> None:
    """A source that has delivered what is expected of it, in the weeks that the page asks for."""
    (folder / "registers" / "sources").mkdir(parents=True)
    expects = "name: Ministry of Health\nexpects: {publishers: [Health Ministry], weekly: [1, 7], gap: 9}\n"
    (folder / "registers" / "sources" / "health.yml").write_text(expects)
    days = ("2024-04-30", "2024-05-07", "2024-05-14", "2024-05-21")
    lines = [
        {"text": f"Two people were killed on {day}.", "publisher": "Health Ministry", "published": day} for day in days
    ]
    (folder / "weekly.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    run(folder, ["saksi", "read", "weekly.jsonl", "--ledger", "war.db"])


def newsroom(folder: Path, base: str) -> None:
    """The file of sources that the page shows, with the addresses of a server of ours."""
    (block,) = re.findall(r"```yaml\n(# sources.yml\n.*?)```", (ROOT / "docs/intake.md").read_text("utf-8"), re.S)
    (folder / "sources.yml").write_text(re.sub(r"https://[\w-]+\.example", base, block))


def test_a_second_reader(tmp_path: Path) -> None:
    named = documents()
    lines = [{"id": n, "text": d.text, "language": d.language, "published": str(d.published)} for n, d in named]
    (tmp_path / "reports.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    told = [{"document": n, "claims": right(d.text)} for n, d in named]
    (tmp_path / "answers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in told), "utf-8")
    (tmp_path / "registers").mkdir()
    (tmp_path / "evaluate").symlink_to(ROOT / "evaluate")
    with served(saying(right)) as address:
        for words in shown("docs/models.md"):
            run(tmp_path, words, {"http://127.0.0.1:11434/v1": address})
    assert (tmp_path / "registers" / "weights.yml").read_text("utf-8").startswith("#")


def test_very_many_documents(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    page = made.page("Goma", KILLED, "Nobody else was hurt, said a spokesman of the army.", day="2024-06-02")
    (archive / "a.warc.gz").write_bytes(made.fetched("https://goma.example/a", page))
    (archive / "b.jsonl").write_text(json.dumps({"text": KILLED, "published": "2024-06-02"}) + "\n")
    for words in shown("docs/scale.md"):
        if "ray" in words and find_spec("ray") is None:
            continue  # an engine for clusters that tests do not install; refused in a line where it is missing
        if words[1] == "batch" and "--resume" not in words:
            shutil.rmtree(tmp_path / "claims", ignore_errors=True)  # each begins where nothing is yet
        run(tmp_path, words, {"s3://archive/2024/*.warc.gz": "archive/*.warc.gz"})  # a store on loopback: tests/batch
    assert Ledger.open(tmp_path / "war.db").counts()["documents"] == 1


def test_a_source_and_an_actor(tmp_path: Path) -> None:
    for name in ("src", "evaluate"):
        (tmp_path / name).symlink_to(ROOT / name)
    for words in shown("docs/adding-a-source-or-actor.md"):
        run(tmp_path, words, {"NAME": "cjtf-oir"})


def test_the_page_and_a_team(tmp_path: Path, reader: Reader, server: str) -> None:
    """Servers listen on a port that is free, and are asked, then stopped; people type their passwords."""
    if shutil.which("curl") is None:
        missing("curl")
    ledger = made_ledger(tmp_path, reader)
    claim = next(row for row in ledger.claims() if row.kind == "kill")
    ledger.close()
    shutil.copy(tmp_path / "war.db", tmp_path / "saksi.db")  # the ledger where none is named
    (tmp_path / "provinces.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    swaps = {"postgresql://saksi@db.example/war": new_database(server, "documented"), "c_…": claim.id,
             "d_1a2b": claim.document.id}  # fmt: skip
    commands = shown("docs/page.md")
    calls = [words for words in commands if words[0] == "curl"]
    for words in (each for each in commands if each[0] == "saksi"):
        told = swapped(words, swaps)
        if words[1] == "serve":
            serve(tmp_path, told, swaps, calls)
            calls = []
        elif words[1] in ("users", "redact"):
            people(tmp_path, told)
        else:
            run(tmp_path, told)


def serve(folder: Path, words: list[str], swaps: dict[str, str], calls: list[list[str]]) -> None:
    """Serves on a port that is free; what the page shows of the API is asked there."""
    port = free_port()
    with running(folder, [*words, "--port", str(port)]):
        assert answers(f"http://127.0.0.1:{port}/") in (200, 303)
        for call in calls:
            said = run(folder, ["curl", "-s", *call[1:]], {**swaps, ":8642": f":{port}"})
            assert "items" in json.loads(said) or json.loads(said)["by"], said


def people(folder: Path, words: list[str]) -> None:
    """Commands on users and on words of a document; whoever is gone by then is added again."""
    if words[1] == "redact":
        ledger = Ledger.open(folder / "saksi.db")
        long = next(row.document.id for row in ledger.claims() if len(ledger.text(row.document.id)) > int(words[4]))
        words = [long if word.startswith("d_") else word for word in words]
        ledger.close()
    if words[2:4] == ["remove", "Rina"] or words[2:4] == ["token", "Rina"]:
        add = ["saksi", "users", "add", "Rina", "--password-stdin"]
        run(folder, add, typed=f"{SECRET}\n")
    adding = words[2] == "add"
    run(folder, [*words, "--password-stdin"] if adding else words, typed=f"{SECRET}\n" if adding else "")
