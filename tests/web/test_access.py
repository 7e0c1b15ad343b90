"""Who may do what on a site that is open to others; and that no secret is kept in a readable form."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from saksi import Ledger
from saksi.errors import UsageError
from saksi.ledger.people import Person, end_tokens, new_token, people, put_person, remove_person, tokens
from saksi.publish.web.access import DeniedError, check_bind, is_loopback
from saksi.publish.web.app import LARGEST, Site
from tests.web.conftest import TODAY, serving, site_on
from tests.web.test_changes import first, guard_of

SECRET = "correct horse battery staple"


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of the closed site."""
    return Clock()


@pytest.fixture
def closed(filled: Path, tmp_path: Path, clock: Clock) -> Site:
    """A site with three people that asks everybody who they are."""
    path = tmp_path / "team.db"
    path.write_bytes(filled.read_bytes())
    ledger = Ledger.open(path)
    for role in ("reader", "reviewer", "admin"):
        put_person(ledger, Person(f"{role.title()} Ana", role), SECRET)
    return site_on(ledger, closed=True, clock=clock)


@pytest.fixture
def stranger(closed: Site) -> Iterator[httpx.Client]:
    """Somebody who has not logged in."""
    with serving(closed) as base, httpx.Client(base_url=base, headers={"accept-language": "en"}) as client:
        yield client


def log_in(client: httpx.Client, name: str, password: str = SECRET) -> httpx.Response:
    """Sends the form of the login page."""
    return client.post("/login", data={"name": name, "password": password, "next": "/claims"})


def test_strangers_are_led_to_the_login(stranger: httpx.Client) -> None:
    for page in ("/", "/claims", "/review", "/documents"):
        answer = stranger.get(page)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=")
    for address in ("/claims.json", "/api/claims", "/claims.csv"):
        assert stranger.get(address).status_code == 401


def test_a_person_logs_in_works_and_logs_out(stranger: httpx.Client) -> None:
    answer = log_in(stranger, "Reviewer Ana")
    assert (answer.status_code, answer.headers["location"]) == (303, "/claims")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    claim = first(stranger)["id"]
    sent = {"guard": guard_of(stranger), "next": "/", "claims": claim, "verdict": "accepted"}
    assert stranger.post("/do/judge", data=sent).is_redirect
    assert stranger.get(f"/claims/{claim}.json").json()["judgements"][0]["by"] == "Reviewer Ana"
    assert stranger.post("/logout", data={"guard": sent["guard"]}).is_redirect
    assert stranger.get("/claims.json").status_code == 401


def test_roles_bound_what_a_person_may(stranger: httpx.Client) -> None:
    log_in(stranger, "Reader Ana")
    assert stranger.get("/claims.json").status_code == 200
    assert "/do/judge" not in stranger.get("/review").text
    token = {"x-saksi-guard": guard_of(stranger, "/")}
    claim = first(stranger)
    made = {"claims": [claim["id"]], "verdict": "wrong"}
    assert stranger.post("/api/judgements", json=made, headers=token).status_code == 403
    assert stranger.get("/bring").status_code == 403
    log_in(stranger, "Reviewer Ana")
    token = {"x-saksi-guard": guard_of(stranger, "/")}
    assert stranger.post("/api/judgements", json=made, headers=token).status_code == 201
    gone = {"document": claim["document"]["id"]}
    assert stranger.post("/api/removals/documents", json=gone, headers=token).status_code == 403
    log_in(stranger, "Admin Ana")
    token = {"x-saksi-guard": guard_of(stranger, "/")}
    assert stranger.post("/api/removals/documents", json=gone, headers=token).status_code == 201


def test_five_failed_logins_are_enough(stranger: httpx.Client, clock: Clock) -> None:
    for _ in range(5):
        assert log_in(stranger, "Admin Ana", "a wrong password").status_code == 401
    answer = log_in(stranger, "Admin Ana")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "300")
    clock.now += 301
    assert log_in(stranger, "Admin Ana").status_code == 303


def test_a_session_ends_by_itself(stranger: httpx.Client, clock: Clock) -> None:
    log_in(stranger, "Reader Ana")
    assert stranger.get("/claims.json").status_code == 200
    clock.now += 13 * 3600
    assert stranger.get("/claims.json").status_code == 401


def test_programs_send_a_token(stranger: httpx.Client, closed: Site) -> None:
    ledger = closed.desk.ledger
    token = new_token(ledger, "Reviewer Ana", "the morning feed", TODAY)
    sent = {"authorization": f"Bearer {token}"}
    claim = stranger.get("/api/claims", headers=sent).json()["items"][0]["id"]
    made = {"claims": [claim], "verdict": "accepted"}
    assert stranger.post("/api/judgements", json=made, headers=sent).json()["by"] == "Reviewer Ana"
    assert stranger.get("/api/claims", headers={"authorization": "Bearer saksi_nobody"}).status_code == 401
    remove_person(ledger, "Reviewer Ana")
    assert stranger.get("/api/claims", headers=sent).status_code == 401


def test_a_new_password_ends_the_sessions_of_the_old_one(stranger: httpx.Client, closed: Site) -> None:
    log_in(stranger, "Reader Ana")
    put_person(closed.desk.ledger, Person("Reader Ana", "reader"), "another long password")
    assert stranger.get("/claims.json").status_code == 401


