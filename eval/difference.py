"""Two runs of one suite, case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from eval.samples import ResultsError
from eval.summary import Judged, answer_text, expectation_text


class Change(StrEnum):
    BROKEN = "broken"
    FIXED = "fixed"
    STILL_FAILING = "still_failing"
    CHANGED = "changed"  # right both times, in other words
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Difference:
    """One case in both runs."""

    before: Judged
    after: Judged
    change: Change

    @property
    def id(self) -> str:
        return self.after.sample.id


_TITLES = {
    Change.BROKEN: "变坏",
    Change.FIXED: "修好",
    Change.STILL_FAILING: "仍然不对",
    Change.CHANGED: "都对，但说法变了",
}


def compare(before: Sequence[Judged], after: Sequence[Judged]) -> tuple[Difference, ...]:
    """Pair the cases by id, in the order of the suite. Both runs must be of the same suite."""
    earlier = {case.sample.id: case for case in before}
    if earlier.keys() != {case.sample.id for case in after}:
        raise ResultsError("两份结果不是同一个题集的", remedy="请用同一个题集各运行一次")
    return tuple(Difference(earlier[case.sample.id], case, _change(earlier[case.sample.id], case)) for case in after)


def _change(before: Judged, after: Judged) -> Change:
    if before.right != after.right:
        return Change.FIXED if after.right else Change.BROKEN
    if not after.right:
        return Change.STILL_FAILING
    same = before.result.answer.get("text") == after.result.answer.get("text")
    return Change.SAME if same else Change.CHANGED


def to_markdown(differences: Sequence[Difference]) -> str:
    """A report: counts first, then every case that differs or fails."""
    groups = {change: [d for d in differences if d.change is change] for change in Change}
    counts = " · ".join(f"{_TITLES[change]} {len(groups[change])}" for change in _TITLES)
    parts = [f"# 两次运行的差异\n\n{counts} · 不变 {len(groups[Change.SAME])}\n"]
    for change, title in _TITLES.items():
        if not groups[change]:
            continue
        parts.append(f"\n## {title}\n")
        parts.extend(_case(difference) for difference in groups[change])
    return "\n".join(parts)


def _case(difference: Difference) -> str:
    before, after = difference.before, difference.after
    outcomes = f"{before.score.outcome} → {after.score.outcome}"
    return (
        f"- **{difference.id}** {' » '.join((*after.sample.history, after.sample.question))}（{outcomes}）\n"
        f"  - 应为：{expectation_text(after.sample)}\n"
        f"  - 之前：{answer_text(before.result.answer)}\n"
        f"  - 现在：{answer_text(after.result.answer)}\n"
    )
