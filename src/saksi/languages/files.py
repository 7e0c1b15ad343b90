"""Reads the YAML data files and says exactly where one is broken."""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from saksi.errors import VocabularyError
from saksi.languages.kept import digest_of, kept

T = TypeVar("T")


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML in which only true and false are booleans (`on`, `no` and `yes` are words), and no key stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A map; of two values of one key the first would be lost unseen."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key.value, str) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
            seen.add(str(key.value))
        return dict(super().construct_mapping(node, deep))


BOOL = "tag:yaml.org,2002:bool"
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != BOOL or first in "tTfF"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

HERE = Path(__file__).parent
DEEPEST = 100  # lists and maps within each other
BRACKETS = re.compile(r"[\[\]{}]")
DASHES = re.compile(r"(?:[-?:]\s+){100}")
FILES = (
    "language", "affixes", "numbers", "times", "places", "objects", "events", "saying", "actors",
    "constructions", "speakers",
)  # fmt: skip


def known_languages(overlay: Path | None = None) -> list[str]:
    """Codes of the languages Saksi has words for, those of a project's own folder among them."""
    roots = [HERE] + ([overlay / "languages"] if overlay else [])
    found = {p.name for root in roots if root.is_dir() for p in root.iterdir() if (p / "language.yml").exists()}
    return sorted(found)


def load_yaml(path: Path) -> Any:
    """The content of a YAML file; errors name file and line."""
    try:
        text = path.read_text(encoding="utf-8")
        if is_deep(text):
            raise VocabularyError(f"{path}: not valid YAML: lists within lists, more than {DEEPEST} deep")
        return yaml.load(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise VocabularyError(f"{path}:{line}: not valid YAML: {error.problem}") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:  # a control character, too deep, a day there is not
        said = " ".join(str(error).split())[:160] or type(error).__name__
        raise VocabularyError(f"{path}: not valid YAML: {said}") from None
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error}") from None


def is_deep(text: str) -> bool:
    """Whether a text of YAML nests deeper than any file of ours: its parser would run out of stack, and end us."""
    if DASHES.search(text):
        return True
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    depth = 0
    for match in BRACKETS.finditer(text):
        depth += 1 if match[0] in "[{" else -1 if depth else 0
        if depth > DEEPEST:
            return True
    return False


@cache
def language_file(code: str, name: str) -> Any:
    """One file of a language as it comes with Saksi, parsed once; what is returned is not to be changed."""
    path = HERE / code / f"{name}.yml"
    content = digest_of([(path.name, path.read_bytes())])
    return kept(f"{code}-{name}", content, object, partial(load_yaml, path))


def load_as(path: Path, type: type[T]) -> T:
    """The content of a YAML file, checked against a record type; errors name file and line."""
    data = load_yaml(path)
    try:
        return msgspec.convert(data, type, strict=False)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `$")
        keys = where.rstrip("`")
        raise VocabularyError(f"{path}:{line_of(path, keys)}: {message} (at {keys or 'top'})") from None


def line_of(path: Path, keys: str) -> int:
    """The line of the nearest entry that a path such as `.actors[...].kind` reaches."""
    with path.open(encoding="utf-8") as stream:
        node = yaml.compose(stream, Loader=Loader)
    for key in filter(None, keys.replace("[", ".[").split(".")):
        found = child(node, key)
        if found is None:
            break
        node = found
    return int(node.start_mark.line) + 1 if node is not None else 1


def child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The node below a mapping's key or a list's index, or None."""
    if isinstance(node, yaml.MappingNode):
        return next((v for k, v in node.value if k.value == key), None)
    if isinstance(node, yaml.SequenceNode) and key.startswith("[") and key[1:-1].isdigit():
        return node.value[int(key[1:-1])]  # type: ignore[no-any-return]
    return None


def load_language(code: str, overlay: Path | None = None) -> dict[str, Any]:
    """All files of a language, by name; a project's own files are laid over them, or are all there is."""
    if code not in known_languages(overlay):
        known = ", ".join(known_languages(overlay))
        raise VocabularyError(f"language {code!r} is not known; known are: {known}")
    folders = [HERE / code] + ([overlay / "languages" / code] if overlay else [])
    data: dict[str, Any] = dict.fromkeys(FILES)
    for folder in folders:
        for name in FILES:
            path = folder / f"{name}.yml"
            if path.exists():
                data[name] = merged(data[name], load_yaml(path), path)
    missing = sorted(name for name, content in data.items() if content is None)
    if missing:
        raise VocabularyError(f"language {code!r} has no {missing[0]}.yml; every language has the same files")
    return data


def merged(base: Any, over: Any, path: Path) -> Any:
    """Two trees of data as one: maps join, lists append, other values are replaced."""
    if base is None or over is None:
        return base if over is None else over
    if isinstance(base, dict) and isinstance(over, dict):
        keys = [*base, *(k for k in over if k not in base)]
        return {k: merged(base.get(k), over.get(k), path) for k in keys}
    if isinstance(base, list) and isinstance(over, list):
        return [*base, *over]
    if isinstance(base, (dict, list)):
        raise VocabularyError(f"{path}: expected a {'map' if isinstance(base, dict) else 'list'}, got {over!r}")
    return over
