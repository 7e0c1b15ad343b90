"""What must hold for any text at all."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from saksi import Document, Reader, rows_of
from saksi.languages.tokens import tokenize
from saksi.ledger.columns import check_row
from saksi.reading.layers import LAYERS, layer_rows
from saksi.registers.places.folding import fold

# fmt: off
WORDS = ["dua", "tiga", "12", "1.200", "prajurit", "TNI", "warga", "sipil", "tewas", "terluka", "di", "Nduga", "Suriah", "Irak", "Kamis", "(11/4)", "kata", "juru", "bicara", "Pentagon", "koalisi", "mengatakan", "bahwa", "serangan", "udara", "terhadap", "ISIS", "menghancurkan", "kendaraan", ",", ".", ";", "“", "”", "–", "dan", "termasuk", "anak", "tidak", "ada", "belum", "sejak", "7", "Oktober", "two", "strikes", "destroyed", "an", "ISIL", "vehicle", "Near", "Hit", "said", "on", "Monday", "24", "March", "killed", "wounded", "people", "including", "children", "no", "not", "In", "Syria", ":", "-", "\n", "\n\n", "a", "the", "of", "by", "U.S.", "Mar’a", "İstanbul", "ﬁre", "ß", "é"]  # noqa: E501
# fmt: on
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join),
    st.text(max_size=200),
)
quiet = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@quiet
@given(texts)
def test_tokens_slice_to_their_text(text: str) -> None:
    """Offsets of tokens are true, in order, and never overlap, whatever the characters."""
    tokens = tokenize(text)
    assert len(tokens.starts) == len(tokens.ends) == len(tokens.norms)
    assert all(a < b for a, b in zip(tokens.starts, tokens.ends, strict=True))
    assert all(b <= a for b, a in zip(tokens.ends, tokens.starts[1:], strict=False))
    assert all(tokens.norms)


@quiet
@given(texts, st.sampled_from(["id", "en"]))
def test_every_span_equals_its_slice(reader: Reader, text: str, code: str) -> None:
    """Claims and layers of any text are grounded: each span is the text it names."""
    if not text.strip():
        return
    reading = reader.read(Document(text=text, language=code))
    for row in rows_of(reading, {}):
        assert check_row(row, text) is None
    for layer in LAYERS:
        for mention in layer_rows(reading, layer):
            assert text[mention.start : mention.end] == mention.text


@quiet
@given(texts, st.sampled_from(["id", "en"]))
@example("⓵ dan 1⓵ orang", "id")  # digits that are no decimals
def test_reading_twice_gives_the_same(reader: Reader, text: str, code: str) -> None:
    """A reading is a pure function: same input, same rows, same ids, each id once."""
    document = Document(text=text, language=code)
    once, twice = (rows_of(reader.read(document), {}) for _ in range(2))
    assert once == twice
    assert len({row.id for row in once}) == len(once)


@quiet
@given(st.text(max_size=60))
def test_folding_is_idempotent(name: str) -> None:
    """Folding a folded name changes nothing."""
    assert fold(fold(name)) == fold(name)
