"""The development suite over the built-in disclosure, asked once: right often enough, every number from somewhere."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant import Assistant
from eval.faithfulness import untraceable
from eval.running import Result, run
from eval.samples import Sample, load_suite
from eval.scoring import Outcome, Score, score

SUITE = Path(__file__).resolve().parent.parent / "eval" / "suites" / "jianghan-2021.dev.jsonl"
LEAST_RIGHT, MOST_MISLEADING, LONGEST_MS = 0.95, 0.03, 500


@pytest.fixture(scope="module")
def samples() -> tuple[Sample, ...]:
    return load_suite(SUITE)


@pytest.fixture(scope="module")
def results(assistant: Assistant, samples: tuple[Sample, ...]) -> tuple[Result, ...]:
    return tuple(run(samples, assistant))


@pytest.fixture(scope="module")
def scores(samples: tuple[Sample, ...], results: tuple[Result, ...]) -> tuple[Score, ...]:
    return tuple(score(sample, result.answer) for sample, result in zip(samples, results, strict=True))


def told(scores: tuple[Score, ...], *outcomes: Outcome) -> str:
    return "\n".join(f"{s.id} {s.outcome}: {'；'.join(s.faults)}" for s in scores if s.outcome in outcomes)


def test_enough_is_right(scores: tuple[Score, ...]) -> None:
    right = sum(s.outcome is Outcome.RIGHT for s in scores)
    assert right / len(scores) >= LEAST_RIGHT, told(scores, *(set(Outcome) - {Outcome.RIGHT}))


def test_hardly_anything_misleads_and_nothing_is_made_up(scores: tuple[Score, ...]) -> None:
    misleading = sum(s.outcome.misleads for s in scores)
    assert misleading / len(scores) <= MOST_MISLEADING, told(scores, Outcome.WRONG, Outcome.MADE_UP)
    assert told(scores, Outcome.MADE_UP, Outcome.ERROR) == ""


def test_no_kind_of_question_is_hopeless(samples: tuple[Sample, ...], scores: tuple[Score, ...]) -> None:
    asked = Counter(sample.category for sample in samples)
    right = Counter(s.category for s in scores if s.outcome is Outcome.RIGHT)
    assert {category: f"{right[category]}/{n}" for category, n in asked.items() if right[category] < 0.5 * n} == {}


def test_every_number_of_every_answer_can_be_traced(samples: tuple[Sample, ...], results: tuple[Result, ...]) -> None:
    loose = {
        sample.id: numbers
        for sample, result in zip(samples, results, strict=True)
        if (numbers := untraceable(result.answer, sample.history))
    }
    assert loose == {}


def test_every_answer_with_a_figure_cites_a_place(samples: tuple[Sample, ...], results: tuple[Result, ...]) -> None:
    bare = [
        r.id for r in results if r.answer["status"] == "answered" and r.answer["values"] and not r.answer["citations"]
    ]
    assert bare == []


def test_both_forms_of_history_lead_to_the_same(results: tuple[Result, ...]) -> None:
    assert [result.id for result in results if result.forms_agree is False] == []


def test_hardly_a_contradiction_is_reported_where_there_is_none(scores: tuple[Score, ...]) -> None:
    alarms = [s.id for s in scores if s.false_alarm]
    assert len(alarms) <= 0.05 * len(scores), alarms


def test_a_second_run_is_the_same_to_the_byte(
    built_index: Path, samples: tuple[Sample, ...], results: tuple[Result, ...]
) -> None:
    again = run(samples, Assistant.open(built_index), stable=True, pairs=False)
    for first, second in zip(results, again, strict=True):
        assert Result(first.id, first.document, first.question, first.answer, 0).to_json() == second.to_json()


def test_no_question_takes_long(results: tuple[Result, ...]) -> None:
    """The bar is far above what a question takes, so that a busy machine fails nothing."""
    typical = sorted(result.elapsed_ms for result in results)[len(results) // 2]
    assert typical < LONGEST_MS
