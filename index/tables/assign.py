"""Figures of rows whose blank cells have vanished → columns, by a small constraint search.

Order is preserved. A total column is the sum of its parts, a parent row the sum of its children in every column.
What remains open goes to the leftmost column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import comb

from index.document import Column
from index.tables.sums import amount, column_sums, tolerance

Places = tuple[int, ...]
Options = list[tuple[Places, dict[int, Decimal]]]
MAX_CANDIDATES = 1_000
MAX_ROOTS = 40  # choices tried for a total row
MAX_STEPS = 50_000  # of the search in one list
MAX_OPEN = 200  # children with more than one choice
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one row, left to right, and its parent row."""

    texts: tuple[str, ...]
    parent: int | None


def assign_columns(
    rows: Sequence[Figures], columns: Sequence[Column], list_number: int, hints: Mapping[int, Decimal] | None = None
) -> list[Places]:
    """For every row the columns (indices into `columns`) of its figures.

    `hints`: what a column's grand total is known to be from elsewhere in the document.
    """
    return _Search(rows, columns, list_number, hints or {}).solve()


class _Search:
    def __init__(
        self, rows: Sequence[Figures], columns: Sequence[Column], number: int, hints: Mapping[int, Decimal]
    ) -> None:
        self.rows = rows
        self.columns = columns
        self.own = [i for i, c in enumerate(columns) if c.list == number and c.role not in {"code", "label"}]
        self.additive = {i for i in self.own if columns[i].role == "amount"}
        self.sums = column_sums(columns, number)
        self.hints = hints
        self.children: dict[int, list[int]] = {}
        for index, row in enumerate(rows):
            if row.parent is not None:
                self.children.setdefault(row.parent, []).append(index)
        self.cache: dict[tuple[str, ...], list[Places]] = {}
        self.options: dict[int, Options] = {}
        self.result: list[Places] = [()] * len(rows)
        self.steps = 0

    def solve(self) -> list[Places]:
        for index, row in enumerate(self.rows):
            if row.parent is None:
                self._fix(index, self._best_root(index))
        return self.result

    def _best_root(self, index: int) -> Places:
        """The first candidate whose children can be made to add up, hints first."""
        candidates = sorted(self.candidates(self.rows[index].texts), key=lambda places: self._hinted(index, places))
        parts = self.children.get(index, [])
        for places in candidates[:MAX_ROOTS]:
            if not parts or self._children(index, places, parts) is not None:
                return places
        return candidates[0]

    def _hinted(self, index: int, places: Places) -> int:
        values = self._values(index, places)
        return -sum(1 if values.get(c) == v else -1 for c, v in self.hints.items() if c in values)

    def _fix(self, index: int, places: Places) -> None:
        self.result[index] = places
        parts = self.children.get(index, [])
        if not parts:
            return
        found = self._children(index, places, parts) or [self._nearest(part, places) for part in parts]
        for part, chosen in zip(parts, found, strict=True):
            self._fix(part, chosen)

    def candidates(self, texts: tuple[str, ...]) -> list[Places]:
        """Column choices that break the fewest sums of the row itself, leftmost first."""
        if texts not in self.cache:
            self.cache[texts] = self._candidates(texts)
        return self.cache[texts]

    def _candidates(self, texts: tuple[str, ...]) -> list[Places]:
        count = len(texts)
        if count >= len(self.own) or comb(len(self.own), count) > MAX_CANDIDATES:
            return [tuple(self.own[:count])]
        chosen = [places for places in combinations(self.own, count) if self._fits(texts, places)]
        if not chosen:
            return [tuple(self.own[:count])]
        figures, limit = [amount(text) or ZERO for text in texts], tolerance(texts)
        broken = {places: self._broken(figures, places, limit) for places in chosen}
        least = min(broken.values())
        return [places for places in chosen if broken[places] == least]

    def _fits(self, texts: Sequence[str], places: Places) -> bool:
        """A percentage stands in a rate column only, a text in a text column only."""
        for text, place in zip(texts, places, strict=True):
            role = self.columns[place].role
            if text.endswith(("%", "％")) and role != "rate":
                return False
            if (amount(text) is None and any(c.isalnum() for c in text)) != (role == "text"):
                return False
        return True

    def _broken(self, figures: Sequence[Decimal], places: Places, limit: Decimal) -> int:
        values = dict(zip(places, figures, strict=True))
        return sum(
            abs(values.get(total, ZERO) - sum((values.get(p, ZERO) for p in parts), ZERO)) > limit
            for total, parts in self.sums
            if total in values or any(p in values for p in parts)
        )

    def _values(self, index: int, places: Places) -> dict[int, Decimal]:
        pairs = zip(self.rows[index].texts, places, strict=False)
        return {place: amount(text) or ZERO for text, place in pairs if place in self.additive}

    def _options(self, index: int) -> Options:
        """The choices of a row with the figures that each puts into columns."""
        if index not in self.options:
            self.options[index] = [(p, self._values(index, p)) for p in self.candidates(self.rows[index].texts)]
        return self.options[index]

    def _children(self, index: int, places: Places, parts: Sequence[int]) -> list[Places] | None:
        """Choices for all children that add up to the parent in every column, or None."""
        target = self._values(index, places)
        limit = tolerance([t for part in parts for t in self.rows[part].texts[:1]] + list(self.rows[index].texts[:1]))
        rest = {column: target.get(column, ZERO) for column in self.additive}
        options = [self._options(part) for part in parts]
        signed = any(v < 0 for choices in options for _, values in choices for v in values.values())
        for choices in options:
            if len(choices) == 1:
                for column, value in choices[0][1].items():
                    rest[column] -= value
        open_options = [choices for choices in options if len(choices) > 1]
        if len(open_options) > MAX_OPEN:
            return None
        self.failed: set[tuple[int, tuple[Decimal, ...]]] = set()
        found = self._descend(open_options, 0, rest, limit, signed)
        if found is None:
            return None
        chosen = iter(found)
        return [choices[0][0] if len(choices) == 1 else next(chosen) for choices in options]

    def _descend(
        self,
        options: Sequence[Options],
        at: int,
        rest: dict[int, Decimal],
        limit: Decimal,
        signed: bool,
    ) -> list[Places] | None:
        if at == len(options):
            return [] if all(abs(value) <= limit for value in rest.values()) else None
        state = (at, tuple(rest.values()))
        if state in self.failed:
            return None
        for places, values in options[at]:
            self.steps += 1
            if self.steps > MAX_STEPS:
                return None
            if not signed and any(rest[column] - value < -limit for column, value in values.items()):
                continue
            left = rest | {column: rest[column] - value for column, value in values.items()}
            below = self._descend(options, at + 1, left, limit, signed)
            if below is not None:
                return [places, *below]
        self.failed.add(state)
        return None

    def _nearest(self, index: int, parent: Places) -> Places:
        """Where the children do not add up: the first choice among the columns in which the parent has a figure."""
        candidates = self.candidates(self.rows[index].texts)
        return max(candidates, key=lambda places: len(set(places) & set(parent)))
