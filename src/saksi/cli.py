"""The commands of `saksi`. Each parses, calls the library and prints; heavy parts load inside."""

from __future__ import annotations

import os
import sys
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
    parsed_day,
)
from saksi.commands.snapshots import snapshots_app
from saksi.commands.sources import sources_app
from saksi.commands.terminal import Plain
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
app.command(registers_app)
COMMANDS = (
    questions.tally,
    questions.reconcile,
    questions.add,
    questions.judge,
    questions.judgements,
    questions.speakers,
)
for command in COMMANDS:
    app.command(command)
app.command(snapshots_app)
app.command(sources_app)
app.command(watching.watch)
app.command(copies.copies)
app.command(batching.batch)
for kept in (keeping.serve, keeping.forget, keeping.redact, keeping.agreement, keeping.users, keeping.ledger_app):
    app.command(kept)
for leaving in (releases.export, releases.publish, releases.verify, releases.diff):
    app.command(leaving)
app.command(pictures.chart_app)
app.command(pictures.map_picture, name="map")
app.command(pictures.report)
for proposed in (second.propose, second.ground, second.refused):
    app.command(proposed)
app.command(questions.check_claims, name="check")
app.command(questions.list_incidents, name="incidents")

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


def main() -> None:
    """Runs a command; a failure is one line on standard error and exit code 2."""
    sys.stderr = cast("TextIO", Plain(sys.stderr))
    if sys.stdout.isatty() and not {"--help", "-h"} & {*sys.argv}:  # help is styled for a terminal, and of ours alone
        sys.stdout = cast("TextIO", Plain(sys.stdout))
    try:
        code = app(sys.argv[1:], exit_on_error=False, print_error=False)
    except SaksiError as error:
        fail(str(error))
    except CycloptsError as error:
        fail(f"{error} See: saksi --help")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        fail("stopped; what was read is kept, run the same command to go on")
    except OSError as error:
        fail(f"{error.filename or 'output'}: {error.strerror}")
    except Exception as error:
        told = ledger_failure(error)
        if told is None:
            raise
        fail(told)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def fail(message: str) -> None:
    """Prints one line and leaves with exit code 2."""
    sys.stderr.write("saksi: " + " ".join(message.split()) + "\n")
    sys.exit(2)


@app.command
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


@app.command
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
    query = query_of(given, (parsed_day(first, "--from"), parsed_day(last, "--to")))
    claims_command(open_ledger(ledger), query, format, speaker)


@app.command
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


@app.command
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


@app.command
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


# what each command is for, in the order in which help lists them
GROUPS = {
    "Read": ("read", "watch", "batch", "add", "propose", "ground", "refused"),
    "Ask": ("tally", "check", "incidents", "claims", "explain", "overview", "speakers", "copies"),
    "Judge": ("judge", "judgements", "agreement", "reconcile"),
    "Share": ("serve", "report", "chart", "map", "export", "publish", "verify", "diff"),
    "Keep": ("ledger", "snapshots", "sources", "forget", "redact", "users", "registers", "evaluate"),
    "Of saksi": ("--help", "--version"),
}
for place, (title, names) in enumerate(GROUPS.items()):
    group = Group(title, sort_key=place)
    for order, name in enumerate(names):
        app[name].group = (group,)
        app[name].sort_key = order
