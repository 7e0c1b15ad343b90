"""Takes mails in (.eml): what a mail says, with its day and subject; then its attachments, each a document."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from datetime import date
from email.errors import HeaderParseError
from email.message import EmailMessage
from pathlib import PurePath
from typing import Any

import msgspec

from saksi.errors import IntakeError
from saksi.intake.document import Document, Given
from saksi.intake.texts import document_of, text_of

MOST = 200  # attachments


class Attached(msgspec.Struct, frozen=True):
    """A file that hangs on a mail: what it is called, what kind the mail says it is, and its bytes."""

    name: str
    kind: str
    data: bytes


def read_mail(data: bytes, name: str, given: Given, taken_from: str) -> Iterator[Document | Attached]:
    """The words of a mail and its attachments. Who sent it is no publisher: press mails are passed on."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    if not mail.keys():
        raise IntakeError(f"{name} is no mail: it has no head with a sender, a day or a subject")
    body = mail.get_body(("plain", "html"))
    attached = [part for part in parts_of(mail) if part is not body]
    said = said_in(body, name, given) if body is not None else ""
    if said.strip():
        about = {"title": head(mail, "Subject"), "ref": head(mail, "Message-ID")}
        day = None if given.published else day_of_mail(mail)
        basis = "mail" if day else None
        yield document_of(said, name, given, published=day, published_basis=basis, taken_from=taken_from, **about)
    elif not attached:
        raise IntakeError(f"{name} says nothing: the mail has neither text nor attachments")
    for number, part in enumerate(attached, 1):
        called = PurePath(part.get_filename() or f"attachment {number}").name
        yield Attached(called, part.get_content_type(), content_of(part))


def parts_of(mail: EmailMessage) -> list[EmailMessage]:
    """The attachments of a mail that may hold text."""
    found: list[EmailMessage] = []
    waiting: list[Any] = [mail]
    while waiting and len(found) < MOST:
        part = waiting.pop()
        if part.get_content_type() == "message/rfc822" or not part.is_multipart():
            if part.is_attachment() or part.get_content_type() == "message/rfc822":
                found.append(part)
        else:
            waiting.extend(reversed(part.get_payload()))
    return found


def said_in(body: Any, name: str, given: Given) -> str:
    """The text of the part that a mail shows; of an HTML part its main text."""
    data = content_of(body)
    if body.get_content_type() == "text/html":
        from saksi.intake.pages import read_page

        try:
            return read_page(data, name, given, None).text
        except IntakeError:
            return ""
    charset = body.get_content_charset() or given.encoding
    try:
        return data.decode(charset).replace("\r\n", "\n")
    except (UnicodeDecodeError, LookupError):
        return text_of(data, name, given).replace("\r\n", "\n")


def content_of(part: Any) -> bytes:
    """The bytes of a part, unwrapped; a mail within is its own bytes."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return bytes(inner[0]) if isinstance(inner, list) and inner else b""
    return part.get_payload(decode=True) or b""


def head(mail: EmailMessage, key: str) -> str | None:
    """One line of a mail's head; what is garbled counts as not there."""
    try:
        return " ".join(str(mail.get(key) or "").split()) or None
    except (HeaderParseError, ValueError, IndexError, TypeError, AttributeError):  # the parser's own slips
        return None


def day_of_mail(mail: EmailMessage) -> date | None:
    """The day that a mail says it was sent, as its sender's clock had it."""
    try:
        sent: Any = mail.get("Date")
        return sent.datetime.date() if sent is not None and sent.datetime is not None else None
    except (HeaderParseError, ValueError, IndexError, TypeError, AttributeError, OverflowError):
        return None
