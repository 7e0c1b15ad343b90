"""Pages are fetched politely and safely: every way in which a server can be slow, broken or hostile, on loopback."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpcore
import pytest

from saksi import Document
from saksi.fetching.addresses import address_of, is_private
from saksi.fetching.answers import Answer, Known, NotFetched
from saksi.fetching.door import Door
from saksi.fetching.fetcher import Fetcher, Manners
from saksi.fetching.reading import read_address
from saksi.fetching.snapshots import Snapshots
from saksi.intake.document import Given
from saksi.intake.texts import Refused
from tests.fetching.server import Moved, Site, moved, reply, serving
from tests.intake import made
from tests.test_cli import saksi

NIGHT = "Two soldiers were killed in Goma on Tuesday night, the army said."
PAGE = made.page("Two killed in Goma", NIGHT, "Nobody else was hurt in the attack, said a spokesman of the army.")
SWIFT = Manners(seconds=1.5, largest=2_000_000)


@pytest.fixture
def site() -> Iterator[Site]:
    """A server on loopback."""
    with serving() as one:
        yield one


def fetcher(manners: Manners = SWIFT) -> Fetcher:
    """A client that may ask loopback and whose clock moves when it waits."""
    return Fetcher(manners, Moved(), Door(allow_private=True))


def refusal(address: str, by: Fetcher | None = None) -> str:
    """Why an address gives no document, in one line."""
    (found,) = read_address(address, Given(), by or fetcher(), None)
    assert isinstance(found, Refused), found
    assert "\n" not in found.reason
    return found.reason


def test_a_page_is_read_and_its_bytes_kept_as_they_came(site: Site, tmp_path: Path) -> None:
    packed = gzip.compress(PAGE, mtime=0)
    address = site.says("/goma", packed, Content_Encoding="gzip")
    (document,) = read_address(address, Given(), fetcher(), tmp_path)
    assert isinstance(document, Document)
    assert NIGHT in document.text
    assert (document.url, document.published, document.published_to) == (address, None, date(2024, 6, 1))
    (path,) = tmp_path.glob("*/*.warc.gz")
    assert document.taken_from == f"snapshot sha256:{path.name.removesuffix('.warc.gz')}"
    assert packed in gzip.decompress(path.read_bytes())
    assert list(Snapshots(tmp_path).check()) == [(path, None)]


def test_a_snapshot_that_was_changed_is_found_out(site: Site, tmp_path: Path) -> None:
    list(read_address(site.says("/goma", PAGE), Given(), fetcher(), tmp_path))
    (path,) = tmp_path.glob("*/*.warc.gz")
    whole = path.read_bytes()
    for data, wrong in (
        (gzip.compress(gzip.decompress(whole).replace(b"Two soldiers", b"Six soldiers")), "record 1 was changed"),
        (whole[:-40], "it is damaged: it ends too early"),
    ):
        path.write_bytes(data)
        assert [said for _, said in Snapshots(tmp_path).check()] == [wrong]
    path.write_bytes(whole)
    path.rename(path.with_name("0" * 64 + ".warc.gz"))
    assert [said for _, said in Snapshots(tmp_path).check()] == ["its body is not the one that its name says"]


def test_the_same_bytes_are_kept_once_with_each_address_and_day(site: Site, tmp_path: Path) -> None:
    by = fetcher()
    first, second = site.says("/a", PAGE), site.says("/b", PAGE)
    for address in (first, first, second):
        list(read_address(address, Given(), by, tmp_path))
    by.clock.sleep(86_400)
    list(read_address(first, Given(), by, tmp_path))
    (path,) = tmp_path.glob("*/*.warc.gz")
    text = gzip.decompress(path.read_bytes()).decode()
    assert text.count("WARC-Type: response") == 1
    assert text.count("WARC-Type: revisit") == 2
    assert list(Snapshots(tmp_path).check()) == [(path, None)]


def test_a_snapshot_reads_like_any_web_archive(site: Site, tmp_path: Path) -> None:
    (document,) = read_address(site.says("/goma", PAGE), Given(), fetcher(), tmp_path)
    (path,) = tmp_path.glob("*/*.warc.gz")
    done = saksi("read", path, "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert isinstance(document, Document)
    assert document.id in done.stdout


def test_robots_txt_is_kept(site: Site) -> None:
    site.says("/robots.txt", b"User-agent: *\nDisallow: /closed\nCrawl-delay: 7\n", "text/plain")
    by = fetcher()
    assert "is closed to programs by" in refusal(site.says("/closed/a", PAGE), by)
    assert isinstance(by.get(site.says("/open", PAGE)), Answer)
    assert isinstance(by.get(site.says("/open", PAGE)), Answer)
    assert site.paths() == ["/open", "/open"]
    assert isinstance(by.clock, Moved)
    assert by.clock.waits[-1] == 7


def test_a_robots_txt_that_cannot_be_had_closes_the_site_for_a_while(site: Site) -> None:
    site.routes["/robots.txt"] = lambda head: reply(status="503 Busy")
    by = Fetcher(Manners(seconds=1, tries=1), Moved(), Door(allow_private=True))
    page = site.says("/a", PAGE)
    assert "Until it can, nothing is fetched there" in refusal(page, by)
    assert site.paths() == []
    site.says("/robots.txt", b"", "text/plain")
    by.clock.sleep(1900)
    assert isinstance(by.get(page), Answer)


def test_a_host_is_asked_slowly_and_a_busy_one_as_it_wishes(site: Site) -> None:
    busy = iter([reply(status="503 Busy"), reply(status="429 Slow", Retry_After="40"), reply(PAGE)])
    site.routes["/busy"] = lambda head: next(busy)
    by = fetcher()
    assert isinstance(by.get(f"{site.base}/busy"), Answer)
    assert isinstance(by.clock, Moved)
    assert by.clock.waits == [2, 5, 40]


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def route(head: dict[str, str]) -> bytes:
        if head.get("if-none-match") == '"v1"':
            return reply(status="304 Not Modified")
        return reply(PAGE, ETag='"v1"')

    site.routes["/a"] = route
    first, second = fetcher().get(f"{site.base}/a"), fetcher().get(f"{site.base}/a", Known('"v1"'))
    assert [a.status for a in (first, second) if isinstance(a, Answer)] == [200, 304]


def drip(head: dict[str, str]) -> Iterator[bytes]:
    """An answer that never ends, a byte at a time."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    while True:
        time.sleep(0.05)
        yield b"X"


