"""The page of a tally: of a question that too many claims bear on three figures, what stands aside, what to judge."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from saksi import Ledger
from saksi.publish import tallying
from tests.reconcile.test_broad import a_year
from tests.reconcile.test_commands import add
from tests.web.conftest import serving, site_on


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A page over a year of attacks."""
    ledger = Ledger.open(add(tmp_path_factory.mktemp("broad"), *a_year()))
    with (
        pytest.MonkeyPatch.context() as patched,
        serving(site_on(ledger)) as address,
        httpx.Client(base_url=address, timeout=60) as asking,
    ):
        patched.setattr(tallying, "MOMENT", 60.0)  # wait for the counts
        yield asking
    ledger.close()


def test_a_broad_question_has_three_figures(crowd: httpx.Client) -> None:
    page = crowd.get("/tally?kind=kill&country=IQ&from=2007-01-01", headers={"accept-language": "en"}).text
    for words in ("200 figures, no two of them of the same", "490–550", "low takes 30 undecided pairs as one each",
                  "10 claims: name no day", "5 claims: name no place"):  # fmt: skip
        assert words in page
    pair = page.partition('href="/review?sort=pairs&amp;at=')[2].partition('"')[0]
    review = crowd.get(f"/review?sort=pairs&at={pair}").text
    assert all(id in review for id in pair.split("%20"))


def test_its_parts_are_lines_with_what_is_sure_and_what_is_told(crowd: httpx.Client) -> None:
    page = crowd.get("/tally?kind=kill&country=IQ&from=2007-01-01&by=month", headers={"accept-language": "id"}).text
    assert "pasti 152, menurut semua klaim 212" in page
    speakers = crowd.get("/tally?kind=kill&country=IQ&by=speaker", headers={"accept-language": "en"}).text
    assert "trust=sdf" in speakers
    assert "surely 150, as told 150" in speakers
