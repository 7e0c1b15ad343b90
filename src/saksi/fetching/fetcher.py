"""Asks servers for pages: allowed by robots.txt, one at a time and slowly for each host, within bounds."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpcore
import msgspec

from saksi.fetching.addresses import Address, address_of
from saksi.fetching.answers import Answer, Known, NotFetched
from saksi.fetching.clock import Clock
from saksi.fetching.door import Door, PrivateAddressError
from saksi.fetching.robots import Robots, rules_of
from saksi.version import __version__

AGENT = "saksi"
REDIRECTS = 5
PASSED_ON = frozenset((301, 302, 303, 307, 308))
FOR_GOOD = frozenset((301, 308))
LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
KEPT_RULES = timedelta(hours=24)
CLOSED_RULES = timedelta(minutes=30)  # until a robots.txt that could not be had is asked for again
LOGIN = re.compile(r"/(?:login|log-in|signin|sign-in|masuk|auth|sso|account/begin)(?:[/?.]|$)", re.IGNORECASE)
HEADERS = [("User-Agent", f"{AGENT}/{__version__} (a reader of public statements; keeps robots.txt)"),
           ("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,"
                      "text/plain;q=0.8,application/pdf;q=0.8,*/*;q=0.1"),
           ("Accept-Encoding", "gzip, deflate")]  # fmt: skip


class Manners(msgspec.Struct, frozen=True):
    """How servers are asked: seconds between two requests to a host, tries, and the bounds of one answer."""

    delay: float = 2.0
    tries: int = 3
    pause: float = 5.0  # seconds before a second try, four times as many before the third
    longest_pause: float = 120.0
    seconds: float = 30.0  # for one answer, whole
    largest: int = 32_000_000  # bytes of one answer, as sent


class Fetcher:
    """One client for all hosts, with what it knows of each."""

    def __init__(self, manners: Manners | None = None, clock: Clock | None = None, door: Door | None = None) -> None:
        self.manners = manners or Manners()
        self.clock = clock or Clock()
        self.door = door or Door()
        self.pool = httpcore.ConnectionPool(network_backend=self.door, max_connections=4, keepalive_expiry=5)
        self.turns: dict[str, float] = {}  # when each host may be asked again
        self.robots: dict[str, Robots] = {}

    def get(self, address: str, known: Known | None = None) -> Answer | NotFetched:
        """The answer to asking for a page, after a few tries where the server stumbles."""
        for attempt in range(self.manners.tries):
            got = self.once(address, known)
            if isinstance(got, Answer) or not got.again or attempt + 1 == self.manners.tries:
                return got
            pause = max(self.manners.pause * 4**attempt, got.wait or 0)
            if pause > self.manners.longest_pause:
                return got
            self.clock.sleep(pause)
        raise AssertionError("no try at all")

    def once(self, text: str, known: Known | None = None) -> Answer | NotFetched:
        """The answer after all that passes it on; each stop on the way is looked at like the first."""
        try:
            place = address_of(text)
        except ValueError as error:
            return NotFetched(text, f"{text} is no address that can be fetched: {error}")
        for_good = True
        for _ in range(REDIRECTS + 1):
            closed = self.closed(place)
            if closed is not None:
                return closed
            got = self.ask(place, known.headers() if known else [])
            if isinstance(got, NotFetched):
                return got
            if got.status not in PASSED_ON:
                final = msgspec.structs.replace(got, asked=text, moved=for_good and str(place) != text)
                return judged(final)
            for_good = for_good and got.status in FOR_GOOD
            try:
                place = address_of(got.header("location"), place)
            except ValueError as error:
                return NotFetched(text, f"{text} leads on to what cannot be fetched: {error}")
        return NotFetched(text, f"{text} leads on more than {REDIRECTS} times, perhaps in a circle")

    def closed(self, place: Address) -> NotFetched | None:
        """Why the site's robots.txt keeps a page from us, if it does."""
        rules = self.rules(place)
        if rules.closed is not None:
            return NotFetched(str(place), rules.closed, rules.again)
        if rules.allows(str(place), AGENT):
            return None
        return NotFetched(str(place), f"{place} is closed to programs by {place.origin}/robots.txt: open it yourself")

    def rules(self, place: Address) -> Robots:
        """The rules of a site, asked for once a day."""
        now, held = self.clock.now(), self.robots.get(place.origin)
        if held is not None and now - held.at < (CLOSED_RULES if held.closed else KEPT_RULES):
            return held
        at = Address(place.scheme, place.host, place.port, "/robots.txt")
        got = self.followed(at)
        if isinstance(got, NotFetched):
            found = Robots(now, closed=got.reason.replace(str(at), place.origin), again=got.again)
        elif got.status >= 500 or got.status == 429:
            said = f"{at} cannot be had: the server says {got.status}. Until it can, nothing is fetched there"
            found = Robots(now, closed=said, again=True)
        else:
            found = Robots(now, rules=rules_of(got.body) if got.status == 200 else None)
        self.robots[place.origin] = found
        return found

    def followed(self, place: Address) -> Answer | NotFetched:
        """A robots.txt, after what passes it on."""
        got = self.ask(place, [])
        for _ in range(REDIRECTS):
            if isinstance(got, NotFetched) or got.status not in PASSED_ON:
                return got
            try:
                place = address_of(got.header("location"), place)
            except ValueError as error:
                return NotFetched(str(place), f"{place} leads on to what cannot be fetched: {error}")
            got = self.ask(place, [])
        return got

    def ask(self, place: Address, more: list[tuple[str, str]]) -> Answer | NotFetched:
        """One request, when it is the host's turn."""
        self.wait_for_turn(place)
        self.door.until = time.monotonic() + self.manners.seconds
        try:
            with self.pool.stream("GET", str(place), headers=HEADERS + more) as came:
                body = bytearray()
                for part in came.iter_stream():
                    body += part
                    if len(body) > self.manners.largest:
                        return NotFetched(str(place), f"{place} is larger than {self.manners.largest:,} bytes")
                headers = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in came.headers)
                number = self.door.numbers.get(place.host)
                return Answer(str(place), str(place), came.status, headers, bytes(body), self.clock.now(), number)
        except PrivateAddressError:
            return NotFetched(str(place), f"{place} leads to this machine or a network of your own: --allow-private")
        except httpcore.TimeoutException:
            return NotFetched(str(place), f"{place} did not answer in {self.manners.seconds:g} seconds", again=True)
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            said = " ".join(str(error).split())[:120] or type(error).__name__
            return NotFetched(str(place), f"{place} cannot be reached: {said}", again=True)

    def wait_for_turn(self, place: Address) -> None:
        """Waits until the host may be asked, and says when it may be asked again."""
        rules = self.robots.get(place.origin)
        now = self.clock.now().timestamp()
        wait = self.turns.get(place.host, 0.0) - now
        if wait > 0:
            self.clock.sleep(wait)
            now += wait
        self.turns[place.host] = now + max(self.manners.delay, rules.delay(AGENT) if rules else 0.0)


def judged(answer: Answer) -> Answer | NotFetched:
    """An answer that holds something, or that says that nothing is new; else why there is nothing to read."""
    at, status = answer.asked, answer.status
    if status in (200, 304):
        if answer.address != at and LOGIN.search(answer.address):
            return NotFetched(at, f"{at} needs a login: save the page yourself and name its file")
        return answer
    if status in (401, 402, 403, 407, 451):
        return NotFetched(at, f"{at} needs a login or lets no program in ({status}): save the page yourself")
    if status in LATER:
        return NotFetched(at, f"{at} cannot be had now: the server says {status}", True, asked_wait(answer))
    return NotFetched(at, f"{at} is not there: the server says {status}")


def asked_wait(answer: Answer) -> float | None:
    """The seconds that a server asks to wait."""
    said = answer.header("retry-after").strip()
    if said.isdigit():
        return float(said[:6])
    try:
        return max(0.0, (parsedate_to_datetime(said) - answer.at).total_seconds()) if said else None
    except (ValueError, TypeError, IndexError):
        return None
