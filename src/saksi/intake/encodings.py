"""Bytes of a page as text: by what they say they are and what they can be; then what was once decoded wrongly, mended.

Nothing is mended after this: the text that a document has is the text that its claims are pinned to.
"""

from __future__ import annotations

import codecs
import re

DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})"
    rb"|<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
HEAD = 4096  # bytes in which a page says its encoding
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
WESTERN = "windows-1252"  # what pages mean that say latin-1, and what the old ones are that say nothing
MEANT = frozenset(("utf-8", "iso8859-1", "ascii", "iso8859-15", "cp1252"))
XML_HEAD = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")


def page_text(data: bytes) -> str:
    """The markup of a page as text.

    Valid UTF-8 is UTF-8 whatever the page says, since hardly anything else is by chance; then what it says.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return without_head(data.decode(encoding, "replace"))
    try:
        return without_head(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    said = declared(data)
    nearly = data.decode("utf-8", "replace")
    if said == "utf-8" and nearly.count("\ufffd") * 200 < len(nearly):
        return without_head(nearly)  # a page of UTF-8 that was cut within a letter, or has a stray byte
    meant = WESTERN if said is None or said in MEANT else said
    try:
        return without_head(data.decode(meant, "replace"))
    except (LookupError, UnicodeError):  # "hex" and its like encode no text, and some codecs know no replacing
        return without_head(data.decode(WESTERN, "replace"))


def declared(data: bytes) -> str | None:
    """The encoding that a page says it is in, by its Python name; None where it says none that is known."""
    found = DECLARED.search(data[:HEAD])
    if found is None:
        return None
    try:
        known = codecs.lookup((found[1] or found[2]).decode("ascii"))
    except (LookupError, UnicodeDecodeError):
        return None
    return known.name


def without_head(markup: str) -> str:
    """Markup without the line that says its encoding, which is no longer true of it."""
    return XML_HEAD.sub("", markup).replace("\0", "")


def mended(text: str) -> str:
    """A text with what was decoded wrongly before it came here decoded rightly: "armyâ€™s" is "army’s".

    Line by line, and only where ftfy finds letters together that no language has: what is right stays as it is.
    """
    import ftfy
    from ftfy.badness import is_bad

    return "\n".join(ftfy.fix_encoding(line) if is_bad(line) else line for line in text.split("\n"))
