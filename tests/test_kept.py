"""What is made of data files is kept under a digest of them: the same as made anew, and never of an old file."""

from __future__ import annotations

from pathlib import Path

import pytest

from saksi.languages.files import FILES, HERE, data_file, known_languages, language_file, load_yaml
from saksi.languages.kept import digest_of, kept
from saksi.registers.load import load_registers, made_registers, register_files


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that nothing was kept in."""
    monkeypatch.setenv("SAKSI_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_registers_that_were_kept_are_those_made_anew(folder: Path) -> None:
    made = made_registers(register_files())
    assert [load_registers(), load_registers()] == [made, made]
    assert [path.name.partition("-")[0] for path in folder.iterdir()] == ["registers"]


@pytest.mark.parametrize("code", known_languages())
def test_a_language_file_that_was_kept_says_what_the_file_says(folder: Path, code: str) -> None:
    for name in FILES:
        data_file.cache_clear()
        first = language_file(code, name)
        data_file.cache_clear()
        assert [first, language_file(code, name)] == [load_yaml(HERE / code / f"{name}.yml")] * 2
    assert len(list(folder.iterdir())) == len(FILES)


def test_a_changed_register_is_read_anew(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "actors" / "mine.yml"
    own.parent.mkdir(parents=True)
    for name in ("Blue Band", "Green Band"):
        own.write_text(f"actors:\n  band:\n    name: {name}\n    kind: rebel\n    names: {{en: [{name}]}}\n")
        assert load_registers(tmp_path / "own").actors["band"].name == name


def test_what_cannot_be_kept_is_made_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("SAKSI_CACHE", str(tmp_path / "file"))
    made = iter((1, 2))
    assert [kept("x", digest_of([]), int, lambda: next(made)) for _ in range(2)] == [1, 2]


def test_what_was_kept_and_is_broken_is_made_anew(folder: Path) -> None:
    folder.mkdir()
    (folder / f"x-{digest_of([])}.msgpack").write_bytes(b"\xc1")
    made = iter((1, 2))
    assert [kept("x", digest_of([]), int, lambda: next(made)) for _ in range(2)] == [1, 1]
