"""A way to read that breaks, kills its process or hangs on some texts, for the tests of what a batch does then."""

from __future__ import annotations

import os
import signal
import time

from saksi.batch.unit import How
from saksi.intake.document import Document
from saksi.reading.read import Reading
from saksi.reading.reader import Reader


class DeadlyReader(Reader):
    """Reads as usual, but for texts with a word for what is to happen."""

    def read(self, document: Document) -> Reading:
        """The reading, if it comes to that."""
        if "poison" in document.text:
            raise RecursionError("too deep")
        if "deadly" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "endless" in document.text:
            time.sleep(3600)
        return super().read(document)


class Deadly(How, frozen=True):
    """Reads with such a reader."""

    def reader(self) -> Reader:
        """The reader."""
        return DeadlyReader()
