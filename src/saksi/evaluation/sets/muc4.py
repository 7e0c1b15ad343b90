"""MUC-4 wire reports with answer keys: human and physical targets with number and effect, date and place.

Their keys are templates, one an incident; ours are claims. The measure makes incidents of claims that
agree in day, place and sort of act, aligns each with at most one template (the pairs that share most
go first) and counts slot fills: correct, ours, theirs. Two readings of "ours" are printed: fills of
aligned incidents alone, and of all incidents, where what no template holds is in vain. Optional
templates and fills marked "?" cost nothing. Where no words give a claim its days, their own rule serves:
on or before the day of the report. The figures of 1992 are on two other tests of the same make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from saksi.evaluation.sets.lines import NO_ACTS, Line, corpus_lines
from saksi.evaluation.sets.muc4_keys import Bounds, Days, Incident, Target, key_of, told_days, words_of
from saksi.ledger.columns import Row, rows_of
from saksi.reading.mentions.times import Time
from saksi.reading.read import Reading
from saksi.reading.reader import Reader
from saksi.registers.places.folding import fold

EFFECTS = {"kill": "DEATH", "injure": "INJURY", "casualty": "INJURY"}
ON_PEOPLE = frozenset(("kill", "injure", "abduct", "casualty", "missing", "release"))
DAMAGE = {"destroy": "DESTROYED", "damage": "SOME DAMAGE", "hit": "SOME DAMAGE", "bomb": "SOME DAMAGE"}
ACTS = ON_PEOPLE | set(DAMAGE) | {"attack", "shell", "shoot", "ambush", "suicide_attack", "aim_at", "airstrike"}
SORTS = {"abduct": "KIDNAPPING", "bomb": "BOMBING", "suicide_attack": "BOMBING"}
# their sort of an act that is told by words which begin so; what was burned is damaged with them, seldom destroyed
WORDS = {"burn": "ARSON", "set fire": "ARSON", "torch": "ARSON", "bl": "BOMBING", "dynamit": "BOMBING"}
MEANS = frozenset(("ied", "vehicle_borne_ied", "explosive", "rocket", "missile"))  # what strikes is no target of theirs
# rebels and those who did it are no targets of theirs, whatever befell them
NO_TARGETS = frozenset(("fighter", "attacker"))
SLOTS = ("human number", "human effect", "physical number", "physical effect", "date", "place")


def measure_muc4(path: Path, misses: int) -> None:
    """Prints slot figures over TST1 and TST2, aligned incidents alone and all."""
    reader, scores = Reader(), {slot: [0, 0, 0, 0] for slot in SLOTS}  # right, theirs, ours aligned, ours in all
    lines, missed = 0, []
    for line in corpus_lines(path):
        if not line.id.startswith("TST"):
            continue
        lines += 1
        keys = [key_of(t) for t in line.gold["templates"]]
        reading = reader.read(line.document())
        ours = incidents_of(line, rows_of(reading, {}), reading)
        for key, own in aligned(keys, ours):
            count(scores, key, own)
            missed += [f"  {line.id}: {miss}" for miss in misses_of(key, own)]
    print(f"{lines} reports of TST1 and TST2; F of aligned incidents, then of all")
    for slot, (right, theirs, near, every) in scores.items():
        print(f"  {slot:<18} {f_score(right, theirs, near):5.1f} {f_score(right, theirs, every):5.1f}  "
              f"({right} right of {theirs}; {near} and {every} of ours)")  # fmt: skip
    for miss in missed[:misses]:
        print(miss)


def misses_of(key: Incident | None, own: Incident | None) -> Iterator[str]:
    """What a template asks for and our incident lacks, slot by slot."""
    if key is None or (key.optional and own is None):
        return
    wanted = {"human": [shown(t) for t in key.human], "physical": [shown(t) for t in key.physical],
              "date": key.days, "place": key.places}  # fmt: skip
    read = {} if own is None else {"human": [shown(t) for t in own.human], "physical": [shown(t) for t in own.physical],
                                   "date": own.days, "place": own.places}  # fmt: skip
    right, theirs, _ = fills(key, own or Incident())
    for slot in (s for s in SLOTS if right[s] < theirs[s]):
        name = slot.split()[0]
        told = read.get(name, "no incident")
        yield f"{slot}: wanted {wanted[name]}, read {told}".replace("datetime.date", "")


def shown(target: Target) -> str:
    """A target on one line: its words, how many, what became of it."""
    return f"{' '.join(sorted(target.words))} {target.low}-{target.high} {'/'.join(sorted(target.effects))}".strip()


def f_score(right: int, theirs: int, ours: int) -> float:
    """F1 in percent."""
    return 200 * right / (theirs + ours) if theirs + ours else 0.0


def incidents_of(line: Line, rows: Iterable[Row], reading: Reading) -> list[Incident]:
    """Our incidents: claims of acts, joined where day, place and sort do not part them.

    Where no claim has a place, their rule serves: the country the report was written from.
    """
    made: list[Incident] = []
    registers, told = reading.found.page.vocabulary.registers, list(rows)
    again = words_told_again(told)
    acts = {row.id for row in told if is_act(row)}
    wholes = told_in_parts(told)
    for row in told:
        if not is_act(row) or row.id in wholes or any(t.type == "restates" and t.claim in acts for t in row.relations):
            continue
        sort = sort_of(row)
        home = next((i for i in reversed(made) if joins(i, row, sort)), None)
        if home is None:
            made.append(home := Incident(sort=sort or "ATTACK"))
        home.join(row, sort)
        person = row.target is not None and registers.is_a(row.target, "person")
        if row.target not in NO_TARGETS:
            add(home, row, words_told(row) | again[row.id], on_people=person)
    unresolved = days_unresolved(reading.found.times.values())
    for incident in made:
        if not incident.days or incident.days[0] in unresolved:
            incident.days.append((None, line.day))
        incident.places += countries(incident, reading)
    return [i for i in made if i.human or i.physical or i.places]


def told_in_parts(rows: list[Row]) -> set[str]:
    """The claims whose people are told one by one besides: their keys give those named, and not "two guards" too."""
    parts: dict[str, int] = defaultdict(int)
    for row in rows:
        for tie in row.relations:
            parts[tie.claim] += (row.low or 0) if tie.type == "part_of" else 0
    return {row.id for row in rows if row.low and parts[row.id] >= row.low and row.high in (None, parts[row.id])}


def is_act(row: Row) -> bool:
    """Whether a claim tells of an act that their coders count: done, and no running total."""
    return row.kind in ACTS and not row.negated and row.stance not in NO_ACTS and row.scope != "cumulative"


def sort_of(row: Row) -> str | None:
    """Their sort of incident for a claim, by its kind or by the words of its act; None where neither tells."""
    told = next((e.text.lower() for e in row.evidence if e.field == "kind" and e.text), "")
    by_words = next((sort for begin, sort in WORDS.items() if told.startswith(begin)), None)
    return SORTS.get(row.kind, by_words if row.kind in DAMAGE else None)


def countries(incident: Incident, reading: Reading) -> list[str]:
    """The names of the countries of an incident's places, or of the dateline."""
    gazetteer = reading.found.page.vocabulary.gazetteer
    written = [m.place.country for m in reading.found.places.values() if m.cue == "dateline"]
    codes = [incident.country] if incident.country else written[:1]
    rows = [gazetteer.country(code) for code in codes if code]
    return [fold(row.name) for row in rows if row is not None]


