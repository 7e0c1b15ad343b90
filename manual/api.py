"""The Python API as a page of Markdown, made from the public names and their docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import saksi

HEAD = """# Python

Made from the docstrings: all that `import saksi` offers. What is not on this page may change without notice.
"""
TAKEN = re.compile(r"^Annotated\[")


def api() -> str:
    """The page."""
    begin = [HEAD, fenced(example(inspect.getdoc(saksi) or "")), "| name | what it is |", "| --- | --- |"]
    lines = [f"| [`{name}`](#saksi{name.lower()}) | {summary(getattr(saksi, name))} |" for name in saksi.__all__]
    parts = [part for name in saksi.__all__ for part in described(name, getattr(saksi, name))]
    return "\n".join([*begin, *lines, "", *parts]) + "\n"


def example(doc: str) -> str:
    """The lines of a docstring that show a use."""
    return "\n".join(line.strip() for line in doc.splitlines() if line.startswith("    "))


def fenced(code: str) -> str:
    """Code as a block."""
    return f"```python\n{code}\n```\n"


def summary(named: Any) -> str:
    """The first sentence of a docstring."""
    return (inspect.getdoc(named) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


def described(name: str, named: Any) -> Iterator[str]:
    """A function or a class with its fields and what it can do."""
    yield f"## saksi.{name}\n"
    if inspect.isfunction(named):
        yield fenced(signature(named, name))
        yield paragraphs(named)
        return
    yield paragraphs(named)
    if told := list(fields(named)):
        yield "\n".join(["| field | type | meaning |", "| --- | --- | --- |", *told]) + "\n"
    for own, each in methods(named):
        yield f"### saksi.{name}.{own}\n"
        if not isinstance(each, property):
            yield fenced(signature(each, own))
        yield paragraphs(each)


def paragraphs(named: Any) -> str:
    """A docstring; of a record without one of its own nothing."""
    return (inspect.getdoc(named) or "") + "\n"


def signature(named: Any, name: str) -> str:
    """How something is called, a parameter a line where one line would be long."""
    told = inspect.signature(named)
    taken = [p for p in told.parameters.values() if p.name != "self"]
    line = f"{name}{plain(told.replace(parameters=taken))}"
    if len(line) <= 100:
        return line
    starred, parts = False, []
    for each in taken:
        if each.kind is each.KEYWORD_ONLY and not starred:
            starred = True
            parts.append("*")
        parts.append(plain(each))
    inside = "".join(f"    {part},\n" for part in parts)
    return f"{name}(\n{inside}) -> {told.return_annotation}"


def plain(told: Any) -> str:
    """A signature or parameter with the types as they are written, without the quotes of what is not evaluated."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(told))


def fields(named: Any) -> Iterator[str]:
    """The fields of a record, a line of a table each; those without a sentence of their own are told by its text."""
    written = vars(named).get("__annotations__", {})
    hints = get_type_hints(named, include_extras=True) if written else {}
    for name, type in written.items():
        if not name.startswith("_"):
            yield f"| `{name}` | `{bare(str(type))}` | {meaning(hints[name])} |".replace(" | None", " \\| None")


def bare(type: str) -> str:
    """A type as it is written, without what is said of it.

    >>> bare("Annotated[str | None, says('the words')]")
    'str | None'
    """
    inside = TAKEN.sub("", type)
    if inside == type:
        return type
    depth = 0
    for n, char in enumerate(inside):
        depth += (char in "[(") - (char in "])")
        if char == "," and depth == 0:
            return inside[:n]
    return inside


def meaning(hint: Any) -> str:
    """The sentence that a field is declared with."""
    if get_origin(hint) is not Annotated:
        return ""
    said = (getattr(each, "description", None) or getattr(each, "help", None) for each in get_args(hint)[1:])
    return next((each for each in said if each), "").replace("|", "\\|")


def methods(named: Any) -> Iterator[tuple[str, Any]]:
    """What a class can do, in the order in which it is written."""
    for name, each in vars(named).items():
        called = each.__func__ if isinstance(each, (classmethod, staticmethod)) else each
        if not name.startswith("_") and (inspect.isfunction(called) or isinstance(each, property)):
            yield name, getattr(named, name) if isinstance(each, classmethod) else each