def silence() -> Iterator[bytes]:
    """An answer that does not begin."""
    while True:
        time.sleep(0.1)
        yield b""


def flood(head: dict[str, str]) -> Iterator[bytes]:
    """An answer that never ends, as fast as it can."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield b"x" * 65_536


HOSTILE: dict[str, tuple[Any, str]] = {
    "drips its head": (drip, "did not answer in 1.5 seconds"),
    "says nothing": (lambda head: silence(), "did not answer in 1.5 seconds"),
    "never ends": (flood, "is larger than 2,000,000 bytes"),
    "breaks off": (lambda head: reply(PAGE)[:-200], "cannot be reached"),
    "is no HTTP": (lambda head: b"\x00\x01hello\r\n\r\n", "cannot be reached"),
    "has a huge head": (lambda head: reply(PAGE, X="y" * 500_000), "cannot be reached"),
    "leads to itself": (moved("/a"), "leads on more than 5 times"),
    "leads to a file": (moved("file:///etc/passwd"), "only http and https are fetched, not file"),
    "leads nowhere": (moved("http://[x"), "leads on to what cannot be fetched"),
    "unpacks too far": (
        lambda head: reply(gzip.compress(bytes(90_000_000)), Content_Encoding="gzip"),
        "unpacks to more than 64,000,000 bytes",
    ),
    "is packed badly": (lambda head: reply(b"\x1f\x8b" + bytes(50), Content_Encoding="gzip"), "cannot be unpacked"),
    "is empty": (lambda head: reply(b""), "is empty"),
    "is a picture": (lambda head: reply(b"\x89PNG", "image/png"), "is image/png, which holds no text that is read"),
    "is a feed": (lambda head: reply(b"<?xml version='1.0'?><rss/>", "text/xml"), "is a feed: name it in a file"),
    "is gone": (lambda head: reply(status="410 Gone"), "is not there: the server says 410"),
    "wants a login": (lambda head: reply(status="401 No"), "needs a login or lets no program in (401)"),
    "shows a login": (
        lambda head: reply(b"<html><body><form><input type='password'></form><p>Sign in to read.</p></body></html>"),
        "needs a login: save the page yourself",
    ),
    "passes on to a login": (moved("/account/login?next=/a"), "needs a login: save the page yourself"),
    "nests deeply": (lambda head: reply(b"<div>" * 200_000), "no text was found"),
    "is all tags": (lambda head: reply(b"<html><body>" + b"<a href=x>" * 60_000), "no text was found"),
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_server_costs_one_line_and_little_time(name: str, site: Site) -> None:
    site.routes["/a"], message = HOSTILE[name]
    site.says("/account/login", b"<html><body><p>Please log in to go on reading this.</p></body></html>")
    by = Fetcher(Manners(seconds=1.5, largest=2_000_000, tries=1), Moved(), Door(allow_private=True))
    begun = time.monotonic()
    assert message in refusal(f"{site.base}/a", by)
    assert time.monotonic() - begun < 10


def test_a_program_that_is_html_but_not_called_so_is_not_run_or_read(site: Site) -> None:
    reason = refusal(site.says("/a", b"MZ\x00\x01", "application/x-msdownload"))
    assert "holds no text that is read" in reason


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.5.5", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "not a number"],
)  # fmt: skip
def test_private_numbers_are_known_in_every_form(number: str) -> None:
    assert is_private(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_numbers_are_not_private(number: str) -> None:
    assert not is_private(number)


class Elsewhere(httpcore.NetworkBackend):
    """Connects to a server on loopback, whatever number it is told; and remembers the number."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.told: list[str] = []

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
                    socket_options: Any = None) -> httpcore.NetworkStream:  # fmt: skip
        """Connects."""
        self.told.append(host)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout)


