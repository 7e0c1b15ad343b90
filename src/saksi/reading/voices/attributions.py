"""Who says it: the source of a sentence, its role, the day of saying, and the outlets it passed through."""

from __future__ import annotations

import msgspec

from saksi.reading.clauses.items import Item
from saksi.reading.clauses.saying_words import OUTLETS
from saksi.reading.mentions.actors import ActorMention
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.times import Time
from saksi.reading.pages.page import Page
from saksi.reading.values import ActorRef, Carrier, Mention, Span, SpeakerRef
from saksi.reading.voices.nouns import nouns_of
from saksi.reading.voices.sayers import Sayer, known_name, sayer_of
from saksi.reading.voices.set_in import past_helpers
from saksi.reading.voices.sources import PRONOUNS, SOURCE_KINDS, Run, holds_role, person_group, run_of


class Attribution(msgspec.Struct, gc=False):
    """One saying in a sentence: who, by which word, in what stance, when, through whom."""

    at: int
    cue: Span
    stance: str
    rule: str
    source: Span | None = None
    speaker: Mention[SpeakerRef] | None = None
    org: Mention[ActorRef] | None = None
    said_on: Time | None = None
    carriers: list[Mention[Carrier]] = []
    pronoun: bool = False
    body: Span | None = None  # the words for a body named elsewhere that the speaker is of: "spokesman for the group"
    speaks: bool = True  # false for a bare carrier with no word of saying
    items: tuple[int, int] = (0, 0)  # the items its own words cover
    fear: bool = False
    behind: bool = False  # it stands behind what it tells, after a comma: "..., according to the ministry"
    document: bool = False  # a document speaks: "data show"; nobody is known to stand behind it
    # nobody who can say something stands beside a word that is a noun or participle as well, or a part in it is denied
    doubtful: bool = False


def read_attributions(found: Found, items: list[Item]) -> list[Attribution]:
    """The attributions of a sentence in order that a claim may rest on, carriers joined to the saying beside them."""
    return joined(found, items, [a for a in sayings_of(found, items) if not a.doubtful])


def sayings_of(found: Found, items: list[Item]) -> list[Attribution]:
    """Every word of saying of a sentence with its source, the doubtful ones too."""
    says = (k for k, item in enumerate(items) if item.kind in ("say", "stance_noun"))
    return [a for k in says if (a := saying_at(found, items, k)) is not None]


def joined(found: Found, items: list[Item], sayings: list[Attribution]) -> list[Attribution]:
    """The sayings of a sentence with the label before it, and its carriers at the saying beside them."""
    if (label := label_of(found, items)) is not None:
        sayings.insert(0, label)
    carried = carriers_of(found, items)
    if carried and not sayings:
        first = carried[0]
        sayings = [Attribution(first[0], first[3], "", "saying:carriers", speaks=False, items=(first[0], first[1]))]
    for begin, end, carrier, _, day in carried:
        near = min(sayings, key=lambda a: abs(a.at - begin))
        near.carriers.append(carrier)
        near.said_on = near.said_on or day
        near.items = (min(near.items[0], begin), max(near.items[1], end))
    return sayings


def saying_at(found: Found, items: list[Item], at: int) -> Attribution | None:
    """The attribution of a word of saying at item `at`, with its source on either side."""
    item = items[at]
    if item.kind == "stance_noun" and item.form:
        cue = found.page.span(item.i, item.j)
        return Attribution(at, cue, item.name, item.form.rule, items=(at, at + 1), fear=True)
    if item.kind != "say" or item.form is None or (at and items[at - 1].name in ("purpose", "future", "duty")):
        return None
    if named_inside(found.page, items, at) or told_of(found.page, items, at) or is_told(found.page, items, at):
        return None
    cue = found.page.span(item.i, item.j)
    if found.page.norms[item.i] in found.page.vocabulary.data["saying"].get("with_pronoun", ()):
        return Attribution(at, cue, item.name, item.form.rule, cue, pronoun=True, items=(at, at + 1))
    before = found.page.form(item.i, "source_before") is not None
    rejected = rejected_run(found.page, items, at) if item.name == "denies" else None
    run = rejected or run_of(found, items, at, before=before)
    if run is None or in_first_person(found.page, items, run):
        return None
    stance = item.name if rejected is None else ""
    attribution = Attribution(at, cue, stance, item.form.rule, items=(min(at, run[0]), max(at + 1, run[1])))
    attribution.behind = run[0] > at > 0 and items[at - 1].kind == "mark"
    if past_helpers(found, items, at) + 1 - run[1] > 2:  # the source stands apart, and what is between is no part of it
        attribution.items = (at, at + 1)
    fill_source(found, items, run, attribution)
    attribution.doubtful |= item.name == "denies" and takes_part(found.page, item.j)
    attribution.said_on = day_of_saying(items, attribution)
    return attribution


