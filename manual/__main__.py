"""Builds the site: `python -m manual [--out build/site]`, or `make site`."""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

from manual.api import api
from manual.notebook import told
from manual.pages import API, FILES, Page, address, page, sources, whole

HERE = Path(__file__).parent
ROOT = HERE.parent


def text_of(source: str) -> str:
    """The Markdown of a page."""
    if source == API:
        return api()
    text = (ROOT / source).read_text("utf-8")
    return told(text) if source.endswith(".ipynb") else text


def build(out: Path) -> list[Path]:
    """Makes the site anew in a folder that is emptied first; returns its pages."""
    pages = {source: page(source, text_of(source)) for source in sources()}
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    shutil.copy(HERE / "site.css", out / "site.css")
    for each in pages.values():
        copy_files(each, out)
        (out / address(each.source)).write_text(whole(each, {s: p.title for s, p in pages.items()}), encoding="utf-8")
    return [out / address(source) for source in pages]


def copy_files(page: Page, out: Path) -> None:
    """Puts the files that a page leads to beside it."""
    for path in re.findall(rf'href="{FILES}([^"#]+)', page.html):
        (out / FILES / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, out / FILES / path)


def main() -> None:
    """Builds the site and says where it begins."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "site")
    pages = build(parser.parse_args().out)
    print(f"{len(pages)} pages; begin with {pages[0]}")


if __name__ == "__main__":
    main()
