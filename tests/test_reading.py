"""How claims come about: constructions, inheritance, attribution, zeros, relations."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from saksi import Document, Reader, Row, rows_of
from saksi.ledger.columns import PRECISIONS


def claims(reader: Reader, text: str, code: str, published: date | None = None) -> list[Row]:
    """The rows of a text."""
    return rows_of(reader.read(Document(text=text, language=code, published=published)), reader.actor_names(code))


def summary(rows: list[Row]) -> list[tuple[Any, ...]]:
    """Kind, bounds and target of each row."""
    return [(r.kind, r.low, r.high, r.target) for r in rows]


@pytest.mark.parametrize("text", ["", "  ", "\x0c", "1. ", "\n\n1. Strikes kill two\n"])
def test_a_text_of_nothing_is_read_without_an_error(text: str, reader: Reader) -> None:
    assert len(claims(reader, text, "en")) <= 1


def test_a_list_goes_on_until_another_verb(reader: Reader) -> None:
    text = "Two strikes struck a Daesh tactical unit, destroyed two vehicles, a bunker, and suppressed three mortars."
    assert summary(claims(reader, text, "en")) == [
        ("airstrike", 2, 2, None),
        ("hit", 1, 1, "tactical_unit"),
        ("destroy", 2, 2, "vehicle"),
        ("destroy", 1, 1, "bunker"),
        ("suppress", 3, 3, "mortar"),
    ]


def test_the_tail_of_a_list_gives_the_country(reader: Reader) -> None:
    text = "Koalisi menghancurkan 12 kendaraan, tiga gua, dan dua terowongan di Irak."
    assert [[p.country for p in r.places] for r in claims(reader, text, "id")] == [["IQ"]] * 3


def test_and_inside_a_noun_splits_nothing(reader: Reader) -> None:
    rows = claims(reader, "Koalisi menghancurkan satu pusat komando dan kontrol di Irak.", "id")
    assert summary(rows) == [("destroy", 1, 1, "command_node")]


def test_no_claim_stands_on_a_related_link(reader: Reader) -> None:
    text = "Dua tentara tewas di Kabul.\n\nBaca juga: 12 Tentara Tewas di Herat\n\nTiga polisi terluka di Kabul."
    assert summary(claims(reader, text, "id")) == [("kill", 2, 2, "soldier"), ("injure", 3, 3, "police")]


@pytest.mark.parametrize(
    ("code", "text", "kind"),
    [
        ("id", "Tidak ada warga sipil yang tewas di Suriah.", "kill"),
        ("en", "No civilians were killed in Syria.", "kill"),
        ("en", "There were no reported strikes in Iraq.", "airstrike"),
    ],
)
def test_a_denied_happening_is_zero(code: str, text: str, kind: str, reader: Reader) -> None:
    assert [(r.kind, r.low, r.high, r.negated) for r in claims(reader, text, code)] == [(kind, 0, 0, True)]


def test_not_yet_known_is_not_zero(reader: Reader) -> None:
    assert claims(reader, "Belum ada laporan korban tewas.", "id") == []


def test_a_subset_is_part_of_its_whole(reader: Reader) -> None:
    whole, part = claims(reader, "Sebanyak 41 orang terluka, termasuk dua polisi.", "id")
    assert [(r.type, r.claim) for r in part.relations] == [("part_of", whole.id)]


def test_a_denied_figure_is_kept_as_a_denial(reader: Reader) -> None:
    row = claims(reader, "Polda Papua membantah bahwa tujuh polisi tewas.", "id")[0]
    assert (row.low, row.stance, row.negated) == (7, "denies", False)


def test_what_is_planned_or_aimed_at_did_not_happen(reader: Reader) -> None:
    rows = claims(reader, "The army will deploy 500 soldiers in an operation to capture three leaders.", "en")
    assert {r.stance for r in rows if r.low in (500, 3)} == {"plans"}


def test_speaker_and_carrier_are_not_the_actor(reader: Reader) -> None:
    text = "Lima tentara tewas, kata juru bicara TNI Andi Wijaya, seperti dikutip Antara, Kamis (11/4)."
    row = claims(reader, text, "id", date(2019, 4, 15))[0]
    assert row.actors == []
    assert row.speaker is not None
    assert (row.speaker.text, row.said_on, [c.id for c in row.carriers]) == (
        "Andi Wijaya",
        date(2019, 4, 11),
        ["antara"],
    )


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Two convoys were struck near Ralo, the Syrian army said.", ["Syrian army"]),
        ("A drone strike on a depot killed two, said rescue workers of the Red Cross.", []),
        ("The Turkish Red Crescent said shelling destroyed two schools in Idlib.", []),
        ("Two houses were destroyed, police said.", []),
        ("Two suspects were arrested on Monday, Kenyan police said.", ["Kenyan police"]),
    ],
)
def test_only_who_fights_or_arrests_is_taken_to_tell_of_acts_of_its_own(
    text: str, doers: list[str], reader: Reader
) -> None:
    rows = rows_of(reader.read(Document(text=text, language="en")), reader.actor_names("en"))
    assert {a.text for r in rows if r.kind != "statement" for a in r.actors} == set(doers)


def test_a_later_sentence_inherits_speaker_as_an_inference(reader: Reader) -> None:
    text = "Militer Filipina mengatakan 12 militan tewas di Marawi. Tiga tentara terluka."
    second = claims(reader, text, "id")[1]
    told = [(e.inferred, e.basis, e.text) for e in second.evidence if e.field == "speaker"]
    assert told[0] == (True, "span", "Militer Filipina")


def test_part_of_those_launched_gives_both_numbers(reader: Reader) -> None:
    rows = claims(reader, "Ukraine's air force said it shot down 30 of 36 drones.", "en")
    assert summary(rows) == [("intercept", 30, 30, "drone"), ("launch", 36, 36, "drone")]


def test_ordinary_words_are_places_only_with_support(reader: Reader) -> None:
    near = claims(reader, "Near Hit, Iraq, one strike destroyed a vehicle.", "en")
    assert [p.name for p in near[0].places] == [
        "Hīt",
    ] or near[0].places[0].text == "Hit"
    assert claims(reader, "A tank hit two vehicles on the road.", "en")[0].places == []


def test_wire_copy_in_capitals_keeps_its_small_words(reader: Reader) -> None:
    """ "IS" is no armed group and "US" no country where everything is written in capitals."""
    text = (
        "BOGOTA, 17 SEP 89 (AFP) -- THE POLICE TOLD US THAT A BOMB IS BELIEVED TO HAVE KILLED TWO SOLDIERS IN BOGOTA."
    )
    row = claims(reader, text, "en")[0]
    assert (row.kind, row.low, row.target) == ("kill", 2, "soldier")
    assert [p.name for p in row.places] == ["Bogotá"]
    assert row.actors == []


def test_wire_copy_wrapped_at_any_width_is_read_across_its_lines(reader: Reader) -> None:
    """A line goes on where the next begins small, or its first word had no room; an indented line opens a paragraph."""
    text = """HELICOPTER CRASH IN SOUTHERN SUDAN

