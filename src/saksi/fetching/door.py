"""The one way out to the network: it looks where a name leads before it connects, and nothing stays open for ever."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from saksi.fetching.addresses import is_private


class PrivateAddressError(Exception):
    """A name leads to this machine or to a network of one's own."""


def resolved(host: str, port: int) -> list[str]:
    """The IP addresses that a name leads to."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Door(httpcore.NetworkBackend):
    """Connects to the very address that was looked at, so that a name cannot lead elsewhere the next moment."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        resolve: Callable[[str, int], list[str]] = resolved,
        out: httpcore.NetworkBackend | None = None,
    ) -> None:
        self.allow_private = allow_private
        self.resolve = resolve
        self.out = out or httpcore.SyncBackend()
        self.until = 0.0  # the moment on the monotonic clock when what is under way must be over
        self.numbers: dict[str, str] = {}  # the IP address that each host was last reached at

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects to a host, if all that its name leads to is public."""
        try:
            numbers = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise httpcore.ConnectError(f"no host is called {host}") from None
        if not self.allow_private and any(is_private(n) for n in numbers):
            raise PrivateAddressError(host)
        failed: Exception = httpcore.ConnectError(f"no host is called {host}")
        for number in numbers:
            try:
                stream = self.out.connect_tcp(number, port, self.left(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            self.numbers[host] = number
            return Bounded(stream, self)
        raise failed

    def left(self, timeout: float | None) -> float:
        """The seconds that one step may take of what is left for the whole. Raises ReadTimeout when none are."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole took too long")
        return left if timeout is None else min(timeout, left)


class Bounded(httpcore.NetworkStream):
    """A connection whose every step ends in time: a server that sends byte by byte cannot hold it."""

    def __init__(self, stream: httpcore.NetworkStream, door: Door) -> None:
        self.stream = stream
        self.door = door

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Reads what there is."""
        return self.stream.read(max_bytes, self.door.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Writes all."""
        self.stream.write(buffer, self.door.left(timeout))

    def close(self) -> None:
        """Closes."""
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Goes on under TLS, with the name that was asked for."""
        return Bounded(self.stream.start_tls(ssl_context, server_hostname, self.door.left(timeout)), self.door)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self.stream.get_extra_info(info)
