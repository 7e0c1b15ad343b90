"""Makes the surface forms of a language from its roots and affixes, with what each form means.

A form's `layer` says what sort of word it is, its `value` what it stands for; `rule` is the path of
the data entry it came from, printed beside every value that the form fills.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from saksi.errors import VocabularyError
from saksi.languages.tokens import fold

ANY, CAPITAL, UPPER = "", "C", "U"


class Form(msgspec.Struct, frozen=True, array_like=True):
    """What one surface form may be."""

    layer: str
    value: str
    rule: str
    voice: str = ""
    plural: bool = False
    case: str = ANY
    data: dict[str, Any] = {}


Forms = dict[str, list[Form]]


class Maker:
    """Collects the forms of one language."""

    def __init__(self, code: str, data: dict[str, Any]) -> None:
        self.code = code
        self.data = data
        self.forms: Forms = {}
        self.joins = [(re.compile(a), b) for a, b in data["affixes"].get("join", [])]
        self.paradigms = data["affixes"]["paradigms"]
        self.plural = str(data["language"].get("plural", ""))

    def add(self, surface: str, form: Form) -> None:
        """Adds one surface form unless it is already there with the same meaning."""
        key = fold(str(surface))
        if key and form not in (known := self.forms.setdefault(key, [])):
            known.append(form)

    def shaped(self, root: str, make: str) -> str:
        """The root in one shape of a paradigm, with the language's join rules applied."""
        head, _, tail = root.partition(" ")
        word = make.replace("{}", head)
        for pattern, replacement in self.joins:
            word = pattern.sub(replacement, word)
        return f"{word} {tail}" if tail else word

    def paradigm(self, name: str, where: str) -> list[dict[str, Any]]:
        """The shapes of a paradigm; unknown names are an error of the data."""
        if name not in self.paradigms:
            raise VocabularyError(f"languages/{self.code}/{where}: no paradigm {name!r} in affixes.yml")
        return list(self.paradigms[name])


def make_forms(code: str, data: dict[str, Any]) -> Forms:
    """All forms of one language, from its data files."""
    maker = Maker(code, data)
    function_forms(maker)
    number_forms(maker)
    object_forms(maker)
    event_forms(maker)
    saying_forms(maker)
    group_forms(maker)
    place_forms(maker)
    time_cues(maker)
    return maker.forms


def function_forms(maker: Maker) -> None:
    """Small words, by the part they play."""
    for role, words in maker.data["language"]["function"].items():
        add_all(maker, words, "function", role, f"language:{role}")
    constructions = maker.data["constructions"]
    for scope, words in constructions["scope"].items():
        add_all(maker, words, "scope", scope, f"constructions:scope.{scope}")
    add_all(maker, constructions["reach"], "reach", "reach", "constructions:reach")
    add_all(maker, constructions["definite_event"], "definite", "event", "constructions:definite_event")


def number_forms(maker: Maker) -> None:
    """Number words, bounds, classifiers, units and labels."""
    numbers = maker.data["numbers"]
    for word, value in numbers["words"].items():
        add_all(maker, [word], "number", str(value), f"numbers:{word}")
    for word, value in numbers["multipliers"].items():
        add_all(maker, [word], "multiplier", str(value), f"numbers:{word}")
    for word, bounds in numbers["vague"].items():
        data = {"low": bounds[0], "high": bounds[1]}
        maker.add(word, Form("vague", word, f"numbers:{word}", data=data))
    for place in ("before", "after"):
        for bound, words in numbers["bounds"][place].items():
            add_all(maker, words, f"bound_{place}", bound, f"numbers:{bound}")
    for layer in (
        "one",
        "both",
        "both_alone",
        "range",
        "classifiers",
        "units",
        "labels",
        "sizes",
        "separate",
        "of_launched",
    ):
        entry = numbers.get(layer, [])
        for role, words in entry.items() if isinstance(entry, dict) else [(layer, entry)]:
            add_all(maker, words, layer, role, f"numbers:{layer}")
    for noun, object_class in numbers.get("classifier_kinds", {}).items():
        maker.add(noun, Form("object", object_class, f"numbers:{noun}"))