def test_no_secret_is_in_the_file(stranger: httpx.Client, closed: Site) -> None:
    ledger = closed.desk.ledger
    log_in(stranger, "Admin Ana")
    token = new_token(ledger, "Admin Ana", "", TODAY)
    path = Path(ledger.name)
    on_disk = b"".join(p.read_bytes() for p in sorted(path.parent.glob(path.name + "*")))
    for secret in (SECRET, token, str(stranger.cookies["saksi_session"])):
        assert secret.encode() not in on_disk
    assert b"$argon2id$" in on_disk


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.8.8.8", True), ("0.0.0.0", False),
     ("192.0.2.7", False), ("saksi.example", False), ("::", False)],
)  # fmt: skip
def test_which_addresses_are_this_machine(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_a_site_for_others_does_not_start_without_users(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    ledger = Ledger.open(path)
    with pytest.raises(UsageError, match="saksi users add NAME --role admin"):
        check_bind(ledger, "0.0.0.0")
    done = subprocess.run(
        [sys.executable, "-m", "saksi", "serve", "--host", "0.0.0.0", "--ledger", str(path)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    put_person(ledger, Person("Ana", "admin"), SECRET)
    assert check_bind(ledger, "0.0.0.0") is True
    assert check_bind(ledger, "127.0.0.1") is False


def test_people_are_added_by_command(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    ledger = Ledger.open(path)

    def users(*words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "saksi", "users", *words, "--ledger", str(path)], input=typed,
                              capture_output=True, text=True, check=False, timeout=60)  # fmt: skip

    short = users("add", "Ana", "--password-stdin", typed="short\n")
    assert (short.returncode, people(ledger)) == (2, [])
    added = users("add", "Ana", "--role", "admin", "--password-stdin", typed=SECRET + "\n")
    assert (added.returncode, added.stderr) == (0, "")
    assert SECRET not in added.stdout
    assert users("list").stdout == "admin     Ana\n"
    assert users("token", "Ana", "--label", "feed").stdout.startswith("saksi_")
    assert users("token", "Nobody").returncode == 2
    assert users("remove", "Ana").returncode == 0
    assert people(ledger) == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--port", "0"], "--port 0 is not between 1 and 65535"),
        (["--host", "no.such.host.invalid"], "--host no.such.host.invalid"),
        (["--boundaries", "missing.geojson"], "--boundaries missing.geojson: not a GeoJSON file"),
        (["--ledger", "mysql://db/war"], "--ledger: a file, or an address like postgresql://"),
        (["--ledger", "postgresql://x@127.0.0.1:1/war"], "postgresql://x@127.0.0.1:1/war cannot be opened"),
    ],
)
def test_what_cannot_be_served_is_one_line(tmp_path: Path, options: list[str], says: str) -> None:
    ledger = [] if "--ledger" in options else ["--ledger", str(tmp_path / "war.db")]
    command = [sys.executable, "-m", "saksi", "serve", *ledger, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


def test_a_port_that_is_taken_is_one_line(base: str, tmp_path: Path) -> None:
    port = base.rpartition(":")[2]
    command = [sys.executable, "-m", "saksi", "serve", "--port", port, "--ledger", str(tmp_path / "other.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Address already in use" in done.stderr


def test_a_login_sent_by_another_site_is_refused(stranger: httpx.Client) -> None:
    """Nobody is logged in, unawares, as somebody else."""
    sent = {"name": "Reader Ana", "password": SECRET, "next": "/"}
    assert stranger.post("/login", data=sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert stranger.get("/claims.json").status_code == 401


def test_what_is_too_large_is_refused_whether_it_says_so_or_not(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = b"x" * (LARGEST + 1)
    headers = {"content-type": "application/json"}

    def in_pieces() -> Iterator[bytes]:
        for n in range(0, len(many), 1 << 20):
            yield many[n : n + (1 << 20)]

    for content in (many, in_pieces()):
        answer = client.post("/api/documents", content=content, headers=headers)
        assert (answer.status_code, answer.json()["title"]) == (413, "Too large")
    assert client.get("/api/claims").status_code == 200


def test_names_that_fail_do_not_pile_up(closed: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood of invented names takes no more memory than a few minutes of it."""
    monkeypatch.setattr("saksi.ledger.people.proven", lambda *_: None)
    monkeypatch.setattr("saksi.publish.web.access.MOST", 20)
    now = 0.0
    closed.access.clock = lambda: now
    for n in range(200):
        now += 60
        with pytest.raises(DeniedError):
            closed.access.log_in(f"name {n}" + "x" * 10_000, "wrong", f"10.0.0.{n}")
    assert len(closed.access.failures) < 40
    assert max(map(len, closed.access.failures)) < 300


def test_tokens_end_by_their_label(stranger: httpx.Client, closed: Site) -> None:
    ledger = closed.desk.ledger
    feed, desk = (new_token(ledger, "Reader Ana", label, TODAY) for label in ("feed", "desk"))
    assert tokens(ledger) == {"Reader Ana": ["desk", "feed"]}
    assert end_tokens(ledger, "Reader Ana", "feed") == 1
    for token, status in ((feed, 401), (desk, 200)):
        answer = stranger.get("/api/claims", headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == status
    with pytest.raises(UsageError, match="no token with the label 'feed'"):
        end_tokens(ledger, "Reader Ana", "feed")


def test_errors_of_the_database_tell_no_values(closed: Site) -> None:
    """What goes to the log has no secret in it: statements are told without what they were given."""
    with closed.desk.ledger.engine.connect() as db, pytest.raises(sa.exc.DBAPIError) as caught:
        db.execute(sa.text("SELECT * FROM nowhere WHERE x = :secret"), {"secret": SECRET})
    assert SECRET not in str(caught.value)
