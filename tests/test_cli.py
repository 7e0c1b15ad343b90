"""The commands as people call them: what they print, and one clear line for bad input."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from saksi import Ledger
from saksi.version import __version__
from tests.conftest import ROOT, missing

REPORT = "Koalisi mengumumkan 12 serangan udara terhadap ISIS di Suriah antara 1 dan 5 April.\n"


def saksi(*args: str | Path, cwd: Path | None = None, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a command in a process of its own."""
    command = [sys.executable, "-c", "from saksi.cli import main; main()", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, input=stdin, check=False)


def refusal(folder: Path, *args: str | Path) -> str:
    """What a command says that fails in an empty folder: one line, and no file is left there."""
    empty = folder / "empty"
    empty.mkdir()
    done = saksi(*args, cwd=empty)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert list(empty.iterdir()) == []
    return done.stderr


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A short report in a file."""
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_read_keeps_claims_and_claims_lists_them(report: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "war.db"
    first = saksi("read", report, "--ledger", ledger, "--published", "2019-04-15")
    assert first.stdout == f"{ledger}: 1 document read, 1 claim added\n"
    again = saksi("read", report, "--ledger", ledger, "--published", "2019-04-15")
    assert again.stdout == f"{ledger}: 0 documents read, 0 claims added, 1 already read by this reader\n"
    options = ("--kind", "airstrike", "--country", "SY", "--from", "2019-03-24", "--to", "2019-04-06")
    row = json.loads(saksi("claims", "--ledger", ledger, *options, "--format", "jsonl").stdout)
    assert (row["low"], row["start"], row["end"]) == (12, "2019-04-01", "2019-04-05")
    outside = saksi("claims", "--ledger", ledger, "--from", "2020-01-01", "--format", "jsonl")
    assert outside.stdout == ""


def test_explain_underlines_the_words(report: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "war.db"
    saksi("read", report, "--ledger", ledger, "--published", "2019-04-15")
    row = json.loads(saksi("claims", "--ledger", ledger, "--format", "jsonl").stdout)
    lines = saksi("explain", row["id"], "--ledger", ledger).stdout.splitlines()
    sentence = lines[2]
    marked = next(line for line in lines if " number " in line)
    start = marked.index("‾")
    assert sentence[start : start + marked.count("‾")] == "12"


def test_csv_has_a_header_and_flat_places(report: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "war.db"
    saksi("read", report, "--ledger", ledger)
    header, row = saksi("claims", "--ledger", ledger, "--format", "csv").stdout.splitlines()[:2]
    assert header.startswith("id,reading,kind,counts,low,high")
    assert header.endswith("place_1_name,place_1_country,place_1_lat,place_1_lon,place_1_level")
    assert ",airstrike," in row


def test_no_cell_that_a_command_prints_is_a_formula_and_all_come_back(tmp_path: Path) -> None:
    """A release of a ministry may begin with =, and so may a name in it: spreadsheets must show it, not run it."""
    row = {"kind": "kill", "low": 3, "target_text": "=HYPERLINK(1)", "speaker": {"id": None, "text": "@desk"},
           "document": {"publisher": "+62 Daily", "published": "2022-07-18"}, "start": "2022-07-16"}  # fmt: skip
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    ledger, again = tmp_path / "war.db", tmp_path / "again.db"
    saksi("add", tmp_path / "rows.jsonl", "--source", "team", "--ledger", ledger)
    told = [
        saksi("claims", "--ledger", ledger, "--format", "csv").stdout,
        saksi("tally", "--kind", "kill", "--ledger", ledger, "--format", "csv").stdout,
        saksi("speakers", "--ledger", ledger, "--format", "csv").stdout,
    ]
    cells = [cell for text in told for line in csv.reader(text.splitlines()) for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert {"'=HYPERLINK(1)", "'@desk"} <= set(cells)
    (tmp_path / "rows.csv").write_text(told[0], encoding="utf-8")
    saksi("add", tmp_path / "rows.csv", "--source", "team", "--ledger", again)
    assert json.loads(saksi("claims", "--ledger", again, "--format", "jsonl").stdout)["target_text"] == "=HYPERLINK(1)"


def test_one_layer_is_printed(report: Path) -> None:
    rows = [json.loads(line) for line in saksi("read", report, "--layer", "times").stdout.splitlines()]
    assert [(r["text"], r["start"], r["end"]) for r in rows] == [("antara 1 dan 5 April", 62, 82)]


def test_html_is_read_with_its_title_and_day() -> None:
    page = ROOT / "examples/page.html"
    rows = [json.loads(line) for line in saksi("read", page, "--format", "jsonl").stdout.splitlines()]
    assert rows[0]["document"]["published"] == "2020-09-18"
    assert rows[0]["document"]["title"] == "Dua Prajurit Gugur di Intan Jaya"


def make(tmp_path: Path, name: str, data: bytes) -> Path:
    """A file with these bytes."""
    path = tmp_path / name
    path.write_bytes(data)
    return path


BAD = {
    "empty.txt": (b"", "is empty"),
    "binary.txt": (b"abc\0def", "is not text"),
    "latin.txt": ("Serangan di Côte".encode("latin-1"), "byte 13 is not utf-8"),
    "broken.html": (b"<html><body></body>", "no text was found"),
    "line.jsonl": (b'{"text": "Dua orang tewas di Kabul."}\n{"text": \n', "line.jsonl:2: not valid JSON"),
    "notext.jsonl": (b'{"title": "x"}\n', "notext.jsonl:1: a line must be an object with a `text`"),
    "day.jsonl": (
        b'{"text": "x y", "published": "2019-02-30"}\n',
        "day.jsonl:1: `published` '2019-02-30' is not a date",
    ),
    "long.txt": (b"kata " * 500_000, "longer than 2,000,000 characters"),
    "words.txt": ("Привет мир".encode(), "is none of: en, id"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_files_give_one_line_and_exit_2(name: str, tmp_path: Path) -> None:
    data, message = BAD[name]
    done = saksi("read", make(tmp_path, name, data), "--format", "jsonl")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert message in done.stderr


def test_bad_files_leave_the_good_ones_read(report: Path, tmp_path: Path) -> None:
    bad = make(tmp_path, "empty.txt", b"")
    done = saksi("read", bad, report, tmp_path, "--ledger", tmp_path / "war.db")
    assert done.returncode == 2
    assert "1 document read, 1 claim added, 2 refused" in done.stdout
    assert "is a directory" in done.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("read",), "name at least one file"),
        (("read", "{report}", "--published", "2019-02-30"), "is not a date"),
        (("read", "{report}", "--language", "xx"), "language 'xx' is not known"),
        (("read", "{report}", "--source", "nobody"), "source 'nobody' is not known"),
        (("read", "{report}", "--home", "Nowhere"), "home 'Nowhere' is no place that the gazetteer has"),
        (("read", "{report}", "--encoding", "nonsense"), "is not known"),
        (("read", "missing.txt"), "does not exist"),
        (("read", "http://127.0.0.1:9/a"), "leads to this machine or a network of your own"),
        (("propose", "http://127.0.0.1:9/a", "--out", "x"), "is an address, and here files are read"),
        (("claims", "--ledger", "none.db"), "does not exist"),
        (("claims", "--ledger", "{report}"), "is not a ledger"),
        (("explain", "c_1", "--ledger", "none.db"), "does not exist"),
        (("evaluate", "--set", "nothing", "x"), "is not known"),
        (("nonsense",), "nonsense"),
    ],
)
def test_bad_options_give_one_line_and_exit_2(
    args: tuple[str, ...], message: str, report: Path, tmp_path: Path
) -> None:
    done = saksi(*(a.replace("{report}", str(report)) for a in args), cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert message in done.stderr
    assert not (tmp_path / "saksi.db").exists() or args[0] == "read"


def test_a_pipe_is_refused_with_the_way_out(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = saksi("read", pipe, "--ledger", tmp_path / "war.db")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "saksi read - <" in done.stderr


@pytest.mark.parametrize("figure", ["1" * 12_500, "1" + ",000" * 3_000, "3." + "0" * 6_000])
def test_a_figure_of_thousands_of_digits_counts_nothing(figure: str, tmp_path: Path) -> None:
    text = make(tmp_path, "long.txt", f"{figure} homes and 12 huts were destroyed in Goma.".encode())
    done = saksi("read", text, "--language", "en", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert all((json.loads(line)["low"] or 0) < 100 for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("claims", "--kind", "explode"), "airstrike"),
        (("claims", "--kind", "killed"), "meant is perhaps kill."),
        (("tally", "--kind", "kill", "--country", "Syriaa"), "meant is perhaps SY (Syria)"),
        (("claims", "--from", "2019-05-31", "--to", "2019-05-01"), "--to 2019-05-01 lies before --from 2019-05-31"),
        (("tally", "--kind", "kill", "--from", "2019-05-31", "--to", "2019-05-01"), "no day lies between them"),
        (("tally", "--nothing"), "See: saksi tally --help"),
        (("speakers", "health"), "no name of a speaker holds 'health'"),
    ],
)
def test_a_question_of_what_is_unknown_tells_the_way_out(
    args: tuple[str, ...], message: str, report: Path, tmp_path: Path
) -> None:
    saksi("read", report, "--ledger", tmp_path / "saksi.db")
    done = saksi(*args, cwd=tmp_path)
    assert done.returncode == (0 if args[0] == "speakers" else 2)
    assert message in done.stderr


def test_a_country_may_be_asked_for_by_its_name(report: Path, tmp_path: Path) -> None:
    saksi("read", report, "--ledger", tmp_path / "saksi.db")
    told = [saksi("claims", "--country", c, "--format", "jsonl", cwd=tmp_path).stdout for c in ("SY", "syria", "SYR")]
    assert told[0]
    assert len(set(told)) == 1


def test_no_permission_is_one_line(report: Path, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    done = saksi("read", report, "--ledger", folder / "war.db")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_full_disk_is_one_line_and_keeps_nothing_half(report: Path) -> None:
    """Writing to /dev/full fails as a full disk does."""
    if not Path("/dev/full").exists():
        missing("/dev/full")
    command = [sys.executable, "-c", "from saksi.cli import main; main()", "read", str(report), "--format", "jsonl"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr


def test_help_loads_nothing_heavy() -> None:
    """`saksi --help` must be quick: the libraries of the commands load inside them."""
    code = (
        "import sys\nfrom saksi.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'sqlalchemy', 'trafilatura', 'marisa_trie', 'ahocorasick_rs', 'yaml', 'msgspec'}\n"
        "sys.stderr.write(','.join(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""


def test_no_document_and_no_file_name_commands_a_terminal(tmp_path: Path) -> None:
    """Escape sequences clear screens and rewrite lines: a terminal is shown them, a program gets the text as it is."""
    evil = tmp_path / "a\x1b[31mb.txt"
    evil.write_text("Two soldiers were killed in Kabul \x1b[2J on Monday.", encoding="utf-8")
    ledger = tmp_path / "war.db"
    assert "\x1b" not in saksi("read", tmp_path / "no\x1b[31m.txt", "--ledger", ledger).stderr
    saksi("read", evil, "--publisher", "Wire\x1b[2J", "--ledger", ledger)
    command = [sys.executable, "-c", "from saksi.cli import main; main()", "claims", "--ledger", str(ledger)]
    outer, inner = os.openpty()
    subprocess.run(command, stdout=inner, check=True)
    os.close(inner)
    told = os.read(outer, 100_000).decode()
    os.close(outer)
    assert "\x1b" not in told
    assert "Wire␛[2J" in told
    assert "Wire\\u001b[2J" in saksi("claims", "--format", "jsonl", "--ledger", ledger).stdout


def test_help_groups_every_command_by_what_it_is_for() -> None:
    told = saksi("--help").stdout
    places = [told.index(f" {title} ─") for title in ("Read", "Ask", "Judge", "Share", "Keep")]
    assert places == sorted(places)
    assert " Commands ─" not in told  # where a command stands that is in no group


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Of many texts a second run reads only those the first one did not keep."""
    lines = [json.dumps({"id": str(n), "text": f"{n + 2} tentara tewas di Kabul."}) for n in range(60)]
    many, half = tmp_path / "many.jsonl", tmp_path / "half.jsonl"
    many.write_text("\n".join(lines) + "\n")
    half.write_text("\n".join(lines[:25]) + "\n")
    saksi("read", half, "--ledger", tmp_path / "war.db")
    done = saksi("read", many, "--ledger", tmp_path / "war.db")
    assert "35 documents read, 35 claims added, 25 already read" in done.stdout