def rejected_run(page: Page, items: list[Item], at: int) -> Run | None:
    """The source of a statement that another rejects, whose claim it stays: "denied police statements that"."""
    k = at + 1
    while k < len(items) and (items[k].kind in SOURCE_KINDS or items[k].name in ("article", "determiner")):
        k += 1
    told = k < len(items) and items[k].i in page.layered["saying_noun"]
    return (at + 1, k) if told and any(i.kind in SOURCE_KINDS for i in items[at + 1 : k]) else None


def takes_part(page: Page, behind: int) -> bool:
    """Whether it is their own part that is claimed or denied behind a word of saying, not what happened.

    "Claimed responsibility for the blast that killed five", "denied any links with the killing of two".
    """
    return bool(page.tokens_among(page.vocabulary.data["saying"].get("responsibility", ()), behind, behind + PART))


def in_first_person(page: Page, items: list[Item], run: Run) -> bool:
    """Whether the source is only "I" or "we": a quotation goes on, and who speaks it is told elsewhere."""
    words = page.vocabulary.data["saying"].get("first_person", ())
    first = items[run[0]]
    return run[1] - run[0] == 1 and page.norms[first.i] in words and first.name not in PRONOUNS


def named_inside(page: Page, items: list[Item], at: int) -> bool:
    """Whether a capital inside a sentence makes a word of saying part of a name: "Member States"."""
    i = items[at].i
    if page.shouted or not page.capitals[i] or i == items[0].i or page.gap(i) != " " or not page.capitals[i - 1]:
        return False
    words = [k for k in range(items[0].i, items[-1].j) if page.norms[k].isalpha()]
    return 2 * sum(map(page.capitals.__getitem__, words)) < len(words)  # else a title


def told_of(page: Page, items: list[Item], at: int) -> bool:
    """Whether a word of saying is said of somebody: "assailants believed to be from Asfar", "were reported missing"."""
    saying = page.vocabulary.data["saying"]
    after = items[at + 1] if at + 1 < len(items) else None
    if after is not None and after.name == "of" and page.norms[items[at].i] in saying.get("told_of_before_of", ()):
        return True
    if after is not None and after.name == "by" and page.norms[items[at].i] in saying.get("told_of_before_by", ()):
        return True
    if page.norms[items[at].i] not in saying.get("told_of_before_to", ()):
        return False
    if after is not None and after.name == "to":
        return True
    past = at > 0 and items[at - 1].kind == "function" and items[at - 1].name == "be"
    return past and after is not None and after.kind == "verb"


def is_told(page: Page, items: list[Item], at: int) -> bool:
    """Whether a passive says that something was told, and not by whom: "where smugglers had been reported"."""
    helpers = page.vocabulary.data["constructions"]["passive_by"]
    past = at > 1 and items[at - 1].kind == "function" and items[at - 1].name in helpers
    if not past or not page.is_acting(items[at].i) or items[at - 2].name == "pronoun":
        return False
    return at + 1 >= len(items) or items[at + 1].name not in ("by", "that")


PART = 4  # words behind a word of saying among which a part in what happened is named
LABELS = frozenset(("actor", "role", "place", "name"))
LONGEST_LABEL = 4  # items: "Menhan", "Israel"
SIGNS = frozenset((":", "-", "--", "–", "—"))  # between a headline and who says it


def label_of(found: Found, items: list[Item]) -> Attribution | None:
    """The source that a headline names before a colon or behind its last one: "Pentagon: 12 killed", "... - GOC".

    A name that neither a list nor the page itself knows as somebody's is passed over: a topic is told the same way.
    """
    if found.page.block_at(items[0].i).kind != "headline":
        return None
    opens = next((k for k, item in enumerate(items[: LONGEST_LABEL + 1]) if item.name == ":"), 0)
    begin = max(1, len(items) - LONGEST_LABEL - 1)
    closes = next((k for k in range(len(items) - 2, begin - 1, -1) if items[k].name in SIGNS), 0)
    if any(is_outlet(item.actor) for item in items[closes + 1 :]):
        closes = 0  # whose page it is: "... – CNN"
    for at, run in ((opens, (0, opens)), (closes, (closes + 1, len(items)))):
        if at and is_label(found.page, items[slice(*run)]) and at + 1 < len(items):
            colon = items[at]
            cue = found.page.span(colon.i, colon.j)
            whole = (0, at + 1) if run[0] == 0 else (at, len(items))
            attribution = Attribution(at, cue, "", "reading/attributions:label", items=whole)
            fill_source(found, items, run, attribution)
            return attribution
    return None


