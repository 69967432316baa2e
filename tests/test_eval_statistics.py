"""Proportions and percentiles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.statistics import Proportion, percentile, wilson


@pytest.mark.parametrize(
    ("successes", "total", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (95, 100, 0.8882, 0.9785)],
)
def test_wilson_intervals(successes: int, total: int, low: float, high: float) -> None:
    assert wilson(successes, total) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_an_interval_holds_its_share(counts: tuple[int, int]) -> None:
    successes, total = counts
    low, high = wilson(successes, total)
    assert 0 <= low <= successes / total <= high <= 1


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="no proportion"):
        wilson(3, 2)


def test_nothing_observed_is_not_zero() -> None:
    assert (Proportion(0, 0).share, str(Proportion(0, 0))) == (None, "—")
    assert str(Proportion(9, 10)) == "9/10 90.0% [59.6%, 98.2%]"


def test_percentiles() -> None:
    values = [4.0, 1.0, 3.0, 2.0]
    assert [percentile(values, p) for p in (0, 50, 95, 100)] == pytest.approx([1.0, 2.5, 3.85, 4.0])
    assert percentile([], 50) is None
    with pytest.raises(ValueError, match="no percentile"):
        percentile(values, 101)
