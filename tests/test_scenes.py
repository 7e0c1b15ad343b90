"""Where, when and by whose word, when other sentences of the page say it; and how well it is known."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import msgspec
import numpy as np
import pytest
import sqlalchemy as sa

from saksi.evaluation.learning.fitting import Choice, Problem, learned
from saksi.evaluation.learning.settings import NARROWER, Page, narrower
from saksi.intake.document import Document
from saksi.languages.files import load_yaml
from saksi.ledger import schema
from saksi.ledger.columns import Row, check_row, rows_of
from saksi.ledger.grounds import GROUNDS, as_strong, weakest
from saksi.ledger.query import Query
from saksi.ledger.store import Ledger
from saksi.reading.read import draft_document
from saksi.reading.reader import Reader
from saksi.reading.scenes.agreeing import heard_together
from saksi.reading.scenes.choice import Weighed, likeliest, likeliest_days
from saksi.reading.scenes.ground import Option
from saksi.reading.scenes.parts import join_parts
from saksi.reading.scenes.stretches import UNTIL, finer, stretches
from saksi.reading.values import Mention, Period
from tests.conftest import ROOT

PAGES = load_yaml(ROOT / "tests/cases/scenes.yml")["pages"]


def rows(reader: Reader, text: str, language: str, published: date | None, publisher: str | None = None) -> list[Row]:
    """The claims of a text."""
    document = Document(text=text, ref="a", language=language, published=published, publisher=publisher)
    reading = reader.read(document)
    return rows_of(reading, reader.actor_names(language))


def told(row: Row, field: str) -> Any:
    """What a row says of a field of the cases: the place as the text names it, the speaker's words."""
    if field == "place":
        return row.places[0].text if row.places else None
    if field == "country":
        return row.places[0].country if row.places else None
    return row.speaker.text if field == "speaker" and row.speaker else getattr(row, field)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p["shows"])
def test_a_claim_takes_its_scene_from_the_page(reader: Reader, page: dict[str, Any]) -> None:
    told_by = page["text"], page["language"], page["published"], page.get("publisher")
    found = {r.low: r for r in rows(reader, *told_by) if r.low is not None}
    for number, fields in page["claims"].items():
        assert {f: told(found[number], f) for f in fields} == fields
    assert all(check_row(row, page["text"]) is None for row in found.values())


def test_a_day_is_also_taken_up_to_publication_for_who_was_arrested_after_it(reader: Reader) -> None:
    saturday, published = date(2022, 9, 10), date(2022, 9, 15)
    text = "Bentrokan di Kendal pada Sabtu (10/9) menewaskan satu orang."
    reading = reader.read(Document(text=text, ref="a", language="id", published=published))
    (when,) = reading.found.times.values()
    day, until = Period(saturday, saturday, "day"), Period(saturday, published, "range")
    assert list(stretches(when, published)) == [("", day), (UNTIL, until)]


def test_days_that_agree_speak_for_each_other() -> None:
    friday, saturday = date(2024, 10, 25), date(2024, 10, 26)
    month = date(2024, 10, 1), date(2024, 10, 10)
    shares = {month: 0.4, (friday, friday): 0.35, (friday, saturday): 0.2}
    chosen, share = likeliest_days(shares)
    assert chosen == (friday, friday)
    assert share == pytest.approx(0.55)


def test_days_in_the_middle_of_what_is_meant_stand_before_those_at_an_end() -> None:
    """An attack on Thursday, somebody held for it until Saturday: what lies between is a day off at most."""
    thursday, friday, saturday = (date(2025, 1, day) for day in (2, 3, 4))
    shares = {(thursday, thursday): 0.36, (friday, friday): 0.3, (friday, saturday): 0.34}
    chosen, share = likeliest_days(shares)
    assert chosen == (friday, friday)
    assert share == pytest.approx(1.0)


def test_days_of_a_month_or_from_within_it_are_finer_than_the_month() -> None:
    month = Period(date(2023, 10, 1), date(2023, 10, 31), "month")
    since = Period(date(2023, 10, 1), date(2024, 2, 5), "range")
    day, seventh = Period(date(2023, 10, 7), date(2023, 10, 7), "day"), date(2023, 10, 7)
    assert finer(day, month)
    assert finer(Period(seventh, date(2024, 2, 5), "range"), since)
    assert not finer(day, since)
    assert not finer(month, day)


def test_every_filled_field_says_how_it_is_known(reader: Reader) -> None:
    for page in PAGES:
        for row in rows(reader, page["text"], page["language"], page["published"]):
            filled = {"place_grounds": row.places, "days_grounds": row.start or row.end, "speaker_grounds": row.speaker}
            for column, value in filled.items():
                assert (getattr(row, column) in GROUNDS) if value else True


def test_without_a_day_of_publication_no_day_is_guessed(reader: Reader) -> None:
    (row,) = rows(reader, "Two soldiers were killed in Goma on Wednesday.", "en", None)
    assert (row.start, row.end, row.days_grounds) == (None, None, None)


def test_the_weakest_ground_counts() -> None:
    assert weakest(["stated", None, "presumed", "carried"]) == "presumed"
    assert weakest([None]) is None
    assert tuple(as_strong("carried")) == ("stated", "carried")


def test_claims_are_listed_by_how_well_they_are_known(reader: Reader, tmp_path: Any) -> None:
    page = PAGES[0]
    reading = reader.read(Document(text=page["text"], ref="a", language="en", published=page["published"]))
    ledger = Ledger.open(str(tmp_path / "war.db"))
    ledger.add(reading.document, reading.version, rows_of(reading, {}), reading.unread)
    every, stated = (list(ledger.claims(Query(grounds=g))) for g in (None, "stated"))
    ledger.close()
    assert 0 < len(stated) < len(every)
    assert {r.place_grounds for r in stated} <= {None, "stated"}


