"""What the tests share: a cache folder of their own, and a reader loaded once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from saksi import Reader

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keeps made forms out of the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    before = os.environ.get("SAKSI_CACHE")
    os.environ["SAKSI_CACHE"] = str(folder)
    yield
    if before is None:
        del os.environ["SAKSI_CACHE"]
    else:
        os.environ["SAKSI_CACHE"] = before


@pytest.fixture(scope="session")
def reader(cache: None) -> Reader:
    """A reader without a source file."""
    return Reader()


def missing(what: str) -> None:
    """Skips a test for want of something on a user's machine; in CI the want is a failure."""
    if os.environ.get("SAKSI_CI"):
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is missing")