def object_forms(maker: Maker) -> None:
    """Nouns for things and people, by class, in the singular and the plural."""
    for name, entry in maker.data["objects"].items():
        rule = f"objects:{name}"
        spec = entry if isinstance(entry, dict) else {"class": name, "words": entry}
        data = {k: v for k, v in spec.items() if k in ("status", "age", "sex")}
        listed, plain = split_listed(maker, [*spec.get("words", []), {"forms": spec.get("forms", [])}])
        for word, plural in (*listed, *with_plurals(maker, plain)):
            form = Form("object", spec["class"], rule, plural=plural, data=data)
            for shape in (word, *owned_shape(maker, word)):
                maker.add(shape, form)


def owned_shape(maker: Maker, word: str) -> list[str]:
    """The noun with the ending that says whose it is: "anggotanya", "pasukannya"."""
    ending = str(maker.data["language"].get("possessive", ""))
    return [word + ending] if ending else []


def split_listed(maker: Maker, words: Iterable[Any]) -> tuple[list[tuple[str, bool]], list[str]]:
    """Words whose forms are listed as they are, and those that take the regular plural: "bus" is one."""
    listed = [(str(f), is_plural(maker, str(f))) for w in words if isinstance(w, dict) for f in w["forms"]]
    return listed, [str(w) for w in words if not isinstance(w, dict)]


