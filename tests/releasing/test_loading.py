"""What leaves a ledger loads in the tools it is meant for.

Those of the extra `dev` must be there in CI. GeoPandas, Datasette and R are tried where somebody has them: they bring
GDAL, a server and a language of their own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from saksi import Ledger, Reader
from saksi.registers.load import load_registers
from saksi.releasing.choice import Asking, Chosen, Credits
from saksi.releasing.datasette import write_metadata
from saksi.releasing.exporting import export
from saksi.releasing.release import publish
from tests.conftest import missing
from tests.releasing.made import made_ledger

Exported = Callable[[str], Path]


def promised(name: str) -> Any:
    """A library of the extra `dev`: skipped where a user has it not, a failure in CI."""
    if find_spec(name) is None:
        missing(name)
    return import_module(name)


def tried(name: str) -> Any:
    """A library that nobody is asked to install for these tests."""
    return pytest.importorskip(name, reason=f"{name} is not installed; the extra dev does not bring it")


@pytest.fixture
def ledger(tmp_path: Path, reader: Reader) -> Ledger:
    """The ledger of this folder."""
    return made_ledger(tmp_path, reader)


@pytest.fixture
def exported(ledger: Ledger, tmp_path: Path) -> Exported:
    """Exports a shape; gives the file."""

    def make(shape: str) -> Path:
        endings = {"polecat": "txt", "ged": "csv", "acled": "csv", "meltt": "csv", "eventreport": "csv"}
        out = tmp_path / f"{shape}.{endings.get(shape, shape)}"
        export(ledger, shape, out, Asking(Chosen()), load_registers())
        return out

    return make


def test_pandas_reads_parquet_tables_and_workbooks(ledger: Ledger, exported: Exported) -> None:
    pandas = promised("pandas")
    rows = list(ledger.claims())
    frame = pandas.read_parquet(exported("parquet"))
    assert list(frame["id"]) == [row.id for row in rows]
    assert frame["places"][0][0]["name"] == rows[0].places[0].name
    assert list(pandas.read_csv(exported("csv"))["low"].dropna()) == [r.low for r in rows if r.low is not None]
    assert list(pandas.read_excel(exported("xlsx"), "claims")["id"]) == list(frame["id"])
    assert list(pandas.read_csv(exported("ged"))["low"]) == [10, 20, 3]
    assert pandas.read_csv(exported("polecat"), sep="\t").shape[1] == 43


def test_polars_unnests_places_and_keeps_days(ledger: Ledger, exported: Exported) -> None:
    polars = promised("polars")
    frame = polars.read_parquet(exported("parquet"))
    assert frame.schema["start"] == polars.Date
    named = frame.explode("places").unnest("places")["name"].drop_nulls().to_list()
    assert named == [place.name for row in ledger.claims() for place in row.places]


def test_duckdb_asks_nested_claims_by_sql(exported: Exported) -> None:
    duckdb = promised("duckdb")
    path = exported("parquet")
    asked = f"SELECT sum(low) FROM '{path}' WHERE kind = 'kill' AND list_contains([p.country FOR p IN places], 'ID')"
    assert duckdb.sql(asked).fetchall() == [(22,)]
    lines = exported("jsonl")
    assert duckdb.sql(f"SELECT count(*) FROM read_json('{lines}') WHERE speaker.text IS NOT NULL").fetchall() > [(0,)]
    assert len(duckdb.sql(f"SELECT * FROM read_csv('{exported('acled')}')").fetchall()) == 4


def test_arrow_shows_what_each_column_means(exported: Exported) -> None:
    parquet = promised("pyarrow.parquet")
    columns = parquet.read_schema(exported("parquet"))
    assert all(field.metadata[b"description"] for field in columns)


def test_a_release_is_a_valid_data_package(ledger: Ledger, tmp_path: Path) -> None:
    frictionless = promised("frictionless")
    publish(ledger, tmp_path / "out", Asking(Chosen()), Credits("Nduga, Juli", ("Rumah Data",)), load_registers())
    told = frictionless.validate(str(tmp_path / "out" / "datapackage.json"))
    assert told.valid, told.flatten(["title", "message"])
    claims = frictionless.Package(str(tmp_path / "out" / "datapackage.json")).get_resource("claims")
    assert [row["low"] for row in claims.read_rows()] == [row.low for row in ledger.claims()]


def test_followthemoney_streams_the_entities(exported: Exported) -> None:
    model = promised("followthemoney").model
    proxies = [model.get_proxy(json.loads(line), cleaned=False) for line in exported("ftm").read_text().splitlines()]
    found = sorted({proxy.schema.name for proxy in proxies})
    assert found == ["Address", "Article", "Event", "LegalEntity", "Organization", "UnknownLink"]


def test_geopandas_and_pyogrio_read_points(ledger: Ledger, exported: Exported) -> None:
    geopandas = tried("geopandas")
    tried("pyogrio")
    frame = geopandas.read_file(exported("geojson"))
    assert len(frame) == len(list(ledger.claims()))
    assert frame.crs.to_epsg() == 4326
    kenyam = frame[frame["sentence_text"].str.contains("Kenyam")].geometry.iloc[0]
    assert (round(kenyam.x, 1), round(kenyam.y, 1)) == (138.4, -4.6)


def test_datasette_opens_the_ledger_and_keeps_people_closed(ledger: Ledger, tmp_path: Path) -> None:
    tried("datasette")
    write_metadata(ledger, tmp_path / "about.json")
    ledger.close()

    def got(address: str) -> tuple[int, str]:
        command = [sys.executable, "-W", "ignore", "-m", "datasette", str(tmp_path / "war.db"),
                   "--metadata", str(tmp_path / "about.json"), "--get", address]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    code, page = got("/war/claims")
    assert code == 0
    assert "least, inclusive; null is open" in page
    assert "facet" in page
    assert got("/war/people.json")[0] != 0
    assert got("/war.json?sql=select+password+from+people")[0] != 0


def test_r_reads_the_tables(exported: Exported) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed; the tables for eventreport and meltt are only read as tables here")
    asked = f'd <- read.csv("{exported("meltt")}"); cat(nrow(d), class(d$latitude), sum(is.na(as.Date(d$date))))'
    done = subprocess.run(["Rscript", "-e", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split()[1:] == ["numeric", "0"]