def test_unknown_keys_of_json_lines_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text('{"text": "Dua tentara tewas di Kabul.", "mood": 1}\n' * 2)
    done = saksi("read", path, "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, "saksi: the key 'mood' of 2 JSON lines was ignored\n")


def test_a_run_killed_in_the_middle_loses_nothing_it_kept(tmp_path: Path) -> None:
    """After kill -9 the ledger opens, and the same command brings it to what one whole run gives."""
    many = tmp_path / "many.jsonl"
    lines = [json.dumps({"id": str(n), "text": f"{n + 2} tentara tewas di Kabul. Tiga terluka."}) for n in range(1500)]
    many.write_text("\n".join(lines) + "\n")
    command = [sys.executable, "-c", "from saksi.cli import main; main()", "read", str(many), "--ledger"]
    running = subprocess.Popen([*command, str(tmp_path / "war.db")], stdout=subprocess.DEVNULL)
    for _ in range(400):
        if (tmp_path / "war.db").exists() and (tmp_path / "war.db").stat().st_size > 200_000:
            break
        time.sleep(0.01)
    running.kill()
    running.wait()
    kept = Ledger.open(tmp_path / "war.db", create=False).counts()
    assert kept["claims"] == 2 * kept["documents"]
    for name in ("war.db", "whole.db"):
        subprocess.run([*command, str(tmp_path / name)], check=True, stdout=subprocess.DEVNULL)
    whole = list(Ledger.open(tmp_path / "whole.db").claims())
    assert list(Ledger.open(tmp_path / "war.db").claims()) == whole
    assert len(whole) == 3000


def test_a_ledger_that_cannot_grow_is_one_line_and_keeps_nothing_half(report: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk."""
    ledger = tmp_path / "war.db"
    saksi("read", report, "--ledger", ledger)
    before = Ledger.open(ledger).counts()
    size = ledger.stat().st_size
    long = tmp_path / "long.txt"
    long.write_text("Dua tentara tewas di Kabul. " * 8000)
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        "from saksi.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "read", str(long), "--ledger", str(ledger)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot be written" in done.stderr
    assert Ledger.open(ledger).counts() == before


def on_a_terminal(*args: str, **variables: str) -> str:
    """What a command prints to a terminal."""
    command = [sys.executable, "-c", "from saksi.cli import main; main()", *args]
    outer, inner = os.openpty()
    env = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"}
    subprocess.run(command, stdout=inner, check=True, env=env | variables)
    os.close(inner)
    told = b""
    while True:
        try:
            told += os.read(outer, 100_000)
        except OSError:  # the end
            break
        if not told.endswith(b"\n"):
            break
    os.close(outer)
    return told.decode("utf-8", "replace")


def test_colours_are_for_terminals_and_not_for_those_who_want_none() -> None:
    """Help is all that is coloured; NO_COLOR in the environment takes the colours away."""
    coloured = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|9[0-7]|38;5;\d+)(?:;\d+)*m")
    assert coloured.search(on_a_terminal("--help"))
    assert not coloured.search(on_a_terminal("--help", NO_COLOR="1"))
    assert "\x1b" not in saksi("--help").stdout


def test_the_version_is_told() -> None:
    assert (saksi("--version").stdout, saksi("--version").returncode) == (f"{__version__}\n", 0)


def test_a_quiet_command_says_only_what_went_wrong_and_what_was_asked(report: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "war.db"
    done = saksi("read", report, "--ledger", ledger, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (saksi("--quiet", "reconcile", "--ledger", ledger).stdout) == ""
    (claim,) = saksi("claims", "--ledger", ledger, "--format", "jsonl", "--quiet").stdout.splitlines()
    judged = saksi("judge", json.loads(claim)["id"], "right", "--by", "rina", "--ledger", ledger, "--quiet")
    assert (judged.returncode, judged.stdout) == (0, "")
    failed = saksi("read", "missing.txt", "--ledger", ledger, "--quiet")
    assert (failed.returncode, failed.stderr.count("\n")) == (2, 1)


def test_exit_codes_tell_what_was_found_and_what_failed(report: Path, tmp_path: Path) -> None:
    """0 where all is well, 1 where a question found what it looks for, 2 where something failed."""
    ledger, lines = tmp_path / "war.db", tmp_path / "two.jsonl"
    saksi("read", report, "--ledger", ledger)
    assert saksi("check", "--ledger", ledger).returncode == 0
    row = {"kind": "kill", "target": "soldier", "start": "2024-05-01", "end": "2024-05-01",
           "places": [{"name": "Kabul", "country": "AF"}]}  # fmt: skip
    told = ({**row, "id": who, "low": n, "high": n, "speaker": {"id": None, "text": who}, "complete": True}
            for n, who in ((3, "army"), (9, "police")))  # fmt: skip
    lines.write_text("".join(json.dumps(each) + "\n" for each in told))
    saksi("add", lines, "--source", "mine", "--ledger", ledger)
    ids = [
        json.loads(line)["id"]
        for line in saksi("claims", "--kind", "kill", "--ledger", ledger, "--format", "jsonl").stdout.splitlines()
    ]
    saksi("judge", *ids, "same", "--by", "rina", "--ledger", ledger)
    assert saksi("check", "--ledger", ledger).returncode == 1
    assert saksi("check", "--ledger", tmp_path / "none.db").returncode == 2
