"""Keeps the bytes of pages as they were fetched: a file for each body, named by its hash, in the form of web archives.

A file is `DIR/ab/abcd….warc.gz`, where abcd… is the SHA-256 of the body as it was sent. Its first record holds the
answer whole; the same body from another address, or of another day, adds a record that says so. `check` tells
whether a file still holds what its name says.
"""

from __future__ import annotations

import hashlib
import uuid
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from saksi.errors import IntakeError
from saksi.fetching.answers import Answer
from saksi.written import write_whole

MARK = "snapshot sha256:"  # how `taken_from` of a document begins that was taken from one
SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


class Kept(msgspec.Struct, frozen=True):
    """A body that is kept, by its hash."""

    digest: str
    path: Path

    @property
    def named(self) -> str:
        """How a document says that it was taken from here."""
        return MARK + self.digest


class Snapshots:
    """A folder of snapshots, made where it does not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the body of a hash is kept."""
        return self.folder / digest[:2] / f"{digest}.warc.gz"

    def keep(self, answer: Answer) -> Kept:
        """Keeps an answer, whole or not at all; one that is kept already from there and of that day adds nothing."""
        digest = hashlib.sha256(answer.body).hexdigest()
        path = self.path(digest)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_bytes() if path.exists() else b""
            if not before:
                write_whole(path, record_of(answer, digest, whole=True))
            elif not told_before(before, answer):
                write_whole(path, before + record_of(answer, digest, whole=False))
        except OSError as error:
            raise IntakeError(f"{path}: the snapshot cannot be kept: {error.strerror}") from None
        return Kept(digest, path)

    def check(self) -> Iterator[tuple[Path, str | None]]:
        """Each snapshot in order, with what is wrong with it, or None."""
        for path in sorted(self.folder.glob("*/*.warc.gz")):
            yield path, wrong_with(path)


def record_of(answer: Answer, digest: str, *, whole: bool) -> bytes:
    """An answer as a packed record; or that it was the same body once more."""
    said = "".join(f"{name}: {one_line(value)}\r\n" for name, value in answer.headers)
    http = f"HTTP/1.1 {answer.status}\r\n{said}\r\n".encode("latin-1", "replace")
    block = http + answer.body if whole else http
    moment = answer.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    heads = {
        "WARC-Type": "response" if whole else "revisit",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{answer.address} {moment} {digest}')}>",
        "WARC-Target-URI": answer.address,
        "WARC-Date": moment,
        "WARC-IP-Address": answer.number,
        "WARC-Payload-Digest": f"sha256:{digest}",
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        "WARC-Profile": None if whole else SAME,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in heads.items() if value)
    return packed(f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n")


def packed(data: bytes) -> bytes:
    """Bytes as one member of a gzip file, the same each time."""
    packer = zlib.compressobj(6, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packer.compress(data) + packer.flush()


def one_line(value: str) -> str:
    """A header's value without what would end its line."""
    return " ".join(value.split())


def told_before(data: bytes, answer: Answer) -> bool:
    """Whether a file has this body from this address on this day."""
    day = answer.at.strftime("%Y-%m-%d")
    return any(
        f"WARC-Target-URI: {answer.address}\r\n".encode() in head and f"WARC-Date: {day}".encode() in head
        for head, _ in members(data)
    )


def members(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The head and the block of each record of a file. Raises ValueError for what is damaged."""
    while data:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            record = unpacker.decompress(data)
        except zlib.error as error:
            raise ValueError(str(error)) from None
        if not unpacker.eof:
            raise ValueError("it ends too early")
        head, _, block = record.partition(b"\r\n\r\n")
        yield head + b"\r\n", block.removesuffix(b"\r\n\r\n")
        data = unpacker.unused_data


def wrong_with(path: Path) -> str | None:
    """What is wrong with a snapshot: a body that its name does not fit, a record that its hash does not fit."""
    digest = path.name.partition(".")[0]
    try:
        for number, (head, block) in enumerate(members(path.read_bytes())):
            if f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}\r\n".encode() not in head:
                return f"record {number + 1} was changed"
            body = block.partition(b"\r\n\r\n")[2]
            if number == 0 and hashlib.sha256(body).hexdigest() != digest:
                return "its body is not the one that its name says"
    except (OSError, ValueError) as error:
        return f"it is damaged: {error}"
    return None
