"""Two voices of one page: what tests/cases/one_page.yml says of their figures, through the reader and the links."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from saksi.intake.document import Document
from saksi.languages.files import load_yaml
from saksi.ledger.columns import rows_of
from saksi.ledger.judgements import Judged
from saksi.reading.reader import Reader
from saksi.reconcile.assess import Assessment, assess, standing
from saksi.reconcile.links import worth_asking
from saksi.reconcile.terms import Naming
from saksi.registers.load import load_registers
from tests.conftest import ROOT
from tests.test_cli import saksi

CASES = load_yaml(ROOT / "tests/cases/one_page.yml")
PUBLISHED = date(2024, 5, 20)


def assessed(case: dict[str, Any]) -> Assessment:
    """What the claims of a page amount to."""
    reader, registers = Reader(), load_registers()
    page = reader.prepared(Document(text=case["text"], language=case["language"], published=PUBLISHED))
    nobody = Judged({}, {}, {})
    return assess(standing(rows_of(reader.read(page), {}), nobody, Naming(registers)), nobody, registers)


@pytest.mark.parametrize("case", CASES, ids=[c["shows"] for c in CASES])
def test_figures_of_one_page(case: dict[str, Any]) -> None:
    found = assessed(case)
    of = {t.id: t for t in found.terms}
    pairs = [(sorted((of[k.a].least, of[k.b].least)), k) for k in found.links]
    assert sorted(n for n, k in pairs if k.verdict == "same") == sorted(case["same"])
    asked = [n for n, k in pairs if k.verdict == "maybe" and worth_asking(k, of[k.a], of[k.b])]
    assert sorted(asked) == sorted(case["asked"])
    told = [(c.within, sorted(of[i].least for i in c.claims)) for part in found.components for c in part.contradictions]
    assert sorted(told) == sorted(("document", n) for n in case["same"] if n[0] != n[1])


def test_check_says_which_pairs_would_contradict(tmp_path: Path) -> None:
    page, ledger = tmp_path / "page.txt", tmp_path / "war.db"
    page.write_text(
        "The state news agency said militants killed dozens of civilians in Baidoa on 18 May.\n\n"
        "Residents said the militants killed 280 people in Baidoa on 18 May,.\n",
        "utf-8",
    )
    saksi("read", page, "--published", "2024-05-20", "--ledger", ledger)
    done = saksi("check", "--ledger", ledger)
    assert done.stdout.splitlines() == [
        "0 contradictions, 0 tensions",
        "1 pair would contradict, if of one happening. Decide them: saksi incidents",
    ]
    assert done.returncode == 0
    assert "kill 280" in saksi("incidents", "--ledger", ledger).stdout
