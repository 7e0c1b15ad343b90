"""A report as one page that asks nothing of any other place: made to be read by an editor, and printed."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from saksi.intake.document import is_web
from saksi.reporting.blocks import Block, Heading, Paragraph, Quote, Table

STYLE = """
html { font: 17px/1.5 Georgia, "Liberation Serif", "Times New Roman", serif; color: #1d1c1a; background: #fff; }
body { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1.2rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .6rem; }
h2 { font-size: 1.25rem; margin: 2.4rem 0 .5rem; border-bottom: 2px solid #00466e; padding-bottom: .15rem; }
h3 { font-size: 1.02rem; margin: 1.4rem 0 .3rem; }
h1, h2, h3 { overflow-wrap: anywhere; break-after: avoid; }
p { margin: .5rem 0; } .small { font-size: .88rem; color: #5a5751; }
table { border-collapse: collapse; width: 100%; margin: .7rem 0; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #d9d4ca;
  overflow-wrap: anywhere; }
th { font-weight: bold; border-bottom: 1.5px solid #5a5751; } tr { break-inside: avoid; }
td:last-child, th:last-child { padding-right: 0; }
.wide { overflow-x: auto; } .wide td { min-width: 4rem; overflow-wrap: break-word; }
.n { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; white-space: nowrap; }
blockquote { margin: .6rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid #e69f00; break-inside: avoid; }
blockquote p { margin: .15rem 0; } a { color: #00466e; }
figure { margin: 1rem 0; break-inside: avoid; } figure svg { display: block; width: 100%; height: auto; }
@media screen and (max-width: 32rem) {
  html { font-size: 15px; }
  thead { position: absolute; left: -100rem; } table, tbody, tr, td { display: block; }
  tr { border-bottom: 1.5px solid #5a5751; padding: .35rem 0; }
  td, td.n { border: 0; padding: .08rem 0; text-align: left; }
  td:first-child { font-weight: bold; } td:empty { display: none; }
  td + td::before { content: attr(data-of) ": "; color: #5a5751; }
  figure { overflow-x: auto; } figure svg { width: 40rem; }
}
@media print {
  @page { size: A4; margin: 18mm 16mm; }
  html { font-size: 10.5pt; } body { max-width: none; padding: 0; } a { color: inherit; text-decoration: none; }
  .wide { overflow: visible; } .wide td { min-width: 0; }
  thead { display: table-header-group; }
}
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(blocks: Sequence[Block], language: str) -> str:
    """The page."""
    title = next(each.text for each in blocks if isinstance(each, Heading))
    body = "\n".join(element(each) for each in blocks)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{escape(title)}</title>\n<style>{STYLE}</style>\n'
        f"</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def element(block: Block) -> str:
    """A part of the page."""
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f'<p class="small">{escape(block.text)}</p>' if block.small else f"<p>{escape(block.text)}</p>"
    if isinstance(block, Table):
        return table(block)
    if isinstance(block, Quote):
        return quote(block)
    return f'<figure tabindex="0">{block.svg}</figure>'


def table(block: Table) -> str:
    """A table."""
    right = [' class="n"' if n in block.numbers else "" for n in range(len(block.head))]
    head = "".join(f'<th scope="col"{c}>{escape(text)}</th>' for text, c in zip(block.head, right, strict=True))
    named = [f' data-of="{escape(text)}"{c}' for text, c in zip(block.head, right, strict=True)]
    rows = (
        "<tr>" + "".join(f"<td{c}>{escape(text)}</td>" for text, c in zip(row, named, strict=True)) + "</tr>"
        for row in block.rows
    )
    made = f"<table><thead><tr>{head}</tr></thead><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
    return f'<div class="wide" tabindex="0">{made}</div>'


def quote(block: Quote) -> str:
    """A sentence; its document is a link only where it has an address of the web, which is followed only by hand."""
    told = escape(block.told)
    if block.url and is_web(block.url):
        told = f'<a href="{escape(block.url)}" rel="noreferrer">{told}</a>'
    return f'<blockquote><p>{escape(block.text)}</p><p class="small">{told} · {escape(block.claim)}</p></blockquote>'
