"""Which names are one speaker's: by evidence a reader can follow, whatever the order in which pages are read."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from saksi.reconcile.speakers.gathering import actors_by_name, spelled_by
from saksi.reconcile.speakers.heard import Voice, World
from saksi.reconcile.speakers.joining import Opinions, join
from saksi.reconcile.speakers.said import Said, plain
from saksi.reconcile.speakers.spelled import placed
from saksi.registers.load import load_registers
from tests.conftest import ROOT

CASES = yaml.safe_load((ROOT / "tests/cases/joined.yml").read_text("utf-8"))
EVERY = [(code, case) for code in CASES for case in CASES[code]]
NONE = Opinions()
FAST = settings(deadline=None, derandomize=True, database=None)


def said(told: Any) -> Said:
    """A speaker as a case writes it."""
    if isinstance(told, str):
        return Said(told)
    if "for" in told:
        return Said(told["for"], told.get("id"), told["name"], told.get("role"), body=True)
    return Said(told["name"], told.get("id"), None, told.get("role"), body="body" in told or "id" in told)


def voices_of(code: str, case: Mapping[str, Any]) -> list[Voice]:
    """The names of a case's pages."""
    return [
        Voice(page=page, documents=(page,), said=said(name), source=told.get("by"), language=told.get("language", code),
              countries=frozenset(case.get("tells", {}).get(page, ())))
        for page, told in case["pages"].items()
        for name in (*told["says"], *case.get("also", {}).get(page, ()))
    ]  # fmt: skip


@cache
def register() -> tuple[Mapping[tuple[str, ...], str], Mapping[str, str]]:
    """The register's actors by name, and the country of each."""
    registers = load_registers()
    return actors_by_name(registers), {id: a.country for id, a in registers.actors.items() if a.country}


def world_of(voices: list[Voice], texts: Mapping[str, str]) -> World:
    """What is known beside the names: what the pages spell out, and the register."""
    actors, countries = register()
    return World(spelled=spelled_by(voices, texts.items()), actors=actors, countries=countries)


def speakers(voices: list[Voice], world: World, opinions: Opinions = NONE) -> dict[str, frozenset[str]]:
    """For each name, behind its page, all names that are the same speaker's."""
    joined = join(voices, world, opinions)
    groups: dict[int, set[str]] = {}
    names = [f"{h.voice.page}/{h.voice.said.text}" for h in joined.heard]
    for name, at, heard in zip(names, joined.speakers, joined.heard, strict=True):
        if heard.voice.claims:
            groups.setdefault(at, set()).add(name)
    return {name: frozenset(group) for group in groups.values() for name in group}


@pytest.mark.parametrize(("code", "case"), EVERY, ids=lambda v: v if isinstance(v, str) else v["shows"])
def test_names_are_joined_by_what_pages_say(code: str, case: dict[str, Any]) -> None:
    voices = voices_of(code, case)
    world = world_of(voices, {page: told.get("text", "") for page, told in case["pages"].items()})
    found = speakers(voices, world)
    for names in case.get("one", ()):
        assert len({found[name] for name in names}) == 1, names
    for names in case.get("apart", ()):
        assert len({found[name] for name in names}) == len(names), names


NAMES = [told for _, case in EVERY for page in case["pages"].values() for told in page["says"]]
PAGES = st.lists(
    st.tuples(
        st.sampled_from("abcd"), st.sampled_from(NAMES), st.sampled_from([None, "Post"]), st.sampled_from(["TD", "LB"])
    ),
    min_size=1,
    max_size=14,
)
Pages = list[tuple[str, Any, str | None, str]]
TEXT = "The Ministry of Health (MoH) in Asfar spoke. The Delmar Relief Agency (DRA) did too."


def worldly(pages: Pages) -> tuple[list[Voice], World]:
    """Voices drawn at random; a page has one publisher."""
    source = {page: by for page, _, by, _ in pages}
    drawn = {(page, said(name)): land for page, name, _, land in pages}
    voices = [
        Voice(page=page, documents=(page,), said=name, source=source[page], language="en", countries=frozenset((land,)))
        for (page, name), land in drawn.items()
    ]
    return voices, world_of(voices, dict.fromkeys(source, TEXT))


def ordered(pair: tuple[str, str]) -> tuple[str, str]:
    """Two names in order."""
    return min(pair), max(pair)


@FAST
@given(PAGES, st.integers(0, 99))
def test_the_order_of_reading_does_not_matter(pages: Pages, seed: int) -> None:
    voices, world = worldly(pages)
    shuffled = list(voices)
    random.Random(seed).shuffle(shuffled)
    assert speakers(voices, world) == speakers(shuffled, world)


@FAST
@given(PAGES)
def test_every_name_has_one_speaker(pages: Pages) -> None:
    voices, world = worldly(pages)
    joined = join(voices, world, NONE)
    assert len(joined.speakers) == len(joined.heard)
    assert all(joined.speakers[at] == at for at in joined.speakers), "a speaker is of itself"
    ids = {(at, h.id) for at, h in zip(joined.speakers, joined.heard, strict=True) if h.id}
    assert len(ids) == len({at for at, _ in ids}), "no speaker is two entries of the register"


@FAST
@given(PAGES, st.data())
def test_what_a_person_holds_apart_stays_apart(pages: Pages, data: st.DataObject) -> None:
    voices, world = worldly(pages)
    names = st.sampled_from(sorted({plain(v.said.text) for v in voices}))
    pairs = data.draw(st.lists(st.tuples(names, names).map(ordered), max_size=4))
    apart, same = pairs[::2], pairs[1::2]
    opinions = Opinions(same=dict.fromkeys(same, "judged"), different=dict.fromkeys(apart, "judged"))
    joined = join(voices, world, opinions)
    by: dict[int, list[tuple[str, str]]] = {}
    for at, h in zip(joined.speakers, joined.heard, strict=True):
        by.setdefault(at, []).append((h.plain, h.voice.page))
    for a, b in apart:
        for told in by.values():
            if a == b:
                assert len({page for name, page in told if name == a}) < 2
            else:
                assert not {a, b} <= {name for name, _ in told}


@FAST
@given(PAGES)
def test_what_a_person_says_is_one_is_one(pages: Pages) -> None:
    voices, world = worldly(pages)
    names = sorted({plain(v.said.text) for v in voices})
    pair = (names[0], names[-1])
    joined = join(voices, world, Opinions(same={pair: "judged"}))
    assert len({at for at, h in zip(joined.speakers, joined.heard, strict=True) if h.plain in pair}) == 1


@pytest.mark.parametrize(
    ("name", "text", "whole"),
    [
        ("Office of Wells", "The Office of Wells in Delmar said so.", "Office of Wells in Delmar"),
        ("Office of\nWells", "Office  of Wells (OoW) of the Delmar Valley", "Office of Wells in the Delmar Valley"),
        ("Office of Wells", "The BackOffice of Wells in Delmar said so.", None),
        ("(Free) Wells", "Our(Free) Wells in Delmar said so.", "(Free) Wells in Delmar"),
        ("(Free) Wells", "The (Free) Wells in Delmar said so.", None),
    ],
)  # fmt: skip
def test_a_name_goes_on_to_its_place_where_it_begins_a_word(name: str, text: str, whole: str | None) -> None:
    assert [" ".join(s.whole.split()) for s in placed(name, text)] == ([whole] if whole else [])
