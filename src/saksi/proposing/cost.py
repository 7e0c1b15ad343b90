"""What asking a model takes: tokens estimated before, counted after, and what they cost at a price."""

from __future__ import annotations

import msgspec

from saksi.errors import UsageError

CHARACTERS = (
    3.0  # of a token; tokenizers of today take 3 to 4.5 of English and Indonesian, so this is an upper estimate
)
CLAIM = 150  # tokens of one claim of an answer
EVERY = 300  # characters of news that hold one counted claim, at most pages


class Price(msgspec.Struct, frozen=True):
    """What a million tokens cost, asked and answered, in any currency."""

    asked: float
    answered: float


class Used(msgspec.Struct):
    """Tokens asked and answered, and requests sent or saved by answers kept before."""

    asked: int = 0
    answered: int = 0
    sent: int = 0
    kept: int = 0

    def add(self, other: Used) -> None:
        """Adds what another took."""
        self.asked += other.asked
        self.answered += other.answered
        self.sent += other.sent
        self.kept += other.kept

    def times(self, factor: float) -> Used:
        """What so many times as much takes."""
        return Used(round(self.asked * factor), round(self.answered * factor), round(self.sent * factor))

    def cost(self, price: Price) -> float:
        """What it costs."""
        return (self.asked * price.asked + self.answered * price.answered) / 1_000_000


def estimated(text: str, characters: int) -> Used:
    """What a request is expected to take: `text` is all that is sent, `characters` how long the document's part is."""
    claims = 1 + characters // EVERY
    return Used(round(len(text) / CHARACTERS), CLAIM * claims, 1)


def parsed_price(value: str | None) -> Price | None:
    """A price written ASKED,ANSWERED for a million tokens."""
    if value is None:
        return None
    try:
        asked, answered = (float(part) for part in value.split(","))
    except ValueError:
        raise UsageError(f"--price {value!r} is not ASKED,ANSWERED for a million tokens, like 0.15,0.60") from None
    if not (0 <= asked < 1e6 and 0 <= answered < 1e6):
        raise UsageError(f"--price {value!r}: prices are not less than 0")
    return Price(asked, answered)


def told(used: Used, price: Price | None, *, about: bool) -> str:
    """Tokens and cost in words."""
    words = f"{used.asked:,} tokens asked, {used.answered:,} answered"
    cost = f"; {used.cost(price):.4f} at the price given" if price is not None else ""
    return ("about " if about else "") + words + cost
