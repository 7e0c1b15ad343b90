"""Asks a model over HTTP: any server with OpenAI's `/chat/completions`, such as Ollama, vLLM, llama.cpp, or a service.

This module alone sends anything, and only where `saksi read --second` names a server. Answers are held to the
proposal's schema where the server can; retries, time and size are bounded.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from saksi.errors import SaksiError, UsageError
from saksi.proposing.cost import Used
from saksi.proposing.kept import Kept, Reply
from saksi.proposing.schema import strict_schema

if TYPE_CHECKING:
    import httpx

LARGEST = 2_000_000  # bytes of one answer
AGAIN = frozenset((408, 409, 425, 429, 500, 502, 503, 504, 529))
UNSUITED = frozenset((400, 404, 415, 422, 501))  # how servers refuse a form of answer that they do not know
PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before a second try, doubled each time
FORMS: tuple[dict[str, Any], ...] = (
    {"response_format": {"type": "json_schema",
                         "json_schema": {"name": "proposals", "strict": True, "schema": strict_schema()}}},
    {"response_format": {"type": "json_object"}},
    {},
)  # fmt: skip


class AskingError(SaksiError):
    """A server did not answer, or not in a form that can be used."""


class Limits(msgspec.Struct, frozen=True):
    """How long and how often a server is asked: seconds for one answer, tries beyond the first."""

    seconds: float = 120.0
    retries: int = 3


class Server(msgspec.Struct, frozen=True):
    """Which model of which server; `key` is sent as a bearer token, and kept nowhere."""

    url: str
    model: str
    key: str | None = None

    @property
    def host(self) -> str:
        """The host that is asked."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_here(self) -> bool:
        """Whether the host is this very machine, so that nothing leaves it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def server_of(url: str, model: str | None, key: str | None) -> Server:
    """A server by its address. Raises UsageError for what is none."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"--second {url!r} is no address of a server, like http://127.0.0.1:11434/v1")
    if not model:
        raise UsageError("name the model too: --second URL --model NAME")
    return Server(url.rstrip("/"), model, key)


class Endpoint:
    """One model of one server, asked through what was kept of its answers."""

    def __init__(self, server: Server, kept: Kept, limits: Limits, pause: Callable[[float], None] = time.sleep) -> None:
        self.server, self.kept, self.limits, self.pause = server, kept, limits, pause
        self.form = 0  # of FORMS, the first that the server has not refused

    def question(self, instructions: str, asked: str) -> dict[str, Any]:
        """What is asked, as it is sent but for the form of the answer."""
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": asked}]
        return {"model": self.server.model, "messages": messages, "temperature": 0}

    def ask(self, instructions: str, asked: str, usable: Callable[[str], bool]) -> Reply:
        """The answer to a question, kept or fresh; what is usable is kept. Raises AskingError after the last try."""
        question = self.question(instructions, asked)
        known = self.kept.find([self.server.url, question])
        if known is not None:
            return Reply(known.text, Used(kept=1))
        reply = self.fresh(question)
        if usable(reply.text):
            self.kept.put([self.server.url, question], reply)
        return reply

    def is_kept(self, instructions: str, asked: str) -> bool:
        """Whether a question was asked before."""
        return self.kept.find([self.server.url, self.question(instructions, asked)]) is not None

    def fresh(self, question: dict[str, Any]) -> Reply:
        """Asks, again where the server is busy or breaks off, in a plainer form where it does not know one."""
        tries, last = 0, "no answer"
        while tries <= self.limits.retries:
            status, body, wait = self.send(question | FORMS[self.form])
            if status == 200:
                reply = reply_of(body)
                if reply is not None:
                    return reply
                last = "an answer without any message"
            elif status in UNSUITED and self.form < len(FORMS) - 1:
                self.form += 1
                continue
            elif status not in AGAIN and status != 0:
                raise AskingError(f"{self.server.host}: status {status}: {excerpt(body)}")
            else:
                last = f"status {status}" if status else body.decode("utf-8", "replace")
            tries += 1
            if tries <= self.limits.retries:
                self.pause(min(LONGEST_PAUSE, wait if wait is not None else PAUSE * 2 ** (tries - 1)))
        raise AskingError(f"{self.server.host}: {last}, tried {tries} times")

    def send(self, question: dict[str, Any]) -> tuple[int, bytes, float | None]:
        """Sends one request: its status (0: none came), the body or what went wrong, the seconds to wait if told."""
        httpx = imported()
        headers = {"Authorization": f"Bearer {self.server.key}"} if self.server.key else {}
        until = time.monotonic() + self.limits.seconds
        try:
            with (
                httpx.Client(timeout=self.limits.seconds, trust_env=not self.server.is_here) as client,
                client.stream("POST", f"{self.server.url}/chat/completions", json=question, headers=headers) as answer,
            ):
                return answer.status_code, body_of(answer, until), waiting(answer.headers.get("retry-after"))
        except httpx.TimeoutException:
            return 0, b"no answer in time", None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return 0, (str(error) or type(error).__name__).encode(), None


def imported() -> Any:
    """The HTTP client; without it, the way to get it."""
    try:
        import httpx
    except ImportError:
        raise UsageError("--second needs httpx: install Saksi with its extra, saksi[second]") from None
    return httpx


def body_of(answer: httpx.Response, until: float) -> bytes:
    """The body of an answer, within its bounds of size and time."""
    import httpx

    parts, size = [], 0
    for part in answer.iter_bytes():
        size += len(part)
        if size > LARGEST:
            raise httpx.DecodingError(f"an answer of more than {LARGEST:,} bytes")
        if time.monotonic() > until:
            raise httpx.ReadTimeout("too slow")
        parts.append(part)
    return b"".join(parts)


def waiting(value: str | None) -> float | None:
    """The seconds that a server asks to be left alone for."""
    try:
        return max(0.0, float(value)) if value is not None else None
    except ValueError:
        return None


def reply_of(body: bytes) -> Reply | None:
    """The message of an answer with the tokens it took; None where it holds none."""
    try:
        value = msgspec.json.decode(body)
        text = value["choices"][0]["message"]["content"]
    except (msgspec.DecodeError, LookupError, TypeError, UnicodeDecodeError):
        return None
    if not isinstance(text, str) or not text.strip():
        return None
    usage = value.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    asked, answered = (usage.get(name) for name in ("prompt_tokens", "completion_tokens"))
    return Reply(text, Used(whole(asked), whole(answered), 1))


def whole(value: Any) -> int:
    """A number of tokens; what is none counts nothing."""
    return value if isinstance(value, int) and value > 0 else 0


def excerpt(body: bytes) -> str:
    """The beginning of what a server says went wrong."""
    return " ".join(body.decode("utf-8", "replace").split())[:200] or "nothing said"
