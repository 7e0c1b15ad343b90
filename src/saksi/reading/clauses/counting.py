"""Which numbers of a sentence may count something done, and which acts near them may have done it.

What is decided here needs no weighing: who speaks is no victim, a survivor is not killed, and of "40 percent of the
6,000 houses" not all were destroyed.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from saksi.reading.clauses.acts import FATAL, OPEN, Act, may_take
from saksi.reading.clauses.groups import COUNTING, Group
from saksi.reading.clauses.items import Item
from saksi.reading.clauses.noun_events import HARM, is_unharmed
from saksi.reading.clauses.records import names_them
from saksi.reading.clauses.signs import Counted, LaidOut, behind_bare_passive, has_subject
from saksi.reading.clauses.taking import Event
from saksi.reading.clauses.undergoing import suffers
from saksi.reading.clauses.untouched import (
    befalls,
    behind_unknown_verb,
    harms,
    has_own_noun,
    is_carried,
    is_charge,
    is_of_noun,
    leaves_carried,
    told_of_dead,
    told_otherwise,
)
from saksi.reading.mentions.found import Found
from saksi.reading.mentions.numbers import Number
from saksi.reading.pages.page import NOUN_VOICES, Page

NEAR = 20  # numbers before, among which those are told whom "both" means
FAR = 4  # words between the "of" of a share and its number
HURT = "injure"  # the kind whose outcome the language's `conditions` tell
PRONOUNS = frozenset(("pronoun", "one_person", "many_persons"))
BEASTS = "animal"  # no thing but these is killed
LISTS = frozenset((",", ";", ".", "-"))  # before the label of a figure in a list
ENDS_SUBJECT = frozenset(("and", "or", "relative", "that", "while", "after", "before", "by"))
REACH = 4  # acts on either side of a number that it is scored against
CROWD, NEAREST = 24, 1  # of a sentence of more numbers, twice as many as any news has, each is scored against fewer


def counts(group: Group, taken: dict[int, Event]) -> bool:
    """Whether a group's number may count something done.

    "An attack" is told by its own noun alone, and "a" before an unknown noun that no construction took is prose.
    """
    number = group.number
    if number is None or number.kind not in COUNTING:
        return False
    return number.kind != "article" or group.object_class is not None or (not group.event and number.i in taken)


def within_reach(row: LaidOut, number: Counted) -> list[int]:
    """The acts near a number, and the one to which the constructions gave it."""
    split, reach = bisect_left(row.act_starts, number.group.j), REACH if len(row.counted) <= CROWD else NEAREST
    both = list(range(max(0, split - reach), min(len(row.acts), split + reach)))
    if number.taken is not None:
        at = bisect_left(row.act_starts, number.taken.i)
        if at < len(row.acts) and row.acts[at].event is number.taken and at not in both:
            both.append(at)
    head_first, registers = row.found.page.vocabulary.head_first, row.found.page.vocabulary.registers
    own = row.of_parts
    both = [k for k in both if number.group.i >= own.get(k, 0)]
    known = [k for k in both if may_take(row.acts[k], number.group, registers, head_first=head_first)]
    if number.in_condition:
        known = [k for k in known if row.acts[k].kind == HURT] or known
    known = [k for k in known if not is_of_others(row, number, k)]
    if any(did_it(row, number, row.acts[k]) for k in known):
        known = [k for k in known if row.acts[k].i > number.group.i and not harms(row, row.acts[k])]
    if behind_unknown_verb(row, number):
        known = [k for k in known if row.acts[k].i > number.group.i and not is_of_noun(number, row.acts[k])]
    if (label := labelled_by(row, number)) is not None:
        known = [k for k in known if row.acts[k].at == label]
    if is_carried(row, number):
        known = [k for k in known if not leaves_carried(row, number, k)]
    if told_otherwise(row, number):
        known = [k for k in known if befalls(row, number, k) or takes(row.acts[k], number)]
    return [k for k in known if not (number.unharmed and harms(row, row.acts[k]) and not befalls(row, number, k))]


def takes(act: Act, number: Counted) -> bool:
    """Whether a number is what an active verb before it was done to: "killed 12 of the 900 people affected"."""
    return number.taken is not None and act.event is number.taken and act.i < number.group.i and act.voice == "active"


def is_of_others(row: LaidOut, number: Counted, k: int) -> bool:
    """Whether an act near a number is told of something else, whatever stands beside it: no weight may say so."""
    act, group = row.acts[k], number.group
    if act.i >= group.j and (is_topic(row, group, act) or is_sum(row, number)):
        return True
    if number.of_share and not tells_whole(row, group, act):
        return True
    if (act.at < 0 and (only_there(row, number) or are_more(row, number, act))) or in_company(row, number, act):
        return True
    if describes_people(row, group, act) or names_them(row, number, act) or only_goes_on(row, number, act):
        return True
    if befell_named(row, number, act):
        return True
    told = tells_of_pronoun(row, act) or loses(row, group, act) or cannot_suffer(row, number, act)
    told = told or has_own_noun(row, number, act) or told_of_dead(row, act) or is_charge(row, act)
    return told or names_whole(row, number, k)


def only_goes_on(row: LaidOut, number: Counted, act: Act) -> bool:
    """Whether "both" alone adds no figure: "One man was hurt. Both are miners", or what befell them is told already.

    That they died is news after all else that was told of them.
    """
    if number.number.kind != "both" or number.group.j != number.number.j:
        return False
    between = row.items[number.at + 1 : act.at]
    if act.kind != FATAL or act.at < number.at or any(i.kind in ("word", "group", "mark") for i in between):
        return True
    return were_no_people(row.found, number.number)


def were_no_people(found: Found, both: Number) -> bool:
    """Whether the last as many that a page tells before are not known as people: "two dogs were shot. Both died."."""
    for i in islice((i for i in range(both.i - 1, -1, -1) if i in found.numbers), NEAR):
        told = found.numbers[i]
        if told.kind in COUNTING and told.value == both.value:
            counted = found.page.form(told.j, "classifiers")
            noun = found.page.nouns.get(told.j if counted is None else counted[0])
            people = noun[1].value in found.page.vocabulary.people if noun is not None else counted is not None
            return not people and told.j not in found.actors
    return False


def only_there(row: LaidOut, number: Counted) -> bool:
    """Whether a sentence says of some only that they are there, so that none before it befell them: "there are 900"."""
    return row.found.page.any_before(number.group.i, row.found.page.vocabulary.data["constructions"].get("there", ()))


def are_more(row: LaidOut, number: Counted, act: Act) -> bool:
    """Whether a number is more than an act of the sentence before befell, and not told as coming on top of it.

    "Nine people were killed. Some 300 prayed": what goes on with an act tells a part of it, or another few.
    """
    low, page, after = number.number.quantity.low, row.found.page, row.items[number.at + 1 : number.at + 2]
    if act.befell is None or low is None or low <= act.befell or number.counts != "person" or is_tally_of(row, number):
        return False
    if number.group.partitive or any(item.name == "including" for item in after):
        return False  # "seven of the victims": of more than the last figure before
    return all(page.function(k, "other", "including") is None for k in range(number.group.i - 1, number.group.j + 1))


def is_tally_of(row: LaidOut, number: Counted) -> bool:
    """Whether a sentence has but a place and its figure, so that it only goes on counting: "In Hama, 30."."""
    group = number.group
    around = row.parts[: number.at] + row.parts[number.at + 1 :]
    bare = group.object_class is not None or group.j == number.number.j
    return bare and around[:2] == ["in", "place"] and set(around[2:]) <= {",", "."}


def in_company(row: LaidOut, number: Counted, act: Act) -> bool:
    """Whether those counted were only with whom an act behind them befell: "a man traveling with 2 aides died"."""
    company = row.found.page.vocabulary.data["constructions"].get("company", ())
    if act.at <= number.at or not row.found.page.any_before(number.group.i, company):
        return False
    between = row.items[number.at + 1 : act.at]  # "escorting 20 pilgrims, who were killed"
    return not any(item.kind == "mark" or item.name == "relative" for item in between)


def names_whole(row: LaidOut, number: Counted, k: int) -> bool:
    """Whether a participle only says who the whole are of which an act behind it tells: "two of the 5 wounded died"."""
    act = row.acts[k]
    if number.number.whole is None or act.i != number.group.j:
        return False
    after = next((a for a in row.acts[k + 1 :] if a.voice not in NOUN_VOICES), None)
    if after is None or after.voice not in ("theme", "passive"):
        return False
    between = row.items[act.at + 1 : after.at]
    return not any(i.kind in ("mark", "verb", "say") or i.name in ENDS_SUBJECT for i in between)


def tells_of_pronoun(row: LaidOut, act: Act) -> bool:
    """Whether words behind a verb say what came of the "him" between: "two men shot him to death"."""
    if act.voice != "theme" or act.at < 2:
        return False
    return row.parts[act.at - 1] in PRONOUNS and row.items[act.at - 2].kind in ("verb", "word")


def describes_people(row: LaidOut, group: Group, act: Act) -> bool:
    """Whether a noun of harm only says what people are tried or known for: "lima terdakwa pembunuhan".

    Those who suffered it are called by a noun of harm themselves: "lima korban pembunuhan".
    """
    page = row.found.page
    beside = act.i == group.j and page.vocabulary.head_first and act.voice in NOUN_VOICES
    victims = group.unit_i >= 0 and page.form(group.unit_i, "event") is not None
    return beside and not victims and group.object_class in page.vocabulary.people and harms(row, act)


def befell_named(row: LaidOut, number: Counted, act: Act) -> bool:
    """Whether a noun tells what befell one by name, and then goes on: "the death of Ali left four in command"."""
    behind = row.items[act.at + 1 : number.at] if 0 <= act.at < number.at else []
    if len(behind) < 3 or behind[0].name != "of" or behind[1].kind not in ("name", "role"):
        return False
    return any(i.kind == "verb" or i.name == "result" for i in behind[2:])


def is_sum(row: LaidOut, number: Counted) -> bool:
    """Whether a number of victims stands before what came of each: "ada tiga korban, dua meninggal dan satu kritis"."""
    after = row.items[number.at + 1 : number.at + 5]
    if len(after) > 1 and after[1].name == "including":
        del after[1]  # "ada tiga korban, terdiri dari dua meninggal dan satu kritis"
    if len(after) < 3 or after[0].name != "," or after[2].kind != "verb" or number.group.unit_i < 0:
        return False
    noun = row.found.page.form(number.group.unit_i, "event")
    part = after[1].group.number if after[1].group is not None else None
    return noun is not None and noun[1].value == OPEN and part is not None


def cannot_suffer(row: LaidOut, number: Counted, act: Act) -> bool:
    """Whether an act cannot befall what a number counts: houses flee nowhere, no man is razed, no clinic killed."""
    registers, name = row.found.page.vocabulary.registers, number.group.object_class
    if act.kind == FATAL and act.event is not None and registers.is_a(name, "thing"):
        return not registers.is_a(name, BEASTS)
    happenings = row.found.page.vocabulary.data["constructions"].get("happenings", ())
    if registers.kinds[act.kind].counts != "events" and row.found.page.any_at(number.number.j, happenings):
        return True  # "casualties (28 incidents)"
    if suffers(registers, act.kind, act.form.data.get("to"), number.group):
        return False
    beside = row.found.page.form(number.number.j, "object")  # "170,000 people took shelter"
    return beside is None or not registers.may_befall(act.kind, beside[1].value)


def labelled_by(row: LaidOut, number: Counted) -> int | None:
    """The item of the act that a list gives a number behind its colon: "meninggal: 7; mengungsi: 2.300 jiwa"."""
    at = number.at - 2
    labels = at >= 0 and row.parts[at + 1] == ":" and row.parts[at] == "verb"
    listed = labels and (at == 0 or row.parts[at - 1] in LISTS)
    return at if listed and any(act.at == at for act in row.acts) else None


def did_it(row: LaidOut, number: Counted, act: Act) -> bool:
    """Whether people right behind a passive verb of harm are those who did it: "tewas dikeroyok enam orang".

    Where the language has no "by" between, and who suffered it stands before, or in the clause that "after" opens.
    """
    if number.counts != "person" or not behind_bare_passive(row, number, act):
        return False
    page, before = row.found.page, row.parts[act.at - 1] if act.at > 0 else ""
    begins = tuple(map(str, page.vocabulary.data["constructions"].get("passive_begins", ())))
    undergone = has_subject(row, act) or before in ("after", "result")
    return undergone and page.norms[act.i].startswith(begins) and harms(row, act)


def loses(row: LaidOut, group: Group, act: Act) -> bool:
    """Whether a noun of harm is of something else than people: "the loss of 4,000 jobs"."""
    page, unknown = row.found.page, group.object_class is None and group.unit_i >= 0
    behind = act.j if page.function(act.j - 1, "of") is not None else page.function(act.j, "of")
    return unknown and act.kind == HARM and behind == group.i


def is_topic(row: LaidOut, group: Group, act: Act) -> bool:
    """Whether an act is only what something is about: "12 people were charged over the killing of a farmer"."""
    page, i = row.found.page, act.i
    if act.voice not in (*NOUN_VOICES, "active"):
        return False
    while i > row.sentence.i and page.function(i - 1, "article", "determiner") is not None:
        i -= 1
    if i <= group.j and group.object_class is None:
        return False  # "12 kasus pembunuhan": the word is what the number counts
    return page.any_before(i, page.vocabulary.data["constructions"].get("topics", ()))


def are_unharmed(found: Found, items: list[Item], at: int) -> bool:
    """Whether a counted group is of people who came away: "4 survivors", "survivors: 4", "korban selamat 17 orang"."""
    group = items[at].group
    k = at - 1 - (at > 1 and items[at - 1].name == ":")
    headed = items[k].group if k >= 0 else None
    heads = headed is not None and headed.number is None and is_unharmed(found.page, headed)
    return heads or (group is not None and is_unharmed(found.page, group))


def of_share(page: Page, i: int) -> bool:
    """Whether a number is only what a share is of: "40 percent of the town's 6,000 houses", "15 persen dari 2.000"."""
    shares = page.vocabulary.data["numbers"].get("shares", ())
    for k in range(i - 1, max(0, i - 1 - FAR), -1):
        if page.function(k, "of", "from") is not None:
            return page.any_before(k, shares)
        if not page.norms[k][0].isalnum():
            return False
    return False


def in_condition(page: Page, items: list[Item], at: int, number: Number) -> bool:
    """Whether words behind a number say how badly they are hurt: "two in intensive care", "six of them badly"."""
    counted = page.form(number.j, "classifiers")
    after = items[at + 1] if at + 1 < len(items) else None
    ends = {number.j, counted[0] if counted is not None else number.j}
    ends |= {after.j} if after is not None and after.name == "including" else set()
    phrases = page.vocabulary.data["constructions"].get("conditions", ())
    return any(page.any_at(end, phrases) for end in ends)


def tells_whole(row: LaidOut, group: Group, act: Act) -> bool:
    """Whether an act says who a whole is: "15 percent of the 2,000 wounded", "half of the 300 people killed"."""
    page = row.found.page
    beside = act.i == group.j and not page.vocabulary.head_first and page.function(act.i, "be") is None
    return group.i <= act.i < group.j or beside
