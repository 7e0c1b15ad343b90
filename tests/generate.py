"""Writes the pages that are made from data: `make docs`. A test compares them with what is committed."""

from __future__ import annotations

import io
import json

from cyclopts import App
from rich.console import Console

from saksi.cli import app
from saksi.languages.files import known_languages, load_language
from saksi.ledger.columns import json_schema
from saksi.proposing.schema import json_schema as proposals_schema
from saksi.registers.load import load_registers
from saksi.releasing.codebook import classes, columns, kinds, tallies
from tests.conftest import ROOT


def schema() -> str:
    """The JSON Schema of a row."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def codebook() -> str:
    """The codebook: columns, kinds, classes, soft numbers, tolerances, parts of the day, geo precision."""
    registers = load_registers()
    parts = [HEAD, columns(), tallies(), kinds(registers), classes(registers), numbers(), times(), PRECISION]
    return "\n".join(parts)


HEAD = """# Codebook

Made from the data files by `make docs`; change those, not this page.
"""

PRECISION = """## Geo precision

A place has a `level` (country, region, admin1, admin2, city, village, site, water) and a `precision`:
`exact` is the named place itself, `near` is its surroundings ("near", "di dekat", "north of").
Coordinates are WGS 84; provinces and countries have the centre of their population.
"""


def numbers() -> str:
    """Ranges of soft words and tolerances."""
    lines = ["## Soft numbers\n", "| language | word | low | high |", "| --- | --- | --- | --- |"]
    for code in known_languages():
        for word, (low, high) in load_language(code)["numbers"]["vague"].items():
            lines.append(f"| {code} | {word} | {low} | {'open' if high is None else high} |")
    lines.append(
        '\n"About" and its like mean a tenth either way, at least one; "nearly" a tenth below up to the number.'
    )
    lines.append("A bare noun is one or more, a bare plural two or more, marked as inferred.")
    return "\n".join(lines) + "\n"


def times() -> str:
    """Parts of the day."""
    lines = ["## Parts of the day\n", "| language | word | from | to |", "| --- | --- | --- | --- |"]
    for code in known_languages():
        for word, (start, end) in load_language(code)["times"]["times_of_day"].items():
            lines.append(f"| {code} | {word} | {start} | {end} |")
    return "\n".join(lines) + "\n"


def proposal_schema() -> str:
    """The JSON Schema of an answer, versioned by its content."""
    return json.dumps(proposals_schema(), indent=1, ensure_ascii=False) + "\n"


def commands() -> str:
    """The command reference: what `saksi COMMAND --help` prints, for every command."""
    parts = [COMMANDS, help_of(())]
    for name in names_of(app):
        inner = names_of(app[name])
        parts += [help_of((name,)), *(help_of((name, each)) for each in inner)]
    return "\n".join(parts)


COMMANDS = """# Commands

Made from the commands by `make docs`: what `saksi COMMAND --help` prints.

- **Exit codes**: 0 where all is well; 1 where a command finds what it looks for or what should not be (`saksi check` a
  contradiction, `saksi verify` a difference, `saksi snapshots check` a page that was changed); 2 where something
  failed, with one line on standard error that says what, where, and the way out.
- **`--quiet`**, before or behind any command (or `SAKSI_QUIET=yes`): a command that changes a ledger does not say what
  it did, and no count runs on the terminal. Answers to questions and failures are still told.
- **Colours** are for help on a terminal alone; with `NO_COLOR` in the environment there are none.
- **The Tab key** completes commands and options once your shell knows them:
  `saksi completion bash > ~/.local/share/bash-completion/completions/saksi` for bash,
  `saksi completion fish > ~/.config/fish/completions/saksi.fish` for fish, and for zsh
  `saksi completion zsh > FOLDER/_saksi` with a folder of your `fpath`.
"""


def names_of(commands: App) -> list[str]:
    """The commands of a command, without the switches that every command has."""
    return sorted(name for name in commands if not name.startswith("-"))


def help_of(words: tuple[str, ...]) -> str:
    """What a command's help prints, on a page of a fixed width and without frames."""
    made = io.StringIO()
    app.help_print(list(words), console=Console(file=made, width=100, color_system=None, legacy_windows=False))
    lines = (line.rstrip() for line in made.getvalue().strip().splitlines())
    title = " ".join(("saksi", *words))
    return f"## {title}\n\n```text\n" + "\n".join(lines) + "\n```\n"


PAGES = {
    "docs/claim.schema.json": schema, "docs/codebook.md": codebook, "docs/commands.md": commands,
    "docs/proposal.schema.json": proposal_schema,
}  # fmt: skip


if __name__ == "__main__":
    for path, make in PAGES.items():
        (ROOT / path).write_text(make(), encoding="utf-8")
        print(path)
