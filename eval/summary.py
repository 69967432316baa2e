"""Everything a report says, computed from samples and results: frozen values, no wording."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.citations import CitationScore, score_citations
from eval.faithfulness import untraceable
from eval.running import Result
from eval.samples import Category, ExpectedStatus, ResultsError, Sample
from eval.scoring import Outcome, Score, score
from eval.statistics import Proportion, percentile


@dataclass(frozen=True, slots=True)
class Judged:
    """One case with everything that was measured on it. `citation` None: the evidence names no place."""

    sample: Sample
    result: Result
    score: Score
    citation: CitationScore | None
    untraceable: tuple[str, ...]

    @property
    def right(self) -> bool:
        return self.score.outcome is Outcome.RIGHT

    @property
    def status(self) -> str:
        return str(self.result.answer.get("status", ""))

    @property
    def route(self) -> str:
        """The route taken, or the status when the question took none."""
        return str(self.result.answer.get("route") or self.status or "error")


@dataclass(frozen=True, slots=True)
class CategoryRow:
    category: Category
    right: Proportion
    wrong: Proportion
    outcomes: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds; None in a stable run, where no time is kept."""

    label: str
    cases: int
    median: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The proportions of a run. `strict` also asks that no contradiction be reported where there is none."""

    cases: tuple[Judged, ...]
    right: Proportion
    strict: Proportion
    wrong: Proportion
    outcomes: Mapping[Outcome, int]
    categories: tuple[CategoryRow, ...]
    refusal: Proportion
    over_refusal: Proportion
    clarifying: Proportion
    conflict_found: Proportion
    false_alarms: Proportion
    followup: Proportion
    history_forms: Proportion
    citation: Proportion
    citation_places: Proportion
    citation_row: Proportion
    cited: Proportion
    faithful: Proportion
    routes: Mapping[Category, Mapping[str, int]]
    speeds: tuple[Speed, ...]

    @property
    def failures(self) -> tuple[Judged, ...]:
        return tuple(case for case in self.cases if not case.right)


def judge(samples: Sequence[Sample], results: Iterable[Result]) -> tuple[Judged, ...]:
    """Score every sample. A sample without a result is an error, not left out; results of other suites are refused."""
    by_id = {result.id: result for result in results}
    known = {sample.id for sample in samples}
    if strange := [key for key in by_id if key not in known]:
        raise ResultsError(f"结果里有题集没有的题：{'、'.join(strange[:5])}", remedy="请给出与结果相配的题集")
    return tuple(_judged(sample, by_id.get(sample.id) or _absent(sample)) for sample in samples)


def _absent(sample: Sample) -> Result:
    answer = {"question": sample.question, "text": "", "status": "error", "reason": "结果文件里没有这道题"}
    return Result(sample.id, sample.document, sample.question, answer, 0)


def _judged(sample: Sample, result: Result) -> Judged:
    answered = sample.expect.status is ExpectedStatus.ANSWERED and result.answer.get("status") == "answered"
    return Judged(
        sample=sample,
        result=result,
        score=score(sample, result.answer),
        citation=score_citations(sample.evidence, result.answer) if answered else None,
        untraceable=untraceable(result.answer, sample.history),
    )


def summarise(cases: Sequence[Judged]) -> Summary:
    """All proportions of a run."""
    expected: dict[ExpectedStatus, list[Judged]] = {status: [] for status in ExpectedStatus}
    for case in cases:
        expected[case.sample.expect.status].append(case)
    answerable = expected[ExpectedStatus.ANSWERED]
    answered = [case for case in cases if case.status == "answered"]
    contradictory = [case for case in cases if case.sample.expect.conflict]
    located = [case.citation for case in cases if case.citation is not None]
    rows = [citation.row for citation in located if citation.row is not None]
    forms = [agree for case in cases if (agree := case.result.forms_agree) is not None]
    return Summary(
        cases=tuple(cases),
        right=_share(cases, lambda case: case.right),
        strict=_share(cases, lambda case: case.right and not case.score.false_alarm),
        wrong=_share(cases, lambda case: case.score.outcome.misleads),
        outcomes=_outcomes(cases),
        categories=tuple(_category_row(category, cases) for category in Category if _of(category, cases)),
        refusal=_share(expected[ExpectedStatus.ABSTAINED], lambda case: case.score.outcome is not Outcome.MADE_UP),
        over_refusal=_share(answerable, lambda case: case.score.outcome is Outcome.MISSED),
        clarifying=_share(expected[ExpectedStatus.CLARIFY], lambda case: case.status == "clarify"),
        conflict_found=_share(contradictory, lambda case: bool(case.result.answer.get("conflicts"))),
        false_alarms=_share(
            [case for case in cases if not case.sample.expect.conflict], lambda case: case.score.false_alarm
        ),
        followup=_share([case for case in cases if case.sample.history], lambda case: case.right),
        history_forms=Proportion(sum(forms), len(forms)),
        citation=Proportion(sum(citation.right for citation in located), len(located)),
        citation_places=Proportion(sum(c.found for c in located), sum(c.named for c in located)),
        citation_row=Proportion(sum(rows), len(rows)),
        cited=_share(answered, lambda case: bool(case.result.answer.get("citations"))),
        faithful=_share(answered, lambda case: not case.untraceable),
        routes=_routes(cases),
        speeds=_speeds(cases),
    )


def _share(cases: Sequence[Judged], holds: Callable[[Judged], bool]) -> Proportion:
    return Proportion(sum(holds(case) for case in cases), len(cases))


def _of(category: Category, cases: Sequence[Judged]) -> list[Judged]:
    return [case for case in cases if case.sample.category is category]


def _outcomes(cases: Sequence[Judged]) -> dict[Outcome, int]:
    counts = Counter(case.score.outcome for case in cases)
    return {outcome: counts[outcome] for outcome in Outcome}


def _category_row(category: Category, cases: Sequence[Judged]) -> CategoryRow:
    own = _of(category, cases)
    return CategoryRow(
        category,
        right=_share(own, lambda case: case.right),
        wrong=_share(own, lambda case: case.score.outcome.misleads),
        outcomes=_outcomes(own),
    )


def _routes(cases: Sequence[Judged]) -> dict[Category, dict[str, int]]:
    """Category × route taken. The suite states no expected route, so a row shows where its questions went."""
    table: dict[Category, dict[str, int]] = {}
    for case in cases:
        row = table.setdefault(case.sample.category, {})
        row[case.route] = row.get(case.route, 0) + 1
    return {category: table[category] for category in Category if category in table}


def _speeds(cases: Sequence[Judged]) -> tuple[Speed, ...]:
    """Over all cases, then for each route, in order of name."""
    groups: dict[str, list[float]] = {"all": []}
    for case in cases:
        if case.result.elapsed_ms:
            groups["all"].append(case.result.elapsed_ms)
            groups.setdefault(case.route, []).append(case.result.elapsed_ms)
    labels = ["all", *sorted(label for label in groups if label != "all")]
    return tuple(
        Speed(label, len(groups[label]), percentile(groups[label], 50), percentile(groups[label], 95))
        for label in labels
    )


def expectation_text(sample: Sample) -> str:
    """What a case expects, in one Chinese line."""
    expect = sample.expect
    parts = ["、".join(str(value) for value in expect.values)] if expect.values else []
    parts += ["／".join(group) for group in expect.text]
    parts += [f"不说“{word}”" for word in expect.forbid]
    if expect.conflict:
        parts.append("指出矛盾")
    if expect.status is not ExpectedStatus.ANSWERED:
        parts.insert(0, expect.status.value)
    return "；".join(parts)


def answer_text(answer: Mapping[str, Any]) -> str:
    """What an answer said, in one line."""
    text = " ".join(str(answer.get("text") or "").split())
    status = str(answer.get("status", ""))
    return text if status == "answered" else f"[{status}] {text or answer.get('reason') or ''}".strip()