def is_label(page: Page, items: list[Item]) -> bool:
    """Whether the words beside a colon name who says something: a party, a role, people, or somebody of the page."""
    label = [i for i in items if not (i.kind == "group" and person_group(i))]
    somebody = [i for i in label if i.kind == "name" and known_name(page, page.norms[i.j - 1], i.j - 1)]
    others = [i for i in label if i.kind == "word" and nouns_of(page.vocabulary).says(page.norms[i.i])]
    known = somebody or others or len(label) < len(items) or any(i.kind in ("actor", "role") for i in label)
    if page.vocabulary.head_first and items[0].kind == "name" and items[0] not in somebody and len(items) > 1:
        return False  # "Deretan Kebrutalan Israel: ..." is headed by no people
    return bool(known) and all(i.kind in LABELS or i in others for i in label)


def fill_source(found: Found, items: list[Item], run: Run, attribution: Attribution) -> None:
    """Fills speaker and organisation from the items of a source; nobody, where it can say nothing."""
    page, (a, b) = found.page, run
    inside = items[a:b]
    attribution.source = page.span(inside[0].i, inside[-1].j)
    pronoun = next((i for i in inside if i.name in PRONOUNS or i.kind == "back_reference"), None)
    named = any(i.kind in ("name", "actor") for i in inside)
    if pronoun is not None and pronoun.kind == "back_reference" and speaks_for(page, inside, pronoun):
        attribution.body, pronoun = page.span(pronoun.i, pronoun.j), None
    if pronoun and not named and not goes_on(found.page, pronoun):
        attribution.pronoun = True
        attribution.source = page.span(pronoun.i, pronoun.j)
        if pronoun.kind == "back_reference":
            attribution.body = attribution.source
        return
    certain = is_certain(found, items[attribution.at])
    sayer = sayer_of(found, items, run, certain=certain)
    if sayer is None:
        attribution.doubtful = not certain
        return
    attribution.source = page.span(min(sayer.i, inside[0].i), max(sayer.j, inside[-1].j))
    fill_speaker(found, sayer, attribution)


def speaks_for(page: Page, inside: list[Item], body: Item) -> bool:
    """Whether somebody in a source only speaks for a body: "a spokesman for the group", "juru bicara kelompok itu"."""
    head = inside[0] if page.vocabulary.head_first or inside[0].j <= body.i else inside[-1]
    return head is not body and holds_role(page, head)


def goes_on(page: Page, back: Item) -> bool:
    """Whether "the ministry" is no pronoun but the first word of a name: "the Ministry of Health"."""
    of = page.function(back.j, "of", "for")
    return of is not None and of < len(page.norms) and page.capitals[of]


def is_certain(found: Found, item: Item) -> bool:
    """Whether a word of saying is nothing else: "said", but not "reports" or "estimated"."""
    words = " ".join(found.page.norms[item.i : item.j])
    return item.kind == "mark" or words in found.page.vocabulary.data["saying"].get("certain", ())


def fill_speaker(found: Found, sayer: Sayer, attribution: Attribution) -> None:
    """The speaker that a source names: the person, else the party, else the words of the role."""
    page, actor = found.page, sayer.actor
    rule = "reading/attributions:source"
    role = page.span(*sayer.role).text if sayer.role else None
    if actor and (within(actor, sayer.name) or (actor.actor.kind in OUTLETS and (sayer.name or sayer.role))):
        actor = None
    if sayer.name:
        span = page.span(past_titles(found, *sayer.name), sayer.name[1])
        attribution.speaker = Mention(span, SpeakerRef(None, span.text, role), rule)
    elif actor and not (sayer.role and (sayer.role[1] > actor.j or holds_office(found, sayer.role, actor))):
        span = page.span(actor.i, actor.j)
        attribution.speaker = Mention(span, SpeakerRef(actor.actor.id, span.text, role), actor.rule)
    else:
        span = page.span(sayer.i, sayer.j)
        attribution.speaker = Mention(span, SpeakerRef(None, span.text, role), rule)
        attribution.document = actor is None and not documents_of(page).isdisjoint(page.norms[sayer.i : sayer.j])
    if actor:
        attribution.org = Mention(page.span(actor.i, actor.j), actor.actor, actor.rule)