A helicopter with relief workers aboard
went down in the south on Monday and five
people were killed, the army said.
    In the town of Juba, two Kenyan nurses
were wounded when the wreck hit a tent and
Doctors of the mission treated three more
who were hurt on the ground.
"""
    found = claims(reader, text, "en")
    assert [(r.kind, r.low) for r in found if r.kind in ("kill", "injure")] == [
        ("kill", 5), ("injure", 2), ("injure", 3),
    ]  # fmt: skip


def test_a_paragraph_of_wrapped_copy_goes_on_until_an_empty_line(reader: Reader) -> None:
    """Though a sentence, or the first short line of a page, ends with its line, and one begins with a dash."""
    text = """
   The harbour of Delmar was quiet until the afternoon, when a ferry
blew up.
   Divers of the coast guard searched the wreck for most of the evening.
It lay below the old pier -- where boats from the islands are moored
-- and could be seen from the shore, until the storm came in and lamps
went out.

   Nobody had claimed the blast by nightfall, a harbour guard said, and
no letter was found."""
    blocks = reader.read(Document(text=text, language="en")).found.page.blocks
    assert [text[b.start :].split()[0] for b in blocks] == ["The", "Divers", "Nobody"]
    assert [b.kind for b in blocks] == ["paragraph"] * 3


def test_short_lines_that_are_no_prose_stay_apart(reader: Reader) -> None:
    """A list of places is no sentence, however short its lines."""
    text = "Damage in brief\n\nNorth\nTwo houses\nSouth\nFive bridges\nEast\nNothing\n"
    assert [b.kind for b in reader.read(Document(text=text, language="en")).found.page.blocks] == [
        "headline", *["heading"] * 6,
    ]  # fmt: skip


def test_a_number_no_claim_holds_is_kept_as_unread(reader: Reader) -> None:
    reading = reader.read(Document(text="The minister praised 14 farmers.", language="en"))
    assert [(u.span.text, u.layer) for u in reading.unread] == [("14", "numbers")]


def test_arrest_or_seizure_is_told_by_the_object(reader: Reader) -> None:
    text = "Polisi mengamankan dua tersangka. Polisi mengamankan dua pucuk senjata api."
    assert [r.kind for r in claims(reader, text, "id")] == ["detain", "seize"]


def test_a_headline_is_tied_to_the_body_that_tells_it(reader: Reader) -> None:
    text = "Sepuluh Warga Tewas di Nduga\n\nSepuluh warga sipil tewas di Nduga, Papua, kata polisi hari ini."
    rows = [r for r in claims(reader, text, "id") if r.kind == "kill"]
    assert [r.type for r in rows[0].relations] == ["restates"]
    assert rows[0].relations[0].claim == rows[1].id


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested three suspects in Basra on Monday. The suspects were arrested without resistance.",
        "Troops detained two men near Mosul. Both men were detained after a search.",
        "Gunmen killed a judge in Mosul. He was killed on his way to work.",
    ],
)
def test_what_points_back_restates(text: str, reader: Reader) -> None:
    """ "The suspects", "both men" and "he" are those told of before, and are not counted again."""
    rows = [r for r in claims(reader, text, "en") if r.kind in ("detain", "kill")]
    assert [[t.type for t in r.relations] for r in rows] == [[], ["restates"]]


@pytest.mark.parametrize(
    ("code", "text", "ties"),
    [
        ("en", "Gunmen killed a herder near Dori. 1 fatality.", [[], ["restates"]]),
        ("id", "Kelompok bersenjata menewaskan dua prajurit di Sugapa. Korban jiwa 2 orang.", [[], ["restates"]]),
        ("en", "Gunmen killed four herders near Dori. 2 fatalities.", [[], []]),
        ("en", "Gunmen killed a farmer and two guards near Dori. 3 fatalities.", [["part_of"], ["part_of"], []]),
        (
            "en",
            "Gunmen killed a farmer and a nurse. The two victims were shot dead in a van.",
            [["part_of"], ["part_of"], []],
        ),
        ("en", "Gunmen killed 7 people in Jos. Four people were killed in Kano and three in Gao.", [[], [], []]),
        ("en", "A nurse was murdered in Yala. The second victim was shot dead on her way home.", [[], []]),
    ],
)
def test_figures_are_told_again_or_add_up_or_are_apart(
    code: str, text: str, ties: list[list[str]], reader: Reader
) -> None:
    rows = [r for r in claims(reader, text, code) if r.kind == "kill"]
    assert [[t.type for t in r.relations if t.type != "apart_from"] for r in rows] == ties


def test_a_running_total_told_twice_on_a_page_is_told_again(reader: Reader) -> None:
    text = (
        "Since 7 October, 204 people have been killed in Darfur.\n\n"
        "Twelve people were killed in Nyala on Monday. Since 7 October, 204 people have been killed in Nyala."
    )
    rows = [r for r in claims(reader, text, "en", date(2023, 12, 1)) if r.low == 204]
    assert [[t.type for t in r.relations] for r in rows] == [[], ["restates"]]


def test_without_publication_no_period_is_invented(reader: Reader) -> None:
    text = "Koalisi mengumumkan 52 serangan udara antara 24 Maret dan 6 April."
    row = claims(reader, text, "id")[0]
    assert (row.start, row.end, row.date_precision) == (None, None, "unknown")


@pytest.mark.parametrize("when", ["the 1990s", "the summer of 2017", "the first quarter of 2017", "March 2017", "2017"])
def test_how_finely_days_are_told_is_a_word_of_the_contract(when: str, reader: Reader) -> None:
    (row,) = claims(reader, f"Twelve people were killed in Mosul in {when}.", "en", date(2023, 12, 1))
    assert row.date_precision in PRECISIONS
    assert row.start is not None


def test_one_man_is_killed_once_though_two_provinces_are_named_before(reader: Reader) -> None:
    text = "Soldiers searched farms in Khost and Paktika provinces. A man drew a gun and they fired, killing him."
    killed = [r for r in claims(reader, text, "en") if r.kind == "kill"]
    assert [(r.low, {p.country for p in r.places}) for r in killed] == [(1, {"AF"})]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A bus in Baghdad which was carrying pilgrims to Karbala exploded, killing three people.", "Baghdad"),
        ("Gunmen killed two men outside the Zahra Mosque in Baghdad.", "Baghdad"),
        ("A bomb in Latifiyah, south of Baghdad, killed two policemen.", "Latifiyah"),
        ("Gunmen killed two teachers in southern Thailand's restive Yala province.", "Yala"),
        ("Gunmen killed two men in Tal Kelmar, a town just north of Mosul.", "Tal Kelmar"),
    ],
)
def test_the_place_is_that_of_the_act_and_not_of_a_way_a_house_or_a_bearing(
    text: str, place: str, reader: Reader
) -> None:
    rows = [r for r in claims(reader, text, "en") if r.kind == "kill"]
    assert [[p.text for p in r.places] for r in rows] == [[place]]


@pytest.mark.parametrize(
    ("code", "headline", "speaker"),
    [
        ("id", "Kemenkes Gaza: 12 Orang Tewas dalam Serangan", "Kemenkes Gaza"),
        ("id", "TPNPB: Kami Tembak Tiga Prajurit di Nduga", "TPNPB"),
        ("en", "Pentagon: Twelve Fighters Killed in Syria", "Pentagon"),
        ("id", "Gaza: 12 Orang Tewas dalam Serangan", None),
    ],
)
def test_who_stands_before_the_colon_of_a_headline_says_it(
    code: str, headline: str, speaker: str | None, reader: Reader
) -> None:
    row = claims(reader, headline, code)[0]
    assert (row.speaker.text if row.speaker else None) == speaker


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Massa Berdemo Tuntut Gencatan Senjata, Kedubes AS Dijaga", "id"),  # "AS" is no English word here
        ("Israel Serbu Kantor Berita", "id"),  # no small word at all
        ("Gunmen Kill Mayor", "en"),
        ("AN ARMY PATROL WAS ATTACKED IN THE NORTH", "en"),
    ],
)
def test_a_headline_tells_its_language_by_its_nouns_and_verbs(text: str, code: str, reader: Reader) -> None:
    assert reader.read(Document(text=text)).found.page.vocabulary.code == code


def test_passages_are_told_once_for_a_version_and_a_reading(reader: Reader) -> None:
    first, other = (Document(text=f"{n} people were killed in Baghdad.", language="en") for n in (3, 4))
    told = reader.passages(first)
    reader.version(first)
    assert reader.read(first).document is first
    assert reader.passages(first) is told
    assert reader.passages(other) == [other]