def days_unresolved(times: Iterable[Time]) -> set[Days]:
    """The days that a report tells by a weekday or in weeks alone, which their keys do not look up in a calendar."""
    named: dict[bool, set[Days]] = {True: set(), False: set()}
    for time in times:
        loose = time.reader.startswith("weekday") or time.period.precision == "week"
        named[loose].add((time.period.start, time.period.end))
    return named[True] - named[False]


def joins(incident: Incident, row: Row, sort: str | None) -> bool:
    """Whether a claim can be of an incident; of arson are only claims that tell of it."""
    if sort is not None and incident.sort not in (sort, "ATTACK"):
        return False
    if "ARSON" in (sort, incident.sort) and sort != incident.sort:
        return False
    told = told_days(row)
    if told and incident.days and incident.days != told:
        return False
    names = {fold(p.name) for p in row.places}
    return not (names and incident.places and not names & set(incident.places))


def words_told(row: Row) -> frozenset[str]:
    """The words for what a claim counts; those who are told by what befell them alone are "dead" with them too."""
    nameless = any(e.field == "target" and e.inferred for e in row.evidence)
    befell = " ".join(e.text or "" for e in row.evidence if e.field == "kind") if nameless else ""
    return words_of(row.target_text or "") | words_of(befell)


def words_told_again(rows: list[Row]) -> dict[str, frozenset[str]]:
    """For each claim the words by which later claims tell it again: their keys give all the words for one person."""
    again: dict[str, frozenset[str]] = defaultdict(frozenset)
    for row in rows:
        for tie in row.relations:
            again[tie.claim] |= words_of(row.target_text or "") if tie.type == "restates" else frozenset()
    return again


def add(incident: Incident, row: Row, words: frozenset[str], *, on_people: bool) -> None:
    """Adds what a claim counts to an incident: people, hurt or only attacked, or things; bombings count neither."""
    if row.kind in ON_PEOPLE and row.counts:
        effect = EFFECTS.get(row.kind)
        merge(incident.human, row, Target(words, row.low, row.high, frozenset({effect} if effect else ())))
    elif on_people:
        merge(incident.human, row, Target(words, row.low or 1, row.high))
    elif (row.target is not None or (row.kind in DAMAGE and row.counts == "things")) and row.target not in MEANS:
        effects = {DAMAGE[row.kind]} if row.kind in DAMAGE else set()
        effects |= {"SOME DAMAGE"} if incident.sort == "ARSON" else set()
        merge(incident.physical, row, Target(words, row.low or 1, row.high, frozenset(effects)))


