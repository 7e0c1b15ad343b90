"""What every page and every answer of the API is made from: a ledger, its registers, its index, and who asks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa

from saksi.errors import NotFoundError
from saksi.ledger import derived, schema
from saksi.ledger.columns import Row
from saksi.ledger.judgements import Judgement, judgements, standings
from saksi.ledger.store import CONTENTS, Ledger
from saksi.publish.counting import Counting
from saksi.publish.index import Index
from saksi.reconcile.speakers.known import Speakers
from saksi.reconcile.terms import Naming
from saksi.registers.load import Registers, load_registers

T = TypeVar("T")
KEPT = 256  # answers kept until the ledger changes


class State(msgspec.Struct, frozen=True):
    """In which state a ledger is: its changes, those of documents and claims, and what stories are told of."""

    generation: int
    contents: int
    told: str | None
    now: str


class Desk:
    """One ledger being served. Answers that cost something are kept until the ledger changes."""

    def __init__(self, ledger: Ledger, overlay: Path | None = None, boundaries: Path | None = None) -> None:
        self.ledger = ledger
        self.overlay = overlay
        self.boundaries = boundaries
        self.registers: Registers = load_registers(overlay)
        self.claims = Index(ledger, self.registers)
        self.today: Callable[[], date] = date.today
        self.answers: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self.lock = threading.Lock()
        self.here = threading.local()
        self.counting = Counting(ledger.backend.address, overlay, ledger.generation)
        self.named: Naming | None = None  # the last of `naming`

    @property
    def title(self) -> str:
        """What the ledger is called: its file, or its database, without the way there."""
        return self.ledger.name.rstrip("/").rpartition("/")[2]

    @property
    def index(self) -> Index:
        """The index of the newest claims, brought up to date; within a moment the same one."""
        found: Index | None = getattr(self.here, "index", None)
        if found is None:
            state = self.state
            found = self.claims.follow((state.generation, state.contents))
            self.here.index = found if getattr(self.here, "state", None) else None
        return found

    @property
    def state(self) -> State:
        """The state of the ledger now, or as this thread saw it when its moment began."""
        return getattr(self.here, "state", None) or self.look()

    def look(self) -> State:
        """The state of the ledger, in one question."""
        meta = schema.meta.c
        with self.ledger.engine.connect() as db:
            noted = {row.key: row.value for row in db.execute(sa.select(meta.key, meta.value))}
        turn, contents = (int(noted.get(key) or 0) for key in (derived.TURN, CONTENTS))
        return State(int(noted.get("generation") or 0), contents, noted.get("told"), f"{turn} {contents}")

    @contextmanager
    def moment(self) -> Iterator[None]:
        """What is asked within it is answered for one state of the ledger, looked up once."""
        self.here.state = self.look()
        try:
            yield
        finally:
            self.here.state = self.here.index = None

    def kept(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """An answer that is made once for each state of the ledger, and of what is derived from it."""
        return self.remembered((self.state.generation, *self.standing_of_derived, *key), make)

    def recalled(self, key: tuple[Any, ...]) -> Any:
        """An answer that was made for this state of the ledger, None where there is none."""
        with self.lock:
            return self.answers.get((self.state.generation, *self.standing_of_derived, *key))

    @property
    def standing_of_derived(self) -> tuple[str | None, str | None]:
        """Of what incidents and contradictions are told, and of what the speakers are made that the page shows."""
        pinned: Index | None = getattr(self.here, "index", None)
        joined = (self.claims if pinned is None else pinned).joined
        return self.state.told, None if joined is None else joined.stamp

    def kept_told(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """An answer made once for each state of what is derived, whatever was judged or read since."""
        return self.remembered((None, self.state.told, *key), make)

    def kept_placed(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """An answer made once for each state of what is derived and of the claims there are, whatever was judged."""
        return self.remembered((self.index.contents, self.state.told, *key), make)

    def remembered(self, whole: tuple[Any, ...], make: Callable[[], T]) -> T:
        """An answer made once for its key."""
        with self.lock:
            if whole in self.answers:
                self.answers.move_to_end(whole)
                found: T = self.answers[whole]
                return found
        made = make()
        with self.lock:
            self.answers[whole] = made
            while len(self.answers) > KEPT:
                self.answers.popitem(last=False)
        return made

    def rows(self, ids: list[str]) -> list[Row]:
        """The newest rows of some claims, in the order of the ids; those that are gone are left out."""
        found = {row.id: row for row in derived.rows_by_id(self.ledger, ids)}
        return [found[id] for id in ids if id in found]

    @property
    def speakers(self) -> Speakers:
        """Who speaks in the ledger, as the index has it."""
        joined = self.index.joined
        assert joined is not None
        return joined.speakers

    @property
    def all_joined(self) -> bool:
        """Whether the names of all claims, as people judged them, are joined to these speakers."""
        return self.index.is_joined()

    @property
    def naming(self) -> Naming:
        """How the names of the ledger become keys, by the speakers that the page shows."""
        speakers, known = self.speakers, self.named
        if known is None or known.speakers is not speakers:
            known = self.named = Naming(self.registers, speakers)
        return known

    @property
    def judgements(self) -> list[Judgement]:
        """All judgements, oldest first."""
        return self.kept(("judgements",), lambda: judgements(self.ledger))

    def standing(self, ids: Iterable[str]) -> dict[str, str]:
        """Of claims that people judged by themselves what stands, by id: struck, corrected or accepted."""
        found = self.kept(("standing",), lambda: standings(self.judgements))
        return {id: found[id] for id in ids if id in found}

    def row(self, id: str) -> Row:
        """The newest row of one claim, by its whole id."""
        found = self.rows([id])
        if not found:
            raise NotFoundError(f"there is no claim {id}")
        return found[0]
