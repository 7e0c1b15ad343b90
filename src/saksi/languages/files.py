"""Reads the YAML data files and says exactly where one is broken."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from saksi.errors import VocabularyError
from saksi.languages.kept import digest_of, kept

T = TypeVar("T")

HERE = Path(__file__).parent
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
    from saksi.languages.parsing import parsed

    return parsed(path)


@cache
def data_file(path: Path) -> Any:
    """The content of a file that comes with Saksi, parsed once; what is returned is not to be changed."""
    content = digest_of([(path.name, path.read_bytes())])
    return kept(path.stem, content, object, partial(load_yaml, path))


def language_file(code: str, name: str) -> Any:
    """One file of a language as it comes with Saksi."""
    return data_file(HERE / code / f"{name}.yml")


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
    from saksi.languages.parsing import line_at

    return line_at(path, keys)


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