def test_a_public_page_cannot_lead_to_a_private_one(site: Site) -> None:
    """Neither by passing on, nor by a name that leads there, nor by one that leads elsewhere the next moment."""
    names = {
        "news.example": ["93.184.216.34"],
        "inside.example": ["10.0.0.5"],
        "both.example": ["93.184.216.34", "::1"],
    }
    out = Elsewhere(site.port)
    by = Fetcher(Manners(seconds=1, tries=1), Moved(), Door(resolve=lambda host, port: names[host], out=out))
    site.says("/a", PAGE)
    assert isinstance(by.get("http://news.example/a"), Answer)
    for number, to in enumerate(("http://inside.example/x", "http://both.example/x")):
        site.routes[f"/{number}"] = moved(to)
        got = by.get(f"http://news.example/{number}")
        assert isinstance(got, NotFetched)
        assert "leads to this machine or a network of your own: --allow-private" in got.reason
    names["news.example"] = ["192.168.1.1"]
    by.pool.close()
    assert isinstance(by.get("http://news.example/a"), NotFetched)
    assert set(out.told) == {"93.184.216.34"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ftp://news.example/a", "only http and https"),
        ("http://rina:secret@news.example/", "holds a name or a password"),
        ("http:///a", "names no host"),
        ("http://news.example/a b", "white space"),
        ("http://" + "a" * 5000, "too long"),
        ("http://news.example:99999/", "Port out of range"),
    ],
)
def test_what_is_no_address_says_why(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        address_of(text)


def test_addresses_become_ascii() -> None:
    assert str(address_of("HTTP://Zeitung.exämple/Über?q=ä")) == "http://zeitung.xn--exmple-cua/%C3%9Cber?q=%C3%A4"


def test_the_command_reads_addresses_beside_files(site: Site, tmp_path: Path) -> None:
    good, gone = site.says("/goma", PAGE), f"{site.base}/gone"
    file = tmp_path / "a.txt"
    file.write_text("Five rebels were killed near Sake.")
    done = saksi("read", good, gone, file, "--allow-private", "--ledger", tmp_path / "war.db")
    assert (done.returncode, done.stderr) == (2, f"saksi: {gone} is not there: the server says 404\n")
    assert "2 documents read" in done.stdout
    assert len(list((tmp_path / "snapshots").glob("*/*.warc.gz"))) == 1
    kept = saksi("snapshots", "check", "--ledger", tmp_path / "war.db")
    assert (kept.returncode, kept.stdout.count("\n")) == (0, 1)
    (path,) = (tmp_path / "snapshots").glob("*/*")
    row = json.loads(saksi("claims", "--ledger", tmp_path / "war.db", "--format", "jsonl").stdout.splitlines()[0])
    gone_for_good = saksi("forget", row["document"]["id"], "--by", "rina", "--ledger", tmp_path / "war.db")
    assert gone_for_good.stdout.endswith(f"which is yours to delete: {path}\n")
    list(read_address(good, Given(), fetcher(), tmp_path / "snapshots"))
    saksi("read", site.says("/sake", made.page("Sake", "Three soldiers were killed in Sake, police said.")),
          "--allow-private", "--ledger", tmp_path / "war.db")  # fmt: skip
    path.unlink()
    assert saksi("snapshots", "check", "--ledger", tmp_path / "war.db").returncode == 0  # nobody asks for it any more
    next((tmp_path / "snapshots").glob("*/*")).unlink()
    lost = saksi("snapshots", "check", "--ledger", tmp_path / "war.db")
    assert (lost.returncode, "is missing" in lost.stdout) == (1, True)
    refused = saksi("read", good, "--format", "jsonl")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "leads to this machine or a network of your own: --allow-private" in refused.stderr
