"""Reads YAML and says exactly where it is broken. Loaded where a file has to be parsed, which is seldom."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from saksi.errors import VocabularyError

DEEPEST = 100  # lists and maps within each other
BRACKETS = re.compile(r"[\[\]{}]")
DASHES = re.compile(r"(?:[-?:]\s+){100}")


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


def parsed(path: Path) -> Any:
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


def line_at(path: Path, keys: str) -> int:
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