def merge(targets: list[Target], row: Row, fresh: Target) -> None:
    """Adds a target, or its effect where the same words and number stand already, told of no other in one list."""
    apart = {tie.claim for tie in row.relations if tie.type == "apart_from"}
    for target in targets:
        if target.words == fresh.words and target.low == fresh.low and not apart & target.claims:
            target.effects |= fresh.effects
            target.claims |= {row.id}
            return
    fresh.claims = {row.id}
    targets.append(fresh)


def aligned(keys: list[Incident], ours: list[Incident]) -> Iterator[tuple[Incident | None, Incident | None]]:
    """Templates with our incidents, the pairs that share most first; then what is left of both."""
    pairs = sorted(((-shared(k, o), i, j) for i, k in enumerate(keys) for j, o in enumerate(ours)), key=lambda p: p)
    used_keys, used_ours = set(), set()
    for score, i, j in pairs:
        if score < 0 and i not in used_keys and j not in used_ours:
            used_keys.add(i)
            used_ours.add(j)
            yield keys[i], ours[j]
    yield from ((k, None) for i, k in enumerate(keys) if i not in used_keys)
    yield from ((None, o) for j, o in enumerate(ours) if j not in used_ours)


def shared(key: Incident, own: Incident) -> int:
    """How many fills two incidents share; a target counts twice, since days and places are shared by many."""
    right, *_ = fills(key, own)
    return 2 * sum(right[s] for s in SLOTS[:4]) + right["place"] + right["date"]


def count(scores: dict[str, list[int]], key: Incident | None, own: Incident | None) -> None:
    """Counts the fills of one pair, of a template missed, or of an incident of ours in vain."""
    right, theirs, ours = fills(key or Incident(), own or Incident())
    for slot in SLOTS:
        if key is not None and key.optional and own is None:
            continue
        scores[slot][0] += right[slot]
        scores[slot][1] += theirs[slot]
        scores[slot][2] += ours[slot] if key is not None else 0
        scores[slot][3] += ours[slot]


def fills(key: Incident, own: Incident) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Right, theirs and ours for each slot."""
    right, theirs, ours = (dict.fromkeys(SLOTS, 0) for _ in range(3))
    for name, wanted, read in (("human", key.human, own.human), ("physical", key.physical, own.physical)):
        pairs = matched(wanted, read)
        theirs[f"{name} number"] = sum(t.given for t in wanted)
        ours[f"{name} number"] = len(read)
        right[f"{name} number"] = sum(same_number(w, r) for w, r in pairs)
        theirs[f"{name} effect"] = sum(t.given and bool(t.effects) for t in wanted)
        ours[f"{name} effect"] = sum(bool(t.effects) for t in read)
        right[f"{name} effect"] = sum(bool(w.effects & r.effects) for w, r in pairs)
    theirs["date"], ours["date"] = int(bool(key.days)), int(bool(own.days))
    right["date"] = int(any(same_days(w, r) for w in key.days for r in own.days))
    theirs["place"], ours["place"] = int(bool(key.places)), int(bool(own.places))
    right["place"] = int(any(same_place(w, r) for w in key.places for r in own.places))
    return right, theirs, ours


def same_place(wanted: str, read: str) -> bool:
    """Whether our place is theirs, which they name without its sort: "merelin" for "Merelin district"."""
    return read == wanted or read.startswith(f"{wanted} ")


def same_days(wanted: Days, read: Days) -> bool:
    """Whether our days are theirs; a night is two days with them, and the day that it begins on with us."""
    start, end = wanted
    night = start is not None and end == start + timedelta(days=1)
    return wanted == read or (night and read == (start, start))


def matched(wanted: list[Target], read: list[Target]) -> list[tuple[Target, Target]]:
    """Targets that share a word, each of ours used once."""
    left, pairs = list(read), []
    for target in wanted:
        found = max(left, key=lambda t: (len(t.words & target.words), same_number(target, t)), default=None)
        if found is not None and found.words & target.words:
            left.remove(found)
            pairs.append((target, found))
    return pairs


def same_number(wanted: Target, read: Target) -> bool:
    """Whether our number is theirs, or another that they give as well."""
    return any(fits(told, (read.low, read.high)) for told in ((wanted.low, wanted.high), *wanted.others))


def fits(wanted: Bounds, read: Bounds) -> bool:
    """Whether our bounds fit theirs; their "plural" is any open number of ours."""
    (least, most), (low, high) = wanted, read
    if least == 2 and most is None:
        return high is None or low is None or high - low > 1
    if least == most == 1:
        return low == 1 and high in (1, None)
    if low is None or least is None or most is None:
        return wanted == read
    return least <= low <= most
