"""What `saksi read --second` does: says what will be sent and where, asks a model, and settles its claims with ours."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from saksi.errors import SaksiError, UsageError

KEY = "SAKSI_MODEL_KEY"  # the variable that holds the key of a service, if it needs one


@Parameter(name="*")
@dataclass(frozen=True)
class Asks:
    """Which model is asked, and within what bounds; without `second` nothing is ever sent."""

    second: Annotated[
        str | None, Parameter(help="Also ask a model here, any OpenAI-compatible server: http://127.0.0.1:11434/v1.")
    ] = None
    model: Annotated[
        str | None, Parameter(help="The model's name, with --second; the ledger names the reader by it.")
    ] = None
    dry_run: Annotated[bool, Parameter(help="Only say what would be sent, with tokens and cost; send nothing.")] = False
    yes: Annotated[bool, Parameter(help="Send to a host that is not this machine without being asked.")] = False
    kept: Annotated[Path | None, Parameter(help="Folder where answers are kept, so that no text is asked twice.")] = (
        None
    )
    price: Annotated[str | None, Parameter(help="Price of a million tokens, asked and answered: 0.15,0.60.")] = None
    seconds: Annotated[float, Parameter(help="Longest time for one answer.")] = 120.0
    retries: Annotated[int, Parameter(help="How often a busy or broken server is asked again.")] = 3
    workers: Annotated[int, Parameter(help="How many documents are asked about at once.")] = 2


NOBODY = Asks()


def check(asks: Asks) -> None:
    """Refuses options of a second reader where none is named, and bounds that are none."""
    if asks.second is None:
        if asks != NOBODY:
            raise UsageError("name the server too: --second http://127.0.0.1:11434/v1 --model NAME")
    elif not (0 < asks.seconds <= 3600 and 0 <= asks.retries <= 10 and 1 <= asks.workers <= 32):
        raise UsageError("--seconds goes up to 3600, --retries from 0 to 10, --workers from 1 to 32")


def folder_of(asks: Asks) -> Path:
    """Where answers are kept: as named, else in the user's cache."""
    if asks.kept is not None:
        return asks.kept
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("saksi")) / "answers"


def confirm(host: str, documents: int, characters: int, *, yes: bool) -> None:
    """Names the host that texts would leave this machine for, and asks. Raises UsageError without a yes."""
    what = f"{documents} texts ({characters:,} characters) would be sent to {host}"
    if yes:
        sys.stderr.write(what.replace("would be", "are") + "\n")
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{what}. Say --yes if they may leave this machine")
    sys.stderr.write(f"{what}. Send them? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes", "ya"):
        raise UsageError("nothing was sent")


def key() -> str | None:
    """The key of the service, where the environment holds one."""
    return os.environ.get(KEY) or None


def complain(line: object) -> None:
    """One line on standard error."""
    sys.stderr.write("saksi: " + " ".join(str(line).split()) + "\n")


def unwritable(error: OSError, folder: Path) -> SaksiError:
    """An error of the folder of answers in one line."""
    return SaksiError(f"{folder} cannot be written: {error.strerror}. Name another with --kept")
