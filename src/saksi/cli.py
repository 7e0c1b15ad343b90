"""The commands of `saksi`. Each parses, calls the library and prints; heavy parts load inside."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Literal, TextIO, cast

from cyclopts import App, CycloptsError, Group, Parameter

from saksi.commands import batching, copies, keeping, pictures, questions, releases, second, watching
from saksi.commands.asking import NOBODY, Asks
from saksi.commands.failing import ledger_failure
from saksi.commands.options import (
    AS_USUAL,
    NOTHING,
    About,
    Fetched,
    chosen_registers,
    ledger_address,
    open_ledger,
    parsed_days,
)
from saksi.commands.snapshots import snapshots_app
from saksi.commands.sources import sources_app
from saksi.commands.terminal import QUIETLY, Plain
from saksi.errors import SaksiError, UsageError
from saksi.ledger.grounds import Ground
from saksi.version import __version__

app = App(
    name="saksi",
    version=__version__,
    help="A ledger of claims about armed conflict: who says that who did what, how many, where, when.",
    help_format="plaintext",  # nothing here is marked up, and reading marks takes a third of the time
)
registers_app = App(name="registers", help="A project's own vocabulary: actors, places, kinds, words.")

Layer = Literal[
    "numbers", "times", "places", "demonyms", "actors", "objects", "events", "attributions", "blocks", "unread"
]
Stance = Annotated[str | None, Parameter(help="reports, asserts, claims, confirms, denies, estimates, fears or plans.")]
Grounds = Annotated[
    Ground | None,
    Parameter(
        help="The weakest ground of place, days and speaker: stated in its sentence, carried, presumed, proposed."
    ),
]
Shape = Literal["table", "csv", "jsonl"]
QUIET = "--quiet"  # of every command
RESUMED = frozenset(("read", "watch", "batch", "add", "ground", "reconcile", "ledger"))  # go on where they were stopped


def main() -> None:
    """Runs a command; a failure is one line on standard error and exit code 2."""
    sys.stderr = cast("TextIO", Plain(sys.stderr))
    if sys.stdout.isatty() and not {"--help", "-h"} & {*sys.argv}:  # help is styled for a terminal, and of ours alone
        sys.stdout = cast("TextIO", Plain(sys.stdout))
    words = [word for word in sys.argv[1:] if word != QUIET]
    if len(words) < len(sys.argv) - 1:
        os.environ[QUIETLY] = "yes"
    try:
        code = app(words, exit_on_error=False, print_error=False)
    except SaksiError as error:
        fail(str(error))
    except CycloptsError as error:
        fail(f"{error} See: {help_of(words)}")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        goes_on = bool(RESUMED.intersection(words[:1]))
        fail(
            "stopped; " + ("what was read is kept, run the same command to go on" if goes_on else "nothing was changed")
        )
    except OSError as error:
        fail(f"{error.filename or 'output'}: {error.strerror}")
    except Exception as error:
        told = ledger_failure(error)
        if told is None:
            raise
        fail(told)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def help_of(words: Sequence[str]) -> str:
    """The command that tells how another is used."""
    known = [word for word in words[:1] if not word.startswith("-") and word in app]
    return " ".join(["saksi", *known, "--help"])


def fail(message: str) -> None:
    """Prints one line and leaves with exit code 2."""
    sys.stderr.write("saksi: " + " ".join(message.split()) + "\n")
    sys.exit(2)


def read(
    *files: str,
    ledger: str | None = None,
    source: str | None = None,
    about: About = NOTHING,
    format: Literal["table", "jsonl"] | None = None,
    layer: Layer | None = None,
    fetched: Fetched = AS_USUAL,
    asks: Asks = NOBODY,
) -> int:
    """Reads texts, pages, PDF, Word, mails, archives, tables; keeps the claims in a ledger or prints them.

    Parameters
    ----------
    files
        Files of text (.txt), pages (.html), .pdf, .docx, .eml, web archives (.warc.gz), or tables of texts (.jsonl,
        .csv, .tsv, .parquet); addresses of pages (https://…); `-` is standard input.
    ledger
        Keep the claims in this ledger; made where it does not exist.
    source
        Apply a source file of registers/sources: its speaker, actor and habits.
    format
        Print the claims: jsonl is the public contract, table is for people.
    layer
        Print one layer of mentions instead of claims.
    """
    from saksi.commands.reading import Options, read_command

    if not files:
        raise UsageError("name at least one file, or - for standard input: saksi read report.txt")
    given = about.given()
    target = ledger or (ledger_address(None) if format is None and layer is None else None)
    registers = chosen_registers(about.registers, target)
    options = Options(source, registers, format, layer, fetched.folder(target), fetched.allow_private)
    if asks != NOBODY:
        return second.read_second(list(files), given, target, options, asks)
    return read_command(list(files), given, target, options)


def claims(
    *,
    ledger: str | None = None,
    kind: str | None = None,
    target: str | None = None,
    country: str | None = None,
    actor: str | None = None,
    speaker: str | None = None,
    stance: Stance = None,
    first: Annotated[str | None, Parameter(name="--from")] = None,
    last: Annotated[str | None, Parameter(name="--to")] = None,
    words: str | None = None,
    sentence: str | None = None,
    grounds: Grounds = None,
    format: Shape = "table",
) -> None:
    """Lists the claims of a ledger.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    kind
        A kind of event, with those under it: destroy, kill, airstrike.
    target
        A class of things or people, with those under it: vehicle, soldier.
    country
        ISO code of the country: SY, IQ, ID.
    actor
        Who did it, by id of the register: coalition, isis.
    speaker
        Who says it, by any of the names that one speaker goes by (saksi speakers), or by id of the register.
    first
        First day, YYYY-MM-DD: claims whose period ends before it are left out.
    last
        Last day, YYYY-MM-DD: claims whose period begins after it are left out.
    words
        Only documents with these words (full-text search); "quoted words" stand together.
    sentence
        Only claims whose own sentence has these words.
    format
        table for people, csv for spreadsheets, jsonl for programs.
    """
    from saksi.commands.reading import claims_command, query_of

    given = {"kind": kind, "target": target, "country": country, "actor": actor, "stance": stance,
             "words": words, "sentence": sentence, "grounds": grounds}  # fmt: skip
    query = query_of(given, parsed_days(first, last))
    claims_command(open_ledger(ledger), query, format, speaker)


def explain(claim: str, *, ledger: str | None = None) -> None:
    """Shows the sentence of a claim with every span underlined, its rules, and what was inferred.

    Parameters
    ----------
    claim
        The claim's id, or its beginning.
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.commands.judging import judgement_lines
    from saksi.inquiry.explain import explanation
    from saksi.inquiry.told_again import lines_of_copies

    store = open_ledger(ledger)
    row = store.claim(claim)
    print(explanation(row, store.text(row.document.id)))
    for line in (*judgement_lines(store, row.id), *lines_of_copies(store, row.id)):
        print(line)


def overview(*, ledger: str | None = None) -> None:
    """Sums up what a ledger holds: for each kind and target the numbers said, side by side.

    Nothing is added up: each number stands with who says it, where and for which days.

    Parameters
    ----------
    ledger
        The ledger, a file or postgresql://user@host/database; $SAKSI_LEDGER or ./saksi.db where not given.
    """
    from saksi.commands.reading import overview_command

    overview_command(open_ledger(ledger))


def evaluate(
    *files: Path,
    set: str | None = None,
    floors: bool = False,
    raise_floors: bool = False,
    corpus: Path = Path("evaluate"),
    gold: Path | None = None,
    answers: Path | None = None,
    shared: Path = Path("../shared"),
    misses: int = 0,
) -> int:
    """Measures the reader: on our own gold, or with --set on another corpus.

    Parameters
    ----------
    files
        The file of the other corpus, in its own form.
    set
        cases, pages, properties, real, proposals, flash, seed, oir, oir_tallies, ecbplus, isaf, muc4, narasipal,
        polnear, rdwti, re3d, id_ner, id_facqa, geowebnews, trnews, lgl, tempeval or indotimex.
    floors
        Fail where a figure is under its floor: of our own gold, of the small inputs of the tests, and of real and
        flash where their files are in --shared.
    raise_floors
        Raise the floors to the figures reached; they are never lowered.
    corpus
        Folder of our own gold.
    gold
        The file of the gold, for real, proposals and flash.
    answers
        The file of a second reader's answers, for proposals.
    shared
        Folder of texts that may not be handed on; without it their floors are not checked.
    misses
        Print so many misses, to learn from.
    """
    from saksi.evaluation.command import evaluate_command, evaluate_proposals, evaluate_set

    if set == "proposals":
        return evaluate_proposals(list(files), gold, answers, misses)
    if set is not None:
        return evaluate_set(set, list(files), misses, gold)
    return evaluate_command(corpus, floors=floors, raise_floors=raise_floors, misses=misses, shared=shared)


@registers_app.command
def check(folder: Path) -> None:
    """Checks a folder of a project's own registers; an error names file and line.

    Parameters
    ----------
    folder
        The folder, laid out as Saksi's own: actors/*.yml, sources/*.yml, events.yml, objects.yml,
        places.yml, languages/<code>/*.yml.
    """
    from saksi.commands.reading import check_registers

    check_registers(folder)


Shell = Literal["bash", "zsh", "fish"]


def completion(shell: Shell) -> None:
    """Prints what a shell needs to complete commands and options at the Tab key; see the commands' page.

    Parameters
    ----------
    shell
        bash, zsh or fish.
    """
    print(app.generate_completion(shell=shell), end="")


# every command by its name, by what it is for, in the order in which help lists them
COMMANDS: dict[str, dict[str, Callable[..., object] | App]] = {
    "Read": {
        "read": read, "watch": watching.watch, "batch": batching.batch, "add": questions.add,
        "propose": second.propose, "ground": second.ground, "refused": second.refused,
    },
    "Ask": {
        "tally": questions.tally, "check": questions.check_claims, "incidents": questions.list_incidents,
        "claims": claims, "explain": explain, "overview": overview, "speakers": questions.speakers,
        "copies": copies.copies,
    },
    "Judge": {
        "judge": questions.judge, "judgements": questions.judgements, "agreement": keeping.agreement,
        "reconcile": questions.reconcile,
    },
    "Share": {
        "serve": keeping.serve, "report": pictures.report, "chart": pictures.chart_app, "map": pictures.map_picture,
        "export": releases.export, "publish": releases.publish, "verify": releases.verify, "diff": releases.diff,
    },
    "Keep": {
        "ledger": keeping.ledger_app, "snapshots": snapshots_app, "sources": sources_app, "forget": keeping.forget,
        "redact": keeping.redact, "users": keeping.users, "registers": registers_app, "evaluate": evaluate,
    },
    "Of saksi": {"completion": completion},
}  # fmt: skip


def register() -> None:
    """Makes the commands known to the program, each in its group."""
    for place, (title, named) in enumerate(COMMANDS.items()):
        group = Group(title, sort_key=place)
        for order, (name, command) in enumerate(named.items()):
            if isinstance(command, App):
                app.command(command)
            else:
                app.command(command, name=name)
            app[name].group, app[name].sort_key = (group,), order
    for name in ("--help", "--version"):
        app[name].group = (group,)


register()
