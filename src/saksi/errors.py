"""What can go wrong through us or our files; bad text from the world is an `Unread`, not an error.

SaksiError                 the root; its text is one line for a person
├── IntakeError            a file or text that cannot be taken in
├── VocabularyError        a language or register file that is broken (file and line)
├── LedgerError            a ledger that cannot be opened or written
│   └── NotFoundError      a claim or document that a ledger does not have
├── ReleaseError           a folder that is not a release, or a release that was changed
├── EvaluationError        a gold file or floor that is broken or missed
└── UsageError             an option or a date that makes no sense
    └── NowhereError       a place or speaker that a question names and no claim does
"""


class SaksiError(Exception):
    """Any failure Saksi explains in one line: what, where, and the way out."""


class IntakeError(SaksiError):
    """A file or text cannot be taken in."""


class VocabularyError(SaksiError):
    """A language or register file is broken; the message names file and line."""


class LedgerError(SaksiError):
    """A ledger cannot be opened, read or written."""


class NotFoundError(LedgerError):
    """A ledger has no such claim or document."""


class ReleaseError(SaksiError):
    """A folder is no release, or its files are not those it was made with."""


class EvaluationError(SaksiError):
    """A gold file is broken, or a floor is missed."""


class UsageError(SaksiError):
    """An option's value makes no sense."""


class NowhereError(UsageError):
    """A question names a place or speaker that no claim does; `what` says which of the two."""

    def __init__(self, what: str, word: str, text: str) -> None:
        super().__init__(text)
        self.what, self.word = what, word
