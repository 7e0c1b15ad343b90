"""FollowTheMoney: a value is taken as the model has it, however it comes to be taken quickly."""

from __future__ import annotations

import pytest
from followthemoney import model
from hypothesis import example, given, settings
from hypothesis import strategies as st

from saksi.releasing.shapes.ftm import taker

PROPERTIES = ("recordId", "summary", "name", "startDate", "country", "proof", "location")


@pytest.mark.parametrize("name", PROPERTIES)
@settings(deadline=None)  # the library loads its countries when it is first asked for one
@given(text=st.text(max_size=40) | st.from_regex(r"[ -~]{0,20}", fullmatch=True))
@example(text="2024-04-06")
@example(text=" Brigade 12 ")
@example(text="c-5395473d3f1a")
@example(text="")
def test_a_text_is_taken_as_the_library_cleans_it(name: str, text: str) -> None:
    of = model.get("Event").properties[name]  # type: ignore[union-attr]
    assert taker(of.type, of.format)(text) == of.type.clean(text, format=of.format)
