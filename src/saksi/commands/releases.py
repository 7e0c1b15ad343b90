"""The commands that let claims leave a ledger: exports, releases, and what checks and compares releases."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from saksi.commands.options import WHOLE, Extent, open_ledger, parsed_day
from saksi.errors import UsageError
from saksi.releasing.choice import Asking, Chosen, Credits

EVERYTHING = Chosen()
Format = Literal[
    "acled", "csv", "datasette", "eventreport", "ftm", "ged", "geojson", "jsonl", "meltt", "parquet", "plover",
    "polecat", "xlsx",
]  # fmt: skip


def export(
    *,
    out: Path,
    shape: Annotated[Format, Parameter(name="--as", help="The shape of the file.")],
    chosen: Chosen = EVERYTHING,
    extent: Extent = WHOLE,
) -> None:
    """Writes claims in the columns of another scheme; notes beside the file say what it could not hold, and why.

    Parameters
    ----------
    out
        The file to write. The notes go to the same name with .notes.json.
    """
    from saksi.releasing.exporting import export as exported
    from saksi.releasing.exporting import summed

    asking = Asking(chosen, *extent.days())
    if shape == "datasette":
        from saksi.releasing.datasette import write_metadata

        if asking.told():
            raise UsageError("--as datasette describes the ledger as it is: it takes no options that choose claims")
        print(write_metadata(extent.opened(), out))
        return
    print(summed(exported(extent.opened(), shape, out, asking, extent.known()), out))


def publish(
    *,
    out: Path,
    credits: Credits,
    chosen: Chosen = EVERYTHING,
    extent: Extent = WHOLE,
) -> None:
    """Makes a release: a folder of claims and of what follows from them, for others to load, check and cite.

    Parameters
    ----------
    out
        The folder to make; it must not hold anything.
    """
    from saksi.releasing.release import MANIFEST, digest
    from saksi.releasing.release import publish as published

    asking = Asking(chosen, *extent.days())
    parsed_day(credits.on, "--on")
    made = published(extent.opened(), out, asking, credits, extent.known())
    counts = ", ".join(f"{many} {name}" for name, many in made.counts.items())
    print(f"{out}: version {made.version}: {counts}")
    print(f"SHA-256 of {MANIFEST}: {digest((out / MANIFEST).read_bytes())}")


def verify(folder: Path, *, ledger: str | None = None, registers: Path | None = None) -> int:
    """Checks a release: hashes, columns, offsets, tallies reckoned anew; a line for each failure, then exit code 1.

    Parameters
    ----------
    folder
        The release.
    ledger
        A ledger whose texts the words are held against, a file or postgresql://user@host/database.
    registers
        Folder of a project's own actors, places, kinds and words, where the release was made with them.
    """
    from saksi.registers.load import load_registers
    from saksi.releasing.opened import Release
    from saksi.releasing.verifying import failures, not_checked

    release, known = Release(folder), load_registers(registers)
    texts = open_ledger(ledger) if ledger else None
    found = 0
    for line in failures(release, known, texts):
        print(line)
        found += 1
    for line in not_checked(release, known, texts):
        print(f"not checked: {line}")
    print(f"{folder}: {f'{found} failures' if found else 'all is as it was made'}; manifest {release.digest}")
    return 1 if found else 0


def diff(old: Path, new: Path, *, format: Literal["table", "jsonl"] = "table") -> None:
    """What a newer release adds, revises, corrects, strikes through, and no longer has, and why.

    Parameters
    ----------
    old
        The older release.
    new
        The newer release.
    format
        table for people, jsonl for programs: lines of sort `gone`, `struck` and `erased` are the feed of deletions.
    """
    from saksi.commands.lines import write_lines
    from saksi.releasing.differing import changes
    from saksi.releasing.opened import Release

    found = changes(Release(old).whole(), Release(new).whole())
    if format == "jsonl":
        write_lines(iter(found))
        return
    for each in found:
        print(f"{each.sort:<10} {each.of}  {each.says}")
    print(f"{len(found)} changes from {old} to {new}")
