"""One claim on one screen: the sentence, every span underlined and named, what was inferred and why."""

from __future__ import annotations

from saksi.figures import figure
from saksi.intake.document import page_of
from saksi.ledger.columns import Evidence, Row
from saksi.ledger.grounds import COLUMNS, ground_of

BLANK = str.maketrans("\n\t\f", "   ")
AROUND = 60  # characters shown on either side of words in another sentence


def explanation(row: Row, text: str) -> str:
    """The claim as lines of plain text."""
    lines = [headline(row), ""]
    sentence = row.sentence
    flat = on_one_line(text[sentence.start : sentence.end])
    lines.append(flat)
    inside = [e for e in row.evidence if spoken_here(e, row)]
    lines += [underline(e, sentence.start) for e in inside]
    rest = [e for e in row.evidence if not spoken_here(e, row)]
    if rest:
        lines += ["", "Not said in this sentence:"]
        lines += [line for e in rest for line in inference(e, row, text)]
    lines += readings(row)
    lines += ["", f"{row.document.id}  {row.document.title or row.document.ref or ''}".rstrip()]
    where = stands_in(row, text)
    return "\n".join([*lines, where] if where else lines)


def stands_in(row: Row, text: str) -> str | None:
    """Where a person finds the sentence: the file with its record or row, the page where the file has pages."""
    page = page_of(text, row.sentence.start)
    return ", ".join(w for w in (row.document.taken_from, f"page {page}" if page else None) if w) or None


def on_one_line(words: str) -> str:
    """Words of several lines or pages on one line, each character in its place."""
    return words.translate(BLANK)


def readings(row: Row) -> list[str]:
    """Who read each field, where two readers have read the document, and how the other reads what they differ on."""
    if row.readers is None:
        return []
    lines = ["", "Read by: " + "; ".join(f"{field} {', '.join(names)}" for field, names in row.readers.items())]
    for rival in row.rivals:
        words = ", ".join(f"{e.text!r}" for e in rival.evidence if e.text) or "nothing"
        lines.append(f"  {rival.reader} reads the {rival.field} otherwise: {words}")
    return lines


def headline(row: Row) -> str:
    """The claim in one line."""
    target = row.target or (row.target_text or "")
    where = ", ".join(p.name for p in row.places) or "place not said"
    return f"{row.id}  {row.kind}  {figure_of(row)}  {target}  {where}  {days(row)}  ({row.stance})"


def figure_of(row: Row) -> str:
    """A claim's number as people write it; "no number" where it gives none."""
    return "no number" if row.counts is None else figure(row.low, row.high)


def days(row: Row) -> str:
    """The period as people write it."""
    if row.date_precision == "unknown":
        return "day not known"
    if row.start and row.end:
        return str(row.start) if row.start == row.end else f"{row.start} to {row.end}"
    if row.end:
        return f"before {row.end}"
    return f"from {row.start}" if row.start else row.date_precision


def spoken_here(entry: Evidence, row: Row) -> bool:
    """Whether an entry's words stand in the claim's own sentence and were not inferred."""
    inside = entry.start is not None and row.sentence.start <= entry.start < row.sentence.end
    return inside and not entry.inferred


def underline(entry: Evidence, begin: int) -> str:
    """A line of marks under the words, with the field and its rule."""
    start, end = entry.start or 0, entry.end or 0
    return " " * (start - begin) + "‾" * (end - start) + f" {entry.field}  [{entry.rule}]"


def inference(entry: Evidence, row: Row, text: str) -> list[str]:
    """How a value without words here came about, with the words elsewhere that it comes from underlined."""
    source = {"span": "from the words", "default": "by default", "source": "from the source file"}
    basis = source.get(entry.basis, f"from the document's {entry.basis}")
    grade = ""
    if entry.field in COLUMNS.values():
        grade = ", " + ground_of(entry, row.sentence.start, row.sentence.end)
    told = f"  {entry.field}{grade}: {basis}"
    if entry.start is None or entry.end is None:
        return [f"{told}  [{entry.rule}]"]
    begin, words = around(text, entry.start, entry.end)
    mark = " " * (entry.start - begin + 4) + "‾" * (entry.end - entry.start) + f" [{entry.rule}]"
    return [told, f"    {words}", mark]


def around(text: str, start: int, end: int) -> tuple[int, str]:
    """The words around some others in their paragraph, on one line; and where they begin."""
    begin = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    stop = text.find("\n", end)
    stop = min(len(text) if stop < 0 else stop, end + AROUND)
    if begin and text[begin - 1] != "\n":
        begin = next((k + 1 for k in range(begin, start) if text[k] == " "), begin)
    return begin, on_one_line(text[begin:stop])
