"""Libraries that only some commands need; who does not have one is told which extra of Saksi brings it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from saksi.errors import UsageError


def library(name: str, what: str, extra: str) -> Any:
    """A module of another project. Raises UsageError where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(
            f"{what} needs {name.partition('.')[0]}: install Saksi with its extra, pip install 'saksi[{extra}]'"
        ) from None