def documents_of(page: Page) -> frozenset[str]:
    """The nouns of documents that can say something."""
    return nouns_of(page.vocabulary).documents


def holds_office(found: Found, role: tuple[int, int], actor: ActorMention) -> bool:
    """Whether a party only says of where an office is: "kepala kepolisian Karachi", "Presiden Rusia"."""
    page, where = found.page, actor.actor.id is None and role[0] < actor.i and found.page.capitals[actor.i]
    return where and page.vocabulary.head_first and page.form(role[0], "roles") is not None


def within(actor: ActorMention, name: tuple[int, int] | None) -> bool:
    """Whether what looks like a party is a word of a person's name: "Dr. Amal Nasser"."""
    return name is not None and name[0] <= actor.i and actor.j <= name[1]


def past_titles(found: Found, i: int, j: int) -> int:
    """The token a person's own name begins with: "Letkol Inf Rahman Saleh" is Rahman Saleh."""
    short = found.page.vocabulary.data["language"]["abbreviations"]
    page = found.page
    titled = [k for k in range(i, j - 1) if page.form(k, "titles") or page.norms[k] in short]
    last = [k for k in titled if page.form(k, "country") is None]  # "U.S. Embassy"
    begin = last[-1] + 1 if last else i
    return begin + (begin < j - 1 and page.norms[begin] == ".")


def day_of_saying(items: list[Item], attribution: Attribution) -> Time | None:
    """The time among the words of the saying, or just after them."""
    a, b = attribution.items
    for item in items[a:b]:
        if item.kind == "time":
            return item.time
    k = b
    while k < len(items) and items[k].kind in ("mark", "function") and items[k].name in (",", "on", "in", "adverb"):
        k += 1
    if k < len(items) and items[k].kind == "time" and b > attribution.at:
        attribution.items = (a, k + 1)
        return items[k].time
    return None


def carriers_of(found: Found, items: list[Item]) -> list[tuple[int, int, Mention[Carrier], Span, Time | None]]:
    """Outlets a sentence says it came through: (first item, last item, carrier, cue, day)."""
    carriers = []
    for k, item in enumerate(items):
        told = item.kind == "say" and k + 1 < len(items) and is_outlet(items[k + 1].actor)
        if item.kind != "carriers" and not told:
            continue
        source = next(
            (n for n in range(k + 1, min(k + 4, len(items))) if items[n].kind in ("actor", "name")),
            None,
        )
        if source is None:
            continue
        carriers.append(carrier_at(found, items, k, source))
    return carriers


def is_outlet(actor: ActorMention | None) -> bool:
    """Whether an actor is an agency or outlet."""
    return actor is not None and actor.actor.kind in OUTLETS


def carrier_at(
    found: Found, items: list[Item], at: int, source: int
) -> tuple[int, int, Mention[Carrier], Span, Time | None]:
    """One carrier with the day beside it."""
    page, item = found.page, items[source]
    k = source + 1
    if k < len(items) and items[k].name == ",":
        k += 1
    day = items[k].time if k < len(items) and items[k].kind == "time" else None
    end = k + 1 if day else source + 1
    actor = item.actor.actor if item.actor else None
    span = page.span(item.i, item.j)
    when = day.period.start if day and day.period.precision == "day" else None
    carrier = Mention(span, Carrier(actor.id if actor else None, span.text, when), "saying:carriers")
    return at, end, carrier, page.span(items[at].i, items[at].j), day


def cited(attributions: list[Attribution], at: int) -> Attribution | None:
    """The attribution that covers the event at an item: the last before it, else the first after.

    Of two that stand behind what they tell it is the one after: "nine killed, according to A, and two, according to B".
    A document in whose sentence somebody speaks is only cited by them: "the data show 54 dead, the ministry said".
    """
    somebody = [a for a in attributions if not a.document]
    attributions = somebody if any(a.speaker is not None for a in somebody) else attributions
    before = [a for a in attributions if a.at < at]
    after = [a for a in attributions if a.at >= at]
    fears = [a for a in before if a.fear and at - a.at <= 6]
    if fears:
        return fears[-1]
    plain_before = [a for a in before if not a.fear]
    plain_after = [a for a in after if not a.fear]
    if plain_before and plain_after and plain_before[-1].behind and plain_after[0].behind:
        return plain_after[0]
    return plain_before[-1] if plain_before else plain_after[0] if plain_after else None