def test_an_older_ledger_learns_how_its_claims_are_known(reader: Reader, tmp_path: Any) -> None:
    """Tables of version 4 have no such columns, nor what came later; they are filled when the ledger is opened."""
    page = PAGES[0]
    reading = reader.read(Document(text=page["text"], ref="a", language="en", published=page["published"]))
    path = str(tmp_path / "war.db")
    ledger = Ledger.open(path)
    ledger.add(reading.document, reading.version, rows_of(reading, {}), reading.unread)
    before = list(ledger.claims())
    with ledger.engine.begin() as db:
        later = ("claim_grounds", "readers", "rivals")
        for column in ("place_grounds", "days_grounds", "speaker_grounds", *later):
            db.execute(sa.text(f"ALTER TABLE claims DROP COLUMN {column}"))
        for table in ("refused", "signals"):
            db.execute(sa.text(f"DROP TABLE {table}"))
        db.execute(sa.text("ALTER TABLE documents DROP COLUMN taken_from"))
        db.execute(schema.meta.update().where(schema.meta.c.key == "schema").values(value="4"))
    ledger.close()
    ledger = Ledger.open(path)
    assert list(ledger.claims()) == before
    ledger.close()


def test_a_long_page_takes_time_with_its_length(reader: Reader) -> None:
    """500 paragraphs take no more than thrice what 250 take, each with its place, day and speaker."""
    line = "\n\nTwo people were killed in Goma on Tuesday and three were wounded in Bukavu, officials said."

    def seconds(paragraphs: int) -> float:
        begun = time.process_time()
        rows(reader, "Attacks in the east" + line * paragraphs, "en", date(2024, 10, 10))
        return time.process_time() - begun

    seconds(20)
    rounds = (seconds(500) / seconds(250) for _ in range(4))  # each pair side by side on one machine's mood
    assert min(rounds) < 3


def test_days_right_to_the_day_teach_beside_those_right_within_one() -> None:
    within = Choice("", [["day"], ["day before"], ["month"]], [True, True, False], none=False)
    exact = msgspec.structs.replace(within, right=[True, False, False])
    loose, fine = (
        learned([msgspec.structs.replace(c, document=d) for d in "abc" for c in taught], 1.0)
        for taught in ([within], [within, exact])
    )
    assert loose["day"] == loose["day before"]
    assert fine["day"] > fine["day before"] > fine["month"]


def test_each_telling_of_a_figure_speaks_for_the_days_of_the_others() -> None:
    def telling(**scores: float) -> Weighed:
        return Weighed([Option(day, None, None, -1, ()) for day in scores], list(scores.values()), empty=True)

    def best(weighed: Weighed) -> Any:
        return likeliest(weighed.by([o.key for o in weighed.options]))[0]

    sure, torn, alone = (
        telling(monday=4.0, friday=0.0),
        telling(monday=1.0, friday=1.2),
        telling(monday=1.0, friday=1.2),
    )
    assert best(torn) == "friday"
    heard_together([("12 killed", sure), ("12 killed", torn), ("3 hurt", alone)])
    assert (best(sure), best(torn), best(alone)) == ("monday", "monday", "friday")
    assert sum(torn.shares) + torn.none == pytest.approx(1.0)


def test_a_place_is_taught_once_more_among_those_of_its_country() -> None:
    page = Page(Document(text="", ref="a"), [])
    signs = [["abroad"], ["its province"], ["its village"]]
    among = narrower(page, "places", signs, [0, 1, 2])
    assert among is not None
    assert (among.options, among.right) == (signs[1:], [False, True])
    assert among.worth == NARROWER["places"] * page.worth
    assert narrower(page, "places", signs, [0, 1, 1]) is None  # no place is right: the country alone teaches
    assert narrower(page, "countries", signs, [0, 1, 2]) is None


def test_a_part_lies_where_its_whole_is(reader: Reader) -> None:
    """A country by its people is no place of the part's own: "310 Kenyans, including 45 children"."""
    text = "A storm hit Garissa, Kenya. Police wounded 310 Kenyans, including 45 children."
    vocabulary = reader.vocabulary("en")
    drafted = draft_document(Document(text=text, language="en"), vocabulary, reader.source(vocabulary))
    whole, part = (c for c in drafted.claims if c.quantity is not None and c.quantity.value.low in (310, 45))
    town, kenya = (m for m in drafted.found.places.values() if m.place.name in ("Garissa", "Kenya"))
    span = drafted.found.page.span
    whole.places = (Mention(span(town.i, town.j), town.place, town.rule),)
    part.places = (Mention(span(kenya.i, kenya.j), kenya.place, kenya.rule),)
    join_parts(drafted.claims)
    assert [p.value.name for p in part.places] == ["Garissa"]


def test_a_right_option_is_never_lost_to_nothing() -> None:
    """However unlikely weights make the right one, its surprise is a number and there is a way back."""
    choice = Choice("d", [["near"], ["far"]], [False, True], none=False)
    problem = Problem([choice], {"near": 0, "far": 1}, 0.0)
    loss, slope = problem.loss(np.array([2000.0, -2000.0]), 1.0)
    assert loss == pytest.approx(4000.0 + 4_000_000.0)
    assert list(slope) == pytest.approx([1.0 + 2000.0, -1.0 - 2000.0])
