"""Measures over other people's corpora; where a set's conventions differ from ours, the measure adapts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from saksi.evaluation.properties import measure_properties
from saksi.evaluation.sets.cases import measure_cases
from saksi.evaluation.sets.ecbplus import measure_ecbplus
from saksi.evaluation.sets.flash import measure_flash
from saksi.evaluation.sets.isaf import measure_isaf
from saksi.evaluation.sets.muc4 import measure_muc4
from saksi.evaluation.sets.narasipal import measure_narasipal
from saksi.evaluation.sets.oir import measure_oir
from saksi.evaluation.sets.oir_tallies import measure_oir_tallies
from saksi.evaluation.sets.pages import measure_pages
from saksi.evaluation.sets.polnear import measure_polnear
from saksi.evaluation.sets.rdwti import measure_rdwti
from saksi.evaluation.sets.real import measure_real
from saksi.evaluation.sets.seed import measure_seed
from saksi.evaluation.sets.spans import (
    measure_geowebnews,
    measure_id_facqa,
    measure_id_ner,
    measure_re3d,
)
from saksi.evaluation.sets.timex import measure_times

SETS: dict[str, Callable[[Path, int], None]] = {
    "cases": measure_cases,
    "pages": measure_pages,
    "properties": measure_properties,
    "seed": measure_seed,
    "oir": measure_oir,
    "oir_tallies": measure_oir_tallies,
    "ecbplus": measure_ecbplus,
    "isaf": measure_isaf,
    "muc4": measure_muc4,
    "narasipal": measure_narasipal,
    "polnear": measure_polnear,
    "rdwti": measure_rdwti,
    "re3d": measure_re3d,
    "id_ner": measure_id_ner,
    "id_facqa": measure_id_facqa,
    "geowebnews": measure_geowebnews,
    "trnews": measure_geowebnews,
    "lgl": measure_geowebnews,
    "tempeval": measure_times,
    "indotimex": measure_times,
}

# measures whose gold stands in a file of its own
WITH_GOLD: dict[str, Callable[[Path, Path, int], None]] = {"real": measure_real, "flash": measure_flash}
