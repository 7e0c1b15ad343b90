"""What came of asking a server: its answer as it came, or why there is none."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """A server's answer; `body` is as it was sent, packed where it was packed."""

    asked: str
    address: str  # where it came from in the end, after what it was passed on by
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    at: datetime
    number: str | None = None  # the IP address
    moved: bool = False  # whether all that passed it on said that it is for good

    def header(self, name: str) -> str:
        """The value of a header, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def kind(self) -> str:
        """What the server calls the kind of the body."""
        return self.header("content-type").partition(";")[0].strip().lower()


class NotFetched(msgspec.Struct, frozen=True):
    """Why there is no answer, as one line; `again` if a later try may have one, not before `wait` seconds."""

    address: str
    reason: str
    again: bool = False
    wait: float | None = None


class Known(msgspec.Struct, frozen=True):
    """What a server said of the version that we have, so that it need not send the same again."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> list[tuple[str, str]]:
        """The headers that ask for what is newer."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.modified))
        return [(name, value) for name, value in pairs if value]


def known_by(answer: Answer) -> Known:
    """What to say the next time; a value that is no plain line is not sent back."""
    values = (answer.header("etag"), answer.header("last-modified"))
    etag, modified = (v if v and v.isascii() and v.isprintable() and len(v) < 500 else None for v in values)
    return Known(etag, modified)
