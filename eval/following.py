"""Do answers follow the data? The same questions, asked of an index whose amounts were changed.

Execution accuracy without trusting the SQL: an answer that was right must be right again with the changed figure.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from eval.mutation import Mutation, mutated_copy, permutation, scaling, stored_amounts
from eval.opening import database_of
from eval.running import AssistantLike, Result, run
from eval.samples import ExpectedStatus, ExpectedValue, Sample
from eval.scoring import Outcome, answer_values, score
from eval.statistics import Proportion
from eval.units import MONEY, canonical
from index.database import open_read_only
from index.evidence import Dimension
from index.numbers import MONEY_UNITS

SCALE = 3


@dataclass(frozen=True, slots=True)
class Followed:
    """One case under one mutation. `answered`: the answer states the changed figures; `executed`: the SQL of the
    first answer, run on the changed database, returns them (None where no single stored figure is expected)."""

    sample: Sample
    mutation: str
    answered: bool
    executed: bool | None
    detail: str

    @property
    def stuck(self) -> bool:
        """The answer did not move with the data."""
        return not self.answered


def follow(
    samples: Sequence[Sample],
    index: Path,
    opener: Callable[[Path | None], AssistantLike],
    *,
    seed: int = 1,
) -> tuple[Followed, ...]:
    """Ask every case that was right and answered by SQL again, on a permuted and on a scaled copy of the index."""
    first = {result.id: result for result in run(samples, opener(index), stable=True, pairs=False)}
    right = [sample for sample in samples if _applies(sample, first[sample.id])]
    mutations = (permutation(stored_amounts(database_of(index)), seed), scaling(SCALE))
    found: list[Followed] = []
    for mutation in mutations:
        with tempfile.TemporaryDirectory(prefix="budget-eval-") as directory:
            copy = mutated_copy(index, Path(directory) / "index", mutation)
            found.extend(_followed(right, first, mutation, copy, opener(copy)))
    return tuple(found)


def _applies(sample: Sample, result: Result) -> bool:
    return (
        sample.expect.status is ExpectedStatus.ANSWERED
        and any(canonical(value.unit) == MONEY for value in sample.expect.values)
        and bool(result.answer.get("sql"))
        and score(sample, result.answer).outcome is Outcome.RIGHT
    )


def _followed(
    samples: Sequence[Sample],
    first: dict[str, Result],
    mutation: Mutation,
    copy: Path,
    assistant: AssistantLike,
) -> Iterator[Followed]:
    cases = []
    for sample in samples:
        derived = any(value.formula for value in answer_values(first[sample.id].answer))
        # A permutation breaks sums and orders, so nothing derived can be foretold from the printed gold.
        if mutation.linear or not derived:
            changed = changed_sample(sample, mutation)
            if changed is not None:
                cases.append((sample, changed))
    answers = run([changed for _, changed in cases], assistant, stable=True, pairs=False)
    for (sample, changed), result in zip(cases, answers, strict=True):
        outcome = score(changed, result.answer)
        yield Followed(
            sample,
            mutation.name,
            answered=outcome.outcome in (Outcome.RIGHT, Outcome.UNFLAGGED),
            executed=_executed(changed, first[sample.id], copy),
            detail="；".join(outcome.faults),
        )


def changed_sample(sample: Sample, mutation: Mutation) -> Sample | None:
    """The case as it must be answered on changed data: amounts changed, ratios kept; None if it cannot be foretold.

    What an answer must say or not say in words may name old figures or an old order, so it is dropped.
    """
    values: list[ExpectedValue] = []
    for value in sample.expect.values:
        if canonical(value.unit) != MONEY:
            if not mutation.linear:
                return None
            values.append(value)
            continue
        factor = MONEY_UNITS[value.unit]
        amount = mutation.money(value.value * factor)
        if amount is None:
            return None
        values.append(ExpectedValue(amount / factor, value.unit))
    # One always-true group keeps the rule that words may carry the sign.
    expect = replace(sample.expect, values=tuple(values), text=(("",),) if sample.expect.text else (), forbid=())
    return replace(sample, expect=expect)


def _executed(changed: Sample, first: Result, copy: Path) -> bool | None:
    """Whether the first answer's SQL, on the changed data, returns a changed stored figure."""
    if any(value.formula for value in answer_values(first.answer)):
        return None
    wanted = {
        int(abs(value.value) * MONEY_UNITS[value.unit] * Dimension.MONEY.scale)
        for value in changed.expect.values
        if canonical(value.unit) == MONEY
    }
    connection = open_read_only(database_of(copy))
    try:
        numbers: set[int] = set()
        for statement in first.answer.get("sql") or ():
            for row in connection.execute(statement):
                numbers.update(abs(item) for item in row if isinstance(item, int))
        return wanted <= numbers
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def print_following(console: Console, followed: Sequence[Followed]) -> None:
    """Shares for each mutation, then every case that did not follow."""
    for name in dict.fromkeys(case.mutation for case in followed):
        own = [case for case in followed if case.mutation == name]
        executed = [case.executed for case in own if case.executed is not None]
        answers = Proportion(sum(case.answered for case in own), len(own))
        queries = Proportion(sum(executed), len(executed))
        console.print(f"{name}：答案跟随 {answers}；SQL 结果跟随 {queries}", markup=False, highlight=False)
    for case in followed:
        if case.stuck:
            told = f"{case.sample.id}（{case.mutation}）{case.sample.question}：{case.detail}"
            console.print(told, markup=False, highlight=False)