def with_plurals(maker: Maker, words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each noun with its regular forms; the last word of an English noun takes the ending."""
    for word in words:
        yield word, False
        if maker.plural == "s":
            first, _, last = word.rpartition(" ")
            yield f"{first} {maker.shaped(last, '{}+s')}".strip(), True
        elif maker.plural == "reduplication":
            first, _, rest = word.partition(" ")
            yield f"{first} {first} {rest}".strip(), True


def is_plural(maker: Maker, word: str) -> bool:
    """Whether a listed form looks like a plural."""
    return maker.plural == "s" and (word.endswith("s") or word in ("men", "women", "people", "children"))


def event_forms(maker: Maker) -> None:
    """Words of happenings: verbs by voice, nouns, and the short words after a number."""
    events = maker.data["events"]
    for kind, entry in events["kinds"].items():
        for verb in entry.get("verbs", ()):
            verb_forms(maker, kind, verb)
        for word in entry.get("theme", ()):
            maker.add(word, Form("event", kind, f"events:{kind}.theme", voice="theme"))
        for voice, key in (
            ("noun", "nouns"),
            ("noun_after", "nouns_after"),
            ("result", "result_nouns"),
            ("result", "state_nouns"),
            ("toll", "toll_nouns"),
        ):
            for word, plural in with_plurals(maker, map(str, entry.get(key, ()))):
                data = {"to": entry["to"]} if "to" in entry and key == "nouns" else {}
                form = Form("event", kind, f"events:{kind}.{key}", voice=voice, plural=plural, data=data)
                maker.add(word, form)
        for part in ("subjects", "predicates"):
            words = entry.get("pattern", {}).get(part, ())
            add_all(maker, words, f"pattern_{part}", kind, f"events:{kind}.pattern")
    add_all(maker, events["light"], "light", "light", "events:light")
    for phrase in map(str, events.get("idioms", ())):
        gap = " .. " if " .. " in phrase else " ... "
        first, _, last = phrase.partition(gap)
        maker.add(first, Form("idiom", last, "events:idioms", data={"short": True} if gap == " .. " else {}))
    for kind, words in events["adjectives"].items():
        for word in words:
            maker.add(word, Form("event", kind, f"events:adjectives.{kind}", voice="adjective"))


def verb_forms(maker: Maker, kind: str, verb: dict[str, Any]) -> None:
    """The forms of one verb, from its root or as listed."""
    data: dict[str, Any] = {key: verb[key] for key in ("to", "only", "spares", "counted", "by_arms") if key in verb}
    rule = f"events:{kind}.{verb.get('root', 'verbs')}"
    if "root" in verb:
        for shape in maker.paradigm(verb.get("paradigm", "verb"), "events.yml"):
            surface = maker.shaped(verb["root"], shape["make"])
            if surface in verb.get("without", ()):
                continue
            voice = "headline" if shape.get("headline") else shape.get("voice", "active")
            maker.add(surface, Form("event", kind, rule, voice=voice, data=data))
        for surface in verb.get("extra", ()):
            maker.add(surface, Form("event", kind, rule, voice="either", data=data))
    for voice in ("active", "either", "passive", "theme"):
        for surface in verb.get(voice, ()):
            maker.add(surface, Form("event", kind, rule, voice=voice, data=data))


def saying_forms(maker: Maker) -> None:
    """Words of saying, carriers, roles and titles."""
    saying = maker.data["saying"]
    for entry in saying["verbs"]:
        stance = entry.get("stance", "")
        add_all(maker, entry["forms"], "say", stance, f"saying:{stance or 'says'}")
    for stance, words in saying["nouns"].items():
        add_all(maker, words, "stance_noun", stance, f"saying:nouns.{stance}")
    for key, shapes in (("attitudes", slice(None)), ("attitudes_told", slice(2, None))):
        for root in map(str, saying.get(key, ())):
            for shape in maker.paradigms["verb"][shapes]:
                maker.add(maker.shaped(root, shape["make"]), Form("attitude", root, f"saying:{key}"))
    add_all(maker, saying.get("saying_nouns", ()), "saying_noun", "saying_noun", "saying:saying_nouns")
    for layer in ("source_before", "carriers", "roles", "titles", "complementizer", "pronouns"):
        add_all(maker, saying[layer], layer, layer, f"saying:{layer}")


def group_forms(maker: Maker) -> None:
    """Groups without a name of their own."""
    actors = maker.data["actors"]
    for kind, words in actors["groups"].items():
        add_all(maker, words, "group", kind, f"actors:{kind}")
    for layer in ("owned", "back_reference", "forces", "peoples"):
        add_all(maker, actors.get(layer, ()), layer, layer, f"actors:{layer}")


def place_forms(maker: Maker) -> None:
    """Countries, their adjectives, and the words around place names."""
    places = maker.data["places"]
    for code, entry in places["countries"].items():
        for layer, key in (("country", "names"), ("demonym", "adjectives")):
            for word in entry.get(key, ()):
                case = UPPER if word.replace(".", "").isupper() else CAPITAL
                maker.add(word, Form(layer, code, f"places:{code}", case=case))
    for level, words in places["types"].items():
        add_all(maker, words, "place_type", level, f"places:{level}")
    add_all(maker, places["cues_before"], "place_cue", "in", "places:cues_before")
    add_all(maker, places["near"], "place_near", "near", "places:near")


def time_cues(maker: Maker) -> None:
    """The words that make it worth looking for a time in a sentence."""
    times = maker.data["times"]
    for name in ("month", "weekday"):
        case = CAPITAL if name in times["names_have_capitals"] else ANY
        for word in times[f"{name}s"]:
            maker.add(word, Form("time_cue", word, "times:names", case=case))
    for word in times["words"]:
        maker.add(word, Form("time_word", word, f"times:{word}"))
    for layer in ("since", "until"):
        add_all(maker, times[layer], layer, layer, f"times:{layer}")


def add_all(maker: Maker, words: Iterable[Any], layer: str, value: str, rule: str) -> None:
    """Adds many forms that mean the same."""
    for word in words:
        maker.add(str(word), Form(layer, value, rule))
