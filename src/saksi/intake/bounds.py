"""What a packed file may unpack to, so that a small hostile one cannot fill the memory."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

from lxml import etree

from saksi.errors import IntakeError

UNPACKED = 64_000_000  # bytes of one part of a packed file
PACKED = 200_000_000  # bytes of a file that must be held whole
# how reading a zip file ends whose bytes are not what they should be
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
              OSError, EOFError, NotImplementedError, RuntimeError, ValueError)  # fmt: skip


def inflated(data: bytes, name: str, window: int = zlib.MAX_WBITS | 32) -> bytes:
    """Bytes of gzip or zlib unpacked, up to the limit; `window` -15 is a bare deflate stream."""
    unpacker = zlib.decompressobj(window)
    try:
        out = unpacker.decompress(data, UNPACKED)
    except zlib.error as error:
        raise IntakeError(f"{name} cannot be unpacked: {error}") from None
    if unpacker.unconsumed_tail:
        raise IntakeError(f"{name} unpacks to more than {UNPACKED:,} bytes")
    return out


def unpacked(data: bytes, encoding: str, where: str) -> bytes:
    """A body unpacked, up to the limit; many archives unpack it and leave the header, and then it is as it is."""
    if encoding in ("gzip", "x-gzip") and data.startswith(b"\x1f\x8b"):
        return inflated(data, where)
    if encoding == "deflate":
        window = zlib.MAX_WBITS if data[:1] == b"\x78" else -zlib.MAX_WBITS
        return inflated(data, where, window)
    if encoding in ("br", "zstd") and b"<" not in data[:200]:
        raise IntakeError(f"{where} is packed as {encoding}: that is not read, plain or gzip is")
    return data


def member(archive: zipfile.ZipFile, part: str, name: str) -> bytes | None:
    """One part of a zip file, up to the limit whatever its head says; None where it is not there."""
    try:
        with archive.open(part) as stream:
            data = stream.read(UNPACKED + 1)
    except KeyError:
        return None
    except BROKEN_ZIP as error:
        raise IntakeError(f"{name} is damaged: {part} cannot be unpacked ({error}). Get the file anew") from None
    if len(data) > UNPACKED:
        raise IntakeError(f"{name}: {part} unpacks to more than {UNPACKED:,} bytes")
    return data


def xml_of(data: bytes, name: str) -> etree._Element:
    """XML without entities of its own, files or addresses read: none can grow or reach out."""
    if b"<!DOCTYPE" in data:
        raise IntakeError(f"{name} declares XML entities of its own, which no honest file of this kind does")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise IntakeError(f"{name} is damaged: {' '.join(str(error).split())[:160]}") from None
