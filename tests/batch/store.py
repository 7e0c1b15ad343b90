"""A store of objects on loopback that speaks as much of S3 as reading takes: a list of names, and objects in parts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

Objects = dict[str, bytes]  # by bucket/key


class Handler(BaseHTTPRequestHandler):
    """Answers for the objects of its server."""

    objects: Objects

    def do_GET(self) -> None:
        """A list of names, or an object, or a part of one."""
        asked = urlsplit(self.path)
        name = unquote(asked.path).strip("/")
        if "list-type" in asked.query:
            self.answer(200, self.listed(name, parse_qs(asked.query).get("prefix", [""])[0]), "application/xml")
        elif name in self.objects:
            self.part(self.objects[name])
        else:
            self.answer(404, b"<Error><Code>NoSuchKey</Code></Error>", "application/xml")

    def do_HEAD(self) -> None:
        """How long an object is."""
        data = self.objects.get(unquote(urlsplit(self.path).path).strip("/"))
        self.send_response(200 if data is not None else 404)
        self.send_header("Content-Length", str(len(data or b"")))
        self.send_header("Accept-Ranges", "bytes")
        self.end_headers()

    def listed(self, bucket: str, prefix: str) -> bytes:
        """The names of a bucket that begin with a prefix."""
        some = [(n.partition("/")[2], d) for n, d in sorted(self.objects.items()) if n.startswith(f"{bucket}/{prefix}")]
        rows = "".join(f"<Contents><Key>{escape(key)}</Key><Size>{len(data)}</Size></Contents>" for key, data in some)
        return (
            f"<ListBucketResult><Name>{bucket}</Name><KeyCount>{len(some)}</KeyCount>"
            f"<IsTruncated>false</IsTruncated>{rows}</ListBucketResult>"
        ).encode()

    def part(self, data: bytes) -> None:
        """An object, or the bytes of it that were asked for."""
        asked = self.headers.get("Range")
        if not asked:
            self.answer(200, data, "application/octet-stream")
            return
        first, _, last = asked.removeprefix("bytes=").partition("-")
        begin = int(first) if first else max(0, len(data) - int(last))
        end = min(int(last), len(data) - 1) if first and last else len(data) - 1
        self.answer(206, data[begin : end + 1], "application/octet-stream", f"bytes {begin}-{end}/{len(data)}")

    def answer(self, status: int, data: bytes, kind: str, stretch: str | None = None) -> None:
        """Sends an answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if stretch:
            self.send_header("Content-Range", stretch)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def store(objects: Objects) -> Iterator[dict[str, str]]:
    """A store with these objects; the environment in which it is found."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Ours", (Handler,), {"objects": objects}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_port}", "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "ours", "AWS_SECRET_ACCESS_KEY": "ours", "AWS_EC2_METADATA_DISABLED": "true",
        }  # fmt: skip
    finally:
        server.shutdown()
        server.server_close()
