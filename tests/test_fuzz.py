"""Bytes that come from outside, made by Hypothesis: nothing crashes, and nothing takes long.

A test tries a few dozen inputs. `SAKSI_FUZZ_SECONDS` lets each parser be tried for so long, with other inputs in each
round but the same in each run: `make fuzz` ten minutes each, CI twenty seconds. Inputs are sound bytes, cut, spliced
and repeated, and the words of the formats. What follows the branches that inputs take is `tests/followed.py`, since
Atheris has no wheels for some of the Pythons and systems that Saksi runs on.
"""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.parsers import PARSERS, Parser

SECONDS = float(os.environ.get("SAKSI_FUZZ_SECONDS", "0"))
ROUND = 30  # inputs
SLOW = 2.0  # seconds of a processor for up to 100 KB
LONG = 100_000  # bytes
WORDS = [
    b"<table><tr><td>", b"</td></tr></table>", b"<p>", b"<div>", b"</div>", b"<ul><li>",
    b"<time datetime='2024-05-17'>", b"<![CDATA[", b"]]>", b"<!--", b"&#x", b"&amp;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"colspan='99999'", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\r\n\r\n",
    b"%PDF-1.4\n", b"endobj\n", b"stream\n", b"<< /Type /Page >>", b"[[[[", b"((((", b"WARC/1.1\r\n",
    b"Content-Length: 99999999999\r\n", b"Transfer-Encoding: chunked\r\n", b"PK\x03\x04", b"PAR1", b'{"text":',
    b"[", b'"', b",", b";", b"\t", b"Subject: =?utf-8?q?", b"boundary=x\r\n", b"--x\r\n", b"12 May 2024", b"3",
    b"- ", b"*a ", b"&a ", b"!!python/object", b"{{", b"Disallow: /*$*$*$*$\n", b"\xe2\x80\x99",
    b"\xc3\xa2\xe2\x82\xac", b"<script type=application/ld+json>",
]  # fmt: skip


def inputs(sound: bytes) -> st.SearchStrategy[bytes]:
    """Sound bytes that were cut, spliced and repeated, words of the formats between them, and bytes of any kind."""
    places = st.integers(0, len(sound))
    stretch = st.tuples(places, places).map(lambda ends: sound[min(ends) : max(ends)])
    piece = st.one_of(stretch, st.sampled_from(WORDS), st.binary(max_size=20))
    pieces = st.lists(st.tuples(piece, st.sampled_from([1, 1, 1, 1, 2, 7])), max_size=8).map(
        lambda some: b"".join(each * times for each, times in some)
    )
    spliced = st.tuples(places, pieces, places).map(lambda made: sound[: made[0]] + made[1] + sound[made[2] :])
    return st.one_of(spliced, pieces)


def taking(parse: Parser, data: bytes) -> float:
    """How long a parser takes with some bytes, in processor time."""
    begun = time.process_time()
    parse(data)
    return time.process_time() - begun


@pytest.mark.parametrize("name", sorted(PARSERS))
def test_whatever_comes_is_taken_or_refused_and_soon(name: str) -> None:
    parse, sound = PARSERS[name]
    parse(sound)  # what is loaded once is not its fault
    begun, number = time.monotonic(), 0
    while number == 0 or time.monotonic() - begun < SECONDS:

        @seed(number)
        @settings(max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(inputs(sound))
        def one_round(data: bytes) -> None:
            assert taking(parse, data) < SLOW

        one_round()
        number += 1


@pytest.mark.parametrize("name", sorted(PARSERS))
def test_what_is_told_again_and_again_takes_no_longer_than_its_length(name: str) -> None:
    """A hundred thousand bytes of one word, after sound bytes and before them."""
    parse, sound = PARSERS[name]
    parse(sound)
    words = WORDS if SECONDS else WORDS[::6]
    for word in (*words, sound[: len(sound) // 2 or 1]):
        many = word * (LONG // len(word))
        assert max(taking(parse, many), taking(parse, sound[: len(sound) // 2] + many)) < SLOW, word
