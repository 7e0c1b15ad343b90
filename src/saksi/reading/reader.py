"""The reader as a program holds it: vocabularies loaded once, documents read one by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from saksi.circles import uncollected
from saksi.errors import UsageError, VocabularyError
from saksi.intake.document import Document, content_hash
from saksi.languages.files import known_languages
from saksi.reading.pages.detect import detect_language
from saksi.reading.pages.passages import passages
from saksi.reading.read import Reading, read_document, reading_version
from saksi.reading.vocabulary import Vocabulary, load_vocabulary
from saksi.registers.load import Source, load_source


class Reader:
    """Reads documents with one set of registers and, if given, one source's habits."""

    def __init__(self, registers: Path | None = None, source: str | None = None) -> None:
        if registers is not None and not registers.is_dir():
            raise VocabularyError(f"{registers} is not a folder of registers")
        self.overlay = registers
        self.source_name = source
        self.known = known_languages(registers)  # asked once, since it looks through folders
        self.last: tuple[Document, list[Document]] | None = None  # a document and its passages

    def vocabulary(self, code: str) -> Vocabulary:
        """The vocabulary of a language."""
        if code not in self.known:
            raise VocabularyError(f"language {code!r} is not known; known are: {', '.join(self.known)}")
        return load_vocabulary(code, self.overlay)

    def source(self, vocabulary: Vocabulary) -> Source | None:
        """The source file, if one was named."""
        if self.source_name is None:
            return None
        return load_source(self.source_name, vocabulary.registers)

    def prepared(self, document: Document) -> Document:
        """The document with its language, told from the text where it was not given."""
        if document.language is not None:
            return document
        return msgspec.structs.replace(document, language=detect_language(document.text))

    def passages(self, document: Document) -> list[Document]:
        """A document as its passages, told once where it is asked for its version and then read."""
        last = self.last
        if last is None or last[0] is not document:
            last = self.last = document, passages(document, self.known)
        return last[1]

    def version(self, document: Document) -> str:
        """The identity of what would read this document."""
        parts = self.passages(self.prepared(document))
        versions = [self.version_of(part) for part in parts]
        return versions[0] if len(parts) == 1 else version_of_passages(versions)

    def version_of(self, document: Document) -> str:
        """The identity of what would read a document, or a passage of one, in its language."""
        vocabulary = self.vocabulary(str(document.language))
        return reading_version(vocabulary, self.source(vocabulary), document.home)

    @uncollected()
    def read(self, document: Document) -> Reading:
        """The reading of a document: of one in several languages each paragraph in its own."""
        document = self.prepared(document)
        parts = self.passages(document)
        readings = [self.read_passage(part) for part in parts]
        return readings[0] if len(parts) == 1 else joined(document, readings)

    def read_passage(self, document: Document) -> Reading:
        """The reading of a document, or of a passage of one, in its language."""
        vocabulary = self.vocabulary(str(document.language))
        return read_document(document, vocabulary, self.source(vocabulary))

    def actor_names(self, code: str) -> dict[str, str]:
        """The register's name of each actor."""
        return {key: actor.name for key, actor in self.vocabulary(code).registers.actors.items()}


def version_of_passages(versions: list[str]) -> str:
    """The identity of what reads a document in several languages."""
    return "r_" + content_hash(versions, 12)


def joined(document: Document, readings: list[Reading]) -> Reading:
    """The readings of a document's passages as one, in the order of its text; its layers are those of the first."""
    claims = sorted((c for r in readings for c in r.claims), key=lambda c: (c.anchor.start, c.anchor.end, c.ordinal))
    unread = sorted((u for r in readings for u in r.unread), key=lambda u: u.span.start)
    version = version_of_passages([r.version for r in readings])
    return msgspec.structs.replace(readings[0], document=document, claims=claims, unread=unread, version=version)


def read(
    text: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    source: str | None = None,
    registers: str | Path | None = None,
) -> Reading:
    """The reading of a text: its claims, each value pinned to words.

    `published` is the day of publication (`YYYY-MM-DD`); without it years stay unknown.
    Raises UsageError for an impossible date, VocabularyError for an unknown language or source.
    """
    if isinstance(published, str):
        try:
            published = date.fromisoformat(published)
        except ValueError:
            raise UsageError(f"{published!r} is not a date (YYYY-MM-DD)") from None
    basis = "given" if published else None
    document = Document(text=text, language=language, published=published, published_basis=basis)
    reader = Reader(Path(registers) if registers else None, source)
    return reader.read(document)
