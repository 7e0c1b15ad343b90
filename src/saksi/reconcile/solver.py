"""Linear programs in whole numbers of things, solved by HiGHS.

Rows carry tags, so that an answer can be told in claims: which rows bind a bound, which cannot all hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable
from functools import cache
from typing import Any

import msgspec

OPEN = math.inf
NEAR = 1e-6  # HiGHS's own feasibility tolerance is 1e-7
PATIENCE = 10.0  # seconds for a whole-number search; after that the linear bound stands


class Constraint(msgspec.Struct, frozen=True):
    """low <= sum of coefficient times column <= high; `tag` names whose it is, None is nobody's."""

    low: float
    high: float
    entries: tuple[tuple[int, float], ...]
    tag: Hashable | None = None


class Answer(msgspec.Struct, frozen=True):
    """An optimum, None where nothing bounds it; the values of the columns, and the tags of rows that bind it."""

    value: float | None
    columns: tuple[float, ...]
    binding: tuple[Hashable, ...]


@cache
def silent_highs() -> Callable[[], Any]:
    """HiGHS, silent before it first speaks: its banner would go to standard output."""
    import highspy

    class Silent(highspy.Highs):
        """HiGHS that says nothing."""

        def enableCallbacks(self) -> None:  # noqa: N802 - the library's name
            """Called while HiGHS is made."""
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Silent


class Program:
    """Columns from zero up, and rows."""

    def __init__(self) -> None:
        self.columns = 0
        self.rows: list[Constraint] = []

    def column(self) -> int:
        """A new column, zero or more."""
        self.columns += 1
        return self.columns - 1

    def row(
        self, entries: Iterable[tuple[int, float]], *, low: float = -OPEN, high: float = OPEN, tag: Any = None
    ) -> None:
        """A new row."""
        self.rows.append(Constraint(low, high, tuple(entries), tag))

    def bound(self, objective: Iterable[int], *, most: bool) -> Answer | None:
        """The least (or most) of a sum of columns in whole numbers; None where the rows cannot all hold.

        The bound is rounded inward. Where the linear optimum is not in whole numbers, they are searched for.
        """
        wanted = dict.fromkeys(objective, 1.0)
        answer = self.solve(wanted, most)
        if answer is None or answer.value is None:
            return answer
        if all(abs(v - round(v)) < NEAR for v in answer.columns):
            return msgspec.structs.replace(answer, value=float(round(answer.value)))
        whole = self.solve(wanted, most, whole=True)
        inward = math.floor(answer.value + NEAR) if most else math.ceil(answer.value - NEAR)
        value = whole.value if whole is not None and whole.value is not None else None
        return msgspec.structs.replace(answer, value=float(inward if value is None else round(value)))

    def solve(self, wanted: dict[int, float], most: bool, whole: bool = False) -> Answer | None:
        """The optimum of one linear (or whole-number) program."""
        highs, highspy = self.loaded(wanted, most, whole)
        highs.run()
        status, known = highs.getModelStatus(), highspy.HighsModelStatus
        if status in (known.kUnbounded, known.kUnboundedOrInfeasible):
            if status == known.kUnboundedOrInfeasible and self.solve({}, False) is None:
                return None
            return Answer(None, (), ())
        if status != known.kOptimal:
            return None
        solution = highs.getSolution()
        duals = () if whole else solution.row_dual
        tags = [r.tag for r, dual in zip(self.rows, duals, strict=False) if r.tag is not None and abs(dual) > NEAR]
        return Answer(highs.getInfo().objective_function_value, tuple(solution.col_value), tuple(tags))

    def ray(self) -> list[Hashable]:
        """The tags of rows that together prove that not all rows can hold; empty where they can.

        The support of a Farkas ray: for parts and a total it is the whole sum.
        """
        highs, _ = self.loaded({}, False, False)
        highs.setOptionValue("presolve", "off")
        highs.setOptionValue("solver", "simplex")
        highs.run()
        _, there = highs.getDualRayExist()
        if not there:
            return []
        _, _, values = highs.getDualRay()
        held = (r.tag for r, v in zip(self.rows, values, strict=True) if r.tag is not None and abs(v) > NEAR)
        return list(dict.fromkeys(held))

    def loaded(self, wanted: dict[int, float], most: bool, whole: bool) -> tuple[Any, Any]:
        """HiGHS with this program in it."""
        import highspy
        import numpy as np

        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, len(self.rows)
        cost = np.zeros(self.columns)
        for column, weight in wanted.items():
            cost[column] = weight
        lp.col_cost_, lp.col_lower_ = cost, np.zeros(self.columns)
        lp.col_upper_ = np.full(self.columns, highspy.kHighsInf)
        lp.row_lower_ = np.array([max(r.low, -highspy.kHighsInf) for r in self.rows])
        lp.row_upper_ = np.array([min(r.high, highspy.kHighsInf) for r in self.rows])
        entries = [e for r in self.rows for e in r.entries]
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0] + [len(r.entries) for r in self.rows])
        lp.a_matrix_.index_ = np.array([c for c, _ in entries], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for _, v in entries], dtype=float)
        lp.sense_ = highspy.ObjSense.kMaximize if most else highspy.ObjSense.kMinimize
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * self.columns
        highs = silent_highs()()
        highs.setOptionValue("threads", 1)
        if whole:
            highs.setOptionValue("time_limit", PATIENCE)
        highs.passModel(lp)
        return highs, highspy
