"""Proportions with their uncertainty, and percentiles. Shares and times only: no amount passes through here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

_Z95 = 1.959963984540054


class Interval(NamedTuple):
    low: float
    high: float


def wilson(successes: int, total: int, z: float = _Z95) -> Interval:
    """The Wilson score interval of a proportion (95 % by default); (0, 1) when nothing was observed.

    Unlike the normal interval it stays inside [0, 1] and does not shrink to nothing at 0 % or 100 %,
    which is where a good assistant's proportions lie.
    """
    if not 0 <= successes <= total:
        raise ValueError(f"{successes} of {total} is no proportion")
    if total == 0:
        return Interval(0.0, 1.0)
    share = successes / total
    spread = z * z / total
    centre = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == total else centre + half
    return Interval(max(0.0, low), min(1.0, high))


class Proportion(NamedTuple):
    """`successes` of `total`; prints as `238/240 99.2% [97.0%, 99.8%]`."""

    successes: int
    total: int

    @property
    def share(self) -> float | None:
        """None when nothing was observed: unscored is not zero."""
        return self.successes / self.total if self.total else None

    @property
    def interval(self) -> Interval:
        return wilson(self.successes, self.total)

    def __str__(self) -> str:
        if self.share is None:
            return "—"
        low, high = self.interval
        return f"{self.successes}/{self.total} {self.share:.1%} [{low:.1%}, {high:.1%}]"


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Linear interpolation between closest ranks; None for no values."""
    if not 0 <= percent <= 100:
        raise ValueError(f"{percent} is no percentile")
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
