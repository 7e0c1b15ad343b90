"""Addresses of pages, taken apart and made safe to ask; and which machines on the network are nobody's business."""

from __future__ import annotations

import ipaddress
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import msgspec

LONGEST = 4_000  # characters
PORTS = {"http": 80, "https": 443}
KEPT = "/%:@!$&'()*+,;=~-._?"  # what stays as it is in a path
NAT64 = ipaddress.ip_network("64:ff9b::/96")
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class Address(msgspec.Struct, frozen=True):
    """An address whose host and path are plain ASCII."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme and host, with the port where it is not the usual one: what a robots.txt speaks for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    def __str__(self) -> str:
        return self.origin + self.target


def address_of(text: str, base: Address | None = None) -> Address:
    """An address taken apart; one that is relative goes on from `base`. Raises ValueError for what is none."""
    whole = urljoin(str(base), text.strip()) if base is not None else text.strip()
    if len(whole) > LONGEST or any(c <= " " or c == "\x7f" for c in whole):
        raise ValueError("it is too long or holds white space")
    parts = urlsplit(whole)
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise ValueError(f"only http and https are fetched, not {parts.scheme or 'an address without a scheme'}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("it holds a name or a password, which would be kept with the page")
    if not parts.hostname:
        raise ValueError("it names no host")
    try:
        host = parts.hostname.rstrip(".").encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    except UnicodeError:
        raise ValueError("its host is no name of a host") from None
    path = quote(parts.path or "/", safe=KEPT)
    target = urlunsplit(("", "", path, quote(parts.query, safe=KEPT), ""))
    return Address(scheme, host, parts.port or PORTS[scheme], target if target.startswith("/") else "/" + target)


def is_private(number: str) -> bool:
    """Whether an IP address is of this machine, of a network of one's own, or otherwise of nobody on the web."""
    try:
        ip: IP = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return True
    return any(not each.is_global or each.is_multicast for each in (ip, *within(ip)))


def within(ip: IP) -> list[IP]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if not isinstance(ip, ipaddress.IPv6Address):
        return []
    nat = [ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)] if ip in NAT64 else []
    return [*nat, *(each for each in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if each is not None)]
